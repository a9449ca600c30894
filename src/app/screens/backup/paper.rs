//! The words to be copied: a page for paper, and a template as steel plates have it.

use super::*;
use crate::app::screens::columns::{legend, spelled};
use crate::keys::words::Index;
use crate::keys::{Language, Mnemonic};
use crate::wallet::Network;

/// Columns of words, and of a plate's slots.
const COLUMNS: usize = 4;
/// Slots of a plate.
const SLOTS: usize = 24;
/// Letters that a plate has for a word: BIP39's words are known by so many.
const LETTERS: usize = 4;

/// The words to be copied.
pub enum Paper {
    /// Onto paper.
    Sheet,
    /// Onto steel.
    Plate,
}

impl Paper {
    pub(super) fn key(self, key: Key, core: &mut Core) -> Screen {
        match key {
            Key::Esc => Backing::form(Backup::Words),
            Key::Enter | Key::Char('d') => drill::begin(Backup::Words, core),
            Key::Char('c') => Backing::Paper(Self::Sheet).on(),
            Key::Char('s') => Backing::Paper(Self::Plate).on(),
            _ => Backing::Paper(self).on(),
        }
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        let Some(session) = &core.session else { return words_view(core, "", text, vec![]) };
        text.gap();
        head(&mut text, session, core);
        text.gap();
        if let Some(mnemonic) = session.material().mnemonic() {
            match self {
                Self::Sheet => sheet(&mut text, mnemonic),
                Self::Plate => plate(&mut text, mnemonic),
            }
        }
        let (title, other) = match self {
            Self::Sheet => ("Page to copy", ("s", "steel plate")),
            Self::Plate => ("Steel plate", ("c", "page to copy")),
        };
        let keys = vec![("Enter", "copied: drill it"), other, ("Esc", "back"), ("?", "help")];
        words_view(core, title, text, keys)
    }
}

/// What stands above the words, so that the copy is known again.
fn head(text: &mut Text, session: &Session, core: &Core) {
    let network = core.settings.network;
    text.field("Wallet", Tone::Strong, session.name());
    text.field("Fingerprint", Tone::Strong, session.fingerprint.as_str());
    text.field("Derivation", Tone::Plain, derivations(network));
    text.field("Date", Tone::Plain, today(core));
    let passphrase = match session.material().has_passphrase() {
        true => "one belongs to these words; it is not written here",
        false => "none",
    };
    text.field("Passphrase", Tone::Plain, passphrase);
}

/// The date that is written on a backup.
pub(super) fn today(core: &Core) -> String {
    match core.clock {
        Some(seconds) => format!("{} UTC by this machine's clock, not checked", utc(seconds)),
        None => "this machine has no clock: write today's".into(),
    }
}

/// The accounts that wallet programs look at first.
fn derivations(network: Network) -> String {
    let coin = network.coin_type();
    format!("BIP84 m/84'/{coin}'/0', BIP86 m/86'/{coin}'/0'")
}

fn sheet(text: &mut Text, mnemonic: &Mnemonic) {
    columns(text, mnemonic, COLUMNS, Rows::Dense);
    if let Some(legend) = legend(mnemonic.language()) {
        text.gap();
        text.plain(legend);
    }
}

/// Slots with a square for each of four letters; a dot where a word has none.
fn plate(text: &mut Text, mnemonic: &Mnemonic) {
    let depth = SLOTS / COLUMNS;
    let rule = |left, middle, right| {
        let squares = ["\u{2500}"; LETTERS].join(middle);
        Line::toned(Tone::Faint, format!("   {left}{squares}{right}   ").repeat(COLUMNS))
    };
    text.line(rule("\u{250c}", "\u{252c}", "\u{2510}"));
    for row in 0..depth {
        let mut line = Line::default();
        for slot in (row..SLOTS).step_by(depth) {
            line = line.and(Tone::Faint, format!("{:>2} \u{2502}", slot + 1));
            let index = mnemonic.indices().nth(slot);
            for letter in index.map_or([' '; LETTERS], |index| slot_of(mnemonic.language(), index))
            {
                line = line.and(Tone::Strong, letter).and(Tone::Faint, "\u{2502}");
            }
            line = line.and(Tone::Plain, "   ");
        }
        text.line(line);
        if row + 1 < depth {
            text.line(rule("\u{251c}", "\u{253c}", "\u{2524}"));
        }
    }
    text.line(rule("\u{2514}", "\u{2534}", "\u{2518}"));
}

/// What a plate's slot has: capitals, then dots; the number of a word that is in no Latin letters.
fn slot_of(language: Language, index: Index) -> [char; LETTERS] {
    let mut slot = ['.'; LETTERS];
    if language.is_latin() {
        slot.iter_mut().zip(spelled(language, index)).for_each(|(place, letter)| {
            *place = letter.to_ascii_uppercase();
        });
    } else {
        let digits = [1000, 100, 10, 1].map(|power| (index + 1) / power % 10);
        slot.iter_mut().zip(digits).for_each(|(place, digit)| {
            *place = char::from_digit(u32::from(digit), 10).unwrap_or('.');
        });
    }
    slot
}
