//! Page after page: the only way from `MessageReviewed` to `MessageApproved`.

use super::{MessageFacts, MessageReviewed};
use crate::message::{LegacyKind, MessageText};
use crate::psbt::Psbt;
use crate::review::leaves::Leaves;
use crate::review::{Page, Task};
use bitcoin::ScriptBuf;
use bitcoin::bip32::DerivationPath;
use bitcoin::secp256k1::PublicKey;

/// The walk through a message's pages. Signing is offered only after every page was seen. Dropping
/// it is refusing: nothing was signed.
pub struct MessageWalk {
    reviewed: Box<MessageReviewed>,
    leaves: Leaves,
}

/// What is to be signed under a message.
pub(crate) enum Work {
    /// BIP137.
    Legacy {
        /// Where the key is, from the master key.
        path: DerivationPath,
        /// The public key at that path, as the review derived it.
        key: PublicKey,
        /// The kind of address.
        kind: LegacyKind,
    },
    /// BIP322.
    Virtual {
        /// A request, which can be no payment.
        psbt: Box<Psbt>,
        /// The script of the address.
        challenge: ScriptBuf,
        /// The signatures to make.
        tasks: Vec<Task>,
    },
}

impl MessageWalk {
    pub(super) fn new(reviewed: MessageReviewed, pages: Vec<Page>) -> Self {
        Self { reviewed: Box::new(reviewed), leaves: Leaves::new(pages) }
    }

    /// The mandatory pages; the last one is the confirm page. Never empty.
    pub fn pages(&self) -> &[Page] {
        self.leaves.pages()
    }

    /// The number of the page that is shown, from 0.
    pub fn position(&self) -> usize {
        self.leaves.position()
    }

    /// The page that is shown.
    pub fn page(&self) -> &Page {
        self.leaves.page()
    }

    /// What is known.
    pub fn facts(&self) -> &MessageFacts {
        self.reviewed.facts()
    }

    /// How many signatures will be made; 0 when all of ours are already there.
    pub fn to_sign(&self) -> usize {
        self.facts().to_sign
    }

    /// To the next page; false on the last one.
    #[allow(clippy::should_implement_trait)] // it walks, it does not iterate
    pub fn next(&mut self) -> bool {
        self.leaves.next()
    }

    /// To the previous page; false on the first one, where going back is leaving.
    pub fn back(&mut self) -> bool {
        self.leaves.back()
    }

    /// Was every page shown, the confirm page included?
    pub fn seen_all(&self) -> bool {
        self.leaves.seen_all()
    }

    /// Is the confirm page shown?
    pub fn at_confirm(&self) -> bool {
        self.leaves.at_end()
    }

    /// Hash, version, times, every finding (`d`); outside the mandatory pages.
    pub fn detail_pages(&self) -> Vec<Page> {
        self.facts().detail_pages()
    }

    /// Approves, when every page was seen, the confirm page is shown, something is to be signed
    /// and `typed` is the word `sign`; else gives the walk back as it was.
    pub fn confirm(self, typed: &str) -> Result<MessageApproved, MessageWalk> {
        if !self.seen_all() || !self.at_confirm() || self.to_sign() == 0 || typed != "sign" {
            return Err(self);
        }
        let (facts, work) = self.reviewed.into_parts();
        Ok(MessageApproved { text: facts.text, work })
    }
}

/// A message that was reviewed, every page seen, confirmed. Not `Clone`; `keys::sign_message`
/// consumes it, and nothing else takes it: it is no payment's approval.
///
/// ```compile_fail,E0308
/// // a message's approval signs no payment
/// fn spend(approved: coldlight::review::message::MessageApproved, seed: &coldlight::keys::Seed) {
///     let _ = coldlight::keys::sign(approved, seed);
/// }
/// ```
///
/// ```compile_fail,E0308
/// // a payment's approval signs no message
/// fn speak(approved: coldlight::review::Approved, seed: &coldlight::keys::Seed) {
///     let _ = coldlight::keys::sign_message(approved, seed);
/// }
/// ```
///
/// ```compile_fail,E0451
/// // private fields: cannot be made by hand
/// fn made_by_hand(text: coldlight::message::MessageText) {
///     let approved = coldlight::review::message::MessageApproved { text, work: panic!() };
/// }
/// ```
pub struct MessageApproved {
    text: MessageText,
    work: Work,
}

impl MessageApproved {
    /// Taken apart by the signer.
    pub(crate) fn into_parts(self) -> (MessageText, Work) {
        (self.text, self.work)
    }
}
