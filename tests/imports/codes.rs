//! Backups that a camera reads: words as text, and encrypted codes of every version.

use super::*;

/// From the home screen: the camera looks for a seed code.
fn looking() -> Stage {
    let mut stage = Stage::with(with_camera(), 80, 25);
    stage.type_keys("os");
    stage
}

fn see(stage: &mut Stage, content: &str) {
    stage.send(Event::Codes(vec![Symbol::new(content.as_bytes().to_vec())]));
}

#[test]
fn words_in_a_code_open_their_wallet_and_what_is_none_of_them_is_told() {
    let mut stage = looking();
    see(&mut stage, "nothing");
    says(&stage, "is no SeedQR and no CompactSeedQR, and holds no words.");
    see(&mut stage, &XOR_WHOLE.replace("nephew", "nephews"));
    says(&stage, "Word 4 is not in the BIP39 list.");
    see(&mut stage, ELECTRUM);
    says(&stage, "For shares or Electrum's words press Esc, then m.");
    see(&mut stage, XOR_WHOLE);
    says(&stage, "12 words, and their checksum is right.");
    stage.press(Key::Enter);
    opens(&mut stage, &bip39(XOR_WHOLE));
}

/// Twelve words that stand in two lists, with a right checksum in both.
pub fn shared(one: bip39::Language, other: bip39::Language) -> String {
    let place = |word: &str| other.word_list().iter().position(|listed| *listed == word);
    let both: Vec<&str> = one.word_list().iter().copied().filter(|w| place(w).is_some()).collect();
    let rest = [both[0]; 11].join(" ");
    (0..both.len())
        .flat_map(|ten| both.iter().map(move |last| (ten, *last)))
        .map(|(ten, last)| rest.replacen(both[0], both[ten], 1) + " " + last)
        .find(|words| {
            let fits = |list| bip39::Mnemonic::parse_in(list, words.as_str()).is_ok();
            fits(one) && fits(other)
        })
        .expect("one in 256")
}

#[test]
fn words_that_fit_two_lists_are_asked_for_theirs() {
    use bip39::Language::{English, French};
    let words = shared(English, French);
    let mut stage = looking();
    see(&mut stage, &words);
    says(&stage, "their checksum is right in each");
    says(&stage, "English");
    says(&stage, "French");
    stage.type_keys("3"); // Spanish: none of them
    says(&stage, "their checksum is right in each");
    stage.type_keys("6");
    says(&stage, "12 words, and their checksum is right.");
    stage.press(Key::Enter);
    let seed = bip39::Mnemonic::parse_in(French, words.as_str()).unwrap().to_seed("");
    opens(&mut stage, &seed);
    stage.type_keys("b1c");
    says(&stage, "Words of the list in French");
}

#[test]
fn what_was_typed_before_and_after_a_scan_is_kept() {
    let mut stage = Stage::with(with_camera(), 80, 25);
    stage.type_keys("otlega win");
    stage.press(Key::Esc);
    stage.type_keys("s");
    see(&mut stage, XOR_WHOLE);
    stage.type_keys("open sesame");
    stage.press(Key::Esc);
    says(&stage, "Go on typing the words");
    says(&stage, "Go on after the scan");
    stage.type_keys("s"); // the camera again, and back
    stage.press(Key::Esc);
    stage.type_keys("g");
    says(&stage, "11 characters.");
    stage.press(Key::Enter);
    let seed = bip39::Mnemonic::parse(XOR_WHOLE).unwrap().to_seed("open sesame");
    opens(&mut stage, &seed);
}

/// Krux's tests (tests/test_encryption.py): the version's name, an envelope under "test key", the
/// entropy in it.
const WORDS: [(&str, &str, &str); 6] = [
    (
        "AES-ECB v1",
        "07746573742049440000000a2ae19dc582c1199bb726f23f03c76ff6af9e8123462c5173e61debd159a02fcf",
        "350e7b31a36727c5f2fc76b58304668c",
    ),
    (
        "AES-CBC v1",
        "07746573742049440100000a4f52a1936c3e3271209e9d64059ed78e010360755fd7ab2f4ebc4019cc0a22c58a5e337874a4b30b4bca8a4082da7ad3",
        "350e7b31a36727c5f2fc76b58304668c",
    ),
    (
        "AES-ECB",
        "07746573742049440500000a2ae19dc582c1199bb726f23f03c76ff6523e23",
        "350e7b31a36727c5f2fc76b58304668c",
    ),
    (
        "AES-CBC",
        "07746573742049440a00000a4f52a1936c3e3271209e9d64059ed78e010360755fd7ab2f4ebc4019cc0a22c543fa9690",
        "350e7b31a36727c5f2fc76b58304668c",
    ),
    (
        "AES-GCM",
        "07746573742049441400000a4f52a1936c3e3271209e9d64bfb7766f5d5d8a4f908e86e738344c025d8fed54",
        "350e7b31a36727c5f2fc76b58304668c",
    ),
    (
        "AES-CTR",
        "084b454663747249440f00000a692405dc6ea8bf1f2ce2787962d3f6cc3788fb463d9efd69b7bb1a4d5865791aa1c13251ab0a416e5de8a2a9e8581c0c",
        "ec54ea346caa1ed06cb35c96c4ef23228a26a2e0996c71d0608ec2ba49ce2316",
    ),
];

