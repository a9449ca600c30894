//! A backup that is one line: a key as text, Electrum's words, the text of an encrypted code.

use super::shares::starts_like;
use super::*;
use crate::app::screens::backup::{envelope, letters};
use crate::app::screens::words::offered;
use crate::keys::kef::Envelope;
use crate::keys::{ElectrumSeed, Language, LineEntry, Material, Typed, XprvError};
use crate::wallet::Network;

/// What was given.
pub(super) struct OneLine {
    kind: Kind,
    entry: LineEntry,
    /// An encrypted code that was scanned or read from the line.
    code: Option<Envelope>,
}

/// More than an extended key has (111).
const LONGEST_KEY: usize = 128;
/// Letters of an encrypted code's text at most: a code in one picture has fewer.
const LONGEST_CODE: usize = 4_296;

impl OneLine {
    pub(super) fn of(kind: Kind) -> Self {
        let most = match kind {
            Kind::Xprv => LONGEST_KEY,
            Kind::Electrum => ElectrumSeed::LONGEST,
            _ => LONGEST_CODE,
        };
        Self { kind, entry: LineEntry::new(most), code: None }
    }

    pub(super) fn kind(&self) -> Kind {
        self.kind
    }

    pub(super) fn is_empty(&self) -> bool {
        self.entry.is_empty() && self.code.is_none()
    }

    /// Is a scanned code there, which typing takes the place of?
    pub(super) fn is_scanned(&self) -> bool {
        self.code.is_some()
    }

    pub(super) fn clear(&mut self) {
        *self = Self::of(self.kind);
    }

    pub(super) fn push(&mut self, letter: char) -> Typed {
        self.code = None;
        match self.kind {
            Kind::Xprv if letter == ' ' => Typed::Taken,
            Kind::Xprv if !letter.is_ascii_alphanumeric() => Typed::Unknown,
            _ => self.entry.push(letter),
        }
    }

    pub(super) fn backspace(&mut self) {
        self.code = None;
        self.entry.backspace();
    }

    /// Can words be completed here? Most of Electrum's seeds are made of BIP39's English list.
    pub(super) fn has_words(&self) -> bool {
        self.kind == Kind::Electrum
    }

    /// The word that is begun.
    fn begun(&self) -> &str {
        self.entry.text().rsplit(char::is_whitespace).next().unwrap_or_default()
    }

    /// Takes the one English word that begins so, and a space; false where there is not one.
    pub(super) fn complete(&mut self) -> bool {
        let begun = self.begun();
        if !self.has_words() || begun.is_empty() {
            return false;
        }
        let [only] = Language::English.completions(begun)[..] else { return false };
        for letter in only.chars().skip(begun.chars().count()).chain([' ']) {
            if self.entry.push(letter) != Typed::Taken {
                return false;
            }
        }
        true
    }

    /// What the word that is begun may become.
    fn outlook(&self) -> Line {
        let begun = self.begun();
        if begun.is_empty() {
            return Line::default();
        }
        match Language::English.completions(begun)[..] {
            [] => Line::toned(Tone::Faint, NOT_ENGLISH),
            [only] => Line::toned(Tone::Faint, "Tab takes  ").and(Tone::Strong, only),
            ref several => offered("It may become  ", several),
        }
    }

    /// The key. The reason why it is none is a sentence with what to do.
    pub(super) fn key(&self, network: Network) -> Result<Material, String> {
        let text = self.entry.text();
        if let Some(why) = no_key_of_ours(text) {
            return Err(why.into());
        }
        if let Some(place) = text.bytes().position(|letter| b"0OIl".contains(&letter)) {
            return Err(format!(
                "Letter {} cannot stand in an extended key: it has no 0, O, I or l. Correct it.",
                place + 1
            ));
        }
        Material::xprv(text, network).map_err(|error| match error {
            XprvError::Malformed => format!("{error} {} {CHECK}", self.length()),
            XprvError::NotMaster(_) => format!("{error} {MASTER}"),
            XprvError::OtherNetwork => format!("{error} {NETWORK}"),
        })
    }

    fn length(&self) -> String {
        match self.entry.len() {
            111 => "It has 111 letters, as it should; its checksum is wrong.".into(),
            other => format!("It has {other} letters; such a key has 111."),
        }
    }

    /// Electrum's seed.
    pub(super) fn electrum(&self) -> Result<ElectrumSeed, String> {
        ElectrumSeed::parse(self.entry.text()).map_err(|error| error.to_string())
    }

