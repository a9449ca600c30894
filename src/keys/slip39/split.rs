//! A secret into shares (SLIP-0039, Generating the shares).

use super::cipher::Cipher;
use super::collect::is_allowed;
use super::share::{Set, Share};
use crate::keys::{Generator, Passphrase, RandomError, shamir};
use zeroize::Zeroizing;

/// 20,000 iterations of PBKDF2, as the wallets that write SLIP-0039 choose; the passphrase is not
/// what protects the shares.
const EXPONENT: u8 = 1;

/// One group of shares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GroupSpec {
    /// Shares of it that are needed, 1 to `count`.
    pub threshold: u8,
    /// Shares that are made, 1 to 16; 1 where one is enough (its copies serve as well).
    pub count: u8,
}

/// Why no shares were made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SplitError {
    /// Not 1 <= groups that are needed <= groups <= 16.
    Groups,
    /// In this group (from 1) it is not 1 <= threshold <= count <= 16.
    Group(u8),
    /// One share of this group (from 1) is enough, but more would be made: all would be the same.
    OneOfMany(u8),
    /// The secret has not 16 to 64 bytes, or an odd number.
    Length(usize),
    /// The passphrase has a letter that SLIP-0039 does not allow.
    Passphrase,
    /// There are no random bytes.
    Random(RandomError),
    /// The shares, put together again, did not give the secret: this machine computes wrongly.
    Unverified,
}

impl std::fmt::Display for SplitError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Groups => f.write_str(
                "There can be 1 to 16 groups, and no more can be needed than there are. Choose \
                 other numbers.",
            ),
            Self::Group(group) => write!(
                f,
                "Group {group} can have 1 to 16 shares, and no more can be needed than there are. \
                 Choose other numbers."
            ),
            Self::OneOfMany(group) => write!(
                f,
                "In group {group} one share is enough, so all of them would be the same. Make one, \
                 and copy it."
            ),
            Self::Length(bytes) => write!(
                f,
                "A secret of {bytes} bytes has no shares: an even number from 16 to 64 is needed."
            ),
            Self::Passphrase => f.write_str(
                "The passphrase of shares has only letters, digits and signs of the English \
                 keyboard. Change it.",
            ),
            Self::Random(error) => error.fmt(f),
            Self::Unverified => f.write_str(
                "The shares were made, but put together again they did not give the secret. None \
                 is shown. Do not make keys on this machine.",
            ),
        }
    }
}

impl std::error::Error for SplitError {}

/// Splits a master seed (BIP32, 16 to 64 bytes, an even number) into groups of shares, of which
/// `group_threshold` complete ones give it back with the passphrase (which may be empty). `extendable`
/// should be true for new shares: further sets for the same secret can be made then.
///
/// The shares are put together again, each at least once, before they are handed out.
pub fn split(
    secret: &[u8],
    passphrase: &Passphrase,
    group_threshold: u8,
    groups: &[GroupSpec],
    extendable: bool,
    random: &mut Generator,
) -> Result<Vec<Vec<Share>>, SplitError> {
    check(secret, passphrase, group_threshold, groups)?;
    let mut number = [0; 2];
    random.fill(&mut number).map_err(SplitError::Random)?;
    let set = Set {
        // 15 bits
        identifier: u16::from_be_bytes(number) >> 1,
        extendable,
        exponent: EXPONENT,
        group_threshold,
        group_count: groups.len() as u8,
        length: secret.len(),
    };
    let encrypted = complete(Cipher::encrypt(secret, passphrase.text(), &set));
    let group_shares =
        shamir::split(group_threshold, set.group_count, &encrypted, random).map_err(error)?;
    let mut made = Vec::with_capacity(groups.len());
    for (group, spec) in group_shares.iter().zip(groups) {
        let members = shamir::split(spec.threshold, spec.count, &group.value, random)
            .map_err(error)?
            .into_iter()
            .map(|member| Share {
                set,
                group: group.index,
                member: member.index,
                member_threshold: spec.threshold,
                value: member.value,
            });
        made.push(members.collect());
    }
    if is_whole(&made, group_threshold, secret, passphrase) {
        Ok(made)
    } else {
        Err(SplitError::Unverified)
    }
}

fn check(
    secret: &[u8],
    passphrase: &Passphrase,
    group_threshold: u8,
    groups: &[GroupSpec],
) -> Result<(), SplitError> {
    if !(16..=64).contains(&secret.len()) || !secret.len().is_multiple_of(2) {
        return Err(SplitError::Length(secret.len()));
    }
    let most = usize::from(shamir::MOST);
    if group_threshold == 0 || groups.len() > most || usize::from(group_threshold) > groups.len() {
        return Err(SplitError::Groups);
    }
    for (number, group) in (1..).zip(groups) {
        if group.threshold == 0 || group.threshold > group.count || group.count > shamir::MOST {
            return Err(SplitError::Group(number));
        }
        if group.threshold == 1 && group.count > 1 {
            return Err(SplitError::OneOfMany(number));
        }
    }
    if is_allowed(passphrase) { Ok(()) } else { Err(SplitError::Passphrase) }
}

fn error(error: shamir::SplitError) -> SplitError {
    match error {
        shamir::SplitError::Counts => SplitError::Groups,
        shamir::SplitError::Length(bytes) => SplitError::Length(bytes),
        shamir::SplitError::Random(error) => SplitError::Random(error),
    }
}

fn complete(mut cipher: Cipher) -> Zeroizing<Vec<u8>> {
    loop {
        if let Some(result) = cipher.advance(u32::MAX) {
            return result;
        }
    }
}

/// Do the shares give the secret? Read back from their words; every member stands in for its group
/// once at least, and every group for the secret.
fn is_whole(made: &[Vec<Share>], needed: u8, secret: &[u8], passphrase: &Passphrase) -> bool {
    let mut groups = Vec::with_capacity(made.len());
    for (index, members) in (0..).zip(made) {
        let read: Option<Vec<Share>> =
            members.iter().map(|share| Share::from_indices(&share.indices()).ok()).collect();
        let Some(read) = read else { return false };
        let Some(first) = read.first() else { return false };
        let threshold = first.member_threshold;
        let points: Vec<shamir::Share> = read.iter().map(Share::point).collect();
        let Some(value) = agreed(&points, threshold) else { return false };
        groups.push(shamir::Share { index, value });
    }
    let Some(encrypted) = agreed(&groups, needed) else { return false };
    let Some(set) = made.first().and_then(|group| group.first()).map(Share::set) else {
        return false;
    };
    *complete(Cipher::decrypt(&encrypted, passphrase.text(), set)) == *secret
}

/// The secret that each run of `threshold` neighbours gives; None where two differ.
fn agreed(shares: &[shamir::Share], threshold: u8) -> Option<Zeroizing<Vec<u8>>> {
    let mut runs = shares.windows(usize::from(threshold).max(1));
    let secret = shamir::combine(threshold, runs.next()?).ok()?;
    runs.all(|run| shamir::combine(threshold, run).is_ok_and(|other| *other == *secret))
        .then_some(secret)
}
