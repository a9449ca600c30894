//! Shares that are being collected until they give the secret.

use super::cipher::Cipher;
use super::share::{Set, Share};
use crate::keys::{Passphrase, shamir};
use zeroize::Zeroizing;

/// Why a share was not taken. What was collected before stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddError {
    /// It belongs to another set: the identifiers, which its first two words hold, differ.
    OtherSet {
        /// The identifier of the shares before.
        before: u16,
        /// The identifier of this one.
        this: u16,
    },
    /// Same identifier, but another length, number of groups or the like: shares of two sets whose
    /// random identifiers happen to agree, or a false share.
    OtherParameters,
    /// Another share of its group (from 1) says that another number of shares is needed.
    OtherThreshold(u8),
    /// It was given before: group and member, from 1.
    Repeated(u8, u8),
    /// Another share was given for this group and member (from 1): one of the two is false.
    Conflict(u8, u8),
    /// Its group (from 1) is complete without it.
    Complete(u8),
}

impl std::fmt::Display for AddError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::OtherSet { before, this } => write!(
                f,
                "This share belongs to another set (number {this}) than those before (number \
                 {before}): their first two words differ. Give one of the same set."
            ),
            Self::OtherParameters => f.write_str(
                "This share has the number of the set, but was made for other groups or another \
                 secret. Give one of the same set.",
            ),
            Self::OtherThreshold(group) => write!(
                f,
                "This share of group {group} asks for another number of shares than those before. \
                 One of them is false."
            ),
            Self::Repeated(group, member) => {
                write!(f, "Share {member} of group {group} was given before. Give another one.")
            }
            Self::Conflict(group, member) => write!(
                f,
                "Another share {member} of group {group} was given before. One of the two is false."
            ),
            Self::Complete(group) => write!(
                f,
                "Group {group} is complete. This share is right, but not needed; give one of \
                 another group."
            ),
        }
    }
}

impl std::error::Error for AddError {}

/// Why shares give no secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnlockError {
    /// Groups are missing.
    Missing {
        /// Groups that are needed.
        needed: u8,
        /// Groups that are complete.
        complete: u8,
    },
    /// The passphrase has a letter that SLIP-0039 does not allow: only the 95 printable ones of
    /// ASCII are.
    Passphrase,
    /// The shares of this group (from 1) do not fit together: one is false.
    Group(u8),
    /// The groups do not fit together: in one of them a share is false.
    Groups,
}

impl std::fmt::Display for UnlockError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Missing { needed, complete } => write!(
                f,
                "{needed} complete groups are needed, {complete} are there. Give more shares."
            ),
            Self::Passphrase => f.write_str(
                "The passphrase of shares has only letters, digits and signs of the English \
                 keyboard. Change it.",
            ),
            Self::Group(group) => write!(
                f,
                "The shares of group {group} do not fit together: one of them is false or belongs \
                 to another secret. Start again with others of that group."
            ),
            Self::Groups => f.write_str(
                "The groups do not fit together: a share is false or belongs to another secret. \
                 Start again with other shares.",
            ),
        }
    }
}

impl std::error::Error for UnlockError {}

/// How far a group is. Nothing in it is secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Group {
    /// Its number, from 1.
    pub number: u8,
    /// Shares of it that were given.
    pub given: u8,
    /// Shares of it that are needed; not known before one was given.
    pub needed: Option<u8>,
}

impl Group {
    /// Is nothing of it missing?
    pub fn is_complete(&self) -> bool {
        self.needed == Some(self.given)
    }
}

/// Shares of one set, one after the other. Wiped when dropped.
#[derive(Default)]
pub struct Shares {
    shares: Vec<Share>,
}

