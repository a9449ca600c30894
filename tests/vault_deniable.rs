//! Files with and without a second vault: nothing in one copy tells them apart, and two copies show
//! no more than which area changed.

#[path = "common/prng.rs"]
mod prng;
#[path = "vault/stage.rs"]
mod stage;

use coldlight::keys::{Generator, RandomError, RandomSource};
use coldlight::vault::layout::{AREA, FILE, HEAD, KEYS, SLOT};
use coldlight::vault::{Blank, Draft, Locks, Unlock};
use prng::Prng;
use stage::*;

/// Files of each kind.
const FILES: u64 = 200;

/// Salt and identity are the same in all files, so that a passphrase is turned into a key once; all
/// that comes after them differs.
struct SaltFirst {
    given: usize,
    same: Prng,
    rest: Prng,
}

/// What the generator's start-up test takes, and a salt and an identity after it.
const SAME: usize = 1024 + 48;

impl RandomSource for SaltFirst {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), RandomError> {
        let source = if self.given < SAME { &mut self.same } else { &mut self.rest };
        self.given += bytes.len();
        for chunk in bytes.chunks_mut(8) {
            chunk.copy_from_slice(&source.next().to_le_bytes()[..chunk.len()]);
        }
        Ok(())
    }
}

/// Pearson's statistic of the byte histogram against equal shares: 255 on average, 22.6 its standard
/// deviation.
fn chi_squared(bytes: &[u8]) -> f64 {
    let mut counts = [0_f64; 256];
    bytes.iter().for_each(|byte| counts[usize::from(*byte)] += 1.0);
    let share = bytes.len() as f64 / 256.0;
    counts.iter().map(|count| (count - share) * (count - share) / share).sum()
}

/// What someone can measure in a group of files.
#[derive(Default)]
struct Seen {
    areas: [f64; 2],
    entries: [Vec<u8>; 2],
    changed_first: u64,
    generations: Vec<u64>,
}

#[test]
fn files_with_and_without_a_second_vault_cannot_be_told_apart() {
    let source = |seed| Generator::new(SaltFirst { given: 0, same: Prng(1), rest: Prng(seed) });
    let terms = Blank::new(cost(), &mut source(0)).unwrap().terms();
    let lock = |text| {
        let mut locks = Locks::new();
        locks.passphrase(holder("me"), Unlock::derive(&terms, text, None).unwrap()).unwrap();
        locks
    };
    let (first, second) = (lock("the one"), lock("the other"));
    let (rich, plain) = (rich(), plain());
    let mut groups = [Seen::default(), Seen::default()];
    for number in 0..2 * FILES {
        let with = number % 2 == 1;
        let mut random = source(1000 + number);
        let blank = Blank::new(cost(), &mut random).unwrap();
        let draft = Draft { locks: &first, contents: &rich };
        let other = with.then_some(Draft { locks: &second, contents: &plain });
        let made = blank.create(&draft, other.as_ref(), &mut random).unwrap();
        let (mut file, mut opened) = (made.file, made.opened);
        let created = file.clone();
        let write = opened.seal(&rich, &mut random).unwrap();
        put(&mut file, &mut opened, write);

        let seen = &mut groups[usize::from(with)];
        assert_eq!(file.len(), FILE);
        assert!(file[..SLOT] == file[SLOT..], "no slot, and no area in it, is the later one");
        // Of the head only digests, seal and the count of writes differ from file to file.
        assert_eq!(file[..80], created[..80]);
        assert!(file[216..HEAD].iter().all(|byte| *byte == 0));
        seen.generations.push(u64::from_le_bytes(file[80..88].try_into().unwrap()));
        for area in 0..2 {
            let bytes = &file[HEAD + area * AREA..][..AREA];
            let value = chi_squared(bytes);
            assert!((130.0..420.0).contains(&value), "{value} in file {number}");
            seen.areas[area] += value / FILES as f64;
            seen.entries[area].extend_from_slice(&bytes[..KEYS]);
        }
        match changed_areas(&created, &file)[..] {
            [0] => seen.changed_first += 1,
            [1] => {}
            ref others => panic!("{others:?} changed"),
        }
    }
    for seen in &groups {
        for area in 0..2 {
            // 22.6 over the root of 200 files is 1.6
            assert!((seen.areas[area] - 255.0).abs() < 8.0, "{:?}", seen.areas);
            let entries = chi_squared(&seen.entries[area]);
            assert!((130.0..420.0).contains(&entries), "{entries}");
        }
        // a fair coin, 200 times: 100, standard deviation 7
        assert!(seen.changed_first.abs_diff(FILES / 2) < 36, "{}", seen.changed_first);
        let low = seen.generations.iter().filter(|generation| **generation <= 1 << 15).count();
        assert!(low.abs_diff(FILES as usize / 2) < 36, "{low} files begin to count low");
    }
}
