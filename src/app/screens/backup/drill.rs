//! The drill: a backup is given back as if all else were lost, and must make the same key.

use super::verdict::Verdict;
use super::*;
use crate::keys::{Entry, Material, Mnemonic};
use crate::wallet::{KeyRing, Network};
use zeroize::Zeroizing;

/// What was given back is compared at the next tick: deriving a key takes a moment.
pub struct Comparing {
    backup: Backup,
    given: Given,
    /// Where to correct it.
    again: Screen,
}

/// What was given back.
pub enum Given {
    /// Words, by whatever way.
    Words(Mnemonic),
    /// An extended private key.
    Line(Zeroizing<String>),
}

impl Given {
    /// An extended private key; `text` stays the caller's to wipe.
    pub fn line(text: &str) -> Self {
        let mut line = Zeroizing::new(String::with_capacity(text.len()));
        line.push_str(text);
        Self::Line(line)
    }
}

/// Asks for the backup: at the keyboard, or before the camera.
pub(super) fn begin(backup: Backup, core: &mut Core) -> Screen {
    match backup {
        Backup::Words => {
            let Some(mnemonic) = core.session.as_ref().and_then(|open| open.material().mnemonic())
            else {
                return Screen::home();
            };
            Backing::Typing(Typing::of(Entry::in_language(mnemonic.language()))).on()
        }
        Backup::Slip39 | Backup::Codex32 | Backup::SeedXor => shares::Shares::drill(backup, core),
        Backup::SeedQr | Backup::CompactSeedQr | Backup::Kef | Backup::Xprv => scan(backup, core),
    }
}

/// Before the camera, where there is one.
fn scan(backup: Backup, core: &mut Core) -> Screen {
    if core.settings.demo {
        return Message::trouble("Drill", NO_CAMERA, NO_CAMERA_ADVICE, Backing::form(backup));
    }
    Scan::open(Purpose::Drill(backup), Source::Camera, core)
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
            Comparing::of(Backup::Words, Given::Words(given), again)
        }
    }
}

/// A code that the camera read: compared, where it is one of that backup. Else why it is not.
pub fn scanned(backup: Backup, content: &[u8], core: &mut Core) -> Result<Screen, String> {
    let given = match backup {
        Backup::Kef => {
            let envelope = kef::envelope(content).ok_or(NOT_KEF)?;
            core.ask(Command::CloseEye);
            return Ok(kef::Kef::ask(envelope));
        }
        Backup::Xprv => {
            let text = std::str::from_utf8(content).map_err(|_| NOT_XPRV)?.trim();
            if !["xprv", "tprv"].iter().any(|prefix| text.starts_with(prefix)) {
                return Err(NOT_XPRV.into());
            }
            Given::line(text)
        }
        _ => {
            let digits = content.iter().all(u8::is_ascii_digit);
            let read = Mnemonic::from_qr(content).ok_or(NOT_A_SEED)?;
            match (backup, digits) {
                (Backup::SeedQr, false) => return Err(COMPACT.into()),
                (Backup::CompactSeedQr, true) => return Err(NOT_COMPACT.into()),
                _ => Given::Words(read.map_err(|_| DAMAGED)?),
            }
        }
    };
    core.ask(Command::CloseEye);
    Ok(Comparing::of(backup, given, Backing::form(backup)))
}

impl Comparing {
    /// `again` is where to correct it.
    pub fn of(backup: Backup, given: Given, again: Screen) -> Screen {
        Backing::Comparing(Self { backup, given, again }).on()
    }

    /// What was given must be the same, and so must the key that it makes.
    pub(super) fn run(self, core: &mut Core) -> Screen {
        let Self { backup, given, again } = self;
        let Some(session) = &core.session else { return Screen::home() };
        let compared = match &given {
            Given::Words(given) => words(session, given, core.settings.network),
            Given::Line(given) => line(session, given, core.settings.network),
        };
        match compared {
            Ok(what) => Verdict::passed(backup, what, core),
            Err((what, advice)) => Verdict::failed(what, advice, again),
        }
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        text.gap();
        text.plain("Comparing, and deriving the key ...");
        words_view(core, "Drill", text, vec![])
    }
}

/// More words than these are not miscopied but another wallet's.
const FEW: usize = 4;

/// What is the same, or what differs and what to do.
type Compared = Result<String, (String, &'static str)>;

fn words(session: &Session, given: &Mnemonic, network: Network) -> Compared {
    let Some(kept) = session.material().mnemonic() else {
        return Err((NO_WORDS.into(), CORRECT));
    };
    let wrong = differing(kept, given);
    if !wrong.is_empty() || kept.count() != given.count() {
        let another = wrong.len() > FEW || kept.count() != given.count();
        let advice = if another { ANOTHER } else { CORRECT };
        return Err((difference(&wrong, kept.count(), given.count()), advice));
    }
    let seed = session.material().open_with(given, network);
    let same = seed.is_some_and(|seed| seed.fingerprint().to_string() == session.fingerprint);
    let what = format!("All {} words are the same", given.count());
    key_too(same, what, session)
}

fn line(session: &Session, given: &str, network: Network) -> Compared {
    let kept = session.seed.to_xprv();
    let mut both = kept.bytes().zip(given.bytes());
    if let Some(place) = both.position(|(kept, given)| kept != given) {
        return Err((format!("Letter {} is another one.", place + 1), CORRECT));
    }
    if kept.len() != given.len() {
        return Err((format!("It has {} letters, not {}.", given.len(), kept.len()), CORRECT));
    }
    let opened = Material::xprv(given, network).and_then(|material| material.open(network));
    let same = opened.is_ok_and(|seed| seed.fingerprint().to_string() == session.fingerprint);
    key_too(same, format!("All {} letters are the same", given.len()), session)
}

fn key_too(same: bool, what: String, session: &Session) -> Compared {
    match same {
        true => Ok(format!(
            "{what}, and the key that they make has the fingerprint {}.",
            session.fingerprint
        )),
        false => Err((format!("{what}, but the key that they make is another one."), FAULT)),
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
        [first, .., last] if places.len() > FEW => {
            format!("{} words are others, from word {first} to word {last}.", places.len())
        }
        places => {
            let places: Vec<String> = places.iter().map(usize::to_string).collect();
            format!("Words {} are others.", places.join(", "))
        }
    }
}

const CORRECT: &str = "Look at that place on your copy. If the copy is wrong, correct it from what is shown here, \
    and drill again.";
const ANOTHER: &str = "This looks like the backup of another wallet. Compare the fingerprint that stands beside it \
    with the one above, and keep the two apart.";
const FAULT: &str = "This machine has a fault. Do not use it; drill the backup on another one before you rely on it.";
const NO_WORDS: &str = "This wallet has no words.";
const NOT_A_SEED: &str = "This code is no SeedQR and no CompactSeedQR.";
const NOT_XPRV: &str = "This code holds no extended private key.";
const NOT_KEF: &str = "This is no encrypted code (KEF).";
const COMPACT: &str =
    "This is no SeedQR. A CompactSeedQR is drilled from its own entry in the list of forms.";
const NOT_COMPACT: &str =
    "This is a SeedQR, not a CompactSeedQR. It is drilled from its own entry in the list of forms.";
const DAMAGED: &str = "The code is read, but its words do not fit together (wrong checksum): a square \
    of your copy is wrong.";
const NO_CAMERA: &str = "No camera is in use, only the demo's, and it sees no paper.";
const NO_CAMERA_ADVICE: &str =
    "Drill the words by typing, or start again with --camera /dev/video0.";
