//! Account keys in JSON: Coldcard's (also Passport's and others'), Cobo's, and Electrum's wallets, which
//! are such keys with a number of signatures.

use super::adapt::{Draft, Steps};
use super::coldcard::{MOST, Wrapped};
use super::cosigner::{self, single};
use super::json::{Object, field, keyed, optional, text};
use super::{CosignerKey, Form, Integrity, Part, Reader, Reading, RegistrationError};
use crate::wallet::{Prefix, ScriptType, read_extended_key};
use serde_json::Value;

/// Coldcard's sections, and what the key in each is for.
const SECTIONS: [&str; 8] =
    ["bip44", "bip49", "bip84", "bip86", "bip45", "bip48_1", "bip48_2", "bip48_3"];
/// Its older form for shared wallets: the key's field; `_deriv` makes the path's.
const SHARED: [&str; 4] = ["p2sh", "p2sh_p2wsh", "p2wsh_p2sh", "p2wsh"];

pub(super) fn read(reader: &Reader<'_>, object: &Object) -> Result<Reading, RegistrationError> {
    let mut reading = Reading { wallets: Vec::new(), cosigners: Vec::new() };
    if let (Some(key), Some(fingerprint)) =
        (optional(object, "ExtPubKey"), optional(object, "MasterFingerprint"))
    {
        let path = optional(object, "AccountKeyPath");
        add(reader, key, fingerprint, path, "ExtPubKey", &mut reading)?;
        return Ok(reading);
    }
    let Some(fingerprint) = optional(object, "xfp") else {
        return Err(RegistrationError::Unknown);
    };
    if let Some(chain) = optional(object, "chain") {
        let main = chain.eq_ignore_ascii_case("BTC");
        if main != (reader.network == crate::wallet::Network::Main) {
            return Err(RegistrationError::OtherNetwork { chosen: reader.network });
        }
    }
    for section in SECTIONS {
        let Some(entry) = object.get(section).and_then(Value::as_object) else { continue };
        let at = format!("{section}.xpub");
        let key = text(entry, "xpub").map_err(|_| field(&at, Part::Missing))?;
        let path = text(entry, "deriv").map_err(|_| field(&at, Part::Missing))?;
        add(reader, key, fingerprint, Some(path), &at, &mut reading)?;
    }
    for name in SHARED {
        let Some(key) = optional(object, name) else { continue };
        let path = text(object, &format!("{name}_deriv"))?;
        add(reader, key, fingerprint, Some(path), name, &mut reading)?;
    }
    match reading.wallets.is_empty() && reading.cosigners.is_empty() {
        true => Err(RegistrationError::Unknown),
        false => Ok(reading),
    }
}

fn add(
    reader: &Reader<'_>,
    key: &str,
    fingerprint: &str,
    path: Option<&str>,
    at: &str,
    reading: &mut Reading,
) -> Result<(), RegistrationError> {
    let key = keyed(key, Some(fingerprint), path, at)?;
    let key = CosignerKey::read(&key).map_err(|why| field(at, Part::Key(why)))?;
    cosigner::sort(reader, key, Form::ColdcardJson, reading)
}

/// Electrum's wallet file: `standard`, or `2of3` with `x1/` to `x3/`. Its keys' prefixes tell the
/// script; those of a shared wallet are sorted.
pub(super) fn electrum(reader: &Reader<'_>, object: &Object) -> Result<Reading, RegistrationError> {
    let kind = text(object, "wallet_type")?;
    let (needed, of) = match kind.split_once("of") {
        Some((needed, of)) => match (needed.parse::<usize>(), of.parse::<usize>()) {
            (Ok(needed), Ok(of)) if 1 <= needed && needed <= of && of <= MOST => (needed, of),
            _ => return Err(field("wallet_type", Part::Value)),
        },
        None if kind == "standard" => (1, 1),
        None => return Err(field("wallet_type", Part::Value)),
    };
    let (mut keys, mut labels, mut prefixes) = (Vec::new(), Vec::new(), Vec::new());
    for number in 1..=of {
        let at = if kind == "standard" { "keystore".to_owned() } else { format!("x{number}/") };
        let entry = object.get(&at).and_then(Value::as_object);
        let entry = entry.ok_or_else(|| field(&at, Part::Missing))?;
        let key = text(entry, "xpub").map_err(|_| field(&at, Part::Missing))?;
        let (_, prefix) =
            read_extended_key(key).map_err(|why| field(&at, Part::Key(why.into())))?;
        let (fingerprint, path) =
            (optional(entry, "root_fingerprint"), optional(entry, "derivation"));
        keys.push(keyed(key, fingerprint, path, &at)?);
        labels.push((key.to_owned(), optional(entry, "label").unwrap_or_default().to_owned()));
        prefixes.push(prefix);
    }
    let prefix = prefixes[0];
    if prefixes.iter().any(|other| *other != prefix) {
        return Err(field("x1/", Part::Value));
    }
    let body = match (prefix, kind == "standard") {
        (Prefix::Any, true) => single(ScriptType::Legacy, &keys[0]),
        (Prefix::NestedSingle, true) => single(ScriptType::NestedSegwit, &keys[0]),
        (Prefix::SegwitSingle, true) => single(ScriptType::NativeSegwit, &keys[0]),
        (Prefix::Any, false) => Wrapped::Sh.sorted(needed, &keys),
        (Prefix::NestedShared, false) => Wrapped::ShWsh.sorted(needed, &keys),
        (Prefix::SegwitShared, false) => Wrapped::Wsh.sorted(needed, &keys),
        _ => return Err(field("wallet_type", Part::Value)),
    };
    let draft = Draft {
        body: &body,
        name: None,
        form: Form::ElectrumJson,
        integrity: Integrity::KeysOnly,
        steps: Steps::Understood,
    };
    Ok(Reading::of(draft.finish(reader)?.labelled(&labels)))
}
