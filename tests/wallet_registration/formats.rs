//! The forms that coordinators have for a wallet, each with its errors.

use crate::common::vectors;
use crate::people::{Person, SHARED, body, checked, descriptor};
use crate::texts::{blocks, text};
use coldlight::wallet::registration::{
    Adaptation, BsmsError, Content, Form, Integrity, KeyError, Part, Reading, Registration,
    RegistrationError, read,
};
use coldlight::wallet::{
    Chain, ExtendedKeyError, Network, Prefix, WalletError, address, write_extended_key,
};
use libtest_mimic::Trial;
use serde_json::json;
use std::path::Path;

pub fn tests() -> Vec<Trial> {
    vec![
        vectors::bulk!("bip-texts", records_of_bip129_are_read_and_their_address_is_derived),
        vectors::constant!(a_first_address_that_the_descriptor_does_not_give_is_refused),
        vectors::constant!(nunchuks_record_means_the_usual_chains),
        vectors::constant!(a_descriptor_comes_as_one_as_two_or_as_three),
        vectors::constant!(coldcards_text_is_read_and_its_lines_are_named),
        vectors::constant!(json_of_specter_caravan_core_and_electrum_is_one_wallet),
        vectors::constant!(account_keys_are_wallets_or_cosigners_by_their_path_and_prefix),
        vectors::constant!(keys_of_slip_132_are_put_into_xpub_and_that_is_said),
        vectors::constant!(whatever_holds_a_secret_is_refused),
        vectors::constant!(what_is_no_wallet_is_named),
    ]
}

fn reading(text: &str) -> Result<Reading, RegistrationError> {
    read(Content::Text(text), "Wallet 1", Network::Main)
}

