//! Contents read back: only what [`super::encode`] writes, to the byte. No count is believed before
//! what it counts is there.

use super::encode::VERSION;
use super::key::{CHANGES, DRILLS};
use super::*;
use crate::keys::Material;
use crate::vault::layout::ENTRIES;
use crate::vault::{Way, WayKind};
use crate::wallet::Network;
use bitcoin::bip32::Fingerprint;
use bitcoin::hashes::Hash;
use bitcoin::{Amount, OutPoint, ScriptBuf, TxOut, Txid};
use minicbor::Decoder;
use std::collections::VecDeque;
use zeroize::Zeroizing;

/// None for anything that this program does not write: it is written again and compared, so that
/// every content has one form only, without anything behind it.
pub(crate) fn decode(room: &[u8]) -> Option<(Vec<Way>, Contents)> {
    let (ways, contents) = all(&mut Decoder::new(room))?;
    let mut again = Zeroizing::new(vec![0; room.len()]);
    super::encode(&ways, &contents, &mut again).ok()?;
    (*again == room).then_some((ways, contents))
}

type From<'a, 'b> = &'a mut Decoder<'b>;

fn all(from: From<'_, '_>) -> Option<(Vec<Way>, Contents)> {
    array(from, 9)?;
    (from.u8().ok()? == VERSION).then_some(())?;
    let ways = each(from, ENTRIES, way)?;
    let contents = Contents {
        keys: list(from, key)?,
        wallets: list(from, wallet)?,
        labels: list(from, label)?,
        successions: list(from, succession)?,
        records: list(from, record)?,
        settings: settings(from)?,
        signed: signed(from)?,
    };
    Some((ways, contents))
}

/// The head of an array of exactly so many.
fn array(from: From<'_, '_>, length: u64) -> Option<()> {
    (from.array().ok()?? == length).then_some(())
}

/// At most `most` things. Memory grows only with what was read.
fn each<'b, T>(
    from: From<'_, 'b>,
    most: usize,
    one: impl Fn(From<'_, 'b>) -> Option<T>,
) -> Option<Vec<T>> {
    let count = usize::try_from(from.array().ok()??).ok().filter(|count| *count <= most)?;
    let mut things = Vec::new();
    for _ in 0..count {
        things.push(one(from)?);
    }
    Some(things)
}

fn list<'b, T, const MOST: usize>(
    from: From<'_, 'b>,
    one: impl Fn(From<'_, 'b>) -> Option<T>,
) -> Option<List<T, MOST>> {
    let mut list = List::default();
    for thing in each(from, MOST, one)? {
        list.push(thing).ok()?;
    }
    Some(list)
}

fn text<const MOST: usize>(from: From<'_, '_>) -> Option<Text<MOST>> {
    Text::new(from.str().ok()?).ok()
}

fn date(from: From<'_, '_>) -> Option<Date> {
    from.u64().ok().map(Date)
}

fn fingerprint(from: From<'_, '_>) -> Option<Fingerprint> {
    let bytes: [u8; 4] = from.bytes().ok()?.try_into().ok()?;
    Some(Fingerprint::from(bytes))
}

fn network(from: From<'_, '_>) -> Option<Network> {
    Network::ALL.get(usize::from(from.u8().ok()?)).copied()
}

/// None in the vault, or something.
fn perhaps<'b, T>(
    from: From<'_, 'b>,
    one: impl Fn(From<'_, 'b>) -> Option<T>,
) -> Option<Option<T>> {
    if from.datatype().ok()? == minicbor::data::Type::Null {
        from.null().ok()?;
        return Some(None);
    }
    one(from).map(Some)
}

fn way(from: From<'_, '_>) -> Option<Way> {
    array(from, 5)?;
    let entry = from.u8().ok().filter(|entry| usize::from(*entry) < ENTRIES)?;
    let [kind, needed, people] = [from.u8().ok()?, from.u8().ok()?, from.u8().ok()?];
    let kind = match (kind, needed, people) {
        (0, 0, 0) => WayKind::Passphrase,
        (1, 0, 0) => WayKind::WithKeyFile,
        (2, 1.., 1..) if needed <= people => WayKind::Custodian { needed, people },
        _ => return None,
    };
    Some(Way { entry, kind, label: text(from)? })
}

fn key(from: From<'_, '_>) -> Option<KeyEntry> {
    array(from, 7)?;
    let (name, fingerprint) = (text(from)?, fingerprint(from)?);
    let network = perhaps(from, network)?;
    let material = perhaps(from, |from| Material::decode(from.bytes().ok()?).ok())?;
    let changes = each(from, CHANGES, |from| {
        array(from, 2)?;
        Some(Change { state: State::of_code(from.u8().ok()?)?, when: date(from)? })
    })?;
    let drills = each(from, DRILLS, |from| {
        array(from, 3)?;
        Some(Drill { backup: text(from)?, passed: from.bool().ok()?, when: date(from)? })
    })?;
    let children = list(from, child)?;
    // A life: from made along the table, and material as long as it is not over.
    let along = changes.windows(2).all(|pair| pair[0].state.next().contains(&pair[1].state));
    let whole = along && changes.first()?.state == State::Made;
    let gone = changes.last()?.state == State::Destroyed;
    (whole && gone == material.is_none()).then_some(KeyEntry {
        name,
        fingerprint,
        network,
        children,
        material,
        changes,
        drills,
    })
}

