//! Each output: change, own, external, data or unknown; a false claim of ours is a refusal.

use super::examine::Context;
use super::finding::Findings;
use super::inputs::Case;
use super::lock::{Lock, of_scripts, tweaked};
use super::owner::{self, Evidence, Judgement, Owned, Owner, Trouble};
use super::utxo::check_value;
use super::{Code, OutputFacts, OutputKind, Place};
use crate::psbt::{Output, Psbt};
use crate::wallet::{Chain, ScriptType, SuccessorPlace, address, btc};
use bitcoin::secp256k1::XOnlyPublicKey;
use bitcoin::taproot::{TapLeafHash, TapNodeHash};
use bitcoin::{Amount, FeeRate, Script};
use std::collections::HashMap;

/// Examines every output against the inputs.
pub(super) fn examine(
    psbt: &Psbt,
    context: &Context<'_>,
    cases: &[Case],
    swept: &[Option<SuccessorPlace>],
    findings: &mut Findings,
) -> Vec<OutputFacts> {
    let payers = Payer::all(cases);
    let mut owners = Vec::with_capacity(psbt.outputs().len());
    let mut facts = Vec::with_capacity(psbt.outputs().len());
    let mut seen: HashMap<&Script, usize> = HashMap::new();
    for (n, output) in psbt.outputs().iter().enumerate() {
        check_value(output.txout.value, Place::Output(n), findings);
        let swept = swept.get(n).is_some_and(Option::is_some);
        let mut desk = Desk { n, output, context, payers: &payers, swept, findings };
        let (told, owner) = desk.examine();
        facts.push(told);
        owners.push(owner);
        let script = output.txout.script_pubkey.as_script();
        if let Some(first) = seen.get(script) {
            findings.warn(
                Code::DuplicateOutput,
                Place::Output(n),
                format!("Outputs {} and {} go to the same place.", first + 1, n + 1),
            );
        } else {
            seen.insert(script, n);
        }
    }
    check_moves(&payers, &owners, &mut facts, findings);
    facts
}

/// One of our wallets among the inputs.
struct Payer {
    owner: Owner,
    name: String,
    /// The script types of its inputs, for one key alone.
    script_types: Vec<Option<ScriptType>>,
    /// Sum of its inputs, as they are told.
    spent: Amount,
}

impl Payer {
    fn all(cases: &[Case]) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for case in cases {
            let Some(owned) = &case.owned else { continue };
            let place = all.iter().position(|payer| payer.owner == owned.owner);
            let place = place.unwrap_or_else(|| {
                all.push(Self {
                    owner: owned.owner,
                    name: owned.name.clone(),
                    script_types: Vec::new(),
                    spent: Amount::ZERO,
                });
                all.len() - 1
            });
            let payer = &mut all[place];
            if !payer.script_types.contains(&owned.script_type) {
                payer.script_types.push(owned.script_type);
            }
            let spent = case.txout.as_ref().map_or(Amount::ZERO, |txout| txout.value);
            payer.spent = payer.spent.checked_add(spent).unwrap_or(Amount::MAX);
        }
        all
    }
}

/// OWN_OTHER_WALLET where several of our wallets pay and one of them gets back more than it gave:
/// a grain of one wallet among the inputs must not pass the coins of another off as its change.
fn check_moves(
    payers: &[Payer],
    owners: &[Option<Owner>],
    facts: &mut [OutputFacts],
    findings: &mut Findings,
) {
    let [_, _, ..] = payers else { return };
    for payer in payers {
        let its = |n: &usize| owners.get(*n).is_some_and(|owner| *owner == Some(payer.owner));
        let back = |n: usize| facts.get(n).map(|output| output.amount);
        let returned = (0..facts.len())
            .filter(its)
            .filter_map(back)
            .try_fold(Amount::ZERO, Amount::checked_add);
        if returned.is_some_and(|returned| returned <= payer.spent) {
            continue;
        }
        let Some(other) = payers.iter().find(|other| other.owner != payer.owner) else { continue };
        for n in (0..facts.len()).filter(its) {
            facts[n].kind = OutputKind::Own;
            facts[n].other_wallet = true;
            findings.warn(
                Code::OwnOtherWallet,
                Place::Output(n),
                format!(
                    "Output {} ({} BTC) brings {} more than it pays: coins of another wallet of yours ({}) move there.",
                    n + 1,
                    btc(facts[n].amount),
                    payer.name,
                    other.name
                ),
            );
        }
    }
}

