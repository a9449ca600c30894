//! Hostile input: damaged registrations of every form end in an error or in a wallet, never in a
//! panic, and take little memory.

use crate::alloc::measured;
use crate::common::vectors;
use crate::meaning::wallet;
use crate::people::{body, checked, descriptor, seed};
use crate::prng::Prng;
use coldlight::wallet::export::{
    AccountKind, Exported, KeyForm, WalletForm, export_keys, export_wallet,
};
use coldlight::wallet::registration::{
    Content, MAX_REGISTRATION, RegistrationError, RegistryType, read,
};
use coldlight::wallet::{Known, Network, Registered, judge_registration};
use libtest_mimic::Trial;

pub fn tests() -> Vec<Trial> {
    vec![
        vectors::constant!(damaged_registrations_are_read_or_refused),
        vectors::constant!(counts_of_what_is_not_there_are_not_believed),
        vectors::constant!(deep_nesting_ends),
        vectors::constant!(long_texts_are_refused_unread),
        vectors::constant!(damaged_kept_registrations_are_refused),
    ]
}

/// More than any good registration needs: a text of 64 KiB in JSON, and its wallet.
const MEMORY: usize = 4 * 1024 * 1024;

/// One of each form.
fn samples() -> Vec<Exported> {
    let mut samples = Vec::new();
    for form in [
        "wsh(sortedmulti(2,A,B,C))",
        "sh(wsh(multi(2,A,B)))",
        "wsh(or_d(pk(A),and_v(v:pkh(B),older(52560))))",
        "tr(A,{sortedmulti_a(2,B,C),and_v(v:pk(D),after(900000))})",
    ] {
        for kind in [
            WalletForm::Descriptor,
            WalletForm::Bsms,
            WalletForm::ColdcardText,
            WalletForm::SpecterJson,
            WalletForm::CryptoOutput,
            WalletForm::OutputDescriptor,
            WalletForm::CoreImport,
        ] {
            samples.extend(export_wallet(&wallet(form), kind));
        }
    }
    let seed = seed(Network::Main);
    let keys: Vec<_> =
        AccountKind::ALL[..7].iter().filter_map(|kind| seed.account_key(*kind, 0)).collect();
    for form in
        [KeyForm::Text, KeyForm::CryptoAccount, KeyForm::CryptoMultiAccounts, KeyForm::ColdcardJson]
    {
        samples.extend(export_keys(&keys, form));
    }
    samples.extend(export_keys(&keys[..1], KeyForm::HdKey));
    let template = "wsh(sortedmulti(2,@0/**,@1/**))\n";
    let keys: Vec<String> = ["A", "B"].map(|key| body(key).replace("/<0;1>/*", "")).into();
    let text = format!("{template}{}", keys.join("\n"));
    samples.push(Exported::Text { text, ending: "txt" });
    samples
}

/// Reads it and looks at everything that was read.
fn look(content: Content<'_>) -> Result<(), RegistrationError> {
    let reading = read(content, "w", Network::Main)?;
    for one in &reading.wallets {
        let judged = judge_registration(one, &Known::default());
        if let Some(policy) = judged.policy {
            policy.alternatives();
        }
        one.wallet().script(coldlight::wallet::Chain::Change, 1);
    }
    Ok(())
}

fn damaged_registrations_are_read_or_refused() {
    let mut prng = Prng(0x5eed_0005);
    let samples = samples();
    assert!(samples.len() > 25, "{}", samples.len());
    let (mut refused, mut worst) = (0, 0);
    for sample in &samples {
        for _ in 0..150 {
            let (kind, mut bytes) = match sample {
                Exported::Text { text, .. } => (None, text.clone().into_bytes()),
                Exported::Registry(kind, cbor) => (Some(*kind), cbor.clone()),
            };
            for _ in 0..=prng.below(3) {
                let place = prng.below(bytes.len());
                match prng.below(6) {
                    0 => bytes[place] ^= 1 << prng.below(8),
                    1 => bytes[place] = prng.next() as u8,
                    2 => bytes.truncate(place.max(1)),
                    3 => drop(bytes.remove(place)),
                    4 => bytes.insert(place, b"(){},;/*<>[]@#\"0"[prng.below(16)]),
                    _ => {
                        let end = (place + prng.below(40)).min(bytes.len());
                        let piece = bytes[place..end].to_vec();
                        let at = prng.below(bytes.len());
                        bytes.splice(at..at, piece);
                    }
                }
                if bytes.is_empty() {
                    bytes.push(0);
                }
            }
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let content = match kind {
                None => Content::Text(&text),
                Some(kind) => Content::Registry(kind, &bytes),
            };
            let (outcome, used) = measured(|| look(content));
            worst = worst.max(used.peak);
            if let Err(error) = outcome {
                refused += 1;
                assert!(error.to_string().len() < 600, "{error}");
            }
        }
    }
    assert!(worst < MEMORY, "{worst} bytes");
    assert!(refused > samples.len() * 100, "{refused}");
}

