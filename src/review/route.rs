//! The way an input is spent: its program, the digest's recipe, the signatures that are there and
//! the ones to make.
//!
//! Taproot: when the internal key is ours the key path is signed and no leaf (one signature that
//! finishes the spend and reveals no script); else every leaf that is given and holds our key.

use super::lock::{Lock, leaf_hash, names_key};
use super::owner::{OurKey, Owned};
use super::program::Program;
use super::signatures::{self, Present};
use super::sizes::KeyName;
use super::{InputScript, Task};
use crate::psbt::sighash::{Digester, Spend};
use crate::psbt::{Input, SignatureField};
use bitcoin::hashes::Hash;
use bitcoin::secp256k1::{SECP256K1, XOnlyPublicKey};
use bitcoin::taproot::{ControlBlock, LeafVersion, TapLeafHash, TapNodeHash};
use bitcoin::{PublicKey, ScriptBuf, TxOut, WPubkeyHash};
use std::collections::HashSet;

/// One Taproot leaf in use.
pub(super) struct Leaf {
    pub(super) hash: TapLeafHash,
    pub(super) program: Option<Program>,
    /// Bytes of the script and of its control block.
    pub(super) lengths: (usize, usize),
}

/// The way an input is spent.
pub(super) struct Route {
    pub(super) lock: Lock,
    pub(super) kind: InputScript,
    /// P2SH and P2WSH.
    pub(super) program: Option<Program>,
    /// Taproot script path.
    pub(super) leaves: Vec<Leaf>,
    /// Our key stands in a leaf of an unknown version.
    pub(super) strange_leaf: bool,
    /// Valid signatures.
    pub(super) present: Vec<Present>,
    /// The input is finished: these are the bytes of its scriptSig and witness.
    pub(super) finished: bool,
    /// ECDSA: what a signature commits to; None where a script is missing.
    spend: Option<Spend>,
    /// Taproot key path of ours: our key and the root that it is tweaked with.
    key_path: Option<(OurKey, Option<TapNodeHash>)>,
    script_pubkey: ScriptBuf,
}

/// Finds the way.
pub(super) fn route(input: &Input, txout: &TxOut, lock: Lock, owned: Option<&Owned>) -> Route {
    let mut route = Route {
        kind: lock.kind(),
        program: None,
        leaves: Vec::new(),
        strange_leaf: false,
        present: Vec::new(),
        finished: false,
        spend: None,
        key_path: None,
        script_pubkey: txout.script_pubkey.clone(),
        lock,
    };
    match &route.lock {
        Lock::Pkh => {
            route.spend = Some(Spend::Legacy { script_code: txout.script_pubkey.clone() });
        }
        Lock::Wpkh { nested } => {
            let hash = if *nested {
                nested_hash(input, owned)
            } else {
                witness_hash(&txout.script_pubkey)
            };
            route.spend = hash.map(|hash| Spend::SegwitV0 {
                // BIP143: P2WPKH is signed over the P2PKH form
                script_code: ScriptBuf::p2wpkh_script_code(hash),
                amount: txout.value,
            });
        }
        Lock::Script { kind: InputScript::P2sh, script: Some(script) } => {
            route.program = Program::legacy(script);
            route.spend = Some(Spend::Legacy { script_code: script.clone() });
        }
        Lock::Script { script: Some(script), .. } => {
            route.program = Program::segwit(script);
            route.spend =
                Some(Spend::SegwitV0 { script_code: script.clone(), amount: txout.value });
        }
        Lock::Taproot { .. } => route.choose_taproot_path(input, owned),
        Lock::Script { script: None, .. } | Lock::Other(_) => {}
    }
    route
}

fn witness_hash(script: &bitcoin::Script) -> Option<WPubkeyHash> {
    WPubkeyHash::from_slice(script.as_bytes().get(2..)?).ok()
}

