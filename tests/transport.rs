//! The dialects, and what each code is said to be. A few published values stand here; the bulk is in
//! `transport_vectors.rs`.

#[path = "common/prng.rs"]
mod prng;

use bitcoin::consensus::deserialize;
use coldlight::transport::{
    BbqrForeign, Collector, Dialect, Kind, Offered, PartsMap, Payload, Reel, ReelError,
    ReelOptions, Trouble, UrForeign,
};
use data_encoding::HEXLOWER;
use prng::Prng;

/// The reference implementation's multi-part test (bc-ur, `test_ur_encoder`): the message of
/// BCR-2024-001 as a CBOR byte string.
const REFERENCE: [&str; 4] = [
    "ur:bytes/1-9/lpadascfadaxcywenbpljkhdcahkadaemejtswhhylkepmykhhtsytsnoyoyaxaedsuttydmmhhpktpmsrjtdkgslpgh",
    "ur:bytes/9-9/lpasascfadaxcywenbpljkhdcajskecpmdckihdyhphfotjojtfmlnwmadspaxrkytbztpbauotbgtgtaeaevtgavtny",
    "ur:bytes/11-9/lpbdascfadaxcywenbpljkhdcahelbknlkuejnbadmssfhfrdpsbiegecpasvssovlgeykssjykklronvsjkvetiiapk",
    "ur:bytes/20-9/lpbbascfadaxcywenbpljkhdcayapmrleeleaxpasfrtrdkncffwjyjzgyetdmlewtkpktgllepfrltataztksmhkbot",
];

/// BCR-2024-001, `makeMessage(len: 256)`.
const MESSAGE: &str = "916ec65cf77cadf55cd7f9cda1a1030026ddd42e905b77adc36e4f2d3c\
    cba44f7f04f2de44f42d84c374a0e149136f25b01852545961d55f7f7a\
    8cde6d0e2ec43f3b2dcb644a2209e8c9e34af5c4747984a5e873c9cf5f\
    965e25ee29039fdf8ca74f1c769fc07eb7ebaec46e0695aea6cbd60b3e\
    c4bbff1b9ffe8a9e7240129377b9d3711ed38d412fbb4442256f1e6f59\
    5e0fc57fed451fb0a0101fb76b1fb1e1b88cfdfdaa946294a47de8fff1\
    73f021c0e6f65b05c0a494e50791270a0050a73ae69b6725505a2ec8a5\
    791457c9876dd34aadd192a53aa0dc66b556c0c215c7ceb8248b717c22\
    951e65305b56a3706e3e86eb01c803bbf915d80edcd64d4d";

fn message() -> Vec<u8> {
    HEXLOWER.decode(MESSAGE.as_bytes()).expect("hex")
}

fn reel(bytes: &[u8], kind: Kind, dialect: Dialect, fragment: Option<usize>) -> Reel {
    Reel::new(bytes, kind, dialect, ReelOptions { fragment }).expect("it can be shown")
}

/// The payload of parts that are all good.
fn collected<'a>(parts: impl IntoIterator<Item = &'a str>) -> Option<Payload> {
    let mut collector = Collector::default();
    parts.into_iter().find_map(|part| match collector.offer(part.as_bytes()) {
        Offered::Complete(payload) => Some(payload),
        Offered::New | Offered::Known => None,
        Offered::Foreign => panic!("a good part was held for another message's: {part}"),
        Offered::Refused(trouble) => panic!("a good part was refused: {trouble} {part}"),
    })
}

fn trouble(content: &[u8]) -> Option<Trouble> {
    match Collector::default().offer(content) {
        Offered::Refused(trouble) => Some(trouble),
        _ => None,
    }
}

