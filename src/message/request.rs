//! Which PSBTs ask for a signature under a message (BIP322), and which only pretend to. A PSBT is a
//! message or a payment, never both.

use super::virtual_tx::{is_to_spend, pays_nothing, to_spend};
use super::{MOST_COINS, MessageText, TextError};
use crate::psbt::{Input, Psbt};
use bitcoin::{OutPoint, Script, ScriptBuf, Transaction, TxOut};
use std::fmt;

/// A PSBT that is a request to sign a message and nothing else: its first input spends the virtual
/// output that commits to the message, its only output is empty. No chain can take it for a payment.
///
/// ```compile_fail,E0451
/// // private fields: only [`Request::of`] makes one, out of a PSBT that it has checked
/// fn made_by_hand(
///     psbt: coldlight::psbt::Psbt,
///     text: coldlight::message::MessageText,
///     to_spend: bitcoin::Transaction,
/// ) {
///     let request = coldlight::message::Request { psbt, text, to_spend };
/// }
/// ```
pub struct Request {
    psbt: Psbt,
    text: MessageText,
    to_spend: Transaction,
}

/// Why a PSBT with parts of a message request is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Falsehood {
    /// It is a whole and true request: not for the road of payments.
    True,
    /// It has the form of a signed message, and does not give the message.
    Unnamed,
    /// The message cannot be shown.
    Text(TextError),
    /// It does not tell the script of the address.
    NoAddress,
    /// Its first input spends something else than this message.
    OtherFirstInput,
    /// It has other outputs than the one empty output.
    Pays,
    /// The transaction's version is neither 0 nor 2. Holds it.
    Version(i32),
    /// This input (from 0), not the first, spends another message.
    SecondMessage(usize),
    /// More coins than one proof may have. Holds how many.
    TooManyCoins(usize),
}

impl fmt::Display for Falsehood {
    /// A sentence.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::True => f.write_str("This is a message to sign, not a payment."),
            Self::Unnamed => f.write_str(
                "The PSBT has the form of a message to sign (BIP322), but does not give the message.",
            ),
            Self::Text(error) => error.fmt(f),
            Self::NoAddress => f.write_str(
                "The PSBT gives a message to sign, but not the script of the address that signs it.",
            ),
            Self::OtherFirstInput => f.write_str(
                "The PSBT says that it is a message to sign, but its first input spends something \
                 else: what would be signed is not that message.",
            ),
            Self::Pays => f.write_str(
                "The PSBT says that it is a message to sign, but a payment is hidden in it: it has \
                 outputs that no message has.",
            ),
            Self::Version(version) => write!(
                f,
                "The PSBT of a message is of transaction version {version}; BIP322 allows 0 and 2."
            ),
            Self::SecondMessage(input) => write!(
                f,
                "The PSBT gives one message to sign and hides another in input {}.",
                input + 1
            ),
            Self::TooManyCoins(coins) => write!(
                f,
                "The PSBT proves {coins} coins with one message, and at most {MOST_COINS} are \
                 looked at."
            ),
        }
    }
}

/// What a PSBT has of a message request.
enum Nature {
    Payment,
    Message(MessageText, Transaction),
    False(Falsehood),
}

fn nature(psbt: &Psbt) -> Nature {
    let tx = psbt.tx();
    let previous = |input: &Input| input.previous.as_ref().is_some_and(|it| is_to_spend(&it.tx));
    let Some(bytes) = psbt.message() else {
        let disguised = pays_nothing(&tx.output) || psbt.inputs().iter().any(previous);
        return if disguised { Nature::False(Falsehood::Unnamed) } else { Nature::Payment };
    };
    let read = || {
        let text = MessageText::new(bytes).map_err(Falsehood::Text)?;
        let first = psbt.inputs().first().ok_or(Falsehood::NoAddress)?;
        let script = challenge(first).ok_or(Falsehood::NoAddress)?;
        let to_spend = to_spend(&text, script);
        // BIP322, "PSBT signer": all of it must be so.
        if first.outpoint != (OutPoint { txid: to_spend.compute_txid(), vout: 0 }) {
            return Err(Falsehood::OtherFirstInput);
        }
        if !pays_nothing(&tx.output) {
            return Err(Falsehood::Pays);
        }
        if !matches!(tx.version.0, 0 | 2) {
            return Err(Falsehood::Version(tx.version.0));
        }
        if let Some(other) = psbt.inputs().iter().skip(1).position(previous) {
            return Err(Falsehood::SecondMessage(other + 1));
        }
        match psbt.inputs().len() - 1 {
            coins if coins > MOST_COINS => Err(Falsehood::TooManyCoins(coins)),
            _ => Ok((text, to_spend)),
        }
    };
    match read() {
        Ok((text, to_spend)) => Nature::Message(text, to_spend),
        Err(falsehood) => Nature::False(falsehood),
    }
}

/// The script of the address: what the first input says that it spends.
fn challenge(first: &Input) -> Option<&Script> {
    let told = first.utxo().ok()?;
    (told.value == bitcoin::Amount::ZERO).then_some(told.script_pubkey.as_script())
}

/// Why `psbt` is no payment; None where it has nothing of a message request.
pub fn falsehood(psbt: &Psbt) -> Option<Falsehood> {
    match nature(psbt) {
        Nature::Payment => None,
        Nature::Message(..) => Some(Falsehood::True),
        Nature::False(falsehood) => Some(falsehood),
    }
}

impl Request {
    /// The request that `psbt` is; gives it back where it is none, or a false one.
    pub fn of(psbt: Psbt) -> Result<Self, Box<Psbt>> {
        match nature(&psbt) {
            Nature::Message(text, to_spend) => Ok(Self { psbt, text, to_spend }),
            Nature::Payment | Nature::False(_) => Err(Box::new(psbt)),
        }
    }

    /// The PSBT.
    pub fn psbt(&self) -> &Psbt {
        &self.psbt
    }

    /// The PSBT, for the step that follows.
    pub(crate) fn into_psbt(self) -> Psbt {
        self.psbt
    }

    /// The message.
    pub fn text(&self) -> &MessageText {
        &self.text
    }

    /// The virtual output that the first input spends: 0 sat, locked by the address's script.
    pub(crate) fn virtual_output(&self) -> TxOut {
        TxOut { value: bitcoin::Amount::ZERO, script_pubkey: self.challenge().clone() }
    }

    /// The script of the address that the message is signed for.
    pub fn challenge(&self) -> &ScriptBuf {
        &self.to_spend.output[0].script_pubkey
    }
}
