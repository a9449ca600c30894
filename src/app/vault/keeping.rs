//! What an open wallet learns is kept in the vault that it came from, and comes along when it is
//! opened again: drills, children, states, its successor.

use super::{OpenVault, child};
use crate::app::backup::{Backup, Drill};
use crate::app::core::{Core, Session};
use crate::app::lifecycle::Life;
use crate::app::locking::LockAfter;
use crate::vault::contents::{
    self, Change, Date, KeyEntry, List, Minutes, Succession, Text, WalletEntry,
};
use crate::wallet::{KeyRing, Successor, Wallet};
use bitcoin::bip32::Fingerprint;

/// What an open wallet learnt that its key in the vault does not know yet.
pub(super) struct Learnt {
    drills: Vec<contents::Drill>,
    children: Vec<contents::Child>,
    changes: Vec<Change>,
}

impl Learnt {
    pub(super) fn since(session: &Session, key: &KeyEntry) -> Self {
        let drills = session.drills.iter().filter_map(kept);
        let children = session.children.iter().filter_map(child::kept);
        let room = room(&key.children);
        let mut changes = session.life.changes().iter().skip(key.changes().len()).peekable();
        let follows = changes.peek().is_some_and(|next| key.state().next().contains(&next.state));
        Self {
            drills: drills.filter(|drill| !key.drills().contains(drill)).collect(),
            children: children.filter(|child| !key.children.contains(child)).take(room).collect(),
            changes: if follows { changes.copied().collect() } else { vec![] },
        }
    }

    fn is_nothing(&self) -> bool {
        self.drills.is_empty() && self.children.is_empty() && self.changes.is_empty()
    }

    /// Tells the key. A change that the table of states does not have ends the list.
    pub(super) fn tell(self, key: &mut KeyEntry) {
        let _ =
            self.changes.iter().try_for_each(|change| key.transition(change.state, change.when));
        self.drills.into_iter().for_each(|drill| key.drilled(drill));
        let _ = self.children.into_iter().try_for_each(|child| key.give_out(child));
    }
}

impl Core {
    /// Keeps in the vault what the open wallet learnt since it was looked at last, and what the user
    /// chose.
    pub(in crate::app) fn keep_in_vault(&mut self) {
        self.keep_settings();
        let (Some(session), Some(key)) = (&self.session, self.sealed_key()) else { return };
        let learnt = Learnt::since(session, key);
        if !learnt.is_nothing() {
            self.change_key(|key| learnt.tell(key));
        }
        self.keep_successor();
    }

    /// What the user chose, as a vault keeps it: `before`, where it has no word for that.
    pub(in crate::app) fn vault_settings(&self, before: contents::Settings) -> contents::Settings {
        let minutes =
            self.settings.lock_after.minutes().and_then(|minutes| minutes.try_into().ok());
        let lock_after = minutes.and_then(Minutes::new).unwrap_or(before.lock_after);
        contents::Settings { lock_after }
    }

    fn keep_settings(&mut self) {
        let Some(before) = self.vault.as_ref().map(|vault| vault.contents().settings) else {
            return;
        };
        let chosen = self.vault_settings(before);
        if chosen != before {
            self.change_vault(|contents| contents.settings = chosen);
        }
    }

    /// Takes up what the open vault's owner chose.
    pub(super) fn take_up_settings(&mut self) {
        let Some(vault) = &self.vault else { return };
        let minutes = vault.contents().settings.lock_after.get();
        if let Some(lock_after) = LockAfter::of_minutes(Some(minutes.into())) {
            self.settings.lock_after = lock_after;
        }
    }

    /// Does the open vault hold all of the open key's life, and its successor?
    pub(in crate::app) fn life_is_kept(&self) -> bool {
        let (Some(session), Some(vault), Some(key)) =
            (&self.session, &self.vault, self.sealed_key())
        else {
            return false;
        };
        let known = |successor| vault.knows(successor, session.seed.fingerprint());
        key.state() == session.life.state() && session.successor.as_ref().is_none_or(known)
    }

