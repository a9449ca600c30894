//! A name for a key or a shared wallet: of one that is put into the vault, or of one that is there.

use super::super::super::naming::Naming;
use super::*;

/// A name being typed, and what for.
pub struct Named {
    naming: Naming,
    what: What,
    trouble: Option<String>,
}

#[derive(Clone, Copy)]
enum What {
    /// The open wallet is put in under this name.
    Sealing,
    /// A key gets another name.
    Key(usize),
    /// A shared wallet gets another name.
    Wallet(usize),
}

impl Named {
    pub(in super::super) fn sealing() -> Screen {
        Self::of("", What::Sealing)
    }

    pub(super) fn key(place: usize, name: &str) -> Screen {
        Self::of(name, What::Key(place))
    }

    pub(super) fn wallet(place: usize, name: &str) -> Screen {
        Self::of(name, What::Wallet(place))
    }

    fn of(name: &str, what: What) -> Screen {
        Box::new(Self { naming: Naming::of(name), what, trouble: None }).on()
    }

    fn back(&self) -> Screen {
        match self.what {
            What::Sealing => ContentsList::show(),
            What::Key(place) => KeyDetail::show(place),
            What::Wallet(place) => WalletDetail::show(place),
        }
    }

    fn take(mut self: Box<Self>, core: &mut Core) -> Screen {
        let Ok(name) = crate::vault::contents::Text::new(self.naming.name()) else {
            return self.on(); // what is typed there always fits
        };
        match self.what {
            What::Sealing => match core.seal_session(name) {
                Ok(()) => return ContentsList::show(),
                Err(why) => self.trouble = Some(why),
            },
            What::Key(place) => {
                core.change_vault(|contents| {
                    if let Some(key) = contents.keys.get_mut(place) {
                        key.name = name;
                    }
                });
                core.name_session();
                return self.back();
            }
            What::Wallet(place) => {
                core.change_vault(|contents| {
                    if let Some(wallet) = contents.wallets.get_mut(place) {
                        wallet.name = name;
                    }
                });
                return self.back();
            }
        }
        self.on()
    }
}

impl Page for Named {
    fn on(self: Box<Self>) -> Screen {
        Screen::Vault(VaultScreen::Named(self))
    }

    fn key(mut self: Box<Self>, key: Key, core: &mut Core) -> Screen {
        self.trouble = None;
        match key {
            Key::Esc => return self.back(),
            Key::Enter if self.naming.name().is_empty() => self.trouble = Some(EMPTY.into()),
            Key::Enter => return self.take(core),
            key => {
                self.naming.key(&key);
            }
        }
        self.on()
    }

    fn view(&self, core: &Core) -> View<'_> {
        let mut text = Text::new();
        text.gap();
        let (what, verb) = match self.what {
            What::Sealing => {
                ("The open wallet is put into the vault. What is it called?", "put it in")
            }
            What::Key(_) | What::Wallet(_) => ("What is it called from now on?", "take the name"),
        };
        text.plain(what);
        text.gap();
        text.line(self.naming.line("name", true));
        if let Some(trouble) = &self.trouble {
            text.gap();
            text.toned(Tone::Warn, trouble.as_str());
        }
        let keys = vec![("Enter", verb), ("Esc", "back"), ("F1", "help")];
        let mut view = words_view(core, "Name", text, keys);
        view.status = layout_in_use(core);
        view
    }

    fn help(&self) -> &'static [&'static str] {
        help::CONTENTS
    }

    fn is_typing(&self) -> bool {
        true
    }
}

const EMPTY: &str = "Type a name first, as \"Savings\".";
