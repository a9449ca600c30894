//! The keys of a wallet, each once, whole, with every place where it stands.

use super::expression::Expression;
use super::{Chain, Derived, Wallet};
use bitcoin::bip32::{ChildNumber, DerivationPath, KeySource, Xpub};
use bitcoin::secp256k1::{Parity, PublicKey, SECP256K1};
use miniscript::descriptor::{DescriptorPublicKey, SinglePubKey};

/// One key of a wallet. Two keys are one signer when their public key and chain code are the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signer {
    /// The key.
    pub key: SignerKey,
    /// Where it says that it comes from, as written where it stands first: the master key's
    /// fingerprint and the path from there.
    pub origin: Option<KeySource>,
    /// Every place where it stands, in the order of the descriptor.
    pub uses: Vec<KeyUse>,
}

/// A signer's key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignerKey {
    /// An extended key: another public key in each address.
    Extended(Xpub),
    /// One public key, the same in every address. A Taproot key without its sign counts as even.
    Fixed(PublicKey),
}

/// One place where a key stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyUse {
    /// 0 for the only script, or Taproot's internal key; then Taproot's leaves from 1.
    pub script: usize,
    /// The steps below an extended key on the receive and on the change chain, without the index.
    pub steps: Option<[DerivationPath; 2]>,
    /// The origin as it is written here.
    pub origin: Option<KeySource>,
}

impl Signer {
    /// The key as it is written: `xpub...`, or 66 hexadecimal digits.
    pub fn text(&self) -> String {
        match &self.key {
            SignerKey::Extended(key) => key.to_string(),
            SignerKey::Fixed(key) => key.to_string(),
        }
    }

    /// The key with its origin: `[fingerprint/path]xpub...`.
    pub fn with_origin(&self) -> String {
        match &self.origin {
            Some(origin) => format!("{}{}", origin_text(origin), self.text()),
            None => self.text(),
        }
    }

    /// Does it stand in several places under different origins? One of them is false.
    pub fn contradicts_itself(&self) -> bool {
        self.uses.iter().any(|one| one.origin != self.origin)
    }

    /// Where its keys at `index` of a chain are said to come from, with the steps below it.
    fn sources(&self, chain: Chain, index: u32) -> Vec<(KeySource, DerivationPath)> {
        let SignerKey::Extended(key) = &self.key else { return Vec::new() };
        let uses = self.uses.iter().filter_map(|one| Some((one, one.steps.as_ref()?)));
        uses.map(|(one, [receive, change])| {
            let steps = match chain {
                Chain::Receive => receive,
                Chain::Change => change,
            };
            let below = steps.child(ChildNumber::Normal { index });
            let bare = || (key.fingerprint(), DerivationPath::master());
            let (fingerprint, parent) = one.origin.clone().unwrap_or_else(bare);
            ((fingerprint, parent.extend(&below)), below)
        })
        .collect()
    }

    fn is(&self, key: &SignerKey) -> bool {
        match (&self.key, key) {
            (SignerKey::Extended(one), SignerKey::Extended(other)) => {
                one.public_key == other.public_key && one.chain_code == other.chain_code
            }
            (SignerKey::Fixed(one), SignerKey::Fixed(other)) => one == other,
            _ => false,
        }
    }
}

impl Wallet {
    /// The extended keys' public keys in what was derived at `index` of a chain, each with its
    /// signer's number. An origin is no proof: signers that claim the same one are told apart by
    /// derivation.
    pub(super) fn signer_keys(
        &self,
        chain: Chain,
        index: u32,
        derived: &Derived,
    ) -> Vec<(bitcoin::PublicKey, usize)> {
        let mut places: Vec<(usize, KeySource, DerivationPath)> = Vec::new();
        for (number, signer) in self.signers().iter().enumerate() {
            let sources = signer.sources(chain, index).into_iter();
            places.extend(sources.map(|(source, below)| (number, source, below)));
        }
        let gives = |number: usize, below: &DerivationPath, public: &PublicKey| {
            let SignerKey::Extended(key) = &self.signers()[number].key else { return false };
            key.derive_pub(SECP256K1, below).is_ok_and(|key| key.public_key == *public)
        };
        let signer = |public: &bitcoin::PublicKey, claimed: &KeySource| {
            let claiming: Vec<_> =
                places.iter().filter(|(_, source, _)| source == claimed).collect();
            match claiming.as_slice() {
                [(number, ..)] => Some(*number),
                several => several
                    .iter()
                    .find(|(number, _, below)| gives(*number, below, &public.inner))
                    .map(|(number, ..)| *number),
            }
        };
        let keys = derived.keys.iter();
        keys.filter_map(|(public, source)| Some((*public, signer(public, source)?))).collect()
    }
}

/// `[fingerprint/44'/0'/0']`
pub(super) fn origin_text((fingerprint, path): &KeySource) -> String {
    let steps: String = path.into_iter().map(|step| format!("/{step}")).collect();
    format!("[{fingerprint}{steps}]")
}

/// The signers of a descriptor in the order in which they stand there.
pub(super) fn signers(expression: &Expression<'_>) -> Option<Vec<Signer>> {
    let mut signers: Vec<Signer> = Vec::new();
    for written in expression.keys() {
        let key: DescriptorPublicKey = written.text.parse().ok()?;
        let (key, origin, steps) = apart(key);
        let one = KeyUse { script: written.script, steps, origin: origin.clone() };
        match signers.iter_mut().find(|signer| signer.is(&key)) {
            Some(signer) => signer.uses.push(one),
            None => signers.push(Signer { key, origin, uses: vec![one] }),
        }
    }
    Some(signers)
}

/// The number of the signer that `key` is.
pub(super) fn number(signers: &[Signer], key: &DescriptorPublicKey) -> Option<usize> {
    let (key, _, _) = apart(key.clone());
    signers.iter().position(|signer| signer.is(&key))
}

fn apart(key: DescriptorPublicKey) -> (SignerKey, Option<KeySource>, Option<[DerivationPath; 2]>) {
    match key {
        DescriptorPublicKey::Single(single) => {
            let key = match single.key {
                SinglePubKey::FullKey(key) => key.inner,
                SinglePubKey::XOnly(key) => key.public_key(Parity::Even),
            };
            (SignerKey::Fixed(key), single.origin, None)
        }
        DescriptorPublicKey::XPub(key) => (SignerKey::Extended(key.xkey), key.origin, None),
        DescriptorPublicKey::MultiXPub(key) => {
            let steps = <[DerivationPath; 2]>::try_from(key.derivation_paths.into_paths()).ok();
            (SignerKey::Extended(key.xkey), key.origin, steps)
        }
    }
}
