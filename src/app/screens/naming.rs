//! A name being typed: of a wallet, a custodian, a vault. No secret.

use super::*;

/// Longest name, in characters: it stands in a row with what belongs to it.
pub(super) const LONGEST: usize = 24;

/// A name being typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Naming {
    text: String,
}

impl Naming {
    /// Begins with a name that is there.
    pub(super) fn of(text: &str) -> Self {
        let mut naming = Self::default();
        text.chars().for_each(|character| {
            naming.key(&Key::Char(character));
        });
        naming
    }

    /// Takes a key that types; false when it is for the screen.
    pub(super) fn key(&mut self, key: &Key) -> bool {
        match key {
            Key::Backspace => {
                self.text.pop();
            }
            Key::Char(character) => {
                let begins = self.text.is_empty() && *character == ' ';
                if begins || self.text.chars().count() == LONGEST {
                    return true;
                }
                self.text.push(*character);
                // What could hide or imitate something is not taken: every screen shows a name.
                if crate::wallet::visible(&self.text) != self.text {
                    self.text.pop();
                }
            }
            _ => return false,
        }
        true
    }

    /// The name, without spaces around it. Empty: none is typed.
    pub(super) fn name(&self) -> &str {
        self.text.trim_end()
    }

    /// The field.
    pub(super) fn line(&self, label: &str, marked: bool) -> Line {
        let cursor = if marked { "_" } else { "" };
        Line::toned(Tone::Faint, format!("  {label:<12}"))
            .and(Tone::Plain, "[ ")
            .and(Tone::Entry, self.text.as_str())
            .and(Tone::Entry, cursor)
            .and(Tone::Plain, " ]")
            .hang(16)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_short_and_of_plain_characters() {
        let naming = Naming::of("  Savings \u{202e}of\nAnn ");
        assert_eq!(naming.name(), "Savings ofAnn");
        assert_eq!(Naming::of("a<U+202E>").name(), "a<+202E>");
        assert_eq!(Naming::of(&"x".repeat(90)).name().chars().count(), LONGEST);
    }
}
