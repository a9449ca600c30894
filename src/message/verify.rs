//! Does a signature under a message hold? BIP137 by recovering the key, BIP322 by satisfying the
//! script of the address in the virtual transaction `to_sign`, under BIP322's required rules.

use super::virtual_tx::{is_to_spend, pays_nothing, to_sign, to_spend};
use super::{MessageText, Signature, legacy};
use crate::psbt::{Psbt, UtxoFault};
use bitcoin::secp256k1::{SECP256K1, XOnlyPublicKey};
use bitcoin::sighash::{EcdsaSighashType, Prevouts, TapSighashType};
use bitcoin::taproot::ControlBlock;
use bitcoin::{Amount, OutPoint, Script, ScriptBuf, Sequence, Transaction, TxIn, TxOut, Witness};
use miniscript::interpreter::{self, Interpreter, KeySigPair, SatisfiedConstraint};
use std::cell::Cell;
use std::collections::HashSet;
use std::fmt;

/// Most coins of one proof of funds: the time to verify one grows with the square.
pub const MOST_COINS: usize = 1_000;

/// What a signature is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It holds.
    Valid(Proof),
    /// It cannot be told here.
    Unclear(Unclear),
    /// It does not hold.
    Invalid(Invalid),
}

/// What holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proof {
    /// BIP322's time T: the nLockTime of `to_sign`; 0 for none.
    pub lock_time: u32,
    /// BIP322's age S: the nSequence of its first input; 0 for none.
    pub sequence: u32,
    /// The coins of a proof of funds.
    pub coins: Vec<Coin>,
}

/// A coin that a proof of funds shows control of. That it exists and is unspent, only the chain says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coin {
    /// Which.
    pub outpoint: OutPoint,
    /// Its amount and script.
    pub txout: TxOut,
    /// Amount and script stand in the transaction that made it, which is given; else they are only
    /// said.
    pub proven: bool,
}

/// Why nothing can be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unclear {
    /// The script of this input (from 0) is not understood.
    Script(usize),
    /// A witness version that has no rules yet.
    FutureWitness,
    /// `to_sign` is of a transaction version that BIP322 keeps for later. Holds it.
    Version(i32),
}

/// Why a signature does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Invalid {
    /// BIP137: the key that made it is not that of the address, or it is under another message.
    OtherKey,
    /// BIP137 knows no such address.
    NotForThisAddress,
    /// `to_sign` does not spend the output that commits to message and address.
    OtherMessage,
    /// `to_sign` has other outputs than BIP322 gives it.
    Outputs,
    /// Two inputs spend one coin, or one spends a coin that cannot exist. Holds its number from 0.
    Coin(usize),
    /// What this input (from 0) spends is not told.
    NotTold(usize),
    /// What is told about the coin of this input (from 0) contradicts itself.
    ToldWrong(usize),
    /// The coins are more than there will ever be.
    Amounts,
    /// This input (from 0) is not finished.
    NotFinished(usize),
    /// More coins than are looked at. Holds how many.
    TooManyCoins(usize),
    /// A signature of this input (from 0) does not commit to the whole transaction.
    SighashType(usize),
    /// This input (from 0) does not satisfy its script: another message, address or key.
    Unsatisfied(usize),
}

impl fmt::Display for Unclear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Script(0) => f.write_str(
                "Whether the signature holds cannot be told here: the script of the address is not \
                 understood.",
            ),
            Self::Script(input) => write!(
                f,
                "Whether the signature holds cannot be told here: the script of coin {input} is \
                 not understood."
            ),
            Self::FutureWitness => f.write_str(
                "Whether the signature holds cannot be told: the address is of a kind that has no \
                 rules yet.",
            ),
            Self::Version(version) => write!(
                f,
                "Whether the signature holds cannot be told: it is of transaction version \
                 {version}, which BIP322 keeps for later."
            ),
        }
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherKey => f.write_str(
                "The signature does not hold: it is of another key or under another message.",
            ),
            Self::NotForThisAddress => f.write_str(
                "The signature does not hold: it is of BIP137's form, which is not for this kind of \
                 address.",
            ),
            Self::OtherMessage => f.write_str(
                "The signature does not hold: it is under another message or for another address.",
            ),
            Self::Outputs => f.write_str(
                "The signature does not hold: its transaction has outputs that no message has.",
            ),
            Self::Coin(input) => write!(
                f,
                "The proof does not hold: coin {input} is named twice or cannot exist."
            ),
            Self::NotTold(input) => {
                write!(f, "The proof does not hold: nothing is told about coin {input}.")
            }
            Self::ToldWrong(input) => write!(
                f,
                "The proof does not hold: what is told about coin {input} contradicts itself."
            ),
            Self::Amounts => f.write_str(
                "The proof does not hold: its coins are more than there will ever be.",
            ),
            Self::NotFinished(0) => f.write_str("The proof does not hold: it is not finished."),
            Self::NotFinished(input) => {
                write!(f, "The proof does not hold: coin {input} is not finished.")
            }
            Self::TooManyCoins(coins) => write!(
                f,
                "The proof has {coins} coins, and at most {MOST_COINS} are looked at."
            ),
            Self::SighashType(_) => f.write_str(
                "The signature does not hold: it does not commit to all that BIP322 asks for.",
            ),
            Self::Unsatisfied(0) => f.write_str(
                "The signature does not hold: it is under another message, for another address or \
                 of another key.",
            ),
            Self::Unsatisfied(input) => write!(
                f,
                "The proof does not hold: coin {input} is not controlled by who made it."
            ),
        }
    }
}

