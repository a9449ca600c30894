//! Wallets in JSON, told apart by their fields: Specter's (also Sparrow's, Nunchuk's, Fully Noded's),
//! Caravan's (also Sparrow's, Unchained's), Bitcoin Core's, Electrum's, policies, account keys.

use super::adapt::{Draft, Steps};
use super::coldcard::{MOST, Wrapped};
use super::cosigner::{fingerprint_of, path_of};
use super::{
    CosignerKey, Form, Integrity, Part, Reader, Reading, RegistrationError, core, descriptors,
    keys_json, policy,
};
use crate::wallet::signer::origin_text;
use serde_json::{Map, Value};

/// An object of JSON.
pub(super) type Object = Map<String, Value>;

pub(super) fn looks_so(text: &str) -> bool {
    let rest = |head| text.strip_prefix(head).map(str::trim_start);
    // a key's origin begins with a bracket, too
    rest('{').is_some() || rest('[').is_some_and(|rest| rest.starts_with(['{', ']']))
}

pub(super) fn read(reader: &Reader<'_>, text: &str) -> Result<Reading, RegistrationError> {
    let value: Value = serde_json::from_str(text)
        .map_err(|error| RegistrationError::Json { line: error.line(), column: error.column() })?;
    if has_secret(&value) {
        return Err(RegistrationError::PrivateKey);
    }
    if let Value::Array(list) = &value {
        return core::read(reader, "", list);
    }
    let object = value.as_object().ok_or(RegistrationError::Unknown)?;
    let has = |name: &str| object.contains_key(name);
    if has("descriptors") {
        core::read(reader, "descriptors.", list(object, "descriptors")?)
    } else if has("keys") || has("keys_info") {
        of_policy(reader, object)
    } else if has("descriptor") || has("recv_descriptor") {
        specter(reader, object)
    } else if has("extendedPublicKeys") {
        caravan(reader, object)
    } else if has("wallet_type") {
        keys_json::electrum(reader, object)
    } else {
        keys_json::read(reader, object)
    }
}

/// Electrum and others keep seeds beside the public keys. Extended private keys were looked for in
/// the whole text.
fn has_secret(value: &Value) -> bool {
    match value {
        Value::Array(list) => list.iter().any(has_secret),
        Value::Object(object) => object.iter().any(|(name, value)| {
            let named = ["seed", "mnemonic", "seed_words", "words"].contains(&name.as_str());
            has_secret(value) || (named && value.as_str().is_some_and(|text| !text.is_empty()))
        }),
        _ => false,
    }
}

fn of_policy(reader: &Reader<'_>, object: &Object) -> Result<Reading, RegistrationError> {
    let names = ["descriptor_template", "template", "policy", "descriptor"];
    let name = names.into_iter().find(|name| object.contains_key(*name));
    let name = name.ok_or_else(|| field("descriptor_template", Part::Missing))?;
    let template = text(object, name)?;
    let keys_name = if object.contains_key("keys_info") { "keys_info" } else { "keys" };
    let keys: Option<Vec<&str>> = list(object, keys_name)?.iter().map(Value::as_str).collect();
    let keys = keys.ok_or_else(|| field(keys_name, Part::Value))?;
    let label = optional(object, "name").or_else(|| optional(object, "label"));
    Ok(Reading::of(policy::read(reader, label, template, &keys)?))
}

fn specter(reader: &Reader<'_>, object: &Object) -> Result<Reading, RegistrationError> {
    let name = if object.contains_key("descriptor") { "descriptor" } else { "recv_descriptor" };
    let (body, integrity) = descriptors::checked_if_given(text(object, name)?)?;
    let change = optional(object, "change_descriptor").filter(|text| !text.is_empty());
    let joined = match change.filter(|_| !body.contains('<')) {
        Some(change) => {
            let (change, _) = descriptors::checked_if_given(change)?;
            descriptors::pair(body, change)
                .ok_or_else(|| field("change_descriptor", Part::Value))?
        }
        None => body.to_owned(),
    };
    let label = optional(object, "label").or_else(|| optional(object, "name"));
    let draft = descriptors::descriptor(&joined, label, Form::SpecterJson, integrity);
    let mut registration = draft.finish(reader)?;
    if let Some(Value::Array(devices)) = object.get("devices") {
        let names: Vec<Option<&str>> = devices
            .iter()
            .map(|device| device.as_str().or_else(|| device.get("label")?.as_str()))
            .collect();
        // by place, as they are written: only where each key has one
        let keys: Vec<String> =
            registration.wallet.signers().iter().map(|signer| signer.text()).collect();
        if names.len() == keys.len() {
            let labels = keys.into_iter().zip(names);
            let labels: Vec<(String, String)> =
                labels.filter_map(|(key, name)| Some((key, name?.to_owned()))).collect();
            registration = registration.labelled(&labels);
        }
    }
    Ok(Reading::of(registration))
}

