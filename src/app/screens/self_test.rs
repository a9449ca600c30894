//! A machine that failed its self-test signs nothing.

use super::*;

/// What failed; nothing is left but to power off.
pub struct SelfTestFailed {
    what: String,
}

impl SelfTestFailed {
    pub(super) fn new(what: &str) -> Self {
        Self { what: what.into() }
    }

    pub(super) fn key(self, key: Key, core: &mut Core) -> Screen {
        if matches!(key, Key::Char('q') | Key::Enter) {
            core.ask(Command::Quit);
        }
        Screen::SelfTest(self)
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        text.gap();
        text.toned(Tone::Refuse, "This machine failed its self-test. It will sign nothing.");
        text.gap();
        text.field("What failed", Tone::Strong, self.what.as_str());
        text.gap();
        text.line(Line::toned(Tone::Faint, "What to do  ").and(Tone::Plain, ADVICE).hang(12));
        words_view(core, "Self-test failed", text, vec![("q", "power off")])
    }
}

const ADVICE: &str = "Power off, and start again. If it fails again, check the stick against SHA256SUMS on another \
    computer, write it anew, or use another machine.";