struct Desk<'a, 'b> {
    n: usize,
    output: &'a Output,
    context: &'a Context<'a>,
    payers: &'a [Payer],
    /// It goes to the wallet that takes over, as it must.
    swept: bool,
    findings: &'b mut Findings,
}

impl Desk<'_, '_> {
    /// The facts, and which wallet of ours gets it.
    fn examine(&mut self) -> (OutputFacts, Option<Owner>) {
        let txout = &self.output.txout;
        let script = &txout.script_pubkey;
        let judgement = self.judge();
        self.report(&judgement);
        let mut facts = OutputFacts {
            kind: OutputKind::External,
            amount: txout.value,
            script: script.clone(),
            address: address(script, self.context.network),
            wallet: None,
            index: None,
            other_wallet: false,
            successor: false,
            paid_before: false,
            imitated: None,
        };
        let owner = judgement.owned.as_ref().map(|owned| owned.owner);
        match judgement.owned {
            Some(owned) => self.ours(&mut facts, &owned),
            None if script.is_op_return() => self.data(&mut facts),
            None if facts.address.is_none() => {
                facts.kind = OutputKind::Unknown;
                self.warn(
                    Code::UnknownScript,
                    format!(
                        "{} goes to a script that has no address form.",
                        self.name(txout.value)
                    ),
                );
            }
            None => {}
        }
        self.dust(script, txout.value);
        let owner = facts.wallet.as_ref().and(owner);
        (facts, owner)
    }

    fn name(&self, amount: Amount) -> String {
        format!("Output {} ({} BTC)", self.n + 1, btc(amount))
    }

    fn warn(&mut self, code: Code, what: String) {
        self.findings.warn(code, Place::Output(self.n), what);
    }

    fn note(&mut self, code: Code, what: String) {
        self.findings.note(code, Place::Output(self.n), what);
    }

    fn judge(&self) -> Judgement {
        let output = self.output;
        let script = output.txout.script_pubkey.as_script();
        let claims = owner::claims(&output.origins, &output.tap_origins);
        let redeem = output.redeem_script.as_deref();
        let (lock, _) = of_scripts(script, redeem, output.witness_script.as_deref());
        let executed = match &lock {
            Lock::Script { script, .. } => script.as_deref(),
            Lock::Wpkh { nested: true } => redeem,
            _ => None,
        };
        let tree = self.tree(&lock);
        let evidence = Evidence {
            script,
            executed,
            internal: tree.as_ref().map(|tree| tree.internal),
            leaves: tree.map_or(Vec::new(), |tree| tree.leaves),
        };
        owner::judge(self.context, &claims, &evidence)
    }

