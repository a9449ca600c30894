//! The examination.

use super::facts::WalletFlow;
use super::finding::Findings;
use super::inputs::{self, Case};
use super::weight::{self, Spending};
use super::{
    Code, Facts, History, OutputFacts, Page, Place, Policy, Task, Walk, known, outputs, owner,
    pages, report, sweep, transaction, utxo,
};
use crate::psbt::Psbt;
use crate::wallet::{KeyRing, Network, Registered, Successor};
use bitcoin::Amount;

/// What the judge knows besides the PSBT.
pub struct Context<'a> {
    /// The network that the user chose.
    pub network: Network,
    /// The open seed's public side.
    pub keys: Option<&'a dyn KeyRing>,
    /// The wallets (descriptors) that the user loaded.
    pub wallets: &'a [Registered],
    /// What was signed before.
    pub history: &'a History,
    /// Thresholds.
    pub policy: &'a Policy,
    /// Seconds since 1970, where there is a clock.
    pub now: Option<u64>,
    /// The key is compromised or out of use: all coins must go there. SIGHASH_UNUSUAL cannot be
    /// allowed then, for the outputs might be exchanged after such a signature.
    pub only_to: Option<&'a Successor>,
    /// The expert allowed SIGHASH_UNUSUAL for this one transaction.
    pub allow_sighash_unusual: bool,
}

/// The outcome.
pub enum Examined {
    /// May be walked through and signed.
    Reviewed(Reviewed),
    /// Nothing will be signed.
    Refused(Refusal),
}

/// A PSBT that passed, with its facts and the signatures to make.
///
/// ```compile_fail,E0451
/// // private fields: only an examination makes one
/// fn made_by_hand(psbt: coldlight::psbt::Psbt, facts: coldlight::review::Facts) {
///     let reviewed =
///         coldlight::review::Reviewed { psbt: Box::new(psbt), facts, tasks: Vec::new() };
/// }
/// ```
pub struct Reviewed {
    psbt: Box<Psbt>,
    facts: Facts,
    tasks: Vec<Task>,
}

/// A PSBT that did not pass, with its facts.
pub struct Refusal {
    facts: Facts,
}

impl Examined {
    /// What is known, either way.
    pub fn facts(&self) -> &Facts {
        match self {
            Self::Reviewed(reviewed) => reviewed.facts(),
            Self::Refused(refusal) => refusal.facts(),
        }
    }
}

impl Refusal {
    /// What is known, the refusals first.
    pub fn facts(&self) -> &Facts {
        &self.facts
    }
    /// Why, page after page.
    pub fn pages(&self) -> Vec<Page> {
        pages::refusal(&self.facts)
    }
}

impl Reviewed {
    /// What is known.
    pub fn facts(&self) -> &Facts {
        &self.facts
    }
    /// How many signatures would be made; 0 when all of ours are already there.
    pub fn to_sign(&self) -> usize {
        self.tasks.len()
    }
    /// Starts the walk through the pages.
    pub fn walk(self) -> Walk {
        let pages = pages::review(&self.facts, self.tasks.len());
        Walk::new(self, pages)
    }
    pub(super) fn into_parts(self) -> (Psbt, Vec<Task>) {
        (*self.psbt, self.tasks)
    }
}

/// Examines `psbt`. Pure: same input, same outcome.
pub fn examine(psbt: Psbt, context: &Context<'_>) -> Examined {
    let mut findings = Findings::default();
    let followed = owner::can_follow(&psbt, context);
    if !followed {
        findings.refuse(
            Code::FeatureUnsupported,
            Place::Tx,
            "The PSBT names more paths to keys of yours than are followed.",
        );
    }
    let keys = context.keys.filter(|_| followed);
    let allow_sighash_unusual = context.allow_sighash_unusual && context.only_to.is_none();
    let context = &Context { keys, allow_sighash_unusual, ..*context };
    transaction::check_form(&psbt, &mut findings);
    transaction::check_is_payment(&psbt, &mut findings);
    transaction::check_xpubs(&psbt, context, &mut findings);
    transaction::check_history(&psbt, context, &mut findings);
    transaction::check_times(&psbt, context, &mut findings);
    let spent = utxo::spent(&psbt, &mut findings);
    let mut cases = inputs::examine(&psbt, context, spent, &mut findings);
    let swept = sweep::places(&psbt, context);
    let mut outputs = outputs::examine(&psbt, context, &cases, &swept, &mut findings);
    let sweep = sweep::check(context, &swept, &mut outputs, &mut findings);
    known::check(context, &cases, &mut outputs, &mut findings);
    let proven = transaction::proven(&cases);
    let money = transaction::money(&cases, &proven, &outputs, &mut findings);
    let spendings: Vec<Option<Spending>> =
        cases.iter().enumerate().map(|(n, case)| weight::spending(&psbt, n, case)).collect();
    let weight = weight::weight(&psbt, &spendings);
    let most = weight.map(|(most, _)| most);
    let base_weight = 4 * psbt.tx().base_size() as u64;
    let fee = transaction::check_fee(&money, most, base_weight, context, &mut findings);
    if context.keys.is_some() && !cases.iter().any(|case| case.has_our_key) {
        findings.refuse(
            Code::NothingToSign,
            Place::Tx,
            "No input has a key of the wallet that is open.",
        );
    }
    let refused = findings.refused();
    let facts = Facts {
        network: context.network,
        findings: findings.sorted(),
        fee: money.fee,
        fee_proven: proven.iter().all(|proven| *proven),
        fee_rate: fee.rate,
        fee_share: fee.share,
        paid: money.paid,
        weight: most,
        weight_exact: weight.is_some_and(|(_, exact)| exact),
        txid: transaction::txid(&psbt, &cases),
        version: psbt.tx().version.0,
        lock_time: psbt.tx().lock_time.to_consensus_u32(),
        rbf: psbt.tx().input.iter().any(|input| input.sequence.is_rbf()),
        sweep,
        wallets: flows(&cases, &outputs),
        inputs: report::inputs(&psbt, context, &cases, &proven, &spendings),
        outputs,
    };
    if refused {
        return Examined::Refused(Refusal { facts });
    }
    let tasks = cases.iter_mut().flat_map(|case| std::mem::take(&mut case.tasks)).collect();
    Examined::Reviewed(Reviewed { psbt: Box::new(psbt), facts, tasks })
}

/// What leaves and what comes back, a wallet of ours at a time.
fn flows(cases: &[Case], outputs: &[OutputFacts]) -> Vec<WalletFlow> {
    let mut flows: Vec<WalletFlow> = Vec::new();
    let mut add = |name: &str, policy: Option<&str>, spent: Option<Amount>, returned: Amount| {
        let place = flows.iter().position(|flow| flow.name == name).unwrap_or_else(|| {
            flows.push(WalletFlow {
                name: name.to_owned(),
                policy: policy.map(str::to_owned),
                spent: Some(Amount::ZERO),
                returned: Amount::ZERO,
            });
            flows.len() - 1
        });
        let flow = &mut flows[place];
        flow.spent = flow.spent.zip(spent).and_then(|(sum, more)| sum.checked_add(more));
        flow.returned = flow.returned.checked_add(returned).unwrap_or(Amount::MAX);
    };
    for case in cases {
        if let Some(owned) = &case.owned {
            let spent = case.txout.as_ref().map(|txout| txout.value);
            add(&owned.name, owned.policy.as_deref(), spent, Amount::ZERO);
        }
    }
    for output in outputs {
        if let Some(name) = &output.wallet {
            add(name, None, Some(Amount::ZERO), output.amount);
        }
    }
    flows
}
