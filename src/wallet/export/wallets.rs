//! A whole wallet in the forms that coordinators read.

use super::cbor::{self, Done, FIRST, To, tag, written};
use super::keys::pretty;
use super::{ExportError, Exported, text};
use crate::wallet::registration::RegistryType;
use crate::wallet::{Chain, Signer, SignerKey, Wallet, address};
use miniscript::descriptor::{DescriptorPublicKey, ShInner, SortedMultiVec, WshInner};
use miniscript::{Descriptor, ScriptContext, Terminal};
use serde_json::{Value, json};

/// A form for a whole wallet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WalletForm {
    /// The descriptor with both chains (BIP389) and its checksum.
    Descriptor,
    /// A BSMS descriptor record with the first address (BIP129).
    Bsms,
    /// Coldcard's multisig text. Sorted keys alone.
    ColdcardText,
    /// Specter's JSON: the receive descriptor and a label.
    SpecterJson,
    /// `crypto-output`. Single keys and plain multisig.
    CryptoOutput,
    /// `output-descriptor`, with its name.
    OutputDescriptor,
    /// What Bitcoin Core's `importdescriptors` takes.
    CoreImport,
}

/// The wallet in a form.
pub fn export_wallet(wallet: &Wallet, form: WalletForm) -> Result<Exported, ExportError> {
    match form {
        WalletForm::Descriptor => Ok(text(wallet.text().to_owned(), "txt")),
        WalletForm::Bsms => Ok(text(bsms(wallet)?, "bsms")),
        WalletForm::ColdcardText => Ok(text(coldcard(wallet)?, "txt")),
        WalletForm::SpecterJson => {
            let receive = wallet.chain_text(Chain::Receive).ok_or(ExportError::Underivable)?;
            let devices: Vec<Value> = wallet
                .signers()
                .iter()
                .map(|signer| json!({ "type": "other", "label": name(signer) }))
                .collect();
            let json = json!({
                "label": wallet.name(),
                "blockheight": 0,
                "descriptor": receive,
                "devices": devices,
            });
            Ok(text(pretty(&json), "json"))
        }
        WalletForm::CryptoOutput => {
            let script = plain(wallet).ok_or(ExportError::NotPlain)?;
            let cbor = written(|to| output(to, wallet, &script));
            Ok(Exported::Registry(RegistryType::CryptoOutput, cbor))
        }
        WalletForm::OutputDescriptor => {
            let body = wallet.body();
            let named = !wallet.name().is_empty();
            let cbor = written(|to| {
                to.map(1 + u64::from(named))?.u8(1)?.str(body)?;
                if named {
                    to.u8(3)?.str(wallet.name())?;
                }
                Ok(())
            });
            Ok(Exported::Registry(RegistryType::OutputDescriptor, cbor))
        }
        WalletForm::CoreImport => Ok(text(pretty(&Value::Array(core_entries(wallet)?)), "json")),
    }
}

/// One entry a chain: Core knows both in one only since version 28.
pub(super) fn core_entries(wallet: &Wallet) -> Result<Vec<Value>, ExportError> {
    let chains = [(Chain::Receive, false), (Chain::Change, true)];
    let entry = |(chain, internal)| {
        let text = wallet.chain_text(chain).ok_or(ExportError::Underivable)?;
        Ok(json!({
            "desc": text,
            "active": true,
            "internal": internal,
            "range": [0, 999],
            "timestamp": "now",
        }))
    };
    chains.into_iter().map(entry).collect()
}

/// A signer's name where it has none: its fingerprint.
fn name(signer: &Signer) -> String {
    match &signer.origin {
        Some((fingerprint, _)) => fingerprint.to_string(),
        None => "unknown".to_owned(),
    }
}

/// BIP129: `/**` with the restrictions where all keys have the usual chains; else the text as it is.
fn bsms(wallet: &Wallet) -> Result<String, ExportError> {
    let script = wallet.script(Chain::Receive, 0).ok_or(ExportError::Underivable)?;
    let first = address(&script, wallet.network()).ok_or(ExportError::Underivable)?;
    let body = wallet.body();
    let usual = body.matches("/<").count() == body.matches("/<0;1>/*").count();
    let (descriptor, restrictions) = match usual {
        true => (body.replace("/<0;1>/*", "/**"), "/0/*,/1/*"),
        false => (body.to_owned(), "No path restrictions"),
    };
    Ok(format!("BSMS 1.0\n{descriptor}\n{restrictions}\n{first}\n"))
}

