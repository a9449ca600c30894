//! Really quit?

use super::*;
use crate::app::vault::Saving;

/// The question, over the screen that was on.
pub struct Quit {
    below: Screen,
}

impl Quit {
    pub(super) fn ask(below: Screen, core: &mut Core) -> Screen {
        if let Screen::Quit(_) = below {
            core.ask(Command::Quit); // Ctrl-C twice
            return below;
        }
        below.cover(core);
        Screen::Quit(Box::new(Self { below }))
    }

    pub(super) fn is_over_bare(&self) -> bool {
        self.below.is_bare()
    }

    pub(super) fn below(&mut self) -> &mut Screen {
        &mut self.below
    }

    pub(super) fn key(self, key: Key, core: &mut Core) -> Screen {
        match key {
            Key::Char('y') => {
                core.ask(Command::Quit);
                Screen::Quit(Box::new(self))
            }
            Key::Esc | Key::Enter | Key::Char('n') => self.below.uncover(core),
            _ => Screen::Quit(Box::new(self)),
        }
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        text.gap();
        let (title, what, verb) = match core.settings.appliance {
            Some(_) => ("Power off", "Wipe and power off", "power off"),
            None => ("Quit", "Quit", "quit"),
        };
        text.plain(format!(
            "{what}? The keys and everything that was scanned or typed are wiped from memory."
        ));
        if core.vault.as_ref().is_some_and(|vault| vault.saving() != Saving::Saved) {
            text.gap();
            text.toned(Tone::Warn, UNSAVED);
        }
        text.gap();
        text.choice("Esc", "Stay", "");
        text.choice("y", what, "");
        words_view(core, title, text, vec![("Esc", "stay"), ("y", verb)])
    }
}

const UNSAVED: &str = "Changes of the vault are not on its stick. They are lost: stay, plug the stick in, and press v at \
    home.";