fn caravan(reader: &Reader<'_>, object: &Object) -> Result<Reading, RegistrationError> {
    if let Some(network) = optional(object, "network") {
        let main = matches!(network, "mainnet" | "bitcoin");
        if main != (reader.network == crate::wallet::Network::Main) {
            return Err(RegistrationError::OtherNetwork { chosen: reader.network });
        }
    }
    let wrapped = Wrapped::named(text(object, "addressType")?)
        .ok_or_else(|| field("addressType", Part::Value))?;
    let quorum = object.get("quorum").and_then(Value::as_object);
    let quorum = quorum.ok_or_else(|| field("quorum", Part::Missing))?;
    let number = |name: &str| {
        let value = quorum.get(name).and_then(Value::as_u64);
        let value = value.and_then(|number| usize::try_from(number).ok());
        value.ok_or_else(|| field(&format!("quorum.{name}"), Part::Value))
    };
    let (needed, of) = (number("requiredSigners")?, number("totalSigners")?);
    let list = list(object, "extendedPublicKeys")?;
    if list.len() != of || of > MOST {
        return Err(field("quorum.totalSigners", Part::Count));
    }
    let (mut keys, mut labels) = (Vec::new(), Vec::new());
    for (number, entry) in list.iter().enumerate() {
        let at = format!("extendedPublicKeys[{number}]");
        let entry = entry.as_object().ok_or_else(|| field(&at, Part::Value))?;
        let key = text(entry, "xpub").map_err(|_| field(&format!("{at}.xpub"), Part::Missing))?;
        keys.push(keyed(key, optional(entry, "xfp"), optional(entry, "bip32Path"), &at)?);
        labels.push((key.to_owned(), optional(entry, "name").unwrap_or_default().to_owned()));
    }
    let body = wrapped.sorted(needed, &keys);
    let draft = Draft {
        body: &body,
        name: optional(object, "name"),
        form: Form::CaravanJson,
        integrity: Integrity::KeysOnly,
        steps: Steps::Understood,
    };
    Ok(Reading::of(draft.finish(reader)?.labelled(&labels)))
}

/// A key with its origin in front, where both parts of it are told.
pub(super) fn keyed(
    key: &str,
    fingerprint: Option<&str>,
    path: Option<&str>,
    at: &str,
) -> Result<String, RegistrationError> {
    // only the key itself: what follows it would be taken for a part of the descriptor
    CosignerKey::read(key).map_err(|why| field(at, Part::Key(why))).and_then(|read| {
        if read.origin.is_some() { Err(field(at, Part::Value)) } else { Ok(()) }
    })?;
    let told = |text: &&str| !text.is_empty() && *text != "Unknown";
    match (fingerprint.filter(told), path.filter(told)) {
        (Some(fingerprint), Some(path)) => {
            let fingerprint =
                fingerprint_of(fingerprint).map_err(|why| field(at, Part::Key(why)))?;
            let path = path_of(path).map_err(|why| field(at, Part::Key(why)))?;
            Ok(format!("{}{key}", origin_text(&(fingerprint, path))))
        }
        _ => Ok(key.to_owned()),
    }
}

/// A field that cannot be used.
pub(super) fn field(name: &str, why: Part) -> RegistrationError {
    RegistrationError::Field { field: name.into(), why }
}

/// A field that must be text.
pub(super) fn text<'a>(object: &'a Object, name: &str) -> Result<&'a str, RegistrationError> {
    let value = object.get(name).ok_or_else(|| field(name, Part::Missing))?;
    value.as_str().ok_or_else(|| field(name, Part::Value))
}

/// A field that may be text.
pub(super) fn optional<'a>(object: &'a Object, name: &str) -> Option<&'a str> {
    object.get(name)?.as_str()
}

fn list<'a>(object: &'a Object, name: &str) -> Result<&'a [Value], RegistrationError> {
    let value = object.get(name).ok_or_else(|| field(name, Part::Missing))?;
    value.as_array().map(Vec::as_slice).ok_or_else(|| field(name, Part::Value))
}
