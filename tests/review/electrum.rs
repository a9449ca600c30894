//! The paths of an Electrum seed are standard for it, and for no other seed.

use crate::build::*;
use bitcoin::hex::FromHex;
use coldlight::keys::{ElectrumSeed, Material, Passphrase};
use coldlight::review::Code::UnusualPath;
use coldlight::review::Grade::Warn;
use coldlight::review::OutputKind;
use coldlight::review::Place::{Input, Output};
use coldlight::wallet::Network;

/// Electrum's tests (tests/test_mnemonic.py), "english": a segwit seed, and what it gives.
const SEGWIT: (&str, &str) = (
    "wild father tree among universe such mobile favorite target dynamic credit identify",
    "aac2a6302e48577ab4b46f23dbae0774e2e62c796f797d0a1b5faeb528301e3064342dafb79069e7c4c6b8c38ae11d7a973bec0d4f70626f8cc5184a8d0b0756",
);

/// "spanish": a standard seed.
const STANDARD: (&str, &str) = (
    "almíbar tibio superar vencer hacha peatón príncipe matar consejo polen vehículo odisea",
    "18bffd573a960cc775bbd80ed60b7dc00bc8796a186edebe7fc7cf1f316da0fe937852a969c5c79ded8255cdf54409537a16339fbe33fb9161af793ea47faa7a",
);

fn holder((words, seed): (&str, &str)) -> (Person, Desk) {
    let electrum = ElectrumSeed::parse(words).unwrap();
    let material = Material::electrum(electrum, Passphrase::new(""));
    let seed_of_words = material.open(Network::Test).unwrap();
    let person = Person::of_seed(&Vec::from_hex(seed).unwrap());
    (person, Desk { seed: Some(seed_of_words), ..Desk::keyless() })
}

fn payment(receive: &str, change: &str) -> Draft {
    let mut draft = Draft::new();
    draft.spend(receive, 1_000_000);
    draft.pay(payee(), 600_000);
    draft.back(change, 399_000);
    draft
}

#[test]
fn a_payment_of_an_electrum_wallet_is_ordinary_and_is_signed() {
    let (person, desk) = holder(SEGWIT);
    let at = |chain| format!("wpkh({})", person.at(&format!("m/0h/{chain}/7")));
    let segwit = (desk, payment(&at(0), &at(1)));
    let (person, desk) = holder(STANDARD);
    let key = |chain: u32| {
        let (fingerprint, key) = (person.fingerprint(), person.xpub("m"));
        format!("pkh([{fingerprint}]{key}/{chain}/7)")
    };
    let standard = (desk, payment(&key(0), &key(1)));
    for (desk, draft) in [segwit, standard] {
        let facts = desk.facts(&draft);
        assert_eq!(codes(&facts), []);
        assert_eq!(facts.outputs[1].kind, OutputKind::Change);
        assert_eq!(desk.sign(&draft).finish().unwrap().input.len(), 1);
    }
}

#[test]
fn the_paths_of_other_wallets_are_unusual_for_an_electrum_seed() {
    let (person, desk) = holder(SEGWIT);
    for path in ["m/84h/1h/0h/1/0", "m/0h/2/7", "m/1h/1/7"] {
        let ours = format!("wpkh({})", person.at("m/0h/0/0"));
        let facts = desk.facts(&payment(&ours, &format!("wpkh({})", person.at(path))));
        assert_eq!(codes(&facts), [(UnusualPath, Warn, Output(1))], "{path}");
        assert_eq!(facts.outputs[1].kind, OutputKind::Own);
    }
    let words = Person::new(OURS);
    let draft = payment(&format!("wpkh({})", words.at("m/0h/0/0")), &ours_at(&words, 1, 0));
    assert_eq!(codes(&Desk::of(&words).facts(&draft)), [(UnusualPath, Warn, Input(0))]);
}
