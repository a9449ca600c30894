//! The demo: a wallet of published words, the payment that its coordinator asks for, and that
//! coordinator's judgement of the answer, so that a newcomer walks the whole road in two minutes.

pub mod camera;
mod coordinator;
mod wallet;

pub use coordinator::{Coordinator, Flaw, Verdict};
pub use wallet::{FINGERPRINT, WORDS, unsigned};
