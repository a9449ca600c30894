//! Whose an output is. The PSBT claims a path; here the path is derived, and only what gives
//! exactly this script is ours.

use super::Context;
use super::lock::names_key;
use crate::psbt::{Psbt, TapOrigin};
use crate::wallet::{
    Account, Chain, Derived, KeyRing, ScriptType, of_another_network, single_sig_script,
};
use bitcoin::Script;
use bitcoin::bip32::{ChildNumber, DerivationPath, KeySource};
use bitcoin::secp256k1::{PublicKey, XOnlyPublicKey};
use bitcoin::taproot::TapLeafHash;
use std::collections::HashSet;

/// Different places in one wallet that one map may claim; honest ones claim one.
const PLACES: usize = 4;
/// Claims of ours in one map; honest ones have one for each key of ours in the script. Each costs a
/// derivation and a look into every script.
const CLAIMS: usize = 100;
/// Steps at most to all branches together that claims of ours in one PSBT hang on.
const STEPS: usize = 4_000;

/// Whose key spends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    /// The open seed alone, in any of its accounts.
    Seed,
    /// A loaded wallet, by number.
    Wallet(usize),
}

/// A key of the open seed, derived here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OurKey {
    pub(super) path: DerivationPath,
    pub(super) key: PublicKey,
}

/// Proven to be ours.
pub(super) struct Owned {
    pub(super) owner: Owner,
    /// The wallet's name.
    pub(super) name: String,
    /// A loaded wallet's policy, e.g. `2-of-3`.
    pub(super) policy: Option<String>,
    /// Receive or change; None off the standard paths.
    pub(super) chain: Option<Chain>,
    pub(super) index: Option<u32>,
    /// At a standard path, or in a loaded wallet.
    pub(super) standard: bool,
    /// For one key alone.
    pub(super) script_type: Option<ScriptType>,
    /// For a loaded wallet.
    pub(super) derived: Option<Derived>,
    /// The seed's keys in it.
    pub(super) keys: Vec<OurKey>,
}

/// What is wrong with the claims, or unknown about them.
pub(super) enum Trouble {
    /// The path does not give the key.
    FalseKey(DerivationPath),
    /// The path is of another network.
    OtherNetwork(DerivationPath),
    /// The key is ours, but not in the script that is given.
    NotInScript(DerivationPath),
    /// A leaf is named that does not exist, or in which the key is not.
    FalseLeaf(DerivationPath),
    /// The key is ours and in a script of a wallet that is not loaded (or whose script is not given).
    WalletUnknown,
    /// A loaded wallet's key and path give another script.
    OtherScript(String),
    /// More claims of ours than are looked at.
    TooMany,
}

/// The judgement on one input's or output's claims.
pub(super) struct Judgement {
    pub(super) owned: Option<Owned>,
    pub(super) troubles: Vec<Trouble>,
    /// Some claimed key is the open seed's.
    pub(super) has_our_key: bool,
}

/// One claimed key origin.
pub(super) struct Claim<'a> {
    key: ClaimedKey,
    source: &'a KeySource,
    leaves: &'a [TapLeafHash],
}

enum ClaimedKey {
    Full(bitcoin::PublicKey),
    XOnly(XOnlyPublicKey),
}

/// What the claims are held against.
pub(super) struct Evidence<'a> {
    /// The output's script.
    pub(super) script: &'a Script,
    /// What is executed, proven by the output's hash: redeem or witness script.
    pub(super) executed: Option<&'a Script>,
    /// Taproot leaves, proven to be in the output.
    pub(super) leaves: Vec<(TapLeafHash, &'a Script)>,
    /// Taproot: the internal key, proven to give the output with its leaves.
    pub(super) internal: Option<XOnlyPublicKey>,
}

/// Are the branches that the claims of our keys hang on few enough to be derived? Those of an honest
/// PSBT are the chains of some accounts; each of their steps costs as much as a signature.
pub(super) fn can_follow(psbt: &Psbt, context: &Context<'_>) -> bool {
    let Some(ring) = context.keys.map(|keys| keys.fingerprint()) else { return true };
    fn sources<'a>(
        full: &'a [(bitcoin::PublicKey, KeySource)],
        x_only: &'a [TapOrigin],
    ) -> impl Iterator<Item = &'a KeySource> {
        full.iter().map(|(_, source)| source).chain(x_only.iter().map(|origin| &origin.source))
    }
    let inputs = psbt.inputs().iter().flat_map(|map| sources(&map.origins, &map.tap_origins));
    let outputs = psbt.outputs().iter().flat_map(|map| sources(&map.origins, &map.tap_origins));
    let keys = inputs.chain(outputs).map(|(fingerprint, path)| {
        let steps: &[ChildNumber] = path.as_ref();
        (*fingerprint, steps.split_last().map_or(steps, |(_, branch)| branch))
    });
    let xpubs = psbt.xpubs().iter().map(|(_, (fingerprint, path))| {
        let steps: &[ChildNumber] = path.as_ref();
        (*fingerprint, steps)
    });
    let mut branches: HashSet<&[ChildNumber]> = HashSet::new();
    let ours = keys.chain(xpubs).filter(|(fingerprint, _)| *fingerprint == ring);
    let steps: usize =
        ours.filter(|(_, branch)| branches.insert(branch)).map(|(_, branch)| branch.len()).sum();
    steps <= STEPS
}

