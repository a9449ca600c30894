//! Vaults that someone or something has changed: each change is noticed and told in one sentence, in
//! little memory, and without the second of work of a passphrase where it can be seen without.
//!
//! 6,000 changes in every run; `COLDLIGHT_MUTATIONS=100000` for as many as one likes.

#[path = "common/alloc.rs"]
mod alloc;
#[path = "common/prng.rs"]
mod prng;
#[path = "vault/stage.rs"]
mod stage;

use alloc::measured;
use coldlight::vault::layout::{AREA, AREAS, ENTRIES, ENTRY, FILE, HEAD, KEYS, SLOT};
use coldlight::vault::{Offer, Opening, Vault, VaultError};
use prng::Prng;
use sha2::{Digest, Sha256};
use stage::*;
use std::collections::BTreeMap;

/// Where the head's digests stand (src/vault/head.rs).
const AREA_DIGESTS: usize = 88;
const DIGEST: usize = 184;
const REST: usize = 216;

fn sha(pieces: &[&[u8]]) -> [u8; 32] {
    let mut sha = Sha256::new();
    pieces.iter().for_each(|piece| sha.update(piece));
    sha.finalize().into()
}

/// Makes the head's own digest right again.
fn repair_head(slot: &mut [u8]) {
    let digest = sha(&[&slot[..DIGEST], &slot[REST..HEAD]]);
    slot[DIGEST..REST].copy_from_slice(&digest);
}

/// Makes all digests of a slot right again.
fn repair(slot: &mut [u8]) {
    for area in 0..AREAS {
        let begin = HEAD + area * AREA;
        let digest = sha(&[&slot[begin..begin + AREA]]);
        slot[AREA_DIGESTS + 32 * area..][..32].copy_from_slice(&digest);
    }
    repair_head(slot);
}

/// Both slots of a file the same.
fn twice(slot: &[u8]) -> Vec<u8> {
    [slot, slot].concat()
}

/// What is done to a file. The first ones leave its digests alone and are to be seen without work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    BitFlip,
    ByteSet,
    Zeros,
    Swap,
    Cut,
    Extend,
    SpliceRaw,
    HeadField,
    Entry,
    Contents,
    SpliceRepaired,
    AreasSwapped,
}

impl Kind {
    const ALL: [Self; 12] = [
        Self::BitFlip,
        Self::ByteSet,
        Self::Zeros,
        Self::Swap,
        Self::Cut,
        Self::Extend,
        Self::SpliceRaw,
        Self::HeadField,
        Self::Entry,
        Self::Contents,
        Self::SpliceRepaired,
        Self::AreasSwapped,
    ];

    fn is_visible(self) -> bool {
        self <= Self::SpliceRaw
    }
}

/// Changes a file; `other` is a later write of the same vault. May leave it as it is, by chance.
fn change(kind: Kind, file: &[u8], other: &[u8], random: &mut Prng) -> Vec<u8> {
    let mut bytes = file.to_vec();
    let at = match random.below(3) {
        0 => random.below(2) * SLOT + random.below(REST),
        1 => random.below(2) * SLOT + HEAD + random.below(2) * AREA + random.below(KEYS),
        _ => random.below(FILE),
    };
    let end = FILE.min(at + 1 + random.below(300));
    match kind {
        Kind::BitFlip => bytes[at] ^= 1 << random.below(8),
        Kind::ByteSet => bytes[at] = random.next() as u8,
        Kind::Zeros => bytes[at..end].fill(0),
        Kind::Swap => {
            let from = random.below(FILE - (end - at));
            let (a, b) = (bytes[at..end].to_vec(), bytes[from..from + end - at].to_vec());
            bytes[at..end].copy_from_slice(&b);
            bytes[from..from + end - at].copy_from_slice(&a);
        }
        Kind::Cut => bytes.truncate(at),
        Kind::Extend => {
            let more = 1 + random.below(64);
            bytes.extend(random.bytes(more));
        }
        Kind::SpliceRaw => {
            let (at, length) =
                [(at, end - at), (0, HEAD), (HEAD, AREA), (SLOT - AREA, AREA)][random.below(4)];
            bytes[at..at + length].copy_from_slice(&other[at..at + length]);
        }
        Kind::HeadField => {
            let slot = &mut bytes[..SLOT];
            let field = [16, 20, 24, 28, 32, 64, 80, AREA_DIGESTS, 120, 152][random.below(10)];
            let place = field + random.below(if (32..80).contains(&field) { 16 } else { 4 });
            slot[place] = slot[place].wrapping_add(1 + random.below(255) as u8);
            repair_head(slot);
            bytes = twice(&bytes[..SLOT]);
        }
        Kind::Entry | Kind::Contents => {
            let area = HEAD + random.below(AREAS) * AREA;
            let place = match kind {
                Kind::Entry => random.below(ENTRIES) * ENTRY + random.below(ENTRY),
                _ => KEYS + random.below(AREA - KEYS),
            };
            bytes[area + place] ^= 1 << random.below(8);
            repair(&mut bytes[..SLOT]);
            bytes = twice(&bytes[..SLOT]);
        }
        Kind::SpliceRepaired => {
            let pieces =
                [(0, HEAD), (HEAD, AREA), (HEAD, KEYS), (HEAD + AREA, AREA), (80, 8), (152, 32)];
            let (at, length) = pieces[random.below(pieces.len())];
            bytes[at..at + length].copy_from_slice(&other[at..at + length]);
            repair(&mut bytes[..SLOT]);
            bytes = twice(&bytes[..SLOT]);
        }
        Kind::AreasSwapped => {
            let (first, second) = bytes[HEAD..SLOT].split_at_mut(AREA);
            first.swap_with_slice(second);
            repair(&mut bytes[..SLOT]);
            bytes = twice(&bytes[..SLOT]);
        }
    }
    bytes
}

