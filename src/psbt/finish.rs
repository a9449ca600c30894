//! Finaliser and extractor (BIP174): a PSBT with enough signatures to a transaction.

use super::field::input;
use super::satisfy::Signed;
use super::{Input, Limits, Psbt, UtxoFault};
use bitcoin::sighash::Prevouts;
use bitcoin::{Transaction, TxOut};
use miniscript::{Interpreter, interpreter};
use secp256k1::SECP256K1;
use std::fmt;

/// Why there is no transaction yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FinishError {
    /// There is nothing to spend.
    NoInputs,
    /// The inputs' required lock times cannot be joined (BIP370).
    LockTimeConflict,
    /// This input lacks signatures or other data.
    Incomplete {
        /// Input number from 0.
        input: usize,
    },
    /// The output that this input spends is not in the PSBT.
    UtxoMissing {
        /// Input number from 0.
        input: usize,
    },
    /// The previous transaction of this input is not the one that the input names.
    UtxoWrong {
        /// Input number from 0.
        input: usize,
    },
    /// The scripts of this input do not belong to the output that it spends, or are of a kind that
    /// is not understood.
    ScriptUnknown {
        /// Input number from 0.
        input: usize,
    },
    /// A signature of this input is of another sighash type than the PSBT asks for (BIP174).
    SighashMismatch {
        /// Input number from 0.
        input: usize,
    },
    /// Finished it would be longer than a PSBT that is read.
    TooLarge,
    /// The finished input does not satisfy its script: a signature or preimage is wrong.
    Invalid {
        /// Input number from 0.
        input: usize,
    },
}

impl fmt::Display for FinishError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoInputs => f.write_str("The transaction spends nothing."),
            Self::LockTimeConflict => {
                f.write_str("The inputs require lock times that cannot be joined.")
            }
            Self::Incomplete { input } => write!(f, "Input {input} still lacks signatures."),
            Self::UtxoMissing { input } => {
                write!(f, "What input {input} spends is not in the PSBT.")
            }
            Self::UtxoWrong { input } => {
                write!(f, "The previous transaction of input {input} is another one.")
            }
            Self::ScriptUnknown { input } => {
                write!(f, "The script of input {input} is not understood.")
            }
            Self::SighashMismatch { input } => {
                write!(f, "A signature of input {input} is of another type than asked for.")
            }
            Self::TooLarge => f.write_str("The finished PSBT would be too large to be read."),
            Self::Invalid { input } => write!(f, "A signature of input {input} is not valid."),
        }
    }
}

impl std::error::Error for FinishError {}

impl Psbt {
    /// The final transaction, every input's script satisfied and interpreted. Inputs that are
    /// final already are kept as they are.
    pub fn finish(&self) -> Result<Transaction, FinishError> {
        if self.tx.input.is_empty() {
            return Err(FinishError::NoInputs);
        }
        if self.lock_time_conflict {
            return Err(FinishError::LockTimeConflict);
        }
        let spent = self.spent()?;
        let mut tx = self.tx.clone();
        let inputs = self.inputs.iter().zip(&spent).zip(&mut tx.input);
        for (i, ((input, utxo), txin)) in inputs.enumerate() {
            (txin.script_sig, txin.witness) = if input.is_final() {
                (
                    input.final_script_sig.clone().unwrap_or_default(),
                    input.final_script_witness.clone().unwrap_or_default(),
                )
            } else {
                Signed::new(&self.tx, i, input)?.satisfy(&utxo.script_pubkey)?
            };
        }
        for (i, input) in self.inputs.iter().enumerate() {
            match verify_input(&tx, i, &spent) {
                // Who finished this input may know scripts that we do not.
                Err(FinishError::ScriptUnknown { .. }) if input.is_final() => {}
                verdict => verdict?,
            }
        }
        Ok(tx)
    }

