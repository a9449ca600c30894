//! Golden tables: which rule each invalid PSBT is refused for.

use coldlight::psbt::{Field, ParseError, Place, Version};

use ParseError::*;
use Place::{Input, Output};
use Version::{V0, V2};

pub const fn global(key_type: u64) -> Field {
    Field { place: Place::Global, key_type }
}

pub const fn input(i: usize, key_type: u64) -> Field {
    Field { place: Input(i), key_type }
}

pub const fn output(i: usize, key_type: u64) -> Field {
    Field { place: Output(i), key_type }
}

pub const fn key_length(field: Field, bytes: usize) -> ParseError {
    KeyLength { field, bytes }
}

pub const fn value_length(field: Field, bytes: usize) -> ParseError {
    ValueLength { field, bytes }
}

/// `core/rpc_psbt.json`, "invalid": index and rule. Numbers 18 and 44 are damaged as base64, 36 is
/// its BIP's case with another length, 39 and 40 are in [`CORE_FOR_REVIEW`].
pub const CORE_INVALID: &[(usize, ParseError)] = &[
    (0, NoMagic),
    (1, MapMissing(Output(0))),
    (2, UnsignedTxSigned { input: 0 }),
    (3, FieldMissing(global(0x00), V0)),
    (4, DuplicateKey(input(0, 0x00))),
    (5, key_length(global(0x00), 1)),
    (6, key_length(input(0, 0x01), 1)),
    (7, key_length(input(0, 0x02), 32)),
    (8, key_length(input(0, 0x04), 1)),
    (9, key_length(input(0, 0x05), 1)),
    (10, key_length(input(0, 0x06), 32)),
    (11, key_length(input(0, 0x00), 1)),
    (12, key_length(input(0, 0x07), 1)),
    (13, key_length(input(1, 0x08), 1)),
    (14, key_length(output(0, 0x02), 32)),
    (15, key_length(input(0, 0x03), 1)),
    (16, key_length(output(0, 0x00), 1)),
    (17, Truncated(Output(1))),
    (18, NotBase64),
    (19, UnknownVersion(1)),
    (20, DuplicateKey(output(0, 0x01))),
    (21, DuplicateKey(output(0, 0x00))),
    (22, DuplicateKey(input(0, 0x01))),
    (23, DuplicateKey(input(0, 0x03))),
    (24, DuplicateKey(input(0, 0x04))),
    (25, DuplicateKey(input(0, 0x05))),
    (26, DuplicateKey(input(0, 0x07))),
    (27, DuplicateKey(input(0, 0x08))),
    (28, value_length(input(0, 0x17), 33)),
    (29, value_length(input(0, 0x13), 63)),
    (30, value_length(input(0, 0x13), 66)),
    (31, key_length(input(0, 0x16), 33)),
    (32, value_length(output(1, 0x05), 33)),
    (33, key_length(output(1, 0x07), 33)),
    (34, key_length(input(0, 0x14), 65)),
    (35, value_length(input(0, 0x14), 66)),
    (36, value_length(input(0, 0x14), 57)),
    (37, key_length(input(0, 0x15), 98)),
    (38, key_length(input(0, 0x15), 96)),
    (41, key_length(input(0, 0x15), 96)),
    (42, FieldForbidden(global(0x00), V2)),
    (43, FieldForbidden(global(0x02), V0)),
    (44, NotBase64),
    (45, FieldForbidden(global(0x04), V0)),
    (46, FieldForbidden(global(0x05), V0)),
    (47, FieldForbidden(global(0x06), V0)),
    (48, FieldForbidden(input(0, 0x0e), V0)),
    (49, FieldForbidden(input(0, 0x0f), V0)),
    (50, FieldForbidden(input(0, 0x10), V0)),
    (51, FieldForbidden(input(0, 0x11), V0)),
    (52, FieldForbidden(input(0, 0x12), V0)),
    (53, FieldForbidden(output(0, 0x03), V0)),
    (54, FieldForbidden(output(0, 0x04), V0)),
    (55, FieldMissing(global(0x04), V2)),
    (56, FieldMissing(global(0x05), V2)),
    (57, FieldMissing(input(0, 0x0e), V2)),
    (58, FieldMissing(input(0, 0x0f), V2)),
    (59, FieldMissing(output(0, 0x03), V2)),
    (60, FieldMissing(output(0, 0x04), V2)),
    (61, TimeTooSmall { input: 0, time: 499_999_999 }),
    (62, HeightOutOfRange { input: 0, height: 500_000_000 }),
];

