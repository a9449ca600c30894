//! Contents as CBOR (RFC 8949), in arrays, into a buffer of a fixed size that they are sealed in.

use super::*;
use crate::vault::layout::PLAIN;
use crate::vault::{VaultError, Way, WayKind};
use crate::wallet::Network;
use minicbor::Encoder;
use minicbor::encode::{Error, Write};
use std::convert::Infallible;
use zeroize::Zeroizing;

/// The version of this form.
pub(super) const VERSION: u8 = 2;
/// Bytes that there are for it.
pub(super) const ROOM: usize = PLAIN - 32;

/// Writes `contents` into `room`, zeros behind it. Nothing is written when they do not fit.
pub(crate) fn encode(ways: &[Way], contents: &Contents, room: &mut [u8]) -> Result<(), VaultError> {
    let length = length(ways, contents);
    if length > room.len() {
        return Err(VaultError::Full(length - room.len()));
    }
    room.fill(0);
    put(ways, contents, &mut Encoder::new(Into { room, used: 0 }));
    Ok(())
}

/// How many bytes they take.
pub(super) fn length(ways: &[Way], contents: &Contents) -> usize {
    let mut counting = Encoder::new(Into { room: &mut [], used: 0 });
    put(ways, contents, &mut counting);
    counting.writer().used
}

/// A buffer of a fixed size. What does not fit is only counted.
struct Into<'a> {
    room: &'a mut [u8],
    used: usize,
}

impl Write for Into<'_> {
    type Error = Infallible;

    fn write_all(&mut self, bytes: &[u8]) -> Result<(), Infallible> {
        if let Some(place) = self.room.get_mut(self.used..self.used + bytes.len()) {
            place.copy_from_slice(bytes);
        }
        self.used += bytes.len();
        Ok(())
    }
}

type To<'a> = Encoder<Into<'a>>;
type Done = Result<(), Error<Infallible>>;

fn put(ways: &[Way], contents: &Contents, to: &mut To<'_>) {
    all(ways, contents, to).expect("the writer takes everything");
}

fn all(ways: &[Way], contents: &Contents, to: &mut To<'_>) -> Done {
    to.array(9)?.u8(VERSION)?;
    each(ways, to, way)?;
    each(&contents.keys, to, key)?;
    each(&contents.wallets, to, wallet)?;
    each(&contents.labels, to, label)?;
    each(&contents.successions, to, succession)?;
    each(&contents.records, to, record)?;
    to.array(1)?.u8(contents.settings.lock_after.get())?;
    signed(&contents.signed, to)
}

fn each<T>(things: &[T], to: &mut To<'_>, one: impl Fn(&T, &mut To<'_>) -> Done) -> Done {
    to.array(things.len() as u64)?;
    things.iter().try_for_each(|thing| one(thing, to))
}

fn way(way: &Way, to: &mut To<'_>) -> Done {
    let (kind, needed, people) = match way.kind {
        WayKind::Passphrase => (0, 0, 0),
        WayKind::WithKeyFile => (1, 0, 0),
        WayKind::Custodian { needed, people } => (2, needed, people),
    };
    to.array(5)?.u8(way.entry)?.u8(kind)?.u8(needed)?.u8(people)?.str(way.label.as_str())?;
    Ok(())
}

fn key(key: &KeyEntry, to: &mut To<'_>) -> Done {
    to.array(7)?.str(key.name.as_str())?.bytes(key.fingerprint.as_bytes())?;
    match key.network {
        Some(on) => to.u8(network(on))?,
        None => to.null()?,
    };
    match &key.material {
        Some(material) => {
            let mut bytes = Zeroizing::new(Vec::with_capacity(material.encoded_len()));
            material.encode(&mut bytes);
            to.bytes(&bytes)?
        }
        None => to.null()?,
    };
    each(&key.changes, to, |change, to| {
        to.array(2)?.u8(change.state.code())?.u64(change.when.0)?;
        Ok(())
    })?;
    each(&key.drills, to, |drill, to| {
        to.array(3)?.str(drill.backup.as_str())?.bool(drill.passed)?.u64(drill.when.0)?;
        Ok(())
    })?;
    each(&key.children, to, |child, to| {
        to.array(5)?.u32(child.application)?.u32(child.detail)?.u32(child.index)?;
        to.str(child.purpose.as_str())?.u64(child.when.0)?;
        Ok(())
    })
}

fn wallet(wallet: &WalletEntry, to: &mut To<'_>) -> Done {
    to.array(5)?.str(wallet.name.as_str())?.str(wallet.descriptor.as_str())?;
    each(&wallet.labels, to, |label, to| {
        match label {
            Some(label) => to.str(label.as_str())?,
            None => to.null()?,
        };
        Ok(())
    })?;
    to.u8(network(wallet.network))?.u64(wallet.when.0)?;
    Ok(())
}

fn label(label: &Label, to: &mut To<'_>) -> Done {
    to.array(3)?.u8(label.kind as u8)?;
    to.str(label.reference.as_str())?.str(label.text.as_str())?;
    Ok(())
}

fn succession(succession: &Succession, to: &mut To<'_>) -> Done {
    to.array(4)?.bytes(succession.from.as_bytes())?.bytes(succession.to.as_bytes())?;
    to.str(succession.wallet.as_str())?.u64(succession.when.0)?;
    Ok(())
}

fn record(record: &Record, to: &mut To<'_>) -> Done {
    to.array(2)?.str(record.name.as_str())?.bytes(record.bytes())?;
    Ok(())
}

fn signed(signed: &SignedBefore, to: &mut To<'_>) -> Done {
    to.array(2)?.u64(signed.dropped)?.array(signed.kept.len() as u64)?;
    for (outpoint, output) in &signed.kept {
        let txid: &[u8] = outpoint.txid.as_ref();
        to.array(4)?.bytes(txid)?.u32(outpoint.vout)?;
        to.u64(output.value.to_sat())?.bytes(output.script_pubkey.as_bytes())?;
    }
    Ok(())
}

/// A network's place among all of them.
fn network(network: Network) -> u8 {
    match network {
        Network::Main => 0,
        Network::Test => 1,
        Network::Signet => 2,
        Network::Regtest => 3,
    }
}
