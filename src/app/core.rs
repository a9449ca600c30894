//! What all screens share: settings, the open wallet, what was scanned, the window.

use super::appliance::{Appliance, LIMITS};
use super::backup::{Backup, Child, Drill};
use super::event::{AddressSearch, Command};
use super::lifecycle::Life;
use super::locking::{LastKey, LockAfter, LockCause, Locked};
use super::request::Request;
use super::rotation::Rotation;
use super::vault::{OpenVault, Saving};
use super::view::{SMALLEST, Size};
use crate::keys::{Generator, Material, Seed, wipe};
use crate::message;
use crate::psbt::{Limits, Psbt};
use crate::review::message::MessageExamined;
use crate::review::{self, Context, Examined, History, Policy, examine};
use crate::vault::contents::Date;
use crate::wallet::{KeyRing, Network, Registered, Search, Successor};

/// How the program was started, and what the user chose.
pub struct Settings {
    /// The network whose coins are spent.
    pub network: Network,
    /// `--mainnet` was given: keys for coins of value may be opened here.
    pub mainnet_allowed: bool,
    /// Names of the network interfaces that are up on this machine.
    pub interfaces: Vec<String>,
    /// The kernel agreed to keep this program's memory out of swap.
    pub memory_locked: bool,
    /// Only the demo camera is there, or it was asked for.
    pub demo: bool,
    /// The camera in use, to be named at home.
    pub camera: String,
    /// The dedicated machine; None in an ordinary terminal.
    pub appliance: Option<Appliance>,
    /// The machine's random source, behind its health tests.
    pub random: Generator,
    /// Milliseconds since some moment; never goes back.
    pub stopwatch: fn() -> u64,
    /// Vaults can be read and made here.
    pub vaults: bool,
    /// Wrong passphrases that were given for vaults since the machine, or the program, was started.
    pub wrong_passphrases: u8,
    /// After how long without a key everything is locked.
    pub lock_after: LockAfter,
    /// That it was locked, until something else than the home screen is on.
    pub locked: Option<Locked>,
    /// Expert: SIGHASH_UNUSUAL is allowed for the next transaction.
    pub allow_sighash_unusual: bool,
}

/// An open wallet. Dropping it wipes the seed and forgets what was signed.
pub struct Session {
    pub(super) seed: Seed,
    /// What the seed was opened from.
    pub(super) material: Material,
    /// The backups that were proven since, or before as the vault says.
    pub drills: Vec<Drill>,
    /// What was derived from it (BIP85), oldest first.
    pub children: Vec<Child>,
    /// The master key's fingerprint, eight hexadecimal digits.
    pub fingerprint: String,
    /// Opened with the published demo words.
    pub demo: bool,
    /// Its owner's name for it, where the open vault has one.
    pub(super) named: Option<String>,
    pub(super) history: History,
    /// Its states, as far as they are known.
    pub(super) life: Life,
    /// The wallet that takes over, where one was registered.
    pub(super) successor: Option<Successor>,
}

impl Session {
    pub(super) fn new(seed: Seed, material: Material, demo: bool) -> Self {
        let fingerprint = seed.fingerprint().to_string();
        Self {
            seed,
            material,
            drills: vec![],
            children: vec![],
            fingerprint,
            demo,
            named: None,
            history: History::default(),
            life: Life::begin(Date(0)),
            successor: None,
        }
    }

    /// What the seed was opened from.
    pub fn material(&self) -> &Material {
        &self.material
    }

    /// The last drill of `backup`.
    pub fn drill(&self, backup: Backup) -> Option<&Drill> {
        self.drills.iter().find(|drill| drill.backup == backup)
    }

    /// The newest drill of all.
    pub fn last_drill(&self) -> Option<&Drill> {
        self.drills.iter().max_by_key(|drill| drill.at)
    }

    /// Must every sign say that no backup was ever drilled? The demo's words are published.
    pub fn warns_of_no_drill(&self) -> bool {
        self.drills.is_empty() && !self.demo
    }

    /// Keeps a drill instead of an older one of the same backup.
    pub(super) fn record(&mut self, drill: Drill) {
        self.drills.retain(|older| older.backup != drill.backup);
        self.drills.push(drill);
    }

    /// What to call it.
    pub fn name(&self) -> String {
        let kind = match &self.named {
            _ if self.demo => "Demo wallet",
            Some(name) => name,
            None => "Wallet",
        };
        format!("{kind} {}", self.fingerprint)
    }
}

