//! An account's keys in the forms that coordinators read.

use super::cbor::{self, Done, FIRST, SECOND, Tags, To, tag, written};
use super::{AccountKey, AccountKind, ExportError, Exported, text};
use crate::wallet::registration::RegistryType;
use crate::wallet::{
    Chain, Network, ScriptType, Wallet, address, single_key_descriptor, write_extended_key,
};
use serde_json::{Map, Value, json};

/// A form for accounts' keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyForm {
    /// `[fingerprint/path]xpub...`, one a line.
    Text,
    /// The key alone, with the prefix of SLIP-132 (`zpub...`). One key.
    Slip132,
    /// The descriptor with both chains and its checksum. One single-key account.
    Descriptor,
    /// `crypto-account`: any number of accounts.
    CryptoAccount,
    /// `crypto-hdkey`. One key.
    CryptoHdKey,
    /// `hdkey`. One key.
    HdKey,
    /// `crypto-multi-accounts`: any number of accounts, without what they are for.
    CryptoMultiAccounts,
    /// Coldcard's JSON: any number of accounts, without the master key.
    ColdcardJson,
    /// What Bitcoin Core's `importdescriptors` takes: any number of single-key accounts.
    CoreImport,
}

/// The keys in a form.
pub fn export_keys(keys: &[AccountKey], form: KeyForm) -> Result<Exported, ExportError> {
    let first = keys.first().ok_or(ExportError::NoKey)?;
    if keys.iter().any(|key| key.origin().0 != first.origin().0) {
        return Err(ExportError::SeveralSeeds);
    }
    let one = || if keys.len() == 1 { Ok(first) } else { Err(ExportError::OneKey) };
    match form {
        KeyForm::Text => {
            let lines: Vec<String> = keys.iter().map(AccountKey::text).collect();
            Ok(text(lines.join("\n"), "txt"))
        }
        KeyForm::Slip132 => {
            let prefix = one()?.kind().prefix().ok_or(ExportError::Kind)?;
            Ok(text(write_extended_key(first.key(), prefix), "txt"))
        }
        KeyForm::Descriptor => Ok(text(descriptor(one()?)?, "txt")),
        KeyForm::CryptoHdKey => Ok(hdkey(one()?, RegistryType::CryptoHdKey, FIRST)),
        KeyForm::HdKey => Ok(hdkey(one()?, RegistryType::HdKey, SECOND)),
        KeyForm::CryptoAccount => {
            // BCR-2020-015 has no way to say BIP87
            if keys.iter().any(|key| key.kind() == AccountKind::SharedAny) {
                return Err(ExportError::Kind);
            }
            Ok(Exported::Registry(RegistryType::CryptoAccount, written(|to| account(to, keys))))
        }
        KeyForm::CryptoMultiAccounts => {
            let cbor = written(|to| accounts(to, keys));
            Ok(Exported::Registry(RegistryType::CryptoMultiAccounts, cbor))
        }
        KeyForm::ColdcardJson => coldcard(keys),
        KeyForm::CoreImport => core(keys),
    }
}

/// The descriptor of a single-key account.
fn descriptor(key: &AccountKey) -> Result<String, ExportError> {
    match key.kind() {
        AccountKind::Single(script) => Ok(single_key_descriptor(script, key.origin(), key.key())),
        _ => Err(ExportError::Kind),
    }
}

fn hdkey(key: &AccountKey, kind: RegistryType, tags: Tags) -> Exported {
    let cbor = written(|to| cbor::hdkey(to, key.key(), Some(key.origin()), tags));
    Exported::Registry(kind, cbor)
}

/// BCR-2020-015, without the tags 308 (output) and 410 (cosigner) that its examples have around each key:
/// the readers of BlueWallet and Keeper stop at the first, Nunchuk's at both, and none needs them.
fn account(to: &mut To, keys: &[AccountKey]) -> Done {
    let master = keys.first().map_or(0, fingerprint);
    to.map(2)?.u8(1)?.u32(master)?.u8(2)?.array(keys.len() as u64)?;
    for key in keys {
        let tags: &[u64] = match key.kind() {
            AccountKind::Single(ScriptType::Legacy) => &[403],
            AccountKind::Single(ScriptType::NestedSegwit) => &[400, 404],
            AccountKind::Single(ScriptType::NativeSegwit) => &[404],
            AccountKind::Single(ScriptType::Taproot) => &[409],
            AccountKind::SharedLegacy => &[400],
            AccountKind::SharedNested => &[400, 401],
            AccountKind::SharedSegwit | AccountKind::SharedAny => &[401],
        };
        tags.iter().try_for_each(|number| tag(to, *number))?;
        tag(to, FIRST.key)?;
        cbor::hdkey(to, key.key(), Some(key.origin()), FIRST)?;
    }
    Ok(())
}