/// A map's claims of either kind.
pub(super) fn claims<'a>(
    origins: &'a [(bitcoin::PublicKey, KeySource)],
    tap_origins: &'a [TapOrigin],
) -> Vec<Claim<'a>> {
    let full = origins.iter().map(|(key, source)| Claim {
        key: ClaimedKey::Full(*key),
        source,
        leaves: &[],
    });
    let x_only = tap_origins.iter().map(|origin| Claim {
        key: ClaimedKey::XOnly(origin.key),
        source: &origin.source,
        leaves: &origin.leaves,
    });
    full.chain(x_only).collect()
}

impl ClaimedKey {
    fn is(&self, key: &PublicKey) -> bool {
        match self {
            Self::Full(claimed) => claimed.compressed && claimed.inner == *key,
            Self::XOnly(claimed) => *claimed == key.x_only_public_key().0,
        }
    }
}

/// Judges claims against a script.
pub(super) fn judge(
    context: &Context<'_>,
    claims: &[Claim<'_>],
    evidence: &Evidence<'_>,
) -> Judgement {
    let mut troubles = Vec::new();
    let ours = context
        .keys
        .map_or(Vec::new(), |keys| our_keys(context, keys, claims, evidence, &mut troubles));
    let has_our_key = !ours.is_empty();
    let mut contradicted = None;
    let owned = match in_wallets(context, claims, evidence.script) {
        Search::Found { number, place, derived } => {
            Some(of_wallet(context, number, place, *derived, &ours, &mut troubles))
        }
        Search::NotFound { contradicted: name } => {
            contradicted = name;
            of_seed(context, &ours, evidence.script)
        }
    };
    if let Some(owned) = owned {
        for key in ours.iter().filter(|key| !owned.keys.contains(key)) {
            troubles.push(Trouble::NotInScript(key.path.clone()));
        }
        let has_our_key = has_our_key || !owned.keys.is_empty();
        return Judgement { owned: Some(owned), troubles, has_our_key };
    }
    let mut unknown = false;
    for key in &ours {
        match presence(context, key, evidence) {
            Presence::There | Presence::NotTold => unknown = true,
            Presence::Absent => troubles.push(Trouble::NotInScript(key.path.clone())),
        }
    }
    if unknown {
        troubles.push(Trouble::WalletUnknown);
    }
    if let Some(name) = contradicted {
        troubles.push(Trouble::OtherScript(name));
    }
    Judgement { owned: None, troubles, has_our_key }
}

/// The claimed keys that carry our fingerprint and that our seed gives.
fn our_keys(
    context: &Context<'_>,
    keys: &dyn KeyRing,
    claims: &[Claim<'_>],
    evidence: &Evidence<'_>,
    troubles: &mut Vec<Trouble>,
) -> Vec<OurKey> {
    let fingerprint = keys.fingerprint();
    let mut ours: Vec<OurKey> = Vec::new();
    let claimed = claims.iter().filter(|claim| claim.source.0 == fingerprint);
    for (number, claim) in claimed.enumerate() {
        if number == CLAIMS {
            troubles.push(Trouble::TooMany);
            break;
        }
        let path = &claim.source.1;
        if of_another_network(path, context.network) {
            troubles.push(Trouble::OtherNetwork(path.clone()));
        }
        let Some(key) = keys.public_key(path).filter(|key| claim.key.is(key)) else {
            // one lie is enough to refuse
            troubles.push(Trouble::FalseKey(path.clone()));
            break;
        };
        if !leaves_hold(claim, &key, evidence) {
            troubles.push(Trouble::FalseLeaf(path.clone()));
        }
        let ours_now = OurKey { path: path.clone(), key };
        if !ours.contains(&ours_now) {
            ours.push(ours_now);
        }
    }
    ours
}

/// Every leaf that a claim names and that is given holds the key; a key alone (BIP86) has none.
fn leaves_hold(claim: &Claim<'_>, key: &PublicKey, evidence: &Evidence<'_>) -> bool {
    let alone = evidence.script == single_sig_script(key, ScriptType::Taproot).as_script();
    claim.leaves.iter().all(|leaf| {
        !alone
            && evidence
                .leaves
                .iter()
                .find(|(hash, _)| hash == leaf)
                .is_none_or(|(_, script)| names_key(script, key, true))
    })
}

/// The loaded wallet that gives `script` at a place that the claims name; else the name of one
/// whose key and path are claimed and that gives another script.
fn in_wallets(context: &Context<'_>, claims: &[Claim<'_>], script: &Script) -> Search {
    let mut contradicted = None;
    for (number, wallet) in context.wallets.iter().enumerate() {
        let mut places: Vec<(Chain, u32)> = Vec::new();
        for place in claims.iter().flat_map(|claim| wallet.places(claim.source)) {
            if places.len() < PLACES && !places.contains(&place) {
                places.push(place);
            }
        }
        for (chain, index) in places {
            match wallet.derive(chain, index) {
                Some(derived) if derived.descriptor.script_pubkey().as_script() == script => {
                    let derived = Box::new(derived);
                    return Search::Found { number, place: (chain, index), derived };
                }
                _ => contradicted = Some(wallet.name().to_owned()),
            }
        }
    }
    Search::NotFound { contradicted }
}

/// What the loaded wallets say about a script.
enum Search {
    /// This wallet gives it at this place.
    Found { number: usize, place: (Chain, u32), derived: Box<Derived> },
    /// None does; one whose key and path are claimed gives another script.
    NotFound { contradicted: Option<String> },
}

fn of_wallet(
    context: &Context<'_>,
    number: usize,
    (chain, index): (Chain, u32),
    derived: Derived,
    claimed: &[OurKey],
    troubles: &mut Vec<Trouble>,
) -> Owned {
    let wallet = &context.wallets[number];
    let mut keys: Vec<OurKey> = Vec::new();
    if let Some(ring) = context.keys {
        for (key, (fingerprint, path)) in &derived.keys {
            if *fingerprint != ring.fingerprint() {
                continue;
            }
            if of_another_network(path, context.network)
                && !claimed.iter().any(|known| known.path == *path)
            {
                troubles.push(Trouble::OtherNetwork(path.clone()));
            }
            // Taproot keys are compared as they stand there: without their sign
            let same = |ours: &PublicKey| match derived.descriptor {
                miniscript::Descriptor::Tr(_) => {
                    ours.x_only_public_key().0 == key.inner.x_only_public_key().0
                }
                _ => *ours == key.inner,
            };
            match ring.public_key(path).filter(same) {
                Some(key) => {
                    let ours = OurKey { path: path.clone(), key };
                    if !keys.contains(&ours) {
                        keys.push(ours);
                    }
                }
                None => troubles.push(Trouble::FalseKey(path.clone())),
            }
        }
    }
    // one key of ours alone is the seed's own wallet under the name that its owner gave it
    let alone = wallet.is_single_sig() && !keys.is_empty();
    Owned {
        owner: if alone { Owner::Seed } else { Owner::Wallet(number) },
        name: wallet.name().to_owned(),
        policy: Some(wallet.policy().to_owned()),
        chain: Some(chain),
        index: Some(index),
        standard: true,
        script_type: keys
            .first()
            .filter(|_| alone)
            .and_then(|key| script_type(key, &derived.descriptor.script_pubkey())),
        derived: Some(derived),
        keys,
    }
}

fn script_type(key: &OurKey, script: &Script) -> Option<ScriptType> {
    ScriptType::ALL
        .into_iter()
        .find(|kind| single_sig_script(&key.key, *kind).as_script() == script)
}

/// One key of the seed alone gives the script.
fn of_seed(context: &Context<'_>, ours: &[OurKey], script: &Script) -> Option<Owned> {
    let (key, kind) =
        ours.iter().find_map(|key| script_type(key, script).map(|kind| (key, kind)))?;
    let account = account(context, key)
        .filter(|account| account.script_type == kind && account.account < context.policy.accounts);
    let index = match key.path.as_ref() as &[ChildNumber] {
        [.., ChildNumber::Normal { index }] => Some(*index),
        _ => None,
    };
    let name = match account {
        Some(account) => format!("single key, account {}", account.account),
        None => "single key, unusual path".to_owned(),
    };
    Some(Owned {
        owner: Owner::Seed,
        name,
        policy: None,
        chain: account.map(|account| account.chain),
        index,
        standard: account.is_some(),
        script_type: Some(kind),
        derived: None,
        keys: vec![key.clone()],
    })
}

/// The place in an account of the open seed that the key's path names.
fn account(context: &Context<'_>, key: &OurKey) -> Option<Account> {
    context.keys?.layout().recognise(&key.path)
}

enum Presence {
    There,
    Absent,
    NotTold,
}

/// Is our key in a script that is not one of our own?
fn presence(context: &Context<'_>, key: &OurKey, evidence: &Evidence<'_>) -> Presence {
    let there = |yes: bool| if yes { Presence::There } else { Presence::Absent };
    // a path for one key alone promises an output for one key alone
    let alone = account(context, key).is_some();
    if let Some(executed) = evidence.executed {
        return there(names_key(executed, &key.key, false));
    }
    if evidence.script.is_p2tr() {
        if evidence.internal.is_some() || !evidence.leaves.is_empty() {
            let internal = evidence.internal == Some(key.key.x_only_public_key().0);
            let in_leaf = evidence.leaves.iter().any(|(_, leaf)| names_key(leaf, &key.key, true));
            return there(internal || in_leaf);
        }
        return if alone { Presence::Absent } else { Presence::NotTold };
    }
    if evidence.script.is_p2sh() || evidence.script.is_p2wsh() {
        return if alone { Presence::Absent } else { Presence::NotTold };
    }
    there(names_key(evidence.script, &key.key, false))
}