/// Why there is no proof.
enum Failure {
    Unclear(Unclear),
    Invalid(Invalid),
}

impl From<Invalid> for Failure {
    fn from(reason: Invalid) -> Self {
        Self::Invalid(reason)
    }
}

/// Does `signature` hold for `text` and the address with this script?
pub fn verify(script: &Script, text: &MessageText, signature: &Signature) -> Verdict {
    match proof(script, text, signature) {
        Ok(proof) => Verdict::Valid(proof),
        Err(Failure::Unclear(reason)) => Verdict::Unclear(reason),
        Err(Failure::Invalid(reason)) => Verdict::Invalid(reason),
    }
}

fn proof(script: &Script, text: &MessageText, signature: &Signature) -> Result<Proof, Failure> {
    if let Signature::Recoverable(signature) = signature {
        return if !legacy::has_form_for(script) {
            Err(Invalid::NotForThisAddress.into())
        } else if !signature.holds(text, script) {
            Err(Invalid::OtherKey.into())
        } else {
            Ok(Proof::default())
        };
    }
    if script.is_witness_program() && !(script.is_p2wpkh() || script.is_p2wsh() || script.is_p2tr())
    {
        return Err(Failure::Unclear(Unclear::FutureWitness));
    }
    let to_spend = to_spend(text, script);
    let (to_sign, mut spent, coins) = match signature {
        Signature::Simple(witness) => {
            let mut to_sign = to_sign(&to_spend);
            to_sign.input[0].witness = witness.clone();
            (to_sign, vec![], vec![])
        }
        Signature::Full(to_sign) if to_sign.input.len() > 1 => {
            // only a PSBT tells what further inputs spend
            return Err(Invalid::NotTold(1).into());
        }
        Signature::Full(to_sign) => (to_sign.clone(), vec![], vec![]),
        Signature::Funds(psbt) => {
            let coins = coins(psbt)?;
            let spent = coins.iter().map(|coin| coin.txout.clone()).collect();
            (finished(psbt)?, spent, coins)
        }
        Signature::Recoverable(_) => return Err(Invalid::OtherKey.into()), // told above
    };
    check_form(&to_sign, &to_spend)?;
    spent.insert(0, to_spend.output[0].clone());
    (0..to_sign.input.len()).try_for_each(|input| check_input(&to_sign, input, &spent))?;
    if !matches!(to_sign.version.0, 0 | 2) {
        return Err(Failure::Unclear(Unclear::Version(to_sign.version.0)));
    }
    let lock_time = to_sign.lock_time.to_consensus_u32();
    let sequence = to_sign.input[0].sequence.to_consensus_u32();
    Ok(Proof { lock_time, sequence, coins })
}

/// BIP322, "Basic validation".
fn check_form(to_sign: &Transaction, to_spend: &Transaction) -> Result<(), Failure> {
    let first = to_sign.input.first().map(|input| input.previous_output);
    if first != Some(OutPoint { txid: to_spend.compute_txid(), vout: 0 }) {
        return Err(Invalid::OtherMessage.into());
    }
    if !pays_nothing(&to_sign.output) {
        return Err(Invalid::Outputs.into());
    }
    let mut seen = HashSet::new();
    let mut twice = |outpoint: &OutPoint| outpoint.is_null() || !seen.insert(*outpoint);
    match to_sign.input.iter().map(|input| input.previous_output).position(|it| twice(&it)) {
        Some(input) => Err(Invalid::Coin(input).into()),
        None => Ok(()),
    }
}

/// What the inputs besides the first spend.
fn coins(psbt: &Psbt) -> Result<Vec<Coin>, Failure> {
    let count = psbt.inputs().len().saturating_sub(1);
    if count > MOST_COINS {
        return Err(Invalid::TooManyCoins(count).into());
    }
    let earlier = psbt.told_earlier();
    let mut coins = Vec::with_capacity(count);
    for (n, (input, earlier)) in psbt.inputs().iter().zip(earlier).enumerate().skip(1) {
        if input.previous.as_ref().is_some_and(|previous| is_to_spend(&previous.tx)) {
            return Err(Invalid::Coin(n).into());
        }
        let told = match (input.utxo(), earlier) {
            (Ok(told), _) => told,
            (Err(UtxoFault::Missing), Some(told)) => told,
            (Err(UtxoFault::Missing), None) => return Err(Invalid::NotTold(n).into()),
            (Err(UtxoFault::Wrong), _) => return Err(Invalid::ToldWrong(n).into()),
        };
        let proven = input.previous.is_some() || earlier.is_some();
        // BIP174: before segwit only the transaction that made it tells what a coin is
        if !proven && input.final_script_witness.as_ref().is_none_or(Witness::is_empty) {
            return Err(Invalid::NotTold(n).into());
        }
        coins.push(Coin { outpoint: input.outpoint, txout: told.clone(), proven });
    }
    let sum = coins.iter().map(|coin| coin.txout.value);
    let sum = sum.clone().try_fold(Amount::ZERO, Amount::checked_add);
    match sum {
        Some(sum) if sum <= Amount::MAX_MONEY => Ok(coins),
        _ => Err(Invalid::Amounts.into()),
    }
}

