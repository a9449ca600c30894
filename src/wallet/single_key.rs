//! What a single key's account is called elsewhere: its output descriptor (BIP380, BIP389).

use super::ScriptType;
use bitcoin::bip32::{KeySource, Xpub};
use miniscript::descriptor::checksum::desc_checksum;

/// The descriptor of a standard account, receive and change, with its checksum. `account` is the
/// extended key at `origin`'s path.
pub fn single_key_descriptor(
    script_type: ScriptType,
    origin: &KeySource,
    account: &Xpub,
) -> String {
    let (fingerprint, path) = origin;
    let steps: String = path.into_iter().map(|step| format!("/{step}")).collect();
    let key = format!("[{fingerprint}{steps}]{account}/<0;1>/*");
    let text = match script_type {
        ScriptType::Legacy => format!("pkh({key})"),
        ScriptType::NestedSegwit => format!("sh(wpkh({key}))"),
        ScriptType::NativeSegwit => format!("wpkh({key})"),
        ScriptType::Taproot => format!("tr({key})"),
    };
    let checksum = desc_checksum(&text).expect("BIP380's characters alone stand in it");
    format!("{text}#{checksum}")
}
