//! Writing what is not on the stick yet, once it is plugged in again.

use super::contents::ContentsList;
use super::*;

/// The stick is being looked for.
pub struct Save;

impl Save {
    pub(super) fn begin(core: &mut Core) -> Screen {
        ask(VaultErrand::Look, core);
        Box::new(Self).on()
    }
}

impl Page for Save {
    fn on(self: Box<Self>) -> Screen {
        Screen::Vault(VaultScreen::Save(self))
    }

    fn key(self: Box<Self>, key: Key, _core: &mut Core) -> Screen {
        match key {
            Key::Esc => ContentsList::show(),
            _ => self.on(),
        }
    }

    fn news(self: Box<Self>, news: VaultNews, core: &mut Core) -> Screen {
        match news {
            VaultNews::Found(Ok(plugged)) => match core.save_vault_among(&plugged) {
                Ok(()) => ContentsList::show(),
                Err(why) => ContentsList::saying(why.to_string()),
            },
            VaultNews::Found(Err(why)) => ContentsList::saying(why),
            _ => self.on(),
        }
    }

    fn view(&self, core: &Core) -> View<'_> {
        let mut text = Text::new();
        text.gap();
        text.plain("Looking for the vault's stick ...");
        words_view(core, "Vault", text, vec![("Esc", "back")])
    }

    fn help(&self) -> &'static [&'static str] {
        help::CONTENTS
    }
}
