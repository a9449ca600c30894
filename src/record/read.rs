//! Reading a record: strictly, line by line, each against all before it.

use super::error::{Fault, RecordError};
use super::event::{Event, Said};
use super::header::Header;
use super::json::{self, NotCanonical};
use super::line::{self, Content, EventLine, Level};
use super::note::{Note, Receipt};
use super::recorder::EVENTS_MAX;
use super::text::{Digest, Whole};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Largest record, in bytes.
pub const RECORD_MAX: usize = 1 << 29;

/// Longest line, in bytes without its end. The longest event is a payment to very many.
const LINE_MAX: usize = 1 << 20;

/// How a note begins.
const NOTE: &[u8] = b"{\"note\":";

/// A record that holds together from its first line to its note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    header: Header,
    receipt: Receipt,
    pub(super) lines: Vec<EventLine>,
}

/// One event of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry<'a> {
    /// The line that it stands in, counted from 1.
    pub line: usize,
    /// Who may read it.
    pub level: Level,
    /// The event; none where it is withheld.
    pub said: Option<&'a Said>,
}

impl Record {
    /// Reads a record and holds every line against all before it.
    ///
    /// # Errors
    /// The first line that is wrong.
    pub fn read(bytes: &[u8]) -> Result<Self, RecordError> {
        if bytes.is_empty() {
            return Err(RecordError { line: 1, fault: Fault::Empty });
        }
        if bytes.len() > RECORD_MAX {
            return Err(RecordError { line: 1, fault: Fault::TooLarge });
        }
        let mut lines = Lines { rest: bytes, number: 0 };
        let header: Header = lines.next(Fault::Empty)?.read()?;
        let mut walk = Walk { link: line::first(&header), count: 0, clock: Whole::default() };
        if (header.sequence.get() == 0) != header.previous.is_none() {
            return Err(RecordError { line: 1, fault: Fault::SequenceFalse });
        }
        let mut events = Vec::new();
        loop {
            let line = lines.next(Fault::NotClosed)?;
            if line.is_note() {
                let receipt: Receipt = line.read()?;
                let note = Note::of(&header, walk.count, walk.link, receipt.note.outcome);
                line.must(receipt.note == note, Fault::NoteFalse)?;
                line.must(receipt.is_signed_by(&header), Fault::SignatureFalse)?;
                return match lines.next(Fault::NotClosed) {
                    Ok(more) => Err(more.error(Fault::AfterTheEnd)),
                    Err(RecordError { fault: Fault::NotClosed, .. }) => {
                        Ok(Self { header, receipt, lines: events })
                    }
                    Err(RecordError { line, .. }) => {
                        Err(RecordError { line, fault: Fault::AfterTheEnd })
                    }
                };
            }
            let event: EventLine = line.read()?;
            walk.step(&event).map_err(|fault| line.error(fault))?;
            events.push(event);
        }
    }

    /// The first line.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The events, in order.
    pub fn entries(&self) -> impl ExactSizeIterator<Item = Entry<'_>> {
        self.lines.iter().enumerate().map(|(place, line)| {
            let said = match &line.event {
                Content::Open(open) => Some(&open.said),
                Content::Withheld(_) => None,
            };
            // the header stands before the first
            Entry { line: place + 2, level: line.level, said }
        })
    }

    /// The note with its signature.
    pub fn receipt(&self) -> &Receipt {
        &self.receipt
    }

    /// What stands for the whole record.
    pub fn fingerprint(&self) -> Digest {
        self.receipt.note.fingerprint
    }
}

/// What the next event is held against.
struct Walk {
    link: Digest,
    count: u64,
    clock: Whole,
}

impl Walk {
    fn step(&mut self, line: &EventLine) -> Result<(), Fault> {
        let expected = self.count + 1;
        if line.n.get() != expected || expected > EVENTS_MAX {
            return Err(Fault::OtherNumber { expected, found: line.n.get() });
        }
        let link = line::next(self.link, expected, line.level, line.event.leaf());
        if line.link != link {
            return Err(Fault::LinkBroken);
        }
        if let Content::Open(open) = &line.event {
            if open.said.event.level() != line.level {
                return Err(Fault::OtherLevel);
            }
            let anew = matches!(open.said.event, Event::Started(_) | Event::Resumed);
            if open.said.ms < self.clock && !anew {
                return Err(Fault::TimeBackwards);
            }
            self.clock = open.said.ms;
        }
        (self.link, self.count) = (link, expected);
        Ok(())
    }
}

/// The lines of a file, which ends with a line feed.
struct Lines<'a> {
    rest: &'a [u8],
    number: usize,
}

struct Line<'a> {
    number: usize,
    bytes: &'a [u8],
}

impl<'a> Lines<'a> {
    /// The next line; `missing` where there is none.
    fn next(&mut self, missing: Fault) -> Result<Line<'a>, RecordError> {
        self.number += 1;
        let number = self.number;
        if self.rest.is_empty() {
            return Err(RecordError { line: number, fault: missing });
        }
        let end = self.rest.iter().take(LINE_MAX + 1).position(|byte| *byte == b'\n');
        let Some(end) = end else {
            // Some carriers drop the last line's end. Only the note may be without: its signature
            // tells that it is whole.
            if self.rest.starts_with(NOTE) && self.rest.len() <= LINE_MAX {
                let bytes = std::mem::take(&mut self.rest);
                return Ok(Line { number, bytes });
            }
            let long = self.rest.len() > LINE_MAX;
            let fault = if long { Fault::LineTooLong } else { Fault::CutOff };
            return Err(RecordError { line: number, fault });
        };
        let (bytes, rest) = self.rest.split_at(end);
        self.rest = &rest[1..];
        Ok(Line { number, bytes })
    }
}

impl Line<'_> {
    /// Is it meant as the note? Its first member decides: canonical JSON sorts them.
    fn is_note(&self) -> bool {
        self.bytes.starts_with(NOTE)
    }

    fn read<T: DeserializeOwned + Serialize>(&self) -> Result<T, RecordError> {
        let text = std::str::from_utf8(self.bytes).map_err(|_| self.error(Fault::NotText))?;
        json::read(text).map_err(|error| {
            self.error(match error {
                NotCanonical::Unreadable(what) => Fault::Unreadable(what),
                NotCanonical::OtherSpelling => Fault::OtherSpelling,
            })
        })
    }

    fn must(&self, holds: bool, fault: Fault) -> Result<(), RecordError> {
        if holds { Ok(()) } else { Err(self.error(fault)) }
    }

    fn error(&self, fault: Fault) -> RecordError {
        RecordError { line: self.number, fault }
    }
}
