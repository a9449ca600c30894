//! A transaction has arrived, by light or in a file: from here both take the one road.

use super::*;
use crate::app::request::{Origin, Request};
use crate::psbt::{ParseError, Psbt};

/// Reads `bytes`, and goes on to the review, or to the wallet that is needed for it.
pub(super) fn arrived(title: &str, bytes: Vec<u8>, origin: Origin, core: &mut Core) -> Screen {
    let psbt = match Psbt::parse(&bytes, &core.limits()) {
        Ok(psbt) => psbt,
        Err(error) => return unreadable(title, &error),
    };
    let request = Request { psbt, origin };
    if core.session.is_some() {
        return Busy::examine(request);
    }
    core.request = Some(request);
    Screen::Open(Open::to_sign())
}

/// What is wrong with the bytes, and what to do.
pub(super) fn unreadable(title: &str, error: &ParseError) -> Screen {
    let advice = match error {
        ParseError::TooLong { .. }
        | ParseError::TooManyInputs { .. }
        | ParseError::TooManyOutputs { .. } => TOO_LARGE,
        ParseError::NoMagic => CHOOSE_PSBT,
        _ => BAD_PSBT,
    };
    Message::trouble(title, error.to_string(), advice, Screen::home())
}

pub(super) const CHOOSE_PSBT: &str = "Choose \"sign\" in the wallet program and let it give the unsigned transaction (PSBT). \
    A wallet descriptor is loaded at home with w.";
const TOO_LARGE: &str = "Pay in several smaller payments, each from fewer coins.";
const BAD_PSBT: &str = "Let the wallet program make the transaction again. If this happens again, do not use \
    that computer to pay.";