    /// The outputs spent, one for each input.
    pub fn spent(&self) -> Result<Vec<&TxOut>, FinishError> {
        let mut spent = Vec::with_capacity(self.inputs.len());
        for (i, (input, earlier)) in self.inputs.iter().zip(self.told_earlier()).enumerate() {
            spent.push(match (input.utxo(), earlier) {
                (Ok(told), _) | (Err(UtxoFault::Missing), Some(told)) => told,
                (Err(UtxoFault::Missing), None) => {
                    return Err(FinishError::UtxoMissing { input: i });
                }
                (Err(UtxoFault::Wrong), _) => return Err(FinishError::UtxoWrong { input: i }),
            });
        }
        Ok(spent)
    }

    /// The PSBT with every input finished (BIP174, "Input Finalizer"), for those who verify a proof
    /// (BIP322): what an input spends and what satisfies it. Extended keys, derivations and unknown
    /// pairs are left out, for they would show more than the proof says.
    pub fn finalized(&self) -> Result<Self, FinishError> {
        let tx = self.finish()?;
        let mut finished = self.stripped();
        for (i, (before, txin)) in self.inputs.iter().zip(&tx.input).enumerate() {
            let Some(after) = finished.inputs.get_mut(i) else { continue };
            after.map = before.map.clone();
            after.map.retain(|key_type| {
                matches!(
                    key_type,
                    input::NON_WITNESS_UTXO | input::WITNESS_UTXO | input::PREVIOUS_TXID
                        ..=input::REQUIRED_HEIGHT_LOCKTIME
                )
            });
            if !txin.script_sig.is_empty() {
                let key = vec![input::FINAL_SCRIPTSIG as u8];
                after.map.put(key, txin.script_sig.to_bytes());
            }
            if !txin.witness.is_empty() {
                let key = vec![input::FINAL_SCRIPTWITNESS as u8];
                after.map.put(key, bitcoin::consensus::serialize(&txin.witness));
            }
        }
        // read anew, so that its fields say what its pairs say
        Self::parse(&finished.serialize(), &Limits::default()).map_err(|_| FinishError::TooLarge)
    }
}

impl Input {
    /// Whether a final scriptSig or witness is there.
    pub fn is_final(&self) -> bool {
        self.final_script_sig.is_some() || self.final_script_witness.is_some()
    }
}

/// Runs miniscript's interpreter, signatures included, over every input. `spent`: what each input
/// spends, in order.
pub fn verify(tx: &Transaction, spent: &[&TxOut]) -> Result<(), FinishError> {
    (0..tx.input.len()).try_for_each(|input| verify_input(tx, input, spent))
}

/// Runs miniscript's interpreter, signatures included, over one input.
fn verify_input(tx: &Transaction, input: usize, spent: &[&TxOut]) -> Result<(), FinishError> {
    let (Some(txin), Some(utxo)) = (tx.input.get(input), spent.get(input)) else {
        return Err(FinishError::UtxoMissing { input });
    };
    let (script_sig, witness) = (&txin.script_sig, &txin.witness);
    let (sequence, lock_time) = (txin.sequence, tx.lock_time);
    let interpreter =
        Interpreter::from_txdata(&utxo.script_pubkey, script_sig, witness, sequence, lock_time)
            .map_err(|error| match error {
                interpreter::Error::Miniscript(_) => FinishError::ScriptUnknown { input },
                _ => FinishError::Invalid { input },
            })?;
    let prevouts = Prevouts::All(spent);
    let failed = interpreter.iter(SECP256K1, tx, input, &prevouts).any(|step| step.is_err());
    if failed { Err(FinishError::Invalid { input }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_is_one_finished_sentence() {
        let input = 1;
        let all = [
            FinishError::NoInputs,
            FinishError::LockTimeConflict,
            FinishError::Incomplete { input },
            FinishError::UtxoMissing { input },
            FinishError::UtxoWrong { input },
            FinishError::ScriptUnknown { input },
            FinishError::SighashMismatch { input },
            FinishError::TooLarge,
            FinishError::Invalid { input },
        ];
        for error in all {
            let said = error.to_string();
            assert!(said.ends_with('.') && !said.contains("  "), "{said}");
        }
    }
}
