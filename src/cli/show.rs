//! `coldlight show`: a file as animated QR, on the screen or as numbered pictures.

use super::exit::CliError;
use crate::qr::{Modules, png};
use crate::transport::{Dialect, Kind, MAX_MESSAGE, Payload, Reel, ReelError, ReelOptions};
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// Show a PSBT, a transaction or a text as animated QR.
#[derive(Debug, clap::Args)]
pub struct ShowArgs {
    /// A PSBT (binary, base64 or hex), a transaction (binary or hex) or a text
    pub file: PathBuf,
    /// The QR format
    #[arg(long, value_enum, default_value_t = Format::Ur)]
    pub format: Format,
    /// Longest fragment: bytes for UR, characters of one code otherwise
    #[arg(long, value_name = "N")]
    pub fragment: Option<usize>,
    /// With --frames and UR: so many parts of the fountain after the loop
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(..=100_000), requires = "frames")]
    pub extra: Option<u32>,
    /// Write numbered PNG frames of one loop into this folder instead
    #[arg(long, value_name = "DIR")]
    pub frames: Option<PathBuf>,
}

/// The formats of `--format`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Uniform Resources 2, crypto-psbt
    Ur,
    /// BBQr
    Bbqr,
    /// Specter Desktop's pMofN
    Specter,
    /// One code, base43 (Electrum)
    Base43,
    /// One code, base64
    Base64,
    /// One code, hexadecimal
    Hex,
}

impl From<Format> for Dialect {
    fn from(format: Format) -> Self {
        match format {
            Format::Ur => Dialect::Ur,
            Format::Bbqr => Dialect::Bbqr,
            Format::Specter => Dialect::Specter,
            Format::Base43 => Dialect::Base43,
            Format::Base64 => Dialect::Base64,
            Format::Hex => Dialect::Hex,
        }
    }
}

/// Pixels a module in a picture file.
const SCALE: usize = 10;

/// Light modules around a code (ISO 18004).
const QUIET: usize = 4;

/// Shows the file: as pictures with `--frames`, else on the screen by `play`, which is handed the
/// reel and plays it for as long as it is watched. `side` is how many modules (the quiet zone
/// included) the screen has room for: without `--fragment`, sparser codes are chosen where the usual
/// ones do not fit.
pub fn run(
    args: &ShowArgs,
    side: Option<usize>,
    out: &mut dyn Write,
    play: &mut dyn FnMut(&Reel) -> io::Result<()>,
) -> Result<(), CliError> {
    let payload = read(&args.file)?;
    let dialect = args.format.into();
    if args.extra.is_some() && dialect != Dialect::Ur {
        return Err(CliError::usage("Only UR has a fountain: leave out --extra, or choose UR."));
    }
    match &args.frames {
        Some(folder) => {
            let reel = reel(&payload, dialect, args.fragment)?;
            let written = write_frames(&reel, args.extra.unwrap_or(0) as usize, folder)?;
            let _ = writeln!(out, "{written} frames in {}", folder.display());
            Ok(())
        }
        None => {
            let reel = match (args.fragment, side) {
                (None, Some(side)) => fitted(&payload, dialect, side)?,
                _ => reel(&payload, dialect, args.fragment)?,
            };
            play(&reel).map_err(|error| CliError::usage(format!("The screen failed: {error}.")))
        }
    }
}

/// The file's payload. A newline at the end of a text does not belong to it.
fn read(path: &Path) -> Result<Payload, CliError> {
    let failed = |error| CliError::usage(format!("Cannot read {}: {error}.", path.display()));
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(failed)?;
    file.take(MAX_MESSAGE as u64 + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() > MAX_MESSAGE {
        let limit = MAX_MESSAGE / 1024 / 1024;
        return Err(CliError::unreadable(format!(
            "{} is larger than {limit} MiB, the most that is shown.",
            path.display()
        )));
    }
    let payload = Payload::of_file(bytes);
    let text = payload.bytes();
    let cut = text.strip_suffix(b"\n").map(|text| text.strip_suffix(b"\r").unwrap_or(text));
    Ok(match (payload.kind(), cut) {
        (Kind::Text, Some(text)) => Payload::of_file(text.to_vec()),
        _ => payload,
    })
}

fn reel(payload: &Payload, dialect: Dialect, fragment: Option<usize>) -> Result<Reel, CliError> {
    Reel::new(payload.bytes(), payload.kind(), dialect, ReelOptions { fragment }).map_err(|error| {
        match error {
            ReelError::Empty => CliError::unreadable(error),
            _ => CliError::usage(error),
        }
    })
}

/// The densest reel, up to the usual one, whose codes have at most `side` modules with their quiet
/// zone.
fn fitted(payload: &Payload, dialect: Dialect, side: usize) -> Result<Reel, CliError> {
    for fragment in dialect.fragments().iter().take(dialect.usual_fragment() + 1).rev() {
        let Ok(reel) = reel(payload, dialect, Some(*fragment)) else {
            continue;
        };
        if draw(&reel.part(0))?.side() + 2 * QUIET <= side {
            return Ok(reel);
        }
    }
    reel(payload, dialect, None)
}

fn draw(text: &str) -> Result<Modules, CliError> {
    Modules::draw(text.as_bytes()).map_err(CliError::usage)
}

/// Writes one loop and `extra` parts of the fountain; returns how many pictures.
fn write_frames(reel: &Reel, extra: usize, folder: &Path) -> Result<usize, CliError> {
    let failed =
        |error| CliError::usage(format!("Cannot write frames into {}: {error}.", folder.display()));
    fs::create_dir_all(folder).map_err(failed)?;
    let is_picture = |path: &Path| path.extension().is_some_and(|end| end == "png");
    if fs::read_dir(folder).map_err(failed)?.flatten().any(|entry| is_picture(&entry.path())) {
        return Err(CliError::usage(format!(
            "{} holds pictures already, which would be mixed with these. Name another folder.",
            folder.display()
        )));
    }
    // A message of one part has no fountain.
    let count = if reel.len() == 1 { 1 } else { reel.len() + extra };
    let digits = count.to_string().len().max(4);
    for n in 0..count {
        let picture = png(&draw(&reel.part(n))?.picture(SCALE, QUIET));
        let path = folder.join(format!("{:0digits$}.png", n + 1));
        File::create_new(path).and_then(|mut file| file.write_all(&picture)).map_err(failed)?;
    }
    Ok(count)
}
