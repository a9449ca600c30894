//! Making a vault's file.

use super::file::Other;
use super::head::Head;
use super::layout::{self, FILE, SLOT};
use super::secret::Key;
use super::{Contents, Cost, Generation, Identity, Locks, Opened, Terms, Vault, VaultError, area};
use crate::keys::Generator;

/// A vault that is about to be made: its salt stands, so that passphrases can be turned into keys.
pub struct Blank {
    terms: Terms,
    identity: Identity,
}

/// One vault of a file: what opens it, and what is in it.
pub struct Draft<'a> {
    /// What opens it.
    pub locks: &'a Locks,
    /// What is in it.
    pub contents: &'a Contents,
}

/// A file that was made.
pub struct Created {
    /// All of it, [`layout::FILE`] bytes.
    pub file: Vec<u8>,
    /// The first vault in it, open.
    pub opened: Opened,
}

impl Blank {
    /// With a fresh salt and identity.
    pub fn new(cost: Cost, random: &mut Generator) -> Result<Self, VaultError> {
        let (mut salt, mut identity) = ([0; 32], [0; 16]);
        random.fill(&mut salt)?;
        random.fill(&mut identity)?;
        Ok(Self { terms: Terms { cost, salt }, identity: Identity(identity) })
    }

    /// What passphrases are to be turned into keys with.
    pub fn terms(&self) -> Terms {
        self.terms
    }

    /// Makes the file: `first` in an area that a random coin chooses; in the other one `second`, a
    /// vault of its own (the duress vault), or random bytes. Both slots are the same.
    pub fn create(
        &self,
        first: &Draft<'_>,
        second: Option<&Draft<'_>>,
        random: &mut Generator,
    ) -> Result<Created, VaultError> {
        first.locks.fit(&self.terms, 0)?;
        if let Some(second) = second {
            second.locks.fit(&self.terms, 0)?;
            if first.locks.meet(second.locks) {
                return Err(VaultError::SamePassphrase);
            }
        }
        let (mut coin, mut start) = ([0], [0; 2]);
        random.fill(&mut coin)?;
        random.fill(&mut start)?;
        let chosen = usize::from(coin[0] & 1);
        // From a random number on: the count of writes does not tell how few of them the vault that
        // opens has seen.
        let generation = Generation(1 + u64::from(u16::from_le_bytes(start)));
        let seal_key = Key::random(random)?;

        let mut slot = vec![0; SLOT];
        let head = Head::write(self.terms, self.identity, generation, &mut slot, &seal_key);
        let place = (&head, 1 - chosen);
        let other = &mut slot[layout::area(1 - chosen)];
        match second {
            Some(draft) => drop(draft.seal(other, place, &seal_key, random)?),
            None => area::fill(other, random)?,
        }
        let place = (&head, chosen);
        let (key, ways) = first.seal(&mut slot[layout::area(chosen)], place, &seal_key, random)?;
        let head = Head::write(self.terms, self.identity, generation, &mut slot, &seal_key);

        let mut file = Vec::with_capacity(FILE);
        file.extend_from_slice(&slot);
        file.extend_from_slice(&slot);
        let vault = Vault { slot, number: 0, head, other: Other::Same };
        Ok(Created { file, opened: Opened { vault, area: chosen, key, seal_key, ways } })
    }
}

impl Draft<'_> {
    /// Writes a whole area: random bytes, key entries over them, contents under a fresh data key.
    pub(super) fn seal(
        &self,
        area: &mut [u8],
        place: (&Head, usize),
        seal_key: &Key,
        random: &mut Generator,
    ) -> Result<(Key, Vec<super::Way>), VaultError> {
        let key = Key::random(random)?;
        area::fill(area, random)?;
        let ways = self.locks.seal(&key, area, place, &[], random)?;
        area::seal(area, place, &key, (seal_key, &ways, self.contents), random)?;
        Ok((key, ways))
    }
}
