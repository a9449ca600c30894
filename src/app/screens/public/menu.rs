//! What can be done with what is public.

use super::*;

/// The menu.
pub struct Menu;

impl Menu {
    pub(super) fn key(self, key: &Key, core: &mut Core) -> Screen {
        match key {
            Key::Esc => Screen::home(),
            Key::Char('a') if has_wallets(core) => WhoseChoice::begin(),
            Key::Char('c') if core.settings.demo => {
                Message::trouble(TITLE, NO_CAMERA, NO_CAMERA_ADVICE, Public::Menu(self).on())
            }
            Key::Char('c') if has_wallets(core) => {
                Scan::open(Purpose::Address, Source::Camera, core)
            }
            Key::Char('t') if has_wallets(core) => Check::typing(),
            Key::Char('x') if core.session.is_some() => ForWhom::of(None),
            _ => Public::Menu(self).on(),
        }
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        text.gap();
        text.plain(WHAT);
        text.gap();
        if has_wallets(core) {
            text.choice("a", "Addresses", "to receive, each with its code");
            text.choice("c", "Check an address", "is it one of mine? By camera");
            text.choice("t", "Check by typing", "the same, typed or pasted");
        } else {
            text.toned(Tone::Strong, NOTHING);
        }
        if core.session.is_some() {
            text.choice("x", "Give to a wallet program", "so that it can watch and receive");
        }
        words_view(core, TITLE, text, vec![("Esc", "home"), ("?", "help")])
    }
}

fn has_wallets(core: &Core) -> bool {
    core.session.is_some() || !core.wallets.is_empty()
}

pub(super) const TITLE: &str = "Addresses and export";
const WHAT: &str = "All of this is public: it shows what comes and goes, and spends nothing.";
const NOTHING: &str = "Open a wallet (o at home), or register a shared one (w), first.";
const NO_CAMERA: &str = "No camera is in use, only the demo's, and it shows no addresses.";
const NO_CAMERA_ADVICE: &str = "Type or paste the address (t).";
