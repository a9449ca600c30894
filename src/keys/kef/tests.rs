//! KEF: what Krux wrote is opened, what is written is opened again, damage is refused.

use super::*;
use crate::keys::random::testing::{FailingAfter, Steady};
use crate::keys::{Generator, RandomError};
use bitcoin::hex::{DisplayHex, FromHex};

/// Krux's tests, tests/test_encryption.py: envelopes under the key "test key", and their content.
const PUBLISHED: [(u8, &str, &str); 9] = [
    (
        0,
        "07746573742049440000000a2ae19dc582c1199bb726f23f03c76ff6af9e8123462c5173e61debd159a02fcf",
        "350e7b31a36727c5f2fc76b58304668c",
    ),
    (
        1,
        "07746573742049440100000a4f52a1936c3e3271209e9d64059ed78e010360755fd7ab2f4ebc4019cc0a22c58a5e337874a4b30b4bca8a4082da7ad3",
        "350e7b31a36727c5f2fc76b58304668c",
    ),
    (
        5,
        "07746573742049440500000a2ae19dc582c1199bb726f23f03c76ff6523e23",
        "350e7b31a36727c5f2fc76b58304668c",
    ),
    (
        10,
        "07746573742049440a00000a4f52a1936c3e3271209e9d64059ed78e010360755fd7ab2f4ebc4019cc0a22c543fa9690",
        "350e7b31a36727c5f2fc76b58304668c",
    ),
    (
        20,
        "07746573742049441400000a4f52a1936c3e3271209e9d64bfb7766f5d5d8a4f908e86e738344c025d8fed54",
        "350e7b31a36727c5f2fc76b58304668c",
    ),
    (
        5,
        "084b454665636249440500000ab8d93ec1cff6c0345002a25aea2d4576e71666bf1d59df69501957a2b0e53bbb50f4f7",
        "1b266577e684c5b09c89f524b5ca10416190aa650919dbd99ec74316617e2543",
    ),
    (
        10,
        "084b454663626349440a00000a4f52a1936c3e3271209e9d64059ed78e6c8453e88d82c0e21b61587bf667615223243a7e6e4a53cd4d2e243f9900cce3a5eab5a2",
        "408cf9b8d8d9e2bd6fb5d1a13fb0104fd4c8fd2829a0c2afb51d06dcfb801c6e",
    ),
    (
        15,
        "084b454663747249440f00000a692405dc6ea8bf1f2ce2787962d3f6cc3788fb463d9efd69b7bb1a4d5865791aa1c13251ab0a416e5de8a2a9e8581c0c",
        "ec54ea346caa1ed06cb35c96c4ef23228a26a2e0996c71d0608ec2ba49ce2316",
    ),
    (
        20,
        "084b454667636d49441400000a4f52a1936c3e3271209e9d64bfa30c3fd7faff2c258df3ee88814e08d3b7d05b261d66010bacd6b6c51780f81c7f9257",
        "06ef92e3bbb6c8da755775a0a900a43c455c8e1033dd95f85d364345f3dcae7d",
    ),
];

const NOTE: &[u8] = b"A note of thirty bytes, no less";

/// Repeats, so that it deflates.
fn policy() -> Vec<u8> {
    b"wsh(sortedmulti(2,[a/48h/0h],[b/48h/0h],[c/48h/0h],[d/48h/0h]))".repeat(3)
}

/// Made by Krux's src/krux/kef.py (commit 6a7a357f) with the key "test key", the identifier
/// "test ID" and 10,000 iterations, for the versions that its tests hold no constants of.
const MADE_BY_KRUX: [(u8, &str); 6] = [
    (
        6,
        "07746573742049440600000147de61569da5c3d332fc135509d215f98e137776ccb18ec7ab11a02b0beccffd13fe6a72959c3581cdd30d97d6d435d7",
    ),
    (
        7,
        "077465737420494407000001b917c1e1630946f0fe41e826af3a5b7e4f31dd969e1c09dcc175f518e1e0c5e411e67f7572197fe60670546130ce598ab20f405ad77c09e807be5e58c9476f88",
    ),
    (
        11,
        "07746573742049440b0000010102030405060708090a0b0c0d0e0f1033872a9eb05f7946ed98423c4799c67347597fc646bc55accedf21af3b02088ad96e9b08921d0bb991d1ad050216cdd1",
    ),
    (
        12,
        "07746573742049440c0000010102030405060708090a0b0c0d0e0f10641dae67e18b785b91ae55ec998d2c996dd60da992f5ee8ba5028b09b5e38736e07e595d3b6ff0fbbf9f199fc61c6ee8fd2c2be712b4f81a70fa33ec000b1d2d",
    ),
    (
        16,
        "0774657374204944100000010102030405060708090a0b0c78762a6e27621bbf18904adc611262f9981ca7eb720126f7edb932d5b37559cb84c30deae426685e8d7e4c6e2fde13766a3d",
    ),
    (
        21,
        "0774657374204944150000010102030405060708090a0b0c9f7fd2f6d8f01427774fc5f6e1f7114f82ad171206c37666b850e235953c22a718a5364ff31fe19a9a67721f2359a7be8023",
    ),
];