/// Made by Krux's src/krux/kef.py (commit 6a7a357f) under "test key": notes, in the other versions.
const NOTES: [(&str, &str); 6] = [
    (
        "AES-ECB +p",
        "07746573742049440600000147de61569da5c3d332fc135509d215f98e137776ccb18ec7ab11a02b0beccffd13fe6a72959c3581cdd30d97d6d435d7",
    ),
    (
        "AES-ECB +c",
        "077465737420494407000001b917c1e1630946f0fe41e826af3a5b7e4f31dd969e1c09dcc175f518e1e0c5e411e67f7572197fe60670546130ce598ab20f405ad77c09e807be5e58c9476f88",
    ),
    (
        "AES-CBC +p",
        "07746573742049440b0000010102030405060708090a0b0c0d0e0f1033872a9eb05f7946ed98423c4799c67347597fc646bc55accedf21af3b02088ad96e9b08921d0bb991d1ad050216cdd1",
    ),
    (
        "AES-CBC +c",
        "07746573742049440c0000010102030405060708090a0b0c0d0e0f10641dae67e18b785b91ae55ec998d2c996dd60da992f5ee8ba5028b09b5e38736e07e595d3b6ff0fbbf9f199fc61c6ee8fd2c2be712b4f81a70fa33ec000b1d2d",
    ),
    (
        "AES-CTR +c",
        "0774657374204944100000010102030405060708090a0b0c78762a6e27621bbf18904adc611262f9981ca7eb720126f7edb932d5b37559cb84c30deae426685e8d7e4c6e2fde13766a3d",
    ),
    (
        "AES-GCM +c",
        "0774657374204944150000010102030405060708090a0b0c9f7fd2f6d8f01427774fc5f6e1f7114f82ad171206c37666b850e235953c22a718a5364ff31fe19a9a67721f2359a7be8023",
    ),
];

/// Ticks until the bar is gone.
fn work(stage: &mut Stage) {
    for _ in 0..400 {
        stage.tick(50);
        if !shows(stage, "slowly on purpose") {
            return;
        }
    }
    panic!("{}", stage.text());
}

#[test]
fn encrypted_codes_of_all_twelve_versions_are_opened() {
    for (version, code, entropy) in WORDS {
        let mut stage = at('k');
        scan(&mut stage, code);
        says(&stage, &format!("Version {version} Rounds"));
        stage.type_keys("\ntest key\n");
        work(&mut stage);
        let words = bip39::Mnemonic::from_entropy(&hex(entropy)).unwrap();
        says(&stage, &format!("{} words, and their checksum is right.", words.word_count()));
        stage.press(Key::Enter);
        opens(&mut stage, &words.to_seed(""));
    }
    for (version, code) in NOTES {
        let mut stage = at('k');
        scan(&mut stage, code);
        says(&stage, &format!("Version {version} Rounds"));
        stage.type_keys("\ntest kez\n");
        work(&mut stage);
        says(&stage, "The key does not open this code, or the code is damaged.");
        stage.press(Key::Backspace);
        stage.type_keys("y\n");
        work(&mut stage);
        says(&stage, "The passphrase is right, and the code holds no words and no key");
        says(&stage, "[ test key_ ]");
    }
}

#[test]
fn the_wallets_passphrase_is_kept_with_the_code_that_holds_its_words() {
    let (_, code, entropy) = WORDS[4];
    let mut stage = at('k');
    stage.type_keys("t");
    stage.type_keys(code);
    stage.type_keys("\ntest key\n");
    work(&mut stage);
    stage.type_keys("open sesame");
    stage.press(Key::Esc);
    says(&stage, "[ test key_ ]");
    stage.press(Key::Enter);
    work(&mut stage);
    says(&stage, "11 characters.");
    stage.press(Key::Enter);
    opens(
        &mut stage,
        &bip39::Mnemonic::from_entropy(&hex(entropy)).unwrap().to_seed("open sesame"),
    );
}