#[test]
fn the_reference_parts_come_out_and_go_in() {
    let reel = reel(&message(), Kind::Bytes, Dialect::Ur, Some(30));
    assert_eq!(reel.len(), 9);
    for (sequence, part) in [1, 9, 11, 20].into_iter().zip(REFERENCE) {
        assert_eq!(reel.part(sequence - 1), part.to_ascii_uppercase());
        let mut collector = Collector::default();
        assert!(matches!(collector.offer(part.as_bytes()), Offered::New));
        assert!(matches!(collector.offer(part.to_ascii_uppercase().as_bytes()), Offered::Known));
        let progress = collector.progress().expect("one part is there");
        assert_eq!((progress.have, progress.need, progress.label.as_str()), (1, 9, "UR bytes"));
    }
    // bc-ur, `test_single_part_ur`: the first 50 bytes.
    let single = "ur:bytes/hdeymejtswhhylkepmykhhtsytsnoyoyaxaedsuttydmmhhpktpmsrjtgwdpfnsboxgwlbaawzuefywkdplrsrjynbvygabwjldapfcsdwkbrkch";
    let payload = collected([single]).expect("one part is the message");
    assert!(payload.bytes() == &message()[..50] && payload.dialect() == Dialect::Ur);
    let reel = self::reel(payload.bytes(), Kind::Bytes, Dialect::Ur, None);
    assert_eq!((reel.len(), reel.frame(7)), (1, single.to_ascii_uppercase()));
}

#[test]
fn a_wrong_order_and_mixed_parts_only_give_the_same_message() {
    let reel = reel(&message(), Kind::Bytes, Dialect::Ur, Some(30));
    let backwards: Vec<String> = (0..9).rev().map(|n| reel.part(n)).collect();
    let payload = collected(backwards.iter().map(String::as_str)).expect("whole");
    assert!(payload.bytes() == message() && payload.kind() == Kind::Bytes);
    let mixed: Vec<String> = (9..40).map(|n| reel.part(n)).collect();
    assert!(collected(mixed.iter().map(String::as_str)).expect("whole").bytes() == message());
}

#[test]
fn codes_of_other_kinds_are_named_with_what_to_choose() {
    for (content, expected) in [
        ("ur:bytes/1of3/tuqhyl/tyq", Trouble::Ur1),
        ("UR:BYTES/2OF3/TUQHYL/TYQ", Trouble::Ur1),
        ("ur:bytes/tyqrqpzry9x8gf2tvdw0s3jn54khce6mua7l", Trouble::Ur1),
        ("ur:bytes/qpzry9x8gf2tvdw0s3jn54khce6mua7lqpzry9x8gf2tvdw0s3jn54khce/tyqq", Trouble::Ur1),
        ("ur:crypto-account/oeadcy", Trouble::UrType(UrForeign::Account)),
        ("UR:CRYPTO-HDKEY/OTADYK", Trouble::UrType(UrForeign::Key)),
        ("ur:output-descriptor/oeadcy", Trouble::UrType(UrForeign::Descriptor)),
        ("ur:eth-sign-request/oeadcy", Trouble::UrType(UrForeign::OtherCurrency)),
        ("ur:crypto-request/1-2/oeadcy", Trouble::UrType(UrForeign::Request)),
        ("ur:something-new/oeadcy", Trouble::UrType(UrForeign::Unknown)),
        ("ur:crypto-seed/oyadgd", Trouble::Secret),
        ("B$2C0100AAAAAAAA", Trouble::BbqrType(BbqrForeign::Cbor)),
        ("B$HB0100AA", Trouble::BbqrType(BbqrForeign::Binary)),
        ("B$HX0100AA", Trouble::BbqrType(BbqrForeign::Executable)),
        ("B$2R0100AAAAAAAA", Trouble::BbqrType(BbqrForeign::KeyTeleport)),
        ("B$QP0100AA", Trouble::Damaged(Dialect::Bbqr)),
        ("B$HP0101AA", Trouble::Damaged(Dialect::Bbqr)),
        ("B$HP0000AA", Trouble::Damaged(Dialect::Bbqr)),
        ("B$HP0100aa", Trouble::Damaged(Dialect::Bbqr)),
        ("B$HP0100A", Trouble::Damaged(Dialect::Bbqr)),
        ("B$2P0100A", Trouble::Damaged(Dialect::Bbqr)),
        ("B$2P0100AB======", Trouble::Damaged(Dialect::Bbqr)),
        ("B$HP0100", Trouble::Damaged(Dialect::Bbqr)),
        ("B$HP0100AA", Trouble::NotPsbt),
        ("p0of2 abc", Trouble::Damaged(Dialect::Specter)),
        ("p3of2 abc", Trouble::Damaged(Dialect::Specter)),
        ("p1of20000 abc", Trouble::TooManyParts),
        ("ur:bytes/1-9/lpad", Trouble::Damaged(Dialect::Ur)),
        ("ur:crypto-psbt/hdosjojk", Trouble::Damaged(Dialect::Ur)),
        ("ur:", Trouble::UrType(UrForeign::Unknown)),
        ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", Trouble::Address),
        ("bitcoin:bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", Trouble::PaymentRequest),
        ("", Trouble::Unknown),
    ] {
        assert_eq!(trouble(content.as_bytes()), Some(expected), "{content}");
    }
    assert_eq!(trouble(&[0; 32]), Some(Trouble::Secret));
    assert_eq!(trouble(&[0xff; 33]), Some(Trouble::Unknown));
    assert_eq!(trouble(&[b'0'; 8000]), Some(Trouble::TooLarge));
    // A crypto-psbt that carries something else: the CBOR bytes of BCR-2020-006's first vector.
    let other = "ur:crypto-psbt/gdaebycpeofygoiyktlonlpkrksfutwyzmwmfyeozs";
    assert_eq!(trouble(other.as_bytes()), Some(Trouble::NotPsbt));
}

