//! `hdkey` and `crypto-hdkey` (BCR-2020-007): an extended key with its origin and its children.

use super::RegistryError;
use super::cbor::Cbor;
use crate::wallet::signer::origin_text;
use bitcoin::NetworkKind;
use bitcoin::bip32::{ChainCode, ChildNumber, DerivationPath, Fingerprint, KeySource, Xpub};
use bitcoin::secp256k1::PublicKey;

/// Tags within a key, of both versions: path, coin.
const KEYPATH: [u64; 2] = [304, 40_304];
const COIN: [u64; 2] = [305, 40_305];

/// An extended key.
pub(super) struct HdKey {
    key: Xpub,
    origin: Option<KeySource>,
    /// The steps below it as descriptors have them.
    children: String,
    pub(super) name: Option<String>,
}

impl HdKey {
    /// `[origin]xpub` without the children.
    pub(super) fn with_origin(&self) -> String {
        format!("{}{}", self.origin.as_ref().map(origin_text).unwrap_or_default(), self.key)
    }

    /// As a descriptor has it.
    pub(super) fn text(&self) -> String {
        format!("{}{}", self.with_origin(), self.children)
    }
}

/// A path with what BCR-2020-007 puts beside it.
#[derive(Default)]
struct KeyPath {
    steps: Vec<ChildNumber>,
    children: String,
    fingerprint: Option<Fingerprint>,
    depth: Option<u8>,
}

/// Reads a key, whose tag was read. A key that names no master fingerprint is one of `master`'s.
pub(super) fn read(
    cbor: &mut Cbor<'_>,
    master: Option<Fingerprint>,
) -> Result<HdKey, RegistryError> {
    let (mut data, mut code, mut test) = (None, None, false);
    let (mut origin, mut children): (Option<KeyPath>, Option<KeyPath>) = (None, None);
    let (mut parent, mut name) = (None, None);
    cbor.map(|key, cbor| {
        match key {
            1 | 2 => {
                if cbor.bool()? {
                    return Err(RegistryError::PrivateKey);
                }
            }
            3 => data = Some(cbor.bytes::<33>()?),
            4 => code = Some(cbor.bytes::<32>()?),
            5 => test = coin(cbor)?,
            6 => origin = Some(path(cbor)?),
            7 => children = Some(path(cbor)?),
            8 => parent = Some(Fingerprint::from(cbor.u32()?.to_be_bytes())),
            9 => name = Some(cbor.text()?.to_owned()),
            10 => {
                cbor.text()?;
            }
            _ => return Err(cbor.wrong()),
        }
        Ok(())
    })?;
    let wrong = cbor.wrong();
    let RegistryError::Structure { at } = wrong else { return Err(wrong) };
    let unusable = RegistryError::Key { at };
    let (data, code) = (data.ok_or(unusable)?, code.ok_or(unusable)?);
    if data[0] == 0 {
        return Err(RegistryError::PrivateKey);
    }
    let public_key = PublicKey::from_slice(&data).map_err(|_| unusable)?;
    let told = origin.is_some();
    let origin = origin.unwrap_or_default();
    if !origin.children.is_empty() {
        return Err(RegistryError::Children { at });
    }
    let depth = match origin.depth {
        Some(depth) => depth,
        None => u8::try_from(origin.steps.len()).map_err(|_| unusable)?,
    };
    // BIP32: the master key has neither; a key right below it has the master for its parent
    let parent = parent.or(origin.fingerprint.filter(|_| origin.steps.len() == 1));
    let child = origin.steps.last().copied().filter(|_| depth > 0);
    let key = Xpub {
        network: if test { NetworkKind::Test } else { NetworkKind::Main },
        depth,
        parent_fingerprint: parent.filter(|_| depth > 0).unwrap_or_default(),
        child_number: child.unwrap_or(ChildNumber::Normal { index: 0 }),
        public_key,
        chain_code: ChainCode::from(code),
    };
    let fingerprint = origin.fingerprint.or(master.filter(|_| told));
    let path = DerivationPath::from(origin.steps);
    let source = fingerprint.map(|fingerprint| (fingerprint, path));
    let children = match children {
        Some(children) => below(&children),
        None => String::new(),
    };
    Ok(HdKey { key, origin: source, children, name })
}

/// The network: is it a test network?
fn coin(cbor: &mut Cbor<'_>) -> Result<bool, RegistryError> {
    if !COIN.contains(&cbor.tag()?) {
        return Err(cbor.wrong());
    }
    let mut test = false;
    cbor.map(|key, cbor| {
        let RegistryError::Structure { at } = cbor.wrong() else { return Err(cbor.wrong()) };
        let value = cbor.number()?;
        match (key, value) {
            (1, 0) | (2, 0) => {}
            (2, 1) => test = true,
            (1, _) => return Err(RegistryError::Currency { at }),
            _ => return Err(RegistryError::Structure { at }),
        }
        Ok(())
    })?;
    Ok(test)
}

fn path(cbor: &mut Cbor<'_>) -> Result<KeyPath, RegistryError> {
    if !KEYPATH.contains(&cbor.tag()?) {
        return Err(cbor.wrong());
    }
    let mut path = KeyPath::default();
    cbor.map(|key, cbor| {
        match key {
            1 => components(cbor, &mut path)?,
            2 => path.fingerprint = Some(Fingerprint::from(cbor.u32()?.to_be_bytes())),
            3 => {
                let depth = u8::try_from(cbor.number()?).map_err(|_| cbor.wrong())?;
                path.depth = Some(depth);
            }
            _ => return Err(cbor.wrong()),
        }
        Ok(())
    })?;
    Ok(path)
}

/// Numbers, each followed by whether it is hardened; `[]` for any child; four values in an array for
/// the two chains.
fn components(cbor: &mut Cbor<'_>, path: &mut KeyPath) -> Result<(), RegistryError> {
    let mut left = cbor.array()?;
    while left > 0 {
        let RegistryError::Structure { at } = cbor.wrong() else { return Err(cbor.wrong()) };
        // nothing follows the wildcard, and chains come once
        if path.children.contains('*') {
            return Err(RegistryError::Children { at });
        }
        if !cbor.is_array() {
            let step = step(cbor)?;
            left = left.checked_sub(2).ok_or_else(|| cbor.wrong())?;
            match path.children.is_empty() {
                true => path.steps.push(step),
                false => path.children.push_str(&format!("/{step}")),
            }
            continue;
        }
        match cbor.array()? {
            0 => {
                let hardened = cbor.bool()?;
                path.children.push_str(if hardened { "/*'" } else { "/*" });
                left = left.checked_sub(2).ok_or_else(|| cbor.wrong())?;
            }
            4 if !path.children.contains('<') => {
                let (receive, change) = (step(cbor)?, step(cbor)?);
                path.children.push_str(&format!("/<{receive};{change}>"));
                left -= 1;
            }
            _ => return Err(RegistryError::Children { at }),
        }
    }
    Ok(())
}

fn step(cbor: &mut Cbor<'_>) -> Result<ChildNumber, RegistryError> {
    let wrong = cbor.wrong();
    let index = cbor.u32()?;
    let step = if cbor.bool()? {
        ChildNumber::from_hardened_idx(index)
    } else {
        ChildNumber::from_normal_idx(index)
    };
    step.map_err(|_| wrong)
}

/// The children's steps as descriptors have them.
fn below(children: &KeyPath) -> String {
    let steps: String = children.steps.iter().map(|step| format!("/{step}")).collect();
    format!("{steps}{}", children.children)
}
