//! Whose the keys are. A fingerprint is a claim; a key is the open seed's when the seed gives it.

use super::{Known, RegistrationFinding as Finding};
use crate::wallet::{KeyRing, Signer, SignerKey, Wallet};
use bitcoin::bip32::{ChildNumber, DerivationPath, Fingerprint, Xpub};
use bitcoin::secp256k1::SECP256K1;

/// Whose a signer's key is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// The open seed's: derived here.
    Yours,
    /// Somebody else's, as far as the open seed can tell.
    Cosigner,
    /// Nobody's: a Taproot internal key that nobody can spend with.
    Nobody,
    /// No seed is open.
    Untold,
}

pub(super) fn judge(wallet: &Wallet, known: &Known<'_>, findings: &mut Vec<Finding>) -> Vec<Owner> {
    let signers = wallet.signers();
    let owners: Vec<Owner> = signers.iter().map(|signer| owner(signer, known)).collect();
    if let Some(ring) = known.ring {
        if !owners.contains(&Owner::Yours) {
            findings.push(Finding::NotYours);
        }
        for (signer, (key, owner)) in signers.iter().zip(&owners).enumerate() {
            let said = key.origin.as_ref().map(|(fingerprint, _)| *fingerprint);
            match owner {
                Owner::Yours if said != Some(ring.fingerprint()) => {
                    findings.push(Finding::YoursUnnamed { signer, said });
                }
                Owner::Cosigner if said == Some(ring.fingerprint()) => {
                    findings.push(Finding::FalselyYours { signer });
                }
                _ => {}
            }
        }
    }
    together(signers, &owners, known, findings);
    elsewhere(signers, known, findings);
    for (signer, key) in signers.iter().enumerate() {
        origin(signer, key, findings);
    }
    owners
}

fn owner(signer: &Signer, known: &Known<'_>) -> Owner {
    match (known.ring, &signer.key) {
        (None, _) => Owner::Untold,
        (Some(ring), SignerKey::Extended(key)) => {
            let yours = signer.origin.as_ref().is_some_and(|(_, path)| gives(ring, path, key));
            // without an origin it may still be the master key itself
            let bare = signer.origin.is_none() && gives(ring, &DerivationPath::master(), key);
            if yours || bare { Owner::Yours } else { Owner::Cosigner }
        }
        (Some(ring), SignerKey::Fixed(key)) => {
            let x_only = |key: &bitcoin::secp256k1::PublicKey| key.x_only_public_key().0;
            let given = signer.origin.as_ref().and_then(|(_, path)| ring.public_key(path));
            match given.is_some_and(|given| x_only(&given) == x_only(key)) {
                true => Owner::Yours,
                false => Owner::Cosigner,
            }
        }
    }
}

/// Does the seed give this key at this path? Its first child is compared, too, which hangs on the
/// chain code.
fn gives(ring: &dyn KeyRing, path: &DerivationPath, key: &Xpub) -> bool {
    let step = ChildNumber::Normal { index: 0 };
    ring.public_key(path) == Some(key.public_key)
        && key
            .ckd_pub(SECP256K1, step)
            .is_ok_and(|child| ring.public_key(&path.child(step)) == Some(child.public_key))
}

/// Several signers in one hand.
fn together(signers: &[Signer], owners: &[Owner], known: &Known<'_>, findings: &mut Vec<Finding>) {
    let fingerprint = |signer: &Signer| signer.origin.as_ref().map(|(fingerprint, _)| *fingerprint);
    let is_held = |number: &usize| {
        let held = fingerprint(&signers[*number]).is_some_and(|one| known.held.contains(&one));
        held || owners[*number] == Owner::Yours
    };
    let held: Vec<usize> = (0..signers.len()).filter(is_held).collect();
    let mut told: Vec<Fingerprint> = Vec::new();
    for signer in signers {
        let Some(fingerprint_of) = fingerprint(signer).filter(|one| !told.contains(one)) else {
            continue;
        };
        told.push(fingerprint_of);
        let same = |number: &usize| fingerprint(&signers[*number]) == Some(fingerprint_of);
        let same: Vec<usize> = (0..signers.len()).filter(same).collect();
        // what this appliance holds is told below
        if same.len() > 1 && !same.iter().all(|number| held.contains(number)) {
            findings.push(Finding::SameSeed { fingerprint: fingerprint_of, signers: same });
        }
    }
    if held.len() > 1 {
        findings.push(Finding::SeveralHeld { signers: held });
    }
}

/// The first registered wallet that has the key, else the first with its fingerprint.
fn elsewhere(signers: &[Signer], known: &Known<'_>, findings: &mut Vec<Finding>) {
    for (signer, key) in signers.iter().enumerate() {
        let with = |same: &dyn Fn(&Signer) -> bool| {
            let wallet = known.wallets.iter().find(|one| one.signers().iter().any(same));
            wallet.map(|wallet| wallet.name().to_owned())
        };
        let same_fingerprint = |other: &Signer| match (&other.origin, &key.origin) {
            (Some((theirs, _)), Some((ours, _))) => theirs == ours,
            _ => false,
        };
        if let Some(wallet) = with(&|other| other.key == key.key) {
            findings.push(Finding::KeyElsewhere { signer, wallet });
        } else if let Some(wallet) = with(&same_fingerprint) {
            findings.push(Finding::FingerprintElsewhere { signer, wallet });
        }
    }
}

fn origin(signer: usize, key: &Signer, findings: &mut Vec<Finding>) {
    if key.contradicts_itself() {
        findings.push(Finding::OriginsDiffer { signer });
    }
    let SignerKey::Extended(xpub) = &key.key else { return };
    match &key.origin {
        Some((_, path)) if path.len() != usize::from(xpub.depth) => {
            findings.push(Finding::Depth { signer, path: path.len(), key: xpub.depth });
        }
        // a master key needs no origin: it is its own
        None if xpub.depth > 0 => findings.push(Finding::NoOrigin { signer }),
        _ => {}
    }
}
