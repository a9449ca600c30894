//! What crosses the pipe from the worker to the signer. The worker reads a camera's bytes, so what
//! it writes is hostile: each length is checked before memory is taken for it, and each value is of
//! a form that an honest worker could have sent.
//!
//! A message: kind (1 byte), length of the rest (4 bytes), the rest. Numbers are little-endian.

use super::super::CameraError;
use super::super::measure::{Light, PREVIEW_HEIGHT, PREVIEW_WIDTH, Stats};
use super::super::report::Report;
use crate::qr::{Luma, Symbol};
use crate::transport::MAX_SYMBOL;
use std::fmt;
use std::io::{ErrorKind, Read};
use zeroize::Zeroizing;

/// Codes of one picture that cross, at most; more fit no picture in a size that can be read.
pub const MAX_SYMBOLS: usize = 32;

/// Longest text (a camera's name, a reason), in bytes.
pub const MAX_TEXT: usize = 200;

/// One message of the worker.
pub enum Message {
    /// What the eye tells.
    Report(Report),
    /// The camera streams the format of this place among its formats, and no picture comes. The
    /// worker ends; another can be started without this format.
    Silent(u8),
}

/// Why a message cannot be read. After it nothing of this worker can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProtocolError {
    /// The pipe was closed between two messages: the worker has ended.
    Closed,
    /// The pipe was closed within a message.
    Cut,
    /// There is no such kind of message.
    Kind(u8),
    /// No message of this kind is so long, in bytes.
    Length(u8, u32),
    /// A message of this kind holds what it cannot.
    Content(u8),
    /// Reading the pipe failed.
    Pipe(ErrorKind),
}

impl fmt::Display for ProtocolError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Closed => f.write_str("The camera worker has ended."),
            Self::Cut => f.write_str("The camera worker ended within a message."),
            Self::Kind(kind) => write!(f, "The camera worker sent an unknown kind {kind}."),
            Self::Length(kind, len) => {
                write!(f, "The camera worker sent {len} bytes of kind {kind}, which is too long.")
            }
            Self::Content(kind) => {
                write!(f, "The camera worker sent a message of kind {kind} that is wrong inside.")
            }
            Self::Pipe(why) => write!(f, "The camera worker cannot be heard: {why}."),
        }
    }
}

impl std::error::Error for ProtocolError {}

const PREVIEW: u8 = 1;
const CODES: u8 = 2;
const TROUBLE: u8 = 3;
const SILENT: u8 = 4;
const ENDED: u8 = 5;

/// Kind and length.
const HEADER: usize = 5;

/// The numbers of a preview: its sides, [`Stats`].
const STATS: usize = 2 + 4 + 4 + 1 + 5 + 2 + 5;

/// The longest rest of a message of this kind, in bytes.
fn longest(kind: u8) -> Option<usize> {
    match kind {
        PREVIEW => Some(STATS + (PREVIEW_WIDTH * PREVIEW_HEIGHT) as usize),
        CODES => Some(1 + MAX_SYMBOLS * (2 + MAX_SYMBOL)),
        TROUBLE => Some(1 + 2 * (1 + MAX_TEXT)),
        SILENT => Some(1),
        ENDED => Some(0),
        _ => None,
    }
}

/// A message as bytes. What is longer than the protocol allows is cut: a text to its beginning, a
/// picture's codes to the first of them.
pub fn encode(message: &Message) -> Zeroizing<Vec<u8>> {
    let (kind, size) = match message {
        Message::Report(Report::Preview { picture, .. }) => (PREVIEW, STATS + picture.data().len()),
        Message::Report(Report::Codes(symbols)) => {
            (CODES, 1 + crossing(symbols).map(|bytes| 2 + bytes.len()).sum::<usize>())
        }
        Message::Report(Report::Trouble(_)) => (TROUBLE, 1 + 2 * (1 + MAX_TEXT)),
        Message::Silent(_) => (SILENT, 1),
        Message::Report(Report::Ended) => (ENDED, 0),
    };
    // Of the full size at once: a buffer that grows leaves its beginnings behind.
    let mut out = Zeroizing::new(Vec::with_capacity(HEADER + size));
    out.extend([kind, 0, 0, 0, 0]);
    match message {
        Message::Report(Report::Preview { picture, stats }) => preview(&mut out, picture, stats),
        Message::Report(Report::Codes(symbols)) => {
            out.push(crossing(symbols).count() as u8);
            for bytes in crossing(symbols) {
                out.extend((bytes.len() as u16).to_le_bytes());
                out.extend_from_slice(bytes);
            }
        }
        Message::Report(Report::Trouble(error)) => trouble(&mut out, error),
        Message::Silent(format) => out.push(*format),
        Message::Report(Report::Ended) => {}
    }
    let len = (out.len() - HEADER) as u32;
    out[1..HEADER].copy_from_slice(&len.to_le_bytes());
    out
}

