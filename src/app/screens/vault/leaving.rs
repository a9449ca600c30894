//! Locking while something is not on the stick: asked, because it would be lost.

use super::super::home::lock;
use super::*;

/// Lock all the same?
pub struct Leaving;

impl Leaving {
    pub(super) fn ask() -> Screen {
        Box::new(Self).on()
    }
}

impl Page for Leaving {
    fn on(self: Box<Self>) -> Screen {
        Screen::Vault(VaultScreen::Leaving(self))
    }

    fn key(self: Box<Self>, key: Key, core: &mut Core) -> Screen {
        match key {
            Key::Char('y') => lock(core),
            Key::Char('v') => VaultScreen::enter(core),
            Key::Esc | Key::Enter | Key::Char('n') => Screen::home(),
            _ => self.on(),
        }
    }

    fn view(&self, core: &Core) -> View<'_> {
        let mut text = Text::new();
        text.gap();
        match core.vault.as_ref().map(|vault| vault.saving()) {
            Some(Saving::Unsaved(why)) => {
                text.toned(Tone::Warn, "Changes of the vault are not on its stick. Lock anyway?");
                text.gap();
                text.plain(why);
                text.gap();
                text.choice("Esc", "Stay", "");
                text.choice("v", "Write them", "plug the stick in first");
                text.choice("y", "Lock, and lose them", "");
            }
            Some(Saving::Writing) => {
                text.toned(Tone::Warn, "The vault is being written. Wait a moment.");
                text.gap();
                text.choice("Esc", "Stay", "");
                text.choice("y", "Lock, and perhaps lose it", "the vault stays whole");
            }
            Some(Saving::Saved) | None => {
                text.plain("All changes are on the stick now.");
                text.gap();
                text.choice("y", "Lock", "");
            }
        }
        words_view(core, "Lock", text, vec![("Esc", "stay"), ("y", "lock")])
    }

    fn help(&self) -> &'static [&'static str] {
        help::CONTENTS
    }
}
