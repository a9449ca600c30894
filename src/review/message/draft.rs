//! A BIP322 request for words that were typed here: the same PSBT that a coordinator would send, so
//! that both take the same road.

use super::OwnPlace;
use crate::message::{MessageText, Request, to_sign, to_spend};
use crate::psbt::{Limits, Psbt};
use crate::review::Context;
use crate::wallet::ScriptType;
use bitcoin::bip32::DerivationPath;
use bitcoin::psbt::raw;
use miniscript::psbt::PsbtExt;
use miniscript::{DefiniteDescriptorKey, Descriptor};

/// PSBT_GLOBAL_GENERIC_SIGNED_MESSAGE (BIP322).
const MESSAGE_FIELD: u8 = 0x09;

/// The request to sign `text` for an address of ours. None where no key is open, or the place is of
/// a wallet that is not loaded.
pub fn draft(text: &MessageText, place: &OwnPlace, context: &Context<'_>) -> Option<Request> {
    let descriptor = match place {
        OwnPlace::Seed { path, script_type } => single_key(path, *script_type, context)?,
        OwnPlace::Wallet { number, chain, index } => {
            context.wallets.get(*number)?.at(*chain, *index)?
        }
    };
    let psbt = psbt(text, &descriptor)?;
    let psbt = Psbt::parse(&psbt.serialize(), &Limits::default()).ok()?;
    Request::of(psbt).ok()
}

fn single_key(
    path: &DerivationPath,
    script_type: ScriptType,
    context: &Context<'_>,
) -> Option<Descriptor<DefiniteDescriptorKey>> {
    let keys = context.keys?;
    let key = format!("[{}/{path}]{}", keys.fingerprint(), keys.public_key(path)?);
    let text = match script_type {
        ScriptType::Legacy => format!("pkh({key})"),
        ScriptType::NestedSegwit => format!("sh(wpkh({key}))"),
        ScriptType::NativeSegwit => format!("wpkh({key})"),
        ScriptType::Taproot => format!("tr({key})"),
    };
    text.parse().ok()
}

/// BIP322, "PSBT creator".
fn psbt(
    text: &MessageText,
    descriptor: &Descriptor<DefiniteDescriptorKey>,
) -> Option<bitcoin::Psbt> {
    let to_spend = to_spend(text, &descriptor.script_pubkey());
    let mut psbt = bitcoin::Psbt::from_unsigned_tx(to_sign(&to_spend)).ok()?;
    let input = psbt.inputs.first_mut()?;
    if descriptor.desc_type().segwit_version().is_some() {
        input.witness_utxo = to_spend.output.first().cloned();
    }
    input.non_witness_utxo = Some(to_spend);
    psbt.update_input_with_descriptor(0, descriptor).ok()?;
    let key = raw::Key { type_value: MESSAGE_FIELD, key: vec![] };
    psbt.unknown.insert(key, text.as_bytes().to_vec());
    Some(psbt)
}