    /// The internal key and leaves, when together they give the output.
    fn tree(&self, lock: &Lock) -> Option<Tree<'_>> {
        let Lock::Taproot { output } = lock else {
            return None;
        };
        let internal = self.output.tap_internal_key?;
        let given = self.output.tap_tree.as_deref().unwrap_or_default();
        // Subtrees that still lack a sibling, with their depths: never more than 129. A builder
        // that keeps each leaf's path would take a hundred times the tree's own bytes.
        let mut open: Vec<(u8, TapNodeHash)> = Vec::new();
        let mut leaves = Vec::with_capacity(given.len());
        for (depth, version, script) in given {
            let leaf = TapLeafHash::from_script(script, *version);
            leaves.push((leaf, script.as_script()));
            let (mut depth, mut node) = (*depth, TapNodeHash::from(leaf));
            while let Some((_, sibling)) = open.pop_if(|(at, _)| depth > 0 && *at == depth) {
                node = TapNodeHash::from_node_hashes(sibling, node);
                depth -= 1;
            }
            open.push((depth, node));
        }
        let root = match open.as_slice() {
            [] => None,
            [(0, root)] => Some(*root),
            _ => return None,
        };
        (tweaked(internal, root) == *output).then_some(Tree { internal, leaves })
    }

    /// The claims' troubles as findings.
    fn report(&mut self, judgement: &Judgement) {
        let name = self.name(self.output.txout.value);
        let place = Place::Output(self.n);
        let contradicted =
            judgement.troubles.iter().any(|trouble| matches!(trouble, Trouble::OtherScript(_)));
        for trouble in &judgement.troubles {
            match trouble {
                Trouble::FalseKey(path) => self.findings.refuse(
                    Code::ChangeFalse,
                    place,
                    format!("{name} names a key as yours that your seed does not give at m/{path}."),
                ),
                Trouble::NotInScript(path) => self.findings.refuse(
                    Code::ChangeFalse,
                    place,
                    format!("{name} says that it comes back to you at m/{path}, but that is not its address."),
                ),
                Trouble::FalseLeaf(path) => self.findings.refuse(
                    Code::ChangeFalse,
                    place,
                    format!("{name} names a script leaf for your key at m/{path} in which the key is not."),
                ),
                Trouble::OtherScript(wallet) => self.findings.refuse(
                    Code::ChangeFalse,
                    place,
                    format!("{name} says that it comes back to you, but the address does not belong to {wallet}."),
                ),
                Trouble::OtherNetwork(path) => self.findings.refuse(
                    Code::NetworkWrong,
                    place,
                    format!(
                        "{name} names your key at m/{path}, a path of another network than {}.",
                        self.context.network.label()
                    ),
                ),
                Trouble::WalletUnknown if !contradicted => self.findings.warn(
                    Code::WalletUnknown,
                    place,
                    format!("{name} names your key in a script with others, of a wallet that is not loaded: it is treated as a payment to somebody else."),
                ),
                Trouble::WalletUnknown => {}
                Trouble::TooMany => self.findings.refuse(
                    Code::FeatureUnsupported,
                    place,
                    format!("{name} names more keys as yours than are looked at."),
                ),
            }
        }
    }

    fn ours(&mut self, facts: &mut OutputFacts, owned: &Owned) {
        let name = self.name(facts.amount);
        let index = owned.index;
        if let Some(index) = index.filter(|index| *index >= self.context.policy.index_high) {
            let far = index >= self.context.policy.index_end;
            let treated = if far { ", so high that it is treated as somebody else's" } else { "" };
            self.warn(Code::ChangeHighIndex, format!("{name} is yours at index {index}{treated}."));
            if far {
                return;
            }
        }
        facts.wallet = Some(owned.name.clone());
        facts.index = index;
        facts.kind = match owned.chain {
            Some(Chain::Change) => OutputKind::Change,
            _ => OutputKind::Own,
        };
        if owned.chain == Some(Chain::Receive) {
            self.note(
                Code::OwnOutput,
                format!("{name} pays yourself: a receive address of {}.", owned.name),
            );
        }
        if !owned.standard {
            facts.kind = OutputKind::Own;
            let path = owned.keys.first().map_or(String::new(), |key| format!("m/{}", key.path));
            self.warn(
                Code::UnusualPath,
                format!("{name} is yours, but its key stands at an unusual path ({path})."),
            );
        }
        self.compare_with_inputs(facts, owned, &name);
    }

    fn compare_with_inputs(&mut self, facts: &mut OutputFacts, owned: &Owned, name: &str) {
        let [first, ..] = self.payers else { return };
        let payer = self.payers.iter().find(|payer| payer.owner == owned.owner);
        let Some(payer) = payer else {
            facts.kind = OutputKind::Own;
            facts.other_wallet = true;
            if self.swept {
                return;
            }
            self.warn(
                Code::OwnOtherWallet,
                format!(
                    "{name} goes to another wallet of yours ({}) than the one that pays ({}).",
                    owned.name, first.name
                ),
            );
            return;
        };
        if facts.kind == OutputKind::Change
            && owned.script_type.is_some()
            && !payer.script_types.contains(&owned.script_type)
        {
            self.warn(
                Code::ChangeOtherScriptType,
                format!("{name} comes back to another kind of address than your inputs have."),
            );
        }
    }

    fn data(&mut self, facts: &mut OutputFacts) {
        facts.kind = OutputKind::Data;
        if facts.amount > Amount::ZERO {
            self.warn(
                Code::DataOutput,
                format!("{} carries data: its coins are lost for ever.", self.name(facts.amount)),
            );
        } else {
            let n = self.n + 1;
            self.note(Code::DataOutput, format!("Output {n} carries data, no coins."));
        }
    }

    /// Bitcoin Core's GetDustThreshold, at the policy's rate.
    fn dust(&mut self, script: &Script, amount: Amount) {
        let Some(rate) = FeeRate::from_sat_per_vb(self.context.policy.dust_rate) else {
            return;
        };
        let least = script.minimal_non_dust_custom(rate);
        if amount < least {
            self.warn(
                Code::DustOutput,
                format!(
                    "Output {} pays {} sat, less than the {} sat that are worth spending.",
                    self.n + 1,
                    amount.to_sat(),
                    least.to_sat()
                ),
            );
        }
    }
}

struct Tree<'a> {
    internal: XOnlyPublicKey,
    leaves: Vec<(TapLeafHash, &'a Script)>,
}