/// What all screens share.
pub struct Core {
    /// How the program was started, and what the user chose.
    pub settings: Settings,
    pub(super) session: Option<Session>,
    pub(super) vault: Option<OpenVault>,
    /// A key that waits for its successor.
    pub(super) rotation: Option<Rotation>,
    pub(super) wallets: Vec<Registered>,
    /// Searches for addresses that were begun: each gets another number.
    searches: u64,
    /// The last one may be under way.
    searching: bool,
    pub(super) request: Option<Request>,
    pub(super) size: Size,
    /// Milliseconds since the start.
    pub(super) now: u64,
    /// Seconds since 1970, unchecked.
    pub(super) clock: Option<u64>,
    pub(super) last_key: LastKey,
    pub(super) signatures: usize,
    /// Something secret was typed, scanned or open since the start of this process.
    pub(super) knew_a_secret: bool,
    pub(super) commands: Vec<Command>,
}

impl Core {
    pub(super) fn new(settings: Settings) -> Self {
        Self {
            settings,
            session: None,
            vault: None,
            rotation: None,
            wallets: vec![],
            searches: 0,
            searching: false,
            request: None,
            size: Size::of_cells(SMALLEST.0, SMALLEST.1),
            now: 0,
            clock: None,
            last_key: LastKey::default(),
            signatures: 0,
            knew_a_secret: false,
            commands: vec![],
        }
    }

    pub(super) fn ask(&mut self, command: Command) {
        self.commands.push(command);
    }

    /// Changes what is known of the dedicated machine, where this is one.
    pub(super) fn appliance(&mut self, change: impl FnOnce(&mut Appliance)) {
        if let Some(appliance) = &mut self.settings.appliance {
            change(appliance);
        }
    }

    /// The largest transaction that is taken: the dedicated machine has little memory.
    pub(super) fn limits(&self) -> Limits {
        match &self.settings.appliance {
            Some(_) => LIMITS,
            None => Limits::default(),
        }
    }

    /// A search under a number of its own.
    pub(super) fn search(&mut self, search: Search) -> AddressSearch {
        self.searches += 1;
        self.searching = true;
        AddressSearch::new(self.searches, search)
    }

    /// Is a wallet or a vault open, or was something scanned or loaded?
    pub(super) fn holds_something(&self) -> bool {
        self.holds_a_key() || self.request.is_some() || !self.wallets.is_empty()
    }

    /// Is a key open, or a vault, or does a key wait?
    pub(super) fn holds_a_key(&self) -> bool {
        self.holds_a_wallet() || self.vault.is_some()
    }

    /// Is a key open, or does one wait?
    pub(super) fn holds_a_wallet(&self) -> bool {
        self.session.is_some() || self.rotation.is_some()
    }

    /// Wipes the seed and the open vault, and forgets everything that belongs to them. The dead
    /// stack is overwritten: finished calls (a checked seal, say) may have left copies there.
    pub(super) fn lock_for(&mut self, cause: LockCause) {
        let unsaved = |vault: &OpenVault| vault.saving() != Saving::Saved;
        let vault_unsaved = self.vault.as_ref().is_some_and(unsaved);
        self.lock();
        self.settings.locked = Some(Locked { cause, vault_unsaved });
    }

    /// Wipes and forgets what is open.
    pub(super) fn lock(&mut self) {
        self.session = None;
        self.rotation = None;
        self.vault = None;
        self.wallets.clear();
        self.request = None;
        if std::mem::take(&mut self.searching) {
            self.ask(Command::StopSearch); // it knows public keys
        }
        self.settings.allow_sighash_unusual = false;
        wipe::stack();
    }

    /// Examines a request to sign a message with the open wallet; None where its state bars it.
    pub(super) fn examine_message(&self, request: message::Request) -> Option<MessageExamined> {
        self.with_context(|context| review::message::examine(request, context))
    }

    /// The same of one that was asked for in words (BIP137).
    pub(super) fn examine_spoken(&self, spoken: message::Spoken) -> Option<MessageExamined> {
        self.with_context(|context| review::message::examine_spoken(spoken, context))
    }

    /// What the judge knows, lent; None where no key is open that may sign.
    pub(super) fn with_context<T>(&self, examine: impl FnOnce(&Context<'_>) -> T) -> Option<T> {
        let session = self.session.as_ref().filter(|session| session.barred().is_none())?;
        Some(examine(&Context {
            network: self.settings.network,
            keys: Some(&session.seed),
            wallets: &self.wallets,
            history: &session.history,
            policy: &Policy::default(),
            now: self.clock,
            only_to: session.only_to(),
            allow_sighash_unusual: false,
        }))
    }

    /// Examines a transaction with the open wallet; None where its state bars it. The expert's permission is used up by it.
    pub(super) fn examine(&mut self, psbt: Psbt) -> Option<Examined> {
        let session = self.session.as_ref().filter(|session| session.barred().is_none())?;
        let context = Context {
            network: self.settings.network,
            keys: Some(&session.seed),
            wallets: &self.wallets,
            history: &session.history,
            policy: &Policy::default(),
            now: self.clock,
            only_to: session.only_to(),
            allow_sighash_unusual: std::mem::take(&mut self.settings.allow_sighash_unusual),
        };
        Some(examine(psbt, &context))
    }
}
