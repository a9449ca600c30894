//! What is known about a message to sign.

use crate::message::{LegacyKind, MessageText};
use crate::review::{Finding, Grade, InputFacts, SignatureCount, Signer, Verdict};
use crate::wallet::Network;
use bitcoin::Amount;
use bitcoin::bip32::DerivationPath;

/// In which form the signature will be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MessageForm {
    /// BIP137, for this kind of address.
    Legacy(LegacyKind),
    /// BIP322 simple.
    Simple,
    /// BIP322 full.
    Full,
    /// BIP322 proof of funds.
    Funds,
}

impl MessageForm {
    /// What it is called.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Legacy(_) => "BIP137",
            Self::Simple => "BIP322 simple",
            Self::Full => "BIP322 full",
            Self::Funds => "BIP322 proof of funds",
        }
    }
}

/// Everything that the pages and `inspect --json` tell.
#[derive(Debug, Clone)]
pub struct MessageFacts {
    /// Whose address.
    pub network: Network,
    /// Findings, refusals first, then warnings, then notes.
    pub findings: Vec<Finding>,
    /// What is signed.
    pub text: MessageText,
    /// How.
    pub form: MessageForm,
    /// The address that it is signed for, where its script has one.
    pub address: Option<String>,
    /// The wallet of ours that the address belongs to, proven by derivation.
    pub wallet: Option<String>,
    /// Who must sign, e.g. `2-of-3`, for a loaded wallet.
    pub policy: Option<String>,
    /// Where our keys in it are.
    pub paths: Vec<DerivationPath>,
    /// Signatures for the address.
    pub signatures: SignatureCount,
    /// Who can sign for the address, in the script's order.
    pub signers: Vec<Signer>,
    /// How many signatures we would make, coins included.
    pub to_sign: usize,
    /// The coins that are shown with it: a proof of reserves.
    pub coins: Vec<InputFacts>,
    /// `to_sign`'s nVersion, nLockTime and first nSequence; all 0 for most.
    pub times: Times,
}

/// When BIP322 says that the signature holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Times {
    /// nVersion.
    pub version: i32,
    /// nLockTime.
    pub lock_time: u32,
    /// nSequence of the first input.
    pub sequence: u32,
}

/// What the coins come to. None where a sum is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reserves {
    /// Ours, and their amounts proven.
    pub proven: Option<Amount>,
    /// Ours, their amounts only claimed.
    pub claimed: Option<Amount>,
    /// Not ours.
    pub others: Option<Amount>,
}

impl MessageFacts {
    /// The gravest grade of its findings.
    pub fn verdict(&self) -> Verdict {
        Verdict::of(&self.findings)
    }

    /// Findings of one grade.
    pub fn graded(&self, grade: Grade) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(move |finding| finding.grade == grade)
    }

    /// Is a key of the open seed, or a loaded wallet, behind the address?
    pub fn ours(&self) -> bool {
        self.wallet.is_some()
    }

    /// The coins, summed.
    pub fn reserves(&self) -> Reserves {
        let sum = |picked: &dyn Fn(&InputFacts) -> bool| {
            let coins = self.coins.iter().filter(|coin| picked(coin));
            coins.map(|coin| coin.amount).try_fold(Amount::ZERO, |sum, more| sum.checked_add(more?))
        };
        Reserves {
            proven: sum(&|coin| coin.ours && coin.proven),
            claimed: sum(&|coin| coin.ours && !coin.proven),
            others: sum(&|coin| !coin.ours),
        }
    }
}