const ALL_TROUBLES: [Trouble; 31] = [
    Trouble::Ur1,
    Trouble::UrType(UrForeign::Account),
    Trouble::UrType(UrForeign::Key),
    Trouble::UrType(UrForeign::Descriptor),
    Trouble::UrType(UrForeign::Address),
    Trouble::UrType(UrForeign::Request),
    Trouble::UrType(UrForeign::OtherCurrency),
    Trouble::UrType(UrForeign::Unknown),
    Trouble::BbqrType(BbqrForeign::Cbor),
    Trouble::BbqrType(BbqrForeign::Binary),
    Trouble::BbqrType(BbqrForeign::Executable),
    Trouble::BbqrType(BbqrForeign::KeyTeleport),
    Trouble::BbqrType(BbqrForeign::Unknown),
    Trouble::Damaged(Dialect::Ur),
    Trouble::Damaged(Dialect::Bbqr),
    Trouble::Damaged(Dialect::Specter),
    Trouble::Damaged(Dialect::Base64),
    Trouble::Damaged(Dialect::Base43),
    Trouble::Damaged(Dialect::Hex),
    Trouble::Damaged(Dialect::Plain),
    Trouble::Checksum,
    Trouble::NotInflated,
    Trouble::TooLarge,
    Trouble::TooManyParts,
    Trouble::NotPsbt,
    Trouble::Secret,
    Trouble::Address,
    Trouble::PaymentRequest,
    Trouble::ExtendedKey,
    Trouble::Link,
    Trouble::Unknown,
];

#[test]
fn every_trouble_is_said_in_finished_sentences() {
    let reel_errors = [
        ReelError::Empty,
        ReelError::TooLarge { len: 9, max: 8 },
        ReelError::OneCode { len: 9, max: 8 },
        ReelError::TooManyParts { parts: 9, max: 8 },
        ReelError::FragmentTooSmall { min: 8 },
        ReelError::FragmentTooLarge { len: 9, max: 8 },
        ReelError::NoTypeForBytes,
        ReelError::NotText,
    ];
    let sentences = ALL_TROUBLES.iter().map(Trouble::to_string);
    for sentence in sentences.chain(reel_errors.iter().map(ReelError::to_string)) {
        let plain = |letter: char| letter.is_ascii() && !"{}\n".contains(letter);
        assert!(sentence.ends_with('.') && sentence.chars().all(plain), "{sentence}");
        assert!(sentence.starts_with(char::is_uppercase), "{sentence}");
        assert!(!sentence.contains("  "), "{sentence}");
    }
}

#[test]
fn a_seed_never_comes_back_in_a_sentence() {
    let words =
        "vacuum bridge buddy supreme exclude milk consider tail expand wasp pattern nuclear";
    let digits = "192402220235174306311124037817700641198012901210";
    for content in [words, digits] {
        let trouble = trouble(content.as_bytes()).expect("refused");
        assert_eq!(trouble, Trouble::Secret);
        let said = format!("{trouble} {trouble:?}");
        assert!(content.split(' ').all(|word| !said.contains(word)), "{said}");
        // Nor wrapped in another dialect.
        for dialect in [Dialect::Ur, Dialect::Bbqr, Dialect::Specter] {
            let part = reel(content.as_bytes(), Kind::Text, dialect, Some(1000)).frame(0);
            assert_eq!(self::trouble(part.as_bytes()), Some(Trouble::Secret), "{dialect:?}");
        }
    }
}

