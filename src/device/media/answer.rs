//! Writing an answer beside its original: whole or not at all, and over nothing.

use super::MediaError;
use super::draft::Draft;
use super::folder::{self, Place};
use crate::app::appliance::AnswerKind;
use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::Path;

/// Bytes of the original's stem that are kept: file systems take names of 255 bytes.
const STEM: usize = 200;
/// Stands for the original's name where there is none.
const NO_ORIGINAL: &str = "coldlight";

/// Writes `bytes` into the folder of `beside`, or into the top folder; gives the place of the file.
/// A torn file bears no name.
pub(super) fn write(
    root: &Path,
    beside: Option<&Place>,
    kind: AnswerKind,
    bytes: &[u8],
) -> Result<Place, MediaError> {
    let folder = beside.and_then(|place| place.folder.clone());
    let at = folder::open(root, folder.as_deref())?;
    let draft = Draft::write(&at, bytes)?;
    let original = beside.map_or(OsStr::new(NO_ORIGINAL), |place| &place.name);
    let name = draft.name(|number| name(original, kind, number))?;
    Ok(Place { folder, name })
}

/// `NAME-signed.psbt`, then `NAME-signed-2.psbt` and so on.
fn name(original: &OsStr, kind: AnswerKind, number: usize) -> OsString {
    let stem = Path::new(original).file_stem().unwrap_or(original).as_bytes();
    let mut end = stem.len().min(STEM);
    // Not within a letter of UTF-8: its later bytes begin with the bits 10.
    while end > 0 && stem.get(end).is_some_and(|byte| byte & 0xc0 == 0x80) {
        end -= 1;
    }
    let mut name = stem[..end].to_vec();
    let count = if number == 1 { String::new() } else { format!("-{number}") };
    name.extend(format!("-{}{count}.{}", kind.mark(), kind.extension()).bytes());
    OsString::from_vec(name)
}

#[cfg(test)]
mod tests {
    use super::super::draft::MOST_NAMES;
    use super::super::scratch::Scratch;
    use super::*;
    use std::fs;

    fn beside(folder: Option<&str>, name: &str) -> Place {
        Place { folder: folder.map(Into::into), name: name.into() }
    }

    #[test]
    fn an_answer_stands_beside_its_original_and_over_nothing() {
        let scratch = Scratch::new("beside");
        scratch.write("stick/folder/rent.psbt", b"original");
        let original = beside(Some("folder"), "rent.psbt");
        let root = scratch.path("stick");
        for (bytes, expected) in [
            (b"one", "rent-signed.psbt"),
            (b"two", "rent-signed-2.psbt"),
            (b"six", "rent-signed-3.psbt"),
        ] {
            let place = write(&root, Some(&original), AnswerKind::Signed, bytes).expect("written");
            assert_eq!(place, beside(Some("folder"), expected));
            assert_eq!(
                fs::read(scratch.path("stick/folder").join(expected)).expect("there"),
                bytes
            );
        }
        write(&root, Some(&original), AnswerKind::Final, b"02").expect("written");
        assert_eq!(
            scratch.names("stick/folder"),
            [
                "rent-final.txn",
                "rent-signed-2.psbt",
                "rent-signed-3.psbt",
                "rent-signed.psbt",
                "rent.psbt"
            ]
        );
        assert_eq!(fs::read(scratch.path("stick/folder/rent.psbt")).expect("there"), b"original");
        let place = write(&root, None, AnswerKind::Signed, b"x").expect("written");
        assert_eq!(place, beside(None, "coldlight-signed.psbt"));
    }

    #[test]
    fn a_draft_that_was_left_behind_is_not_touched() {
        let scratch = Scratch::new("draft");
        scratch.write("stick/0000000A.TMP", b"torn");
        write(&scratch.path("stick"), None, AnswerKind::Signed, b"x").expect("written");
        assert_eq!(scratch.names("stick"), ["0000000A.TMP", "coldlight-signed.psbt"]);
        assert_eq!(fs::read(scratch.path("stick/0000000A.TMP")).expect("there"), b"torn");
    }

    #[test]
    fn what_gets_no_name_is_taken_away_again() {
        let scratch = Scratch::new("names");
        let original = beside(None, "a.psbt");
        for number in 1..=MOST_NAMES {
            let taken = name(&original.name, AnswerKind::Signed, number);
            scratch.write(&format!("stick/{}", taken.display()), b"old");
        }
        let root = scratch.path("stick");
        let refused = write(&root, Some(&original), AnswerKind::Signed, b"new");
        assert_eq!(refused, Err(MediaError::TooManyNames));
        assert_eq!(scratch.names("stick").len(), MOST_NAMES);
        assert_eq!(fs::read(scratch.path("stick/a-signed.psbt")).expect("there"), b"old");
    }

    #[test]
    fn a_long_name_is_cut_between_letters() {
        let long = OsString::from("ü".repeat(120) + ".psbt");
        let cut = name(&long, AnswerKind::Signed, 2);
        assert_eq!(cut, OsString::from("ü".repeat(100) + "-signed-2.psbt"));
        let odd = OsString::from_vec(vec![0xff; 240]);
        assert_eq!(name(&odd, AnswerKind::Final, 1).len(), STEM + "-final.txn".len());
    }

    #[test]
    fn a_folder_that_is_gone_takes_no_answer() {
        let scratch = Scratch::new("gone");
        scratch.write("stick/x", b"");
        let lost = beside(Some("folder"), "a.psbt");
        let refused = write(&scratch.path("stick"), Some(&lost), AnswerKind::Signed, b"x");
        assert_eq!(refused, Err(MediaError::FileGone));
    }
}
