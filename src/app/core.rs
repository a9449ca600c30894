//! What all screens share: settings, the open wallet, what was scanned, the window.

use super::appliance::{Appliance, LIMITS};
use super::backup::Drill;
use super::event::Command;
use super::request::Request;
use super::vault::OpenVault;
use super::view::{SMALLEST, Size};
use crate::keys::{Generator, Material, Seed};
use crate::psbt::{Limits, Psbt};
use crate::review::{Context, Examined, History, Policy, examine};
use crate::wallet::{KeyRing, Network, Wallet};

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
    /// The master key's fingerprint, eight hexadecimal digits.
    pub fingerprint: String,
    /// Opened with the published demo words.
    pub demo: bool,
    /// Its owner's name for it, where the open vault has one.
    pub(super) named: Option<String>,
    pub(super) history: History,
}

impl Session {
    pub(super) fn new(seed: Seed, material: Material, demo: bool) -> Self {
        let fingerprint = seed.fingerprint().to_string();
        let (drills, history) = (vec![], History::default());
        Self { seed, material, drills, fingerprint, demo, named: None, history }
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
    pub(super) wallets: Vec<Wallet>,
    pub(super) request: Option<Request>,
    pub(super) size: Size,
    /// Milliseconds since the start.
    pub(super) now: u64,
    /// Seconds since 1970, unchecked.
    pub(super) clock: Option<u64>,
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
            wallets: vec![],
            request: None,
            size: Size::of_cells(SMALLEST.0, SMALLEST.1),
            now: 0,
            clock: None,
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

    /// Wipes the seed and the open vault, and forgets everything that belongs to them.
    pub(super) fn lock(&mut self) {
        self.session = None;
        self.vault = None;
        self.wallets.clear();
        self.request = None;
        self.settings.allow_sighash_unusual = false;
    }

    /// Examines a transaction with the open wallet. The expert's permission is used up by it.
    pub(super) fn examine(&mut self, psbt: Psbt) -> Option<Examined> {
        let session = self.session.as_ref()?;
        let context = Context {
            network: self.settings.network,
            keys: Some(&session.seed),
            wallets: &self.wallets,
            history: &session.history,
            policy: &Policy::default(),
            now: self.clock,
            allow_sighash_unusual: std::mem::take(&mut self.settings.allow_sighash_unusual),
        };
        Some(examine(psbt, &context))
    }
}