fn crossing(symbols: &[Symbol]) -> impl Iterator<Item = &[u8]> {
    symbols.iter().map(Symbol::bytes).filter(|bytes| bytes.len() <= MAX_SYMBOL).take(MAX_SYMBOLS)
}

/// More frames a second than any camera gives; a folder's can come faster.
const MOST_RATE: f32 = 1000.0;

/// A module is no larger than the largest picture, in pixels.
const MOST_MODULE: f32 = crate::qr::luma::MAX_SIDE as f32;

fn preview(out: &mut Vec<u8>, picture: &Luma, stats: &Stats) {
    let within = |number: f32, most: f32| number.max(0.0).min(most);
    let maybe = |out: &mut Vec<u8>, number: Option<f32>, most: f32| {
        let number = number.filter(|number| !number.is_nan());
        out.push(number.is_some().into());
        out.extend(within(number.unwrap_or(0.0), most).to_le_bytes());
    };
    out.extend([picture.width() as u8, picture.height() as u8]);
    out.extend(within(stats.frames_per_second, MOST_RATE).to_le_bytes());
    out.extend(within(stats.read_share, 1.0).to_le_bytes());
    out.push(stats.light.brightness);
    maybe(out, stats.light.sharpness, 1.0);
    out.extend(u16::try_from(stats.marks).unwrap_or(u16::MAX).to_le_bytes());
    maybe(out, stats.module, MOST_MODULE);
    out.extend_from_slice(picture.data());
}

fn trouble(out: &mut Vec<u8>, error: &CameraError) {
    use CameraError::*;
    let (kind, texts): (u8, [&str; 2]) = match error {
        None => (0, ["", ""]),
        Source(text) => (1, [text, ""]),
        Busy(name) => (2, [name, ""]),
        Permission(path) => (3, [path, ""]),
        Format(name) => (4, [name, ""]),
        Unplugged(name) => (5, [name, ""]),
        Stalled(name) => (6, [name, ""]),
        Folder(path, why) => (7, [path, why]),
        NoPictures(path) => (8, [path, ""]),
        Picture(file, why) => (9, [file, why]),
    };
    out.push(kind);
    for text in texts {
        let mut end = text.len().min(MAX_TEXT);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let start = out.len();
        out.push(0);
        for c in text[..end].chars().filter(|c| !c.is_control()) {
            out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        }
        out[start] = (out.len() - start - 1) as u8;
    }
}

/// Reads one message, whole. Takes no memory for a length that was not checked.
pub fn decode(pipe: &mut impl Read) -> Result<Message, ProtocolError> {
    let mut header = [0; HEADER];
    let mut have = 0;
    while have < HEADER {
        match pipe.read(&mut header[have..]) {
            Ok(0) if have == 0 => return Err(ProtocolError::Closed),
            Ok(0) => return Err(ProtocolError::Cut),
            Ok(more) => have += more,
            Err(why) if why.kind() == ErrorKind::Interrupted => {}
            Err(why) => return Err(ProtocolError::Pipe(why.kind())),
        }
    }
    let [kind, len @ ..] = header;
    let len = u32::from_le_bytes(len);
    let longest = longest(kind).ok_or(ProtocolError::Kind(kind))?;
    let size = usize::try_from(len).ok().filter(|size| *size <= longest);
    let size = size.ok_or(ProtocolError::Length(kind, len))?;
    let mut rest = Zeroizing::new(vec![0; size]);
    pipe.read_exact(&mut rest).map_err(|why| match why.kind() {
        ErrorKind::UnexpectedEof => ProtocolError::Cut,
        why => ProtocolError::Pipe(why),
    })?;
    let mut fields = Fields(&rest);
    let message = fields.message(kind);
    message.filter(|_| fields.0.is_empty()).ok_or(ProtocolError::Content(kind))
}

