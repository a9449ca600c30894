//! Vaults as their users meet them: made, opened by the one or the other way, written, mended. Real
//! costs: 64 MiB of memory a passphrase, one pass.

#[path = "common/prng.rs"]
mod prng;
#[path = "vault/stage.rs"]
mod stage;

use coldlight::vault::layout::{FILE, HEAD, SLOT};
use coldlight::vault::{
    Blank, Custodians, DestroysWhatMayBeThere, Draft, KeyFile, Locks, Offer, Opening, Standing,
    Unlock, Vault, VaultError, peek,
};
use stage::*;

#[test]
fn what_was_sealed_is_what_opens() {
    let mut random = random(1);
    let made = Made::new(&mut random, &rich());
    assert_eq!(made.file.len(), FILE);
    assert_eq!(made.file[..SLOT], made.file[SLOT..], "both slots are the same");
    let (opened, contents) = open(&made.file, &made.unlock);
    assert!(same(&contents, &rich()));
    assert_eq!(opened.ways().len(), 1);
    assert!(opened.mirror().is_none());
}

#[test]
fn another_passphrase_opens_nothing() {
    let made = Made::new(&mut random(2), &rich());
    let mut opening = Opening::new(shut(&made.file));
    let other = Unlock::derive(&opening.terms(), "another one", None).unwrap();
    assert_eq!(opening.offer(&other).err(), Some(VaultError::NothingOpens));
    assert!(matches!(opening.offer(&made.unlock), Ok(Offer::Opened(..))), "asked again");
}

#[test]
fn a_passphrase_that_belongs_to_a_key_file_opens_nothing_without_it() {
    let mut random = random(3);
    let blank = Blank::new(cost(), &mut random).unwrap();
    let file = KeyFile::new(&[7; 64]).unwrap();
    let derive = |file| Unlock::derive(&blank.terms(), "with a file", file).unwrap();
    let mut locks = Locks::new();
    locks.passphrase(holder("me"), derive(Some(&file))).unwrap();
    let draft = Draft { locks: &locks, contents: &rich() };
    let made = blank.create(&draft, None, &mut random).unwrap();
    let offer = |unlock: &Unlock| Opening::new(shut(&made.file)).offer(unlock).err();
    assert_eq!(offer(&derive(Some(&file))), None);
    assert_eq!(offer(&derive(None)), Some(VaultError::NothingOpens));
    let other = KeyFile::new(&[8; 64]).unwrap();
    assert_eq!(offer(&derive(Some(&other))), Some(VaultError::NothingOpens));
}

#[test]
fn every_k_custodians_open_a_vault_and_no_fewer() {
    for (needed, people) in [(1, 1), (2, 3), (3, 5), (5, 5)] {
        let mut random = random(100 + u64::from(people));
        let blank = Blank::new(cost(), &mut random).unwrap();
        let derive =
            |n: u8| Unlock::derive(&blank.terms(), &format!("custodian {n}"), None).unwrap();
        let mut circle = Custodians::new(needed, people).unwrap();
        (0..people).for_each(|n| circle.add(holder(&format!("C{n}")), derive(n)).unwrap());
        let mut locks = Locks::new();
        locks.custodians(circle).unwrap();
        let draft = Draft { locks: &locks, contents: &rich() };
        let made = blank.create(&draft, None, &mut random).unwrap();
        let keys: Vec<Unlock> = (0..people).map(derive).collect();
        for chosen in 1_u32..1 << people {
            let mut opening = Opening::new(shut(&made.file));
            let members = (0..people.into()).filter(|n| chosen & (1 << n) != 0);
            let mut open = None;
            for (given, member) in members.enumerate() {
                if given >= needed.into() {
                    break;
                }
                match opening.offer(&keys[member]).unwrap_or_else(|e| panic!("{e}")) {
                    Offer::Opened(_, contents) => {
                        open = Some((given + 1, same(&contents, &rich())))
                    }
                    Offer::Share { given: told, label, needed: of } => {
                        assert_eq!((told, of), (given + 1, usize::from(needed)));
                        assert_eq!(label.as_str(), format!("C{member}"));
                        let again = opening.offer(&keys[member]).err();
                        assert_eq!(again, Some(VaultError::ShareTwice));
                    }
                }
            }
            let enough = chosen.count_ones() >= needed.into();
            assert_eq!(open, enough.then_some((needed.into(), true)), "{chosen:b} of {people}");
        }
    }
}

