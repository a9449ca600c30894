//! `coldlight scan`: one message from a camera, or the codes of every frame.

use super::exit::CliError;
use super::sign::{exists, write_new};
use crate::device::camera::{Camera, CameraError};
use crate::keys;
use crate::qr::{self, Luma, Symbol};
use crate::transport::{Collector, Offered, Payload, Progress, Trouble, holds_private_key};
use serde::Serialize;
use std::io::Write;
use std::path::PathBuf;
use std::time::Instant;

/// Read QR codes from a camera.
#[derive(Debug, clap::Args)]
pub struct ScanArgs {
    /// /dev/videoN, dir:PATH (PNG or JPEG frames in name order) or demo
    #[arg(long, value_name = "SRC")]
    pub camera: Option<String>,
    /// Write the message into this file, which must not exist, instead of standard output
    #[arg(short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Say how many frames were read, and how long it took
    #[arg(long)]
    pub stats: bool,
    /// Print one JSON line a frame of a folder instead: all its codes
    #[arg(long, requires = "camera", conflicts_with_all = ["output", "stats"])]
    pub each: bool,
}

/// Collects one message and writes its bytes to `-o` or `out`. What there is to say on the way goes
/// to `notes` at once when a person is holding the camera; a folder says it at its end.
pub fn run(
    args: &ScanArgs,
    camera: &mut dyn Camera,
    out: &mut dyn Write,
    notes: &mut dyn Write,
) -> Result<(), CliError> {
    if let Some(path) = args.output.as_deref().filter(|path| path.symlink_metadata().is_ok()) {
        return Err(exists(path));
    }
    let folder = args.camera.as_deref().is_some_and(|source| source.starts_with("dir:"));
    let mut scan = Scan { live: !folder, ..Scan::default() };
    let payload = scan.collect(camera, notes);
    if args.stats {
        let _ = writeln!(notes, "{}", scan.stats(payload.as_ref().ok()));
    }
    let payload = payload?;
    match &args.output {
        Some(path) => write_new(path, payload.bytes()),
        None => out
            .write_all(payload.bytes())
            .and_then(|()| out.flush())
            .map_err(|error| CliError::usage(format!("Cannot write the message: {error}."))),
    }
}

/// One message being collected, and what it took.
struct Scan {
    collector: Collector,
    began: Instant,
    frames: usize,
    frames_read: usize,
    symbols: usize,
    live: bool,
    /// What was to be said last, so that each thing is said once in a row.
    said: String,
}

impl Default for Scan {
    fn default() -> Self {
        Self {
            collector: Collector::default(),
            began: Instant::now(),
            frames: 0,
            frames_read: 0,
            symbols: 0,
            live: true,
            said: String::new(),
        }
    }
}

impl Scan {
    fn collect(
        &mut self,
        camera: &mut dyn Camera,
        notes: &mut dyn Write,
    ) -> Result<Payload, CliError> {
        loop {
            let picture = match camera.next_frame() {
                Ok(Some(picture)) => picture,
                Ok(None) => return Err(CliError::unreadable(self.ended())),
                Err(error) if error.is_final() => return Err(CliError::usage(error)),
                Err(error) => {
                    self.say(notes, &error.to_string());
                    continue;
                }
            };
            let symbols = qr::read(&picture);
            self.frames += 1;
            self.frames_read += usize::from(!symbols.is_empty());
            self.symbols += symbols.len();
            for symbol in symbols {
                match self.collector.offer(symbol.bytes()) {
                    Offered::Complete(payload) => return Ok(payload),
                    Offered::New | Offered::Known => {}
                    Offered::Foreign => self.say(notes, FOREIGN),
                    Offered::Refused(trouble) => self.say(notes, &trouble.to_string()),
                }
            }
        }
    }

    fn say(&mut self, notes: &mut dyn Write, sentence: &str) {
        if self.said != sentence {
            if self.live {
                let _ = writeln!(notes, "{sentence}");
            }
            self.said = sentence.to_owned();
        }
    }

