//! How to open a wallet.

use super::*;
use crate::wallet::Network;

/// The ways to open a wallet. What was typed so far is kept until this screen is left.
#[derive(Default)]
pub struct Open {
    typing: Option<Box<Typing>>,
    to_sign: bool,
}

impl Open {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// A wallet is needed to sign a payment.
    pub(super) fn to_sign() -> Self {
        Self { typing: None, to_sign: true }
    }

    /// Back from the words, which are kept.
    pub(super) fn keeping(typing: Box<Typing>) -> Self {
        Self { typing: Some(typing), to_sign: false }
    }

    /// Is nothing kept that was typed?
    pub(super) fn is_bare(&self) -> bool {
        self.typing.is_none()
    }

    /// What is said where keys for the network in use may not be here.
    pub(super) fn refusal(title: &str, core: &Core) -> Option<Screen> {
        let refused = core.settings.network == Network::Main && !core.settings.mainnet_allowed;
        refused.then(|| Message::trouble(title, NO_MAINNET, MAINNET_ADVICE, Screen::home()))
    }

    pub(super) fn key(mut self, key: Key, core: &mut Core) -> Screen {
        if matches!(key, Key::Char('t' | 's'))
            && let Some(refusal) = Self::refusal("Open a wallet", core)
        {
            return refusal;
        }
        match key {
            Key::Esc => Screen::home(), // what was typed is wiped here
            Key::Char('t') => Screen::Words(self.typing.take().unwrap_or_default()),
            Key::Char('s') if core.settings.demo => {
                Message::trouble("Open a wallet", NO_CAMERA, NO_CAMERA_ADVICE, Screen::Open(self))
            }
            Key::Char('s') => Scan::open(Purpose::Seed, Source::Camera, core),
            Key::Char('d') => Screen::DemoIntro(DemoIntro),
            Key::Char('v') if core.settings.vaults => VaultScreen::enter(core),
            Key::Char('p') if self.to_sign && core.request.is_none() => {
                Scan::open(Purpose::Payment, payment_source(core), core)
            }
            _ => Screen::Open(self),
        }
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        text.gap();
        if core.request.is_some() {
            text.plain("The payment is read and waits. Open the wallet that pays it.");
            text.gap();
        } else if self.to_sign {
            text.plain("No wallet is open. Open the one that pays.");
            text.gap();
        }
        match &self.typing {
            Some(_) => text.choice("t", "Go on typing the words", "they are kept until you leave"),
            None => text.choice("t", "Type 12 to 24 words", "the BIP39 backup words, in English"),
        };
        text.choice("s", "Scan a seed code", "SeedQR or CompactSeedQR");
        if core.settings.vaults {
            text.choice("v", "From a vault", "sealed on a stick or card");
        }
        text.choice("d", "Demo words", "known to everybody, for test coins");
        if self.to_sign && core.request.is_none() {
            text.gap();
            text.choice("p", "Scan the payment first", "and open the wallet then");
        }
        text.gap();
        text.toned(Tone::Faint, HELD);
        words_view(core, "Open a wallet", text, vec![("Esc", "back"), ("?", "help")])
    }
}

const HELD: &str = "The keys are held in memory only while the wallet is open. They are wiped when you lock it \
    or quit.";
const NO_CAMERA: &str = "No camera is in use, only the demo's, and it shows no seed codes.";
const NO_CAMERA_ADVICE: &str = "Type the words, or start again with --camera /dev/video0.";
const NO_MAINNET: &str = "Keys for the main network are refused in an ordinary terminal: \
    this computer may be on a network, and a key that was typed here is no longer offline.";
const MAINNET_ADVICE: &str =
    "Use a machine without a network. If you know better, start again with --mainnet.";
