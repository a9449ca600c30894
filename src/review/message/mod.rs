//! The judge of messages. The same road as a payment's, with its own kind of every step: a request
//! is examined, walked through page by page, approved; nothing on it can become a payment, and no
//! payment gets on it.

mod draft;
mod examine;
mod facts;
mod own;
mod pages;
mod walk;
mod words;

pub use draft::draft;
pub use examine::{MessageExamined, MessageRefusal, MessageReviewed, examine, examine_spoken};
pub use facts::{MessageFacts, MessageForm};
pub use own::{OwnPlace, PlaceError, find, script_of};
pub(crate) use walk::Work;
pub use walk::{MessageApproved, MessageWalk};
