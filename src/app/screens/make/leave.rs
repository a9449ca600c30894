//! Leaving the journey wipes what was gathered: asked once.

use super::*;

pub(super) fn key(key: &Key) -> Next {
    match key {
        Key::Char('y') => Next::Home,
        Key::Esc | Key::Enter | Key::Char('n') => Next::Go(Step::Count),
        _ => Next::Go(Step::Leave),
    }
}

pub(super) fn view<'a>(core: &Core) -> View<'a> {
    let mut text = Text::new();
    text.gap();
    text.plain("Leave, and wipe what you threw, drew, typed and made here?");
    text.gap();
    text.choice("Esc", "Stay", "");
    text.choice("y", "Leave and wipe it", "");
    words_view(core, "Make a new wallet", text, vec![("Esc", "stay"), ("y", "leave")])
}
