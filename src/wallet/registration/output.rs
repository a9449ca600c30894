//! `crypto-output` (BCR-2020-010), a descriptor as a tree of CBOR tags, and `output-descriptor`
//! (BCR-2023-010), a descriptor's text whose keys stand beside it.

use super::adapt::cut;
use super::cbor::Cbor;
use super::{RegistrationError, RegistryError, hdkey};
use bitcoin::bip32::Fingerprint;

/// Deepest nesting: `crypto-output`, `sh`, `wsh`, `multi`, a key.
const DEEPEST: usize = 6;

/// A descriptor's text, the keys beside it, and its name where it has one.
pub(super) struct Output<'a> {
    source: &'a str,
    keys: Vec<String>,
    pub(super) name: Option<&'a str>,
}

impl Output<'_> {
    /// The descriptor's text with its keys in their places, without a checksum.
    pub(super) fn body(&self) -> Result<String, RegistrationError> {
        let (body, _) = super::descriptors::checked_if_given(self.source)?;
        let body = cut(body)?.with_keys(|_, key| {
            let Some(number) = key.text.strip_prefix('@') else {
                return Ok(key.text.to_owned());
            };
            let number: usize = number.parse().map_err(|_| RegistryError::Placeholder)?;
            self.keys.get(number).cloned().ok_or(RegistryError::Placeholder)
        })?;
        Ok(body)
    }
}

/// Version 1: the script expressions as tags.
pub(super) fn first(
    cbor: &mut Cbor<'_>,
    master: Option<Fingerprint>,
) -> Result<String, RegistryError> {
    script(cbor, master, DEEPEST)
}

fn script(
    cbor: &mut Cbor<'_>,
    master: Option<Fingerprint>,
    depth: usize,
) -> Result<String, RegistryError> {
    let tag = cbor.tag()?;
    tagged(tag, cbor, master, depth)
}

/// What stands under a tag that was read.
fn tagged(
    tag: u64,
    cbor: &mut Cbor<'_>,
    master: Option<Fingerprint>,
    depth: usize,
) -> Result<String, RegistryError> {
    let depth = depth.checked_sub(1).ok_or_else(|| cbor.wrong())?;
    let name = match tag {
        308 => return script(cbor, master, depth),
        400 => return Ok(format!("sh({})", wrapped(cbor, master, depth)?)),
        401 => return Ok(format!("wsh({})", wrapped(cbor, master, depth)?)),
        402 => "pk",
        403 => "pkh",
        404 => "wpkh",
        406 => return multi(cbor, master, "multi"),
        407 => return multi(cbor, master, "sortedmulti"),
        409 => "tr",
        410 => "cosigner",
        tag => return Err(RegistryError::Script { tag }),
    };
    Ok(format!("{name}({})", key(cbor, master)?))
}

/// A script in `sh` or `wsh`. A key alone there is one cosigner's: Jade, SeedSigner and Keystone leave
/// out the tag that says so.
fn wrapped(
    cbor: &mut Cbor<'_>,
    master: Option<Fingerprint>,
    depth: usize,
) -> Result<String, RegistryError> {
    match cbor.tag()? {
        303 | 40_303 => Ok(format!("cosigner({})", hdkey::read(cbor, master)?.text())),
        tag => tagged(tag, cbor, master, depth),
    }
}

fn multi(
    cbor: &mut Cbor<'_>,
    master: Option<Fingerprint>,
    name: &str,
) -> Result<String, RegistryError> {
    let (mut threshold, mut keys) = (None, Vec::new());
    cbor.map(|entry, cbor| {
        match entry {
            1 => threshold = Some(cbor.u32()?),
            2 => {
                for _ in 0..cbor.array()? {
                    keys.push(key(cbor, master)?);
                }
            }
            _ => return Err(cbor.wrong()),
        }
        Ok(())
    })?;
    let threshold = threshold.ok_or_else(|| cbor.wrong())?;
    Ok(format!("{name}({threshold},{})", keys.join(",")))
}

/// An extended key, or a single public one (BCR-2020-008).
fn key(cbor: &mut Cbor<'_>, master: Option<Fingerprint>) -> Result<String, RegistryError> {
    match cbor.tag()? {
        303 | 40_303 => Ok(hdkey::read(cbor, master)?.text()),
        306 | 40_306 => single(cbor),
        tag => Err(RegistryError::Script { tag }),
    }
}

fn single(cbor: &mut Cbor<'_>) -> Result<String, RegistryError> {
    let mut data = None;
    cbor.map(|entry, cbor| {
        match entry {
            1 if cbor.number()? == 0 => {}
            2 => {
                if cbor.bool()? {
                    return Err(RegistryError::PrivateKey);
                }
            }
            3 => data = Some(cbor.bytes::<33>()?),
            _ => return Err(cbor.wrong()),
        }
        Ok(())
    })?;
    let data = data.ok_or_else(|| cbor.wrong())?;
    Ok(data.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Version 3: the text with `@0`, `@1` and so on for the keys beside it.
pub(super) fn third<'a>(
    cbor: &mut Cbor<'a>,
    master: Option<Fingerprint>,
) -> Result<Output<'a>, RegistryError> {
    let (mut source, mut keys, mut name) = (None, Vec::new(), None);
    cbor.map(|entry, cbor| {
        match entry {
            1 => source = Some(cbor.text()?),
            2 => {
                for _ in 0..cbor.array()? {
                    keys.push(key(cbor, master)?);
                }
            }
            3 => name = Some(cbor.text()?),
            4 => {
                cbor.text()?;
            }
            _ => return Err(cbor.wrong()),
        }
        Ok(())
    })?;
    let source = source.ok_or_else(|| cbor.wrong())?;
    Ok(Output { source, keys, name })
}
