//! A wallet that was read, before it is taken. It is taken at its end only, so that all of it was on
//! the screen.

use super::super::*;
use super::change::{self, Standing};
use super::words::Names;
use super::{Page, Renaming, Wallets, held, judged, known, others, whole};
use crate::wallet::registration::{Form, Integrity, Registration};
use crate::wallet::{Judged, Owner, Registered, judge_registration};

/// What was read, and what was found.
pub struct Offer {
    wallet: Registered,
    judged: Judged,
    standing: Standing,
    /// How it came, in words.
    came: String,
    scroll: Scroll,
}

impl Offer {
    /// As a coordinator gave it.
    pub(super) fn registration(registration: Registration, core: &Core) -> Screen {
        let wallet = Registered::new(registration.wallet().clone(), registration.labels());
        let wallet = change::as_known(wallet, &core.wallets);
        let (others, held) = (others(&wallet, core), held(core));
        let judged = judge_registration(&registration, &known(&others, &held, core));
        let came = format!("{}; {}", form(registration.form()), checked(registration.integrity()));
        Self::of(wallet, judged, came, core)
    }

    /// As it was kept here, with a code that the open seed made.
    pub(super) fn attested(wallet: Registered, core: &Core) -> Screen {
        let judged = judged(&wallet, core);
        Self::of(wallet, judged, ATTESTED.into(), core)
    }

    /// One that is registered, for another name or other labels.
    pub(super) fn again(wallet: Registered, core: &Core) -> Screen {
        let judged = judged(&wallet, core);
        Self::of(wallet, judged, AGAIN.into(), core)
    }

    fn of(wallet: Registered, judged: Judged, came: String, core: &Core) -> Screen {
        let standing = Standing::of(&wallet, &core.wallets);
        Self { wallet, judged, standing, came, scroll: Scroll::default() }.on()
    }

    fn on(self) -> Screen {
        Wallets::Offer(Box::new(self)).on()
    }

    /// The first row that is on, as the number of the page that is to be read.
    pub(super) fn top(&self) -> usize {
        self.scroll.top
    }

    /// What it is called, and its keys.
    pub(super) fn names(&self) -> (String, Vec<String>) {
        let names = Names::of(&self.wallet, &self.judged.owners);
        let keys = 0..self.wallet.signers().len();
        (self.wallet.name().into(), keys.map(|signer| names.name(signer)).collect())
    }

    /// The labels of its keys.
    pub(super) fn labels(&self) -> &[Option<String>] {
        self.wallet.labels()
    }

    /// Under another name.
    pub(super) fn named(mut self, name: &str, core: &Core) -> Self {
        self.wallet =
            Registered::new(self.wallet.wallet().clone().named(name), self.wallet.labels());
        self.standing = Standing::of(&self.wallet, &core.wallets);
        // what the name changes stands at the head, and must be seen before anything is replaced
        self.scroll = Scroll::default();
        self
    }

    /// With another label for one of its keys; an empty one takes it away.
    pub(super) fn labelled(mut self, signer: usize, label: &str) -> Self {
        let mut labels = self.wallet.labels().to_vec();
        if let Some(place) = labels.get_mut(signer) {
            *place = (!label.is_empty()).then(|| label.to_owned());
        }
        self.wallet = Registered::new(self.wallet.wallet().clone(), &labels);
        self
    }

    pub(super) fn key(mut self: Box<Self>, key: Key, core: &mut Core) -> Screen {
        let layout = self.view(core).layout(core.size);
        if scrolled(&key, &mut self.scroll, &layout) {
            return self.on();
        }
        match key {
            Key::Esc => Wallets::list(),
            Key::Char('n') => Renaming::of_wallet(self),
            Key::Char('l') => Renaming::of_keys(self),
            Key::Enter if layout.below() > 0 => {
                self.scroll.down(layout.height.saturating_sub(1).max(1), &layout);
                self.on()
            }
            Key::Enter if self.judged.is_refused() => Wallets::list(),
            Key::Enter => self.take(core),
            _ => self.on(),
        }
    }

    fn take(self, core: &mut Core) -> Screen {
        let instead_of = match self.standing {
            Standing::New => None,
            Standing::Registered(place) | Standing::Changes(place, _) => Some(place),
        };
        Page::taken(core.register(self.wallet, instead_of))
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        text.gap();
        match &self.standing {
            Standing::New => {}
            Standing::Registered(_) => {
                text.plain("It is registered already. Its name and labels can be changed here.");
                text.gap();
            }
            Standing::Changes(place, difference) => {
                if let Some(known) = core.wallets.get(*place) {
                    change::write(&mut text, known, difference);
                    text.gap();
                }
            }
        }
        whole::write(&mut text, &self.wallet, &self.judged, Some(&self.came));
        text.gap();
        if self.judged.is_refused() {
            text.toned(Tone::Refuse, REFUSED);
        } else {
            if self.judged.owners.contains(&Owner::Untold) {
                text.toned(Tone::Warn, UNTOLD);
            }
            text.toned(Tone::Warn, COMPARE);
        }
        let mut view = words_view(core, self.title(), text, vec![]);
        view.top = self.scroll.top;
        view.keys = vec![
            ("Enter", "go on, all of it is to be seen"),
            ("n", "name"),
            ("l", "labels"),
            ("Esc", "do not take it"),
            ("?", "help"),
        ];
        if view.layout(core.size).below() == 0 {
            view.keys[0] = ("Enter", self.verb());
        }
        view
    }

    fn title(&self) -> &'static str {
        match self.standing {
            Standing::Changes(..) => "Change a shared wallet?",
            Standing::New | Standing::Registered(_) => "Register a shared wallet?",
        }
    }

    fn verb(&self) -> &'static str {
        match self.standing {
            _ if self.judged.is_refused() => "back",
            Standing::New => "register it",
            Standing::Registered(_) => "keep it so",
            Standing::Changes(..) => "put it in the known one's place",
        }
    }
}

fn form(form: Form) -> &'static str {
    match form {
        Form::Descriptor => "output descriptor",
        Form::Policy => "wallet policy (BIP388)",
        Form::Bsms => "BSMS record (BIP129)",
        Form::ColdcardText => "multisig text (Coldcard)",
        Form::SpecterJson => "JSON with a descriptor (Specter)",
        Form::CaravanJson => "JSON (Caravan)",
        Form::CoreJson => "JSON of Bitcoin Core",
        Form::ElectrumJson => "wallet file (Electrum)",
        Form::ColdcardJson => "account keys (Coldcard)",
        Form::Registry(kind) => kind.name(),
        Form::Key => "extended key",
    }
}

fn checked(integrity: Integrity) -> &'static str {
    match integrity {
        Integrity::Checksum => "its checksum is right",
        Integrity::FirstAddress => "its first address is right",
        Integrity::KeysOnly => "only the keys have checksums",
        Integrity::Registry => "the code's checksum is right",
    }
}

const AGAIN: &str = "registered here";
const ATTESTED: &str = "kept here before; unaltered, as the open seed's code shows";
const REFUSED: &str = "It is not registered: what is refused above must be put right by its maker.";
const UNTOLD: &str = "No seed is open, so which key is yours cannot be told. Open it first (o at home), unless you only \
    want to look.";
const COMPARE: &str = "Compare every key, and the first address, with what your cosigners have: a key that was exchanged \
    gives a thief a vote.";
