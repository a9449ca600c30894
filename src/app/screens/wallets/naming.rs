//! The name of a wallet on its way, and what its keys are called.

use super::super::cursor::{Cursor, row};
use super::super::naming::Naming;
use super::super::*;
use super::{Offer, Wallets};

/// A name being typed, or a key being chosen to be called otherwise.
pub struct Renaming {
    offer: Offer,
    what: What,
}

enum What {
    Wallet(Naming),
    Choosing(Cursor),
    Key(usize, Naming),
}

impl Renaming {
    pub(super) fn of_wallet(offer: Box<Offer>) -> Screen {
        let naming = Naming::of(&offer.names().0);
        Self { offer: *offer, what: What::Wallet(naming) }.on()
    }

    pub(super) fn of_keys(offer: Box<Offer>) -> Screen {
        Self { offer: *offer, what: What::Choosing(Cursor::default()) }.on()
    }

    fn on(self) -> Screen {
        Wallets::Naming(Box::new(self)).on()
    }

    pub(super) fn key(self, key: Key, core: &Core) -> Screen {
        let Self { offer, what } = self;
        let back = |offer: Offer| Wallets::Offer(Box::new(offer)).on();
        let what = match (what, key) {
            (What::Wallet(_) | What::Choosing(_), Key::Esc) => return back(offer),
            (What::Wallet(naming), Key::Enter) if !naming.name().is_empty() => {
                return back(offer.named(naming.name(), core));
            }
            (What::Wallet(mut naming), key) => {
                naming.key(&key);
                What::Wallet(naming)
            }
            (What::Choosing(cursor), Key::Enter) => {
                let signer = cursor.at(offer.labels().len());
                let label = offer.labels().get(signer).and_then(Option::as_deref);
                What::Key(signer, Naming::of(label.unwrap_or_default()))
            }
            (What::Choosing(mut cursor), key) => {
                cursor.key(&key, offer.labels().len());
                What::Choosing(cursor)
            }
            (What::Key(..), Key::Esc) => What::Choosing(Cursor::default()),
            (What::Key(signer, naming), Key::Enter) => {
                let offer = offer.labelled(signer, naming.name());
                return Self { offer, what: What::Choosing(Cursor::default()) }.on();
            }
            (What::Key(signer, mut naming), key) => {
                naming.key(&key);
                What::Key(signer, naming)
            }
        };
        Self { offer, what }.on()
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        text.gap();
        let (name, keys) = self.offer.names();
        let (title, hotkeys) = match &self.what {
            What::Wallet(naming) => {
                text.plain("What shall the wallet be called?");
                text.gap();
                text.line(naming.line("name", true));
                ("Name", vec![("Enter", "take the name"), ("Esc", "back"), ("F1", "help")])
            }
            What::Choosing(cursor) => {
                text.plain(format!("Whose key shall be called otherwise, in {name}?"));
                text.gap();
                let at = cursor.at(keys.len());
                for (signer, called) in keys.iter().enumerate() {
                    let label = self.offer.labels().get(signer).and_then(Option::as_deref);
                    let number = format!("{:>3}  {called}", signer + 1);
                    row(&mut text, signer == at, &number, Tone::Faint, label.unwrap_or("no label"));
                }
                let keys = vec![("Enter", "name it"), ("arrows", "choose"), ("Esc", "back")];
                ("Labels", keys)
            }
            What::Key(signer, naming) => {
                text.plain(format!("Whose is key {}? An empty label takes it away.", signer + 1));
                text.gap();
                text.line(naming.line("label", true));
                ("Label", vec![("Enter", "take the label"), ("Esc", "back"), ("F1", "help")])
            }
        };
        words_view(core, title, text, hotkeys)
    }
}
