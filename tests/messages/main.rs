//! Messages along their road: typed, spoken or as PSBT, examined, walked, approved, signed, verified;
//! and what a hostile coordinator tries on it.

#[path = "../common/build.rs"]
mod build;
#[path = "../common/prng.rs"]
mod prng;

mod disguise;
mod hostile;
mod pages;
mod reserves;
mod road;
mod spoken;

use build::Desk;
use coldlight::keys::{SignedMessage, sign_message};
use coldlight::message::{MessageText, Request};
use coldlight::review::message::{MessageExamined, MessageWalk, examine};

pub fn text(message: &str) -> MessageText {
    MessageText::new(message.as_bytes()).unwrap_or_else(|e| panic!("{e}"))
}

pub fn request(psbt: &bitcoin::Psbt) -> Request {
    Request::of(parsed(psbt)).unwrap_or_else(|_| panic!("no request"))
}

pub fn parsed(psbt: &bitcoin::Psbt) -> coldlight::psbt::Psbt {
    let limits = coldlight::psbt::Limits::default();
    coldlight::psbt::Psbt::parse(&psbt.serialize(), &limits).unwrap_or_else(|e| panic!("{e}"))
}

/// The walk of a request that passes.
pub fn walk(desk: &Desk, request: Request) -> MessageWalk {
    walk_of(examine(request, &desk.context()))
}

pub fn walk_of(examined: MessageExamined) -> MessageWalk {
    match examined {
        MessageExamined::Reviewed(reviewed) => reviewed.walk(),
        MessageExamined::Refused(refusal) => panic!("{:#?}", refusal.facts().findings),
    }
}

/// Every page seen, confirmed, signed.
pub fn signed(desk: &Desk, mut walk: MessageWalk) -> SignedMessage {
    while walk.next() {}
    let approved = walk.confirm("sign").unwrap_or_else(|_| panic!("not approved"));
    sign_message(approved, desk.seed.as_ref().unwrap()).unwrap_or_else(|e| panic!("{e}"))
}
