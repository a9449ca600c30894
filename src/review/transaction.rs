//! What concerns the transaction as a whole: its form, amounts, fee, locktime, extended keys.

use super::examine::Context;
use super::finding::Findings;
use super::inputs::Case;
use super::lock::Lock;
use super::utxo::sum;
use super::{Code, OutputFacts, OutputKind, Place};
use crate::message;
use crate::psbt::sighash::Spend;
use crate::psbt::{Psbt, Unbuilt};
use crate::wallet::{btc, of_another_network, sat};
use bitcoin::bip32::ChildNumber;
use bitcoin::{Amount, NetworkKind, ScriptBuf, Txid};
use std::collections::HashSet;

/// A locktime below this is a height, from here on seconds since 1970 (BIP65).
const LOCK_TIME_THRESHOLD: u32 = 500_000_000;

/// TX_INVALID, FEATURE_UNSUPPORTED.
pub(super) fn check_form(psbt: &Psbt, findings: &mut Findings) {
    let tx = psbt.tx();
    let mut invalid = |what: &str| findings.refuse(Code::TxInvalid, Place::Tx, what);
    if tx.input.is_empty() {
        invalid("The transaction has no inputs.");
    }
    if tx.output.is_empty() {
        invalid("The transaction has no outputs.");
    }
    let mut seen = HashSet::new();
    if !tx.input.iter().all(|input| seen.insert(input.previous_output)) {
        invalid("The transaction spends the same coin twice.");
    }
    if tx.input.iter().any(|input| input.previous_output.is_null()) {
        invalid("The transaction has an input that spends nothing.");
    }
    if psbt.lock_time_conflict() {
        invalid("The inputs ask for locktimes that cannot be joined.");
    }
    check_features(psbt, findings);
}

/// MESSAGE_FALSE: a message to sign, or what pretends to be one, is no payment.
pub(super) fn check_is_payment(psbt: &Psbt, findings: &mut Findings) {
    if let Some(falsehood) = message::falsehood(psbt) {
        findings.refuse(Code::MessageFalse, Place::Tx, falsehood.to_string());
    }
}

/// FEATURE_UNSUPPORTED.
fn check_features(psbt: &Psbt, findings: &mut Findings) {
    for feature in psbt.unbuilt() {
        let name = match feature {
            Unbuilt::SilentPayments => "silent payments (BIP375)",
            Unbuilt::MuSig2 => "MuSig2 (BIP373)",
        };
        findings.refuse(
            Code::FeatureUnsupported,
            Place::Tx,
            format!("The PSBT needs {name}, which is not supported."),
        );
    }
}

/// KEY_ORIGIN_FALSE and NETWORK_WRONG of the global extended keys.
pub(super) fn check_xpubs(psbt: &Psbt, context: &Context<'_>, findings: &mut Findings) {
    let network = NetworkKind::from(context.network.to_bitcoin());
    for (xpub, (fingerprint, path)) in psbt.xpubs() {
        if xpub.network != network {
            findings.refuse(
                Code::NetworkWrong,
                Place::Tx,
                format!("An extended key is of another network than {}.", context.network.label()),
            );
        }
        let Some(keys) = context.keys.filter(|keys| keys.fingerprint() == *fingerprint) else {
            continue;
        };
        if of_another_network(path, context.network) {
            findings.refuse(
                Code::NetworkWrong,
                Place::Tx,
                format!("An extended key of yours stands at m/{path}, a path of another network."),
            );
        }
        // its first child depends on the chain code too
        let child = path.child(ChildNumber::Normal { index: 0 });
        let its_child = xpub
            .derive_pub(bitcoin::secp256k1::SECP256K1, &[ChildNumber::Normal { index: 0 }])
            .ok()
            .map(|child| child.public_key);
        let holds = keys.public_key(path) == Some(xpub.public_key)
            && its_child.is_some()
            && keys.public_key(&child) == its_child;
        if !holds {
            findings.refuse(
                Code::KeyOriginFalse,
                Place::Tx,
                format!("An extended key claims to be yours at m/{path}, and is not."),
            );
        }
    }
}

/// AMOUNT_CHANGED, and a transaction that was signed before.
pub(super) fn check_history(psbt: &Psbt, context: &Context<'_>, findings: &mut Findings) {
    for (n, input) in psbt.inputs().iter().enumerate() {
        let before = context.history.spent(&input.outpoint);
        let now = super::history::utxo(input);
        if let (Some(before), Some(now)) = (before, now)
            && before != now
        {
            findings.refuse(
                Code::AmountChanged,
                Place::Input(n),
                format!(
                    "Input {} was {} BTC when you signed for it before; now it is said to be {} \
                     BTC or of another script.",
                    n + 1,
                    btc(before.value),
                    btc(now.value)
                ),
            );
        }
    }
    if context.history.signed(&psbt.tx().compute_txid()) {
        findings.note(
            Code::AlreadySigned,
            Place::Tx,
            "You signed this very transaction before, since this wallet was opened.",
        );
    }
}

