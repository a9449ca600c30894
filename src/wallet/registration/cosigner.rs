//! Extended keys that come alone: a single-key account, or one part of a shared wallet.

use super::adapt::{Draft, Steps};
use super::{Form, Integrity, Part, Reader, Reading, RegistrationError};
use crate::wallet::expression::{Expression, KeyText};
use crate::wallet::signer::origin_text;
use crate::wallet::{ExtendedKeyError, Prefix, ScriptType, read_extended_key, visible};
use bitcoin::bip32::{ChildNumber, DerivationPath, Fingerprint, KeySource, Xpub};

/// Most keys that are read from one text.
const MOST: usize = 100;
/// Most steps of a path; BIP32 ends at 255.
const DEEPEST: usize = 255;

/// One signer's key for a shared wallet, as a coordinator or another signer exports it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CosignerKey {
    /// The key.
    pub key: Xpub,
    /// What its prefix said.
    pub prefix: Prefix,
    /// Where it says that it comes from.
    pub origin: Option<KeySource>,
    /// What its owner calls it, made visible.
    pub label: Option<String>,
}

/// What is wrong with a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyError {
    /// The extended key.
    Key(ExtendedKeyError),
    /// The fingerprint: eight hexadecimal digits.
    Fingerprint,
    /// The path: numbers below 2,147,483,648 between slashes, hardened ones with ' or h.
    Path,
    /// Something follows it that does not belong there.
    Rest,
}

impl std::fmt::Display for KeyError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Key(error) => error.fmt(f),
            Self::Fingerprint => f.write_str("its fingerprint is not eight hexadecimal digits"),
            Self::Path => f.write_str("its path is not one of numbers between slashes"),
            Self::Rest => f.write_str("something that does not belong there follows it"),
        }
    }
}

impl std::error::Error for KeyError {}

impl From<ExtendedKeyError> for KeyError {
    fn from(error: ExtendedKeyError) -> Self {
        Self::Key(error)
    }
}

impl CosignerKey {
    /// Reads `[fingerprint/path]xpub...`, the origin optional.
    pub(super) fn read(text: &str) -> Result<Self, KeyError> {
        let written = KeyText { text, at: 1, script: 0 };
        if !matches!(written.steps(), "" | "/<0;1>/*" | "/0/*" | "/**") {
            return Err(KeyError::Rest);
        }
        let (key, prefix) = read_extended_key(written.key())?;
        let origin = match written.origin() {
            Some(origin) => {
                let (fingerprint, path) = origin.split_once('/').unwrap_or((origin, ""));
                Some((fingerprint_of(fingerprint)?, path_of(path)?))
            }
            None => None,
        };
        Ok(Self { key, prefix, origin, label: None })
    }

    /// The key with its origin, as descriptors have it.
    pub fn with_origin(&self) -> String {
        format!("{}{}", self.origin.as_ref().map(origin_text).unwrap_or_default(), self.key)
    }

    /// The scripts for which the key alone makes a wallet: what its prefix or its path say; all four
    /// for an account that says nothing; none for a cosigner's key.
    fn alone(&self) -> Vec<ScriptType> {
        let purpose = self.origin.as_ref().and_then(|(_, path)| path.into_iter().next());
        match (self.prefix, purpose) {
            (Prefix::NestedSingle, _) => vec![ScriptType::NestedSegwit],
            (Prefix::SegwitSingle, _) => vec![ScriptType::NativeSegwit],
            (Prefix::NestedShared | Prefix::SegwitShared, _) => Vec::new(),
            (Prefix::Any, Some(ChildNumber::Hardened { index })) => {
                ScriptType::ALL.into_iter().filter(|kind| kind.purpose() == *index).collect()
            }
            (Prefix::Any, None) if self.key.depth == 3 => ScriptType::ALL.to_vec(),
            (Prefix::Any, _) => Vec::new(),
        }
    }
}

/// Eight hexadecimal digits.
pub(super) fn fingerprint_of(text: &str) -> Result<Fingerprint, KeyError> {
    text.parse().map_err(|_| KeyError::Fingerprint)
}

/// A path with or without its `m`.
pub(super) fn path_of(text: &str) -> Result<DerivationPath, KeyError> {
    let text = text.strip_prefix("m/").unwrap_or(if text == "m" { "" } else { text });
    if text.matches('/').count() >= DEEPEST {
        return Err(KeyError::Path);
    }
    let steps = text.split('/').filter(|_| !text.is_empty());
    steps.map(|step| step_of(step).ok_or(KeyError::Path)).collect()
}

/// Digits alone: `ChildNumber` takes a sign, too.
fn step_of(step: &str) -> Option<ChildNumber> {
    let digits = step.strip_suffix(['\'', 'h']).unwrap_or(step);
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| step.parse().ok())?
}

/// Is every line an extended key?
pub(super) fn looks_so(text: &str) -> bool {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).all(
        |line| {
            let key = KeyText { text: line, at: 1, script: 0 };
            !line.contains(['(', '{']) && key.key().get(1..4) == Some("pub")
        },
    )
}

pub(super) fn read(reader: &Reader<'_>, text: &str) -> Result<Reading, RegistrationError> {
    let lines = (1..).zip(text.lines().map(str::trim));
    let lines: Vec<(usize, &str)> =
        lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#')).take(MOST).collect();
    let mut reading = Reading { wallets: Vec::new(), cosigners: Vec::new() };
    for (line, text) in lines {
        let key = CosignerKey::read(text)
            .map_err(|why| RegistrationError::Line { line, why: Part::Key(why) })?;
        sort(reader, key, Form::Key, &mut reading)?;
    }
    Ok(reading)
}

/// Puts a key where it belongs: a single-key wallet for each script that it is for, or a cosigner.
pub(super) fn sort(
    reader: &Reader<'_>,
    key: CosignerKey,
    form: Form,
    reading: &mut Reading,
) -> Result<(), RegistrationError> {
    let scripts = key.alone();
    if scripts.is_empty() {
        reading.cosigners.push(key);
        return Ok(());
    }
    for script in scripts {
        let body = single(script, &key.with_origin());
        let draft = Draft {
            body: &body,
            name: key.label.as_deref(),
            form,
            integrity: Integrity::KeysOnly,
            steps: Steps::Understood,
        };
        reading.wallets.push(draft.finish(reader)?);
    }
    Ok(())
}

/// The descriptor's text of one key.
pub(super) fn single(script: ScriptType, key: &str) -> String {
    match script {
        ScriptType::Legacy => format!("pkh({key})"),
        ScriptType::NestedSegwit => format!("sh(wpkh({key}))"),
        ScriptType::NativeSegwit => format!("wpkh({key})"),
        ScriptType::Taproot => format!("tr({key})"),
    }
}

/// The kind of script that `cosigner` (BCR-2020-010) stands in, if `body` has nothing else: its key.
pub(super) fn placeholder(body: &str) -> Option<String> {
    let inner = ["sh(wsh(cosigner(", "wsh(cosigner(", "sh(cosigner("]
        .into_iter()
        .find_map(|head| body.strip_prefix(head))?;
    let expression = Expression::cut(body).ok()?;
    let mut keys = expression.keys();
    let key = keys.next()?;
    (keys.next().is_none() && inner.starts_with(key.text)).then(|| key.text.to_owned())
}

/// A label that was claimed, made visible; none for an empty one.
pub(super) fn label(text: &str) -> Option<String> {
    let text = visible(text.trim());
    (!text.is_empty()).then(|| text.chars().take(40).collect())
}
