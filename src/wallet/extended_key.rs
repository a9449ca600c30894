//! Extended public keys in writing: BIP32's `xpub` and `tpub`, and the other prefixes of SLIP-132
//! (`ypub`, `Zpub` and so on), which say for what kind of output a key is meant.

use super::Network;
use bitcoin::NetworkKind;
use bitcoin::base58;
use bitcoin::bip32::Xpub;

/// Longest text that is decoded: BIP32's 78 bytes and a checksum take 111 or 112 characters.
const LONGEST: usize = 120;

/// What a prefix says that a key is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Prefix {
    /// `xpub`, `tpub`: anything.
    Any,
    /// `ypub`, `upub`: P2SH-P2WPKH.
    NestedSingle,
    /// `Ypub`, `Upub`: P2SH-P2WSH.
    NestedShared,
    /// `zpub`, `vpub`: P2WPKH.
    SegwitSingle,
    /// `Zpub`, `Vpub`: P2WSH.
    SegwitShared,
}

/// Letters and version bytes.
type Version = (&'static str, [u8; 4]);

/// Every prefix with its version bytes for the main and the test networks (BIP32, SLIP-132).
const VERSIONS: [(Prefix, [Version; 2]); 5] = [
    (Prefix::Any, [("xpub", [0x04, 0x88, 0xb2, 0x1e]), ("tpub", [0x04, 0x35, 0x87, 0xcf])]),
    (
        Prefix::NestedSingle,
        [("ypub", [0x04, 0x9d, 0x7c, 0xb2]), ("upub", [0x04, 0x4a, 0x52, 0x62])],
    ),
    (
        Prefix::NestedShared,
        [("Ypub", [0x02, 0x95, 0xb4, 0x3f]), ("Upub", [0x02, 0x42, 0x89, 0xef])],
    ),
    (
        Prefix::SegwitSingle,
        [("zpub", [0x04, 0xb2, 0x47, 0x46]), ("vpub", [0x04, 0x5f, 0x1c, 0xf6])],
    ),
    (
        Prefix::SegwitShared,
        [("Zpub", [0x02, 0xaa, 0x7e, 0xd3]), ("Vpub", [0x02, 0x57, 0x54, 0x83])],
    ),
];

impl Prefix {
    /// Its letters on a network.
    pub fn letters(self, network: Network) -> &'static str {
        self.version(network.into()).0
    }

    fn version(self, kind: NetworkKind) -> Version {
        let [main, test] = match self {
            Self::Any => VERSIONS[0].1,
            Self::NestedSingle => VERSIONS[1].1,
            Self::NestedShared => VERSIONS[2].1,
            Self::SegwitSingle => VERSIONS[3].1,
            Self::SegwitShared => VERSIONS[4].1,
        };
        if kind == NetworkKind::Main { main } else { test }
    }
}

/// Why a text is not an extended public key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExtendedKeyError {
    /// Not base58, or its checksum is wrong.
    Checksum,
    /// Not 78 bytes, or not a point of the curve, or a master key that says it has a parent.
    Malformed,
    /// Other version bytes than those of public keys.
    Version,
}

impl std::fmt::Display for ExtendedKeyError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Checksum => "its checksum is wrong, so that some character differs",
            Self::Malformed => "it is not an extended public key",
            Self::Version => "its first letters are none of an extended public key",
        })
    }
}

impl std::error::Error for ExtendedKeyError {}

/// Reads an extended public key with any of the prefixes. The key itself forgets its prefix.
pub fn read_extended_key(text: &str) -> Result<(Xpub, Prefix), ExtendedKeyError> {
    if text.len() > LONGEST {
        return Err(ExtendedKeyError::Malformed);
    }
    let mut data = base58::decode_check(text).map_err(|_| ExtendedKeyError::Checksum)?;
    let version = data.first_chunk::<4>().ok_or(ExtendedKeyError::Malformed)?;
    let found = VERSIONS.iter().find_map(|(prefix, [main, test])| {
        let kinds = [(main.1, NetworkKind::Main), (test.1, NetworkKind::Test)];
        kinds.into_iter().find(|(bytes, _)| bytes == version).map(|(_, kind)| (*prefix, kind))
    });
    let (prefix, kind) = found.ok_or(ExtendedKeyError::Version)?;
    data[..4].copy_from_slice(&Prefix::Any.version(kind).1);
    let key = Xpub::decode(&data).map_err(|_| ExtendedKeyError::Malformed)?;
    // BIP32: the master key has neither parent nor number; the library does not look
    let orphan = key.depth != 0 || data[5..13] == [0; 8];
    if orphan { Ok((key, prefix)) } else { Err(ExtendedKeyError::Malformed) }
}

