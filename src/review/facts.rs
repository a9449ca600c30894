//! What is known about a transaction, in numbers.

use super::{Finding, Grade, Imitated, Party, Way};
use crate::wallet::Network;
use bitcoin::bip32::Fingerprint;
use bitcoin::{Amount, OutPoint, ScriptBuf, Sequence, Txid};

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
    /// Whose coins.
    pub network: Network,
    /// Findings, refusals first, then warnings, then notes.
    pub findings: Vec<Finding>,
    /// Inputs less outputs; None where an input amount is not even claimed.
    pub fee: Option<Amount>,
    /// Are all input amounts proven, and the fee with them?
    pub fee_proven: bool,
    /// The fee over a quarter of the weight, in hundredths of a sat/vB. Where the weight is an
    /// upper bound, a lower bound.
    pub fee_rate: Option<u64>,
    /// The fee as a share of what is paid to others (of all inputs when nothing is), in hundredths
    /// of a percent.
    pub fee_share: Option<u64>,
    /// Paid to others: external, unknown and data outputs.
    pub paid: Amount,
    /// Weight units of the finished transaction; None where it cannot be told.
    pub weight: Option<u64>,
    /// Is `weight` exact, or an upper bound?
    pub weight_exact: bool,
    /// The final txid, when every input is segwit, nested included.
    pub txid: Option<Txid>,
    /// nVersion.
    pub version: i32,
    /// nLockTime: a height below 500,000,000, seconds since 1970 from there.
    pub lock_time: u32,
    /// Some input's sequence signals that the fee may be raised (BIP125).
    pub rbf: bool,
    /// The key may sign nothing but this; the outputs belong to it unless it is refused.
    pub sweep: Option<SweepFacts>,
    /// What leaves and what comes back, one entry a wallet of ours.
    pub wallets: Vec<WalletFlow>,
    /// Inputs in order.
    pub inputs: Vec<InputFacts>,
    /// Outputs in order.
    pub outputs: Vec<OutputFacts>,
}

/// All coins must go to the wallet that takes over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SweepFacts {
    /// Its name and the fingerprints of its keys.
    pub title: String,
}

/// One wallet of ours in this transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WalletFlow {
    /// Its name.
    pub name: String,
    /// Who must sign, e.g. `2-of-3`, for a loaded wallet.
    pub policy: Option<String>,
    /// Sum of its inputs; None where one is not even claimed.
    pub spent: Option<Amount>,
    /// Sum of its outputs.
    pub returned: Amount,
}

/// Signatures of one input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignatureCount {
    /// Valid ones that are there.
    pub present: usize,
    /// The fewest that finish the spend; None where it cannot be told.
    pub needed: Option<usize>,
}

/// One who can sign an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signer {
    /// The master key's fingerprint, as claimed; None where nothing is claimed.
    pub fingerprint: Option<Fingerprint>,
    /// A valid signature is there.
    pub signed: bool,
    /// It is the open seed.
    pub ours: bool,
    /// In a registered wallet: who it is, proven by derivation.
    pub party: Option<Party>,
}

impl Signer {
    /// "you", its registered label, its fingerprint, or that nothing is told.
    pub fn name(&self) -> String {
        match (&self.party, self.fingerprint) {
            (Some(party), _) => party.to_string(),
            (None, Some(fingerprint)) => fingerprint.to_string(),
            (None, None) => "a key without origin".into(),
        }
    }

    /// It is the open seed: as proven in a registered wallet, else by its fingerprint.
    pub fn is_you(&self) -> bool {
        self.party.as_ref().map_or(self.ours, |party| *party == Party::You)
    }
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

impl InputScript {
    /// The published name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::P2pkh => "p2pkh",
            Self::P2sh => "p2sh",
            Self::P2shP2wpkh => "p2sh-p2wpkh",
            Self::P2shP2wsh => "p2sh-p2wsh",
            Self::P2wpkh => "p2wpkh",
            Self::P2wsh => "p2wsh",
            Self::P2trKey => "p2tr-key",
            Self::P2trScript => "p2tr-script",
            Self::Other => "other",
        }
    }

    /// Its signatures are no part of the txid.
    pub fn is_segwit(self) -> bool {
        !matches!(self, Self::P2pkh | Self::P2sh | Self::Other)
    }
}

/// One input.
#[derive(Debug, Clone)]
pub struct InputFacts {
    /// What is spent.
    pub outpoint: OutPoint,
    /// nSequence.
    pub sequence: Sequence,
    /// Amount, where at least claimed.
    pub amount: Option<Amount>,
    /// Proven, or only claimed by the coordinator?
    pub proven: bool,
    /// Derived from the open seed or a loaded wallet.
    pub ours: bool,
    /// Which wallet of ours.
    pub wallet: Option<String>,
    /// Kind of script.
    pub script: InputScript,
    /// The address that is spent from, where it has one.
    pub address: Option<String>,
    /// Signatures.
    pub signatures: SignatureCount,
    /// Who can sign, in the script's order.
    pub signers: Vec<Signer>,
    /// How many signatures we would make now.
    pub to_sign: usize,
    /// From a registered wallet: its ways to spend, the soonest first. Empty where they are too many
    /// or cannot be told.
    pub ways: Vec<Way>,
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

impl OutputKind {
    /// The published name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Change => "change",
            Self::Own => "own",
            Self::External => "external",
            Self::Data => "data",
            Self::Unknown => "unknown",
        }
    }

    /// Proven to be ours.
    pub fn is_ours(self) -> bool {
        matches!(self, Self::Change | Self::Own)
    }
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
    /// Ours, but of another wallet than the one that pays (OWN_OTHER_WALLET).
    pub other_wallet: bool,
    /// Derived from the descriptors of the wallet that takes over from the key that pays.
    pub successor: bool,
    /// Somebody else's, and paid by a transaction that was signed in this session.
    pub paid_before: bool,
    /// Somebody else's, and taken for this known address by whoever compares only the ends.
    pub imitated: Option<Imitated>,
}

impl Facts {
    /// The gravest grade of its findings.
    pub fn verdict(&self) -> Verdict {
        Verdict::of(&self.findings)
    }

    /// Findings of one grade.
    pub fn graded(&self, grade: Grade) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(move |finding| finding.grade == grade)
    }

    /// Is the locktime in force: above 0, with some sequence that is not final?
    pub fn lock_in_force(&self) -> bool {
        self.lock_time > 0 && self.inputs.iter().any(|input| !input.sequence.is_final())
    }
}

impl Verdict {
    /// What findings come to.
    pub(super) fn of(findings: &[Finding]) -> Self {
        match findings.iter().map(|finding| finding.grade).max() {
            Some(Grade::Refuse) => Self::Refused,
            Some(Grade::Warn) => Self::Warned,
            Some(Grade::Note) | None => Self::Clean,
        }
    }

    /// The published name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Clean => "clean",
            Self::Warned => "warned",
            Self::Refused => "refused",
        }
    }
}