/// Bitcoin Core's reader compares previous transactions with outpoints; here that is for the judge
/// (PREV_TX_WRONG): number 39 names another transaction, number 40 an output that it has not.
pub const CORE_FOR_REVIEW: &[usize] = &[39, 40];

/// `core/rpc_psbt.json`, "invalid_with_msg", in order: Core's reason and ours.
pub const CORE_INVALID_WITH_MESSAGE: &[(&str, ParseError)] = &[
    ("Input Taproot BIP32 keypath has an invalid length", ValueNotLeafHashes(input(0, 0x16))),
    ("Output Taproot tree must not be empty", TreeEmpty(output(0, 0x06))),
    (
        "Size of key was not 34 for the type Input MuSig2 Participants Pubkeys",
        key_length(input(0, 0x1a), 32),
    ),
    ("Input musig2 aggregate pubkey is invalid", KeyNotPublicKey(input(0, 0x1a))),
    ("Input musig2 aggregate pubkey is invalid", KeyNotPublicKey(input(5, 0x1a))),
    ("Input musig2 aggregate pubkey is invalid", KeyNotPublicKey(input(0, 0x1a))),
    ("Input musig2 participant pubkey is invalid", ValueNotPublicKey(input(0, 0x1a))),
    (
        "Input musig2 participants pubkeys value size is not a multiple of 33",
        value_length(input(0, 0x1a), 4),
    ),
    (
        "Size of key was not 34 for the type Output MuSig2 Participants Pubkeys",
        key_length(output(0, 0x08), 32),
    ),
    ("Output musig2 participant pubkey is invalid", ValueNotPublicKey(output(0, 0x08))),
    ("Input musig2 pubnonce key is not expected size", key_length(input(0, 0x1b), 65)),
    ("Input musig2 pubnonce key is not expected size", key_length(input(0, 0x1b), 65)),
    ("Input musig2 pubnonce value is not 66 bytes", value_length(input(0, 0x1b), 65)),
    ("Input musig2 partial sig key is not expected size", key_length(input(0, 0x1c), 97)),
    ("Input musig2 partial sig key is not expected size", key_length(input(0, 0x1c), 97)),
    ("Size of value was not the stated size", value_length(input(0, 0x1c), 31)),
    ("musig2 participant pubkey is invalid", KeyNotPublicKey(input(0, 0x1b))),
    ("musig2 participant pubkey is invalid", KeyNotPublicKey(input(0, 0x1c))),
    ("musig2 aggregate pubkey is invalid", KeyNotPublicKey(input(0, 0x1b))),
    ("musig2 aggregate pubkey is invalid", KeyNotPublicKey(input(0, 0x1c))),
    ("PSBT_GLOBAL_UNSIGNED_TX is not allowed in PSBTv2", FieldForbidden(global(0x00), V2)),
    ("PSBT_GLOBAL_TX_VERSION is required in PSBTv2", FieldMissing(global(0x02), V2)),
    ("Required height based locktime is invalid (0)", HeightOutOfRange { input: 0, height: 0 }),
];

