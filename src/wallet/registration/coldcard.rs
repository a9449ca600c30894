//! Coldcard's multisig file, which many others write too: `Name`, `Policy`, `Format`, `Derivation` and
//! a line for each key. Its keys are always sorted (BIP67).

use super::adapt::{Draft, Steps};
use super::cosigner::{fingerprint_of, path_of};
use super::{Form, Integrity, KeyError, Part, Reader, Reading, RegistrationError};
use crate::wallet::signer::origin_text;
use bitcoin::bip32::DerivationPath;

/// Most keys of CHECKMULTISIG.
pub(super) const MOST: usize = 20;

/// How a shared wallet's script is wrapped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wrapped {
    Sh,
    ShWsh,
    Wsh,
}

impl Wrapped {
    /// By the names that the formats have for it.
    pub(super) fn named(name: &str) -> Option<Self> {
        match name.to_ascii_uppercase().replace('_', "-").as_str() {
            "P2SH" => Some(Self::Sh),
            "P2SH-P2WSH" | "P2WSH-P2SH" => Some(Self::ShWsh),
            "P2WSH" => Some(Self::Wsh),
            _ => None,
        }
    }

    /// The descriptor's text with sorted keys.
    pub(super) fn sorted(self, needed: usize, keys: &[String]) -> String {
        let multi = format!("sortedmulti({needed},{})", keys.join(","));
        match self {
            Self::Sh => format!("sh({multi})"),
            Self::ShWsh => format!("sh(wsh({multi}))"),
            Self::Wsh => format!("wsh({multi})"),
        }
    }
}

/// Lines with these heads make the form.
pub(super) fn looks_so(text: &str) -> bool {
    let has = |head: &str| text.lines().any(|line| line.trim_start().starts_with(head));
    has("Policy:") && (has("Format:") || has("Derivation:"))
}

/// BlueWallet writes its own seeds there.
pub(super) fn has_seed(text: &str) -> bool {
    text.lines().any(|line| {
        line.split_once(':').is_some_and(|(head, rest)| {
            head.trim().eq_ignore_ascii_case("seed") && rest.split_whitespace().count() > 1
        })
    })
}

#[derive(Default)]
struct Sheet<'a> {
    name: Option<&'a str>,
    policy: Option<(usize, usize)>,
    format: Option<Wrapped>,
    path: Option<DerivationPath>,
    keys: Vec<String>,
}

pub(super) fn read(reader: &Reader<'_>, text: &str) -> Result<Reading, RegistrationError> {
    let mut sheet = Sheet::default();
    for (line, text) in (1..).zip(text.lines().map(str::trim)) {
        sheet.take(text).map_err(|why| RegistrationError::Line { line, why })?;
    }
    let missing = |field: &str, why| RegistrationError::Field { field: field.into(), why };
    let (needed, of) = sheet.policy.ok_or_else(|| missing("Policy", Part::Missing))?;
    let format = sheet.format.ok_or_else(|| missing("Format", Part::Missing))?;
    if sheet.keys.len() != of {
        return Err(missing("Policy", Part::Count));
    }
    let body = format.sorted(needed, &sheet.keys);
    let draft = Draft {
        body: &body,
        name: sheet.name,
        form: Form::ColdcardText,
        integrity: Integrity::KeysOnly,
        steps: Steps::Understood,
    };
    Ok(Reading::of(draft.finish(reader)?))
}

impl<'a> Sheet<'a> {
    fn take(&mut self, line: &'a str) -> Result<(), Part> {
        // BlueWallet's paths of single keys stand in comments
        let comment = line.strip_prefix('#').map(str::trim);
        let own = comment.filter(|text| text.starts_with("derivation:"));
        if line.is_empty() || (comment.is_some() && own.is_none()) {
            return Ok(());
        }
        let (head, value) = own.unwrap_or(line).split_once(':').ok_or(Part::Value)?;
        let (head, value) = (head.trim(), value.trim());
        match head {
            "Name" => once(&mut self.name, value),
            "Policy" => once(&mut self.policy, policy(value).ok_or(Part::Value)?),
            "Format" => once(&mut self.format, Wrapped::named(value).ok_or(Part::Value)?),
            "Derivation" | "derivation" => {
                self.path = Some(path_of(value).map_err(Part::Key)?);
                Ok(())
            }
            fingerprint => {
                let fingerprint = fingerprint_of(fingerprint).map_err(|_| Part::Value)?;
                let path = self.path.clone().ok_or(Part::Key(KeyError::Path))?;
                if self.keys.len() == MOST {
                    return Err(Part::Count);
                }
                self.keys.push(format!("{}{value}", origin_text(&(fingerprint, path))));
                Ok(())
            }
        }
    }
}

fn once<T>(field: &mut Option<T>, value: T) -> Result<(), Part> {
    if field.is_some() {
        return Err(Part::Twice);
    }
    *field = Some(value);
    Ok(())
}

/// `2 of 3`, or `2/3`.
fn policy(value: &str) -> Option<(usize, usize)> {
    let (needed, of) = value.split_once(" of ").or_else(|| value.split_once('/'))?;
    let (needed, of) = (needed.trim().parse().ok()?, of.trim().parse().ok()?);
    (1 <= needed && needed <= of && of <= MOST).then_some((needed, of))
}
