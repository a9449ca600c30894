//! Wallets that several keys share: their descriptors, loaded by QR for as long as a seed is open.

use super::*;
use crate::wallet::Wallet;

/// The loaded descriptors; one that was just read is shown before it is taken.
#[derive(Default)]
pub struct Wallets {
    offered: Option<Box<Wallet>>,
    scroll: Scroll,
}

impl Wallets {
    pub(super) fn offer(wallet: Wallet) -> Screen {
        Screen::Wallets(Self { offered: Some(Box::new(wallet)), scroll: Scroll::default() })
    }

    /// Is a wallet that was just read waiting to be taken?
    pub(super) fn is_offered(&self) -> bool {
        self.offered.is_some()
    }

    pub(super) fn key(mut self, key: Key, core: &mut Core) -> Screen {
        let layout = self.view(core).layout(core.size);
        if scrolled(&key, &mut self.scroll, &layout) {
            return Screen::Wallets(self);
        }
        match (key, self.offered.take()) {
            (Key::Enter, Some(wallet)) => core.wallets.push((*wallet).into()),
            (Key::Esc, Some(_)) => {}
            (_, Some(wallet)) => self.offered = Some(wallet),
            (Key::Esc | Key::Enter, None) => return Screen::home(),
            (Key::Char('a'), None) if core.settings.demo => {
                return Message::trouble(
                    "Shared wallets",
                    NO_CAMERA,
                    NO_CAMERA_ADVICE,
                    Screen::Wallets(self),
                );
            }
            (Key::Char('a'), None) => return Scan::open(Purpose::Wallet, Source::Camera, core),
            (Key::Char('x'), None) => core.wallets.clear(),
            _ => {}
        }
        Screen::Wallets(self)
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        text.gap();
        let keys = match &self.offered {
            Some(wallet) => {
                text.plain("This wallet was read:");
                text.gap();
                describe(&mut text, wallet);
                text.toned(Tone::Warn, COMPARE);
                vec![("Enter", "load it"), ("Esc", "do not load it")]
            }
            None => {
                text.plain(WHAT);
                text.gap();
                for wallet in &core.wallets {
                    describe(&mut text, wallet);
                }
                if core.wallets.is_empty() {
                    text.toned(Tone::Strong, "None is loaded.");
                    text.gap();
                }
                text.choice("a", "Add one", "scan its descriptor");
                if !core.wallets.is_empty() {
                    text.choice("x", "Forget them all", "");
                }
                vec![("Esc", "back"), ("?", "help")]
            }
        };
        let mut view = words_view(core, "Shared wallets", text, keys);
        view.top = self.scroll.top;
        view
    }
}

fn describe(text: &mut Text, wallet: &Wallet) {
    text.line(
        Line::toned(Tone::Strong, wallet.name())
            .and(Tone::Plain, format!("   {}", wallet.policy())),
    );
    for key in wallet.keys() {
        let (fingerprint, path) = &key.origin;
        text.plain(format!("    key {fingerprint} at {path}"));
    }
    text.gap();
}

const WHAT: &str = "A wallet of several keys (multisig, miniscript) is known by its descriptor. With it, what comes \
    back to that wallet is proven; without it, its payments are refused. It is forgotten when you \
    lock or quit.";
const COMPARE: &str = "Compare the keys with those of your co-signers before you load it.";
const NO_CAMERA: &str = "No camera is in use, only the demo's, and it shows no descriptors.";
const NO_CAMERA_ADVICE: &str = "Start again with --camera /dev/video0.";
