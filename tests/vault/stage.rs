//! Made vaults, and contents to put into them.
#![allow(dead_code)] // each test file uses some of it

use super::prng::Prng;
use bitcoin::bip32::Fingerprint;
use bitcoin::hashes::Hash;
use bitcoin::{Amount, OutPoint, ScriptBuf, TxOut, Txid};
use coldlight::keys::{Generator, Material, Mnemonic, Passphrase, RandomError, RandomSource};
use coldlight::vault::contents::{
    Child, Date, Drill, KeyEntry, Label, LabelKind, List, Record, State, Succession, Text,
    WalletEntry,
};
use coldlight::vault::layout::{AREA, HEAD};
use coldlight::vault::{
    Blank, Contents, Cost, Draft, Holder, Locks, Offer, Opened, Opening, Step, Terms, Unlock,
    Vault, Write,
};
use coldlight::wallet::Network;

const WORDS: &str = "legal winner thank year wave sausage worth useful legal winner thank yellow";

/// A source that gives the same bytes each time it is made with the same seed.
struct Seeded(Prng);

impl RandomSource for Seeded {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), RandomError> {
        for chunk in bytes.chunks_mut(8) {
            chunk.copy_from_slice(&self.0.next().to_le_bytes()[..chunk.len()]);
        }
        Ok(())
    }
}

pub fn random(seed: u64) -> Generator {
    Generator::new(Seeded(Prng(seed)))
}

/// The least that a file may have: one pass over 64 MiB.
pub fn cost() -> Cost {
    Cost::new(Cost::MEMORY_LEAST, 1, 1).unwrap()
}

pub fn holder(name: &str) -> Holder {
    text(name)
}

fn text<const MOST: usize>(of: &str) -> Text<MOST> {
    Text::new(of).unwrap()
}

/// A file that one passphrase opens, and perhaps a second vault in it.
pub struct Made {
    pub file: Vec<u8>,
    pub unlock: Unlock,
    pub unlock_terms: Terms,
    pub second: Option<Unlock>,
}

impl Made {
    pub fn new(random: &mut Generator, contents: &Contents) -> Self {
        Self::make(random, contents, None)
    }

    pub fn with_second(random: &mut Generator, first: &Contents, second: &Contents) -> Self {
        Self::make(random, first, Some(second))
    }

    fn make(random: &mut Generator, first: &Contents, second: Option<&Contents>) -> Self {
        let blank = Blank::new(cost(), random).unwrap();
        let derive = |text| Unlock::derive(&blank.terms(), text, None).unwrap();
        let lock = |text| {
            let mut locks = Locks::new();
            locks.passphrase(holder("Alice"), derive(text)).unwrap();
            locks
        };
        let (locks, duress) = (lock("correct horse"), second.map(|_| lock("battery staple")));
        let draft = Draft { locks: &locks, contents: first };
        let other = duress.as_ref().zip(second);
        let other = other.map(|(locks, contents)| Draft { locks, contents });
        let file = blank.create(&draft, other.as_ref(), random).unwrap().file;
        let second = second.map(|_| derive("battery staple"));
        Self { file, unlock: derive("correct horse"), unlock_terms: blank.terms(), second }
    }
}

pub fn shut(file: &[u8]) -> Vault {
    Vault::read(file).unwrap_or_else(|refused| panic!("{refused}"))
}

pub fn offered(vault: Vault, unlock: &Unlock) -> (Opened, Contents) {
    match Opening::new(vault).offer(unlock).unwrap_or_else(|e| panic!("{e}")) {
        Offer::Opened(opened, contents) => (*opened, *contents),
        Offer::Share { .. } => panic!("a share"),
    }
}

pub fn open(file: &[u8], unlock: &Unlock) -> (Opened, Contents) {
    offered(shut(file), unlock)
}

/// Carries out one errand, as the machine does.
pub fn apply(file: &mut [u8], step: &Step) {
    let at = |offset: u64, len: usize| offset as usize..offset as usize + len;
    assert!(file[at(step.guard.offset, step.guard.bytes.len())] == step.guard.bytes[..]);
    file[at(step.patch.offset, step.patch.bytes.len())].copy_from_slice(&step.patch.bytes);
}

/// A whole write.
pub fn put(file: &mut [u8], opened: &mut Opened, write: Write) {
    apply(file, write.step());
    opened.settle(write);
    apply(file, &opened.mirror().unwrap());
    opened.mirrored();
}

/// The areas that differ between two files whose slots are each the same.
pub fn changed_areas(before: &[u8], after: &[u8]) -> Vec<usize> {
    let area = |n: usize| HEAD + n * AREA..HEAD + (n + 1) * AREA;
    (0..2).filter(|n| before[area(*n)] != after[area(*n)]).collect()
}

