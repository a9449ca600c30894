//! Which form is the backup in?

use super::*;

/// The list of forms. What was given in each is kept until the list is left.
pub struct MoreForms {
    open: Box<Open>,
    kept: Vec<Given>,
}

impl MoreForms {
    /// Over the menu that Esc goes back to.
    pub(in crate::app::screens) fn over(open: Open) -> Screen {
        Importing::Menu(Self { open: Box::new(open), kept: vec![] }).on()
    }

    pub(super) fn is_bare(&self) -> bool {
        self.kept.is_empty() && self.open.is_bare()
    }

    /// Back from a form: what was given is kept.
    pub(super) fn keeping(mut self, given: Given) -> Screen {
        if !given.is_empty() {
            self.kept.push(given);
        }
        Importing::Menu(self).on()
    }

    pub(super) fn key(mut self, key: Key) -> Screen {
        let letter = match key {
            Key::Esc => return Screen::Open(*self.open), // what was given is wiped here
            Key::Char(letter) => letter,
            _ => return Importing::Menu(self).on(),
        };
        let Some(kind) = Kind::ALL.into_iter().find(|kind| kind.key() == letter) else {
            return Importing::Menu(self).on();
        };
        let given = match self.kept.iter().position(|given| given.kind() == kind) {
            Some(place) => self.kept.swap_remove(place),
            None => Given::nothing(kind),
        };
        Importing::Given(given.under(self)).on()
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        text.gap();
        text.plain("In which form is the backup?");
        text.gap();
        for kind in Kind::ALL {
            let begun = self.kept.iter().any(|given| given.kind() == kind);
            let remark = if begun { BEGUN } else { kind.looks() };
            text.choice(&kind.key().to_string(), kind.name(), remark);
        }
        text.gap();
        text.toned(Tone::Faint, WORDS);
        words_view(core, TITLE, text, vec![("Esc", "back"), ("?", "help")])
    }
}

/// What the journey is called.
pub(super) const TITLE: &str = "More kinds of backup";
const BEGUN: &str = "begun; it is kept until you leave";
const WORDS: &str =
    "Words of 12 to 24 and seed codes (SeedQR) have their own places one page back.";