fn told(error: VaultError) {
    let text = error.to_string();
    assert!(text.ends_with('.') && !text.contains('\n') && text.len() < 300, "{text}");
}

#[test]
fn every_change_is_refused_with_a_sentence_and_within_its_memory() {
    let rounds = std::env::var("COLDLIGHT_MUTATIONS").ok().and_then(|n| n.parse().ok());
    let mut generator = random(21);
    let made = Made::with_second(&mut generator, &rich(), &plain());
    let second = made.second.as_ref().unwrap();
    // A later write of the one vault, and one of the other on top.
    let mut later = made.file.clone();
    let mut versions = vec![made.file.clone()];
    for unlock in [&made.unlock, second, &made.unlock] {
        let (mut opened, contents) = open(&later, unlock);
        let write = opened.seal(&contents, &mut generator).unwrap();
        put(&mut later, &mut opened, write);
        versions.push(later.clone());
    }
    let mut random = Prng(0x7661756c74);
    let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
    let mut unchanged = 0;
    for round in 0..rounds.unwrap_or(6_000) {
        let kind = Kind::ALL[round % Kind::ALL.len()];
        let file = &versions[random.below(versions.len())];
        let other = &versions[random.below(versions.len())];
        let bytes = change(kind, file, other, &mut random);
        if versions.contains(&bytes) {
            unchanged += 1;
            continue;
        }
        let (read, used) = measured(|| Vault::read(&bytes));
        assert!(used.peak <= SLOT + 16 * 1024, "{used:?} for {kind:?}");
        let (unlock, own) = if random.chance(50) { (&made.unlock, true) } else { (second, false) };
        let error = match read {
            Err(refused) => {
                let error = refused.error();
                // What is whole all the same, when it is asked for, is whole.
                if let Some(vault) = refused.take_what_is_whole().filter(|_| random.chance(5)) {
                    let (_, contents) = offered(vault, unlock);
                    assert!(same(&contents, &if own { rich() } else { plain() }), "{kind:?}");
                }
                error
            }
            Ok(vault) => {
                assert!(!kind.is_visible(), "{kind:?} was not seen without a passphrase");
                let mut opening = Opening::new(vault);
                let (offer, used) = measured(|| opening.offer(unlock));
                assert!(used.peak <= 2 * SLOT, "{used:?} for {kind:?}");
                match offer {
                    Err(error) => error,
                    Ok(Offer::Opened(..) | Offer::Share { .. }) => panic!("{kind:?} was taken"),
                }
            }
        };
        told(error);
        let name = format!("{error:?}");
        let end = name.find([' ', '(']).unwrap_or(name.len());
        *reasons.entry(name[..end].into()).or_default() += 1;
    }
    let all = reasons.values().sum::<usize>();
    assert!(unchanged * 10 < all, "{unchanged} changes changed nothing, {all} did");
    for reason in ["Size", "Damaged", "NothingOpens", "TornApart", "Cost", "OtherVault", "Forged"] {
        assert!(reasons.contains_key(reason), "{reason} is not among {reasons:?}");
    }
}

#[test]
fn a_newer_format_is_refused_by_its_number() {
    let made = Made::new(&mut random(22), &plain());
    let mut slot = made.file[..SLOT].to_vec();
    slot[16] = 2;
    repair_head(&mut slot);
    let refused = Vault::read(&twice(&slot)).err().map(|refused| refused.error());
    assert_eq!(refused, Some(VaultError::Newer(2)));
    // In one slot alone, too: the newer program was stopped in its first write.
    let half = [&made.file[..SLOT], &slot[..]].concat();
    let refused = Vault::read(&half).err().map(|refused| refused.error());
    assert_eq!(refused, Some(VaultError::Newer(2)));
}

#[test]
fn a_head_that_asks_for_too_little_or_too_much_work_is_refused() {
    let made = Made::new(&mut random(23), &plain());
    for (memory, passes, lanes) in
        [(8, 1, 1), (65_535, 3, 1), (1 << 30, 1, 1), (65_536, 257, 1), (65_536, 1, 5)]
    {
        let mut slot = made.file[..SLOT].to_vec();
        for (place, number) in [(20, memory), (24, passes), (28, lanes)] {
            slot[place..place + 4].copy_from_slice(&u32::to_le_bytes(number));
        }
        repair_head(&mut slot);
        let refused = Vault::read(&twice(&slot)).err().map(|refused| refused.error());
        assert_eq!(refused, Some(VaultError::Cost { memory, passes, lanes }));
    }
}

#[test]
fn two_different_writes_that_claim_the_same_number_are_refused() {
    let mut generator = random(24);
    let made = Made::new(&mut generator, &plain());
    let mut written = || {
        let (opened, contents) = open(&made.file, &made.unlock);
        opened.seal(&contents, &mut generator).unwrap().step().patch.bytes.clone()
    };
    let file = [written(), written()].concat();
    let refused = Vault::read(&file).err().map(|refused| refused.error());
    assert_eq!(refused, Some(VaultError::Mixed));
}