fn nested_hash(input: &Input, owned: Option<&Owned>) -> Option<WPubkeyHash> {
    match (&input.redeem_script, owned) {
        (Some(redeem), _) => witness_hash(redeem),
        (None, Some(owned)) => {
            owned.keys.first().map(|key| WPubkeyHash::hash(&key.key.serialize()))
        }
        (None, None) => None,
    }
}

impl Route {
    fn choose_taproot_path(&mut self, input: &Input, owned: Option<&Owned>) {
        let ours = owned.map_or(&[][..], |owned| &owned.keys[..]);
        self.key_path = owned.and_then(key_path);
        let leaves = || input.tap_leaves.iter();
        if owned.is_some() && !ours.is_empty() {
            if self.key_path.is_some() {
                return;
            }
            self.kind = InputScript::P2trScript;
            for leaf in leaves() {
                let mine = ours.iter().any(|key| names_key(&leaf.script, &key.key, true));
                if mine && leaf.version == LeafVersion::TapScript {
                    self.leaves.push(read_leaf(leaf));
                } else if mine {
                    self.strange_leaf = true;
                }
            }
        } else {
            // not ours to sign: the key path, unless only leaves are told
            let key_claimed = input.tap_key_sig.is_some()
                || input
                    .tap_internal_key
                    .is_some_and(|key| input.tap_origins.iter().any(|origin| origin.key == key));
            if !key_claimed && !input.tap_leaves.is_empty() {
                self.kind = InputScript::P2trScript;
                self.leaves = leaves()
                    .filter(|leaf| leaf.version == LeafVersion::TapScript)
                    .map(read_leaf)
                    .collect();
            }
        }
    }

    /// The bytes of the Taproot output key.
    pub(super) fn output_key(&self) -> Vec<u8> {
        match &self.lock {
            Lock::Taproot { output } => output.serialize().to_vec(),
            _ => Vec::new(),
        }
    }

    /// The keys that can sign, in the script's order; for a single key what is known of it.
    pub(super) fn keys(&self, input: &Input, owned: Option<&Owned>) -> Vec<KeyName> {
        match &self.lock {
            Lock::Pkh | Lock::Wpkh { .. } => self.single_key(input, owned).into_iter().collect(),
            Lock::Script { .. } => program_keys(self.program.as_ref()),
            Lock::Taproot { .. } if self.leaves.is_empty() => {
                vec![KeyName::Key(self.output_key())]
            }
            Lock::Taproot { .. } => {
                let all = self.leaves.iter().flat_map(|leaf| program_keys(leaf.program.as_ref()));
                let mut seen = HashSet::new();
                all.filter(|key| seen.insert(key.clone())).collect()
            }
            Lock::Other(_) => Vec::new(),
        }
    }

    /// The hash that a P2PKH or P2WPKH output names.
    fn single_key(&self, input: &Input, owned: Option<&Owned>) -> Option<KeyName> {
        let bytes = match &self.lock {
            Lock::Pkh => self.script_pubkey.as_bytes().get(3..23)?.to_vec(),
            Lock::Wpkh { nested: false } => self.script_pubkey.as_bytes().get(2..)?.to_vec(),
            _ => nested_hash(input, owned)?.to_byte_array().to_vec(),
        };
        bitcoin::hashes::hash160::Hash::from_slice(&bytes).ok().map(KeyName::Hash)
    }

    /// Verifies what is there.
    pub(super) fn read_signatures(
        &mut self,
        n: usize,
        input: &Input,
        owned: Option<&Owned>,
        digester: &mut Digester<'_>,
        finished: bool,
    ) {
        self.finished = finished;
        let names = self.keys(input, owned);
        let stack = if finished {
            signatures::final_stack(input, &self.lock).unwrap_or_default()
        } else {
            Vec::new()
        };
        match (&self.lock, &self.spend) {
            (Lock::Taproot { output }, _) => {
                let output = *output;
                self.present = if finished {
                    self.final_taproot(n, digester, output, &stack)
                } else {
                    self.open_taproot(n, input, digester, output)
                };
            }
            (_, Some(spend)) => {
                let offered = if finished {
                    from_stack(&stack, input, &names)
                } else {
                    input.partial_sigs.clone()
                };
                self.present = signatures::ecdsa_present(digester, n, spend, &names, &offered);
            }
            _ => {}
        }
    }

