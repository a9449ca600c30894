//! What was given of a backup so far: one line, or shares one after the other.

use super::line::OneLine;
use super::shares::ShareList;
use super::*;
use crate::keys::kef::Envelope;

/// What was given, and the list of forms that it goes back to.
pub struct Given {
    pub(super) what: What,
    /// Of shares, of a code, of an Electrum seed.
    pub(super) passphrase: PassphraseEntry,
    /// Of the wallet that is in a code or in parts, as far as it was typed.
    pub(super) of_wallet: PassphraseEntry,
    pub(super) remark: Option<String>,
    menu: Option<Box<MoreForms>>,
}

pub(super) enum What {
    Shares(ShareList),
    Line(OneLine),
}

impl Given {
    pub(super) fn nothing(kind: Kind) -> Self {
        let what = match kind {
            Kind::Slip39 | Kind::Codex32 | Kind::SeedXor => What::Shares(ShareList::of(kind)),
            Kind::Kef | Kind::Electrum | Kind::Xprv => What::Line(OneLine::of(kind)),
        };
        Self {
            what,
            passphrase: PassphraseEntry::new(),
            of_wallet: PassphraseEntry::new(),
            remark: None,
            menu: None,
        }
    }

    pub(super) fn under(mut self, menu: MoreForms) -> Self {
        self.menu = Some(Box::new(menu));
        self
    }

    pub(super) fn kind(&self) -> Kind {
        match &self.what {
            What::Shares(shares) => shares.kind(),
            What::Line(line) => line.kind(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        let nothing = match &self.what {
            What::Shares(shares) => shares.is_empty(),
            What::Line(line) => line.is_empty(),
        };
        nothing && self.passphrase.is_empty()
    }

    /// Is `?` a letter that is typed here?
    pub(super) fn takes_question_marks(&self) -> bool {
        match self.kind() {
            Kind::Codex32 | Kind::Kef | Kind::Electrum => true,
            Kind::Slip39 | Kind::SeedXor | Kind::Xprv => false,
        }
    }

    /// Says why nothing goes on from here.
    pub(super) fn remarking(mut self, why: impl Into<String>) -> Screen {
        self.remark = Some(why.into());
        Importing::Given(self).on()
    }

    fn back(mut self) -> Screen {
        self.remark = None;
        match self.menu.take() {
            Some(menu) => menu.keeping(self),
            None => Screen::home(), // there is always one
        }
    }

    pub(super) fn key(mut self, key: Key, core: &mut Core) -> Screen {
        self.remark = None;
        match key {
            Key::Esc => return self.back(),
            Key::Char('t') => return Importing::Typing(self).on(),
            Key::Char('s') if core.settings.demo => {
                let below = Importing::Given(self).on();
                return Message::trouble(menu::TITLE, NO_CAMERA, NO_CAMERA_ADVICE, below);
            }
            Key::Char('s') => return Scan::import(Importing::Given(self).on(), core),
            Key::Char('y') => self.take_repair(),
            Key::Backspace => self.take_back(),
            Key::Enter => return self.open(core.settings.network),
            _ => {}
        }
        Importing::Given(self).on()
    }

    /// Takes the last share back, or all of a line.
    fn take_back(&mut self) {
        self.of_wallet = PassphraseEntry::new();
        match &mut self.what {
            What::Shares(shares) => shares.take_back(),
            What::Line(line) => line.clear(),
        }
    }

    /// Takes up what the code's own check says was meant, once its owner has looked.
    fn take_repair(&mut self) {
        if let What::Shares(shares) = &mut self.what {
            self.remark = shares.take_repair().err();
        }
    }

    /// Another encrypted code in place of the one that held it.
    pub(super) fn replace_code(&mut self, inner: Envelope) {
        self.passphrase = PassphraseEntry::new();
        if let What::Line(line) = &mut self.what {
            line.replace_code(inner);
        }
    }

    /// A code that the camera read. The reason why it is none of these is a sentence.
    pub(super) fn scanned(&mut self, content: &[u8]) -> Result<(), String> {
        self.remark = None;
        match &mut self.what {
            What::Shares(shares) => shares.scanned(content)?,
            What::Line(line) => line.scanned(content)?,
        }
        self.of_wallet = PassphraseEntry::new();
        Ok(())
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        text.gap();
        text.plain(self.kind().asks());
        text.gap();
        match &self.what {
            What::Shares(shares) => shares.describe(&mut text),
            What::Line(line) => line.describe(&mut text),
        }
        text.gap();
        let (type_it, scan_it) = self.ways();
        text.choice("t", type_it, "");
        text.choice("s", scan_it, "");
        let ready = self.is_ready();
        if ready {
            text.choice("Enter", "Open the wallet", "its fingerprint is shown first");
        }
        if let What::Shares(shares) = &self.what
            && let Some(repair) = shares.repair()
        {
            text.gap();
            repair.describe(&mut text);
            text.choice("y", "Take it so", "after you looked at the copy");
        }
        if let Some(remark) = &self.remark {
            text.gap();
            text.toned(Tone::Warn, remark.as_str());
        }
        let mut keys = vec![("Esc", "back"), ("?", "help")];
        if !self.is_empty() {
            keys.insert(0, ("Backspace", self.undo()));
        }
        if ready {
            keys.insert(0, ("Enter", "open"));
        }
        words_view(core, self.kind().name(), text, keys)
    }

    fn ways(&self) -> (&'static str, &'static str) {
        match &self.what {
            What::Shares(shares) if shares.is_begun() => ("Go on typing", "Scan another one"),
            What::Shares(shares) if shares.is_empty() => {
                ("Type the first one", "Scan the first one")
            }
            What::Shares(_) => ("Type the next one", "Scan the next one"),
            What::Line(line) if line.is_empty() => ("Type it", "Scan it"),
            What::Line(line) if line.is_scanned() => ("Type it instead", "Scan another one"),
            What::Line(_) => ("Go on typing", "Scan another one"),
        }
    }

    fn undo(&self) -> &'static str {
        match self.what {
            What::Shares(_) => "take the last one back",
            What::Line(_) => "wipe it",
        }
    }

    fn is_ready(&self) -> bool {
        match &self.what {
            What::Shares(shares) => shares.suffice(),
            What::Line(line) => !line.is_empty(),
        }
    }

    pub(super) fn help(&self) -> &'static [&'static str] {
        match self.kind() {
            Kind::Slip39 => help::SLIP39,
            Kind::Codex32 => help::CODEX32,
            Kind::SeedXor => help::SEED_XOR,
            Kind::Kef => help::KEF,
            Kind::Electrum => help::ELECTRUM,
            Kind::Xprv => help::XPRV,
        }
    }
}

const NO_CAMERA: &str = "No camera is in use, only the demo's, and it sees no paper.";
const NO_CAMERA_ADVICE: &str = "Type it, or start again with --camera /dev/video0.";
