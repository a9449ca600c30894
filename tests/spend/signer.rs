//! The appliance, driven through the product's public road only.

use crate::cosigner::Cosigner;
use coldlight::keys::{self, Mnemonic, Passphrase, Seed, Signed};
use coldlight::psbt::{Limits, Psbt};
use coldlight::review::{Approved, Context, Examined, Facts, History, Policy, Walk, examine};
use coldlight::wallet::{Network, Registered, Wallet};

/// What the signer gives back, and what it told before.
pub struct Answer {
    pub signed: Signed,
    pub facts: Facts,
}

/// The holder's seed, opened on the signer.
pub fn open(cosigner: &Cosigner) -> Seed {
    let words = Mnemonic::parse(cosigner.words).unwrap_or_else(|_| panic!("a published mnemonic"));
    Seed::open(&words, &Passphrase::new(""), Network::Test)
}

/// Reads, reviews, walks every page, confirms and signs.
pub fn sign(psbt: &[u8], cosigner: &Cosigner, wallets: &[Wallet]) -> Answer {
    let psbt = Psbt::parse(psbt, &Limits::default()).unwrap_or_else(|error| panic!("{error}"));
    let seed = open(cosigner);
    let registered: Vec<Registered> = wallets.iter().cloned().map(Registered::from).collect();
    let context = Context {
        network: Network::Test,
        keys: Some(&seed),
        wallets: &registered,
        history: &History::default(),
        policy: &Policy::default(),
        now: None,
        only_to: None,
        allow_sighash_unusual: false,
    };
    let reviewed = match examine(psbt, &context) {
        Examined::Reviewed(reviewed) => reviewed,
        Examined::Refused(refusal) => panic!("refused: {:#?}", refusal.facts().findings),
    };
    let facts = reviewed.facts().clone();
    let signed = keys::sign(approve(reviewed.walk()), &seed).expect("the reviewed keys are ours");
    Answer { signed, facts }
}

/// Page by page to the last, then the word.
fn approve(mut walk: Walk) -> Approved {
    while walk.next() {}
    walk.confirm("sign").unwrap_or_else(|_| panic!("every page was seen"))
}
