//! Which index was given to what.

use super::*;

/// The children that were given.
#[derive(Default)]
pub struct List {
    scroll: Scroll,
}

impl List {
    pub fn key(mut self, key: Key, core: &mut Core) -> Screen {
        let layout = self.view(core).layout(core.size);
        match key {
            Key::Esc => return Backing::menu(),
            Key::Char('n') => return Children::Kind.on(),
            key => {
                scrolled(&key, &mut self.scroll, &layout);
            }
        }
        Children::List(self).on()
    }

    pub fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        let children = core.session.as_ref().map_or(&[][..], |session| &session.children);
        text.gap();
        text.plain(WHAT);
        text.gap();
        text.choice("n", "New child", "or one that was given before, shown again");
        text.gap();
        if children.is_empty() {
            text.plain("None was given so far.");
        } else {
            text.toned(Tone::Faint, format!("{:<9} {:<28} {}", "Index", "Kind", "Given to"));
        }
        for child in children {
            let line = Line::new(format!("{:<9} {:<28} ", child.index, kind(child.application)));
            let line = line.and(Tone::Strong, child.purpose.as_str());
            text.line(line.and(Tone::Faint, format!("  {}", moment(child.at))).hang(39));
        }
        let mut view =
            words_view(core, "Child secrets", text, vec![("Esc", "back"), ("?", "help")]);
        view.top = self.scroll.top;
        if view.layout(core.size).below() > 0 || self.scroll.top > 0 {
            view.keys.push(("arrows", "up and down"));
        }
        view
    }
}

const WHAT: &str = "A seed, key or password of its own for each platform, derived from this wallet (BIP85) and \
    brought back by its backup.";