    /// Keeps which wallet takes over from the open one, with its descriptors.
    fn keep_successor(&mut self) {
        let (Some(session), Some(vault)) = (&self.session, &self.vault) else { return };
        let Some(successor) = &session.successor else { return };
        let from = session.seed.fingerprint();
        if vault.knows(successor, from) {
            return;
        }
        let wallet = kept_name(successor);
        let Some(to) = successor.wallets().iter().flat_map(Wallet::keys).next() else { return };
        let (when, network) = (self.date(), self.settings.network);
        let succession = Succession { from, to: to.fingerprint(), wallet: wallet.clone(), when };
        let name = wallet;
        let entry = |wallet: &Wallet| {
            let (name, descriptor) = (name.clone(), Text::new(wallet.text()).ok()?);
            Some(WalletEntry { name, descriptor, labels: List::default(), network, when })
        };
        let entries: Option<Vec<_>> = successor.wallets().iter().map(entry).collect();
        let contents = vault.contents();
        let full =
            room(&contents.successions) == 0 || room(&contents.wallets) < successor.wallets().len();
        let Some(entries) = entries.filter(|_| !full) else { return };
        // There is room, which was looked at: nothing is refused.
        let _ = self.change_vault(|contents| {
            for entry in entries {
                let same = |there: &&mut WalletEntry| there.descriptor == entry.descriptor;
                match contents.wallets.iter_mut().find(same) {
                    Some(there) => there.name = entry.name,
                    None => contents.wallets.push(entry)?,
                }
            }
            contents.successions.push(succession)
        });
    }
}

impl OpenVault {
    /// Tells a wallet that was just opened what the vault knows of it.
    pub(super) fn remind(&self, session: &mut Session) {
        let Some(key) = self.key_of(&session.fingerprint) else { return };
        key.drills().iter().filter_map(known).for_each(|drill| session.record(drill));
        session.children = key.children.iter().filter_map(child::known).collect();
        if let Some(life) = Life::kept(key.changes()) {
            session.life = life;
        }
        if let Some(succession) = self.contents().successor(key.fingerprint) {
            session.successor = self.successor(succession, session);
        }
    }

    /// Is this the last successor that is kept for the key with this fingerprint?
    fn knows(&self, successor: &Successor, from: Fingerprint) -> bool {
        let kept = self.contents().successor(from);
        kept.is_some_and(|kept| kept.wallet == kept_name(successor))
    }

    fn successor(&self, succession: &Succession, session: &Session) -> Option<Successor> {
        let kept = &succession.wallet;
        let (_, name) = kept.as_str().split_once(' ')?;
        let named = self.contents().wallets.iter().filter(|wallet| wallet.name == *kept);
        let read = |wallet: &WalletEntry| {
            Wallet::parse(wallet.descriptor.as_str(), name, wallet.network).ok()
        };
        let successor =
            Successor::new(name, named.filter_map(read).collect(), &session.seed).ok()?;
        // Whatever else is called so, or was lost: only the wallet that was registered takes over.
        (kept_name(&successor) == *kept).then_some(successor)
    }
}

/// So many more fit.
fn room<T, const MOST: usize>(list: &List<T, MOST>) -> usize {
    MOST.saturating_sub(list.len())
}

/// What a successor's descriptors are called in a vault: nothing else is called the same.
fn kept_name(successor: &Successor) -> Text<64> {
    short(&format!("{} {}", successor.digest(), successor.name()))
}

/// As much of a name as a vault keeps.
fn short(name: &str) -> Text<64> {
    let end = (0..=name.len().min(64)).rev().find(|end| name.is_char_boundary(*end)).unwrap_or(0);
    Text::new(&name[..end]).unwrap_or_else(|_| Text::new("").expect("an empty text fits"))
}

/// A drill as the vault keeps it.
fn kept(drill: &Drill) -> Option<contents::Drill> {
    let backup = Text::new(drill.backup.name()).ok()?;
    Some(contents::Drill { backup, passed: true, when: Date(drill.at.unwrap_or(0)) })
}

/// A drill as the screens know it: one that was passed, of a backup that this program knows.
fn known(kept: &contents::Drill) -> Option<Drill> {
    let named = |backup: &Backup| backup.name() == kept.backup.as_str();
    let backup = Backup::ALL.into_iter().find(named)?;
    kept.passed.then_some(Drill { backup, at: (kept.when.0 > 0).then_some(kept.when.0) })
}