fn registration(text: &str) -> Registration {
    let reading = reading(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    reading.only().unwrap_or_else(|| panic!("{text}: not one wallet")).clone()
}

fn error(text: &str) -> RegistrationError {
    reading(text).expect_err(text)
}

const TWO_OF_THREE: &str = "wsh(sortedmulti(2,A,B,C))";

fn records_of_bip129_are_read_and_their_address_is_derived(folder: &Path) {
    let text = text(folder, "bip-0129.mediawiki");
    let (mut wallets, mut keys) = (0, 0);
    for record in blocks(&text, "<pre>BSMS 1.0", "</pre>") {
        let record = format!("BSMS 1.0{record}");
        match (record.lines().count(), reading(&record)) {
            (4, Ok(read)) => {
                let one = read.only().expect("one wallet");
                assert_eq!((one.form(), one.integrity()), (Form::Bsms, Integrity::FirstAddress));
                wallets += 1;
            }
            // the first vector has single public keys instead of extended ones
            (4, Err(error)) => {
                assert_eq!(error, RegistrationError::Wallet(WalletError::NoChains), "{record}");
            }
            (5, Ok(read)) => {
                let label = read.cosigners[0].label.as_deref().expect("a label");
                assert!(label.starts_with("Signer ") && label.ends_with(" key"), "{label}");
                keys += 1;
            }
            (5, Err(error)) => {
                let why = Part::Key(KeyError::Key(ExtendedKeyError::Checksum));
                assert_eq!(error, RegistrationError::Line { line: 3, why }, "{record}");
            }
            (lines, _) => panic!("{lines} lines"),
        }
    }
    assert_eq!((wallets, keys), (3, 7));
}

fn a_first_address_that_the_descriptor_does_not_give_is_refused() {
    let stars = body("wsh(sortedmulti(2,A,B,C))").replace("/<0;1>/*", "/**");
    let first = |form: &str| {
        let script = registration(&descriptor(form)).wallet().script(Chain::Receive, 0).unwrap();
        address(&script, Network::Main).unwrap()
    };
    let record =
        |restrictions: &str, address: &str| format!("BSMS 1.0\n{stars}\n{restrictions}\n{address}");
    let right = first(TWO_OF_THREE);
    assert!(reading(&record("/0/*,/1/*", &right)).is_ok());
    let other = first("wsh(sortedmulti(2,A,B,D))");
    let expected = BsmsError::FirstAddress { said: other.clone(), derived: right.clone() };
    assert_eq!(error(&record("/0/*,/1/*", &other)), RegistrationError::Bsms(expected));
    for restrictions in ["/0/*", "/0/*,/0/*", "/0h/*,/1/*", "/*", ""] {
        let error = error(&record(restrictions, &right));
        assert_eq!(error, RegistrationError::Bsms(BsmsError::Restrictions), "{restrictions}");
    }
    assert_eq!(error("BSMS 2.0\na\nb\nc"), RegistrationError::Bsms(BsmsError::Version));
    assert_eq!(error("BSMS 1.0\na"), RegistrationError::Bsms(BsmsError::Lines(2)));
}

fn nunchuks_record_means_the_usual_chains() {
    let any = body(TWO_OF_THREE).replace("/<0;1>/*", "/*");
    let script = registration(&descriptor(TWO_OF_THREE)).wallet().script(Chain::Receive, 0);
    let first = address(&script.unwrap(), Network::Main).unwrap();
    let record = format!("BSMS 1.0\n{any}\nNo path restrictions\n{first}");
    let read = registration(&record);
    assert_eq!(read.wallet().text(), descriptor(TWO_OF_THREE));
    assert_eq!(read.adaptations(), [Adaptation::Chains]);
}

fn a_descriptor_comes_as_one_as_two_or_as_three() {
    for form in [
        TWO_OF_THREE,
        "pkh(A)",
        "wpkh(A)",
        "sh(wpkh(A))",
        "sh(wsh(multi(1,A,B)))",
        "sh(sortedmulti(2,A,B))",
        "tr(A,{pk(B),{multi_a(2,C,D),and_v(v:pk(E),older(144))}})",
        "tr(A,{sortedmulti_a(2,B,C),pk(D)})",
        "wsh(andor(pk(A),older(1008),pk(B)))",
    ] {
        let whole = body(form);
        let (receive, change) = (whole.replace("<0;1>", "0"), whole.replace("<0;1>", "1"));
        let (receive, change) = (checked(&receive), checked(&change));
        let expected = checked(&whole);
        let three = format!(
            "# Receive and change descriptor (BIP389):\n{expected}\n\n# Receive:\n{receive}\n\n# \
             Change:\n{change}\n"
        );
        let two = format!("{receive}\n{change}");
        let turned = format!("{change}\r\n{receive}\r\n");
        let diy = format!("addwallet Safe&{expected}");
        for text in [&expected, &two, &turned, &three, &diy] {
            let read = registration(text);
            assert_eq!(read.wallet().text(), expected, "{form}");
            assert_eq!((read.form(), read.integrity()), (Form::Descriptor, Integrity::Checksum));
            assert!(read.adaptations().is_empty());
            assert!(read.wallet().script(Chain::Change, 5).is_some(), "{form}");
        }
        let alone = registration(&receive);
        assert_eq!(alone.wallet().text(), expected);
        assert_eq!(alone.adaptations(), [Adaptation::ChangeChain]);
        assert_eq!(registration(&diy).wallet().name(), "Safe");
    }
    // the change chain of another wallet, or of another order
    let receive = descriptor("wsh(multi(2,A,B))").replace("<0;1>", "0");
    let receive = checked(receive.split_once('#').unwrap().0);
    for other in ["wsh(multi(2,A,C))", "wsh(multi(2,B,A))", "wsh(multi(1,A,B))"] {
        let change = checked(&body(other).replace("<0;1>", "1"));
        let text = format!("{receive}\n{change}");
        assert_eq!(error(&text), RegistrationError::Disagree { line: 2 }, "{other}");
    }
    let text =
        format!("{}\n{}", descriptor("wpkh(A)"), checked(&body("wpkh(B)").replace("<0;1>", "0")));
    assert_eq!(error(&text), RegistrationError::Disagree { line: 2 });
}

fn coldcard(format: &str) -> String {
    let mut text = format!(
        "# Coldcard Multisig setup file (created on 73C5DA0A)\n#\nName: Family\nPolicy: 2 of 3\n\
         Derivation: m/48'/0'/0'/2'\nFormat: {format}\n\n"
    );
    for number in 0..3 {
        let person = Person::new(number);
        let fingerprint = person.fingerprint().to_uppercase();
        text.push_str(&format!("{fingerprint}: {}\n", person.xpub(SHARED)));
    }
    text
}

fn coldcards_text_is_read_and_its_lines_are_named() {
    for (format, form) in [
        ("P2WSH", "wsh(sortedmulti(2,A,B,C))"),
        ("P2SH-P2WSH", "sh(wsh(sortedmulti(2,A,B,C)))"),
        ("P2WSH-P2SH", "sh(wsh(sortedmulti(2,A,B,C)))"),
        ("P2SH", "sh(sortedmulti(2,A,B,C))"),
    ] {
        let read = registration(&coldcard(format));
        assert_eq!(read.wallet().text(), descriptor(form));
        assert_eq!((read.wallet().name(), read.form()), ("Family", Form::ColdcardText));
        assert_eq!(read.adaptations(), [Adaptation::Chains]);
    }
    // a path before each key, as Nunchuk has it, and in a comment, as BlueWallet has it
    let each = coldcard("P2WSH").replace("Derivation: m/48'/0'/0'/2'\n", "");
    let nunchuk = each.replace("\n73C5", "\nDerivation: m/48h/0h/0h/2h\n73C5");
    let blue = each.replace("\n73C5", "\n# derivation: m/48'/0'/0'/2'\n73C5");
    for text in [nunchuk, blue] {
        assert_eq!(registration(&text).wallet().text(), descriptor(TWO_OF_THREE));
    }
    let line = |text: String| match error(&text) {
        RegistrationError::Line { line, why } => (line, why),
        other => panic!("{other}"),
    };
    let good = coldcard("P2WSH");
    assert_eq!(line(each.clone()), (7, Part::Key(KeyError::Path)));
    assert_eq!(line(good.replace("P2WSH", "P2TR")), (6, Part::Value));
    assert_eq!(line(good.replace("2 of 3", "4 of 3")), (4, Part::Value));
    assert_eq!(line(good.replace("Format", "Policy: 2 of 3\nFormat")), (6, Part::Twice));
    assert_eq!(line(good.replace("73C5DA0A: ", "73C5DA0: ")), (8, Part::Value));
    let fewer = RegistrationError::Field { field: "Policy".into(), why: Part::Count };
    assert_eq!(error(&good.replace("2 of 3", "2 of 4")), fewer);
    let missing = RegistrationError::Field { field: "Format".into(), why: Part::Missing };
    assert_eq!(error(&good.replace("Format: P2WSH\n", "")), missing);
}

fn json_of_specter_caravan_core_and_electrum_is_one_wallet() {
    let expected = descriptor(TWO_OF_THREE);
    let receive = checked(&body(TWO_OF_THREE).replace("<0;1>", "0"));
    let change = checked(&body(TWO_OF_THREE).replace("<0;1>", "1"));
    let people: Vec<Person> = (0..3).map(Person::new).collect();
    let keys: Vec<serde_json::Value> = people
        .iter()
        .zip(["Ann", "Bob", "Carol"])
        .map(|(person, name)| {
            json!({"name": name, "bip32Path": format!("m/{SHARED}"), "xfp": person.fingerprint(),
                   "xpub": person.xpub(SHARED).to_string()})
        })
        .collect();
    let caravan = json!({"name": "Family", "addressType": "P2WSH", "network": "mainnet",
        "quorum": {"requiredSigners": 2, "totalSigners": 3}, "extendedPublicKeys": keys});
    let devices = json!([{"type": "coldcard", "label": "Ann"}, "Bob", {"label": "Carol"}]);
    let specter = json!({"label": "Family", "blockheight": 0, "descriptor": receive,
        "devices": devices});
    let fully = json!({"label": "Family", "descriptor": expected, "blockheight": 1,
        "devices": devices});
    let both = json!({"name": "Family", "recv_descriptor": receive, "change_descriptor": change,
        "devices": devices});
    let core = json!({"wallet_name": "Family", "descriptors": [
        {"desc": receive, "active": true, "internal": false, "range": [0, 999]},
        {"desc": descriptor("wpkh(D)"), "active": false},
        {"desc": change, "active": true, "internal": true}]});
    let core_list = json!([{"desc": expected, "timestamp": "now"}]);
    let electrum = |prefix| {
        let mut wallet =
            json!({"wallet_type": "2of3", "seed_version": 17, "use_encryption": false});
        for (number, (person, name)) in (1..).zip(people.iter().zip(["Ann", "Bob", "Carol"])) {
            wallet[format!("x{number}/")] = json!({"type": "hardware", "label": name,
                "xpub": write_extended_key(&person.xpub(SHARED), prefix),
                "derivation": format!("m/{SHARED}"), "root_fingerprint": person.fingerprint()});
        }
        wallet
    };
    let electrum_wsh = electrum(Prefix::SegwitShared);
    for (json, form, labelled) in [
        (&caravan, Form::CaravanJson, true),
        (&specter, Form::SpecterJson, true),
        (&fully, Form::SpecterJson, true),
        (&both, Form::SpecterJson, true),
        (&core, Form::CoreJson, false),
        (&core_list, Form::CoreJson, false),
        (&electrum_wsh, Form::ElectrumJson, true),
    ] {
        let read = registration(&json.to_string());
        assert_eq!(read.wallet().text(), expected, "{json}");
        assert_eq!(read.form(), form);
        let names: Vec<Option<&str>> = read.labels().iter().map(Option::as_deref).collect();
        let wanted = if labelled { [Some("Ann"), Some("Bob"), Some("Carol")] } else { [None; 3] };
        assert_eq!(names, wanted, "{json}");
    }
    for (prefix, form) in [
        (Prefix::NestedShared, "sh(wsh(sortedmulti(2,A,B,C)))"),
        (Prefix::Any, "sh(sortedmulti(2,A,B,C))"),
    ] {
        assert_eq!(registration(&electrum(prefix).to_string()).wallet().text(), descriptor(form));
    }
    let field = |json: serde_json::Value| match error(&json.to_string()) {
        RegistrationError::Field { field, why } => (field, why),
        other => panic!("{other}"),
    };
    let changed = |place: &str, value: serde_json::Value| {
        let mut json = caravan.clone();
        *json.pointer_mut(place).expect("a place") = value;
        json
    };
    assert_eq!(field(changed("/addressType", json!("P2TR"))), ("addressType".into(), Part::Value));
    assert_eq!(
        field(changed("/quorum/totalSigners", json!(4))),
        ("quorum.totalSigners".into(), Part::Count)
    );
    assert_eq!(
        field(changed("/extendedPublicKeys/1/xfp", json!("12"))),
        ("extendedPublicKeys[1]".into(), Part::Key(KeyError::Fingerprint))
    );
    assert_eq!(
        field(changed("/extendedPublicKeys/2/xpub", json!("xpub1/0,pk(x"))),
        ("extendedPublicKeys[2]".into(), Part::Key(KeyError::Rest))
    );
    let testnet = changed("/network", json!("testnet")).to_string();
    assert_eq!(error(&testnet), RegistrationError::OtherNetwork { chosen: Network::Main });
    let broken = format!("{{\n  \"label\": \"Family\",\n  \"descriptor\" {receive}}}");
    assert!(matches!(error(&broken), RegistrationError::Json { line: 3, column: 16 }));
    // another wallet's change descriptor
    let mut other = both.clone();
    other["change_descriptor"] =
        json!(checked(&body("wsh(sortedmulti(2,A,B,D))").replace("<0;1>", "1")));
    assert_eq!(field(other), ("change_descriptor".into(), Part::Value));
}

fn account_keys_are_wallets_or_cosigners_by_their_path_and_prefix() {
    let person = Person::new(1);
    for (path, head, tail) in [
        ("44'/0'/0'", "pkh(", ")"),
        ("49'/0'/0'", "sh(wpkh(", "))"),
        ("84'/0'/0'", "wpkh(", ")"),
        ("86'/0'/3'", "tr(", ")"),
    ] {
        let key = person.key(path);
        let read = registration(&key);
        assert_eq!(read.wallet().text(), checked(&format!("{head}{key}/<0;1>/*{tail}")));
        assert_eq!((read.form(), read.integrity()), (Form::Key, Integrity::KeysOnly));
        assert_eq!(registration(&format!("{key}/0/*")).wallet().text(), read.wallet().text());
    }
    let shared = reading(&person.key(SHARED)).unwrap();
    assert!(shared.wallets.is_empty());
    assert_eq!(shared.cosigners[0].with_origin(), person.key(SHARED));
    // without its origin: every kind of script, to choose from
    let bare = reading(&person.xpub("84'/0'/0'").to_string()).unwrap();
    assert_eq!((bare.wallets.len(), bare.cosigners.len()), (4, 0));
    let generic = json!({"chain": "BTC", "xfp": person.fingerprint(),
        "bip84": {"name": "p2wpkh", "deriv": "m/84'/0'/0'",
                  "xpub": person.xpub("84'/0'/0'").to_string()},
        "bip48_2": {"name": "p2wsh", "deriv": format!("m/{SHARED}"),
                    "xpub": person.xpub(SHARED).to_string()}});
    let read = reading(&generic.to_string()).unwrap();
    assert_eq!((read.wallets.len(), read.cosigners.len()), (1, 1));
    assert_eq!(read.cosigners[0].with_origin(), person.key(SHARED));
    assert_eq!(read.wallets[0].form(), Form::ColdcardJson);
    let cobo = json!({"ExtPubKey": write_extended_key(&person.xpub("84'/0'/0'"), Prefix::SegwitSingle),
        "MasterFingerprint": person.fingerprint(), "AccountKeyPath": "84'/0'/0'"});
    assert_eq!(registration(&cobo.to_string()).wallet().text(), read.wallets[0].wallet().text());
    let older = json!({"xfp": person.fingerprint(), "p2wsh_deriv": format!("m/{SHARED}"),
        "p2wsh": write_extended_key(&person.xpub(SHARED), Prefix::SegwitShared)});
    assert_eq!(reading(&older.to_string()).unwrap().cosigners[0].with_origin(), person.key(SHARED));
}

fn keys_of_slip_132_are_put_into_xpub_and_that_is_said() {
    let person = Person::new(2);
    let zpub = write_extended_key(&person.xpub("84'/0'/0'"), Prefix::SegwitSingle);
    let read = registration(&format!("[{}/84'/0'/0']{zpub}", person.fingerprint()));
    assert_eq!(
        read.wallet().text(),
        checked(&format!("wpkh({}/<0;1>/*)", person.key("84'/0'/0'")))
    );
    let ypub = write_extended_key(&person.xpub("49'/0'/0'"), Prefix::NestedSingle);
    assert!(registration(&ypub).wallet().text().starts_with("sh(wpkh(xpub"));
    // in a descriptor, whose checksum is of the text as it was written
    let shared = Person::new(1).xpub(SHARED);
    let text = body(TWO_OF_THREE);
    let text =
        text.replace(&shared.to_string(), &write_extended_key(&shared, Prefix::SegwitShared));
    let read = registration(&checked(&text));
    assert_eq!(read.wallet().text(), descriptor(TWO_OF_THREE));
    let told = Adaptation::Prefix { number: 2, prefix: Prefix::SegwitShared };
    assert_eq!(read.adaptations(), [told]);
    let upper = reading(&write_extended_key(&shared, Prefix::SegwitShared)).unwrap();
    assert_eq!((upper.wallets.len(), upper.cosigners.len()), (0, 1));
}

fn whatever_holds_a_secret_is_refused() {
    let xprv = "xprv9s21ZrQH143K3QTDL4LXw2F7HEK3wJUD2nW2nRk4stbPy6cq3jPPqjiChkVvvNKmPGJxWUtg6LnF5kejMRNNU3TGtRBeJgk33yuGBxrMPHi";
    for text in [
        checked(&format!("wpkh({xprv}/<0;1>/*)")),
        // BlueWallet's sheet, with a seed of its own
        coldcard("P2WSH").replace("73C5DA0A:", "seed: legal winner thank year\n73C5DA0A:"),
        json!({"wallet_type": "standard", "keystore": {"type": "bip32", "seed": "legal winner"}})
            .to_string(),
        json!({"descriptor": descriptor("wpkh(A)"), "keys": [{"xprv": xprv}]}).to_string(),
        xprv.to_owned(),
    ] {
        assert_eq!(error(&text), RegistrationError::PrivateKey, "{text}");
    }
}

fn what_is_no_wallet_is_named() {
    assert_eq!(error(" \n"), RegistrationError::Empty);
    assert_eq!(error("Pay the rent."), RegistrationError::Unknown);
    assert_eq!(error("{}"), RegistrationError::Unknown);
    assert_eq!(error(&" ".repeat(70_000)), RegistrationError::TooLong { bytes: 70_000 });
    let twice = descriptor("wsh(sortedmulti(2,A,B,A))");
    assert_eq!(error(&twice), RegistrationError::Wallet(WalletError::Repeated { signer: 1 }));
    let other = read(Content::Text(&descriptor("wpkh(A)")), "w", Network::Test).unwrap_err();
    assert_eq!(other, RegistrationError::Wallet(WalletError::Network));
    let changed = descriptor("wpkh(A)").replace("73c5da0a", "73c5da0b");
    let RegistrationError::Wallet(WalletError::Checksum(_)) = error(&changed) else {
        panic!("the checksum holds the fingerprint")
    };
    for error in [error(""), error("x"), error(&twice), error(&changed), other] {
        let text = error.to_string();
        assert!(text.ends_with('.') && text.contains(' ') && text.len() < 400, "{text}");
    }
}
