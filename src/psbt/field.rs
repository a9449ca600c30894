//! The names of PSBT fields: which map, which key type (BIP174's type registry).

use std::fmt;

/// One of the maps of a PSBT.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// The first map.
    Global,
    /// The map of this input, from 0.
    Input(usize),
    /// The map of this output, from 0.
    Output(usize),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Global => f.write_str("the global part"),
            Self::Input(i) => write!(f, "input {i}"),
            Self::Output(i) => write!(f, "output {i}"),
        }
    }
}

/// A field: a key type in a map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Field {
    /// The map.
    pub place: Place,
    /// The key type.
    pub key_type: u64,
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = match self.place {
            Place::Global => global::NAMES,
            Place::Input(_) => input::NAMES,
            Place::Output(_) => output::NAMES,
        };
        match known.iter().find(|(key_type, _)| *key_type == self.key_type) {
            Some((_, name)) => write!(f, "{name}")?,
            None => write!(f, "Field {:#04x}", self.key_type)?,
        }
        match self.place {
            Place::Global => Ok(()),
            place => write!(f, " of {place}"),
        }
    }
}

/// One constant for each key type, and the table of their names.
macro_rules! fields {
    ($doc:literal $map:ident { $($name:ident = $key_type:literal $full:literal,)* }) => {
        #[doc = $doc]
        pub(super) mod $map {
            $(pub const $name: u64 = $key_type;)*
            pub const NAMES: &[(u64, &str)] = &[$(($key_type, $full),)*];
        }
    };
}

fields!("Key types of the global map." global {
    UNSIGNED_TX = 0x00 "PSBT_GLOBAL_UNSIGNED_TX",
    XPUB = 0x01 "PSBT_GLOBAL_XPUB",
    TX_VERSION = 0x02 "PSBT_GLOBAL_TX_VERSION",
    FALLBACK_LOCKTIME = 0x03 "PSBT_GLOBAL_FALLBACK_LOCKTIME",
    INPUT_COUNT = 0x04 "PSBT_GLOBAL_INPUT_COUNT",
    OUTPUT_COUNT = 0x05 "PSBT_GLOBAL_OUTPUT_COUNT",
    TX_MODIFIABLE = 0x06 "PSBT_GLOBAL_TX_MODIFIABLE",
    SP_ECDH_SHARE = 0x07 "PSBT_GLOBAL_SP_ECDH_SHARE",
    SP_DLEQ = 0x08 "PSBT_GLOBAL_SP_DLEQ",
    GENERIC_SIGNED_MESSAGE = 0x09 "PSBT_GLOBAL_GENERIC_SIGNED_MESSAGE",
    VERSION = 0xfb "PSBT_GLOBAL_VERSION",
    PROPRIETARY = 0xfc "PSBT_GLOBAL_PROPRIETARY",
});

fields!("Key types of an input map." input {
    NON_WITNESS_UTXO = 0x00 "PSBT_IN_NON_WITNESS_UTXO",
    WITNESS_UTXO = 0x01 "PSBT_IN_WITNESS_UTXO",
    PARTIAL_SIG = 0x02 "PSBT_IN_PARTIAL_SIG",
    SIGHASH_TYPE = 0x03 "PSBT_IN_SIGHASH_TYPE",
    REDEEM_SCRIPT = 0x04 "PSBT_IN_REDEEM_SCRIPT",
    WITNESS_SCRIPT = 0x05 "PSBT_IN_WITNESS_SCRIPT",
    BIP32_DERIVATION = 0x06 "PSBT_IN_BIP32_DERIVATION",
    FINAL_SCRIPTSIG = 0x07 "PSBT_IN_FINAL_SCRIPTSIG",
    FINAL_SCRIPTWITNESS = 0x08 "PSBT_IN_FINAL_SCRIPTWITNESS",
    RIPEMD160 = 0x0a "PSBT_IN_RIPEMD160",
    SHA256 = 0x0b "PSBT_IN_SHA256",
    HASH160 = 0x0c "PSBT_IN_HASH160",
    HASH256 = 0x0d "PSBT_IN_HASH256",
    PREVIOUS_TXID = 0x0e "PSBT_IN_PREVIOUS_TXID",
    OUTPUT_INDEX = 0x0f "PSBT_IN_OUTPUT_INDEX",
    SEQUENCE = 0x10 "PSBT_IN_SEQUENCE",
    REQUIRED_TIME_LOCKTIME = 0x11 "PSBT_IN_REQUIRED_TIME_LOCKTIME",
    REQUIRED_HEIGHT_LOCKTIME = 0x12 "PSBT_IN_REQUIRED_HEIGHT_LOCKTIME",
    TAP_KEY_SIG = 0x13 "PSBT_IN_TAP_KEY_SIG",
    TAP_SCRIPT_SIG = 0x14 "PSBT_IN_TAP_SCRIPT_SIG",
    TAP_LEAF_SCRIPT = 0x15 "PSBT_IN_TAP_LEAF_SCRIPT",
    TAP_BIP32_DERIVATION = 0x16 "PSBT_IN_TAP_BIP32_DERIVATION",
    TAP_INTERNAL_KEY = 0x17 "PSBT_IN_TAP_INTERNAL_KEY",
    TAP_MERKLE_ROOT = 0x18 "PSBT_IN_TAP_MERKLE_ROOT",
    MUSIG2_PARTICIPANT_PUBKEYS = 0x1a "PSBT_IN_MUSIG2_PARTICIPANT_PUBKEYS",
    MUSIG2_PUB_NONCE = 0x1b "PSBT_IN_MUSIG2_PUB_NONCE",
    MUSIG2_PARTIAL_SIG = 0x1c "PSBT_IN_MUSIG2_PARTIAL_SIG",
    SP_ECDH_SHARE = 0x1d "PSBT_IN_SP_ECDH_SHARE",
    SP_DLEQ = 0x1e "PSBT_IN_SP_DLEQ",
    SP_SPEND_BIP32_DERIVATION = 0x1f "PSBT_IN_SP_SPEND_BIP32_DERIVATION",
    SP_TWEAK = 0x20 "PSBT_IN_SP_TWEAK",
    PROPRIETARY = 0xfc "PSBT_IN_PROPRIETARY",
});

fields!("Key types of an output map." output {
    REDEEM_SCRIPT = 0x00 "PSBT_OUT_REDEEM_SCRIPT",
    WITNESS_SCRIPT = 0x01 "PSBT_OUT_WITNESS_SCRIPT",
    BIP32_DERIVATION = 0x02 "PSBT_OUT_BIP32_DERIVATION",
    AMOUNT = 0x03 "PSBT_OUT_AMOUNT",
    SCRIPT = 0x04 "PSBT_OUT_SCRIPT",
    TAP_INTERNAL_KEY = 0x05 "PSBT_OUT_TAP_INTERNAL_KEY",
    TAP_TREE = 0x06 "PSBT_OUT_TAP_TREE",
    TAP_BIP32_DERIVATION = 0x07 "PSBT_OUT_TAP_BIP32_DERIVATION",
    MUSIG2_PARTICIPANT_PUBKEYS = 0x08 "PSBT_OUT_MUSIG2_PARTICIPANT_PUBKEYS",
    SP_V0_INFO = 0x09 "PSBT_OUT_SP_V0_INFO",
    SP_V0_LABEL = 0x0a "PSBT_OUT_SP_V0_LABEL",
    PROPRIETARY = 0xfc "PSBT_OUT_PROPRIETARY",
});
