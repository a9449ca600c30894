//! How many bytes a script's satisfaction takes: over every branch that our signature can serve
//! and that the transaction's timelocks allow, the smallest and the largest.

use bitcoin::Sequence;
use bitcoin::absolute::LockTime;
use bitcoin::hashes::{Hash, hash160};
use miniscript::{Miniscript, ScriptContext, SigType, Terminal, ToPublicKey};

/// What stands before a script when it is executed, and what that costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Medium {
    /// Pushes in a scriptSig.
    ScriptSig,
    /// Elements of a witness.
    Witness,
}

impl Medium {
    /// Bytes of one element of `length` bytes.
    pub(super) fn element(self, length: u64) -> u64 {
        length
            + match (self, length) {
                (Self::Witness, _) => compact_size(length),
                (Self::ScriptSig, 0..=75) => 1,
                (Self::ScriptSig, 76..=255) => 2,
                (Self::ScriptSig, _) => 3,
            }
    }

    /// Bytes of the element that stands for "true": `01`, or OP_1.
    fn one(self) -> u64 {
        match self {
            Self::Witness => 2,
            Self::ScriptSig => 1,
        }
    }
}

/// Bytes of a compact size integer.
pub(super) fn compact_size(number: u64) -> u64 {
    match number {
        0..=0xfc => 1,
        0xfd..=0xffff => 3,
        0x1_0000..=0xffff_ffff => 5,
        _ => 9,
    }
}

/// One key's signature: how long, whose, already there?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SignatureSize {
    /// Shortest, in bytes, sighash byte included.
    pub(super) least: u64,
    /// Longest.
    pub(super) most: u64,
    /// Valid and in the PSBT.
    pub(super) present: bool,
    /// By the open seed.
    pub(super) ours: bool,
}

/// How the script names a key.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum KeyName {
    /// Its bytes as they stand in the script: 33, 65, or 32 in Taproot.
    Key(Vec<u8>),
    /// HASH160 of those.
    Hash(hash160::Hash),
}

/// What the sizes depend on.
pub(super) struct Scale<'a> {
    pub(super) medium: Medium,
    pub(super) signature: &'a dyn Fn(&KeyName) -> SignatureSize,
    pub(super) lock_time: LockTime,
    pub(super) sequence: Sequence,
    /// nVersion of 2 or more: BIP68 is in force.
    pub(super) relative_locks: bool,
}

/// One way's cost: bytes of all elements, how many elements, how many signatures at least.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cost {
    pub(super) least: u64,
    pub(super) most: u64,
    pub(super) elements: u64,
    pub(super) signatures: usize,
}

/// A fragment's ways to be true, with a signature of ours and without, and to be false.
#[derive(Clone, Copy)]
struct Ways {
    ours: Option<Cost>,
    others: Option<Cost>,
    falsified: Option<Cost>,
}

/// The cost of satisfying `script`: of the ways with a signature of ours where there is one, else
/// of all ways; None where the transaction's timelocks allow none.
pub(super) fn satisfaction<Ctx: ScriptContext>(
    script: &Miniscript<Ctx::Key, Ctx>,
    scale: &Scale<'_>,
) -> Option<Cost>
where
    Ctx::Key: ToPublicKey,
{
    let ways = scale.ways(script);
    ways.ours.or(ways.others)
}

impl Cost {
    const NOTHING: Self = Self { least: 0, most: 0, elements: 0, signatures: 0 };

    fn element(bytes: u64) -> Self {
        Self { least: bytes, most: bytes, elements: 1, signatures: 0 }
    }

    fn and(self, other: Self) -> Self {
        Self {
            least: self.least + other.least,
            most: self.most + other.most,
            elements: self.elements + other.elements,
            signatures: self.signatures + other.signatures,
        }
    }

    fn or(self, other: Self) -> Self {
        Self {
            least: self.least.min(other.least),
            most: self.most.max(other.most),
            elements: self.elements.max(other.elements),
            signatures: self.signatures.min(other.signatures),
        }
    }
}

fn both(a: Option<Cost>, b: Option<Cost>) -> Option<Cost> {
    Some(a?.and(b?))
}

fn either(a: Option<Cost>, b: Option<Cost>) -> Option<Cost> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.or(b)),
        (a, b) => a.or(b),
    }
}

impl Ways {
    /// Both must be true.
    fn and(self, other: Self, falsified: Option<Cost>) -> Self {
        Self {
            ours: either(
                both(self.ours, either(other.ours, other.others)),
                both(self.others, other.ours),
            ),
            others: both(self.others, other.others),
            falsified,
        }
    }

    /// True at a further cost.
    fn at(self, cost: Option<Cost>) -> Self {
        Self { ours: both(self.ours, cost), others: both(self.others, cost), ..self }
    }

    /// One of two ways is used.
    fn or(self, other: Self, falsified: Option<Cost>) -> Self {
        Self {
            ours: either(self.ours, other.ours),
            others: either(self.others, other.others),
            falsified,
        }
    }
}