/// What does not deflate, so that all dialects need several parts.
fn noise(seed: u64) -> Vec<u8> {
    [b"psbt\xff".to_vec(), Prng(seed).bytes(600)].concat()
}

#[test]
fn parts_of_another_message_change_nothing() {
    let (one, other) = (noise(1), noise(2));
    for (dialect, fragment) in [(Dialect::Ur, 60), (Dialect::Bbqr, 56), (Dialect::Specter, 90)] {
        // Numbered dialects name no message: parts of the same count and place are told by content.
        let (one, other) = (
            reel(&one, Kind::Psbt, dialect, Some(fragment)),
            reel(&other, Kind::Psbt, dialect, Some(fragment)),
        );
        assert!(one.len() > 2);
        let mut collector = Collector::default();
        assert!(matches!(collector.offer(one.frame(1).as_bytes()), Offered::New));
        let before = collector.progress();
        assert!(matches!(collector.offer(other.frame(1).as_bytes()), Offered::Foreign));
        assert!(matches!(
            collector.offer(b"ur:bytes/gdaebycpeofygoiyktlonlpkrksfutwyzmwmfyeozs"),
            Offered::Foreign
        ));
        assert!(matches!(collector.offer(b"cHNidP8="), Offered::Foreign));
        assert!(matches!(collector.offer(b"https://example.invalid"), Offered::Refused(_)));
        assert_eq!(collector.progress(), before);
        collector.start_over();
        assert_eq!(collector.progress(), None);
        assert!(matches!(collector.offer(other.frame(1).as_bytes()), Offered::New));
        let PartsMap(known) = collector.progress().expect("one part").parts;
        assert_eq!(known.iter().filter(|known| **known).count(), 1);
        assert!(known[1]);
    }
    // The same count of parts, of another type, encoding or total.
    let mut collector = Collector::default();
    assert!(matches!(collector.offer(b"B$HP0200AA"), Offered::New));
    for other in ["B$HU0201AA", "B$2P0201AAAAAAAA", "B$HP0301AA", "p2of2 abc"] {
        assert!(matches!(collector.offer(other.as_bytes()), Offered::Foreign), "{other}");
    }
}

#[test]
fn a_finished_message_knows_its_own_parts() {
    let bytes = [b"psbt\xff", &[7; 300][..]].concat();
    for dialect in [Dialect::Ur, Dialect::Bbqr, Dialect::Specter] {
        let reel = reel(&bytes, Kind::Psbt, dialect, Some(80));
        let mut collector = Collector::default();
        let last = (0..reel.len()).map(|n| collector.offer(reel.frame(n).as_bytes())).last();
        assert!(matches!(last, Some(Offered::Complete(payload)) if payload.bytes() == bytes));
        assert!(matches!(collector.offer(reel.frame(0).as_bytes()), Offered::Known));
        let progress = collector.progress().expect("it is remembered");
        assert_eq!((progress.have, progress.parts.missing().count()), (progress.need, 0));
        assert!(matches!(collector.offer(b"cHNidP8="), Offered::Foreign));
    }
}

