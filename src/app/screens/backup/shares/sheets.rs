//! The shares, one page each; between two of them the screen is covered.

use super::*;

/// Shares that were made, shown one after the other.
pub struct Sheets {
    backup: Backup,
    shares: Vec<Written>,
    at: usize,
    covered: bool,
}

impl Sheets {
    pub fn begin(backup: Backup, shares: Vec<Written>) -> Screen {
        Shares::Sheets(Self { backup, shares, at: 0, covered: true }).on()
    }

    /// Each page, and each cover before it.
    pub fn page_to_be_read(&self) -> usize {
        2 * self.at + usize::from(self.covered)
    }

    pub fn key(mut self, key: Key, core: &Core) -> Screen {
        match key {
            Key::Esc => return Backing::form(self.backup),
            Key::Enter if self.covered => self.covered = false,
            Key::Enter if self.at + 1 < self.shares.len() => {
                (self.at, self.covered) = (self.at + 1, true);
            }
            Key::Enter => return giving::Giving::begin(self.backup, Some(self.shares.len()), core),
            Key::Backspace if self.at > 0 => (self.at, self.covered) = (self.at - 1, true),
            _ => {}
        }
        Shares::Sheets(self).on()
    }

    pub fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        let number = format!("{} of {}", self.at + 1, self.shares.len());
        let share = &self.shares[self.at];
        text.gap();
        if self.covered {
            let whose = share.name().map(|name| format!(" ({name})")).unwrap_or_default();
            text.toned(Tone::Strong, format!("{number}{whose}: only its holder looks now."));
            text.gap();
            text.plain(COVERED);
        } else {
            if let Some(session) = &core.session {
                text.field("Wallet", Tone::Strong, session.fingerprint.as_str());
            }
            let needed = share.needed().unwrap_or_else(|| "all".into());
            let name = share.name().map(|name| format!("{name}; ")).unwrap_or_default();
            text.field(self.backup.name(), Tone::Plain, format!("{name}needed to open: {needed}"));
            text.field("Date", Tone::Plain, paper::today(core));
            text.gap();
            share.page(&mut text);
        }
        let next = match (self.covered, self.at + 1 == self.shares.len()) {
            (true, _) => "show it",
            (false, false) => "copied: cover it, next one",
            (false, true) => "copied: drill them",
        };
        let mut keys = vec![("Enter", next)];
        if self.at > 0 {
            keys.push(("Backspace", "the one before"));
        }
        keys.extend([("Esc", "leave: all are forgotten"), ("?", "help")]);
        words_view(core, format!("{}: {number}", menu::title(self.backup)), text, keys)
    }
}

const COVERED: &str = "Everybody else turns away. Enter shows it. These shares are shown once: made again, they are \
    others, and do not go together with these.";
