//! What a registration means to whoever is asked to take it: whose keys are in it, and what is wrong
//! or unusual with it. Data; the sentences stand in `app`.

mod finding;
mod keys;
mod paths;
mod policy;

pub use finding::RegistrationFinding;
pub use keys::Owner;

use super::registration::{Integrity, Registration};
use super::{Grade, KeyRing, PathPlace, Registered, Signer, SpendingPolicy, Wallet};
use bitcoin::bip32::Fingerprint;

/// Thresholds of the judgement.
pub mod thresholds {
    /// A lock that opens within this time is near: 30 days, in seconds.
    pub const NEAR: u64 = 30 * 24 * 3600;
    /// The same in blocks.
    pub const NEAR_BLOCKS: u32 = 4_320;
}

/// What is known besides the registration.
#[derive(Clone, Copy, Default)]
pub struct Known<'a> {
    /// The open seed's public side. Without it nobody's key is told.
    pub ring: Option<&'a dyn KeyRing>,
    /// The fingerprints of all keys that this appliance holds.
    pub held: &'a [Fingerprint],
    /// The wallets that are registered already.
    pub wallets: &'a [Registered],
    /// The chain's height, where it is known.
    pub height: Option<u32>,
    /// Seconds since 1970, where there is a clock.
    pub time: Option<u64>,
}

/// A registration that was judged.
#[derive(Debug, Clone)]
pub struct Judged {
    /// Who can spend, and when; None when that cannot be told (a finding says why).
    pub policy: Option<SpendingPolicy>,
    /// Whose each of [`Wallet::signers`] is.
    pub owners: Vec<Owner>,
    /// What was found: the gravest first.
    pub findings: Vec<RegistrationFinding>,
}

impl Judged {
    /// Must it not be taken?
    pub fn is_refused(&self) -> bool {
        self.findings.iter().any(|finding| finding.grade() == Grade::Refuse)
    }
}

/// Judges a wallet.
pub fn judge(wallet: &Wallet, known: &Known<'_>) -> Judged {
    let mut findings = Vec::new();
    let mut owners = keys::judge(wallet, known, &mut findings);
    let layout = known.ring.map(|ring| ring.layout()).unwrap_or_default();
    paths::judge(wallet, &owners, layout, &mut findings);
    let policy = match wallet.spending_policy() {
        Ok(policy) => {
            let nobody = policy.paths.iter().any(|path| matches!(path.place, PathPlace::Nobody(_)));
            let internal = |signer: &Signer| signer.uses.iter().any(|one| one.script == 0);
            if let Some(number) = wallet.signers().iter().position(internal).filter(|_| nobody) {
                owners[number] = Owner::Nobody;
            }
            policy::judge(wallet, &policy, &owners, known, &mut findings);
            Some(policy)
        }
        Err(why) => {
            findings.push(RegistrationFinding::Unsound(why));
            None
        }
    };
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.grade()));
    Judged { policy, owners, findings }
}

/// Judges a registration: the wallet, and how it came.
pub fn judge_registration(registration: &Registration, known: &Known<'_>) -> Judged {
    let mut judged = judge(registration.wallet(), known);
    if registration.integrity() == Integrity::KeysOnly && !registration.wallet().is_single_sig() {
        judged.findings.push(RegistrationFinding::Unchecked);
    }
    let adapted = registration.adaptations().iter();
    judged.findings.extend(adapted.map(|adapted| RegistrationFinding::Adapted(*adapted)));
    judged.findings.sort_by_key(|finding| std::cmp::Reverse(finding.grade()));
    judged
}
