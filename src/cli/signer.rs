//! `coldlight` without a command: the signer in this terminal.

use super::exit::CliError;
use crate::app::{App, Event, LockAfter, Settings, Source};
use crate::device::host;
use crate::device::media::VaultFile;
use crate::device::random::KernelRandom;
use crate::keys::{Generator, signing_calls};
use crate::ui::{self, Palette, Window};
use crate::wallet::Network;
use std::env;
use std::io::{IsTerminal, Write, stdin, stdout};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{SyncSender, sync_channel};
use terminal::Terminal;

mod eye;
mod terminal;

/// How the signer is started.
#[derive(Debug, Clone)]
pub struct SignerOptions {
    /// `/dev/videoN`, `dir:PATH` or `demo`; None: the first camera, else the demo.
    pub camera: Option<String>,
    /// The demo camera, whatever else is there.
    pub demo: bool,
    /// The network to begin with.
    pub network: Network,
    /// Keys for the main network may be opened in this terminal.
    pub mainnet: bool,
    /// The file that vaults are kept in, whether it is there or not.
    pub vault: Option<PathBuf>,
}

/// Events under way at most; then the camera waits.
const EVENTS: usize = 256;

/// Runs the signer until it is left, and says in one line what was done.
pub fn run(options: &SignerOptions) -> Result<(), CliError> {
    if options.network == Network::Main && !options.mainnet {
        return Err(CliError::usage(NO_MAINNET));
    }
    if !stdin().is_terminal() || !stdout().is_terminal() {
        return Err(CliError::usage(NO_TERMINAL));
    }
    let hardened = host::harden();
    let (sender, events) = sync_channel::<Event>(EVENTS);
    let eyes = eye::Eyes::new(options, sender.clone())?;
    let vault = options.vault.as_deref().map(|path| vault(path, sender.clone())).transpose()?;
    let asked_for = options.demo || options.camera.is_some();
    let settings = Settings {
        network: options.network,
        mainnet_allowed: options.mainnet,
        interfaces: host::interfaces_up(),
        memory_locked: hardened.locked,
        demo: eyes.usual() == Source::Demo,
        camera: match eyes.usual() {
            Source::Demo if !asked_for => NO_CAMERA.into(),
            _ => eyes.name(),
        },
        appliance: None,
        random: Generator::new(KernelRandom),
        stopwatch: host::stopwatch,
        wrong_passphrases: 0,
        lock_after: LockAfter::Ten,
        locked: None,
        vaults: vault.is_some(),
        allow_sighash_unusual: false,
    };
    let variable = |name| env::var(name).unwrap_or_default();
    let palette = Palette::of(&variable("COLORTERM"), &variable("TERM"));
    ui::on_panic_restore();
    let failed = |error| CliError::usage(format!("The terminal failed: {error}."));
    let mut app = App::new(settings);
    let mut machine = Terminal { eyes, vault };
    let mut window = Window::open().map_err(failed)?;
    window.listen(sender).map_err(failed)?;
    let ended = ui::run(&mut window.terminal, palette, &mut app, &events, &mut machine);
    let made = app.signatures();
    drop((app, machine, window));
    let calls = signing_calls();
    let times = if calls == 1 { "time" } else { "times" };
    let signatures = if made == 1 { "signature was" } else { "signatures were" };
    // The terminal may be gone.
    let _ = writeln!(
        stdout(),
        "Signed {calls} {times}: {made} {signatures} made. Everything secret was wiped."
    );
    ended.map(drop).map_err(failed)
}

/// The vault in this file.
fn vault(path: &Path, events: SyncSender<Event>) -> Result<VaultFile, CliError> {
    let failed = |error| {
        CliError::usage(format!(
            "A vault cannot be kept in {}: {error}. Name a file in a folder that is there.",
            path.display()
        ))
    };
    VaultFile::start(path, Generator::new(KernelRandom), events).map_err(failed)
}

const NO_MAINNET: &str = "Keys for the main network are refused in an ordinary terminal: this computer may be on a \
    network. Use --network test to rehearse; if you know better, add --mainnet.";
const NO_CAMERA: &str = "none found, the demo plays";
const NO_TERMINAL: &str =
    "The signer needs a terminal of at least 80 columns and 25 rows. Start it in one.";