impl Scale<'_> {
    fn zero(&self) -> Cost {
        Cost::element(self.medium.element(0))
    }

    fn one(&self) -> Cost {
        Cost::element(self.medium.one())
    }

    fn ways<Ctx: ScriptContext>(&self, script: &Miniscript<Ctx::Key, Ctx>) -> Ways
    where
        Ctx::Key: ToPublicKey,
    {
        let neither = Ways { ours: None, others: None, falsified: None };
        match &script.node {
            Terminal::True => Ways { others: Some(Cost::NOTHING), ..neither },
            Terminal::False => Ways { falsified: Some(Cost::NOTHING), ..neither },
            Terminal::PkK(key) => self.key(&KeyName::of::<Ctx>(key), None),
            Terminal::PkH(key) => {
                let name = KeyName::of::<Ctx>(key);
                let length = key_length(&name, Ctx::sig_type());
                self.key(&name, Some(length))
            }
            Terminal::RawPkH(hash) => {
                let name = KeyName::Hash(*hash);
                let length = key_length(&name, Ctx::sig_type());
                self.key(&name, Some(length))
            }
            Terminal::After(lock) => self.lock(absolute_met(*lock, self)),
            Terminal::Older(lock) => self.lock(relative_met(*lock, self)),
            Terminal::Sha256(_)
            | Terminal::Hash256(_)
            | Terminal::Ripemd160(_)
            | Terminal::Hash160(_) => {
                let preimage = Some(Cost::element(self.medium.element(32)));
                Ways { ours: None, others: preimage, falsified: preimage }
            }
            Terminal::Alt(x)
            | Terminal::Swap(x)
            | Terminal::Check(x)
            | Terminal::ZeroNotEqual(x) => self.ways(x),
            Terminal::DupIf(x) => {
                Ways { falsified: Some(self.zero()), ..self.ways(x).at(Some(self.one())) }
            }
            Terminal::Verify(x) => Ways { falsified: None, ..self.ways(x) },
            Terminal::NonZero(x) => Ways { falsified: Some(self.zero()), ..self.ways(x) },
            Terminal::AndV(x, y) => self.ways(x).and(self.ways(y), None),
            Terminal::AndB(x, y) => {
                let (x, y) = (self.ways(x), self.ways(y));
                x.and(y, both(x.falsified, y.falsified))
            }
            Terminal::AndOr(x, y, z) => {
                let (x, y, z) = (self.ways(x), self.ways(y), self.ways(z));
                x.and(y, None).or(z.at(x.falsified), both(x.falsified, z.falsified))
            }
            Terminal::OrB(x, y) => {
                let (x, y) = (self.ways(x), self.ways(y));
                x.at(y.falsified).or(y.at(x.falsified), both(x.falsified, y.falsified))
            }
            Terminal::OrD(x, y) => {
                let (x, y) = (self.ways(x), self.ways(y));
                x.or(y.at(x.falsified), both(x.falsified, y.falsified))
            }
            Terminal::OrC(x, y) => {
                let x = self.ways(x);
                x.or(self.ways(y).at(x.falsified), None)
            }
            Terminal::OrI(x, y) => {
                let (first, second) = (Some(self.one()), Some(self.zero()));
                let (x, y) = (self.ways(x), self.ways(y));
                let falsified = either(both(x.falsified, first), both(y.falsified, second));
                x.at(first).or(y.at(second), falsified)
            }
            Terminal::Thresh(of) => {
                self.threshold(of.k(), of.iter().map(|each| self.ways(each)).collect())
            }
            Terminal::Multi(of) => {
                let names = of.iter().map(|key| KeyName::of::<Ctx>(key)).collect();
                // CHECKMULTISIG takes one element too many; false is that and k empty ones
                self.multi(of.k(), names, 1, of.k() + 1)
            }
            Terminal::MultiA(of) => {
                let names = of.iter().map(|key| KeyName::of::<Ctx>(key)).collect();
                self.multi(of.k(), names, of.n() - of.k(), of.n())
            }
        }
    }

    fn lock(&self, met: bool) -> Ways {
        Ways { ours: None, others: met.then_some(Cost::NOTHING), falsified: None }
    }

    fn signature(&self, name: &KeyName) -> (SignatureSize, Cost) {
        let size = (self.signature)(name);
        let cost = Cost {
            least: self.medium.element(size.least),
            most: self.medium.element(size.most),
            elements: 1,
            signatures: 1,
        };
        (size, cost)
    }

    /// A signature, and the key itself where the script holds only its hash.
    fn key(&self, name: &KeyName, shown: Option<u64>) -> Ways {
        let (size, signature) = self.signature(name);
        let key = shown.map_or(Cost::NOTHING, |length| Cost::element(self.medium.element(length)));
        let cost = Some(signature.and(key));
        let (ours, others) = if size.ours { (cost, None) } else { (None, cost) };
        Ways { ours, others, falsified: Some(self.zero().and(key)) }
    }

    /// k signatures and `spare` empty elements. The signatures that are there and ours come first;
    /// others fill up what is missing.
    fn multi(&self, k: usize, names: Vec<KeyName>, spare: usize, false_zeros: usize) -> Ways {
        let all: Vec<(SignatureSize, Cost)> =
            names.iter().map(|name| self.signature(name)).collect();
        let (held, open): (Vec<_>, Vec<_>) =
            all.iter().copied().partition(|(size, _)| size.ours || size.present);
        let foreign: Vec<_> = all.iter().copied().filter(|(size, _)| !size.ours).collect();
        let zeros = |count: usize| (0..count).fold(Cost::NOTHING, |sum, _| sum.and(self.zero()));
        let pick = |of: &[(SignatureSize, Cost)], count: usize| -> Option<Cost> {
            if of.len() < count {
                return None;
            }
            let mut least: Vec<u64> = of.iter().map(|(_, cost)| cost.least).collect();
            let mut most: Vec<u64> = of.iter().map(|(_, cost)| cost.most).collect();
            least.sort_unstable();
            most.sort_unstable_by(|a, b| b.cmp(a));
            Some(Cost {
                least: least[..count].iter().sum(),
                most: most[..count].iter().sum(),
                elements: count as u64,
                signatures: count,
            })
        };
        let from_held = k.min(held.len());
        let with_ours = all
            .iter()
            .any(|(size, _)| size.ours)
            .then(|| both(pick(&held, from_held), pick(&open, k - from_held)))
            .flatten();
        let present: Vec<_> = foreign.iter().copied().filter(|(size, _)| size.present).collect();
        let absent: Vec<_> = foreign.iter().copied().filter(|(size, _)| !size.present).collect();
        let from_present = k.min(present.len());
        let without = both(pick(&present, from_present), pick(&absent, k - from_present));
        Ways {
            ours: both(with_ours, Some(zeros(spare))),
            others: both(without, Some(zeros(spare))),
            falsified: Some(zeros(false_zeros)),
        }
    }

    /// Exactly k of the fragments are true, the others false.
    fn threshold(&self, k: usize, each: Vec<Ways>) -> Ways {
        let mut ours: Vec<Option<Cost>> = vec![None; k + 1];
        let mut others: Vec<Option<Cost>> = vec![None; k + 1];
        others[0] = Some(Cost::NOTHING);
        for ways in &each {
            for count in (0..=k).rev() {
                let below = count.checked_sub(1).map(|less| (ours[less], others[less]));
                let (ours_below, others_below) = below.unwrap_or((None, None));
                ours[count] = either(
                    both(ours[count], ways.falsified),
                    either(
                        both(ours_below, either(ways.ours, ways.others)),
                        both(others_below, ways.ours),
                    ),
                );
                others[count] =
                    either(both(others[count], ways.falsified), both(others_below, ways.others));
            }
        }
        let falsified = each.iter().map(|ways| ways.falsified).fold(Some(Cost::NOTHING), both);
        Ways { ours: ours[k], others: others[k], falsified }
    }
}

