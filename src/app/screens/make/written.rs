//! The words, to be written down.

use super::*;
use crate::app::screens::columns::legend;
use crate::keys::Passphrase;

/// Columns of words.
const COLUMNS: usize = 4;

pub(super) fn key(key: &Key, from: From) -> Next {
    match key {
        Key::Enter => Next::Open(from),
        Key::Char('p') => Next::Passphrase(from),
        Key::Esc if from == From::LastWord => Next::Go(Step::LastTyping(None)),
        Key::Esc => Next::Go(Step::Mixed),
        _ => Next::Go(Step::Written(from)),
    }
}

/// Derives the keys of these words.
pub(super) fn open(make: Make, from: From) -> Screen {
    let language = make.journey.language();
    let fresh = make.journey.fresh(from);
    let material = fresh.map(|fresh| fresh.material(language, Passphrase::new("")));
    let back = Screen::Make(Box::new(make));
    match material {
        Some(material) => Busy::derive(material, back),
        None => back,
    }
}

/// Asks for a passphrase for these words.
pub(super) fn passphrase(make: Make, from: From) -> Screen {
    let language = make.journey.language();
    let mnemonic = make.journey.fresh(from).map(|fresh| fresh.mnemonic(language));
    let back = Screen::Make(Box::new(make));
    match mnemonic {
        Some(mnemonic) => PassphraseTyping::made(mnemonic, back),
        None => back,
    }
}

pub(super) fn view<'a>(from: From, journey: &Journey, core: &Core) -> View<'a> {
    let mut text = Text::new();
    text.gap();
    text.toned(
        Tone::Warn,
        "Write them down now, with their numbers. Nobody else may see this screen.",
    );
    text.gap();
    if let Some(fresh) = journey.fresh(from) {
        columns(&mut text, &fresh.mnemonic(journey.language()), COLUMNS, Rows::Spaced);
    }
    if let Some(legend) = legend(journey.language()) {
        text.plain(legend);
    }
    text.plain(PAPER);
    let keys = vec![
        ("Enter", "they are written down, open the wallet"),
        ("p", "add a passphrase"),
        ("Esc", "back"),
        ("?", "help"),
    ];
    words_view(core, "The words of your new wallet", text, keys)
}

const PAPER: &str =
    "These words are the wallet. On paper, by hand: no photograph, no printer, no file.";
