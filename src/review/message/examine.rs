//! The examination of a request to sign a message.

use super::facts::Times;
use super::pages;
use super::walk::Work;
use super::{MessageFacts, MessageForm, MessageWalk};
use crate::message::{LegacyKind, Request, Spoken};
use crate::psbt::Psbt;
use crate::review::finding::Findings;
use crate::review::inputs::{self, Case};
use crate::review::utxo::{self, Spent};
use crate::review::weight::{self, Spending};
use crate::review::{
    Code, Context, InputFacts, Page, Place, SignatureCount, Signer, owner, report, transaction,
};
use crate::wallet::{Account, address, of_another_network, single_sig_script};
use bitcoin::secp256k1::PublicKey;
use bitcoin::transaction::Version;
use bitcoin::{Amount, Sequence};

/// The outcome.
pub enum MessageExamined {
    /// May be walked through and signed.
    Reviewed(MessageReviewed),
    /// Nothing will be signed.
    Refused(MessageRefusal),
}

/// A request that passed, with its facts and what is to be signed.
///
/// ```compile_fail,E0451
/// // private fields: only an examination makes one
/// fn made_by_hand(facts: coldlight::review::message::MessageFacts) {
///     let reviewed = coldlight::review::message::MessageReviewed { facts, work: panic!() };
/// }
/// ```
pub struct MessageReviewed {
    facts: MessageFacts,
    work: Work,
}

/// A request that did not pass, with its facts.
pub struct MessageRefusal {
    facts: MessageFacts,
}

impl MessageExamined {
    /// What is known, either way.
    pub fn facts(&self) -> &MessageFacts {
        match self {
            Self::Reviewed(reviewed) => &reviewed.facts,
            Self::Refused(refusal) => &refusal.facts,
        }
    }
}

impl MessageRefusal {
    /// What is known, the refusals first.
    pub fn facts(&self) -> &MessageFacts {
        &self.facts
    }
    /// Why, page after page.
    pub fn pages(&self) -> Vec<Page> {
        pages::refusal(&self.facts)
    }
}

impl MessageReviewed {
    /// What is known.
    pub fn facts(&self) -> &MessageFacts {
        &self.facts
    }
    /// Starts the walk through the pages.
    pub fn walk(self) -> MessageWalk {
        let pages = pages::review(&self.facts);
        MessageWalk::new(self, pages)
    }
    pub(super) fn into_parts(self) -> (MessageFacts, Work) {
        (self.facts, self.work)
    }
}

/// Examines a BIP322 request. Pure: same input, same outcome. What the expert may allow for a payment
/// is never allowed here: a signature of another kind than ALL would serve for other transactions.
pub fn examine(request: Request, context: &Context<'_>) -> MessageExamined {
    let mut findings = Findings::default();
    check_key(context, &mut findings);
    let psbt = request.psbt();
    let followed = owner::can_follow(psbt, context);
    if !followed {
        findings.refuse(
            Code::FeatureUnsupported,
            Place::Tx,
            "The PSBT names more paths to keys of yours than are followed.",
        );
    }
    let keys = context.keys.filter(|_| followed);
    let context = &Context { keys, allow_sighash_unusual: false, ..*context };
    transaction::check_form(psbt, &mut findings);
    transaction::check_xpubs(psbt, context, &mut findings);
    transaction::check_history(psbt, context, &mut findings);
    let spent = spent(&request, &mut findings);
    let mut cases = inputs::examine(psbt, context, spent, &mut findings);
    say_whose(&cases, &mut findings);
    check_amounts(&cases, &mut findings);
    if context.keys.is_some() && !cases.iter().any(|case| case.has_our_key) {
        findings.refuse(
            Code::NothingToSign,
            Place::Tx,
            "Neither the address nor a coin has a key of the wallet that is open.",
        );
    }
    let facts = facts(&request, context, &cases, findings.refused(), findings);
    let (facts, refused) = facts;
    if refused {
        return MessageExamined::Refused(MessageRefusal { facts });
    }
    let tasks = cases.iter_mut().flat_map(|case| std::mem::take(&mut case.tasks)).collect();
    let challenge = request.challenge().clone();
    let work = Work::Virtual { psbt: Box::new(request.into_psbt()), challenge, tasks };
    MessageExamined::Reviewed(MessageReviewed { facts, work })
}

