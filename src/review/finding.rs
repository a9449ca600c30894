//! What the review found: stable codes, grades and places.

pub use crate::wallet::Grade;

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
    AddressImitated,
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
    NotToSuccessor,
    MessageFalse,
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
    /// One sentence: what happened. Inputs and outputs are counted from 1 in it.
    pub what: String,
    /// One sentence: what to do.
    pub advice: String,
}

impl Code {
    /// Every code, in the table's order.
    pub const ALL: [Self; 35] = [
        Self::FeeHighRate,
        Self::FeeHighShare,
        Self::FeeUnproven,
        Self::AmountUnproven,
        Self::AmountChanged,
        Self::ChangeFalse,
        Self::ChangeHighIndex,
        Self::ChangeOtherScriptType,
        Self::OwnOutput,
        Self::OwnOtherWallet,
        Self::UnusualPath,
        Self::ForeignInput,
        Self::DustOutput,
        Self::DataOutput,
        Self::UnknownScript,
        Self::DuplicateOutput,
        Self::AddressImitated,
        Self::Locktime,
        Self::RbfOn,
        Self::SighashUnusual,
        Self::PrevTxMissing,
        Self::PrevTxWrong,
        Self::ScriptWrong,
        Self::KeyOriginFalse,
        Self::TxInvalid,
        Self::ValueRange,
        Self::NetworkWrong,
        Self::WalletUnknown,
        Self::FeatureUnsupported,
        Self::TxTooLarge,
        Self::AlreadySigned,
        Self::SignatureInvalid,
        Self::NothingToSign,
        Self::NotToSuccessor,
        Self::MessageFalse,
    ];

    /// The published name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::FeeHighRate => "FEE_HIGH_RATE",
            Self::FeeHighShare => "FEE_HIGH_SHARE",
            Self::FeeUnproven => "FEE_UNPROVEN",
            Self::AmountUnproven => "AMOUNT_UNPROVEN",
            Self::AmountChanged => "AMOUNT_CHANGED",
            Self::ChangeFalse => "CHANGE_FALSE",
            Self::ChangeHighIndex => "CHANGE_HIGH_INDEX",
            Self::ChangeOtherScriptType => "CHANGE_OTHER_SCRIPT_TYPE",
            Self::OwnOutput => "OWN_OUTPUT",
            Self::OwnOtherWallet => "OWN_OTHER_WALLET",
            Self::UnusualPath => "UNUSUAL_PATH",
            Self::ForeignInput => "FOREIGN_INPUT",
            Self::DustOutput => "DUST_OUTPUT",
            Self::DataOutput => "DATA_OUTPUT",
            Self::UnknownScript => "UNKNOWN_SCRIPT",
            Self::DuplicateOutput => "DUPLICATE_OUTPUT",
            Self::AddressImitated => "ADDRESS_IMITATED",
            Self::Locktime => "LOCKTIME",
            Self::RbfOn => "RBF_ON",
            Self::SighashUnusual => "SIGHASH_UNUSUAL",
            Self::PrevTxMissing => "PREV_TX_MISSING",
            Self::PrevTxWrong => "PREV_TX_WRONG",
            Self::ScriptWrong => "SCRIPT_WRONG",
            Self::KeyOriginFalse => "KEY_ORIGIN_FALSE",
            Self::TxInvalid => "TX_INVALID",
            Self::ValueRange => "VALUE_RANGE",
            Self::NetworkWrong => "NETWORK_WRONG",
            Self::WalletUnknown => "WALLET_UNKNOWN",
            Self::FeatureUnsupported => "FEATURE_UNSUPPORTED",
            Self::TxTooLarge => "TX_TOO_LARGE",
            Self::AlreadySigned => "ALREADY_SIGNED",
            Self::SignatureInvalid => "SIGNATURE_INVALID",
            Self::NothingToSign => "NOTHING_TO_SIGN",
            Self::NotToSuccessor => "NOT_TO_SUCCESSOR",
            Self::MessageFalse => "MESSAGE_FALSE",
        }
    }
}

impl std::fmt::Display for Place {
    /// `tx`, `input N`, `output N`, from 0.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Tx => f.write_str("tx"),
            Self::Input(n) => write!(f, "input {n}"),
            Self::Output(n) => write!(f, "output {n}"),
        }
    }
}

/// What the examination has found so far.
#[derive(Default)]
pub(super) struct Findings(Vec<Finding>);

impl Findings {
    /// A finding that stops everything.
    pub(super) fn refuse(&mut self, code: Code, place: Place, what: impl Into<String>) {
        self.add(code, Grade::Refuse, place, what.into());
    }
    /// A finding that must be read.
    pub(super) fn warn(&mut self, code: Code, place: Place, what: impl Into<String>) {
        self.add(code, Grade::Warn, place, what.into());
    }
    /// A finding worth knowing.
    pub(super) fn note(&mut self, code: Code, place: Place, what: impl Into<String>) {
        self.add(code, Grade::Note, place, what.into());
    }
    pub(super) fn add(&mut self, code: Code, grade: Grade, place: Place, what: String) {
        let advice = super::advice::for_finding(code, grade).to_owned();
        self.0.push(Finding { code, grade, place, what, advice });
    }
    /// Leaves out what was found with this code; gives the places.
    pub(super) fn take(&mut self, code: Code) -> Vec<Place> {
        let taken = self.0.extract_if(.., |finding| finding.code == code);
        taken.map(|finding| finding.place).collect()
    }
    /// Does anything stop the signing?
    pub(super) fn refused(&self) -> bool {
        self.0.iter().any(|finding| finding.grade == Grade::Refuse)
    }
    /// Refusals first, then warnings, then notes; by code and place within a grade; each once.
    pub(super) fn sorted(mut self) -> Vec<Finding> {
        self.0
            .sort_by_key(|finding| (std::cmp::Reverse(finding.grade), finding.code, finding.place));
        self.0.dedup();
        self.0
    }
}
