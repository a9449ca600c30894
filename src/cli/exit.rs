//! How a command ends: the exit codes, and the error that carries one with its sentence.

use std::fmt;
use std::process::ExitCode;

/// The exit codes of all commands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Done, with or without warnings.
    Done = 0,
    /// Wrong use, or reading and writing failed.
    Usage = 1,
    /// The input cannot be read.
    Unreadable = 2,
    /// Refused by review.
    Refused = 3,
    /// Nothing new to give.
    NothingNew = 4,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit as u8)
    }
}

/// Why a command did not do its work, in finished sentences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CliError {
    /// With which code the program ends; never [`Exit::Done`].
    pub exit: Exit,
    /// What happened, then what to do.
    pub text: String,
}

impl CliError {
    /// Wrong use, or reading and writing failed.
    pub fn usage(text: impl fmt::Display) -> Self {
        Self { exit: Exit::Usage, text: text.to_string() }
    }

    /// The input cannot be read.
    pub fn unreadable(text: impl fmt::Display) -> Self {
        Self { exit: Exit::Unreadable, text: text.to_string() }
    }
}

impl fmt::Display for CliError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for CliError {}