/// Keystone's.
fn accounts(to: &mut To, keys: &[AccountKey]) -> Done {
    let master = keys.first().map_or(0, fingerprint);
    to.map(3)?.u8(1)?.u32(master)?.u8(2)?.array(keys.len() as u64)?;
    for key in keys {
        tag(to, FIRST.key)?;
        cbor::hdkey(to, key.key(), Some(key.origin()), FIRST)?;
    }
    to.u8(3)?.str("Coldlight")?;
    Ok(())
}

fn fingerprint(key: &AccountKey) -> u32 {
    u32::from_be_bytes(key.origin().0.to_bytes())
}

/// Coldcard's generic JSON. It has the master key's own `xpub`, too, which is never given.
fn coldcard(keys: &[AccountKey]) -> Result<Exported, ExportError> {
    let mut object = Map::new();
    if let Some(first) = keys.first() {
        let chain = if first.network() == Network::Main { "BTC" } else { "XTN" };
        object.insert("chain".into(), json!(chain));
        object.insert("xfp".into(), json!(first.origin().0.to_string().to_uppercase()));
        object.insert("account".into(), json!(first.account()));
    }
    for key in keys {
        let (section, name) = match key.kind() {
            AccountKind::Single(ScriptType::Legacy) => ("bip44", "p2pkh"),
            AccountKind::Single(ScriptType::NestedSegwit) => ("bip49", "p2sh-p2wpkh"),
            AccountKind::Single(ScriptType::NativeSegwit) => ("bip84", "p2wpkh"),
            AccountKind::Single(ScriptType::Taproot) => ("bip86", "p2tr"),
            AccountKind::SharedLegacy => ("bip45", "p2sh"),
            AccountKind::SharedNested => ("bip48_1", "p2sh-p2wsh"),
            AccountKind::SharedSegwit => ("bip48_2", "p2wsh"),
            AccountKind::SharedAny => return Err(ExportError::Kind),
        };
        let mut entry = Map::new();
        entry.insert("name".into(), json!(name));
        entry.insert("deriv".into(), json!(format!("m/{}", key.origin().1)));
        entry.insert("xpub".into(), json!(key.key().to_string()));
        entry.insert("xfp".into(), json!(key.key().fingerprint().to_string().to_uppercase()));
        if let Some(prefix) = key.kind().prefix() {
            entry.insert("_pub".into(), json!(write_extended_key(key.key(), prefix)));
        }
        if let Ok(descriptor) = descriptor(key) {
            if let Some(first) = first_address(&descriptor, key.network()) {
                entry.insert("first".into(), json!(first));
            }
            entry.insert("desc".into(), json!(descriptor));
        }
        if object.insert(section.into(), Value::Object(entry)).is_some() {
            return Err(ExportError::Kind);
        }
    }
    Ok(text(pretty(&Value::Object(object)), "json"))
}

fn first_address(descriptor: &str, network: Network) -> Option<String> {
    let wallet = Wallet::parse(descriptor, "", network).ok()?;
    address(&wallet.script(Chain::Receive, 0)?, network)
}

fn core(keys: &[AccountKey]) -> Result<Exported, ExportError> {
    let mut list = Vec::new();
    for key in keys {
        let wallet = Wallet::parse(&descriptor(key)?, "", key.network());
        list.extend(super::wallets::core_entries(&wallet.map_err(|_| ExportError::Underivable)?)?);
    }
    Ok(text(pretty(&Value::Array(list)), "json"))
}

/// JSON for people's eyes, too.
pub(super) fn pretty(value: &Value) -> String {
    // a value of these has no map with other keys than text, the one thing that can fail
    serde_json::to_string_pretty(value).unwrap_or_default()
}
