//! The errands, in the order in which the signer's screens ask for them.

use super::super::Media;
use crate::app::storage::{MediumId, Patch, Plugged, VaultErrand, VaultId, VaultNews};
use crate::app::{Event, News};
use crate::device::random::KernelRandom;
use crate::keys::Generator;
use crate::vault::contents::{Record, Text};
use crate::vault::{
    Blank, Contents, Cost, Draft, Locks, Offer, Opened, Opening, Piece, Step, Terms, Unlock, Vault,
};
use std::fmt::Display;
use std::io;
use std::sync::mpsc::{Receiver, sync_channel};

/// What opens the vaults.
const PASSPHRASE: &str = "until the power goes";
/// Writes of each vault after it was made.
const WRITES: u32 = 6;

/// What the vaults are kept with.
pub(super) struct Work {
    media: Media,
    news: Receiver<Event>,
    random: Generator,
}

/// A vault that was opened: which write made what is in it.
struct Found {
    opened: Opened,
    number: u32,
    /// `sound`, or `damaged` where only one of its copies is whole.
    how: &'static str,
}

impl Work {
    pub fn new() -> io::Result<Self> {
        let (events, news) = sync_channel(16);
        let media = Media::start(events, Generator::new(KernelRandom))?;
        Ok(Self { media, news, random: Generator::new(KernelRandom) })
    }

    /// A vault on the stick, from its making to its last write. `tell` is told of each step before
    /// it is taken, and once it was acknowledged.
    pub fn keep(&mut self, tell: &dyn Fn(&str) -> Result<(), String>) -> Result<(), String> {
        let on = self.medium(&self.look()?)?;
        let (vault, mut opened) = self.make(on, tell)?;
        (1..=WRITES).try_for_each(|number| self.put(vault, &mut opened, number, tell))
    }

    /// Opens what a cut of power left, makes it whole, and writes it; where it left no vault, one is
    /// made. Says what was found, and what was there at the end, or why it was not written. A stick
    /// that cannot be looked at has nothing on it that is found.
    pub fn go_on(&mut self) -> Result<String, String> {
        let silent = |_: &str| Ok(());
        let plugged = match self.look() {
            Ok(plugged) => plugged,
            Err(sentence) => return Ok(format!("none, then {}", ended(Err(sentence)))),
        };
        let [vault] = &plugged.vaults[..] else {
            if !plugged.vaults.is_empty() {
                return Err(format!("{} vaults", plugged.vaults.len()));
            }
            let on = self.medium(&plugged)?;
            let made = self.make(on, &silent).and_then(|(vault, _)| self.open(vault));
            return Ok(format!("none, then {}", ended(made)));
        };
        let Found { mut opened, number, how } = self.open(vault.id)?;
        let mut write = || {
            if let Some(step) = opened.mirror() {
                self.write(vault.id, &step)?;
                opened.mirrored();
            }
            self.put(vault.id, &mut opened, number + 1, &silent)?;
            self.open(vault.id)
        };
        Ok(format!("{how} {number}, then {}", ended(write())))
    }

    fn make(
        &mut self,
        on: MediumId,
        tell: &dyn Fn(&str) -> Result<(), String>,
    ) -> Result<(VaultId, Opened), String> {
        let least = Cost::new(Cost::MEMORY_LEAST, 1, 1).map_err(said)?;
        let blank = Blank::new(least, &mut self.random).map_err(said)?;
        let mut locks = Locks::new();
        let holder = Text::new("Alice").map_err(|_| "a name")?;
        locks.passphrase(holder, key(&blank.terms())?).map_err(said)?;
        let first = Draft { locks: &locks, contents: &contents(0)? };
        let made = blank.create(&first, None, &mut self.random).map_err(said)?;
        tell("create 0")?;
        match self.ask(VaultErrand::Create { on, bytes: made.file })? {
            VaultNews::Created(entry) => {
                let vault = entry?.id;
                tell("created 0")?;
                Ok((vault, made.opened))
            }
            _ => Err("not the answer to Create".into()),
        }
    }

    fn put(
        &mut self,
        vault: VaultId,
        opened: &mut Opened,
        number: u32,
        tell: &dyn Fn(&str) -> Result<(), String>,
    ) -> Result<(), String> {
        let write = opened.seal(&contents(number)?, &mut self.random).map_err(said)?;
        tell(&format!("write {number}"))?;
        self.write(vault, write.step())?;
        opened.settle(write);
        tell(&format!("written {number}"))?;
        let step = opened.mirror().ok_or("nothing to mirror")?;
        tell(&format!("mirror {number}"))?;
        self.write(vault, &step)?;
        opened.mirrored();
        tell(&format!("mirrored {number}"))
    }

    fn open(&self, vault: VaultId) -> Result<Found, String> {
        let bytes = match self.ask(VaultErrand::Read(vault))? {
            VaultNews::Read(_, bytes) => bytes?,
            _ => return Err("not the answer to Read".into()),
        };
        let (vault, how) = match Vault::read(&bytes) {
            Ok(vault) => (vault, "sound"),
            Err(refused) => {
                let why = refused.to_string();
                (refused.take_what_is_whole().ok_or(why)?, "damaged")
            }
        };
        let unlock = key(&vault.terms())?;
        match Opening::new(vault).offer(&unlock).map_err(said)? {
            Offer::Opened(opened, contents) => {
                let number = number(&contents).ok_or("contents of something else")?;
                Ok(Found { opened: *opened, number, how })
            }
            Offer::Share { .. } => Err("custodians".into()),
        }
    }

    fn look(&self) -> Result<Plugged, String> {
        match self.ask(VaultErrand::Look)? {
            VaultNews::Found(found) => found,
            _ => Err("not the answer to Look".into()),
        }
    }

    /// The one stick that has a file system.
    fn medium(&self, plugged: &Plugged) -> Result<MediumId, String> {
        plugged.media.first().map(|medium| medium.id).ok_or_else(|| "no stick".into())
    }

    fn write(&self, vault: VaultId, step: &Step) -> Result<(), String> {
        let patch = |piece: &Piece| Patch { offset: piece.offset, bytes: piece.bytes.clone() };
        let (patch, guard) = (patch(&step.patch), patch(&step.guard));
        match self.ask(VaultErrand::Write { vault, patch, guard })? {
            VaultNews::Written(_, done) => done,
            _ => Err("not the answer to Write".into()),
        }
    }

    /// Has an errand done, and waits for its end.
    fn ask(&self, errand: VaultErrand) -> Result<VaultNews, String> {
        self.media.keep(errand);
        match self.news.recv().map_err(said)? {
            Event::Machine(News::Vault(news)) => Ok(news),
            _ => Err("news of something else".into()),
        }
    }
}

fn ended(end: Result<Found, String>) -> String {
    match end {
        Ok(found) => format!("{} {}", found.how, found.number),
        Err(sentence) => format!("not written: {sentence}"),
    }
}

fn said(error: impl Display) -> String {
    error.to_string()
}

fn key(terms: &Terms) -> Result<Unlock, String> {
    Unlock::derive(terms, PASSPHRASE, None).map_err(said)
}

/// The number of the write that made them.
fn contents(number: u32) -> Result<Contents, String> {
    let name = Text::new("write").map_err(|_| "a name")?;
    let record = Record::new(name, number.to_string().into_bytes()).map_err(|_| "a record")?;
    let mut contents = Contents::default();
    contents.records.push(record).map_err(|_| "no room")?;
    Ok(contents)
}

fn number(contents: &Contents) -> Option<u32> {
    let [record] = &contents.records[..] else { return None };
    std::str::from_utf8(record.bytes()).ok()?.parse().ok()
}