    fn open_taproot(
        &self,
        n: usize,
        input: &Input,
        digester: &mut Digester<'_>,
        output: XOnlyPublicKey,
    ) -> Vec<Present> {
        let mut present = Vec::new();
        if let Some(bytes) = &input.tap_key_sig
            && signatures::schnorr_valid(digester, n, &Spend::TapKey, &output, bytes)
        {
            present.push(Present::schnorr(output.serialize().to_vec(), None, bytes));
        }
        for leaf in &self.leaves {
            let names = program_keys(leaf.program.as_ref());
            present.extend(signatures::leaf_present(
                digester,
                n,
                leaf.hash,
                &names,
                &input.tap_script_sigs,
            ));
        }
        present
    }

    fn final_taproot(
        &mut self,
        n: usize,
        digester: &mut Digester<'_>,
        output: XOnlyPublicKey,
        stack: &[Vec<u8>],
    ) -> Vec<Present> {
        if let [bytes] = stack {
            let holds = signatures::schnorr_valid(digester, n, &Spend::TapKey, &output, bytes);
            let present = || Present::schnorr(output.serialize().to_vec(), None, bytes);
            return holds.then(present).into_iter().collect();
        }
        let [elements @ .., script, proof] = stack else {
            return Vec::new();
        };
        self.kind = InputScript::P2trScript;
        let script = ScriptBuf::from_bytes(script.clone());
        // BIP341: a leaf that its control block does not prove for the output proves nothing
        let proven = ControlBlock::decode(proof).is_ok_and(|proof| {
            proof.leaf_version == LeafVersion::TapScript
                && proof.verify_taproot_commitment(SECP256K1, output, &script)
        });
        if !proven {
            return Vec::new();
        }
        let leaf = TapLeafHash::from_script(&script, LeafVersion::TapScript);
        let names = program_keys(Program::tap(&script).as_ref());
        let as_key = |bytes: &[u8]| XOnlyPublicKey::from_slice(bytes).ok();
        let named = names.iter().filter_map(KeyName::key).filter_map(as_key);
        let hashed = names.iter().any(|name| name.key().is_none());
        let shown = elements.iter().filter(|_| hashed).filter_map(|element| as_key(element));
        let mut keys: Vec<XOnlyPublicKey> = named.chain(shown).collect();
        keys.sort_unstable();
        keys.dedup();
        keys.retain(|key| names.iter().any(|name| name.names(&key.serialize())));
        let offered: Vec<_> = pairs(&keys, elements, |bytes| matches!(bytes.len(), 64 | 65))
            .map(|(key, bytes)| ((*key, leaf), bytes.clone()))
            .collect();
        signatures::leaf_present(digester, n, leaf, &names, &offered)
    }

    /// Is a valid signature of ours there?
    pub(super) fn has_ours(&self, owned: &Owned) -> bool {
        self.present.iter().any(|present| {
            let by_key_path = self.key_path.is_some()
                && present.leaf.is_none()
                && present.key == self.output_key();
            by_key_path
                || owned.keys.iter().any(|ours| {
                    present.key == ours.key.serialize()
                        || present.key == ours.key.x_only_public_key().0.serialize()
                })
        })
    }

    /// The signatures of ours that this way takes, whether or not they are there.
    pub(super) fn tasks(&self, n: usize, input: &Input, owned: &Owned) -> Vec<Task> {
        if let Lock::Taproot { .. } = self.lock {
            return self.taproot_tasks(n, input, owned);
        }
        let Some(spend) = &self.spend else {
            return Vec::new();
        };
        owned
            .keys
            .iter()
            .map(|key| Task {
                input: n,
                path: key.path.clone(),
                key: key.key,
                spend: spend.clone(),
                sighash_type: input.sighash_type.unwrap_or(1),
                field: SignatureField::Partial(PublicKey::new(key.key)),
                merkle_root: None,
            })
            .collect()
    }