#[test]
fn texts_and_transactions_are_known_by_content() {
    let descriptor = "wpkh([73c5da0a/84h/1h/0h]tpubDC8msFGeGuwnKG9Upg7DM2b4DaRqg3CUZa5g8v2SRQ6K4NSkxUgd7HsL2XVWbVm39yBA4LAxysQAm397zwQSQoQgewGiYZqrA9DsP4zbQ1M/<0;1>/*)#abcdefgh";
    // The Bitcoin block 170's payment, as published in every explorer.
    let transaction = "0100000001c997a5e56e104102fa209c6a852dd90660a20b2d9c352423edce25857fcd3704000000004847304402204e45e16932b8af514961a1d3a1a25fdf3f4f7732e9d624c6c61548ab5fb8cd410220181522ec8eca07de4860a4acdd12909d831cc56cbbac4622082221a8768d1d0901ffffffff0200ca9a3b00000000434104ae1a62fe09c5f51b13905f07f06b99a2f7159b2225f374cd378d71302fa28414e7aab37397f554a7df5f142c21c1b7303b8a0626f1baded5c72a704f7e6cd84cac00286bee0000000043410411db93e1dcdb8a016b49840f8c53bc1eb68a382e97b1482ecad7b148a6909a5cb2e0eaddfb84ccf9744464f82e160bfa9b8b64f9d4c03f999b8643f656b412a3ac00000000";
    let bytes = HEXLOWER.decode(transaction.as_bytes()).expect("hex");
    assert!(deserialize::<bitcoin::Transaction>(&bytes).is_ok());
    let base43 = reel(&bytes, Kind::Transaction, Dialect::Base43, None).frame(0);
    let psbt = b"psbt\xff\x00";
    for (content, kind, dialect, unwrapped) in [
        (descriptor.as_bytes(), Kind::Text, Dialect::Plain, descriptor.as_bytes()),
        (b"{\"a\": 1}\n", Kind::Text, Dialect::Plain, b"{\"a\": 1}"),
        (b"word", Kind::Text, Dialect::Plain, b"word"),
        (b"42", Kind::Text, Dialect::Plain, b"42"),
        (transaction.as_bytes(), Kind::Transaction, Dialect::Hex, &bytes),
        (&bytes, Kind::Transaction, Dialect::Plain, &bytes),
        (base43.as_bytes(), Kind::Transaction, Dialect::Base43, &bytes),
        (psbt, Kind::Psbt, Dialect::Plain, psbt),
        (b"cHNidP8A", Kind::Psbt, Dialect::Base64, psbt),
        (b" cHNidP8A\n", Kind::Psbt, Dialect::Base64, psbt),
        (b"70736274ff00", Kind::Psbt, Dialect::Hex, psbt),
        (b"70736274FF00", Kind::Psbt, Dialect::Hex, psbt),
        (b"AAECAw==", Kind::Bytes, Dialect::Base64, &[0, 1, 2, 3]),
        (b"000102ff", Kind::Bytes, Dialect::Hex, &[0, 1, 2, 255]),
    ] {
        let Offered::Complete(payload) = Collector::default().offer(content) else {
            panic!("not read: {}", content.escape_ascii());
        };
        let told = (payload.kind(), payload.dialect(), payload.bytes());
        assert_eq!(told, (kind, dialect, unwrapped), "{}", content.escape_ascii());
        let filed = Payload::of_file(content.to_vec());
        assert_eq!(filed.kind() == Kind::Psbt, kind == Kind::Psbt);
    }
    // A descriptor comes in the other dialects, too.
    for dialect in [Dialect::Ur, Dialect::Bbqr, Dialect::Specter] {
        let reel = reel(descriptor.as_bytes(), Kind::Text, dialect, Some(60));
        let parts: Vec<String> = (0..reel.len()).map(|n| reel.frame(n)).collect();
        let payload = collected(parts.iter().map(String::as_str)).expect("whole");
        assert_eq!((payload.kind(), payload.bytes()), (Kind::Text, descriptor.as_bytes()));
    }
}

#[test]
fn static_formats_hold_what_one_code_holds_and_name_the_limit() {
    for (dialect, most, limit) in
        [(Dialect::Hex, 2148, 4296), (Dialect::Base64, 2214, 2953), (Dialect::Base43, 2914, 4296)]
    {
        let bytes = |len: usize| [b"psbt\xff".to_vec(), vec![0xa5; len - 5]].concat();
        let text = reel(&bytes(most), Kind::Psbt, dialect, None).frame(3);
        let payload = collected([text.as_str()]).expect("one code is the message");
        assert!(payload.bytes() == bytes(most) && payload.dialect() == dialect);
        let error = Reel::new(&bytes(most + 1), Kind::Psbt, dialect, ReelOptions::default()).err();
        assert!(
            matches!(error, Some(ReelError::OneCode { len, max }) if len > max && max == limit),
            "{dialect:?}"
        );
        let sentence = error.map(|error| error.to_string()).unwrap_or_default();
        assert!(sentence.contains(&limit.to_string()), "{sentence}");
    }
}

#[test]
fn every_frame_of_every_dialect_fits_one_code() {
    let bytes = [b"psbt\xff".to_vec(), (0..5000).map(|n| (n * 7 % 251) as u8).collect()].concat();
    for dialect in [Dialect::Ur, Dialect::Bbqr, Dialect::Specter] {
        for fragment in dialect.fragments() {
            let reel = reel(&bytes, Kind::Psbt, dialect, Some(*fragment));
            for n in [0, reel.len() - 1, reel.len() + 1] {
                let text = reel.frame(n);
                if dialect == Dialect::Specter {
                    assert!(text.len() <= *fragment);
                    continue;
                }
                let alphanumeric = |b: u8| {
                    b.is_ascii_digit() || b.is_ascii_uppercase() || b" $%*+-./:".contains(&b)
                };
                assert!(text.len() <= 4296 && text.bytes().all(alphanumeric), "{text}");
                assert!(dialect != Dialect::Bbqr || text.len() <= *fragment);
            }
        }
    }
}