impl Shares {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes one more share, if it belongs to those before and is needed.
    pub fn add(&mut self, share: Share) -> Result<(), AddError> {
        if let Some(set) = self.set() {
            let (before, this) = (set.identifier, share.set.identifier);
            if before != this {
                return Err(AddError::OtherSet { before, this });
            }
            if *set != share.set {
                return Err(AddError::OtherParameters);
            }
        }
        if share.group >= share.set.group_count {
            return Err(AddError::OtherParameters);
        }
        if let Some(same) = self.members(share.group).find(|other| other.member == share.member) {
            let (group, member) = (share.group(), share.member());
            return Err(if *same.value == *share.value {
                AddError::Repeated(group, member)
            } else {
                AddError::Conflict(group, member)
            });
        }
        if self.members(share.group).any(|other| other.member_threshold != share.member_threshold) {
            return Err(AddError::OtherThreshold(share.group()));
        }
        if self.members(share.group).count() >= usize::from(share.member_threshold) {
            return Err(AddError::Complete(share.group()));
        }
        self.shares.push(share);
        Ok(())
    }

    /// What the shares have in common; None before the first.
    pub fn set(&self) -> Option<&Set> {
        self.shares.first().map(Share::set)
    }

    /// How many were taken.
    pub fn len(&self) -> usize {
        self.shares.len()
    }

    /// None yet?
    pub fn is_empty(&self) -> bool {
        self.shares.is_empty()
    }

    /// All groups of the set, in order; none before the first share.
    pub fn groups(&self) -> Vec<Group> {
        let count = self.set().map_or(0, Set::group_count);
        (0..count)
            .map(|group| Group {
                number: group + 1,
                given: self.members(group).count() as u8,
                needed: self.members(group).next().map(Share::member_threshold),
            })
            .collect()
    }

    /// Are enough groups complete?
    pub fn is_complete(&self) -> bool {
        let complete = self.groups().iter().filter(|group| group.is_complete()).count();
        self.set().is_some_and(|set| complete >= usize::from(set.group_threshold))
    }

    /// Combines the shares and begins to decrypt the secret with the passphrase. Any passphrase
    /// gives a secret: whether it is the right one, only the wallet's fingerprint can show.
    pub fn unlock(&self, passphrase: &Passphrase) -> Result<Unlock, UnlockError> {
        let complete: Vec<Group> = self.groups().into_iter().filter(Group::is_complete).collect();
        let (set, needed) = match self.set() {
            Some(set) if complete.len() >= usize::from(set.group_threshold) => {
                (set, set.group_threshold)
            }
            set => {
                let needed = set.map_or(1, Set::group_threshold);
                return Err(UnlockError::Missing { needed, complete: complete.len() as u8 });
            }
        };
        if !is_allowed(passphrase) {
            return Err(UnlockError::Passphrase);
        }
        let mut groups = Vec::with_capacity(usize::from(needed));
        for group in &complete[..usize::from(needed)] {
            let index = group.number - 1;
            let members: Vec<shamir::Share> = self.members(index).map(Share::point).collect();
            let value = shamir::combine(group.given, &members)
                .map_err(|_| UnlockError::Group(group.number))?;
            groups.push(shamir::Share { index, value });
        }
        let encrypted = shamir::combine(needed, &groups).map_err(|_| UnlockError::Groups)?;
        Ok(Unlock {
            cipher: Cipher::decrypt(&encrypted, passphrase.text(), set),
            total: set.iterations(),
        })
    }

    fn members(&self, group: u8) -> impl Iterator<Item = &Share> {
        self.shares.iter().filter(move |share| share.group == group)
    }
}

/// SLIP-0039, Passphrase: code points 32 to 126.
pub(super) fn is_allowed(passphrase: &Passphrase) -> bool {
    passphrase.text().bytes().all(|byte| (32..=126).contains(&byte))
}

/// A secret that is being decrypted with its passphrase, which takes from a hundredth of a second to
/// minutes, as the shares demand. Wiped when dropped.
pub struct Unlock {
    cipher: Cipher,
    total: u32,
}

impl Unlock {
    /// Does at most about `iterations` of PBKDF2's (measured: eight million a second
    /// with the processor's SHA instructions; without them it is slower).
    /// Gives the secret, 16 to 64 bytes, once all are done: a master seed in the sense of BIP32.
    pub fn advance(&mut self, iterations: u32) -> Option<Zeroizing<Vec<u8>>> {
        self.cipher.advance(iterations)
    }

    /// Iterations that are done.
    pub fn done(&self) -> u32 {
        self.cipher.done()
    }

    /// Iterations in all.
    pub fn total(&self) -> u32 {
        self.total
    }
}
