//! Every error says in one or two plain sentences what happened and what to do.

use crate::common::vectors;
use coldlight::wallet::export::ExportError;
use coldlight::wallet::registration::{
    BsmsError, KeyError, Part, PolicyRule, RegistrationError, RegistryError,
};
use coldlight::wallet::{
    AddressError, AttestedError, ExtendedKeyError, Function, Network, PolicyError, WalletError,
};
use libtest_mimic::Trial;

pub fn tests() -> Vec<Trial> {
    vec![vectors::constant!(every_error_is_a_sentence_with_its_place)]
}

fn keys() -> Vec<KeyError> {
    vec![
        KeyError::Key(ExtendedKeyError::Checksum),
        KeyError::Key(ExtendedKeyError::Malformed),
        KeyError::Key(ExtendedKeyError::Version),
        KeyError::Fingerprint,
        KeyError::Path,
        KeyError::Rest,
    ]
}

fn registrations() -> Vec<RegistrationError> {
    use RegistrationError::*;
    let mut all = vec![
        Empty,
        TooLong { bytes: 70_000 },
        PrivateKey,
        Unknown,
        Disagree { line: 4711 },
        Json { line: 4711, column: 3 },
        OtherNetwork { chosen: Network::Test },
        Underivable,
    ];
    let parts = [Part::Missing, Part::Twice, Part::Value, Part::Count];
    for why in parts.into_iter().chain(keys().into_iter().map(Part::Key)) {
        all.push(Line { line: 4711, why });
        all.push(Field { field: "quorum.totalSigners".into(), why });
    }
    all.extend(keys().into_iter().map(|why| Key { number: 2, at: 4711, why }));
    let first = BsmsError::FirstAddress { said: "bc1qa".into(), derived: "bc1qb".into() };
    all.extend([BsmsError::Version, BsmsError::Lines(3), BsmsError::Restrictions, first].map(Bsms));
    use PolicyRule as Rule;
    let rules = [
        Rule::KeyInTemplate(4711),
        Rule::Misplaced,
        Rule::Placeholder(4711),
        Rule::Steps(3),
        Rule::Order(3),
        Rule::NoKey(3),
        Rule::Unused(3),
        Rule::Key(3, KeyError::Path),
        Rule::SameKey(1, 3),
        Rule::Overlap(3),
        Rule::None,
        Rule::TooMany,
    ];
    all.extend(rules.map(Policy));
    let at = 4711;
    let registries = [
        RegistryError::Structure { at },
        RegistryError::PrivateKey,
        RegistryError::Currency { at },
        RegistryError::Key { at },
        RegistryError::Children { at },
        RegistryError::Script { tag: 405 },
        RegistryError::Placeholder,
    ];
    all.extend(registries.map(Registry));
    let functions = [
        Function::Addr,
        Function::Raw,
        Function::Combo,
        Function::Rawtr,
        Function::Musig,
        Function::SilentPayments,
    ];
    all.extend(functions.map(|function| Wallet(WalletError::Unsupported { function, at })));
    all.extend([WalletError::SortedLeaf, WalletError::Repeated { signer: 2 }].map(Wallet));
    all
}

fn every_error_is_a_sentence_with_its_place() {
    let registrations = registrations();
    let mut texts: Vec<String> = registrations.iter().map(ToString::to_string).collect();
    let with_place = texts.iter().filter(|text| text.contains("4711")).count();
    assert_eq!(with_place, 30, "each place that an error carries is told");
    use AttestedError::{Altered, Form, OtherSeed};
    let other = OtherSeed { made: [1; 4].into(), open: [2; 4].into() };
    texts.extend([Form { line: 3 }, other, Altered].map(|error| error.to_string()));
    use ExportError::*;
    texts.extend(
        [NoKey, OneKey, SeveralSeeds, Kind, NotSorted, NotPlain, Underivable]
            .map(|error| error.to_string()),
    );
    texts.extend(
        [AddressError::Malformed, AddressError::OtherNetwork { main: true, chosen: Network::Test }]
            .map(|error| error.to_string()),
    );
    use PolicyError::*;
    texts.extend([MixedLocks, TooLarge, NoSignature, Untold].map(|error| error.to_string()));
    for text in &texts {
        let good = text.starts_with(|letter: char| letter.is_uppercase())
            && text.ends_with('.')
            && !text.contains("..")
            && !text.contains("  ")
            && text.len() < 320;
        assert!(good, "{text}");
    }
    let mut once = texts.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), texts.len(), "no two errors say the same");
}
