//! How a drill ended.

use super::*;

/// What is said, and where it leads.
pub struct Verdict {
    passed: bool,
    what: String,
    advice: &'static str,
    next: Screen,
}

impl Verdict {
    /// The same wallet: the drill is recorded.
    pub(super) fn passed(backup: Backup, what: String, core: &mut Core) -> Screen {
        let at = core.clock;
        if let Some(session) = &mut core.session {
            session.record(Drill { backup, at });
        }
        let next = Backing::menu();
        Backing::Verdict(Self { passed: true, what, advice: KEEP, next }).on()
    }

    /// Another wallet, or none: nothing is recorded, and what was typed is kept in `next`.
    pub(super) fn failed(what: String, advice: &'static str, next: Screen) -> Screen {
        Backing::Verdict(Self { passed: false, what, advice, next }).on()
    }

    pub(super) fn key(self, key: Key) -> Screen {
        match key {
            Key::Enter | Key::Esc => self.next,
            _ => Backing::Verdict(self).on(),
        }
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        text.gap();
        let (title, tone, head) = match self.passed {
            true => ("The drill is passed", Tone::Proven, RIGHT),
            false => ("The drill is not passed", Tone::Refuse, WRONG),
        };
        text.toned(tone, head);
        text.gap();
        text.plain(self.what.as_str());
        text.gap();
        text.line(Line::toned(Tone::Faint, "What to do  ").and(Tone::Plain, self.advice).hang(12));
        if self.passed {
            text.gap();
            text.toned(Tone::Faint, format!("Recorded: {}, not checked.", moment(core.clock)));
        }
        let on = if self.passed { "go on" } else { "back" };
        words_view(core, title, text, vec![("Enter", on)])
    }
}

const RIGHT: &str = "This backup opens this wallet.";
const WRONG: &str = "This backup does not open this wallet. Nothing was recorded.";
const KEEP: &str = "Put the copy away where only you find it. Drill it again every year.";
