//! A vault's file as it was read: which of its two copies is in force, and what is wrong with it.
//! Every byte is looked at before any passphrase is asked for.

use super::head::{Head, HeadFault, digest};
use super::layout::{self, AREAS, FILE, HEAD, SLOT};
use super::peek::neither;
use super::{Generation, Part, Peek, Step, Terms, VaultError};

/// A vault's file, shut: the copy in force, checked against its digests.
#[derive(Clone)]
pub struct Vault {
    pub(super) slot: Vec<u8>,
    pub(super) number: usize,
    pub(super) head: Head,
    pub(super) other: Other,
}

/// What stands in the slot that is not in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Other {
    /// The same, to the byte.
    Same,
    /// What was before the last write: its second half is missing.
    Older,
    /// Nothing whole, or nothing of this vault any more; at most this generation.
    Damaged(Generation),
}

/// Why a file was not taken, and what of it is whole all the same.
pub struct Refused {
    error: VaultError,
    whole: Option<Box<Vault>>,
}

/// What is wrong in one slot.
struct Fault {
    part: Part,
    head: Result<Head, HeadFault>,
}

impl Vault {
    /// Reads a whole file. Costs about two milliseconds and a copy of half of it; no passphrase is
    /// needed to find damage in any byte.
    pub fn read(file: &[u8]) -> Result<Self, Refused> {
        if file.len() != FILE {
            return Err(VaultError::Size(file.len()).into());
        }
        let take = |number: usize, head, other| Self {
            slot: file[layout::slot(number)].to_vec(),
            number,
            head,
            other,
        };
        match [0, 1].map(|number| examine(&file[layout::slot(number)])) {
            [Ok(a), Ok(b)] => {
                let newest = usize::from(b.generation > a.generation);
                let other = stand_together(&a, &b)?;
                Ok(take(newest, if newest == 0 { a } else { b }, other))
            }
            [Ok(head), Err(fault)] => {
                Err(fault.beside(1, &head, |other| take(0, head.clone(), other)))
            }
            [Err(fault), Ok(head)] => {
                Err(fault.beside(0, &head, |other| take(1, head.clone(), other)))
            }
            [Err(a), Err(b)] => Err(a.and(&b).into()),
        }
    }

    /// What a passphrase is turned into a key with.
    pub fn terms(&self) -> Terms {
        self.head.terms
    }

    /// Which vault, and how old.
    pub fn peek(&self) -> Peek {
        Peek::of(&self.head)
    }

    /// What brings the file's other copy to the one in force, where it is not the same: the last
    /// write was cut in its middle, or the other copy is damaged. Needs no passphrase.
    pub fn mirror(&self) -> Option<Step> {
        (self.other != Other::Same).then(|| Step::new(self, 1 - self.number, self.slot.clone()))
    }

    /// The other copy was written by [`Self::mirror`].
    pub fn mirrored(&mut self) {
        self.other = Other::Same;
    }

    /// The generation of the next write: above all that stand in the file.
    pub(super) fn next(&self) -> Result<Generation, VaultError> {
        let highest = match self.other {
            Other::Damaged(claimed) => claimed.max(self.head.generation),
            Other::Same | Other::Older => self.head.generation,
        };
        highest.0.checked_add(1).map(Generation).ok_or(VaultError::NoGeneration)
    }
}

impl Refused {
    /// Why.
    pub fn error(&self) -> VaultError {
        self.error
    }

    /// The copy that is whole, where there is one. It may be older than what was written last: to
    /// be asked for only when the user has read why and wants it.
    pub fn take_what_is_whole(self) -> Option<Vault> {
        self.whole.map(|whole| *whole)
    }
}

impl From<VaultError> for Refused {
    fn from(error: VaultError) -> Self {
        Self { error, whole: None }
    }
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.error.fmt(f)
    }
}

/// Reads one slot and holds its areas against the head's digests.
fn examine(slot: &[u8]) -> Result<Head, Box<Fault>> {
    debug_assert_eq!(slot.len(), SLOT);
    let head = Head::read(&slot[..HEAD]);
    let Ok(whole) = &head else { return Err(Box::new(Fault { part: Part::Head, head })) };
    let sound = |number: &usize| digest(&[&slot[layout::area(*number)]]) == whole.areas[*number];
    match (0..AREAS).find(|number| !sound(number)) {
        Some(number) => Err(Box::new(Fault { part: Part::Area(number), head })),
        None => head.map_err(|fault| Box::new(Fault { part: Part::Head, head: Err(fault) })),
    }
}

/// Two whole slots: the same, or before and after one write, which changes one area.
fn stand_together(a: &Head, b: &Head) -> Result<Other, VaultError> {
    let changed = (0..AREAS).filter(|number| a.areas[*number] != b.areas[*number]).count();
    match (a.same_file(b), a == b, a.generation == b.generation, changed) {
        (true, true, ..) => Ok(Other::Same),
        (true, false, false, 1) => Ok(Other::Older),
        _ => Err(VaultError::Mixed),
    }
}

impl Fault {
    /// The other slot is whole.
    fn beside(self, slot: usize, whole: &Head, take: impl FnOnce(Other) -> Vault) -> Refused {
        let lost = match &self.head {
            Ok(head) if !head.same_file(whole) => return VaultError::Mixed.into(),
            Ok(head) => Some(head.generation),
            Err(HeadFault::Newer(format)) => return VaultError::Newer(*format).into(),
            Err(_) => None,
        };
        let error = match self.head {
            Err(HeadFault::Cost(error)) => error,
            _ => VaultError::Damaged {
                slot,
                part: self.part,
                lost: lost.map(|generation| generation.0),
                whole: whole.generation.0,
            },
        };
        let other = Other::Damaged(lost.unwrap_or(whole.generation));
        Refused { error, whole: Some(Box::new(take(other))) }
    }

    /// Neither slot is whole.
    fn and(self, other: &Self) -> VaultError {
        match (self.head, &other.head) {
            (Err(a), Err(b)) => neither(a, *b),
            _ => VaultError::NothingWhole,
        }
    }
}
