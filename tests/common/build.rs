//! PSBTs for tests, put together by `bitcoin` and `miniscript`, not by the code that is tested.

#![allow(dead_code)] // each test file uses a part

use bitcoin::absolute::LockTime;
use bitcoin::bip32::{DerivationPath, Fingerprint, KeySource, Xpriv, Xpub};
use bitcoin::secp256k1::{PublicKey, SECP256K1};
use bitcoin::transaction::Version;
use bitcoin::{
    Amount, NetworkKind, OutPoint, Psbt, ScriptBuf, Sequence, Transaction, TxIn, TxOut, Witness,
};
use coldlight::keys::{Mnemonic, Passphrase, Seed};
use coldlight::psbt::Limits;
use coldlight::review::{
    Code, Context, Examined, Facts, Grade, History, Place, Policy, Reviewed, examine,
};
use coldlight::wallet::{KeyRing, Network, Registered, Successor, Wallet};
use miniscript::descriptor::checksum::desc_checksum;
use miniscript::psbt::PsbtExt;
use miniscript::{DefiniteDescriptorKey, Descriptor};
use std::str::FromStr;

/// The first mnemonic of the BIP39 vectors: the open seed of most tests.
pub const OURS: &str = "abandon abandon abandon abandon abandon abandon abandon abandon abandon \
                        abandon abandon about";
/// The second.
pub const BOB: &str = "legal winner thank year wave sausage worth useful legal winner thank yellow";
/// The third.
pub const CAROL: &str =
    "letter advice cage absurd amount doctor acoustic avoid letter advice cage above";

/// BIP173's P2WPKH example: somebody else.
pub fn payee() -> ScriptBuf {
    ScriptBuf::from_hex("0014751e76e8199196d454941c45d1b3a323f1433bd6").unwrap()
}

/// A holder of words.
pub struct Person {
    pub words: &'static str,
    master: Xpriv,
}

impl Person {
    pub fn new(words: &'static str) -> Self {
        let seed = bip39::Mnemonic::parse(words).unwrap().to_seed("");
        Self { words, master: Xpriv::new_master(NetworkKind::Test, &seed).unwrap() }
    }
    /// A holder of a seed in the sense of BIP32, without words.
    pub fn of_seed(seed: &[u8]) -> Self {
        Self { words: "", master: Xpriv::new_master(NetworkKind::Test, seed).unwrap() }
    }
    pub fn seed(&self) -> Seed {
        let mnemonic = Mnemonic::parse(self.words).unwrap_or_else(|_| panic!("not words"));
        Seed::open(&mnemonic, &Passphrase::new(""), Network::Test)
    }
    pub fn fingerprint(&self) -> Fingerprint {
        self.master.fingerprint(SECP256K1)
    }
    pub fn key(&self, path: &str) -> PublicKey {
        let path = DerivationPath::from_str(path).unwrap();
        self.master.derive_priv(SECP256K1, &path).unwrap().private_key.public_key(SECP256K1)
    }
    pub fn xpriv(&self, path: &str) -> Xpriv {
        self.master.derive_priv(SECP256K1, &DerivationPath::from_str(path).unwrap()).unwrap()
    }
    pub fn xpub(&self, path: &str) -> Xpub {
        Xpub::from_priv(SECP256K1, &self.xpriv(path))
    }
    pub fn source(&self, path: &str) -> KeySource {
        (self.fingerprint(), DerivationPath::from_str(path).unwrap())
    }
    /// `[fingerprint/path]tpub`, as in descriptors.
    pub fn origin(&self, path: &str) -> String {
        let path = path.trim_start_matches("m/");
        format!("[{}/{path}]{}", self.fingerprint(), self.xpub(path))
    }
    /// A key expression `[..]tpub/chain/index` out of `m/../chain/index`.
    pub fn at(&self, path: &str) -> String {
        let steps: Vec<&str> = path.trim_start_matches("m/").split('/').collect();
        let (account, rest) = steps.split_at(steps.len() - 2);
        format!("{}/{}", self.origin(&account.join("/")), rest.join("/"))
    }
}

/// BIP84 of the open seed: account 0.
pub fn ours_at(person: &Person, chain: u32, index: u32) -> String {
    format!("wpkh({})", person.at(&format!("m/84h/1h/0h/{chain}/{index}")))
}

