//! What one signature signs. The one place where digests are made: for signing, for verifying
//! signatures that are already there, and for the published vectors.

use bitcoin::taproot::TapLeafHash;
use bitcoin::{Amount, ScriptBuf, Transaction, TxOut};

/// How an input is spent, with all that its digest commits to besides the transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spend {
    /// Before segwit: the script that is executed.
    Legacy {
        /// The scriptPubKey or redeem script.
        script_code: ScriptBuf,
    },
    /// BIP143: the amount is part of what is signed.
    SegwitV0 {
        /// P2PKH form for P2WPKH, the witness script for P2WSH.
        script_code: ScriptBuf,
        /// The amount spent.
        amount: Amount,
    },
    /// BIP341 key path.
    TapKey,
    /// BIP342 script path.
    TapLeaf {
        /// The leaf in use.
        leaf: TapLeafHash,
    },
}

/// Why no digest can be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DigestError {
    /// No input of that number.
    NoSuchInput,
    /// Taproot needs every output spent, and one is missing.
    PrevoutsMissing,
    /// A sighash type that the rules of this spend do not know.
    SighashType(u32),
}

/// Makes the digests of one transaction; what the inputs share is hashed once.
pub struct Digester<'a> {
    cache: bitcoin::sighash::SighashCache<&'a Transaction>,
    prevouts: Option<Vec<TxOut>>,
}

impl<'a> Digester<'a> {
    /// `prevouts`: the outputs spent, one an input, in order; needed for Taproot.
    pub fn new(tx: &'a Transaction, prevouts: Option<Vec<TxOut>>) -> Self {
        Self { cache: bitcoin::sighash::SighashCache::new(tx), prevouts }
    }

    /// The 32 bytes that a signature for `input` with `sighash_type` commits to.
    pub fn digest(
        &mut self,
        input: usize,
        spend: &Spend,
        sighash_type: u32,
    ) -> Result<[u8; 32], DigestError> {
        let _ = (input, spend, sighash_type, &self.cache, &self.prevouts);
        todo!()
    }
}
