//! One registered wallet: all that is known of it, and where it is kept.

use super::super::*;
use super::{Offer, Shown, Wallets, judged, whole};
use crate::wallet::Registered;

/// The wallet at a place among the registered ones.
pub struct Page {
    place: usize,
    /// It was taken just now.
    taken: bool,
    /// Really forget it?
    forgetting: bool,
    remark: Option<String>,
    scroll: Scroll,
}

impl Page {
    pub(super) fn of(place: usize) -> Screen {
        Self { place, taken: false, forgetting: false, remark: None, scroll: Scroll::default() }
            .on()
    }

    /// Right after it was taken.
    pub(super) fn taken(place: usize) -> Screen {
        Self { place, taken: true, forgetting: false, remark: None, scroll: Scroll::default() }.on()
    }

    fn on(self) -> Screen {
        Wallets::Page(Box::new(self)).on()
    }

    pub(super) fn key(mut self, key: Key, core: &mut Core) -> Screen {
        let layout = self.view(core).layout(core.size);
        if scrolled(&key, &mut self.scroll, &layout) {
            return self.on();
        }
        if std::mem::take(&mut self.forgetting) {
            return match key {
                Key::Char('y') if self.place < core.wallets.len() => {
                    core.wallets.remove(self.place);
                    Wallets::list()
                }
                _ => self.on(),
            };
        }
        self.remark = None;
        let Some(wallet) = core.wallets.get(self.place) else { return Wallets::list() };
        match key {
            Key::Esc | Key::Enter => return Wallets::list(),
            Key::Char('e') => return Offer::again(wallet.clone(), core),
            Key::Char('q') if core.session.is_some() => return Shown::code(self.place, core),
            Key::Char('v') if can_seal(wallet, core) => {
                self.remark = core.seal_wallet(self.place).err();
            }
            Key::Char('p') => return Public::give(self.place),
            Key::Char('x') => self.forgetting = true,
            _ => {}
        }
        self.on()
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        text.gap();
        let Some(wallet) = core.wallets.get(self.place) else {
            return words_view(core, TITLE, text, vec![("Esc", "back")]);
        };
        if self.forgetting {
            let name = wallet.name();
            text.toned(Tone::Warn, format!("Forget {name}?"));
            text.gap();
            text.plain(if core.keeps(wallet) { SEALED } else { FORGET });
            text.gap();
            text.choice("Esc", "Keep it", "");
            text.choice("y", "Forget it", "");
            return words_view(core, TITLE, text, vec![("Esc", "keep it"), ("y", "forget it")]);
        }
        if self.taken {
            text.toned(Tone::Strong, "It is registered.");
        }
        match (core.keeps(wallet), core.session.is_some()) {
            (true, _) => text.plain("It is kept in the vault."),
            (false, true) => text.toned(Tone::Warn, UNKEPT),
            (false, false) => text.toned(Tone::Warn, UNKEPT_LOCKED),
        };
        if let Some(remark) = &self.remark {
            text.toned(Tone::Warn, remark.as_str());
        }
        text.gap();
        if can_seal(wallet, core) {
            text.choice("v", "Keep it in the vault", "sealed, with the labels");
        }
        if core.session.is_some() {
            text.choice("q", "Keep it as a code", "to be loaded again without a vault");
        }
        text.choice("p", "Give to a wallet program", "so that it can watch and receive");
        text.choice("e", "Name and labels", "");
        text.choice("x", "Forget it", "");
        text.gap();
        whole::write(&mut text, wallet, &judged(wallet, core), None);
        let keys = vec![("arrows", "all of it"), ("Esc", "back"), ("?", "help")];
        let mut view = words_view(core, TITLE, text, keys);
        view.top = self.scroll.top;
        view
    }
}

fn can_seal(wallet: &Registered, core: &Core) -> bool {
    core.vault.is_some() && !core.keeps(wallet)
}

const TITLE: &str = "Shared wallet";
const SEALED: &str = "It is loaded again when the vault is opened the next time. To remove it there, look at it in the vault.";
const FORGET: &str = "Its payments are refused until it is registered again. Its cosigners and the wallet program have \
    its descriptor, too.";
const UNKEPT: &str = "It is kept until you lock. Put it into an open vault, or keep its code (q).";
const UNKEPT_LOCKED: &str = "It is kept until you lock. Put it into an open vault; or open the seed, and keep it as a code.";
