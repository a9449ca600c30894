//! What the review found: stable codes, grades and places.

/// Stable codes; `as_str` gives the published name.
#[allow(missing_docs)] // the table in the README describes each
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    FeeHighRate,
    FeeHighShare,
    FeeUnproven,
    AmountUnproven,
    AmountChanged,
    ChangeFalse,
    ChangeHighIndex,
    ChangeOtherScriptType,
    OwnOutput,
    OwnOtherWallet,
    UnusualPath,
    ForeignInput,
    DustOutput,
    DataOutput,
    UnknownScript,
    DuplicateOutput,
    Locktime,
    RbfOn,
    SighashUnusual,
    PrevTxMissing,
    PrevTxWrong,
    ScriptWrong,
    KeyOriginFalse,
    TxInvalid,
    ValueRange,
    NetworkWrong,
    WalletUnknown,
    FeatureUnsupported,
    TxTooLarge,
    AlreadySigned,
    SignatureInvalid,
    NothingToSign,
}

/// How much it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// Worth knowing.
    Note,
    /// Must be read before signing.
    Warn,
    /// Nothing is signed.
    Refuse,
}

/// What it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// The whole transaction.
    Tx,
    /// An input, from 0.
    Input(usize),
    /// An output, from 0.
    Output(usize),
}

/// One finding, in words: what happened, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Stable code.
    pub code: Code,
    /// How much it matters.
    pub grade: Grade,
    /// What it is about.
    pub place: Place,
    /// One sentence: what happened.
    pub what: String,
    /// One sentence: what to do.
    pub advice: String,
}