/// A wallet of several, as a template: `{}` stands for `chain/index`.
pub struct Multi {
    template: String,
}

impl Multi {
    pub fn new(form: &str, people: &[&Person]) -> Self {
        let keys: Vec<String> = people
            .iter()
            .map(|person| format!("{}/{{}}", person.origin("m/48h/1h/0h/2h")))
            .collect();
        Self { template: form.replace("KEYS", &keys.join(",")) }
    }
    pub fn of_template(template: String) -> Self {
        Self { template }
    }
    pub fn at(&self, chain: u32, index: u32) -> String {
        self.template.replace("{}", &format!("{chain}/{index}"))
    }
    pub fn text(&self) -> String {
        with_checksum(&self.template.replace("{}", "<0;1>/*"))
    }
    pub fn wallet(&self, name: &str) -> Wallet {
        Wallet::parse(&self.text(), name, Network::Test).unwrap()
    }
}

pub fn with_checksum(descriptor: &str) -> String {
    format!("{descriptor}#{}", desc_checksum(descriptor).unwrap())
}

pub fn definite(descriptor: &str) -> Descriptor<DefiniteDescriptorKey> {
    Descriptor::from_str(descriptor).unwrap()
}

/// An unsigned transaction in the making.
pub struct Draft {
    pub psbt: Psbt,
}

impl Draft {
    pub fn new() -> Self {
        let tx = Transaction {
            version: Version::TWO,
            lock_time: LockTime::ZERO,
            input: vec![],
            output: vec![],
        };
        Self { psbt: Psbt::from_unsigned_tx(tx).unwrap() }
    }

    /// 1,000,000 sat of account 0, of which 600,000 are paid and 399,000 come back.
    pub fn ordinary(person: &Person) -> Self {
        let mut draft = Self::new();
        draft.spend(&ours_at(person, 0, 0), 1_000_000);
        draft.pay(payee(), 600_000);
        draft.back(&ours_at(person, 1, 0), 399_000);
        draft
    }

    /// An input with an output's script, its previous transaction and, for segwit, its witness UTXO.
    pub fn spend_script(&mut self, script: ScriptBuf, sat: u64) -> usize {
        let n = self.psbt.inputs.len();
        let txout = TxOut { value: Amount::from_sat(sat), script_pubkey: script };
        let previous = Transaction {
            version: Version::TWO,
            lock_time: LockTime::from_height(n as u32).unwrap(),
            input: vec![TxIn::default()],
            output: vec![TxOut { value: Amount::ONE_BTC, script_pubkey: payee() }, txout.clone()],
        };
        let segwit = txout.script_pubkey.is_witness_program() || txout.script_pubkey.is_p2sh();
        self.psbt.unsigned_tx.input.push(TxIn {
            previous_output: OutPoint { txid: previous.compute_txid(), vout: 1 },
            script_sig: ScriptBuf::new(),
            sequence: Sequence::MAX,
            witness: Witness::new(),
        });
        self.psbt.inputs.push(bitcoin::psbt::Input {
            non_witness_utxo: Some(previous),
            witness_utxo: segwit.then_some(txout),
            ..Default::default()
        });
        n
    }

    /// An input locked by a descriptor, with all that an updater adds for it.
    pub fn spend(&mut self, descriptor: &str, sat: u64) -> usize {
        let descriptor = definite(descriptor);
        let n = self.spend_script(descriptor.script_pubkey(), sat);
        self.psbt.update_input_with_descriptor(n, &descriptor).unwrap();
        if self.psbt.inputs[n].redeem_script.is_some()
            && self.psbt.inputs[n].witness_script.is_none()
            && !self.psbt.inputs[n].redeem_script.as_ref().unwrap().is_witness_program()
        {
            self.psbt.inputs[n].witness_utxo = None;
        }
        n
    }

    /// An output to a script.
    pub fn pay(&mut self, script: ScriptBuf, sat: u64) -> usize {
        let txout = TxOut { value: Amount::from_sat(sat), script_pubkey: script };
        self.psbt.unsigned_tx.output.push(txout);
        self.psbt.outputs.push(Default::default());
        self.psbt.outputs.len() - 1
    }