/// NOT_TO_SUCCESSOR: what a compromised or retired key says proves nothing any more.
fn check_key(context: &Context<'_>, findings: &mut Findings) {
    if let Some(successor) = context.only_to {
        findings.refuse(
            Code::NotToSuccessor,
            Place::Tx,
            format!(
                "This key signs only what brings all coins to {}, and no messages.",
                successor.title()
            ),
        );
    }
}

/// What the inputs spend. The first one's output is known without being told.
fn spent(request: &Request, findings: &mut Findings) -> Vec<Spent> {
    let psbt = request.psbt();
    let mut all = utxo::spent(psbt, findings);
    for (spent, earlier) in all.iter_mut().zip(psbt.told_earlier()) {
        if let (None, false, Some(earlier)) = (&spent.txout, spent.wrong, earlier) {
            (spent.txout, spent.from_previous) = (Some(earlier.clone()), true);
        }
    }
    if let Some(first) = all.first_mut() {
        (first.txout, first.from_previous) = (Some(request.virtual_output()), true);
    }
    all
}

/// FOREIGN_INPUT in the words of a message.
fn say_whose(cases: &[Case], findings: &mut Findings) {
    for place in findings.take(Code::ForeignInput) {
        let what = match place {
            Place::Input(0) => {
                "The address is not yours: your coins would vouch for somebody else's message."
                    .to_owned()
            }
            Place::Input(n) if cases.get(n).is_some_and(|case| case.txout.is_none()) => {
                format!("Nothing is told about coin {n}.")
            }
            Place::Input(n) => format!("Coin {n} is not yours: somebody else must sign for it."),
            Place::Output(_) | Place::Tx => continue,
        };
        findings.warn(Code::ForeignInput, place, what);
    }
}

/// VALUE_RANGE: the sum of all coins; AMOUNT_UNPROVEN where one is only claimed.
fn check_amounts(cases: &[Case], findings: &mut Findings) {
    let sum = utxo::sum(cases.iter().filter_map(|case| Some(case.txout.as_ref()?.value)));
    if sum.is_none_or(|sum| sum > Amount::MAX_MONEY) {
        findings.refuse(Code::ValueRange, Place::Tx, "The coins are above 21 million BTC.");
    }
}

fn facts(
    request: &Request,
    context: &Context<'_>,
    cases: &[Case],
    refused: bool,
    findings: Findings,
) -> (MessageFacts, bool) {
    let psbt = request.psbt();
    let proven = transaction::proven(cases);
    let spendings: Vec<Option<Spending>> =
        cases.iter().enumerate().map(|(n, case)| weight::spending(psbt, n, case)).collect();
    let mut inputs = report::inputs(psbt, context, cases, &proven, &spendings);
    let first = inputs.remove(0); // a request has a first input
    let owned = cases.first().and_then(|case| case.owned.as_ref());
    let facts = MessageFacts {
        network: context.network,
        findings: findings.sorted(),
        text: request.text().clone(),
        form: form(psbt, &first),
        address: address(request.challenge(), context.network),
        wallet: owned.map(|owned| owned.name.clone()),
        policy: owned.and_then(|owned| owned.policy.clone()),
        paths: owned.map_or(vec![], |owned| owned.keys.iter().map(|it| it.path.clone()).collect()),
        signatures: first.signatures,
        signers: first.signers,
        to_sign: cases.iter().map(|case| case.tasks.len()).sum(),
        coins: inputs,
        times: Times {
            version: psbt.tx().version.0,
            lock_time: psbt.tx().lock_time.to_consensus_u32(),
            sequence: first.sequence.to_consensus_u32(),
        },
    };
    (facts, refused)
}

