//! Which keyboard layout: the first screen of the dedicated machine. It is chosen with keys that are
//! the same in all layouts, and tried out before it counts.

use super::*;
use crate::app::Keymap;
use crate::app::appliance::Errand;
use zeroize::Zeroizing;

/// The layouts, or the one that is tried out.
pub struct KeymapChoice {
    chosen: Keymap,
    step: Step,
    next: Next,
}

enum Step {
    Choosing,
    Trying { typed: Zeroizing<String> },
}

/// Where it leads when the layout is right.
enum Next {
    Home,
    Settings,
}

/// Most characters of the try-out.
const LONGEST: usize = 40;

impl KeymapChoice {
    /// The first screen.
    pub(super) fn first() -> Screen {
        Self::open(Keymap::Us, Next::Home)
    }

    /// Another layout than the one in use.
    pub(super) fn again(core: &Core) -> Screen {
        let used = core.settings.appliance.as_ref().and_then(|appliance| appliance.keymap);
        Self::open(used.unwrap_or(Keymap::Us), Next::Settings)
    }

    fn open(chosen: Keymap, next: Next) -> Screen {
        Screen::Keymap(Box::new(Self { chosen, step: Step::Choosing, next }))
    }

    /// Is every character for the field?
    pub(super) fn is_typing(&self) -> bool {
        matches!(self.step, Step::Trying { .. })
    }

    pub(super) fn key(mut self: Box<Self>, key: Key, core: &mut Core) -> Screen {
        match &mut self.step {
            Step::Choosing => match key {
                Key::Up => self.step_by(-1),
                Key::Down => self.step_by(1),
                Key::Char(letter) => self.jump(letter),
                Key::Enter => {
                    core.ask(Command::Errand(Errand::UseKeymap(self.chosen)));
                    core.appliance(|appliance| appliance.keymap = Some(self.chosen));
                    // its room is never outgrown: what was typed stands in one place
                    let typed = Zeroizing::new(String::with_capacity(4 * LONGEST));
                    self.step = Step::Trying { typed };
                }
                Key::Esc if matches!(self.next, Next::Settings) => {
                    return Screen::Network(NetworkChoice);
                }
                _ => {}
            },
            Step::Trying { typed } => match key {
                Key::Char(character) if typed.chars().count() < LONGEST => typed.push(character),
                Key::Backspace => drop(typed.pop()),
                Key::Esc => self.step = Step::Choosing,
                Key::Enter if is_tested(core) => {
                    return match self.next {
                        Next::Home => Screen::home(),
                        Next::Settings => Screen::Network(NetworkChoice),
                    };
                }
                _ => {}
            },
        }
        Screen::Keymap(self)
    }

    fn place(&self) -> usize {
        Keymap::ALL.iter().position(|keymap| *keymap == self.chosen).unwrap_or(0)
    }

    fn step_by(&mut self, by: isize) {
        let place = self.place().saturating_add_signed(by).min(Keymap::ALL.len() - 1);
        self.chosen = Keymap::ALL[place];
    }

    /// To the next layout whose code begins with that letter. The first letters of the codes are
    /// on the same keys in every layout.
    fn jump(&mut self, letter: char) {
        let (before, from) = Keymap::ALL.split_at(self.place() + 1);
        let begins = |keymap: &&Keymap| keymap.code().starts_with(letter);
        if let Some(found) = from.iter().chain(before).find(begins) {
            self.chosen = *found;
        }
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        text.gap();
        let keys = match &self.step {
            Step::Choosing => {
                text.plain("Which layout does your keyboard have?");
                text.gap();
                for keymap in Keymap::ALL {
                    let on = keymap == self.chosen;
                    let (mark, tone) = if on { ("> ", Tone::Strong) } else { ("  ", Tone::Plain) };
                    text.line(
                        Line::toned(tone, mark)
                            .and(Tone::Key, format!("{}  ", keymap.code()))
                            .and(tone, keymap.label()),
                    );
                }
                text.gap();
                text.toned(Tone::Faint, WHY);
                let mut keys = vec![("arrows", "up and down"), ("Enter", "try this one")];
                if matches!(self.next, Next::Settings) {
                    keys.push(("Esc", "back"));
                }
                // where ? is depends on the layout
                keys.push(("F1", "help"));
                keys
            }
            Step::Trying { typed } => {
                text.line(Line::new("Keyboard layout: ").and(Tone::Strong, self.chosen.label()));
                text.gap();
                text.plain(TRY);
                text.gap();
                text.line(
                    Line::new("  [ ")
                        .and(Tone::Entry, typed.as_str())
                        .and(Tone::Entry, "_")
                        .and(Tone::Plain, " ]")
                        .hang(4),
                );
                text.gap();
                text.plain("Is each the one that is on your key? Then the layout is right.");
                text.gap();
                text.toned(Tone::Faint, NO_SECRETS);
                if !is_tested(core) {
                    text.gap();
                    text.plain(TESTING);
                }
                vec![("Enter", "it is right, go on"), ("Esc", "choose again"), ("F1", "help")]
            }
        };
        words_view(core, "Keyboard layout", text, keys)
    }
}

/// Is the self-test over? A failed one has put its own screen on.
fn is_tested(core: &Core) -> bool {
    let test = core.settings.appliance.as_ref().map(|appliance| &appliance.self_test);
    test != Some(&SelfTest::Running)
}

/// On the dedicated machine, while something secret is typed: the layout in use.
pub(super) fn layout_in_use(core: &Core) -> Option<Line> {
    let keymap = core.settings.appliance.as_ref()?.keymap?;
    let line = Line::toned(Tone::Faint, "keyboard layout ").and(Tone::Strong, keymap.code());
    Some(line.and(Tone::Faint, format!("  {}", keymap.label())))
}

const WHY: &str = "With a wrong layout the words that you type, and above all a hidden passphrase, \
    would be others than you think. It can be changed later under Network and settings.";
const TRY: &str = "Try it: type  y z ; - @  and the other characters that you use.";
const TESTING: &str = "The self-test takes a moment more. Then Enter goes on.";
const NO_SECRETS: &str = "Type no secret here.";
