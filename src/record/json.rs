//! One text for one content: canonical JSON (RFC 8785) of the types of this room.
//!
//! Their members are declared in the order of their names, which are ASCII; numbers are whole and at
//! most 2^53 - 1; nothing is written that may be left out. For such types the plain writer of
//! `serde_json` gives the canonical text: it escapes what RFC 8785 escapes, and as it does. A test
//! holds every line against another implementation.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// The canonical text.
pub(super) fn write(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("these types have text keys and no writer that fails")
}

/// Reads one value, which must be written canonically. None says that it is not.
pub(super) fn read<T: DeserializeOwned + Serialize>(text: &str) -> Result<T, NotCanonical> {
    let value: T =
        serde_json::from_str(text).map_err(|error| NotCanonical::Unreadable(plain(&error)))?;
    if write(&value) != text {
        return Err(NotCanonical::OtherSpelling);
    }
    Ok(value)
}

/// Why a text is not the canonical text of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NotCanonical {
    /// No JSON, or not what belongs here.
    Unreadable(String),
    /// The same content may be meant, but it is spelled another way.
    OtherSpelling,
}

/// What is wrong, without the place in the line: a record's reader names the line.
fn plain(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let end = text.rfind(" at line ").unwrap_or(text.len());
    crate::wallet::visible(&text[..end]).chars().take(160).collect()
}
