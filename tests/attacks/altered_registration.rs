//! A wallet's file or code is altered on its way, by one bit.

use crate::registered::{people, wallet};
use coldlight::wallet::export::{Exported, WalletForm, export_wallet};
use coldlight::wallet::registration::{Content, Integrity, Reading, read};
use coldlight::wallet::{Chain, Network, Registered, Wallet};

fn family() -> Wallet {
    let [ours, bob, carol] = people();
    wallet("wsh(sortedmulti(2,@0,@1,@2))", &[&ours, &bob, &carol]).wallet("Family")
}

/// `text` with each of its bits flipped in turn, where that is text.
fn altered(text: &str) -> impl Iterator<Item = String> {
    (0..text.len() * 8).filter_map(move |place| {
        let mut bytes = text.as_bytes().to_vec();
        bytes[place / 8] ^= 1 << (place % 8);
        String::from_utf8(bytes).ok()
    })
}

fn reading(text: &str) -> Option<Reading> {
    read(Content::Text(text), "Family", Network::Test).ok()
}

fn exported(form: WalletForm) -> String {
    match export_wallet(&family(), form) {
        Ok(Exported::Text { text, .. }) => text,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_descriptor_altered_by_one_bit_is_no_wallet() {
    let text = exported(WalletForm::Descriptor);
    let registration = reading(&text).expect("a wallet").wallets.remove(0);
    assert_eq!(registration.integrity(), Integrity::Checksum);
    let mut seen = 0;
    for text in altered(&text) {
        assert!(reading(&text).is_none(), "{text}");
        seen += 1;
    }
    assert!(seen > 3_000, "{seen}");
}

#[test]
fn a_record_with_its_first_address_altered_by_one_bit_never_gives_other_addresses() {
    let text = exported(WalletForm::Bsms);
    let registration = reading(&text).expect("a wallet").wallets.remove(0);
    assert_eq!(registration.integrity(), Integrity::FirstAddress);
    let first = family().script(Chain::Receive, 0);
    let mut refused = 0;
    for text in altered(&text) {
        match reading(&text) {
            Some(reading) => {
                assert_eq!(reading.wallets[0].wallet().script(Chain::Receive, 0), first)
            }
            None => refused += 1,
        }
    }
    assert!(refused > 3_000, "{refused}");
}

#[test]
fn a_kept_registration_with_another_descriptor_and_its_right_checksum_is_refused() {
    let [ours, bob, carol] = people();
    let seed = ours.seed();
    let kept = Registered::new(family(), &[None, None, None]).write(&seed);
    assert!(Registered::read(&kept, &seed).is_ok());
    let weaker = wallet("wsh(sortedmulti(1,@0,@1,@2))", &[&ours, &bob, &carol]);
    let forged = kept.replace(family().text(), &weaker.text());
    assert!(forged.contains("sortedmulti(1,"));
    assert!(Registered::read(&forged, &seed).is_err());
    // a code from another seed, under that seed's name and under ours
    let theirs = Registered::new(weaker.wallet("Family"), &[None, None, None]).write(&bob.seed());
    let names = (bob.fingerprint().to_string(), ours.fingerprint().to_string());
    assert!(Registered::read(&theirs, &seed).is_err());
    assert!(Registered::read(&theirs.replace(&names.0, &names.1), &seed).is_err());
}