#[test]
fn frames_play_the_pure_parts_again_and_the_fountain_never_repeats() {
    let reel = reel(&message(), Kind::Bytes, Dialect::Ur, Some(100));
    assert_eq!(reel.len(), 3);
    let sequence = |n: usize| {
        let text = reel.frame(n);
        text.split('/').nth(1).and_then(|sequence| sequence.strip_suffix("-3").map(str::to_owned))
    };
    let played: Vec<String> = (0..20).filter_map(sequence).collect();
    let expected = "1 2 3 4 5 6 7 8 9 1 2 3 10 11 12 13 14 15 1 2";
    assert_eq!(played.join(" "), expected);
    // Sequence numbers wrap at 2^32, and 0 is none.
    assert!(reel.part(u32::MAX as usize - 1).starts_with("UR:BYTES/4294967295-3/"));
    assert!(reel.part(u32::MAX as usize).starts_with("UR:BYTES/1-3/"));
    assert!(!reel.frame(usize::MAX).is_empty());
}

#[test]
fn bbqr_parts_are_as_long_as_each_other_and_whole_bytes() {
    let noise = Prng(7).bytes(4000);
    let psbt = [b"psbt\xff", &noise[..]].concat();
    let reel = reel(&psbt, Kind::Psbt, Dialect::Bbqr, Some(200));
    let parts: Vec<String> = (0..reel.len()).map(|n| reel.frame(n)).collect();
    assert!(parts.iter().all(|part| part.len() <= 200 && &part[..2] == "B$" && &part[3..4] == "P"));
    let (last, others) = parts.split_last().expect("parts");
    assert!(others.iter().all(|part| part.len() == others[0].len() && part.len() % 8 == 0));
    assert!(last.len() <= others[0].len());
    // Each part alone is whole bytes, as the specification asks.
    for part in &parts {
        assert!(data_encoding::BASE32_NOPAD.decode(&part.as_bytes()[8..]).is_ok());
    }
    // What deflates is deflated; what does not is not.
    let letter =
        |bytes: &[u8]| self::reel(bytes, Kind::Text, Dialect::Bbqr, None).frame(0)[2..3].to_owned();
    assert_eq!((letter(&[b'a'; 400]), letter(b"abc")), ("Z".into(), "2".into()));
    let refused = Reel::new(&psbt, Kind::Bytes, Dialect::Bbqr, ReelOptions::default()).err();
    assert_eq!(refused, Some(ReelError::NoTypeForBytes));
    let many =
        Reel::new(&psbt.repeat(9), Kind::Psbt, Dialect::Bbqr, ReelOptions { fragment: Some(16) });
    assert!(matches!(many.err(), Some(ReelError::TooManyParts { max: 1295, .. })));
}

#[test]
fn specter_headers_count_within_the_fragment() {
    for len in [1, 100, 2_000, 30_000] {
        let reel = reel(&vec![7; len], Kind::Bytes, Dialect::Specter, Some(40));
        for n in 0..reel.len() {
            let text = reel.frame(n);
            assert!(text.starts_with(&format!("p{}of{} ", n + 1, reel.len())) && text.len() <= 40);
        }
    }
    let small =
        Reel::new(&[7; 30], Kind::Bytes, Dialect::Specter, ReelOptions { fragment: Some(6) });
    assert_eq!(small.err(), Some(ReelError::FragmentTooSmall { min: 7 }));
}

/// The BBQr specification: J for JSON, U for other text.
#[test]
fn json_is_shown_in_bbqr_under_its_own_letter() {
    for (text, letter) in [
        ("{\"chain\": \"BTC\"}", 'J'),
        ("\n[{\"desc\": \"wpkh(...)\"}]", 'J'),
        ("[73c5da0a/84h/0h/0h]xpub", 'U'),
        ("\"a word\"", 'U'),
        ("{ a brace", 'U'),
    ] {
        let frame = reel(text.as_bytes(), Kind::Text, Dialect::Bbqr, None).frame(0);
        assert_eq!(frame.chars().nth(3), Some(letter), "{text}");
        let payload = collected([frame.as_str()]).expect("one part is the message");
        assert_eq!((payload.kind(), payload.bytes()), (Kind::Text, text.as_bytes()));
    }
}

