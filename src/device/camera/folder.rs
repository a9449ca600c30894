//! A folder of PNG or JPEG frames as a camera.

use super::{Camera, CameraError, picture};
use crate::qr::Luma;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// Frames of one folder, at most.
const MOST_FRAMES: usize = 100_000;

/// Largest picture file, in bytes.
const LARGEST_FILE: u64 = 64 << 20;

/// The frames of a folder, in the order of their names.
pub struct Folder {
    name: String,
    frames: std::vec::IntoIter<PathBuf>,
    file: Option<String>,
}

impl Folder {
    /// Lists the PNG and JPEG files (by the ends of their names) of a folder.
    pub fn open(path: &Path) -> Result<Self, CameraError> {
        let shown = printable(&path.to_string_lossy());
        let unreadable = |why: std::io::Error| CameraError::Folder(shown.clone(), plain(&why));
        let mut frames = Vec::new();
        for entry in fs::read_dir(path).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            if is_picture(&path) {
                frames.push(path);
            }
            if frames.len() > MOST_FRAMES {
                let why = format!("it has more than {MOST_FRAMES} pictures");
                return Err(CameraError::Folder(shown, why));
            }
        }
        if frames.is_empty() {
            return Err(CameraError::NoPictures(shown));
        }
        frames.sort();
        Ok(Self { name: shown, frames: frames.into_iter(), file: None })
    }
}

impl Camera for Folder {
    fn name(&self) -> &str {
        &self.name
    }

    fn next_frame(&mut self) -> Result<Option<Luma>, CameraError> {
        let Some(path) = self.frames.next() else { return Ok(None) };
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let picture = read(&path).and_then(|bytes| picture::from_file(&bytes));
        let picture = picture.map_err(|why| CameraError::Picture(printable(&file), why));
        self.file = Some(file);
        picture.map(Some)
    }

    fn file(&self) -> Option<&str> {
        self.file.as_deref()
    }

    fn keeps_every_frame(&self) -> bool {
        true
    }
}

fn is_picture(path: &Path) -> bool {
    let end = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    matches!(end.as_str(), "png" | "jpg" | "jpeg")
}

fn read(path: &Path) -> Result<Zeroizing<Vec<u8>>, String> {
    let why = |e: std::io::Error| plain(&e);
    // Asked before opening: opening a named pipe would wait for its writer.
    let about = fs::metadata(path).map_err(why)?;
    if !about.is_file() {
        return Err("it is not a file".into());
    }
    if about.len() > LARGEST_FILE {
        return Err("it is larger than 64 MB".into());
    }
    let mut bytes = Zeroizing::new(Vec::with_capacity(about.len() as usize));
    // The file may have grown since.
    File::open(path)
        .and_then(|file| file.take(LARGEST_FILE).read_to_end(&mut bytes))
        .map_err(why)?;
    Ok(bytes)
}

/// The system's reason in plain words where it is a common one.
fn plain(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "it does not exist".into(),
        std::io::ErrorKind::PermissionDenied => "you may not read it".into(),
        std::io::ErrorKind::NotADirectory => "it is not a folder".into(),
        _ => error.to_string(),
    }
}

fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect()
}
