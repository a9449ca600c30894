//! What to do about each finding, one sentence each.

use super::{Code, Grade};

const COORDINATOR: &str =
    "Do not sign this from that coordinator again before you have checked its computer.";

/// The advice for a finding.
pub(super) fn for_finding(code: Code, grade: Grade) -> &'static str {
    match code {
        Code::FeeHighRate | Code::FeeHighShare => {
            "Sign only if you want to pay this fee; else ask the coordinator for a lower one."
        }
        Code::FeeUnproven => {
            "Ask the coordinator for full previous transactions if the amounts are not what you expect: a false amount would raise the fee."
        }
        Code::AmountUnproven => {
            "Compare it with what you know, or ask for the previous transaction."
        }
        Code::AmountChanged => {
            "Do not sign: two signatures for different amounts can be joined into one transaction that burns coins as fee."
        }
        Code::ChangeFalse => COORDINATOR,
        Code::ChangeHighIndex => {
            "Sign only if you expect it: a wallet that is restored looks at low indexes first and may not find this coin."
        }
        Code::ChangeOtherScriptType => {
            "Sign only if your wallet uses both kinds of address; it also shows observers which output is change."
        }
        Code::OwnOutput => "Nothing to do if you asked for this; else ask the coordinator why.",
        Code::OwnOtherWallet => "Sign only if you mean to move coins between these wallets.",
        Code::UnusualPath => {
            "Sign only if you chose this path yourself, and write it down: a restored wallet would not look there."
        }
        Code::ForeignInput => {
            "Sign only if you agreed to share this transaction; compare what leaves your wallet."
        }
        Code::DustOutput => {
            "Ask the coordinator to leave it out: most nodes will not relay the transaction."
        }
        Code::DataOutput if grade == Grade::Warn => "Ask the coordinator to send no coins there.",
        Code::DataOutput => "Nothing to do if you expect this data.",
        Code::UnknownScript => {
            "Sign only if you know this script: coins sent to it may be lost or be free for anyone to take."
        }
        Code::AddressImitated => {
            "Do not sign unless the payee's own statement gives this whole address: it was probably made to be mistaken for the other."
        }
        Code::DuplicateOutput => "Ask the payee whether two payments to one address are right.",
        Code::Locktime => "Nothing to do if that is soon enough for the payee.",
        Code::RbfOn => "Nothing to do; a payee should rely on it only when it is mined.",
        Code::SighashUnusual if grade == Grade::Warn => {
            "Sign only if you know what others can change after you have signed."
        }
        Code::SighashUnusual => {
            "Ask the coordinator to use the usual kind (ALL); an expert may allow it for this one transaction."
        }
        Code::PrevTxMissing => {
            "Let the coordinator put full previous transactions into the PSBT, then scan it again."
        }
        Code::PrevTxWrong | Code::KeyOriginFalse | Code::MessageFalse => COORDINATOR,
        Code::ScriptWrong => COORDINATOR,
        Code::TxInvalid => "Build the transaction anew in the coordinator.",
        Code::ValueRange => COORDINATOR,
        Code::NetworkWrong => {
            "Choose the network of this transaction, or let the coordinator use this one's keys."
        }
        Code::WalletUnknown if grade == Grade::Warn => {
            "Load that wallet's descriptor if it is yours; else treat this output as a payment to somebody else."
        }
        Code::WalletUnknown => "Load that wallet's descriptor, then scan the transaction again.",
        Code::FeatureUnsupported => {
            "Let the coordinator build it without that, or use another signer."
        }
        Code::TxTooLarge => "Most nodes will not relay it: ask the coordinator for a smaller one.",
        Code::AlreadySigned => "Nothing to do: show the signed transaction to the coordinator.",
        Code::SignatureInvalid => "Discard this PSBT and let the coordinator make a fresh one.",
        Code::NotToSuccessor => {
            "Let the coordinator send everything, without change, to receive addresses of the successor. If it was told so and did not, check its computer."
        }
        Code::NothingToSign => {
            "Check that the right words and passphrase are open, and that the coordinator knows this wallet's fingerprint."
        }
    }
}
