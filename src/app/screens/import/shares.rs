//! Shares and parts: given one after the other, in any order.

use super::*;
use crate::app::screens::backup::{ShareEntry, ShareKind, Written, suffice};
use crate::keys::codex32::{self, Repair};
use crate::keys::{Language, Mnemonic, slip39};

/// The shares so far, and the one being typed.
pub(super) struct ShareList {
    kind: ShareKind,
    given: Vec<Written>,
    entry: ShareEntry,
    repair: Option<Offer>,
}

/// What a damaged codex32 text probably was.
pub(super) struct Offer(Repair);

impl Offer {
    pub(super) fn describe(&self, text: &mut Text) {
        let places: Vec<String> = self.0.places().iter().map(usize::to_string).collect();
        let (letters, places) = match &places[..] {
            [one] => ("Letter", one.clone()),
            [most @ .., last] => ("Letters", format!("{} and {last}", most.join(", "))),
            [] => ("Letters", String::new()),
        };
        text.toned(
            Tone::Warn,
            format!(
                "{letters} {places} cannot be right. By the checksum it was probably this text:"
            ),
        );
        backup_letters(text, &self.0.text());
        text.toned(Tone::Faint, LOOK);
    }
}

fn backup_letters(text: &mut Text, letters: &str) {
    text.append(crate::app::screens::backup::codex32_letters(letters, None));
}

impl ShareList {
    pub(super) fn of(kind: Kind) -> Self {
        let kind = match kind {
            Kind::Slip39 => ShareKind::Slip39,
            Kind::Codex32 => ShareKind::Codex32,
            _ => ShareKind::SeedXor,
        };
        let entry = ShareEntry::of(kind, Language::English);
        Self { kind, given: vec![], entry, repair: None }
    }