/// Likewise, but with Krux's refusal of what its padding may swallow switched off: content or check
/// that ends in zero bytes. Krux itself does not open the last one again.
const ENDING_IN_ZEROS: [(&str, &str); 5] = [
    (
        "c7505e82cd1728cd5e959cc57aa41922",
        "077465737420494400000001f6a75a6dd197d1013887a3f1d3469cd7fd3d9685fe506261be7a03d41e1a959f",
    ),
    (
        "00000000000000000000000000000000",
        "0774657374204944010000010102030405060708090a0b0c0d0e0f10a7ff402a5cf51a558f7dc7560c62a01e82a7ca3168677aff8d068aa069b509eb",
    ),
    (
        "01010101010101010101010101000000",
        "077465737420494405000001ca54c030be1c886f90feaa98a03f8565cdc215",
    ),
    (
        "01010101010101010101010101000000",
        "07746573742049440a0000010102030405060708090a0b0c0d0e0f1014f5c643b1e3691845074602476b1b1a03c6492b",
    ),
    (
        "00000000000000000000000000000000",
        "077465737420494405000001410ba84161573867f2b85c6e98ed78fb7195df",
    ),
];

fn bytes(hex: &str) -> Vec<u8> {
    Vec::from_hex(hex).unwrap_or_else(|e| panic!("{hex}: {e}"))
}

fn envelope(hex: &str) -> Envelope {
    Envelope::parse(&bytes(hex)).unwrap_or_else(|| panic!("no envelope: {hex}"))
}

fn opened(envelope: &Envelope, key: &[u8]) -> Result<Opened, OpenError> {
    let mut opening = envelope.open(key);
    assert_eq!(opening.total(), envelope.iterations());
    loop {
        let before = opening.done();
        if let Some(outcome) = opening.advance(40_000) {
            assert_eq!(opening.done(), opening.total());
            return outcome;
        }
        assert!(opening.done() > before);
    }
}

fn content(envelope: &Envelope) -> Vec<u8> {
    opened(envelope, b"test key").map_or_else(|e| panic!("{e}"), |opened| opened.bytes().to_vec())
}

fn sealed(content: &[u8], id: &[u8], key: &[u8]) -> Result<Envelope, SealError> {
    let mut sealing = Sealing::begin(content, id, key, &mut Generator::new(Steady(20)))?;
    loop {
        if let Some(outcome) = sealing.advance(50_000) {
            assert_eq!(sealing.done(), sealing.total());
            return outcome;
        }
    }
}

#[test]
fn what_krux_wrote_is_opened_in_every_version() {
    let mut versions = Vec::new();
    for (number, hex, published) in PUBLISHED {
        let envelope = envelope(hex);
        assert_eq!((envelope.version().number(), envelope.iterations()), (number, 100_000));
        assert_eq!(envelope.to_bytes(), bytes(hex), "written as it was read");
        let opened = opened(&envelope, b"test key").unwrap_or_else(|e| panic!("{hex}: {e}"));
        assert_eq!(opened.bytes(), bytes(published), "version {number}");
        assert_eq!(opened.looks(), Looks::Mnemonic);
        versions.push(envelope.version());
    }
    for (number, hex) in MADE_BY_KRUX {
        let envelope = envelope(hex);
        assert_eq!((envelope.version().number(), envelope.iterations()), (number, 10_000));
        assert_eq!((envelope.id(), envelope.to_bytes()), (&b"test ID"[..], bytes(hex)));
        let policy = policy();
        let wanted = if envelope.version().compresses() { &policy[..] } else { NOTE };
        assert_eq!(content(&envelope), wanted, "version {number}");
        versions.push(envelope.version());
    }
    assert!(Version::ALL.iter().all(|version| versions.contains(version)));
}

#[test]
fn zero_bytes_at_the_end_are_told_from_padding() {
    for (wanted, hex) in ENDING_IN_ZEROS {
        assert_eq!(content(&envelope(hex)).to_lower_hex_string(), wanted);
    }
}

#[test]
fn a_wrong_key_and_each_changed_byte_are_refused() {
    for (number, hex) in MADE_BY_KRUX.into_iter().chain([(5, ENDING_IN_ZEROS[2].1)]) {
        let envelope = envelope(hex);
        for key in [&b""[..], b"test keY", b"test key "] {
            assert_eq!(opened(&envelope, key).err(), Some(OpenError::Failed), "version {number}");
        }
        for place in [0, envelope.payload.len() / 2, envelope.payload.len() - 1] {
            let mut damaged = envelope.clone();
            damaged.payload[place] ^= 0x80;
            let outcome = opened(&damaged, b"test key").err();
            assert_eq!(outcome, Some(OpenError::Failed), "version {number}, byte {place}");
        }
    }
    assert!(OpenError::Failed.to_string().ends_with('.'));
}