/// The invalid cases of BIP174, in order.
pub const BIP174_INVALID: &[(&str, ParseError)] = &[
    ("Network transaction, not PSBT format", NoMagic),
    ("PSBT missing outputs", MapMissing(Output(0))),
    (
        "PSBT where one input has a filled scriptSig in the unsigned tx",
        UnsignedTxSigned { input: 0 },
    ),
    (
        "PSBT where inputs and outputs are provided but without an unsigned tx",
        FieldMissing(global(0x00), V0),
    ),
    ("PSBT with duplicate keys in an input", DuplicateKey(input(0, 0x00))),
    ("PSBT with invalid global transaction typed key", key_length(global(0x00), 1)),
    ("PSBT with invalid input witness utxo typed key", key_length(input(0, 0x01), 1)),
    (
        "PSBT with invalid pubkey length for input partial signature typed key",
        key_length(input(0, 0x02), 32),
    ),
    ("PSBT with invalid redeemscript typed key", key_length(input(0, 0x04), 1)),
    ("PSBT with invalid witnessscript typed key", key_length(input(0, 0x05), 1)),
    (
        "PSBT with invalid pubkey in input BIP 32 derivation paths typed key",
        key_length(input(0, 0x06), 32),
    ),
    ("PSBT with invalid non-witness utxo typed key", key_length(input(0, 0x00), 1)),
    ("PSBT with invalid final scriptsig typed key", key_length(input(0, 0x07), 1)),
    ("PSBT with invalid final script witness typed key", key_length(input(1, 0x08), 1)),
    (
        "PSBT with invalid pubkey in output BIP 32 derivation paths typed key",
        key_length(output(0, 0x02), 32),
    ),
    ("PSBT with invalid input sighash type typed key", key_length(input(0, 0x03), 1)),
    ("PSBT with invalid output redeemScript typed key", key_length(output(0, 0x00), 1)),
    ("PSBT with invalid output witnessScript typed key", key_length(output(1, 0x01), 32)),
    ("PSBT with unsigned tx serialized with witness serialization format", UnsignedTxWithWitness),
    (
        "PSBT with an invalid value data due to its size being not the stated size",
        ValueNotTransaction(global(0x00)),
    ),
];

/// The invalid cases of BIP370, in order.
pub const BIP370_INVALID: &[(&str, ParseError)] = &[
    ("PSBTv0 but with PSBT_GLOBAL_VERSION set to 2.", FieldForbidden(global(0x00), V2)),
    ("PSBTv0 but with PSBT_GLOBAL_TX_VERSION.", FieldForbidden(global(0x02), V0)),
    ("PSBTv0 but with PSBT_GLOBAL_FALLBACK_LOCKTIME.", FieldForbidden(global(0x03), V0)),
    ("PSBTv0 but with PSBT_GLOBAL_INPUT_COUNT.", FieldForbidden(global(0x04), V0)),
    ("PSBTv0 but with PSBT_GLOBAL_OUTPUT_COUNT.", FieldForbidden(global(0x05), V0)),
    ("PSBTv0 but with PSBT_GLOBAL_TX_MODIFIABLE.", FieldForbidden(global(0x06), V0)),
    ("PSBTv0 but with PSBT_IN_PREVIOUS_TXID.", FieldForbidden(input(0, 0x0e), V0)),
    ("PSBTv0 but with PSBT_IN_OUTPUT_INDEX.", FieldForbidden(input(0, 0x0f), V0)),
    ("PSBTv0 but with PSBT_IN_SEQUENCE.", FieldForbidden(input(0, 0x10), V0)),
    ("PSBTv0 but with PSBT_IN_REQUIRED_TIME_LOCKTIME.", FieldForbidden(input(0, 0x11), V0)),
    ("PSBTv0 but with PSBT_IN_REQUIRED_HEIGHT_LOCKTIME.", FieldForbidden(input(0, 0x12), V0)),
    ("PSBTv0 but with PSBT_OUT_AMOUNT.", FieldForbidden(output(0, 0x03), V0)),
    ("PSBTv0 but with PSBT_OUT_SCRIPT.", FieldForbidden(output(0, 0x04), V0)),
    ("PSBTv2 but with PSBT_GLOBAL_UNSIGNED_TX.", FieldForbidden(global(0x00), V2)),
    ("PSBTv2 missing PSBT_GLOBAL_INPUT_COUNT.", FieldMissing(global(0x04), V2)),
    ("PSBTv2 missing PSBT_GLOBAL_OUTPUT_COUNT.", FieldMissing(global(0x05), V2)),
    ("PSBTv2 missing PSBT_GLOBAL_TX_VERSION.", FieldMissing(global(0x02), V2)),
    ("PSBTv2 missing PSBT_IN_PREVIOUS_TXID.", FieldMissing(input(0, 0x0e), V2)),
    ("PSBTv2 missing PSBT_IN_OUTPUT_INDEX.", FieldMissing(input(0, 0x0f), V2)),
    ("PSBTv2 missing PSBT_OUT_AMOUNT.", FieldMissing(output(0, 0x03), V2)),
    ("PSBTv2 missing PSBT_OUT_SCRIPT.", FieldMissing(output(0, 0x04), V2)),
    (
        "PSBTv2 with PSBT_IN_REQUIRED_TIME_LOCKTIME less than 500000000.",
        TimeTooSmall { input: 0, time: 499_999_999 },
    ),
    (
        "PSBTv2 with PSBT_IN_REQUIRED_HEIGHT_LOCKTIME greater than or equal to 500000000.",
        HeightOutOfRange { input: 0, height: 500_000_000 },
    ),
    (
        "PSBTv2 with PSBT_IN_REQUIRED_HEIGHT_LOCKTIME of 0.",
        HeightOutOfRange { input: 0, height: 0 },
    ),
];