/// Which input amounts are proven.
pub(super) fn proven(cases: &[Case]) -> Vec<bool> {
    // BIP341: a Taproot signature commits to the amounts of all inputs, without ANYONECANPAY
    let committed = cases.iter().any(|case| {
        let made = case.tasks.iter().any(|task| {
            matches!(task.spend, Spend::TapKey | Spend::TapLeaf { .. })
                && task.sighash_type & 0x80 == 0
        });
        let there = case.signed
            && case.route.as_ref().is_some_and(|route| {
                matches!(route.lock, Lock::Taproot { .. })
                    && route.present.iter().all(|present| !present.anyone_can_pay())
            });
        made || there
    });
    // BIP143: a segwit signature commits to its own input's amount
    let alone = cases.len() == 1;
    cases
        .iter()
        .map(|case| {
            case.txout.is_some()
                && (case.from_previous || committed || (alone && case.kind.is_segwit()))
        })
        .collect()
}

/// The money of a transaction.
pub(super) struct Money {
    pub(super) fee: Option<Amount>,
    pub(super) paid: Amount,
    inputs: Option<Amount>,
}

/// Sums; VALUE_RANGE, AMOUNT_UNPROVEN, FEE_UNPROVEN.
pub(super) fn money(
    cases: &[Case],
    proven: &[bool],
    outputs: &[OutputFacts],
    findings: &mut Findings,
) -> Money {
    for (n, (case, _)) in cases.iter().zip(proven).enumerate().filter(|(_, (_, proven))| !**proven)
    {
        let what = match &case.txout {
            Some(txout) => format!(
                "Input {} is claimed by the coordinator to be {} BTC, not proven.",
                n + 1,
                btc(txout.value)
            ),
            None => format!("Input {} has no amount, not even a claimed one.", n + 1),
        };
        findings.note(Code::AmountUnproven, Place::Input(n), what);
    }
    match proven.iter().filter(|proven| !**proven).count() {
        0 => {}
        1 => findings.warn(
            Code::FeeUnproven,
            Place::Tx,
            "The amount of 1 input is claimed by the coordinator, not proven.",
        ),
        count => findings.warn(
            Code::FeeUnproven,
            Place::Tx,
            format!("The amounts of {count} inputs are claimed by the coordinator, not proven."),
        ),
    }
    let in_range = |amount: &Amount| *amount <= Amount::MAX_MONEY;
    let paid_out = sum(outputs.iter().map(|output| output.amount));
    let to_others = |output: &&OutputFacts| {
        matches!(output.kind, OutputKind::External | OutputKind::Unknown | OutputKind::Data)
    };
    let paid = sum(outputs.iter().filter(to_others).map(|output| output.amount));
    let told = cases.iter().all(|case| case.txout.is_some());
    let amounts = cases.iter().filter_map(|case| Some(case.txout.as_ref()?.value));
    let inputs = sum(amounts);
    let mut range = |what: String| findings.refuse(Code::ValueRange, Place::Tx, what);
    match (inputs, paid_out) {
        (None, _) => range("The sum of the inputs is larger than a number can be.".into()),
        (_, None) => range("The sum of the outputs is larger than a number can be.".into()),
        (Some(inputs), Some(outputs)) => {
            if !in_range(&inputs) || !in_range(&outputs) {
                range("The sums are above 21 million BTC.".into());
            }
            if told && outputs > inputs {
                range(format!(
                    "The outputs ({} BTC) are more than the inputs ({} BTC).",
                    btc(outputs),
                    btc(inputs)
                ));
            }
        }
    }
    let inputs = inputs.filter(|_| told);
    let fee = inputs.zip(paid_out).and_then(|(inputs, outputs)| inputs.checked_sub(outputs));
    Money { fee, paid: paid.unwrap_or(Amount::MAX), inputs }
}

/// Rate in hundredths of a sat/vB, share in hundredths of a percent.
pub(super) struct Fee {
    pub(super) rate: Option<u64>,
    pub(super) share: Option<u64>,
}