/// Coldcard's text: every key has its own path before it.
fn coldcard(wallet: &Wallet) -> Result<String, ExportError> {
    let script = plain(wallet).filter(|script| script.sorted).ok_or(ExportError::NotSorted)?;
    let format = match script.tags.as_slice() {
        [400] => "P2SH",
        [401] => "P2WSH",
        [400, 401] => "P2SH-P2WSH",
        _ => return Err(ExportError::NotSorted),
    };
    let name = if wallet.name().is_empty() { "Wallet" } else { wallet.name() };
    let mut text = format!(
        "# Exported by Coldlight\nName: {name}\nPolicy: {} of {}\nFormat: {format}\n",
        script.needed,
        script.keys.len()
    );
    for number in script.keys {
        let signer = &wallet.signers()[number];
        let (fingerprint, path) = signer.origin.as_ref().ok_or(ExportError::NotSorted)?;
        text.push_str(&format!("\nDerivation: m/{path}\n{fingerprint:X}: {}\n", signer.text()));
    }
    Ok(text)
}

/// A wallet of single keys or plain multisig whose keys have the usual chains.
pub(super) struct Plain {
    /// The tags of what is wrapped around the keys (BCR-2020-010).
    tags: Vec<u64>,
    /// The tag of a single key's script, or of the multisig.
    tag: u64,
    needed: usize,
    pub(super) sorted: bool,
    /// The signers' numbers.
    pub(super) keys: Vec<usize>,
}

pub(super) fn plain(wallet: &Wallet) -> Option<Plain> {
    let usual = wallet.signers().iter().all(|signer| {
        matches!(&signer.key, SignerKey::Extended(_))
            && signer.uses.iter().all(|one| {
                one.steps.as_ref().is_some_and(|[receive, change]| {
                    receive.to_string() == "0" && change.to_string() == "1"
                })
            })
    });
    let single = |tags: &[u64], tag| {
        let tags = tags.to_vec();
        Some(Plain { tags, tag, needed: 1, sorted: false, keys: vec![0] })
    };
    let found = match wallet.chain(Chain::Receive) {
        Descriptor::Pkh(_) => single(&[], 403),
        Descriptor::Wpkh(_) => single(&[], 404),
        Descriptor::Tr(tr) if tr.tap_tree().is_none() => single(&[], 409),
        Descriptor::Wsh(wsh) => in_wsh(wallet, wsh.as_inner(), &[401]),
        Descriptor::Sh(sh) => match sh.as_inner() {
            ShInner::Wpkh(_) => single(&[400], 404),
            ShInner::Wsh(wsh) => in_wsh(wallet, wsh.as_inner(), &[400, 401]),
            ShInner::SortedMulti(multi) => sorted(wallet, multi, &[400]),
            ShInner::Ms(script) => ordered(wallet, &script.node, &[400]),
        },
        Descriptor::Tr(_) | Descriptor::Bare(_) => None,
    };
    found.filter(|_| usual)
}

fn in_wsh(wallet: &Wallet, inner: &WshInner<DescriptorPublicKey>, tags: &[u64]) -> Option<Plain> {
    match inner {
        WshInner::SortedMulti(multi) => sorted(wallet, multi, tags),
        WshInner::Ms(script) => ordered(wallet, &script.node, tags),
    }
}

fn sorted<Ctx: ScriptContext>(
    wallet: &Wallet,
    multi: &SortedMultiVec<DescriptorPublicKey, Ctx>,
    tags: &[u64],
) -> Option<Plain> {
    let keys = numbers(wallet, multi.pks())?;
    Some(Plain { tags: tags.to_vec(), tag: 407, needed: multi.k(), sorted: true, keys })
}

fn ordered<Ctx: ScriptContext>(
    wallet: &Wallet,
    node: &Terminal<DescriptorPublicKey, Ctx>,
    tags: &[u64],
) -> Option<Plain> {
    let Terminal::Multi(keys) = node else { return None };
    let numbers = numbers(wallet, keys.data())?;
    Some(Plain { tags: tags.to_vec(), tag: 406, needed: keys.k(), sorted: false, keys: numbers })
}

fn numbers(wallet: &Wallet, keys: &[DescriptorPublicKey]) -> Option<Vec<usize>> {
    keys.iter().map(|key| crate::wallet::signer::number(wallet.signers(), key)).collect()
}

/// BCR-2020-010. The chains are understood.
fn output(to: &mut To, wallet: &Wallet, script: &Plain) -> Done {
    script.tags.iter().chain([&script.tag]).try_for_each(|number| tag(to, *number))?;
    let shared = matches!(script.tag, 406 | 407);
    if shared {
        to.map(2)?.u8(1)?.u64(script.needed as u64)?.u8(2)?.array(script.keys.len() as u64)?;
    }
    for number in &script.keys {
        let signer = &wallet.signers()[*number];
        if let SignerKey::Extended(key) = &signer.key {
            tag(to, FIRST.key)?;
            cbor::hdkey(to, key, signer.origin.as_ref(), FIRST)?;
        }
    }
    Ok(())
}