/// The same contents, as far as they can be written.
pub fn same(a: &Contents, b: &Contents) -> bool {
    let keys = |c: &Contents| {
        c.keys
            .iter()
            .map(|key| {
                let mut bytes = zeroize::Zeroizing::new(Vec::new());
                key.material().into_iter().for_each(|material| material.encode(&mut bytes));
                let drills = key.drills().iter().map(|d| (d.passed, d.when.0)).collect::<Vec<_>>();
                let children = key.children.iter().map(|c| c.index).collect::<Vec<_>>();
                let name = key.name.as_str().to_owned();
                (name, key.fingerprint, key.changes().to_vec(), bytes.to_vec(), drills, children)
            })
            .collect::<Vec<_>>()
    };
    keys(a) == keys(b)
        && a.wallets[..] == b.wallets[..]
        && a.labels[..] == b.labels[..]
        && a.successions[..] == b.successions[..]
        && a.records[..] == b.records[..]
        && a.settings == b.settings
        && a.signed.dropped() == b.signed.dropped()
        && a.signed.entries().eq(b.signed.entries())
}

fn key(name: &str, number: u8) -> KeyEntry {
    let material = Material::words(Mnemonic::parse(WORDS).unwrap(), Passphrase::new("TREZOR"));
    let fingerprint = Fingerprint::from([0xb4, 0xe3, 0xf5, number]);
    let mut key =
        KeyEntry::new(material, text(name), fingerprint, Some(Network::Main), Date(1_760_000_000));
    key.drilled(Drill { backup: text("words"), passed: true, when: Date(1_760_000_100) });
    key.transition(State::Active, Date(1_760_000_200)).unwrap();
    let child = Child {
        application: 39,
        detail: 12,
        index: 0,
        purpose: text("the phone's wallet"),
        when: Date(1_760_000_300),
    };
    key.give_out(child).unwrap();
    key
}

fn wallet(number: u32) -> WalletEntry {
    let key = format!("[b4e3f5ed/48'/0'/0'/2']{}/<0;1>/*", "xpub6E".repeat(18));
    let descriptor = format!("wsh(sortedmulti(2,{key},{key},{key}))#abcdefgh");
    let name = text(&format!("Family treasure {number}"));
    let mut labels = List::default();
    for label in [Some(text("Zoë")), None, Some(text("the bank"))] {
        labels.push(label).unwrap();
    }
    let descriptor = text(&descriptor);
    WalletEntry { name, descriptor, labels, network: Network::Main, when: Date(9) }
}

fn outpoint(vout: u32) -> (OutPoint, TxOut) {
    let script_pubkey = ScriptBuf::from([&[0, 32][..], &[vout as u8; 32]].concat());
    let output = TxOut { value: Amount::from_sat(1_500_000 + u64::from(vout)), script_pubkey };
    (OutPoint { txid: Txid::from_byte_array([vout as u8; 32]), vout }, output)
}

/// One of everything.
pub fn rich() -> Contents {
    let mut contents = Contents::default();
    contents.keys.push(key("Grandmother's savings", 0xed)).unwrap();
    let mut gone = key("Old phone", 0xee);
    for state in [State::Compromised, State::Destroyed] {
        gone.transition(state, Date(1_770_000_000)).unwrap();
    }
    contents.keys.push(gone).unwrap();
    contents.wallets.push(wallet(1)).unwrap();
    let label = Label {
        kind: LabelKind::Address,
        reference: text("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"),
        text: text("Rent of the workshop"),
    };
    contents.labels.push(label).unwrap();
    let succession = Succession {
        from: Fingerprint::from([0xb4, 0xe3, 0xf5, 0xee]),
        to: Fingerprint::from([0xb4, 0xe3, 0xf5, 0xed]),
        wallet: text("Family treasure 1"),
        when: Date(1_770_000_001),
    };
    contents.successions.push(succession).unwrap();
    let record = Record::new(text("Ceremony of spring"), vec![0xa5; 300]).unwrap();
    contents.records.push(record).unwrap();
    let (point, output) = outpoint(3);
    contents.signed.remember(point, output);
    contents
}

/// Next to nothing.
pub fn plain() -> Contents {
    let mut contents = Contents::default();
    contents.keys.push(key("Pocket money", 1)).unwrap();
    contents
}

/// 20 seeds, 20 wallets of three keys, 1,000 outpoints.
pub fn large() -> Contents {
    let mut contents = Contents::default();
    (0..20).for_each(|n| contents.keys.push(key(&format!("Seed {n}"), n)).unwrap());
    (0..20).for_each(|n| contents.wallets.push(wallet(n)).unwrap());
    (0..1000).map(outpoint).for_each(|(point, output)| contents.signed.remember(point, output));
    contents
}

/// More than there is room for.
pub fn fill(contents: &mut Contents) {
    for _ in 0..8 {
        contents
            .records
            .push(Record::new(text("Long"), vec![0; Record::LONGEST]).unwrap())
            .unwrap();
    }
}

/// What stands in [`rich`] and must not stand in a file.
pub fn secrets() -> Vec<Vec<u8>> {
    let mut secrets: Vec<Vec<u8>> = WORDS.split(' ').map(|word| word.as_bytes().to_vec()).collect();
    // short words stand in random bytes by chance
    secrets.retain(|word| word.len() >= 6);
    secrets.push(vec![0x7f; 16]); // the entropy of these words (BIP39's vectors)
    for name in
        ["Grandmother", "Old phone", "Family treasure", "Rent of", "Alice", "b4e3f5ed", "TREZOR"]
    {
        secrets.push(name.as_bytes().to_vec());
    }
    secrets.push(vec![0xa5; 16]);
    secrets
}