/// FEE_HIGH_RATE, FEE_HIGH_SHARE, TX_TOO_LARGE. `base_weight`: of the transaction without any
/// signature, what it weighs at least.
pub(super) fn check_fee(
    money: &Money,
    weight: Option<u64>,
    base_weight: u64,
    context: &Context<'_>,
    findings: &mut Findings,
) -> Fee {
    let policy = context.policy;
    let fee = money.fee.map(|fee| u128::from(fee.to_sat()));
    // an input whose spend is not told must not hide a high fee
    if let (Some(fee), None) = (fee, weight)
        && fee * 4 > u128::from(policy.fee_rate_max) * u128::from(base_weight)
    {
        findings.warn(
            Code::FeeHighRate,
            Place::Tx,
            format!(
                "The fee may be above {} sat/vB; how large the transaction will be is not told.",
                policy.fee_rate_max
            ),
        );
    }
    let rate = fee.zip(weight.filter(|weight| *weight > 0)).and_then(|(fee, weight)| {
        let weight = u128::from(weight);
        if fee * 4 > u128::from(policy.fee_rate_max) * weight {
            findings.warn(
                Code::FeeHighRate,
                Place::Tx,
                format!("The fee is above {} sat/vB.", policy.fee_rate_max),
            );
        }
        u64::try_from((fee * 400 + weight / 2) / weight).ok()
    });
    let (base, of) = if money.paid > Amount::ZERO {
        (Some(money.paid), "what is paid to others")
    } else {
        (money.inputs, "all inputs")
    };
    let base = base.map(|base| u128::from(base.to_sat())).filter(|base| *base > 0);
    let share = fee.zip(base).and_then(|(fee, base)| {
        if fee * 100 > u128::from(policy.fee_share_max) * base {
            findings.warn(
                Code::FeeHighShare,
                Place::Tx,
                format!(
                    "The fee is {} sat, {} % of {of}.",
                    money.fee.map_or(String::new(), sat),
                    fee * 100 / base
                ),
            );
        }
        u64::try_from((fee * 10_000 + base / 2) / base).ok()
    });
    if let Some(weight) = weight.filter(|weight| *weight > policy.weight_max) {
        findings.warn(
            Code::TxTooLarge,
            Place::Tx,
            format!("The transaction weighs {weight} units, more than {}.", policy.weight_max),
        );
    }
    Fee { rate, share }
}

/// LOCKTIME, RBF_ON.
pub(super) fn check_times(psbt: &Psbt, context: &Context<'_>, findings: &mut Findings) {
    let tx = psbt.tx();
    let lock = tx.lock_time.to_consensus_u32();
    let open = tx.input.iter().any(|input| !input.sequence.is_final());
    if lock > 0 && open {
        let policy = context.policy;
        let is_height = lock < LOCK_TIME_THRESHOLD;
        let far = if is_height {
            lock > policy.lock_height_max
        } else {
            let seconds = u64::from(lock);
            context.now.is_some_and(|now| seconds > now.saturating_add(policy.lock_ahead_max))
        };
        let what = if is_height {
            format!("It cannot be mined before block {}.", u64::from(lock) + 1)
        } else {
            format!("It cannot be mined before {} UTC.", super::time::utc(u64::from(lock)))
        };
        if far {
            findings.warn(Code::Locktime, Place::Tx, format!("{what} That is far ahead."));
        } else {
            findings.note(Code::Locktime, Place::Tx, what);
        }
    }
    if tx.input.iter().any(|input| input.sequence.is_rbf()) {
        findings.note(
            Code::RbfOn,
            Place::Tx,
            "It may be replaced by another with a higher fee until it is mined (RBF).",
        );
    }
}

/// The final txid, when every input's signatures are outside it: nested scriptSigs are known.
pub(super) fn txid(psbt: &Psbt, cases: &[Case]) -> Option<Txid> {
    let mut tx = psbt.tx().clone();
    for ((input, case), txin) in psbt.inputs().iter().zip(cases).zip(&mut tx.input) {
        let route = case.route.as_ref()?;
        if !route.kind.is_segwit() {
            return None;
        }
        let redeem = match &route.lock {
            Lock::Wpkh { nested: true } => Some(match &input.redeem_script {
                Some(redeem) => redeem.clone(),
                None => nested_key_script(case)?,
            }),
            Lock::Script { kind: super::InputScript::P2shP2wsh, script } => {
                Some(match (&input.redeem_script, script) {
                    (Some(redeem), _) => redeem.clone(),
                    (None, Some(script)) => script.to_p2wsh(),
                    (None, None) => return None,
                })
            }
            _ => None,
        };
        if let Some(redeem) = redeem {
            let push = bitcoin::script::PushBytesBuf::try_from(redeem.into_bytes()).ok()?;
            txin.script_sig = ScriptBuf::builder().push_slice(push).into_script();
        }
    }
    (!tx.input.is_empty()).then(|| tx.compute_txid())
}

fn nested_key_script(case: &Case) -> Option<ScriptBuf> {
    let key = case.owned.as_ref()?.keys.first()?;
    let hash = bitcoin::CompressedPublicKey(key.key).wpubkey_hash();
    Some(ScriptBuf::new_p2wpkh(&hash))
}
