//! Which output each input spends, and whether that is proven.

use super::finding::Findings;
use super::{Code, Place};
use crate::psbt::Psbt;
use crate::wallet::{btc, sat};
use bitcoin::{Amount, TxOut};

/// The output that an input spends, as far as it is told.
pub(super) struct Spent {
    /// From the previous transaction, else from the witness UTXO field.
    pub(super) txout: Option<TxOut>,
    /// The previous transaction is there and hashes to the outpoint.
    pub(super) from_previous: bool,
    /// What is told contradicts itself.
    pub(super) wrong: bool,
}

/// Reads every input's UTXO fields; PREV_TX_WRONG and VALUE_RANGE where they do not hold.
pub(super) fn spent(psbt: &Psbt, findings: &mut Findings) -> Vec<Spent> {
    let mut all = Vec::with_capacity(psbt.inputs().len());
    for (n, input) in psbt.inputs().iter().enumerate() {
        let mut spent =
            Spent { txout: input.witness_utxo.clone(), from_previous: false, wrong: false };
        if let Some(previous) = &input.previous {
            let output = previous.tx.output.get(input.outpoint.vout as usize);
            let trouble = match output {
                _ if previous.txid != input.outpoint.txid => Some(format!(
                    "The previous transaction given for input {} is not the one that it spends.",
                    n + 1
                )),
                None => Some(format!(
                    "The previous transaction of input {} has no output {}.",
                    n + 1,
                    input.outpoint.vout
                )),
                Some(output)
                    if input.witness_utxo.as_ref().is_some_and(|claimed| claimed != output) =>
                {
                    Some(format!(
                        "Input {} is said to spend {} BTC, but its previous transaction says {} \
                         BTC or another script.",
                        n + 1,
                        input.witness_utxo.as_ref().map_or(String::new(), |out| btc(out.value)),
                        btc(output.value)
                    ))
                }
                Some(_) => None,
            };
            match (trouble, output) {
                (Some(what), _) => {
                    findings.refuse(Code::PrevTxWrong, Place::Input(n), what);
                    spent.wrong = true;
                }
                (None, output) => {
                    spent.txout = output.cloned();
                    spent.from_previous = true;
                }
            }
        }
        if let Some(txout) = &spent.txout {
            check_value(txout.value, Place::Input(n), findings);
        }
        all.push(spent);
    }
    all
}

/// VALUE_RANGE above 21 million BTC.
pub(super) fn check_value(value: Amount, place: Place, findings: &mut Findings) {
    if value > Amount::MAX_MONEY {
        let of = match place {
            Place::Tx => "The transaction".to_owned(),
            Place::Input(n) => format!("Input {}", n + 1),
            Place::Output(n) => format!("Output {}", n + 1),
        };
        findings.refuse(
            Code::ValueRange,
            place,
            format!("{of} has {} sat, more than there will ever be.", sat(value)),
        );
    }
}

/// The sum, unless it overflows.
pub(super) fn sum(amounts: impl IntoIterator<Item = Amount>) -> Option<Amount> {
    amounts.into_iter().try_fold(Amount::ZERO, Amount::checked_add)
}