/// The invalid cases of BIP371, in order.
pub const BIP371_INVALID: &[(&str, ParseError)] = &[
    (
        "PSBT With <tt>PSBT_IN_TAP_INTERNAL_KEY</tt> key that is too long (incorrectly serialized as compressed DER)",
        value_length(input(0, 0x17), 33),
    ),
    (
        "PSBT With <tt>PSBT_IN_TAP_KEY_SIG</tt> signature that is too short",
        value_length(input(0, 0x13), 63),
    ),
    (
        "PSBT With <tt>PSBT_IN_TAP_KEY_SIG</tt> signature that is too long",
        value_length(input(0, 0x13), 66),
    ),
    (
        "PSBT With <tt>PSBT_IN_TAP_BIP32_DERIVATION</tt> key that is too long (incorrectly serialized as compressed DER)",
        key_length(input(0, 0x16), 33),
    ),
    (
        "PSBT With <tt>PSBT_OUT_TAP_INTERNAL_KEY</tt> key that is too long (incorrectly serialized as compressed DER)",
        value_length(output(1, 0x05), 33),
    ),
    (
        "PSBT With <tt>PSBT_OUT_TAP_BIP32_DERIVATION</tt> key that is too long (incorrectly serialized as compressed DER)",
        key_length(output(1, 0x07), 33),
    ),
    (
        "PSBT With <tt>PSBT_IN_TAP_SCRIPT_SIG</tt> key that is too long (incorrectly serialized as compressed DER)",
        key_length(input(0, 0x14), 65),
    ),
    (
        "PSBT With <tt>PSBT_IN_TAP_SCRIPT_SIG</tt> signature that is too long",
        value_length(input(0, 0x14), 66),
    ),
    (
        "PSBT With <tt>PSBT_IN_TAP_SCRIPT_SIG</tt> signature that is too short",
        value_length(input(0, 0x14), 63),
    ),
    (
        "PSBT With <tt>PSBT_IN_TAP_LEAF_SCRIPT</tt> Control block that is too long",
        key_length(input(0, 0x15), 98),
    ),
    (
        "PSBT With <tt>PSBT_IN_TAP_LEAF_SCRIPT</tt> Control block that is too short",
        key_length(input(0, 0x15), 96),
    ),
];

/// The invalid cases of BIP373, in order. (Its fourth holds the bytes of its third.)
pub const BIP373_INVALID: &[(&str, ParseError)] = &[
    (
        "PSBT with x-only aggregate pubkey in input participant pubkeys keydata",
        key_length(input(0, 0x1a), 32),
    ),
    ("PSBT with an x-only input participant pubkey", ValueNotPublicKey(input(0, 0x1a))),
    (
        "PSBT with x-only aggregate pubkey in output participant pubkeys keydata",
        key_length(output(0, 0x08), 32),
    ),
    ("PSBT with an x-only output participant pubkey", key_length(output(0, 0x08), 32)),
    ("PSBT with x-only aggregate pubkey in public nonce keydata", key_length(input(0, 0x1b), 65)),
    (
        "PSBT with an x-only participant pubkey in public nonce keydata",
        key_length(input(0, 0x1b), 65),
    ),
    ("PSBT with invalid public nonce valuedata length", value_length(input(0, 0x1b), 65)),
    ("PSBT with x-only aggregate pubkey in partial sig keydata", key_length(input(0, 0x1c), 97)),
    (
        "PSBT with an x-only participant pubkey in partial sig keydata",
        key_length(input(0, 0x1c), 97),
    ),
    ("PSBT with invalid partial sig valuedata length", value_length(input(0, 0x1c), 31)),
];
