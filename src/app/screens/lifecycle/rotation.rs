//! Replacing the key, guided: what it takes, and the step in which the new key takes over.

use super::*;
use crate::app::rotation::NotYet;

pub(super) fn begin(key: &Key, core: &mut Core) -> Screen {
    match key {
        Key::Enter => {
            core.begin_rotation();
            Screen::home()
        }
        _ => Lifecycle::at(Step::Replacing),
    }
}

pub(super) fn intro<'a>(core: &Core) -> View<'a> {
    let mut text = Text::new();
    text.gap();
    if let Some(session) = &core.session {
        text.plain(format!("{} is replaced like this:", session.name()));
    }
    text.gap();
    for (number, step) in STEPS.iter().enumerate() {
        text.line(
            Line::toned(Tone::Strong, format!("{}  ", number + 1)).and(Tone::Plain, *step).hang(3),
        );
    }
    text.gap();
    text.toned(Tone::Faint, BOTH);
    let keys = vec![("Enter", "begin"), ("Esc", "back"), ("?", "help")];
    words_view(core, TITLE, text, keys)
}

pub(super) fn waiting(key: &Key, core: &mut Core) -> Screen {
    let to = match key {
        Key::Char('r') => State::Retired,
        Key::Char('c') => State::Compromised,
        Key::Char('x') => {
            core.give_up_rotation();
            return Message::show(TITLE, GIVEN_UP, Screen::home());
        }
        _ => return Lifecycle::at(Step::Waiting),
    };
    match core.take_over(to) {
        Ok(()) => {
            Message::trouble(TITLE, format!("{TAKEN} It is {to} now."), SWEEP, Screen::home())
        }
        Err(why) => Message::show(TITLE, reason(&why), Lifecycle::at(Step::Waiting)),
    }
}

pub(super) fn view<'a>(core: &Core) -> View<'a> {
    let mut text = Text::new();
    text.gap();
    if let Some(rotation) = &core.rotation {
        text.plain(format!("{} waits for its successor.", rotation.left.name()));
    }
    text.gap();
    match core.successor() {
        Ok(successor) => {
            text.line(
                Line::toned(Tone::Strong, successor.title()).and(
                    Tone::Plain,
                    " is open, and a backup of it was drilled. It takes over, and",
                ),
            );
            text.gap();
            text.choice("r", "the old key is retired", "nobody else has it");
            text.choice("c", "the old key is compromised", "somebody else may have it");
        }
        Err(why) => {
            text.toned(Tone::Warn, reason(&why));
        }
    }
    text.gap();
    text.choice("x", "Give it up", "the new key is wiped, the old one stays");
    words_view(core, TITLE, text, vec![("Esc", "home"), ("?", "help")])
}

fn reason(why: &NotYet) -> String {
    match why {
        NotYet::NoWallet => NO_WALLET.into(),
        NotYet::NotDrilled => NOT_DRILLED.into(),
        NotYet::Unfit(error) => error.to_string(),
        NotYet::State(error) => error.to_string(),
    }
}

const TITLE: &str = "Replace this key";
const STEPS: [&str; 5] = [
    "This key waits in memory. Make the new wallet, or open it.",
    "Back it up, and drill a backup: type it back or scan it.",
    "Press k at home: the new wallet becomes the successor, and this key is retired or compromised. The \
     new one is wiped, this one is open again.",
    "Let the coordinator send all its coins to addresses of the new wallet. Nothing else is signed.",
    "Scan that transaction. Its first page must say that all outputs belong to the successor.",
];
const BOTH: &str = "Locking wipes both keys: then begin anew, with the new wallet's backup.";
const GIVEN_UP: &str = "The key is not replaced. It is open again, as it was.";
const TAKEN: &str = "The new wallet is registered as the successor, and the old one is open again.";
const SWEEP: &str = "Load the new wallet into the coordinator, let it send all coins there without change, and scan \
    that transaction here (s).";
const NO_WALLET: &str =
    "Make the new wallet, or open it, and drill a backup of it. Then come here again (k).";
const NOT_DRILLED: &str =
    "No backup of the new wallet was read back yet. Drill one, then come here again (k).";
