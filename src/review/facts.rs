//! What is known about a transaction, in numbers.

use super::Finding;
use bitcoin::{Amount, ScriptBuf, Txid};

/// The outcome in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Notes at most.
    Clean,
    /// At least one warning.
    Warned,
    /// At least one refusal.
    Refused,
}

/// Everything that the pages and `inspect --json` tell.
#[derive(Debug, Clone)]
pub struct Facts {
    /// Findings, refusals first, then warnings, then notes.
    pub findings: Vec<Finding>,
    /// Inputs less outputs; None where an input amount is not even claimed.
    pub fee: Option<Amount>,
    /// Weight units of the finished transaction; None where it cannot be told.
    pub weight: Option<u64>,
    /// Is `weight` exact, or an upper bound?
    pub weight_exact: bool,
    /// The final txid, when every input is segwit, nested included.
    pub txid: Option<Txid>,
    /// Inputs in order.
    pub inputs: Vec<InputFacts>,
    /// Outputs in order.
    pub outputs: Vec<OutputFacts>,
    // more (locktime, rbf, per-wallet sums, who signs): the review's own
}

/// Signatures of one input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignatureCount {
    /// Valid ones that are there.
    pub present: usize,
    /// Needed for the spend; None where it cannot be told.
    pub needed: Option<usize>,
}

/// How the output that an input spends is locked.
#[allow(missing_docs)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum InputScript {
    P2pkh,
    P2sh,
    P2shP2wpkh,
    P2shP2wsh,
    P2wpkh,
    P2wsh,
    P2trKey,
    P2trScript,
    Other,
}

/// One input.
#[derive(Debug, Clone)]
pub struct InputFacts {
    /// Amount, where at least claimed.
    pub amount: Option<Amount>,
    /// Proven, or only claimed by the coordinator?
    pub proven: bool,
    /// Derived from the open seed or a loaded wallet.
    pub ours: bool,
    /// Kind of script.
    pub script: InputScript,
    /// Signatures.
    pub signatures: SignatureCount,
}

/// What an output is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OutputKind {
    /// Ours on the change chain, proven by derivation.
    Change,
    /// Ours otherwise, proven by derivation.
    Own,
    /// Somebody else's.
    External,
    /// OP_RETURN.
    Data,
    /// A script without an address form.
    Unknown,
}

/// One output.
#[derive(Debug, Clone)]
pub struct OutputFacts {
    /// What it is.
    pub kind: OutputKind,
    /// Amount.
    pub amount: Amount,
    /// Script.
    pub script: ScriptBuf,
    /// Address, where the script has one.
    pub address: Option<String>,
    /// Which wallet of ours.
    pub wallet: Option<String>,
    /// At which index.
    pub index: Option<u32>,
}
