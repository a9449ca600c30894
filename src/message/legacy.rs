//! BIP137: an ECDSA signature of a message's hash from which the public key can be recovered. It
//! serves single keys only, and says in its first byte for which kind of address.

use super::MessageText;
use crate::wallet::{ScriptType, single_sig_script};
use bitcoin::hashes::{Hash, hash160};
use bitcoin::secp256k1::ecdsa::{RecoverableSignature, RecoveryId};
use bitcoin::secp256k1::{Message, PublicKey, SECP256K1};
use bitcoin::sign_message::signed_msg_hash;
use bitcoin::{PubkeyHash, Script, ScriptBuf};

/// The double SHA-256 that is signed: of the fixed prefix and the message, each with its length.
pub fn legacy_digest(text: &MessageText) -> [u8; 32] {
    signed_msg_hash(text.as_str()).to_byte_array()
}

/// The kinds of address that BIP137 knows, all of one compressed key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LegacyKind {
    /// P2PKH.
    Pkh,
    /// P2SH-P2WPKH.
    NestedSegwit,
    /// P2WPKH.
    Segwit,
}

impl LegacyKind {
    /// The first byte for recovery number 0.
    fn header(self) -> u8 {
        match self {
            Self::Pkh => 31,
            Self::NestedSegwit => 35,
            Self::Segwit => 39,
        }
    }

    /// None for Taproot, which BIP137 does not know.
    pub fn of(script_type: ScriptType) -> Option<Self> {
        match script_type {
            ScriptType::Legacy => Some(Self::Pkh),
            ScriptType::NestedSegwit => Some(Self::NestedSegwit),
            ScriptType::NativeSegwit => Some(Self::Segwit),
            ScriptType::Taproot => None,
        }
    }

    /// How such an address is locked.
    pub fn script_type(self) -> ScriptType {
        match self {
            Self::Pkh => ScriptType::Legacy,
            Self::NestedSegwit => ScriptType::NestedSegwit,
            Self::Segwit => ScriptType::NativeSegwit,
        }
    }
}

/// A recoverable signature: BIP137's 65 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recoverable([u8; 65]);

impl Recoverable {
    /// Of a signature that was made for a kind of address.
    pub fn new(signature: &RecoverableSignature, kind: LegacyKind) -> Self {
        let (recovery, compact) = signature.serialize_compact();
        let mut bytes = [0; 65];
        // 0 to 3
        bytes[0] = kind.header() + recovery.to_i32() as u8;
        bytes[1..].copy_from_slice(&compact);
        Self(bytes)
    }

    /// Of 65 bytes; None where the first is not one that BIP137 defines.
    pub fn from_bytes(bytes: [u8; 65]) -> Option<Self> {
        matches!(bytes[0], 27..=42).then_some(Self(bytes))
    }

    /// The 65 bytes.
    pub fn to_bytes(self) -> [u8; 65] {
        self.0
    }

    /// The key that made it over `digest`, if any did, and whether its address is said to be made
    /// of the compressed key.
    fn recover(&self, digest: &[u8; 32]) -> Option<(PublicKey, bool)> {
        let number = self.0[0].checked_sub(27)?;
        let recovery = RecoveryId::from_i32(i32::from(number % 4)).ok()?;
        let signature = RecoverableSignature::from_compact(&self.0[1..], recovery).ok()?;
        let message = Message::from_digest(*digest);
        let key = SECP256K1.recover_ecdsa(&message, &signature).ok()?;
        // Bitcoin accepts only the lower of the two values of S.
        let low = SECP256K1.verify_ecdsa(&message, &signature.to_standard(), &key).is_ok();
        low.then_some((key, number >= 4))
    }

    /// Does it hold for the address with this script? Wallets of Electrum's family write the byte of
    /// a P2PKH address for all: the recovered key decides then.
    pub(super) fn holds(&self, text: &MessageText, script: &Script) -> bool {
        let Some((key, compressed)) = self.recover(&legacy_digest(text)) else { return false };
        if !compressed {
            let hash = hash160::Hash::hash(&key.serialize_uncompressed());
            return ScriptBuf::new_p2pkh(&PubkeyHash::from_raw_hash(hash)).as_script() == script;
        }
        let kinds: &[LegacyKind] = match self.0[0] {
            27..=34 => &[LegacyKind::Pkh, LegacyKind::NestedSegwit, LegacyKind::Segwit],
            35..=38 => &[LegacyKind::NestedSegwit],
            _ => &[LegacyKind::Segwit],
        };
        kinds.iter().any(|kind| single_sig_script(&key, kind.script_type()).as_script() == script)
    }
}

/// Can BIP137 say anything about an address with this script?
pub(super) fn has_form_for(script: &Script) -> bool {
    script.is_p2pkh() || script.is_p2sh() || script.is_p2wpkh()
}
