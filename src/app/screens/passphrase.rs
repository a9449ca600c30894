//! Typing the passphrase, hidden or shown.

use super::*;
use crate::demo;
use crate::keys::{Material, Mnemonic, Passphrase, PassphraseEntry, Typed};

/// The passphrase being typed, and the words that it belongs to.
pub struct PassphraseTyping {
    mnemonic: Mnemonic,
    entry: PassphraseEntry,
    from: From,
    shown: bool,
    full: bool,
}

/// Where the words came from: the way back.
enum From {
    Typed(Box<Typing>),
    /// By the camera, from this menu.
    Scanned(Box<Open>),
    Made(Box<Screen>),
    /// In another form, on this screen.
    Given(Box<Screen>),
    Demo(Box<Screen>),
}

impl PassphraseTyping {
    pub(super) fn typed(mnemonic: Mnemonic, mut typing: Box<Typing>) -> Screen {
        let entry = std::mem::take(&mut typing.passphrase);
        Self::of(mnemonic, entry, From::Typed(typing)).again()
    }

    /// For words that the camera read.
    pub(super) fn scanned(mnemonic: Mnemonic, menu: Box<Open>) -> Screen {
        Self::of(mnemonic, PassphraseEntry::default(), From::Scanned(menu)).again()
    }

    /// Goes on from the menu that kept it.
    pub(super) fn under(mut self: Box<Self>, menu: Box<Open>) -> Screen {
        self.from = From::Scanned(menu);
        Screen::Passphrase(self)
    }

    /// For words that were made on the screen `back`.
    pub(super) fn made(mnemonic: Mnemonic, back: Screen) -> Screen {
        Self::of(mnemonic, PassphraseEntry::default(), From::Made(Box::new(back))).again()
    }

    /// For words that were given in another form on the screen `back`, with what was typed before.
    pub(super) fn given(mnemonic: Mnemonic, typed: PassphraseEntry, back: Screen) -> Screen {
        Self::of(mnemonic, typed, From::Given(Box::new(back))).again()
    }

    /// The demo has no passphrase to type.
    pub(super) fn demo(back: Screen) -> Screen {
        match Mnemonic::parse(demo::WORDS) {
            Ok(mnemonic) => {
                let from = From::Demo(Box::new(back));
                Busy::open(Self::of(mnemonic, PassphraseEntry::default(), from))
            }
            Err(_) => back, // a constant that a test reads
        }
    }

    fn of(mnemonic: Mnemonic, entry: PassphraseEntry, from: From) -> Box<Self> {
        Box::new(Self { mnemonic, entry, from, shown: false, full: false })
    }

    /// Back from the fingerprint, with what was typed.
    pub(super) fn again(self: Box<Self>) -> Screen {
        match self.from {
            From::Demo(back) => *back,
            _ => Screen::Passphrase(self),
        }
    }

    pub(super) fn mnemonic(&self) -> &Mnemonic {
        &self.mnemonic
    }

    pub(super) fn passphrase(&self) -> Passphrase {
        self.entry.finish()
    }

    /// What the words and the passphrase make; what was typed is wiped here.
    pub(super) fn into_material(self) -> Material {
        let passphrase = self.passphrase();
        Material::words(self.mnemonic, passphrase)
    }

    /// Were the words just made?
    pub(super) fn is_new(&self) -> bool {
        matches!(self.from, From::Made(_))
    }

    pub(super) fn is_demo(&self) -> bool {
        matches!(self.from, From::Demo(_))
    }

    pub(super) fn key(mut self: Box<Self>, key: Key) -> Screen {
        self.full = false;
        match key {
            Key::Esc => {
                if let From::Scanned(menu) = &mut self.from {
                    let menu = std::mem::take(menu);
                    return Screen::Open(menu.keeping_scanned(self));
                }
                return match self.from {
                    From::Typed(mut typing) => {
                        typing.passphrase = self.entry;
                        Screen::Words(typing)
                    }
                    From::Scanned(menu) => Screen::Open(*menu),
                    From::Given(back) => match *back {
                        Screen::Import(screen) => screen.keeping(self.entry),
                        other => other,
                    },
                    From::Made(back) | From::Demo(back) => *back,
                };
            }
            Key::Enter => return Busy::open(self),
            Key::Tab => self.shown = !self.shown,
            Key::Backspace => {
                self.entry.backspace();
            }
            Key::Char(character) => self.full = self.entry.push(character) == Typed::Full,
            _ => {}
        }
        Screen::Passphrase(self)
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        text.gap();
        text.plain(format!(
            "{} words, and their checksum is right.",
            self.mnemonic.words().count()
        ));
        text.gap();
        text.plain("Passphrase (leave it empty if this wallet has none):");
        text.gap();
        let shown =
            if self.shown { self.entry.text().to_string() } else { "*".repeat(self.entry.len()) };
        text.line(
            Line::new("  [ ")
                .and(Tone::Entry, shown)
                .and(Tone::Entry, "_")
                .and(Tone::Plain, " ]")
                .hang(4),
        );
        text.gap();
        text.toned(
            Tone::Faint,
            format!("{} characters. Capitals and spaces count.", self.entry.len()),
        );
        if self.full {
            text.toned(Tone::Warn, "A passphrase has at most 1024 bytes here.");
        }
        let show = if self.shown { "hide" } else { "show" };
        let keys =
            vec![("Enter", "show the fingerprint"), ("Tab", show), ("Esc", "back"), ("F1", "help")];
        let mut view = words_view(core, "Passphrase", text, keys);
        view.status = layout_in_use(core);
        view
    }
}