/// Writes a key with a prefix.
pub fn write_extended_key(key: &Xpub, prefix: Prefix) -> String {
    let mut data = key.encode();
    data[..4].copy_from_slice(&prefix.version(key.network).1);
    base58::encode_check(&data)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SLIP-132's test vectors: one account in BIP44, 49 and 84.
    const SLIP132: [(&str, Prefix); 3] = [
        (
            "xpub6BosfCnifzxcFwrSzQiqu2DBVTshkCXacvNsWGYJVVhhawA7d4R5WSWGFNbi8Aw6ZRc1brxMyWMzG3DSSSSoekkudhUd9yLb6qx39T9nMdj",
            Prefix::Any,
        ),
        (
            "ypub6Ww3ibxVfGzLrAH1PNcjyAWenMTbbAosGNB6VvmSEgytSER9azLDWCxoJwW7Ke7icmizBMXrzBx9979FfaHxHcrArf3zbeJJJUZPf663zsP",
            Prefix::NestedSingle,
        ),
        (
            "zpub6rFR7y4Q2AijBEqTUquhVz398htDFrtymD9xYYfG1m4wAcvPhXNfE3EfH1r1ADqtfSdVCToUG868RvUUkgDKf31mGDtKsAYz2oz2AGutZYs",
            Prefix::SegwitSingle,
        ),
    ];

    #[test]
    fn the_keys_of_slip_132_are_read_and_written() {
        for (text, prefix) in SLIP132 {
            let (key, found) = read_extended_key(text).unwrap();
            assert_eq!(found, prefix);
            assert_eq!(write_extended_key(&key, prefix), text);
            assert_eq!(write_extended_key(&key, Prefix::Any), key.to_string());
        }
    }

    #[test]
    fn a_key_keeps_its_network_through_every_prefix() {
        let (mut key, _) = read_extended_key(SLIP132[0].0).unwrap();
        for network in [Network::Main, Network::Test] {
            key.network = network.into();
            for (prefix, _) in VERSIONS {
                let text = write_extended_key(&key, prefix);
                assert!(text.starts_with(prefix.letters(network)), "{text}");
                assert_eq!(read_extended_key(&text), Ok((key, prefix)));
            }
        }
    }

    #[test]
    fn what_is_no_public_key_is_refused() {
        use ExtendedKeyError::*;
        let changed = SLIP132[0].0.replace("xpub6Bo", "xpub6Bp");
        let private = "xprv9s21ZrQH143K3QTDL4LXw2F7HEK3wJUD2nW2nRk4stbPy6cq3jPPqjiChkVvvNKmPGJxWUtg6LnF5kejMRNNU3TGtRBeJgk33yuGBxrMPHi";
        for (text, error) in [
            ("", Checksum),
            ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", Version),
            (changed.as_str(), Checksum),
            (private, Version),
            (&"1".repeat(10_000), Malformed),
            // BIP32's test vector 5: no point of the curve; a master key with a parent
            (
                "xpub661MyMwAqRbcEYS8w7XLSVeEsBXy79zSzH1J8vCdxAZningWLdN3zgtU6Q5JXayek4PRsn35jii4veMimro1xefsM58PgBMrvdYre8QyULY",
                Malformed,
            ),
            (
                "xpub661no6RGEX3uJkY4bNnPcw4URcQTrSibUZ4NqJEw5eBkv7ovTwgiT91XX27VbEXGENhYRCf7hyEbWrR3FewATdCEebj6znwMfQkhRYHRLpJ",
                Malformed,
            ),
        ] {
            assert_eq!(read_extended_key(text).err(), Some(error), "{text}");
        }
    }
}