#[test]
fn two_of_them_never_have_the_same_passphrase() {
    let mut random = random(4);
    let blank = Blank::new(cost(), &mut random).unwrap();
    let derive = || Unlock::derive(&blank.terms(), "same", None).unwrap();
    let mut circle = Custodians::new(2, 2).unwrap();
    assert_eq!(circle.add(holder("A"), derive()), Ok(()));
    assert_eq!(circle.add(holder("B"), derive()), Err(VaultError::SamePassphrase));
    let mut locks = Locks::new();
    assert_eq!(locks.passphrase(holder("A"), derive()), Ok(()));
    assert_eq!(locks.passphrase(holder("B"), derive()), Err(VaultError::SamePassphrase));
    assert_eq!(Custodians::new(3, 2).err(), Some(VaultError::Quorum { needed: 3, people: 2 }));
    assert_eq!(Custodians::new(0, 2).err(), Some(VaultError::Quorum { needed: 0, people: 2 }));
}

#[test]
fn a_duress_vault_is_a_vault_of_its_own_and_neither_write_touches_the_other() {
    let mut random = random(5);
    let made = Made::with_second(&mut random, &rich(), &plain());
    let second = made.second.as_ref().unwrap();
    let mut file = made.file.clone();
    for round in 0..4 {
        let (unlock, other) =
            if round % 2 == 0 { (&made.unlock, second) } else { (second, &made.unlock) };
        let before = file.clone();
        let (mut opened, contents) = open(&file, unlock);
        let write = opened.seal(&contents, &mut random).unwrap();
        apply(&mut file, write.step());
        opened.settle(write);
        assert!(same(&open(&file, unlock).1, &contents), "half a write is a whole vault");
        apply(&mut file, &opened.mirror().unwrap());
        opened.mirrored();
        assert_eq!(file[..SLOT], file[SLOT..]);
        assert_eq!(changed_areas(&before, &file).len(), 1, "one area changed");
        open(&file, other);
    }
    assert!(same(&open(&file, &made.unlock).1, &rich()));
    assert!(same(&open(&file, second).1, &plain()));
}

#[test]
fn a_second_vault_is_added_and_erased_only_by_who_says_so() {
    let mut random = random(6);
    let made = Made::new(&mut random, &rich());
    let mut file = made.file.clone();
    let (mut opened, contents) = open(&file, &made.unlock);
    let terms = opened.terms();
    let duress = || Unlock::derive(&terms, "duress", None).unwrap();
    let mut locks = Locks::new();
    locks.passphrase(holder("me"), duress()).unwrap();
    let draft = Draft { locks: &locks, contents: &plain() };
    let write = opened.add_second(&draft, DestroysWhatMayBeThere, &mut random).unwrap();
    put(&mut file, &mut opened, write);
    assert!(same(&open(&file, &duress()).1, &plain()));
    assert!(same(&open(&file, &made.unlock).1, &contents));
    assert_eq!(
        opened.add(&locks, &contents, &mut random).err(),
        Some(VaultError::SamePassphrase),
        "a passphrase opens one thing"
    );
    let write = opened.erase_second(DestroysWhatMayBeThere, &mut random).unwrap();
    put(&mut file, &mut opened, write);
    let mut opening = Opening::new(shut(&file));
    assert_eq!(opening.offer(&duress()).err(), Some(VaultError::NothingOpens));
    assert!(DestroysWhatMayBeThere.to_string().ends_with('.'));
}

#[test]
fn ways_are_added_and_replaced() {
    let mut random = random(7);
    let made = Made::new(&mut random, &rich());
    let mut file = made.file.clone();
    let (mut opened, contents) = open(&file, &made.unlock);
    let derive = |text| Unlock::derive(&made.unlock_terms, text, None).unwrap();
    let locks_of = |text| {
        let mut locks = Locks::new();
        locks.passphrase(holder("next"), derive(text)).unwrap();
        locks
    };
    let write = opened.add(&locks_of("second"), &contents, &mut random).unwrap();
    put(&mut file, &mut opened, write);
    assert_eq!(opened.ways().len(), 2);
    open(&file, &derive("second"));
    open(&file, &made.unlock);
    let write = opened.rekey(&locks_of("third"), &contents, &mut random).unwrap();
    put(&mut file, &mut opened, write);
    assert_eq!(opened.ways().len(), 1);
    for gone in [&derive("second"), &made.unlock] {
        let refused = Opening::new(shut(&file)).offer(gone).err();
        assert_eq!(refused, Some(VaultError::NothingOpens));
    }
    assert!(same(&open(&file, &derive("third")).1, &contents));
}