/// BIP322, "Signing": the shortest form that is allowed.
fn form(psbt: &Psbt, first: &InputFacts) -> MessageForm {
    use crate::review::InputScript::{P2trKey, P2trScript, P2wpkh, P2wsh};
    let tx = psbt.tx();
    let default = tx.version == Version(0)
        && tx.lock_time.to_consensus_u32() == 0
        && first.sequence == Sequence::ZERO;
    match first.script {
        _ if psbt.inputs().len() > 1 => MessageForm::Funds,
        P2wpkh | P2wsh | P2trKey | P2trScript if default => MessageForm::Simple,
        _ => MessageForm::Full,
    }
}

/// Examines a spoken request: a message, signed by the key at a standard path (BIP137).
pub fn examine_spoken(spoken: Spoken, context: &Context<'_>) -> MessageExamined {
    let mut findings = Findings::default();
    check_key(context, &mut findings);
    let found = own_key(&spoken, context, &mut findings);
    let kind = found.as_ref().map_or(LegacyKind::Pkh, |(_, _, kind)| *kind);
    let script = found.as_ref().map(|(_, key, kind)| single_sig_script(key, kind.script_type()));
    let signer = context.keys.map(|keys| Signer {
        party: None,
        fingerprint: Some(keys.fingerprint()),
        signed: false,
        ours: true,
    });
    let facts = MessageFacts {
        network: context.network,
        text: spoken.text,
        form: MessageForm::Legacy(kind),
        address: script.and_then(|script| address(&script, context.network)),
        wallet: found
            .as_ref()
            .map(|(account, ..)| format!("single key, account {}", account.account)),
        policy: None,
        paths: vec![spoken.path.clone()],
        signatures: SignatureCount { present: 0, needed: Some(1) },
        signers: signer.into_iter().collect(),
        to_sign: 1,
        coins: vec![],
        times: Times::default(),
        findings: vec![],
    };
    match found {
        Some((_, key, kind)) if !findings.refused() => {
            let facts = MessageFacts { findings: findings.sorted(), ..facts };
            let work = Work::Legacy { path: spoken.path, key, kind };
            MessageExamined::Reviewed(MessageReviewed { facts, work })
        }
        _ => {
            let facts = MessageFacts { findings: findings.sorted(), ..facts };
            MessageExamined::Refused(MessageRefusal { facts })
        }
    }
}

/// The key at the path, where the path is of a standard account of this network; else a refusal.
fn own_key(
    spoken: &Spoken,
    context: &Context<'_>,
    findings: &mut Findings,
) -> Option<(Account, PublicKey, LegacyKind)> {
    let path = &spoken.path;
    let Some(keys) = context.keys else {
        findings.refuse(Code::NothingToSign, Place::Tx, "No wallet is open that could sign it.");
        return None;
    };
    if of_another_network(path, context.network) {
        findings.refuse(
            Code::NetworkWrong,
            Place::Tx,
            format!("The path m/{path} is of another network than {}.", context.network.label()),
        );
        return None;
    }
    let in_bounds = |account: &Account| {
        account.account < context.policy.accounts && account.index < context.policy.index_end
    };
    let Some(account) = keys.layout().recognise(path).filter(in_bounds) else {
        findings.refuse(
            Code::UnusualPath,
            Place::Tx,
            format!("No standard account of yours has an address at the path m/{path}."),
        );
        return None;
    };
    let Some(kind) = LegacyKind::of(account.script_type) else {
        findings.refuse(
            Code::FeatureUnsupported,
            Place::Tx,
            "A Taproot address cannot sign in this form (BIP137): ask for BIP322.",
        );
        return None;
    };
    Some((account, keys.public_key(path)?, kind))
}
