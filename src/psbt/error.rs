//! Why bytes are not a PSBT.

use super::Version;
use super::field::{Field, Place};
use std::fmt;

/// Which rule of BIP174, 370, 371 or 373 was broken, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParseError {
    /// The magic bytes are missing.
    NoMagic,
    /// Text that begins as a PSBT in base64 and is not base64.
    NotBase64,
    /// Text that begins as a PSBT in hexadecimal digits and is not hexadecimal.
    NotHex,
    /// More bytes than the limit allows.
    TooLong {
        /// Bytes given.
        bytes: usize,
        /// Bytes allowed.
        limit: usize,
    },
    /// More inputs than the limit allows.
    TooManyInputs {
        /// Inputs of the transaction.
        count: usize,
        /// Inputs allowed.
        limit: usize,
    },
    /// More outputs than the limit allows.
    TooManyOutputs {
        /// Outputs of the transaction.
        count: usize,
        /// Outputs allowed.
        limit: usize,
    },
    /// The bytes end where this map should begin.
    MapMissing(Place),
    /// The bytes end inside this map.
    Truncated(Place),
    /// A length or key type that is not a minimal compact size integer.
    CompactSize(Place),
    /// Bytes after the last map.
    Trailing {
        /// How many.
        bytes: usize,
    },
    /// The same key twice in one map.
    DuplicateKey(Field),
    /// A PSBT version other than 0 and 2.
    UnknownVersion(u32),
    /// A field that its version requires.
    FieldMissing(Field, Version),
    /// A field that its version forbids.
    FieldForbidden(Field, Version),
    /// More inputs or outputs claimed than bytes are left.
    CountTooLarge {
        /// The count's field.
        field: Field,
        /// What it claims.
        count: u64,
    },
    /// Key data of a length that the field does not have.
    KeyLength {
        /// The field.
        field: Field,
        /// Bytes after the key type.
        bytes: usize,
    },
    /// The key should hold public keys and holds something else.
    KeyNotPublicKey(Field),
    /// The key is not an extended public key (BIP32).
    KeyNotXpub(Field),
    /// The key is not a control block (BIP341).
    KeyNotControlBlock(Field),
    /// The key of a proprietary field is not well formed.
    KeyNotProprietary(Field),
    /// A value of a length that the field does not have.
    ValueLength {
        /// The field.
        field: Field,
        /// Bytes of the value.
        bytes: usize,
    },
    /// The value should hold public keys and holds something else.
    ValueNotPublicKey(Field),
    /// The value is not exactly one transaction.
    ValueNotTransaction(Field),
    /// The value is not exactly one transaction output.
    ValueNotTxOut(Field),
    /// The value is not exactly one witness stack.
    ValueNotWitness(Field),
    /// The value is not exactly one minimal compact size integer.
    ValueNotCount(Field),
    /// The value is not a fingerprint with a path.
    ValueNotOrigin(Field),
    /// The value's list of leaf hashes is not well formed.
    ValueNotLeafHashes(Field),
    /// The value does not hash to the hash in its key.
    ValueNotPreimage(Field),
    /// The value is empty where a script and its leaf version belong.
    LeafScriptEmpty(Field),
    /// A leaf version that BIP341 does not allow.
    LeafVersion {
        /// The field.
        field: Field,
        /// The version byte.
        version: u8,
    },
    /// A Taproot tree without leaves.
    TreeEmpty(Field),
    /// A Taproot tree whose bytes are cut off inside a leaf.
    TreeTruncated(Field),
    /// A leaf deeper than 128.
    TreeTooDeep(Field),
    /// Leaves whose depths make no complete binary tree in depth-first order.
    TreeIncomplete(Field),
    /// The unsigned transaction is in the format with witnesses.
    UnsignedTxWithWitness,
    /// The unsigned transaction has a scriptSig.
    UnsignedTxSigned {
        /// Input number from 0.
        input: usize,
    },
    /// An extended key's depth and its path's length differ.
    XpubDepth {
        /// Depth in the extended key.
        depth: u8,
        /// Steps of the path.
        steps: usize,
    },
    /// A required time that is a height.
    TimeTooSmall {
        /// Input number from 0.
        input: usize,
        /// The value.
        time: u32,
    },
    /// A required height that is 0 or a time.
    HeightOutOfRange {
        /// Input number from 0.
        input: usize,
        /// The value.
        height: u32,
    },
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoMagic => write!(f, "This is not a PSBT: it does not begin with \"psbt\"."),
            Self::NotBase64 => write!(f, "This begins as a PSBT in base64, but is damaged."),
            Self::NotHex => write!(f, "This begins as a PSBT in hex digits, but is damaged."),
            Self::TooLong { bytes, limit } => {
                write!(f, "The PSBT is {bytes} bytes long; the limit is {limit}.")
            }
            Self::TooManyInputs { count, limit } => {
                write!(f, "The transaction has {count} inputs; the limit is {limit}.")
            }
            Self::TooManyOutputs { count, limit } => {
                write!(f, "The transaction has {count} outputs; the limit is {limit}.")
            }
            Self::MapMissing(place) => write!(f, "The PSBT ends before {place}."),
            Self::Truncated(place) => write!(f, "The PSBT is cut off inside {place}."),
            Self::CompactSize(place) => {
                write!(f, "A length or key type in {place} is not written in its shortest form.")
            }
            Self::Trailing { bytes } => {
                write!(f, "Something follows the PSBT that does not belong to it (bytes: {bytes}).")
            }
            Self::DuplicateKey(field) => write!(f, "{field} stands twice with the same key."),
            Self::UnknownVersion(version) => {
                write!(f, "PSBT version {version} is not known; 0 and 2 are.")
            }
            Self::FieldMissing(field, version) => {
                write!(f, "{field} is missing; {version} requires it.")
            }
            Self::FieldForbidden(field, version) => {
                write!(f, "{field} is there; {version} forbids it.")
            }
            Self::CountTooLarge { field, count } => {
                write!(f, "{field} claims {count} parts, more than the PSBT has bytes for.")
            }
            Self::KeyLength { field, bytes } => {
                write!(f, "The key of {field} has a wrong length (bytes of data: {bytes}).")
            }
            Self::KeyNotPublicKey(field) => {
                write!(f, "The key of {field} is not a valid public key.")
            }
            Self::KeyNotXpub(field) => {
                write!(f, "The key of {field} is not a valid extended public key.")
            }
            Self::KeyNotControlBlock(field) => {
                write!(f, "The key of {field} is not a valid control block.")
            }
            Self::KeyNotProprietary(field) => {
                write!(f, "The key of {field} has no well-formed identifier and subtype.")
            }
            Self::ValueLength { field, bytes } => {
                write!(f, "{field} has a wrong length (bytes: {bytes}).")
            }
            Self::ValueNotPublicKey(field) => write!(f, "{field} is not a valid public key."),
            Self::ValueNotTransaction(field) => {
                write!(f, "{field} is not exactly one transaction.")
            }
            Self::ValueNotTxOut(field) => {
                write!(f, "{field} is not exactly one transaction output.")
            }
            Self::ValueNotWitness(field) => write!(f, "{field} is not exactly one witness stack."),
            Self::ValueNotCount(field) => {
                write!(f, "{field} is not exactly one number in its shortest form.")
            }
            Self::ValueNotOrigin(field) => {
                write!(f, "{field} is not a fingerprint followed by a path of whole steps.")
            }
            Self::ValueNotLeafHashes(field) => {
                write!(f, "{field} does not hold the leaf hashes that it announces.")
            }
            Self::ValueNotPreimage(field) => {
                write!(f, "{field} does not hash to the hash that it is given for.")
            }
            Self::LeafScriptEmpty(field) => {
                write!(f, "{field} is empty; a script and its leaf version belong there.")
            }
            Self::LeafVersion { field, version } => {
                write!(f, "{field} has leaf version {version:#04x}, which Taproot does not allow.")
            }
            Self::TreeEmpty(field) => write!(f, "{field} has no leaves."),
            Self::TreeTruncated(field) => write!(f, "{field} is cut off inside a leaf."),
            Self::TreeTooDeep(field) => {
                write!(f, "{field} has a leaf deeper than the 128 levels that Taproot allows.")
            }
            Self::TreeIncomplete(field) => {
                write!(f, "The leaf depths in {field} make no complete tree.")
            }
            Self::UnsignedTxWithWitness => {
                write!(f, "The unsigned transaction is in the format for witnesses.")
            }
            Self::UnsignedTxSigned { input } => {
                write!(f, "The unsigned transaction has a signature script in input {input}.")
            }
            Self::XpubDepth { depth, steps } => write!(
                f,
                "A global extended key is of depth {depth}, but its path has {steps} steps."
            ),
            Self::TimeTooSmall { input, time } => {
                write!(f, "Input {input} requires a lock time of {time}, which is not a time.")
            }
            Self::HeightOutOfRange { input, height } => {
                write!(
                    f,
                    "Input {input} requires a lock height of {height}, which is not a height."
                )
            }
        }
    }
}