/// What is left of a message. Each step gives None where it is not there in full.
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    fn message(&mut self, kind: u8) -> Option<Message> {
        Some(Message::Report(match kind {
            PREVIEW => self.preview()?,
            CODES => self.codes()?,
            TROUBLE => Report::Trouble(self.trouble()?),
            SILENT => return Some(Message::Silent(self.byte()?)),
            ENDED => Report::Ended,
            _ => return None,
        }))
    }

    fn bytes(&mut self, len: usize) -> Option<&'a [u8]> {
        let (bytes, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        Some(bytes)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (bytes, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*bytes)
    }

    fn byte(&mut self) -> Option<u8> {
        self.array().map(|[byte]| byte)
    }

    fn short(&mut self) -> Option<u16> {
        self.array().map(u16::from_le_bytes)
    }

    /// A number from 0 to `most`; not one of the many that are no numbers.
    fn number(&mut self, most: f32) -> Option<f32> {
        self.array().map(f32::from_le_bytes).filter(|number| (0.0..=most).contains(number))
    }

    fn maybe(&mut self, most: f32) -> Option<Option<f32>> {
        match (self.byte()?, self.number(most)?) {
            (0, 0.0) => Some(None),
            (1, number) => Some(Some(number)),
            _ => None,
        }
    }

    fn preview(&mut self) -> Option<Report> {
        let [width, height] = self.array()?.map(u32::from);
        if width > PREVIEW_WIDTH || height > PREVIEW_HEIGHT {
            return None;
        }
        let stats = Stats {
            frames_per_second: self.number(MOST_RATE)?,
            read_share: self.number(1.0)?,
            light: Light { brightness: self.byte()?, sharpness: self.maybe(1.0)? },
            marks: self.short()?.into(),
            module: self.maybe(MOST_MODULE)?,
        };
        let pixels = self.bytes((width * height) as usize)?;
        Some(Report::Preview { picture: Luma::new(width, height, pixels.to_vec())?, stats })
    }

    fn codes(&mut self) -> Option<Report> {
        let count = usize::from(self.byte()?);
        if count > MAX_SYMBOLS {
            return None;
        }
        let mut symbols = Vec::with_capacity(count);
        for _ in 0..count {
            let len = usize::from(self.short()?);
            if len > MAX_SYMBOL {
                return None;
            }
            symbols.push(Symbol::new(self.bytes(len)?.to_vec()));
        }
        Some(Report::Codes(symbols))
    }

    /// A text that leaves the line and its order as they are.
    fn text(&mut self) -> Option<String> {
        let len = usize::from(self.byte()?);
        let text = std::str::from_utf8(self.bytes(len)?).ok()?;
        (len <= MAX_TEXT && !text.contains(char::is_control)).then(|| text.to_owned())
    }

    fn trouble(&mut self) -> Option<CameraError> {
        let (kind, first, second) = (self.byte()?, self.text()?, self.text()?);
        let pair = matches!(kind, 7 | 9);
        if (kind == 0 && !first.is_empty()) || (!pair && !second.is_empty()) {
            return None;
        }
        Some(match kind {
            0 => CameraError::None,
            1 => CameraError::Source(first),
            2 => CameraError::Busy(first),
            3 => CameraError::Permission(first),
            4 => CameraError::Format(first),
            5 => CameraError::Unplugged(first),
            6 => CameraError::Stalled(first),
            7 => CameraError::Folder(first, second),
            8 => CameraError::NoPictures(first),
            9 => CameraError::Picture(first, second),
            _ => return None,
        })
    }
}
