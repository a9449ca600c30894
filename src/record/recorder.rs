//! Writing a record.

use super::event::Said;
use super::header::{Format, Header, Image, ProcedureUsed};
use super::json;
use super::line::{self, Content, EventLine, Open};
use super::note::{Note, Outcome, Receipt, RunKey};
use super::text::{Digest, Run, Salt, Whole};
use crate::wallet::Network;

/// Most events of one record.
pub const EVENTS_MAX: u64 = 1_000_000;

/// What a run begins with.
pub struct Beginning {
    /// The image that the machine runs.
    pub image: Image,
    /// The network at the start.
    pub network: Network,
    /// The receipt of the record before.
    pub previous: Option<Receipt>,
    /// The procedure; none in everyday use.
    pub procedure: Option<ProcedureUsed>,
    /// Is it a rehearsal?
    pub rehearsal: bool,
    /// Which run: random.
    pub run: Run,
}

/// A record that is being written.
pub struct Recorder {
    key: RunKey,
    header: Header,
    link: Digest,
    count: u64,
    text: String,
}

impl Recorder {
    /// Writes the header.
    pub fn new(beginning: Beginning, key: RunKey) -> Self {
        let sequence = beginning.previous.as_ref().map_or(0, |last| last.note.sequence.get() + 1);
        let header = Header {
            image: beginning.image,
            key: key.public(),
            network: beginning.network,
            previous: beginning.previous.as_ref().map(Receipt::as_previous),
            procedure: beginning.procedure,
            record: Format,
            rehearsal: beginning.rehearsal,
            run: beginning.run,
            sequence: Whole::at_most(sequence),
        };
        let text = json::write(&header) + "\n";
        Self { key, link: line::first(&header), header, count: 0, text }
    }

    /// Appends an event with fresh salt. Returns its line. After [`EVENTS_MAX`] events nothing more is
    /// taken: None.
    pub fn append(&mut self, said: Said, salt: Salt) -> Option<&str> {
        if self.count == EVENTS_MAX {
            return None;
        }
        let level = said.event.level();
        let event = Content::Open(Open { said, salt });
        self.count += 1;
        self.link = line::next(self.link, self.count, level, event.leaf());
        let begin = self.text.len();
        let line = EventLine { event, level, link: self.link, n: Whole::at_most(self.count) };
        self.text.push_str(&json::write(&line));
        self.text.push('\n');
        Some(&self.text[begin..])
    }

    /// How many events were appended.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The fingerprint of what was written so far.
    pub fn fingerprint(&self) -> Digest {
        self.link
    }

    /// What was written so far.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Signs the note and wipes the run key.
    pub fn close(mut self, outcome: Outcome) -> Closed {
        let note = Note::of(&self.header, self.count, self.link, outcome);
        let receipt = self.key.sign(note);
        self.text.push_str(&receipt.text());
        self.text.push('\n');
        Closed { text: self.text, receipt }
    }
}

/// A record that is whole.
pub struct Closed {
    /// All of it, in lines.
    pub text: String,
    /// Its last line.
    pub receipt: Receipt,
}