    /// The encrypted code: scanned, or read from what was typed.
    pub(super) fn code(&self) -> Result<Envelope, String> {
        match &self.code {
            Some(code) => Ok(code.clone()),
            None => envelope(self.entry.text().trim().as_bytes()).ok_or(NOT_KEF.into()),
        }
    }

    /// Another encrypted code in place of the one that held it.
    pub(super) fn replace_code(&mut self, inner: Envelope) {
        self.code = Some(inner);
    }

    /// A code that the camera read.
    pub(super) fn scanned(&mut self, content: &[u8]) -> Result<(), String> {
        if self.kind == Kind::Kef {
            self.code = Some(envelope(content).ok_or(NOT_KEF)?);
            return Ok(());
        }
        let text = std::str::from_utf8(content).map_err(|_| NOT_TEXT)?.trim();
        let fits = match self.kind {
            Kind::Xprv => starts_like(text, "xprv") || starts_like(text, "tprv"),
            _ => text.contains(' '),
        };
        if let Some(why) = no_key_of_ours(text).filter(|_| self.kind == Kind::Xprv) {
            return Err(why.into());
        }
        let taken = fits && self.entry.replace(text);
        if taken { Ok(()) } else { Err(self.other().into()) }
    }

    fn other(&self) -> &'static str {
        match self.kind {
            Kind::Xprv => "This code holds no extended private key.",
            _ => "This code holds no words.",
        }
    }

    /// What is there, without showing more than is needed.
    pub(super) fn describe(&self, text: &mut Text) {
        match (&self.code, self.entry.is_empty()) {
            (Some(code), _) => {
                text.toned(Tone::Proven, "The code is read.");
                let id = crate::wallet::visible(&String::from_utf8_lossy(code.id()));
                text.field("Label", Tone::Plain, id);
                text.field("Version", Tone::Plain, code.version().name());
                text.field("Rounds", Tone::Plain, code.iterations().to_string());
                text.toned(Tone::Faint, LABEL);
            }
            (None, true) => {
                text.toned(Tone::Strong, "Nothing is given yet.");
            }
            (None, false) => {
                text.plain(format!("{} characters are typed.", self.entry.len()));
            }
        }
    }

    /// The line while it is typed.
    pub(super) fn show(&self, text: &mut Text) {
        match self.kind {
            Kind::Electrum => {
                text.line(
                    Line::new("  ")
                        .and(Tone::Entry, self.entry.text())
                        .and(Tone::Entry, "_")
                        .hang(2),
                );
                let words = self.entry.text().split_whitespace().count();
                text.gap();
                text.line(self.outlook());
                let noun = if words == 1 { "word" } else { "words" };
                text.toned(Tone::Faint, format!("{words} {noun}. Most seeds have 12."));
            }
            Kind::Xprv => {
                letters(text, self.entry.text(), Tone::Entry);
                text.gap();
                text.toned(Tone::Faint, format!("{} of 111 letters.", self.entry.len()));
            }
            _ => {
                letters(text, self.entry.text(), Tone::Entry);
                text.gap();
                text.toned(Tone::Faint, format!("{} characters.", self.entry.len()));
            }
        }
    }
}

/// Why an extended key that begins like this opens no wallet here.
fn no_key_of_ours(text: &str) -> Option<&'static str> {
    let begins = |all: &[&str]| all.iter().any(|it| starts_like(text, it));
    if begins(&["xpub", "tpub", "ypub", "zpub", "upub", "vpub"]) {
        return Some(PUBLIC);
    }
    begins(&["yprv", "zprv", "uprv", "vprv"]).then_some(SPELLED)
}

const SPELLED: &str = "A key that begins with yprv, zprv, uprv or vprv (SLIP-132) is not read here. Let the wallet \
    program show it as xprv, or as tprv for test coins.";
const PUBLIC: &str = "This is a public key: it sees a wallet, and cannot sign. The private one begins with xprv or tprv.";
const CHECK: &str = "Capitals count. Compare it in groups of four.";
const MASTER: &str = "Its steps from the master key are not known here. Take the master key, or the words that it \
    was made from.";
const NETWORK: &str = "Choose its network at home (n).";
const NOT_ENGLISH: &str =
    "No word of the English list begins so. Seeds of other lists are typed out.";
const NOT_KEF: &str = "This is no encrypted code (KEF).";
const NOT_TEXT: &str = "This code holds no text.";
const LABEL: &str = "The label is not protected: anyone could have written it.";
