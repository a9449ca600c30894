//! One message: what happened, and what to do.

use super::*;

/// A message; any of Enter and Esc leads on.
pub struct Message {
    title: String,
    what: String,
    advice: Option<String>,
    next: Screen,
}

impl Message {
    pub(super) fn show(title: &str, what: impl Into<String>, next: Screen) -> Screen {
        let (title, what) = (title.into(), what.into());
        Screen::Message(Box::new(Self { title, what, advice: None, next }))
    }

    pub(super) fn trouble(
        title: &str,
        what: impl Into<String>,
        advice: impl Into<String>,
        next: Screen,
    ) -> Screen {
        let (title, what, advice) = (title.into(), what.into(), Some(advice.into()));
        Screen::Message(Box::new(Self { title, what, advice, next }))
    }

    /// The same message; another screen comes after it.
    pub(super) fn over(self, next: Screen) -> Screen {
        Screen::Message(Box::new(Self { next, ..self }))
    }

    pub(super) fn key(self, key: Key, core: &mut Core) -> Screen {
        match key {
            Key::Enter | Key::Esc => self.next.uncover(core),
            _ => Screen::Message(Box::new(self)),
        }
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        text.gap();
        text.plain(self.what.as_str());
        if let Some(advice) = &self.advice {
            text.gap();
            text.line(Line::toned(Tone::Faint, "What to do  ").and(Tone::Plain, advice).hang(12));
        }
        words_view(core, self.title.as_str(), text, vec![("Enter", "go on")])
    }
}
