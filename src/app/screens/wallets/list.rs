//! The registered wallets.

use super::super::cursor::{Cursor, row};
use super::super::*;
use super::words::in_short;
use super::{Descriptor, Page, TITLE, Wallets};

/// All of them, and which one is marked.
#[derive(Default)]
pub struct List {
    cursor: Cursor,
}

impl List {
    pub(super) fn key(mut self, key: Key, core: &mut Core) -> Screen {
        match key {
            Key::Esc => return Screen::home(),
            Key::Enter if core.wallets.is_empty() => return Screen::home(),
            Key::Enter => return Page::of(self.cursor.at(core.wallets.len())),
            Key::Char('a') if core.settings.demo => {
                return Message::trouble(
                    TITLE,
                    NO_CAMERA,
                    NO_CAMERA_ADVICE,
                    Wallets::List(self).on(),
                );
            }
            Key::Char('a') => return Scan::open(Purpose::Wallet, Source::Camera, core),
            Key::Char('t') => return Descriptor::typing(),
            key => {
                self.cursor.key(&key, core.wallets.len());
            }
        }
        Wallets::List(self).on()
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        text.gap();
        text.plain(WHAT);
        text.gap();
        let at = self.cursor.at(core.wallets.len());
        for (place, wallet) in core.wallets.iter().enumerate() {
            let kept = if core.keeps(wallet) { "in the vault" } else { "until you lock" };
            let remark = format!("{}   {kept}", in_short(wallet));
            row(&mut text, place == at, wallet.name(), Tone::Faint, &remark);
        }
        if core.wallets.is_empty() {
            text.toned(Tone::Strong, "None is registered.");
        }
        text.gap();
        text.choice("a", "Add one with the camera", "every form that coordinators show");
        text.choice("t", "Add one by typing", "or pasting its descriptor");
        let mut keys = vec![("Esc", "back"), ("?", "help")];
        if !core.wallets.is_empty() {
            keys.splice(0..0, [("Enter", "look at it"), ("arrows", "choose")]);
        }
        let mut view = words_view(core, TITLE, text, keys);
        if at > 0 {
            let layout = view.layout(core.size);
            view.top = (at + 4).saturating_sub(layout.height / 2);
        }
        view
    }
}

const WHAT: &str = "A wallet of several keys (multisig, miniscript) is known by its descriptor. With it, what comes \
    back to that wallet is proven, and who signs is told by name; without it, its payments are refused.";
const NO_CAMERA: &str = "No camera is in use, only the demo's, and it shows no wallets.";
const NO_CAMERA_ADVICE: &str =
    "Type or paste the descriptor (t), or start again with --camera /dev/video0.";
