//! How to open a wallet.

use super::*;
use crate::keys::Entry;
use crate::wallet::Network;

/// The ways to open a wallet. What was typed so far is kept until this screen is left.
#[derive(Default)]
pub struct Open {
    /// Words of one list each.
    #[allow(clippy::vec_box)] // what was typed stays in its place; only its address moves
    words: Vec<Box<Typing>>,
    /// Words that were scanned, and the passphrase that was begun for them.
    scanned: Option<Box<PassphraseTyping>>,
    to_sign: bool,
}

impl Open {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// A wallet is needed to sign a payment.
    pub(super) fn to_sign() -> Self {
        Self { to_sign: true, ..Self::default() }
    }

    /// Back from words, which are kept.
    pub(super) fn keeping(mut self, typing: Box<Typing>) -> Self {
        self.words.push(typing);
        self
    }

    /// Back from the passphrase of words that were scanned, which are kept.
    pub(super) fn keeping_scanned(mut self, passphrase: Box<PassphraseTyping>) -> Self {
        self.scanned = Some(passphrase);
        self
    }

    /// Is nothing kept that was typed or scanned?
    pub(super) fn is_bare(&self) -> bool {
        self.words.is_empty() && self.scanned.is_none()
    }

    /// What is said where keys for the network in use may not be here.
    pub(super) fn refusal(title: &str, core: &Core) -> Option<Screen> {
        let refused = core.settings.network == Network::Main && !core.settings.mainnet_allowed;
        refused.then(|| Message::trouble(title, NO_MAINNET, MAINNET_ADVICE, Screen::home()))
    }

    /// Goes to the words of that kind, as far as they were typed.
    pub(super) fn type_words(mut self: Box<Self>, entry: Entry) -> Screen {
        let typing = match self.words.iter().position(|typing| typing.is_like(&entry)) {
            Some(place) => self.words.swap_remove(place),
            None => Typing::of(entry),
        };
        typing.under(self)
    }

    pub(super) fn key(mut self, key: Key, core: &mut Core) -> Screen {
        if matches!(key, Key::Char('t' | 's' | 'g' | 'l' | 'm'))
            && let Some(refusal) = Self::refusal("Open a wallet", core)
        {
            return refusal;
        }
        match key {
            Key::Esc => Screen::home(), // what was typed is wiped here
            Key::Char('t') => Box::new(self).type_words(Entry::new()),
            Key::Char('l') => Languages::over(self),
            Key::Char('m') => MoreForms::over(self),
            Key::Char('s') if core.settings.demo => {
                Message::trouble("Open a wallet", NO_CAMERA, NO_CAMERA_ADVICE, Screen::Open(self))
            }
            Key::Char('s') => Scan::seed(Box::new(self), core),
            Key::Char('g') => match self.scanned.take() {
                Some(scanned) => scanned.under(Box::new(self)),
                None => Screen::Open(self),
            },
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
        if self.words.iter().any(|typing| typing.is_like(&Entry::new())) {
            text.choice("t", "Go on typing the words", KEPT);
        } else {
            text.choice("t", "Type 12 to 24 words", "the BIP39 backup words, in English");
        }
        let begun = self.words.iter().any(|typing| !typing.is_like(&Entry::new()));
        let lists = if begun { KEPT } else { "nine more languages, or numbers" };
        text.choice("s", "Scan a seed code", "SeedQR, CompactSeedQR, or words as text");
        if self.scanned.is_some() {
            text.choice("g", "Go on after the scan", KEPT_TOO);
        }
        text.choice("l", "Words of another list", lists);
        text.choice("m", "More kinds of backup", "shares, encrypted codes, Electrum, keys");
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

const KEPT_TOO: &str = "words and passphrase are kept";
const KEPT: &str = "they are kept until you leave";
const NO_CAMERA: &str = "No camera is in use, only the demo's, and it shows no seed codes.";
const NO_CAMERA_ADVICE: &str = "Type the words, or start again with --camera /dev/video0.";
const HELD: &str = "The keys are held in memory only while the wallet is open. They are wiped when you lock it \
    or quit.";
const NO_MAINNET: &str = "Keys for the main network are refused in an ordinary terminal: \
    this computer may be on a network, and a key that was typed here is no longer offline.";
const MAINNET_ADVICE: &str =
    "Use a machine without a network. If you know better, start again with --mainnet.";