/// `to_sign` with what the PSBT's finalizer put into it.
fn finished(psbt: &Psbt) -> Result<Transaction, Failure> {
    let mut tx = psbt.tx().clone();
    for (n, (input, txin)) in psbt.inputs().iter().zip(&mut tx.input).enumerate() {
        if !input.is_final() {
            return Err(Invalid::NotFinished(n).into());
        }
        txin.script_sig = input.final_script_sig.clone().unwrap_or_default();
        txin.witness = input.final_script_witness.clone().unwrap_or_default();
    }
    Ok(tx)
}

/// BIP322's required rules, as far as they are not miniscript's own: every signature commits to all,
/// and timelocks are in force (BIP65, BIP68).
fn check_input(tx: &Transaction, n: usize, spent: &[TxOut]) -> Result<(), Failure> {
    let (txin, utxo) = (&tx.input[n], &spent[n]);
    let unsatisfied = || Failure::Invalid(Invalid::Unsatisfied(n));
    if utxo.script_pubkey.is_p2tr() && has_zero_byte_signature(&txin.witness) {
        return Err(unsatisfied());
    }
    let interpreter = Interpreter::from_txdata(
        &utxo.script_pubkey,
        &txin.script_sig,
        &txin.witness,
        txin.sequence,
        tx.lock_time,
    );
    let interpreter = interpreter.map_err(|error| match error {
        // a script that is not the output's own says nothing about it
        interpreter::Error::Miniscript(_) if gives_own_script(utxo, txin) => {
            Failure::Unclear(Unclear::Script(n))
        }
        _ => unsatisfied(),
    })?;
    let prevouts = Prevouts::All(spent);
    let partial = Cell::new(false);
    let check = |signature: &KeySigPair| {
        let all = match signature {
            KeySigPair::Ecdsa(_, signature) => signature.sighash_type == EcdsaSighashType::All,
            KeySigPair::Schnorr(_, signature) => {
                matches!(signature.sighash_type, TapSighashType::Default | TapSighashType::All)
            }
        };
        partial.set(partial.get() || !all);
        all && interpreter.verify_sig(SECP256K1, tx, n, &prevouts, signature)
    };
    // BIP68 counts from transaction version 2 (as an unsigned number) on.
    let ages_count = tx.version.0 as u32 >= 2;
    for step in interpreter.iter_custom(Box::new(check)) {
        let in_force = match step {
            Err(_) => false,
            Ok(SatisfiedConstraint::RelativeTimelock { .. }) => ages_count,
            Ok(SatisfiedConstraint::AbsoluteTimelock { .. }) => txin.sequence != Sequence::MAX,
            Ok(_) => true,
        };
        if !in_force {
            return Err(if partial.get() { Invalid::SighashType(n).into() } else { unsatisfied() });
        }
    }
    Ok(())
}

/// Is the script that is to be run the one that the output commits to?
fn gives_own_script(utxo: &TxOut, txin: &TxIn) -> bool {
    let mut script = utxo.script_pubkey.clone();
    if script.is_p2sh() {
        let pushes = txin.script_sig.instructions().map_while(Result::ok);
        let bytes = pushes.last().and_then(|push| Some(push.push_bytes()?.as_bytes().to_vec()));
        let redeem = ScriptBuf::from_bytes(bytes.unwrap_or_default());
        if redeem.to_p2sh() != script {
            return false;
        }
        script = redeem;
    }
    let last = |from_end: usize| {
        let at = txin.witness.len().checked_sub(from_end)?;
        txin.witness.iter().nth(at)
    };
    if script.is_p2wsh() {
        let given = last(1).map(|bytes| ScriptBuf::from_bytes(bytes.to_vec()).to_p2wsh());
        return given == Some(script);
    }
    if script.is_p2tr() {
        let output = script.as_bytes().get(2..).map(XOnlyPublicKey::from_slice);
        let proof = last(1).map(ControlBlock::decode);
        let (Some(Ok(output)), Some(Ok(proof)), Some(leaf)) = (output, proof, last(2)) else {
            return false;
        };
        return proof.verify_taproot_commitment(SECP256K1, output, Script::from_bytes(leaf));
    }
    true
}

/// BIP341: a Taproot signature of 65 bytes does not end in 0; the library takes it.
fn has_zero_byte_signature(witness: &Witness) -> bool {
    let elements = witness.len();
    // behind the signatures of a leaf stand the script and its control block
    let signatures = if elements > 1 { elements - 2 } else { elements };
    witness.iter().take(signatures).any(|bytes| bytes.len() == 65 && bytes[64] == 0)
}