    /// Why there is no message at the source's end.
    fn ended(&self) -> String {
        match self.collector.progress() {
            Some(progress) => {
                let Progress { label, have, need, parts, .. } = progress;
                let missing = ranges(parts.missing());
                let said = if self.live { "" } else { &self.said };
                let sentence = format!(
                    "The frames ended too early: {have} of {need} parts of {label}. Missing: \
                     {missing}. Show the animation longer. {said}"
                );
                sentence.trim_end().to_owned()
            }
            None if self.frames == 0 && self.said.is_empty() => {
                "There was no frame to read.".into()
            }
            None if self.frames > 0 && self.symbols == 0 => format!(
                "No QR code was read in {} frames. Bring the code closer, sharper and brighter.",
                self.frames
            ),
            None => self.said.clone(),
        }
    }

    fn stats(&self, payload: Option<&Payload>) -> String {
        let seconds = self.began.elapsed().as_secs_f64();
        let parts = self.collector.progress().map_or_else(String::new, |progress| {
            format!(", {}: {} of {} parts", progress.label, progress.have, progress.need)
        });
        let bytes = payload
            .map_or_else(String::new, |payload| format!(", {} bytes", payload.bytes().len()));
        format!(
            "{} frames in {seconds:.2} s ({:.1} a second), a code read in {} of them{parts}{bytes}",
            self.frames,
            self.frames as f64 / seconds.max(1e-6),
            self.frames_read
        )
    }
}

const FOREIGN: &str =
    "A part of another message was seen and left out. Show one animation at a time.";

/// `3, 9-12` of rising numbers.
fn ranges(numbers: impl Iterator<Item = usize>) -> String {
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    for number in numbers {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => ranges.push((number, number)),
        }
    }
    let named = ranges.iter().map(|(first, last)| match last - first {
        0 => first.to_string(),
        _ => format!("{first}-{last}"),
    });
    named.collect::<Vec<_>>().join(", ")
}

/// One line of `scan --each`. `texts` and `hex` have an entry a code.
#[derive(Serialize)]
struct Line<'a> {
    file: &'a str,
    /// null where the content is no text.
    texts: Vec<Option<&'a str>>,
    /// null where it is withheld.
    hex: Vec<Option<String>>,
    /// Milliseconds for finding and reading all codes, on one thread.
    ms: f64,
    /// Only of a picture that could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

const WITHHELD: &str = "withheld: this is a seed or a private key";

/// Prints one JSON line a frame. A picture that cannot be read has a line that says so.
pub fn each(
    frames: impl Iterator<Item = (String, Result<Luma, CameraError>)>,
    out: &mut dyn Write,
) -> Result<(), CliError> {
    for (file, picture) in frames {
        let began = Instant::now();
        let (symbols, error) = match picture {
            Ok(picture) => (qr::read(&picture), None),
            Err(error) if error.is_final() => return Err(CliError::usage(error)),
            Err(error) => (Vec::new(), Some(error.to_string())),
        };
        let ms = (began.elapsed().as_secs_f64() * 1e6).round() / 1e3;
        let (texts, hex) = symbols.iter().map(entry).unzip();
        let line = serde_json::to_string(&Line { file: &file, texts, hex, ms, error });
        line.map_err(std::io::Error::from)
            .and_then(|line| writeln!(out, "{line}"))
            .map_err(|error| CliError::usage(format!("Cannot write the lines: {error}.")))?;
    }
    Ok(())
}

fn entry(symbol: &Symbol) -> (Option<&str>, Option<String>) {
    let bytes = symbol.bytes();
    let secret = keys::is_secret(bytes)
        || symbol.text().is_some_and(holds_private_key)
        || symbol.text().is_some_and(wraps_secret);
    if secret {
        return (Some(WITHHELD), None);
    }
    (symbol.text(), Some(data_encoding::HEXLOWER.encode(bytes)))
}

/// A seed inside an envelope of one code: `ur:crypto-seed`, words in a BBQr. Only there the
/// collector's word is taken: of bare texts it refuses more than secrets, to be safe.
fn wraps_secret(text: &str) -> bool {
    let text = text.trim();
    let begins = |prefix: &str| {
        text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
    };
    (begins("ur:") || begins("B$") || begins("p1of1 "))
        && matches!(Collector::default().offer(text.as_bytes()), Offered::Refused(Trouble::Secret))
}

#[cfg(test)]
mod tests {
    use super::ranges;

    #[test]
    fn missing_parts_are_named_in_ranges() {
        assert_eq!(ranges([1, 3, 4, 5, 9].into_iter()), "1, 3-5, 9");
        assert_eq!(ranges([].into_iter()), "");
    }
}
