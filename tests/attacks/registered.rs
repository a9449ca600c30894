//! A wallet that was registered, and what the attacker makes of it: change that goes to a changed
//! wallet, coins of a changed wallet, and the changed wallet given for registration.

use crate::build::*;
use coldlight::review::Code::*;
use coldlight::review::Place::*;
use coldlight::review::{Code, OutputKind};
use coldlight::wallet::registration::{Content, read};
use coldlight::wallet::{Difference, Judged, Known, Network, judge_registration};

/// BIP341's point whose private key nobody knows.
pub const NUMS: &str = "50929b74c1a04954b78b4b6035e97a5e078a5a0f28ec96d547bfee9ace803ac0";
/// Where shared keys stand (BIP48, P2WSH).
pub const SHARED: &str = "m/48h/1h/0h/2h";

/// The open seed, Bob, and Carol.
pub fn people() -> [Person; 3] {
    [OURS, BOB, CAROL].map(Person::new)
}

/// Whose key the attacker puts in.
pub fn thief() -> Person {
    Person::new("zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong")
}

/// A wallet of `form`, in which `@0`, `@1` and so on stand for the people's shared keys.
pub fn wallet(form: &str, people: &[&Person]) -> Multi {
    let mut template = form.to_owned();
    for (number, person) in people.iter().enumerate() {
        let key = format!("{}/{{}}", person.origin(SHARED));
        template = template.replace(&format!("@{number}"), &key);
    }
    Multi::of_template(template)
}

/// The open seed's desk, where this wallet is registered.
pub struct Registered {
    honest: Multi,
    pub desk: Desk,
}

impl Registered {
    /// Its change is first seen to be proven, so that what is refused is the attack's doing.
    pub fn new(honest: Multi) -> Self {
        let desk = Desk::of(&Person::new(OURS)).with(honest.wallet("Family"));
        let facts = desk.facts(&payment(&honest, &honest));
        assert_eq!(codes(&facts), []);
        assert_eq!(facts.outputs[1].kind, OutputKind::Change);
        Self { honest, desk }
    }

    /// The rest of a payment goes to the changed wallet, whose keys and paths are told: refused, and
    /// never called change.
    pub fn assert_change_refused(&self, changed: &Multi) {
        let examined = self.desk.examine(&payment(&self.honest, changed));
        assert_refused(&examined, ChangeFalse, Output(1));
        assert_eq!(examined.facts().outputs[1].kind, OutputKind::External);
    }

    /// Coins of the changed wallet, which the user may have been made to send there, are not signed.
    pub fn assert_coins_refused(&self, changed: &Multi, code: Code) {
        assert_refused(&self.desk.examine(&payment(changed, &self.honest)), code, Input(0));
    }

    /// The changed wallet is given for registration: what the judge says, beside the registered one.
    pub fn judged(&self, changed: &Multi) -> Judged {
        let reading = read(Content::Text(&changed.text()), "Family", Network::Test);
        let reading = reading.unwrap_or_else(|error| panic!("{error}"));
        let ring = self.desk.seed.as_ref().map(|seed| seed as _);
        let known = Known { ring, wallets: &self.desk.wallets, ..Known::default() };
        judge_registration(&reading.wallets[0], &known)
    }

    /// What differs from the registered wallet.
    pub fn difference(&self, changed: &Multi) -> Difference {
        let difference = Difference::between(&self.desk.wallets[0], &changed.wallet("Family"));
        difference.unwrap_or_else(|| panic!("they differ"))
    }
}

/// The stable codes of what the judge found.
pub fn found(judged: &Judged) -> Vec<&'static str> {
    judged.findings.iter().map(|finding| finding.code()).collect()
}

/// 1,000,000 sat of one wallet, 600,000 to a payee, the rest to the other wallet's change chain.
pub fn payment(from: &Multi, back: &Multi) -> Draft {
    let mut draft = Draft::new();
    draft.spend(&from.at(0, 0), 1_000_000);
    draft.pay(payee(), 600_000);
    draft.back(&back.at(1, 0), 390_000);
    draft
}
