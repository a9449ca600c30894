//! A child, shown once to be copied.

use super::*;
use crate::keys::Child as Derived;

/// What was derived.
pub struct Shown {
    child: Child,
    derived: Derived,
}

/// Columns of words.
const COLUMNS: usize = 4;

impl Shown {
    /// Derives it, and puts it on the list, where it does not stand yet.
    pub fn derive(
        application: Application,
        index: u32,
        purpose: String,
        core: &mut Core,
    ) -> Screen {
        let at = core.clock;
        let Some(session) = &mut core.session else { return Screen::home() };
        match session.seed.child(application, index) {
            Ok(derived) => {
                let child = Child { application, index, purpose, at };
                let same = |other: &Child| {
                    (other.application, other.index, &other.purpose)
                        == (application, index, &child.purpose)
                };
                if !session.children.iter().any(same) {
                    session.children.push(child.clone());
                }
                Children::Shown(Self { child, derived }).on()
            }
            Err(error) => Message::show("New child", error.to_string(), Children::Kind.on()),
        }
    }

    pub fn key(self, key: Key) -> Screen {
        match key {
            Key::Enter | Key::Esc => Children::list(),
            _ => Children::Shown(self).on(),
        }
    }

    pub fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        let Child { application, index, purpose, .. } = &self.child;
        text.gap();
        text.field("Given to", Tone::Strong, purpose.as_str());
        if let Some(session) = &core.session {
            text.field("From wallet", Tone::Plain, session.fingerprint.as_str());
        }
        if let Ok(path) = application.path(*index) {
            text.field("BIP85 path", Tone::Plain, format!("m/{path}"));
        }
        text.field("Date", Tone::Plain, paper::today(core));
        text.gap();
        match &self.derived {
            Derived::Words(words) => columns(&mut text, words, COLUMNS, Rows::Dense),
            Derived::Text(letters) => {
                line::letters(&mut text, letters, Tone::Strong);
                text.gap();
                text.toned(Tone::Faint, SPACES);
            }
        }
        let title = format!("Child: {}, index {index}", kind(*application));
        words_view(core, title, text, vec![("Enter", "copied: leave it"), ("?", "help")])
    }
}

const SPACES: &str = "The spaces are for reading; they do not belong to it.";