    fn taproot_tasks(&self, n: usize, input: &Input, owned: &Owned) -> Vec<Task> {
        let sighash_type = input.sighash_type.unwrap_or(0);
        if let Some((key, merkle_root)) = &self.key_path {
            return vec![Task {
                input: n,
                path: key.path.clone(),
                key: key.key,
                spend: Spend::TapKey,
                sighash_type,
                field: SignatureField::TapKey,
                merkle_root: *merkle_root,
            }];
        }
        let mut tasks = Vec::new();
        for leaf in &self.leaves {
            let Some(given) = signatures::leaf_of(&input.tap_leaves, leaf.hash) else {
                continue;
            };
            for key in owned.keys.iter().filter(|key| names_key(&given.script, &key.key, true)) {
                tasks.push(Task {
                    input: n,
                    path: key.path.clone(),
                    key: key.key,
                    spend: Spend::TapLeaf { leaf: leaf.hash },
                    sighash_type,
                    field: SignatureField::TapScript(key.key.x_only_public_key().0, leaf.hash),
                    merkle_root: None,
                });
            }
        }
        tasks
    }
}

/// Our key as the internal key of what was derived, with the tree's root.
fn key_path(owned: &Owned) -> Option<(OurKey, Option<TapNodeHash>)> {
    let Some(derived) = &owned.derived else {
        return owned.keys.first().map(|key| (key.clone(), None));
    };
    let miniscript::Descriptor::Tr(tr) = &derived.descriptor else {
        return None;
    };
    let internal = tr.internal_key().inner.x_only_public_key().0;
    let key = owned.keys.iter().find(|key| key.key.x_only_public_key().0 == internal)?;
    Some((key.clone(), tr.spend_info().merkle_root()))
}

fn read_leaf(leaf: &crate::psbt::TapLeaf) -> Leaf {
    Leaf {
        hash: leaf_hash(leaf),
        program: Program::tap(&leaf.script),
        lengths: (leaf.script.len(), leaf.control_block.size()),
    }
}

/// A finished stack's elements, each offered as a signature of each key that could have made it.
fn from_stack(stack: &[Vec<u8>], input: &Input, names: &[KeyName]) -> Vec<(PublicKey, Vec<u8>)> {
    let as_key = |bytes: &[u8]| PublicKey::from_slice(bytes).ok();
    let named = names.iter().filter_map(KeyName::key).filter_map(as_key);
    let shown = stack.iter().filter_map(|element| as_key(element));
    let claimed = input.origins.iter().map(|(key, _)| *key);
    let mut keys: Vec<PublicKey> = named.chain(shown).chain(claimed).collect();
    keys.sort_unstable();
    keys.dedup();
    keys.retain(|key| names.iter().any(|name| name.names(&key.to_bytes())));
    let is_signature = |bytes: &[u8]| (9..=73).contains(&bytes.len()) && bytes[0] == 0x30;
    pairs(&keys, stack, is_signature).map(|(key, bytes)| (*key, bytes.clone())).collect()
}

/// Signatures are tried with keys so often at most: 20 of 20 keys (the most that CHECKMULTISIG
/// takes) and some more. A stack that would take longer is not tried.
const TRIES: usize = 1_000;

/// Every key with every element that may be a signature.
fn pairs<'a, K>(
    keys: &'a [K],
    stack: &'a [Vec<u8>],
    is_signature: impl Fn(&[u8]) -> bool,
) -> impl Iterator<Item = (&'a K, &'a Vec<u8>)> {
    let offered: Vec<&Vec<u8>> = stack.iter().filter(|bytes| is_signature(bytes)).collect();
    let keys = if keys.len().saturating_mul(offered.len()) > TRIES { &[] } else { keys };
    keys.iter().flat_map(move |key| offered.clone().into_iter().map(move |bytes| (key, bytes)))
}

/// A program's keys.
pub(super) fn program_keys(program: Option<&Program>) -> Vec<KeyName> {
    program.map_or(Vec::new(), Program::keys)
}
