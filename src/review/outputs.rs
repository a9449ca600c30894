//! Each output: change, own, external, data or unknown; a false claim of ours is a refusal.

use super::examine::Context;
use super::finding::Findings;
use super::inputs::Case;
use super::lock::{Lock, of_scripts, tweaked};
use super::owner::{self, Evidence, Judgement, Owned, Trouble};
use super::utxo::check_value;
use super::{Code, OutputFacts, OutputKind, Place};
use crate::psbt::{Output, Psbt};
use crate::wallet::{Chain, address, btc};
use bitcoin::secp256k1::XOnlyPublicKey;
use bitcoin::taproot::{TapLeafHash, TaprootBuilder};
use bitcoin::{Amount, FeeRate, Script};
use std::collections::HashMap;

/// Examines every output against the inputs.
pub(super) fn examine(
    psbt: &Psbt,
    context: &Context<'_>,
    cases: &[Case],
    findings: &mut Findings,
) -> Vec<OutputFacts> {
    let mut facts = Vec::with_capacity(psbt.outputs().len());
    let mut seen: HashMap<&Script, usize> = HashMap::new();
    for (n, output) in psbt.outputs().iter().enumerate() {
        check_value(output.txout.value, Place::Output(n), findings);
        let mut desk = Desk { n, output, context, cases, findings };
        facts.push(desk.examine());
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
    facts
}

struct Desk<'a, 'b> {
    n: usize,
    output: &'a Output,
    context: &'a Context<'a>,
    cases: &'a [Case],
    findings: &'b mut Findings,
}

impl Desk<'_, '_> {
    fn examine(&mut self) -> OutputFacts {
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
        };
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
        facts
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
            leaves: tree.as_ref().map_or(Vec::new(), |tree| tree.leaves.clone()),
            internal: tree.as_ref().map(|tree| tree.internal),
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
        let mut builder = TaprootBuilder::new();
        let mut leaves = Vec::new();
        for (depth, version, script) in given {
            builder = builder.add_leaf_with_ver(*depth, script.clone(), *version).ok()?;
            leaves.push((TapLeafHash::from_script(script, *version), script.as_script()));
        }
        let root = if given.is_empty() {
            None
        } else {
            builder.try_into_taptree().ok().map(|tree| tree.root_hash())
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
        let spent: Vec<&Owned> = self.cases.iter().filter_map(|case| case.owned.as_ref()).collect();
        if spent.is_empty() {
            return;
        }
        if !spent.iter().any(|input| input.owner == owned.owner) {
            facts.kind = OutputKind::Own;
            self.warn(
                Code::OwnOtherWallet,
                format!(
                    "{name} goes to another wallet of yours ({}) than the one that pays ({}).",
                    owned.name, spent[0].name
                ),
            );
        } else if facts.kind == OutputKind::Change
            && owned.script_type.is_some()
            && !spent.iter().any(|input| input.script_type == owned.script_type)
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
