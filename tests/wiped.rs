//! Nothing secret outlives its use: this process's whole memory is searched for what a seed was
//! made of, while it is open (to show that the search finds it) and after it has signed and was
//! closed.

#[path = "common/memory.rs"]
mod memory;
#[path = "common/own_inputs.rs"]
mod own_inputs;

use coldlight::keys::{self, Entry, PassphraseEntry, Seed, Typed};
use coldlight::wallet::{KeyRing, Network};
use memory::{MASK, MASTER, PASSPHRASE, SECRETS, WORDS, found, masked};
use own_inputs::Kind;
use std::sync::Barrier;

#[inline(never)]
fn type_and_open() -> Seed {
    let mut words = Entry::new();
    for key in masked(WORDS) {
        assert_eq!(words.push((key ^ MASK) as char), Typed::Taken);
    }
    assert!(words.accept());
    let mut passphrase = PassphraseEntry::new();
    for key in masked(PASSPHRASE) {
        passphrase.push((key ^ MASK) as char);
    }
    let mnemonic = words.finish().unwrap_or_else(|e| panic!("{e}"));
    Seed::open(&mnemonic, &passphrase.finish(), Network::Test)
}

#[inline(never)]
fn review_and_sign(seed: &Seed, kind: Kind) {
    let unsigned = own_inputs::unsigned(seed, kind, 1);
    let approved = own_inputs::approved(&unsigned, seed);
    let signed = keys::sign(approved, seed).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(signed.made(), 1);
}

/// The seed is used in a thread that then waits, so that its stack stays as it was left while
/// another thread searches.
#[test]
fn a_closed_seed_leaves_nothing_in_memory() {
    let [opened, closed] = [(); 2].map(|()| Barrier::new(2));
    let [searched_open, searched_closed] = [(); 2].map(|()| Barrier::new(2));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let seed = Box::new(type_and_open());
            // The last one leaves the private side of m/84'/1'/0'/0/0 behind.
            for path in ["m/84'/1'/0'/0'", "m/84'/1'/0'/0/0/0"] {
                let path = path.parse().unwrap_or_else(|e| panic!("{e}"));
                assert!(seed.public_key(&path).is_some());
            }
            opened.wait();
            searched_open.wait();
            review_and_sign(&seed, Kind::P2wpkh);
            review_and_sign(&seed, Kind::P2tr);
            drop(seed);
            closed.wait();
            searched_closed.wait();
        });
        opened.wait();
        let open = found();
        searched_open.wait();
        closed.wait();
        let left = found();
        searched_closed.wait();
        assert!(open.contains(&MASTER), "the search must see an open seed: {open:?}");
        for (gone, _) in SECRETS.iter().take(5) {
            assert!(!open.contains(gone), "{gone} outlives the opening");
        }
        assert_eq!(left, Vec::<&str>::new());
    });
}
