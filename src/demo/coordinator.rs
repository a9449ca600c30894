//! The demo coordinator: who asked for the payment judges the answer.

use crate::psbt::{CombineError, FinishError, Limits, ParseError, Psbt, decode_file, verify};
use bitcoin::{Amount, Transaction, TxOut, Txid, consensus};
use std::fmt;

/// Remembers what it asked for.
pub struct Coordinator {
    asked: Psbt,
}

/// Would the transaction be valid?
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Yes: every input's script is satisfied, and it is the payment asked for.
    Valid {
        /// Its id.
        txid: Txid,
        /// Size in vB.
        vsize: usize,
        /// Fee, as far as the PSBT's amounts go.
        fee: Option<Amount>,
    },
    /// Not yet: it is the payment asked for, but this input is not complete.
    NotYet {
        /// Input number from 0.
        input: usize,
    },
    /// No.
    Invalid(Flaw),
}

/// What is wrong with an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flaw {
    /// Neither a PSBT nor a transaction.
    Unreadable(ParseError),
    /// Another payment than the one asked for.
    OtherTransaction,
    /// The answer and what was asked for make no PSBT together.
    Uncombinable(CombineError),
    /// An input cannot be finished or does not satisfy its script.
    Unfinished(FinishError),
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // What was checked, and no more: whether nodes relay it is theirs to decide.
            Self::Valid { txid, vsize, fee } => {
                let fee = fee.map_or(String::new(), |fee| format!(", fee {} sat", fee.to_sat()));
                write!(
                    f,
                    "Valid: transaction {txid} ({vsize} vB{fee}) is the payment asked for, and each \
                     input's signatures satisfy its script."
                )
            }
            Self::NotYet { input } => {
                write!(f, "Not yet: input {input} still lacks signatures.")
            }
            Self::Invalid(Flaw::Unreadable(error)) => write!(f, "Not readable: {error}"),
            Self::Invalid(Flaw::OtherTransaction) => {
                f.write_str("Invalid: this is another payment than the one asked for.")
            }
            Self::Invalid(Flaw::Uncombinable(error)) => write!(f, "Invalid: {error}"),
            Self::Invalid(Flaw::Unfinished(error)) => write!(f, "Invalid: {error}"),
        }
    }
}

impl Coordinator {
    /// `asked`: the PSBT that was sent out.
    pub fn new(asked: Psbt) -> Self {
        Self { asked }
    }

    /// Judges an answer: a PSBT, perhaps stripped, or the final transaction; binary or text.
    pub fn judge(&self, answer: &[u8]) -> Verdict {
        let limits = Limits::default();
        let psbt = match decode_file(answer, &limits) {
            Ok(binary) => Psbt::parse(&binary, &limits),
            Err(error) => match consensus::deserialize::<Transaction>(answer) {
                Ok(tx) => return self.judge_transaction(&tx),
                Err(_) => Err(error),
            },
        };
        let combined = match psbt.map(|answer| self.asked.clone().combine(&answer)) {
            Ok(Ok(combined)) => combined,
            Ok(Err(CombineError::OtherTransaction)) => {
                return Verdict::Invalid(Flaw::OtherTransaction);
            }
            Ok(Err(error)) => return Verdict::Invalid(Flaw::Uncombinable(error)),
            Err(error) => return Verdict::Invalid(Flaw::Unreadable(error)),
        };
        match combined.finish() {
            Ok(tx) => self.judge_transaction(&tx),
            Err(FinishError::Incomplete { input }) => Verdict::NotYet { input },
            Err(error) => Verdict::Invalid(Flaw::Unfinished(error)),
        }
    }

    /// It must be what was asked for in everything but scriptSigs and witnesses, and each of those
    /// must satisfy the script that it is for.
    fn judge_transaction(&self, tx: &Transaction) -> Verdict {
        let mut unsigned = tx.clone();
        for input in &mut unsigned.input {
            input.script_sig = Default::default();
            input.witness.clear();
        }
        if unsigned != *self.asked.tx() {
            return Verdict::Invalid(Flaw::OtherTransaction);
        }
        match self.asked.spent().and_then(|spent| verify(tx, &spent).map(|()| spent)) {
            Ok(spent) => {
                Verdict::Valid { txid: tx.compute_txid(), vsize: tx.vsize(), fee: fee(tx, &spent) }
            }
            Err(error) => Verdict::Invalid(Flaw::Unfinished(error)),
        }
    }
}

fn fee(tx: &Transaction, spent: &[&TxOut]) -> Option<Amount> {
    sum(spent.iter().copied())?.checked_sub(sum(&tx.output)?)
}

fn sum<'a>(outputs: impl IntoIterator<Item = &'a TxOut>) -> Option<Amount> {
    outputs.into_iter().try_fold(Amount::ZERO, |sum, output| sum.checked_add(output.value))
}
