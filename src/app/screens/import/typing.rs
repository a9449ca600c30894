//! Typing a share or a line.

use super::given::What;
use super::*;
use crate::app::screens::backup::ShareEntry;
use crate::app::screens::backup::Written;
use crate::keys::Typed;

impl Given {
    pub(super) fn typed(mut self, key: Key, core: &Core) -> Screen {
        self.remark = None;
        if matches!(key, Key::Esc) {
            return Importing::Given(self).on();
        }
        match &mut self.what {
            What::Line(line) => match key {
                Key::Enter => return self.open(core.settings.network),
                Key::Backspace => line.backspace(),
                Key::Char(letter) => self.remark = refusal(line.push(letter)),
                Key::Tab if line.has_words() && !line.complete() => {
                    self.remark = Some(UNCLEAR.into());
                }
                _ => {}
            },
            What::Shares(shares) => {
                let finished: Option<Result<Written, String>> = match (shares.entry(), key) {
                    (ShareEntry::Words(typing), key) => {
                        typing.edit(key).map(|part| Ok(Written::Xor(part)))
                    }
                    (entry, Key::Enter) => entry.finish(),
                    (entry, Key::Backspace) => {
                        entry.backspace();
                        None
                    }
                    (entry, Key::Char(letter)) => {
                        self.remark = refusal(entry.push(letter));
                        None
                    }
                    _ => None,
                };
                match finished {
                    None => {}
                    Some(Ok(share)) => match shares.take(share) {
                        Ok(()) => return Importing::Given(self).on(),
                        Err(why) => self.remark = Some(why),
                    },
                    Some(Err(why)) => {
                        shares.look_for_repair();
                        if shares.repair().is_some() {
                            return self.remarking(why); // the offer stands on the page before
                        }
                        self.remark = Some(why);
                    }
                }
            }
        }
        Importing::Typing(self).on()
    }

    pub(super) fn typing_view<'a>(&'a self, core: &Core) -> View<'a> {
        let (mut text, title) = match &self.what {
            What::Shares(shares) => {
                let title = format!("{}, number {}", self.kind().name(), shares.given().len() + 1);
                (shares.typed_so_far().show(core), title)
            }
            What::Line(line) => {
                let mut text = Text::new();
                text.gap();
                text.plain(if line.has_words() { WORDS } else { LINE });
                text.gap();
                line.show(&mut text);
                (text, self.kind().name().to_string())
            }
        };
        if let Some(remark) = &self.remark {
            text.gap();
            text.toned(Tone::Warn, remark.as_str());
        }
        let mut keys = vec![
            ("Enter", "take it"),
            ("Backspace", "correct"),
            ("Esc", "back, it is kept"),
            ("F1", "help"),
        ];
        if matches!(&self.what, What::Line(line) if line.has_words()) {
            keys.insert(0, ("Tab", "complete the word"));
        }
        let mut view = words_view(core, title, text, keys);
        view.status = layout_in_use(core);
        view
    }
}

/// What is said of a letter that was not taken.
fn refusal(typed: Typed) -> Option<String> {
    match typed {
        Typed::Taken => None,
        Typed::Full => Some("There is no room for more. Backspace corrects.".into()),
        Typed::Unknown => Some("That cannot stand here.".into()),
    }
}

const UNCLEAR: &str = "It is not clear yet which word is meant. Type more letters.";
const WORDS: &str =
    "Type the words as Electrum showed them, with spaces between. Capitals do not count.";
const LINE: &str = "Type it as it stands on the backup. Capitals count.";
