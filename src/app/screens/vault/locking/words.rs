//! What is said while it is chosen and typed what shall open a vault.

use super::super::super::cursor::row;
use super::{KINDS, Locking, Step};
use crate::app::core::Core;
use crate::app::screens::{Text, Tone, View, layout_in_use, words_view};

impl Locking {
    pub(in super::super) fn view(&self, title: &str, core: &Core) -> View<'_> {
        let mut text = Text::new();
        text.gap();
        let keys = match &self.step {
            Step::Kind => {
                text.plain("What shall open the vault?");
                text.gap();
                for (place, (_, what, remark)) in KINDS.iter().enumerate() {
                    let chosen = place == self.kind.at(KINDS.len());
                    row(&mut text, chosen, what, Tone::Faint, remark);
                }
                text.gap();
                text.toned(Tone::Faint, LOSS);
                vec![("Enter", "take it"), ("arrows", "choose"), ("Esc", "back"), ("?", "help")]
            }
            Step::Passphrase => {
                text.plain("The passphrase that opens the vault, typed twice:");
                text.gap();
                self.passphrase.write(&mut text);
                vec![
                    ("Enter", "go on"),
                    ("Tab", self.passphrase.tab()),
                    ("Esc", "back"),
                    ("F1", "help"),
                ]
            }
            Step::KeyStick => self.key_file.write(&mut text),
            Step::Plan => self.plan.write(&mut text),
            Step::HandOver(place) => {
                text.toned(Tone::Strong, format!("Hand the keyboard to {}.", self.person(*place)));
                text.gap();
                text.plain("Nobody else looks at the keyboard or the screen now.");
                text.gap();
                text.toned(Tone::Faint, self.come(*place));
                vec![("Enter", "I am there, and alone"), ("Esc", "back to the names")]
            }
            Step::Custodian(place, typed) => {
                let name = self.person(*place);
                text.plain(format!("{name}: choose your own passphrase, and type it twice."));
                text.gap();
                typed.write(&mut text);
                vec![("Enter", "go on"), ("Tab", typed.tab()), ("Esc", "back"), ("F1", "help")]
            }
            Step::Working | Step::WorkingFor(..) => {
                text.plain(WORKING);
                vec![]
            }
        };
        if let Some(trouble) = &self.trouble {
            text.gap();
            text.toned(Tone::Warn, trouble.as_str());
        }
        let mut view = words_view(core, title, text, keys);
        if self.is_typing() {
            view.status = layout_in_use(core);
        }
        view
    }

    fn person(&self, place: usize) -> &str {
        self.plan.people().get(place).map_or("", String::as_str)
    }

    fn come(&self, place: usize) -> String {
        let all = self.plan.people().len();
        match place {
            0 => format!("The first of {all} custodians."),
            came => format!("{came} of {all} custodians came."),
        }
    }
}

const LOSS: &str = "Nobody can open a vault without what opens it, not even its maker. So keep the backups of the \
    seeds on paper or steel, too.";
const WORKING: &str = "Turning the passphrase into a key. That takes about a second on this machine, on purpose: so \
    does each guess of somebody who has the stick. The first time, the machine is measured, which \
    takes as long again.";