/// RFC 4648 base32 and hex of a sentence, as BBQr carries them.
#[test]
fn a_sentence_in_bbqr_is_read_in_both_alphabets() {
    let base32 = "KRUGKIDROVUWG2ZAMJZG653OEBTG66BANJ2W24DTEBXXMZLSEB2GQZJANRQXU6JAMRXWOLQ";
    let hex = "54686520717569636B2062726F776E20666F78";
    let sentence = "The quick brown fox jumps over the lazy dog.";
    for (part, text) in
        [(format!("B$2U0100{base32}"), sentence), (format!("B$HU0100{hex}"), &sentence[..19])]
    {
        let payload = collected([part.as_str()]).expect("one part is the message");
        assert_eq!((payload.kind(), payload.bytes()), (Kind::Text, text.as_bytes()));
    }
}

/// Electrum's own test of its base43 (`test_base43`): a signed transaction.
#[test]
fn electrums_transaction_in_base43_is_read_and_written() {
    let transaction = "020000000001021cd0e96f9ca202e017ca3465e3c13373c0df3a4cdd91c1fd02ea42a1a65d2a410000000000fdffffff757da7cf8322e5063785e2d8ada74702d2648fa2add2d533ba83c52eb110df690200000000fdffffff02d07e010000000000160014b544c86eaf95e3bb3b6d2cabb12ab40fc59cad9ca086010000000000232102ce0d066fbfcf150a5a1bbc4f312cd2eb080e8d8a47e5f2ce1a63b23215e54fb5ac02483045022100a9856bf10a950810abceeabc9a86e6ba533e130686e3d7863971b9377e7c658a0220288a69ef2b958a7c2ecfa376841d4a13817ed24fa9a0e0a6b9cb48e6439794c701210324e291735f83ff8de47301b12034950b80fa4724926a34d67e413d8ff8817c53024830450221008f885978f7af746679200ed55fe2e86c1303620824721f95cc41eb7965a3dfcf02207872082ac4a3c433d41a203e6d685a459e70e551904904711626ac899238c20a0121023d4c9deae1aacf3f822dd97a28deaec7d4e4ff97be746d124a63d20e582f5b290a971600";
    let base43 = "3E2DH7.J3PKVZJ3RCOXQVS3Y./6-WE.75DDU0K58-0N1FRL565N8ZH-DG1Z.1IGWTE5HK8F7PWH5P8+V3XGZZ6GQBPHNDE+RD8CAQVV1/6PQEMJIZTGPMIJ93B8P$QX+Y2R:TGT9QW8S89U4N2.+FUT8VG+34USI/N/JJ3CE*KLSW:REE8T5Y*9:U6515JIUR$6TODLYHSDE3B5DAF:5TF7V*VAL3G40WBOM0DO2+CFKTTM$G-SO:8U0EW:M8V:4*R9ZDX$B1IRBP9PLMDK8H801PNTFB4$HL1+/U3F61P$4N:UAO88:N5D+J:HI4YR8IM:3A7K1YZ9VMRC/47$6GGW5JEL1N690TDQ4XW+TWHD:V.1.630QK*JN/.EITVU80YS3.8LWKO:2STLWZAVHUXFHQ..NZ0:.J/FTZM.KYDXIE1VBY7/:PHZMQ$.JZQ2.XT32440X/HM+UY/7QP4I+HTD9.DUSY-8R6HDR-B8/PF2NP7I2-MRW9VPW3U9.S0LQ.*221F8KVMD5ANJXZJ8WV4UFZ4R.$-NXVE+-FAL:WFERGU+WHJTHAP";
    let bytes = HEXLOWER.decode(transaction.as_bytes()).expect("hex");
    let payload = collected([base43]).expect("one code is the message");
    assert_eq!((payload.kind(), payload.dialect()), (Kind::Transaction, Dialect::Base43));
    assert!(payload.bytes() == bytes);
    assert_eq!(reel(&bytes, Kind::Transaction, Dialect::Base43, None).frame(0), base43);
}
