//! The CBOR of URs that are given away (BCR-2020-007, 010, 015; BCR-2023-010), as their papers' examples
//! have it: keys in order, the network only where it is a test network.

use bitcoin::NetworkKind;
use bitcoin::bip32::{DerivationPath, KeySource, Xpub};
use minicbor::Encoder;
use minicbor::data::Tag;
use std::convert::Infallible;

/// Writes to memory, which cannot fail.
pub(super) type To = Encoder<Vec<u8>>;
pub(super) type Done = Result<(), minicbor::encode::Error<Infallible>>;

/// The tags of one version of the registry.
#[derive(Clone, Copy)]
pub(super) struct Tags {
    pub(super) key: u64,
    path: u64,
    coin: u64,
}

/// `crypto-hdkey` and its kin.
pub(super) const FIRST: Tags = Tags { key: 303, path: 304, coin: 305 };
/// `hdkey` and its kin.
pub(super) const SECOND: Tags = Tags { key: 40_303, path: 40_304, coin: 40_305 };

/// What `write` writes.
pub(super) fn written(write: impl FnOnce(&mut To) -> Done) -> Vec<u8> {
    let mut to = Encoder::new(Vec::new());
    let done = write(&mut to);
    debug_assert!(done.is_ok(), "writing to memory cannot fail");
    to.into_writer()
}

pub(super) fn tag(to: &mut To, tag: u64) -> Done {
    to.tag(Tag::new(tag))?;
    Ok(())
}

/// An extended key with its origin, without children: an account's.
pub(super) fn hdkey(to: &mut To, key: &Xpub, origin: Option<&KeySource>, tags: Tags) -> Done {
    let test = key.network == NetworkKind::Test;
    let parent = u32::from_be_bytes(key.parent_fingerprint.to_bytes());
    let entries = 2 + u64::from(test) + u64::from(origin.is_some()) + u64::from(parent != 0);
    to.map(entries)?;
    to.u8(3)?.bytes(&key.public_key.serialize())?;
    to.u8(4)?.bytes(key.chain_code.as_bytes())?;
    if test {
        to.u8(5)?;
        tag(to, tags.coin)?;
        to.map(1)?.u8(2)?.u8(1)?;
    }
    if let Some((fingerprint, path)) = origin {
        to.u8(6)?;
        tag(to, tags.path)?;
        to.map(2)?.u8(1)?;
        components(to, path)?;
        to.u8(2)?.u32(u32::from_be_bytes(fingerprint.to_bytes()))?;
    }
    // BCR-2020-007: never zero
    if parent != 0 {
        to.u8(8)?.u32(parent)?;
    }
    Ok(())
}

fn components(to: &mut To, path: &DerivationPath) -> Done {
    to.array(2 * path.len() as u64)?;
    for step in path {
        let number = u32::from(*step) & !(1 << 31);
        to.u32(number)?.bool(step.is_hardened())?;
    }
    Ok(())
}
