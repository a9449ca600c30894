//! Which loaded wallet takes over from the key.

use super::*;
use crate::wallet::{Successor, Wallet};

/// The wallet of a digit, from 1.
fn place(key: &Key, core: &Core) -> Option<usize> {
    let Key::Char(letter) = key else { return None };
    let place = letter.to_digit(10)?.checked_sub(1)? as usize;
    (place < core.wallets.len()).then_some(place)
}

pub(super) fn choose(key: &Key, core: &Core) -> Screen {
    Lifecycle::at(place(key, core).map_or(Step::Choosing, Step::Offered))
}

pub(super) fn choice<'a>(core: &Core) -> View<'a> {
    let mut text = Text::new();
    text.gap();
    text.plain(WHAT);
    text.gap();
    for (place, wallet) in core.wallets.iter().take(9).enumerate() {
        text.choice(&(place + 1).to_string(), wallet.name(), wallet.policy());
    }
    if core.wallets.is_empty() {
        text.toned(Tone::Strong, "No wallet is loaded.");
        text.plain(LOAD);
    }
    words_view(core, "Register the successor", text, vec![("Esc", "back"), ("?", "help")])
}

pub(super) fn offered(place: usize, key: &Key, core: &mut Core) -> Screen {
    let Key::Enter = key else { return Lifecycle::at(Step::Offered(place)) };
    let (Some(session), Some(wallet)) = (&mut core.session, core.wallets.get(place)) else {
        return Screen::home();
    };
    match Successor::new(wallet.name(), vec![wallet.wallet().clone()], &session.seed) {
        Ok(successor) => {
            session.successor = Some(successor);
            Lifecycle::at(Step::Shown)
        }
        Err(error) => Message::show(
            "Register the successor",
            error.to_string(),
            Lifecycle::at(Step::Choosing),
        ),
    }
}

pub(super) fn offer<'a>(place: usize, core: &Core) -> View<'a> {
    let mut text = Text::new();
    text.gap();
    if let (Some(wallet), Some(session)) = (core.wallets.get(place), &core.session) {
        text.plain(format!("Does this wallet take over from {}?", session.name()));
        text.gap();
        keys(&mut text, wallet);
        text.gap();
        text.toned(Tone::Warn, COMPARE);
    }
    let keys = vec![("Enter", "it takes over"), ("Esc", "back")];
    words_view(core, "Register the successor", text, keys)
}

fn keys(text: &mut Text, wallet: &Wallet) {
    text.line(
        Line::toned(Tone::Strong, wallet.name())
            .and(Tone::Plain, format!("   {}", wallet.policy())),
    );
    for key in wallet.keys() {
        let (fingerprint, path) = &key.origin;
        text.plain(format!("    key {fingerprint} at {path}"));
    }
}

const WHAT: &str = "The successor is the wallet that takes over from this key. Once the key is compromised or \
    retired, it signs only what brings all coins there.";
const LOAD: &str =
    "Load its descriptor at home (w). Or make the new key on this machine: back, and g.";
const COMPARE: &str = "Compare its keys with your own record of that wallet, not with an online computer: whoever \
    has a false successor accepted gets all coins.";
