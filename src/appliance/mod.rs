//! The dedicated machine's signer: one process from an open wallet to its end, which puts console,
//! keyboards, cameras and media together around the same app that a terminal runs.
//!
//! PID 1 starts it. When it leaves its wallet it ends, and the next begins with what it handed over.

#[cfg(feature = "crash-test")]
mod crash_test;
mod handover;
mod machine;
mod self_test;

use crate::app::appliance::{Appliance, BootStick};
use crate::app::{App, LockAfter, Settings};
use crate::device::console::Console;
use crate::device::random::KernelRandom;
use crate::device::{host, init};
use crate::keys::Generator;
use crate::qr::detect::is_guarded;
use crate::ui::{self, End};
use crate::wallet::Network;
use handover::Handover;
use machine::Machine;
use ratatui::Terminal;
use std::io::{self, Write, stdin, stdout};
use std::process::{ExitCode, exit};
use std::sync::mpsc::sync_channel;

/// Events under way at most; then cameras and keyboards wait.
const EVENTS: usize = 256;

/// The build's name, given by `scripts/image`.
const BUILD: Option<&str> = option_env!("COLDLIGHT_BUILD");

/// The signer's whole life. The exit code tells PID 1 whether another is wanted.
pub fn main() -> ExitCode {
    // No thread may die alone: without its keyboard or its screen the machine would be stuck.
    std::panic::set_hook(Box::new(|_| {
        if !is_guarded() {
            exit(1);
        }
    }));
    let memory_locked = host::harden().locked;
    match signer(Handover::read(stdin().lock()), memory_locked) {
        Ok(End::Left) => ExitCode::from(init::LEFT),
        Ok(End::Quit) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn signer(handover: Option<Handover>, memory_locked: bool) -> io::Result<End> {
    let (sender, events) = sync_channel(EVENTS);
    // A later signer goes home at once, and finds the random source ready.
    let self_test =
        if handover.is_none() { self_test::begin(sender.clone()) } else { self_test::run() };
    let console = Console::open()?;
    let palette = console.palette();
    let mut machine = Machine::start(&sender, handover.as_ref())?;
    let handover = handover.unwrap_or_default();
    let appliance = Appliance {
        build: BUILD.unwrap_or("unnamed").into(),
        self_test,
        keymap: handover.keymap,
        boot_stick: handover.boot_stick,
        battery: None,
    };
    let settings = Settings {
        network: handover.network,
        mainnet_allowed: true,
        interfaces: vec![],
        memory_locked,
        demo: false,
        camera: machine.camera(),
        appliance: Some(appliance),
        random: Generator::new(KernelRandom),
        stopwatch: host::stopwatch,
        vaults: true,
        wrong_passphrases: handover.wrong_passphrases,
        lock_after: handover.lock_after,
        locked: handover.locked,
        allow_sighash_unusual: false,
    };
    let mut app = App::new(settings);
    let mut terminal = Terminal::new(console)?;
    let end = ui::run(&mut terminal, palette, &mut app, &events, &mut machine)?;
    if end == End::Left {
        let settings = app.settings();
        let boot_stick = |appliance: &Appliance| appliance.boot_stick.clone();
        let left = Handover {
            network: settings.network,
            keymap: settings.appliance.as_ref().and_then(|appliance| appliance.keymap),
            trusted: machine.trusted(),
            boot_stick: settings.appliance.as_ref().map_or(BootStick::Reading(0), boot_stick),
            wrong_passphrases: settings.wrong_passphrases,
            lock_after: settings.lock_after,
            locked: settings.locked,
        };
        stdout().write_all(left.to_text().as_bytes())?;
        stdout().flush()?;
    }
    Ok(end)
}

impl Default for Handover {
    /// The first start: the network of real coins, nothing chosen, nothing read.
    fn default() -> Self {
        Self {
            network: Network::Main,
            keymap: None,
            trusted: vec![],
            boot_stick: BootStick::Reading(0),
            wrong_passphrases: 0,
            lock_after: LockAfter::Five,
            locked: None,
        }
    }
}
