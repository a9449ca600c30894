//! The answer on its way to a stick: offered, written, and what became of it. It is kept whatever
//! happens to the stick.

use super::*;
use crate::app::appliance::{AnswerKind, Answered};
use crate::psbt::FileForm;
use bitcoin::hex::DisplayHex;

/// The answer, to be written to a stick.
pub struct Handover {
    answer: Box<Answer>,
    state: State,
}

enum State {
    Offered,
    Writing,
    /// The name of the file.
    Written(String),
    /// Why there is none.
    Failed(String),
}

impl Handover {
    pub(super) fn offer(answer: Box<Answer>) -> Screen {
        Self { answer, state: State::Offered }.on()
    }

    fn on(self) -> Screen {
        Screen::Handover(Box::new(self))
    }

    pub(super) fn key(self, key: Key, core: &mut Core) -> Screen {
        match (&self.state, key) {
            (State::Writing, _) => self.on(),
            (State::Written(_), Key::Enter) | (_, Key::Esc) => Done::after(self.answer),
            (_, Key::Char('c')) => self.answer.resized(core),
            (_, Key::Char('t')) if self.answer.transaction.is_some() => {
                self.write(AnswerKind::Final, core)
            }
            (_, Key::Enter | Key::Char('u')) => self.write(AnswerKind::Signed, core),
            _ => self.on(),
        }
    }

    fn write(self, kind: AnswerKind, core: &mut Core) -> Screen {
        let file = self.answer.origin.file();
        let bytes = match (kind, &self.answer.transaction) {
            (AnswerKind::Final, Some(transaction)) => transaction.to_lower_hex_string().into(),
            _ => {
                // Wallets that read files expect the whole PSBT back, written as theirs is.
                let form = file.map_or(FileForm::Binary, |original| original.form);
                form.write(self.answer.signed().serialize())
            }
        };
        let beside = file.map(|original| original.id);
        let answered = Answered { bytes, kind, beside };
        core.ask(Command::Errand(Errand::Files(FileErrand::Write(answered))));
        Self { state: State::Writing, ..self }.on()
    }

    pub(super) fn news(mut self, news: News) -> Screen {
        if let (State::Writing, News::FileWritten(outcome)) = (&self.state, news) {
            self.state = match outcome {
                Ok(name) => State::Written(name),
                Err(why) => State::Failed(why),
            };
        }
        self.on()
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        text.gap();
        let (title, keys) = match &self.state {
            State::Offered => {
                text.toned(Tone::Strong, "Signed.");
                text.gap();
                self.choices(&mut text, "Write it to the stick");
                ("Answer", vec![("Enter", "write it"), ("Esc", "done"), ("?", "help")])
            }
            State::Writing => {
                text.plain("Writing, and reading back ...");
                text.gap();
                text.toned(Tone::Strong, "Leave the stick in.");
                ("Writing", vec![])
            }
            State::Written(name) => {
                text.plain("The answer was written, and reads back:");
                text.gap();
                text.toned(Tone::Strong, format!("    {name}"));
                text.gap();
                text.toned(Tone::Strong, "It is safe to pull the stick out now.");
                text.gap();
                self.choices(&mut text, "Write it once more");
                ("Written", vec![("Enter", "done"), ("?", "help")])
            }
            State::Failed(why) => {
                text.toned(Tone::Warn, why.as_str());
                text.gap();
                text.plain("The answer is kept here.");
                text.gap();
                self.choices(&mut text, "Write it again");
                ("Not written", vec![("Enter", "write it again"), ("Esc", "done"), ("?", "help")])
            }
        };
        words_view(core, title, text, keys)
    }

    fn choices(&self, text: &mut Text, write: &str) {
        let place = match self.answer.origin.file() {
            Some(original) => format!("beside {}, never over it", original.name),
            None => "in its top folder, over no other file".into(),
        };
        text.choice("u", write, &place);
        if self.answer.transaction.is_some() {
            text.choice("t", "The final transaction", "to the stick, ready to be sent, as text");
        }
        text.choice("c", "Show it as a QR code", "for a camera");
    }
}
