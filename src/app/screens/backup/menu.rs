//! Which form of backup, and which of them were drilled.

use super::*;
use crate::keys::{Language, Material};

/// The forms to choose from.
pub struct Menu;

impl Menu {
    pub(super) fn key(self, key: Key, core: &Core) -> Screen {
        let Some(session) = &core.session else { return Screen::home() };
        let chosen = match key {
            Key::Esc => return Screen::home(),
            Key::Char('c') => return child::Children::list(),
            Key::Char(digit) => digit.to_digit(10).and_then(|digit| digit.checked_sub(1)),
            _ => None,
        };
        let backup = chosen.and_then(|place| Backup::ALL.get(place as usize));
        match backup.filter(|backup| hindrance(**backup, session.material()).is_none()) {
            Some(backup) => Backing::form(*backup),
            None => Backing::Menu(self).on(),
        }
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        if let Some(session) = &core.session {
            text.gap();
            text.plain("Which form? Each of them alone opens this wallet again.");
            text.gap();
            for (place, backup) in Backup::ALL.into_iter().enumerate() {
                let key = (place + 1).to_string();
                match hindrance(backup, session.material()) {
                    None => match session.drill(backup) {
                        Some(drill) => {
                            let when = format!("drilled {}", moment(drill.at));
                            text.choice_toned(&key, title(backup), Tone::Proven, &when)
                        }
                        None => text.choice(&key, title(backup), purpose(backup)),
                    },
                    Some(why) => {
                        let line = format!("  {key:<6}{:<26}{why}", title(backup));
                        text.line(Line::toned(Tone::Faint, line).hang(34))
                    }
                };
            }
            text.gap();
            text.choice("c", "Child secrets", "seeds, keys and passwords (BIP85)");
            text.gap();
            if session.drills.is_empty() {
                text.toned(Tone::Warn, NONE_DRILLED);
            } else {
                text.toned(Tone::Faint, UNCHECKED);
            }
        }
        words_view(core, "Back up and drill", text, vec![("Esc", "home"), ("?", "help")])
    }
}

/// Why the wallet has no backup of that form.
fn hindrance(backup: Backup, material: &Material) -> Option<&'static str> {
    match backup {
        Backup::Words | Backup::SeedQr | Backup::CompactSeedQr | Backup::Kef
            if material.mnemonic().is_none() =>
        {
            Some("not possible: this wallet has no words (BIP39)")
        }
        Backup::SeedQr | Backup::CompactSeedQr | Backup::Kef
            if material.mnemonic().is_some_and(|words| words.language() != Language::English) =>
        {
            Some("not possible: it knows English words only")
        }
        Backup::Slip39 | Backup::Codex32 if material.is_electrum() => {
            Some("not possible: Electrum has paths of its own")
        }
        Backup::Slip39 | Backup::Codex32 if !material.has_master_seed() => {
            Some("not possible: this key does not tell its seed")
        }
        Backup::SeedXor => match material.mnemonic().map(|words| words.count()) {
            Some(12 | 18 | 24) => None,
            Some(_) => Some("not possible: only of 12, 18 or 24 words"),
            None => Some("not possible: this wallet has no words (BIP39)"),
        },
        _ => None,
    }
}

/// For home: when a backup of this wallet was drilled last.
pub fn drilled(session: &Session) -> (Tone, String) {
    match session.last_drill() {
        Some(drill) => {
            (Tone::Faint, format!("last drilled {}: {}", moment(drill.at), drill.backup.name()))
        }
        None if session.demo => (Tone::Faint, "words, codes, shares".into()),
        None => (Tone::Warn, "never drilled".into()),
    }
}

/// A form's name at the beginning of a line.
pub(super) fn title(backup: Backup) -> &'static str {
    match backup {
        Backup::Words => "Words",
        Backup::Kef => "Encrypted QR code (KEF)",
        Backup::Xprv => "Extended private key",
        other => other.name(),
    }
}

/// What a form is good for.
fn purpose(backup: Backup) -> &'static str {
    match backup {
        Backup::Words => "on paper or steel; every wallet reads them",
        Backup::SeedQr => "the words as a code, to be copied by hand",
        Backup::CompactSeedQr => "the same in a smaller code, sooner copied",
        Backup::Slip39 => "some of several sheets of words open it",
        Backup::Codex32 => "the same in letters; checked with a pencil",
        Backup::SeedXor => "2 to 4 sheets of words, all are needed",
        Backup::Kef => "a code that needs its own passphrase",
        Backup::Xprv => "one line of text, for programs",
    }
}

const UNCHECKED: &str = "The dates are by this machine's clock, which nothing checks.";
const NONE_DRILLED: &str =
    "No backup was drilled yet. A backup that was never read back is a hope, not a backup.";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::{ElectrumSeed, Mnemonic, Passphrase};
    use zeroize::Zeroizing;

    fn possible(material: &Material) -> Vec<Backup> {
        Backup::ALL.into_iter().filter(|backup| hindrance(*backup, material).is_none()).collect()
    }

    fn words(text: &str) -> Material {
        let words = Mnemonic::parse(text).unwrap_or_else(|error| panic!("{error}"));
        Material::words(words, Passphrase::new(""))
    }

    /// BIP39's all-zero entropy, 128 and 160 bits.
    const TWELVE: &str = "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";
    const FIFTEEN: &str = "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon address";

    #[test]
    fn a_wallet_is_offered_what_it_can_have() {
        assert_eq!(possible(&words(TWELVE)), Backup::ALL);
        let fifteen = possible(&words(FIFTEEN));
        assert!(!fifteen.contains(&Backup::SeedXor) && fifteen.len() == Backup::ALL.len() - 1);
        let seed = Material::master_seed(Zeroizing::new(vec![7; 32])).expect("32 bytes");
        assert_eq!(possible(&seed), [Backup::Slip39, Backup::Codex32, Backup::Xprv]);
        let electrum = "frost pig brisk excite novel report camera enlist axis nation novel desert";
        let electrum = ElectrumSeed::parse(electrum).expect("Electrum's own test");
        assert_eq!(possible(&Material::electrum(electrum, Passphrase::new(""))), [Backup::Xprv]);
    }
}