    pub(super) fn kind(&self) -> Kind {
        match self.kind {
            ShareKind::Slip39 => Kind::Slip39,
            ShareKind::Codex32 => Kind::Codex32,
            ShareKind::SeedXor => Kind::SeedXor,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.given.is_empty() && self.entry.is_empty()
    }

    /// Is a share being typed?
    pub(super) fn is_begun(&self) -> bool {
        !self.entry.is_empty()
    }

    /// Do they open a wallet?
    pub(super) fn suffice(&self) -> bool {
        suffice(&self.given)
    }

    pub(super) fn given(&self) -> &[Written] {
        &self.given
    }

    pub(super) fn entry(&mut self) -> &mut ShareEntry {
        self.repair = None;
        &mut self.entry
    }

    pub(super) fn typed_so_far(&self) -> &ShareEntry {
        &self.entry
    }

    pub(super) fn repair(&self) -> Option<&Offer> {
        self.repair.as_ref()
    }

    /// What was typed could not be read: perhaps it can be told what was meant.
    pub(super) fn look_for_repair(&mut self) {
        if let ShareEntry::Codex32(entry) = &self.entry {
            self.repair = entry.repair().map(Offer);
        }
    }

    /// The text that was offered is taken in place of the one that was typed.
    pub(super) fn take_repair(&mut self) -> Result<(), String> {
        let Some(Offer(repair)) = self.repair.take() else { return Ok(()) };
        match codex32::Text::parse(&repair.text()) {
            Ok(share) => self.take(Written::Codex32(share)),
            Err(error) => Err(error.to_string()),
        }
    }

    /// Takes back what is typed, else the last share.
    pub(super) fn take_back(&mut self) {
        self.repair = None;
        if self.is_begun() {
            self.entry = ShareEntry::of(self.kind, Language::English);
        } else {
            self.given.pop();
        }
    }

    /// Keeps a share that goes with those before. The reason why not is a sentence, and what was
    /// typed stays.
    pub(super) fn take(&mut self, share: Written) -> Result<(), String> {
        self.belongs(&share)?;
        self.given.push(share);
        self.entry = ShareEntry::of(self.kind, Language::English);
        Ok(())
    }

    /// Does the share go with those before, and is it needed? The reason why not is a sentence.
    fn belongs(&self, share: &Written) -> Result<(), String> {
        match self.kind {
            ShareKind::SeedXor => {}
            _ if self.suffice() => return Err(ENOUGH.into()),
            ShareKind::Slip39 => {
                if let Some(again) = share.slip39_again() {
                    return self.slip39().add(again).map_err(|error| error.to_string());
                }
            }
            ShareKind::Codex32 => {
                if let Some(again) = share.codex32_again() {
                    return self.codex32().add(again).map_err(|error| error.to_string());
                }
            }
        }
        match self.given.iter().find_map(|before| share.clash(before)) {
            Some(why) => Err(why.into()),
            None => Ok(()),
        }
    }

    /// The shares of SLIP-39, to be put together. Each was added in turn before, so each fits.
    pub(super) fn slip39(&self) -> slip39::Shares {
        let mut shares = slip39::Shares::new();
        for share in self.given.iter().filter_map(Written::slip39_again) {
            let _: Result<(), slip39::AddError> = shares.add(share);
        }
        shares
    }

    /// The texts of codex32, to be put together. Each was added in turn before, so each fits.
    pub(super) fn codex32(&self) -> codex32::Shares {
        let mut shares = codex32::Shares::new();
        for share in self.given.iter().filter_map(Written::codex32_again) {
            let _: Result<(), codex32::AddError> = shares.add(share);
        }
        shares
    }

    /// A code that the camera read.
    pub(super) fn scanned(&mut self, content: &[u8]) -> Result<(), String> {
        let text = || std::str::from_utf8(content).ok().map(str::trim);
        let share = match self.kind {
            ShareKind::SeedXor => {
                let words = || Mnemonic::parse(text()?).ok();
                let part = match Mnemonic::from_qr(content) {
                    Some(read) => read.map_err(|_| DAMAGED)?,
                    None => words().ok_or(NOT_A_SEED)?,
                };
                Written::Xor(part)
            }
            ShareKind::Codex32 => {
                let text = text().filter(|text| starts_like(text, "ms1")).ok_or(NOT_CODEX32)?;
                Written::Codex32(codex32::Text::parse(text).map_err(|error| error.to_string())?)
            }
            ShareKind::Slip39 => {
                let text = text().filter(|text| text.contains(' ')).ok_or(NOT_SLIP39)?;
                Written::Slip39(slip39::Share::parse(text).map_err(|error| error.to_string())?)
            }
        };
        let begun =
            std::mem::replace(&mut self.entry, ShareEntry::of(self.kind, Language::English));
        let taken = self.take(share);
        self.entry = begun; // what is half typed is another share
        taken
    }

    /// Which ones were given, and what is missing.
    pub(super) fn describe(&self, text: &mut Text) {
        if self.given.is_empty() {
            text.toned(Tone::Strong, "None is given yet.");
            return;
        }
        for (place, share) in self.given.iter().enumerate() {
            let name = share.name().unwrap_or_else(|| format!("part {}", place + 1));
            text.line(
                Line::toned(Tone::Proven, format!("    {name}")).and(Tone::Plain, "  is given"),
            );
        }
        if self.kind == ShareKind::Slip39 {
            groups(text, &self.slip39());
        }
        if let Some(first) = self.given.first() {
            match (first.needed(), self.suffice()) {
                (_, true) if self.kind == ShareKind::SeedXor => {
                    text.plain("Are these all? Then open the wallet, and compare its fingerprint.");
                }
                (_, true) => {
                    text.toned(Tone::Proven, "These are enough.");
                }
                (Some(_), false) if self.kind == ShareKind::Slip39 => {} // the groups said so
                (Some(needed), false) => {
                    text.plain(format!("Needed: {needed}."));
                }
                (None, false) => {
                    text.plain("One part alone opens nothing of yours.");
                }
            }
        }
    }
}

/// How far each group is, and how many of them are needed.
fn groups(text: &mut Text, shares: &slip39::Shares) {
    let Some(set) = shares.set() else { return };
    for group in shares.groups().into_iter().filter(|group| group.given > 0) {
        let tone = if group.is_complete() { Tone::Proven } else { Tone::Plain };
        let needed = group.needed.map(|needed| format!(" of {needed}")).unwrap_or_default();
        let of = if set.group_count() > 1 {
            format!(" of group {}", group.number)
        } else {
            String::new()
        };
        text.line(Line::toned(tone, format!("    {}{needed} shares{of}", group.given)));
    }
    if set.group_count() > 1 {
        let (needed, count) = (set.group_threshold(), set.group_count());
        text.plain(format!("{needed} of the {count} groups are needed."));
    }
}

/// Does a text begin so, in small letters or capitals?
pub(super) fn starts_like(text: &str, beginning: &str) -> bool {
    text.get(..beginning.len()).is_some_and(|head| head.eq_ignore_ascii_case(beginning))
}

const LOOK: &str =
    "Look at your copy: if these letters stand there, take it so. If not, correct what you typed.";
const ENOUGH: &str = "Enough are given already. Open the wallet with Enter.";
const NOT_A_SEED: &str =
    "This code is no SeedQR and no CompactSeedQR, so it is no part of Seed XOR.";
const DAMAGED: &str = "The code is read, but its words do not fit together (wrong checksum).";
const NOT_CODEX32: &str = "This code is no codex32 text: that begins with MS1.";
const NOT_SLIP39: &str = "This code holds no words of a share (SLIP-39).";