    /// An output to a descriptor, with all that an updater adds for it.
    pub fn back(&mut self, descriptor: &str, sat: u64) -> usize {
        let descriptor = definite(descriptor);
        let n = self.pay(descriptor.script_pubkey(), sat);
        self.psbt.update_output_with_descriptor(n, &descriptor).unwrap();
        n
    }

    /// Only the claimed amount of an input stays.
    pub fn unproven(&mut self, n: usize) {
        let vout = self.psbt.unsigned_tx.input[n].previous_output.vout as usize;
        let previous = self.psbt.inputs[n].non_witness_utxo.take().unwrap();
        self.psbt.inputs[n].witness_utxo = Some(previous.output[vout].clone());
    }

    pub fn parsed(&self) -> coldlight::psbt::Psbt {
        coldlight::psbt::Psbt::parse(&self.psbt.serialize(), &Limits::default()).unwrap()
    }
}

/// Who examines, and what is known.
pub struct Desk {
    pub seed: Option<Seed>,
    pub wallets: Vec<Registered>,
    pub history: History,
    pub policy: Policy,
    pub now: Option<u64>,
    pub network: Network,
    pub only_to: Option<Successor>,
    pub allow: bool,
}

impl Desk {
    pub fn of(person: &Person) -> Self {
        Self { seed: Some(person.seed()), ..Self::keyless() }
    }
    pub fn keyless() -> Self {
        Self {
            seed: None,
            wallets: vec![],
            history: History::default(),
            policy: Policy::default(),
            now: Some(1_700_000_000),
            network: Network::Test,
            only_to: None,
            allow: false,
        }
    }
    pub fn with(mut self, wallet: Wallet) -> Self {
        self.wallets.push(wallet.into());
        self
    }
    pub fn examine(&self, draft: &Draft) -> Examined {
        self.examine_psbt(draft.parsed())
    }
    pub fn examine_psbt(&self, psbt: coldlight::psbt::Psbt) -> Examined {
        examine(psbt, &self.context())
    }
    pub fn context(&self) -> Context<'_> {
        Context {
            network: self.network,
            keys: self.seed.as_ref().map(|seed| seed as &dyn KeyRing),
            wallets: &self.wallets,
            history: &self.history,
            policy: &self.policy,
            now: self.now,
            only_to: self.only_to.as_ref(),
            allow_sighash_unusual: self.allow,
        }
    }
    pub fn facts(&self, draft: &Draft) -> Facts {
        self.examine(draft).facts().clone()
    }
    pub fn reviewed(&self, draft: &Draft) -> Reviewed {
        match self.examine(draft) {
            Examined::Reviewed(reviewed) => reviewed,
            Examined::Refused(refusal) => panic!("refused: {:#?}", refusal.facts().findings),
        }
    }
    /// Walked, confirmed, signed.
    pub fn sign(&self, draft: &Draft) -> coldlight::psbt::Psbt {
        let mut walk = self.reviewed(draft).walk();
        while walk.next() {}
        let approved = walk.confirm("sign").unwrap_or_else(|_| panic!("not approved"));
        let signed = coldlight::keys::sign(approved, self.seed.as_ref().unwrap()).unwrap();
        signed.psbt().clone()
    }
}

/// Findings without their words.
pub fn codes(facts: &Facts) -> Vec<(Code, Grade, Place)> {
    facts.findings.iter().map(|finding| (finding.code, finding.grade, finding.place)).collect()
}

/// Asserts that the examination refuses with exactly this among its refusals, and signs nothing.
pub fn assert_refused(examined: &Examined, code: Code, place: Place) {
    assert!(matches!(examined, Examined::Refused(_)), "not refused");
    let found = codes(examined.facts());
    assert!(found.contains(&(code, Grade::Refuse, place)), "{:#?}", examined.facts().findings);
}

pub fn assert_found(facts: &Facts, code: Code, grade: Grade, place: Place) {
    assert!(codes(facts).contains(&(code, grade, place)), "{:#?}", facts.findings);
}

pub fn assert_lacks(facts: &Facts, code: Code) {
    assert!(!codes(facts).iter().any(|found| found.0 == code), "{:#?}", facts.findings);
}