impl std::error::Error for ParseError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_is_one_finished_sentence() {
        let field = Field { place: Place::Input(1), key_type: 0x06 };
        let all = [
            ParseError::NoMagic,
            ParseError::NotBase64,
            ParseError::NotHex,
            ParseError::TooLong { bytes: 17, limit: 16 },
            ParseError::TooManyInputs { count: 17, limit: 16 },
            ParseError::TooManyOutputs { count: 17, limit: 16 },
            ParseError::MapMissing(Place::Global),
            ParseError::Truncated(Place::Output(2)),
            ParseError::CompactSize(Place::Global),
            ParseError::Trailing { bytes: 3 },
            ParseError::DuplicateKey(field),
            ParseError::UnknownVersion(1),
            ParseError::FieldMissing(field, Version::V0),
            ParseError::FieldForbidden(field, Version::V2),
            ParseError::CountTooLarge { field, count: 1 << 32 },
            ParseError::KeyLength { field, bytes: 1 },
            ParseError::KeyNotPublicKey(field),
            ParseError::KeyNotXpub(field),
            ParseError::KeyNotControlBlock(field),
            ParseError::KeyNotProprietary(field),
            ParseError::ValueLength { field, bytes: 1 },
            ParseError::ValueNotPublicKey(field),
            ParseError::ValueNotTransaction(field),
            ParseError::ValueNotTxOut(field),
            ParseError::ValueNotWitness(field),
            ParseError::ValueNotCount(field),
            ParseError::ValueNotOrigin(field),
            ParseError::ValueNotLeafHashes(field),
            ParseError::ValueNotPreimage(field),
            ParseError::LeafScriptEmpty(field),
            ParseError::LeafVersion { field, version: 0x50 },
            ParseError::TreeEmpty(field),
            ParseError::TreeTruncated(field),
            ParseError::TreeTooDeep(field),
            ParseError::TreeIncomplete(field),
            ParseError::UnsignedTxWithWitness,
            ParseError::UnsignedTxSigned { input: 1 },
            ParseError::XpubDepth { depth: 4, steps: 3 },
            ParseError::TimeTooSmall { input: 1, time: 2 },
            ParseError::HeightOutOfRange { input: 1, height: 0 },
        ];
        for error in all {
            let said = error.to_string();
            assert!(said.starts_with(|first: char| first.is_uppercase()), "{said}");
            assert!(said.ends_with('.') && !said.contains("  ") && !said.contains('\n'), "{said}");
            assert!(!said.contains('{'), "{said}");
        }
    }

    #[test]
    fn fields_are_named_as_the_bips_name_them() {
        let named = |place, key_type| Field { place, key_type }.to_string();
        assert_eq!(named(Place::Global, 0), "PSBT_GLOBAL_UNSIGNED_TX");
        assert_eq!(named(Place::Input(1), 6), "PSBT_IN_BIP32_DERIVATION of input 1");
        assert_eq!(named(Place::Output(0), 0x09), "PSBT_OUT_SP_V0_INFO of output 0");
        // At the start of a sentence, so that a field without a name begins it well too.
        assert_eq!(named(Place::Input(0), 0xf0), "Field 0xf0 of input 0");
    }
}