fn counts_of_what_is_not_there_are_not_believed() {
    let heads = [0x9b_u8, 0xbb, 0x5b, 0x7b];
    for kind in RegistryType::ALL {
        for head in heads {
            for before in [
                &b""[..],
                b"\xa2\x01\x00\x02",
                b"\xa1\x02",
                b"\xd9\x01\x91\xd9\x01\x97\xa2\x01\x01\x02",
            ] {
                let bytes = [before, &[head], &[0xff; 8], &[0; 64]].concat();
                let (outcome, used) = measured(|| look(Content::Registry(kind, &bytes)));
                assert!(outcome.is_err() && used.peak < 64 * 1024, "{kind:?} {bytes:02x?}");
            }
        }
        // indefinite lengths are not what the papers have
        for bytes in [&b"\xbf\xff"[..], b"\x9f\xff", b"\x7f\xff"] {
            assert!(look(Content::Registry(kind, bytes)).is_err());
        }
        assert!(look(Content::Registry(kind, &[])).is_err());
    }
}

fn deep_nesting_ends() {
    for depth in [10, 500, 5_000] {
        let texts = [
            format!("wsh({}pk(A){})", "and_v(v:pk(B),".repeat(depth), ")".repeat(depth)),
            format!("{}pkh(A){}", "sh(".repeat(depth), ")".repeat(depth)),
            format!("tr(A,{}pk(B){})", "{".repeat(depth), ",pk(C)}".repeat(depth)),
            format!("{}{}", "[{\"a\":".repeat(depth), "}]".repeat(depth)),
            format!("wsh({}:pk(A))", "n".repeat(depth)),
            "(".repeat(depth),
        ];
        for text in texts {
            let text = checked(&text);
            let (outcome, used) = measured(|| look(Content::Text(&text)));
            assert!(outcome.is_err() && used.peak < MEMORY, "{depth}");
        }
        let tags = [&b"\xd9\x01\x90".repeat(depth)[..], b"\x00"].concat();
        assert!(look(Content::Registry(RegistryType::CryptoOutput, &tags)).is_err());
    }
}

fn long_texts_are_refused_unread() {
    let long = "x".repeat(MAX_REGISTRATION + 1);
    let (outcome, used) = measured(|| look(Content::Text(&long)));
    let bytes = MAX_REGISTRATION + 1;
    assert_eq!(outcome, Err(RegistrationError::TooLong { bytes }));
    assert!(used.peak < 1024, "{}", used.peak);
    // the longest that is looked at: as many small values as fit
    let json = format!("[{{}},{}0]", "0,".repeat(MAX_REGISTRATION / 2 - 10));
    let (outcome, used) = measured(|| look(Content::Text(&json)));
    assert!(outcome.is_err() && used.peak < MEMORY, "{}", used.peak);
    let lines = "# \n".repeat(MAX_REGISTRATION / 3);
    assert!(look(Content::Text(&lines)).is_err());
}

fn damaged_kept_registrations_are_refused() {
    let ours = seed(Network::Main);
    let text = Registered::new(wallet("wsh(sortedmulti(2,A,B,C))"), &[]).write(&ours);
    let mut prng = Prng(7);
    for _ in 0..500 {
        let mut bytes = text.clone().into_bytes();
        let place = prng.below(bytes.len());
        match prng.below(3) {
            0 => bytes.truncate(place),
            1 => bytes[place] = bytes[place].wrapping_add(1 + prng.below(255) as u8),
            _ => drop(bytes.splice(place..place, text.bytes().take(place))),
        }
        let damaged = String::from_utf8_lossy(&bytes).into_owned();
        // what only lost its last line feed is whole
        if damaged.trim_end_matches('\n') != text.trim_end_matches('\n') {
            assert!(Registered::read(&damaged, &ours).is_err(), "{damaged}");
        }
    }
    assert!(Registered::read(&"\n".repeat(100_000), &ours).is_err());
    assert!(Registered::read(&descriptor("wpkh(A)"), &ours).is_err());
}