#[test]
fn damage_is_told_and_the_whole_copy_is_taken_only_when_asked_for() {
    let mut random = random(8);
    let made = Made::new(&mut random, &plain());
    let mut file = made.file.clone();
    let (mut opened, _) = open(&file, &made.unlock);
    let before = opened.peek();
    let write = opened.seal(&rich(), &mut random).unwrap();
    let step = write.step().clone();
    apply(&mut file, &step);
    opened.settle(write);
    assert_eq!(opened.peek().beside(&before), Standing::Newer);
    assert_eq!(before.beside(&opened.peek()), Standing::Older);
    // The newer copy is damaged: the older one opens when it is asked for, and is mended over.
    file[step.patch.offset as usize + HEAD + 5] ^= 1;
    let refused = Vault::read(&file).err().unwrap();
    assert!(refused.to_string().contains("cut short"), "{refused}");
    let vault = refused.take_what_is_whole().unwrap();
    assert_eq!(vault.peek().beside(&before), Standing::Same);
    let (old, contents) = offered(vault, &made.unlock);
    assert!(same(&contents, &plain()));
    let write = old.seal(&contents, &mut random).unwrap();
    apply(&mut file, write.step());
    let healed = shut(&file);
    assert_eq!(healed.peek().beside(&opened.peek()), Standing::Newer, "above what was lost");
}

/// Both steps of a write, each cut after every 64 KiB, in order and with its first block (the head)
/// last: what is whole is the old or the new vault.
#[test]
fn a_write_that_is_cut_anywhere_leaves_the_old_or_the_new_vault() {
    const BLOCK: usize = 1 << 16;
    let mut random = random(14);
    let made = Made::new(&mut random, &plain());
    let mut file = made.file.clone();
    let (mut opened, _) = open(&file, &made.unlock);
    let write = opened.seal(&rich(), &mut random).unwrap();
    let first = write.step().clone();
    opened.settle(write);
    let mirror = opened.mirror().unwrap();
    let (mut old, mut new) = (0, 0);
    for (step, second) in [(&first, false), (&mirror, true)] {
        let offset = step.patch.offset as usize;
        for cut in 0..=SLOT / BLOCK {
            for blocks in [0..cut, 1..cut + 1] {
                let mut torn = file.clone();
                let range = blocks.start * BLOCK..SLOT.min(blocks.end * BLOCK);
                torn[offset..][range.clone()].copy_from_slice(&step.patch.bytes[range]);
                let whole = Vault::read(&torn).unwrap_or_else(|refused| {
                    refused.take_what_is_whole().unwrap_or_else(|| panic!("nothing is whole"))
                });
                let contents = offered(whole, &made.unlock).1;
                match same(&contents, &rich()) {
                    true => new += 1,
                    false => {
                        assert!(same(&contents, &plain()) && !second, "lost after the first step");
                        old += 1;
                    }
                }
            }
        }
        apply(&mut file, step);
    }
    assert_eq!((old, new), (33, 35));
}

#[test]
fn copies_that_were_written_apart_are_told_from_a_newer_one() {
    let mut random = random(9);
    let made = Made::new(&mut random, &plain());
    let other = Made::new(&mut random, &plain());
    let heads = |file: &[u8]| [file[..HEAD].to_vec(), file[SLOT..SLOT + HEAD].to_vec()];
    let mut written = || {
        let mut file = made.file.clone();
        let (mut opened, _) = open(&file, &made.unlock);
        let write = opened.seal(&rich(), &mut random).unwrap();
        put(&mut file, &mut opened, write);
        peek(&heads(&file)).unwrap()
    };
    let (a, b) = (written(), written());
    assert_eq!(a.beside(&b), Standing::Diverged);
    assert_eq!(a.beside(&peek(&heads(&made.file)).unwrap()), Standing::Newer);
    assert_eq!(a.beside(&peek(&heads(&other.file)).unwrap()), Standing::Other);
    assert_eq!(a.beside(&a), Standing::Same);
}

#[test]
fn no_secret_and_no_name_stands_in_the_file() {
    let made = Made::new(&mut random(10), &rich());
    for secret in secrets() {
        let found = made.file.windows(secret.len()).any(|window| window == secret);
        assert!(!found, "{}", String::from_utf8_lossy(&secret));
    }
}

/// A change of the format changes this: then its number changes, too.
#[test]
fn the_format_stays_what_it_is() {
    use sha2::{Digest, Sha256};
    let made = Made::new(&mut random(11), &rich());
    let digest = Sha256::digest(&made.file);
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(hex, "129bb4d27475bb22db9e691617744b5b82dffb9ece96972099c868abbf6cd745");
}

#[test]
fn twenty_seeds_twenty_wallets_and_a_thousand_outpoints_have_room() {
    let contents = large();
    let (used, room) = contents.room();
    assert!(used < room / 2, "{used} of {room}");
    let made = Made::new(&mut random(12), &contents);
    assert!(same(&open(&made.file, &made.unlock).1, &contents));
}

#[test]
fn a_full_vault_says_so_and_stays_as_it_was() {
    let mut random = random(13);
    let made = Made::new(&mut random, &plain());
    let (opened, _) = open(&made.file, &made.unlock);
    let mut contents = large();
    fill(&mut contents);
    let (used, room) = contents.room();
    let refused = opened.seal(&contents, &mut random).err();
    // the names of those that open it take their part, too
    assert!(matches!(refused, Some(VaultError::Full(over)) if over >= used - room), "{refused:?}");
}
