//! Keyboard layouts, by name. What each key gives is for `device` to know.

/// A keyboard layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keymap {
    /// United States.
    Us,
    /// United Kingdom.
    Uk,
    /// Germany, Austria.
    De,
    /// France (AZERTY).
    Fr,
    /// Spain.
    Es,
    /// Italy.
    It,
    /// Portugal.
    Pt,
    /// Czechia (QWERTZ).
    Cz,
    /// Sweden, Finland.
    Se,
    /// Switzerland (German).
    Ch,
}

impl Keymap {
    /// All of them, in the order of the first screen.
    pub const ALL: [Self; 10] = [
        Self::Us,
        Self::Uk,
        Self::De,
        Self::Fr,
        Self::Es,
        Self::It,
        Self::Pt,
        Self::Cz,
        Self::Se,
        Self::Ch,
    ];

    /// Two letters, as on the screen while words are typed.
    pub fn code(self) -> &'static str {
        match self {
            Self::Us => "us",
            Self::Uk => "uk",
            Self::De => "de",
            Self::Fr => "fr",
            Self::Es => "es",
            Self::It => "it",
            Self::Pt => "pt",
            Self::Cz => "cz",
            Self::Se => "se",
            Self::Ch => "ch",
        }
    }

    /// The layout of that code.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|keymap| keymap.code() == code)
    }

    /// Its name for the first screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Us => "English (United States)",
            Self::Uk => "English (United Kingdom)",
            Self::De => "Deutsch",
            Self::Fr => "Français",
            Self::Es => "Español",
            Self::It => "Italiano",
            Self::Pt => "Português",
            Self::Cz => "Čeština",
            Self::Se => "Svenska, suomi",
            Self::Ch => "Deutsch (Schweiz)",
        }
    }
}