fn child(from: From<'_, '_>) -> Option<Child> {
    array(from, 5)?;
    Some(Child {
        application: from.u32().ok()?,
        detail: from.u32().ok()?,
        index: from.u32().ok()?,
        purpose: text(from)?,
        when: date(from)?,
    })
}

fn wallet(from: From<'_, '_>) -> Option<WalletEntry> {
    array(from, 5)?;
    Some(WalletEntry {
        name: text(from)?,
        descriptor: text(from)?,
        labels: list(from, |from| perhaps(from, text))?,
        network: network(from)?,
        when: date(from)?,
    })
}

fn label(from: From<'_, '_>) -> Option<Label> {
    array(from, 3)?;
    let kind = LabelKind::ALL.get(usize::from(from.u8().ok()?)).copied()?;
    Some(Label { kind, reference: text(from)?, text: text(from)? })
}

fn succession(from: From<'_, '_>) -> Option<Succession> {
    array(from, 4)?;
    Some(Succession {
        from: fingerprint(from)?,
        to: fingerprint(from)?,
        wallet: text(from)?,
        when: date(from)?,
    })
}

fn record(from: From<'_, '_>) -> Option<Record> {
    array(from, 2)?;
    let name = text(from)?;
    let bytes = from.bytes().ok().filter(|bytes| bytes.len() <= Record::LONGEST)?;
    Record::new(name, bytes.to_vec()).ok()
}

fn settings(from: From<'_, '_>) -> Option<Settings> {
    array(from, 1)?;
    Some(Settings { lock_after: Minutes::new(from.u8().ok()?)? })
}

fn signed(from: From<'_, '_>) -> Option<SignedBefore> {
    array(from, 2)?;
    let dropped = from.u64().ok()?;
    let kept = each(from, SignedBefore::MOST, |from| {
        array(from, 4)?;
        let txid = Txid::from_byte_array(from.bytes().ok()?.try_into().ok()?);
        let outpoint = OutPoint { txid, vout: from.u32().ok()? };
        let value = Amount::from_sat(from.u64().ok()?);
        let script_pubkey = ScriptBuf::from(from.bytes().ok()?.to_vec());
        Some((outpoint, TxOut { value, script_pubkey }))
    })?;
    let signed = SignedBefore { kept: VecDeque::from(kept), dropped };
    (signed.scripts() <= SignedBefore::SCRIPTS).then_some(signed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::{Material, Mnemonic, Passphrase};

    /// One of most things, and its bytes without the padding.
    fn written() -> Vec<u8> {
        let words = "legal winner thank year wave sausage worth useful legal winner thank yellow";
        let material = Material::words(Mnemonic::parse(words).unwrap(), Passphrase::new("x"));
        let text = |text| Text::new(text).unwrap();
        let mut key = KeyEntry::new(material, text("Key"), Fingerprint::default(), None, Date(1));
        let drill = Drill { backup: Text::new("words").unwrap(), passed: true, when: Date(2) };
        key.drilled(drill);
        let mut contents = Contents::default();
        contents.keys.push(key).unwrap();
        contents.records.push(Record::new(text("Record"), vec![1, 2, 3]).unwrap()).unwrap();
        let output = TxOut { value: Amount::from_sat(7), script_pubkey: ScriptBuf::new() };
        contents.signed.remember(OutPoint::null(), output);
        let way = Way { entry: 3, kind: WayKind::Passphrase, label: text("me") };
        let ways = [way];
        let mut bytes = vec![0; super::super::encode::length(&ways, &contents)];
        super::super::encode(&ways, &contents, &mut bytes).unwrap();
        bytes
    }

    /// Is it read, and has it no other form?
    fn accepted(bytes: &[u8]) -> bool {
        let Some((ways, contents)) = decode(bytes) else { return false };
        let mut again = vec![0; bytes.len()];
        assert_eq!(super::super::encode(&ways, &contents, &mut again), Ok(()));
        assert_eq!(again, bytes);
        true
    }

    #[test]
    fn what_is_cut_changed_or_followed_by_anything_is_not_read() {
        let bytes = written();
        assert!(accepted(&bytes) && accepted(&[&bytes[..], &[0; 9]].concat()));
        assert!(!accepted(&[&bytes[..], &[0, 1]].concat()), "something stands in the padding");
        for end in 0..bytes.len() {
            assert!(!accepted(&bytes[..end]), "cut at {end}");
        }
        let mut refused = 0;
        for at in 0..bytes.len() {
            for value in [0, 0x1b, 0x5f, 0x7b, 0x9b, 0x9f, 0xbf, 0xf6, 0xff, bytes[at] ^ 1] {
                let mut changed = bytes.clone();
                changed[at] = value;
                refused += usize::from(!accepted(&changed));
            }
        }
        assert!(refused > bytes.len(), "{refused} of {}", bytes.len() * 10);
    }

    #[test]
    fn counts_of_what_is_not_there_are_not_believed() {
        let most: &[u8] = b"\xff\xff\xff\xff\xff\xff\xff\xff";
        for head in [0x9b, 0x5b, 0x7b] {
            for before in [&b""[..], b"\x89\x01", b"\x89\x01\x80", b"\x89\x01\x80\x81\x87"] {
                assert!(!accepted(&[before, &[head], most, &[0; 64]].concat()));
            }
        }
    }
}
