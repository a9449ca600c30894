//! Shall the key become something else?

use super::*;
use crate::app::lifecycle::{MaySign, may_sign, meaning};

pub(super) fn key(to: State, key: &Key, core: &mut Core) -> Screen {
    let Key::Char('y') = key else { return Lifecycle::at(Step::Asked(to)) };
    let now = core.date();
    let Some(session) = &mut core.session else { return Screen::home() };
    match session.life.change(to, now) {
        Ok(()) => Lifecycle::at(Step::Shown),
        Err(error) => {
            Message::show("This key's life", error.to_string(), Lifecycle::at(Step::Shown))
        }
    }
}

pub(super) fn view<'a>(to: State, core: &Core) -> View<'a> {
    let mut text = Text::new();
    text.gap();
    if let Some(session) = &core.session {
        text.line(
            Line::new(format!("{} is {}. Is it ", session.name(), session.life.state()))
                .and(Tone::Strong, to.to_string())
                .and(Tone::Plain, " from now on?"),
        );
    }
    text.gap();
    text.plain(meaning(to));
    text.gap();
    if may_sign(to) == MaySign::OnlyToSuccessor || to == State::Destroyed {
        text.toned(Tone::Warn, FOR_GOOD);
        text.gap();
    }
    text.choice("Esc", "Leave it as it is", "");
    text.choice("y", &format!("It is {to}"), "dated with this machine's clock");
    words_view(core, "This key's life", text, vec![("Esc", "back"), ("y", "yes")])
}

const FOR_GOOD: &str =
    "There is no way back from it: this key will never sign an ordinary payment again.";
