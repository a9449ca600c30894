//! The drill: a backup is given back as if all else were lost, and must make the same key.

use super::verdict::Verdict;
use super::*;
use crate::keys::Mnemonic;
use crate::wallet::KeyRing;

/// What was given back is compared at the next tick: deriving a key takes a moment.
pub struct Comparing {
    backup: Backup,
    given: Mnemonic,
    /// Where to correct it.
    again: Screen,
}

/// Asks for the backup: at the keyboard, or before the camera.
pub(super) fn begin(backup: Backup, core: &mut Core) -> Screen {
    match backup {
        Backup::Words => {
            let Some(mnemonic) = core.session.as_ref().and_then(|open| open.material().mnemonic())
            else {
                return Screen::home();
            };
            Backing::Typing(Box::new(Typing::in_language(mnemonic.language()))).on()
        }
        Backup::Slip39 | Backup::Codex32 | Backup::SeedXor => shares::Shares::drill(backup),
        _ if core.settings.demo => {
            Message::trouble("Drill", NO_CAMERA, NO_CAMERA_ADVICE, Backing::form(backup))
        }
        _ => Scan::open(Purpose::Drill(backup), Source::Camera, core),
    }
}

/// A key while the words are typed back.
pub(super) fn words_key(mut typing: Box<Typing>, key: Key) -> Screen {
    if matches!(key, Key::Esc) {
        return Backing::form(Backup::Words);
    }
    match typing.edit(key) {
        None => Backing::Typing(typing).on(),
        Some(given) => {
            let again = Backing::Typing(typing).on();
            Backing::Comparing(Comparing { backup: Backup::Words, given, again }).on()
        }
    }
}

/// A code that the camera read: compared, where it is one of that backup. Else why it is not.
pub fn scanned(backup: Backup, content: &[u8], core: &mut Core) -> Result<Screen, String> {
    let digits = content.iter().all(u8::is_ascii_digit);
    let read = Mnemonic::from_qr(content).ok_or(NOT_A_SEED)?;
    match (backup, digits) {
        (Backup::SeedQr, false) => return Err(COMPACT.into()),
        (Backup::CompactSeedQr, true) => return Err(NOT_COMPACT.into()),
        _ => {}
    }
    let given = read.map_err(|_| DAMAGED)?;
    core.ask(Command::CloseEye);
    let again = Backing::form(backup);
    Ok(Backing::Comparing(Comparing { backup, given, again }).on())
}

impl Comparing {
    /// The words must be the same, and so must the key that they make.
    pub(super) fn run(self, core: &mut Core) -> Screen {
        let Self { backup, given, again } = self;
        let Some(session) = &core.session else { return Screen::home() };
        let Some(kept) = session.material().mnemonic() else { return Screen::home() };
        let wrong = differing(kept, &given);
        if !wrong.is_empty() || kept.count() != given.count() {
            return Verdict::failed(
                difference(&wrong, kept.count(), given.count()),
                CORRECT,
                again,
            );
        }
        let seed = session.material().open_with(&given, core.settings.network);
        let fingerprint = seed.map(|seed| seed.fingerprint().to_string());
        if fingerprint.as_deref() != Some(session.fingerprint.as_str()) {
            return Verdict::failed(OTHER_KEY.into(), FAULT, again);
        }
        let what = format!(
            "All {} words are the same, and the key that they make has the fingerprint {}.",
            given.count(),
            session.fingerprint
        );
        Verdict::passed(backup, what, core)
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        text.gap();
        text.plain("Comparing, and deriving the key ...");
        words_view(core, "Drill", text, vec![])
    }
}

/// The places, from 1, at which the words differ.
fn differing(kept: &Mnemonic, given: &Mnemonic) -> Vec<usize> {
    let both = kept.indices().zip(given.indices()).enumerate();
    both.filter(|(_, (kept, given))| kept != given).map(|(place, _)| place + 1).collect()
}

/// Which words differ: the place only, so that nobody learns here what should stand there.
fn difference(places: &[usize], kept: usize, given: usize) -> String {
    if kept != given {
        return format!("It has {given} words, and this wallet has {kept}.");
    }
    match places {
        [place] => format!("Word {place} is another one."),
        [first, .., last] if places.len() > 6 => {
            format!("{} words are others, from word {first} to word {last}.", places.len())
        }
        places => {
            let places: Vec<String> = places.iter().map(usize::to_string).collect();
            format!("Words {} are others.", places.join(", "))
        }
    }
}

const CORRECT: &str = "Look at that place on your copy. If the copy is wrong, correct it from the page to copy, \
    and drill again.";
const OTHER_KEY: &str = "The words are the same, but the key that they make is another one.";
const FAULT: &str = "This machine has a fault. Do not use it; drill the backup on another one before you rely on it.";
const NOT_A_SEED: &str = "This code is no SeedQR and no CompactSeedQR.";
const COMPACT: &str =
    "This is no SeedQR. A CompactSeedQR is drilled from its own entry in the list of forms.";
const NOT_COMPACT: &str =
    "This is a SeedQR, not a CompactSeedQR. It is drilled from its own entry in the list of forms.";
const DAMAGED: &str = "The code is read, but its words do not fit together (wrong checksum): a square \
    of your copy is wrong.";
const NO_CAMERA: &str = "No camera is in use, only the demo's, and it sees no paper.";
const NO_CAMERA_ADVICE: &str =
    "Drill the words by typing, or start again with --camera /dev/video0.";