#[test]
fn what_is_no_envelope_is_told_from_one() {
    let whole = bytes(PUBLISHED[2].1);
    for length in 0..whole.len() {
        assert!(Envelope::parse(&whole[..length]).is_none(), "{length}");
    }
    let with = |place: usize, value: u8| {
        let mut bytes = whole.clone();
        bytes[place] = value;
        Envelope::parse(&bytes)
    };
    for version in 0..=255 {
        let known = Version::ALL.iter().any(|known| known.number() == version);
        assert!(known || with(8, version).is_none());
    }
    assert!(with(11, 0).is_none(), "no iterations");
    assert!(with(0, 253).is_none() && with(0, 8).is_none());
    assert!(Envelope::parse(&[0; 9000]).is_none());
    let mut large = bytes(PUBLISHED[8].1);
    large.resize(8 * 1024 + 1, 7);
    assert!(Envelope::parse(&large).is_none());
    large.truncate(8 * 1024);
    assert!(Envelope::parse(&large).is_some());
}

#[test]
fn iterations_up_to_ten_thousand_are_counted_in_ten_thousands() {
    let mut whole = bytes(PUBLISHED[2].1);
    for (stored, iterations) in
        [(1, 10_000), (10_000, 100_000_000), (10_001, 10_001), (0xff_ffff, 16_777_215)]
    {
        whole[9..12].copy_from_slice(&u32::to_be_bytes(stored)[1..]);
        let envelope = Envelope::parse(&whole).unwrap_or_else(|| panic!("{stored}"));
        assert_eq!((envelope.iterations(), envelope.to_bytes()), (iterations, whole.clone()));
    }
}

#[test]
fn what_is_sealed_is_opened_again_and_looks_like_what_it_was() {
    let words = "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";
    let inner = bytes(PUBLISHED[2].1);
    let long: Vec<u8> = policy().repeat(20);
    for (content, version, looks) in [
        (&[7; 16][..], Version::Gcm20, Looks::Mnemonic),
        (&bytes(PUBLISHED[8].2)[..], Version::Gcm20, Looks::Mnemonic),
        (words.as_bytes(), Version::Gcm21, Looks::Mnemonic),
        (NOTE, Version::Gcm20, Looks::Text),
        (&long[..], Version::Gcm21, Looks::Text),
        (&inner[..], Version::Gcm20, Looks::Envelope),
        (&[0xf5; 3][..], Version::Gcm20, Looks::Bytes),
    ] {
        let envelope =
            sealed(content, b"73c5da0a", "Schlüssel".as_bytes()).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!((envelope.version(), envelope.id()), (version, &b"73c5da0a"[..]));
        assert!((100_000..110_000).contains(&envelope.iterations()));
        let opened = opened(&envelope, "Schlüssel".as_bytes()).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!((opened.bytes(), opened.looks()), (content, looks));
        assert_eq!(opened.text().is_some(), looks == Looks::Text || content == words.as_bytes());
        let mnemonic = opened.mnemonic().and_then(Result::ok);
        assert_eq!(mnemonic.is_some(), looks == Looks::Mnemonic);
    }
}

#[test]
fn what_cannot_be_sealed_is_told() {
    let refused = |content: &[u8], id: &[u8], key: &[u8]| sealed(content, id, key).err();
    assert_eq!(refused(b"", b"", b"key"), Some(SealError::Empty));
    assert_eq!(refused(b"x", b"", b""), Some(SealError::NoKey));
    assert_eq!(refused(&[1; 7001], b"", b"key"), Some(SealError::TooLong(7001)));
    assert_eq!(refused(b"x", &[b'i'; 253], b"key"), Some(SealError::LongId(253)));
    for fills in 0..2 {
        let begun =
            Sealing::begin(b"x", b"", b"key", &mut Generator::new(FailingAfter::blocks(fills)));
        assert_eq!(begun.err(), Some(SealError::Random(RandomError::Failed)));
    }
    let noise: Vec<u8> = (0..7000u32).map(|at| ((at * at * 31) >> 5) as u8).collect();
    let most = sealed(&noise, &[b'i'; 252], b"key").unwrap_or_else(|e| panic!("{e}"));
    assert!(opened(&most, b"key").is_ok_and(|opened| opened.bytes() == noise));
    for error in [
        SealError::NoKey,
        SealError::Empty,
        SealError::TooLong(7001),
        SealError::LongId(253),
        SealError::Random(RandomError::Failed),
        SealError::Unverified,
    ] {
        assert!(error.to_string().ends_with('.'), "{error}");
    }
}

#[test]
fn every_version_has_its_number_and_name() {
    for version in Version::ALL {
        assert!(version.name().starts_with("AES-"));
    }
    assert_eq!(Version::Gcm21.number(), 21);
}
