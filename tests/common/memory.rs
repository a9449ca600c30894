//! The search for secrets in this process's own memory. Nothing that is looked for stands in the test
//! itself: every byte is masked.

#![allow(dead_code)] // each test file uses its part

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use zeroize::Zeroizing;

/// Every byte below is masked with this, so that the test holds none of what it looks for.
pub const MASK: u8 = 0x5a;

/// A mnemonic of BIP39's reference vectors, and its passphrase "TREZOR".
pub const WORDS: &str = "352035343f7a3e283336367a3d283b387a3c33383f287a392f282e3b33347a3d283b393f7a2a2f3e3e33343d7a2e323b34317a39282f33293f7a3f363e3f287a3f333d322e7a2a3339343339";
pub const PASSPHRASE: &str = "0e081f001508";

/// What is made of them on the way to a key (BIP39, BIP32).
pub const SECRETS: [(&str, &str); 18] = [
    ("the words' text", "352035343f7a3e283336367a3d283b38"),
    ("the words' places", "ae5e4d587059f758eb5b7159335fa45cff5b60586d587b5f"),
    ("the entropy", "c4d207cf70893890b114a46ef2b34188"),
    (
        "BIP39's seed, first half",
        "7d1786080258ad927282b52781979f6a14ddf66f6fcb6c4ba1e5f3dc8a93bf1d",
    ),
    (
        "BIP39's seed, second half",
        "36cb32c5c6d00ea70fe7623a30fcf2030088498e9393a3f6f9a17b2a33fe4a72",
    ),
    (MASTER, "f65b3e80b5e01d234a8f59fb1d192223d8fb429009f7e65a1e0c415ad2e77409"),
    ("the chain code of m", "1094bdc2fbaa6e97007f6032873bb47c8bcfa1c601b0e985e022a16d3b208f69"),
    (
        "the secret of m/84'/1'/0'",
        "4380c09fe750222193a82e29c612b6ad36678e65786c7d7cfd9f5de8e3da238c",
    ),
    (
        "the chain code of m/84'/1'/0'",
        "cbd69f4a5735e3f330477aa11ded69c6c2a09e94d9c95b2c1d10509267c66763",
    ),
    (
        "the secret of m/84'/1'/0'/0",
        "d55d3869a39d17739c6600f2fa2c2e11867fef4b86167bbc4718ac8b580455d6",
    ),
    (
        "the chain code of m/84'/1'/0'/0",
        "2d6b370fb4e2423ba9eb83803ea3e02c096df98598e891d52b6cb1b6a60efeaf",
    ),
    (
        "the secret of m/84'/1'/0'/0/0",
        "0d4e7f693b2050c7c8a8ffe14f1e77880439089b0fdaa621ddbc9d4bd4929786",
    ),
    (
        "the chain code of m/84'/1'/0'/0/0",
        "b4a85fab90547e5b99c0c3c54abb429098f5268812a9ee364207bdd7a8c03e6e",
    ),
    (
        "the secret of m/86'/1'/0'/0",
        "b7efa6f8c7ea03cd1aa33d67d730dfb58a527bd6e8af3648e2bd5760360b99d8",
    ),
    (
        "the secret of m/86'/1'/0'/0/0",
        "dc65b3e016f63360f5020a37e97cbefa7db36dc0ad960af2f19994d7a95b1fe8",
    ),
    ("the same, negated", "239a4c1fe909cc9f0afdf5c816834104c89fff11ed2615c94e54d5a4876ea1d5"),
    (
        "the same, tweaked for the key path",
        "25638c9f91ccfbb6b540aca2551b18f07b903e146ce798ad605b6d7eb30e4098",
    ),
    (
        "the tweaked one, negated",
        "da9c73606e3304494abf535daae4e70ec2be22c222d0871edf8b7d3dbcb87c25",
    ),
];
pub const MASTER: &str = "the secret of m";

pub fn masked(hex: &str) -> Vec<u8> {
    let digit = |digit: u8| (digit as char).to_digit(16).unwrap_or_else(|| panic!("{digit}")) as u8;
    hex.as_bytes().chunks(2).map(|pair| digit(pair[0]) << 4 | digit(pair[1])).collect()
}

/// The secrets that stand in this process's writable memory, in either byte order.
pub fn found() -> Vec<&'static str> {
    find(&SECRETS)
}

/// Which of these stand in this process's writable memory, in either byte order: names, and masked
/// bytes as hexadecimal digits.
pub fn find(secrets: &[(&'static str, &str)]) -> Vec<&'static str> {
    let mut needles = Vec::new();
    for (name, hex) in secrets.iter().copied() {
        let needle = masked(hex);
        needles.push((name, needle.iter().rev().copied().collect::<Vec<u8>>()));
        needles.push((name, needle));
    }
    let mut memory = File::open("/proc/self/mem").expect("Linux");
    let maps = std::fs::read_to_string("/proc/self/maps").expect("Linux");
    let mut found = Vec::new();
    for line in maps.lines().filter(|line| line.contains(" rw")) {
        let (range, _) = line.split_once(' ').expect("a range, then rights");
        let (from, to) = range.split_once('-').expect("two addresses");
        let [from, to] = [from, to].map(|hex| u64::from_str_radix(hex, 16).expect("hex"));
        let mut bytes = Zeroizing::new(vec![0; (to - from) as usize]);
        // Some areas of the kernel's own cannot be read.
        if memory.seek(SeekFrom::Start(from)).is_err() || memory.read_exact(&mut bytes).is_err() {
            continue;
        }
        // Unmasked one byte at a time: a whole secret must not stand in the buffer either.
        let unmasks = |(byte, masked): (&u8, &u8)| *byte ^ MASK == *masked;
        for (name, needle) in &needles {
            if bytes.windows(needle.len()).any(|window| window.iter().zip(needle).all(unmasks)) {
                found.push(*name);
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}