/// A key known only by its hash is taken as compressed.
fn key_length(name: &KeyName, kind: SigType) -> u64 {
    match (name, kind) {
        (KeyName::Key(bytes), _) => bytes.len() as u64,
        (KeyName::Hash(_), SigType::Schnorr) => 32,
        (KeyName::Hash(_), SigType::Ecdsa) => 33,
    }
}

impl KeyName {
    /// As the key stands in a script of this kind.
    pub(super) fn of<Ctx: ScriptContext>(key: &Ctx::Key) -> Self
    where
        Ctx::Key: ToPublicKey,
    {
        Self::Key(match Ctx::sig_type() {
            SigType::Schnorr => key.to_x_only_pubkey().serialize().to_vec(),
            SigType::Ecdsa => key.to_public_key().to_bytes(),
        })
    }

    /// The key's bytes, where the script has them.
    pub(super) fn key(&self) -> Option<&[u8]> {
        match self {
            Self::Key(bytes) => Some(bytes),
            Self::Hash(_) => None,
        }
    }

    /// Does it name the key with these bytes?
    pub(super) fn names(&self, key: &[u8]) -> bool {
        match self {
            Self::Key(bytes) => bytes == key,
            Self::Hash(hash) => *hash == hash160::Hash::hash(key),
        }
    }
}

/// BIP65: the transaction's locktime is of the same unit and not below, and in force here.
fn absolute_met(lock: miniscript::AbsLockTime, scale: &Scale<'_>) -> bool {
    let lock = LockTime::from(lock);
    !scale.sequence.is_final() && lock.is_implied_by(scale.lock_time)
}

/// BIP112: the input's sequence is of the same unit and not below, and BIP68 is in force.
fn relative_met(lock: miniscript::RelLockTime, scale: &Scale<'_>) -> bool {
    let lock = bitcoin::relative::LockTime::from(lock);
    scale.relative_locks
        && scale.sequence.to_relative_lock_time().is_some_and(|given| lock.is_implied_by(given))
}
