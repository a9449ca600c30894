//! Where everything begins: what is open, what can be done, and whether this machine is safe.

use super::*;
use crate::app::LockCause;
use crate::app::appliance::{Appliance, BootStick, SelfTest};
use crate::app::vault::{OpenVault, Saving};
use crate::review::utc;
use bitcoin::hex::DisplayHex;

/// The home screen.
pub struct Home;

impl Home {
    pub(super) fn key(self, key: Key, core: &mut Core) -> Screen {
        let open = core.session.is_some();
        let held = core.holds_a_key();
        match key {
            Key::Char('s') if open => sign(core),
            Key::Char('s') => Screen::Open(Open::to_sign()),
            Key::Char('o') if !open => Screen::Open(Open::new()),
            Key::Char('m') if !open => Make::begin(core),
            Key::Char('f') if is_offered(core) => Files::look(core),
            Key::Char('l') if held => {
                VaultScreen::ask_before_locking(core).unwrap_or_else(|| lock(core))
            }
            Key::Char('v') if core.settings.vaults => VaultScreen::enter(core),
            Key::Char('b') if open => Backing::menu(),
            Key::Char('w') => Wallets::list(),
            Key::Char('a') if has_addresses(core) => Public::menu(),
            Key::Char('k') if core.holds_a_wallet() => Lifecycle::enter(core),
            Key::Char('n') => Screen::Network(NetworkChoice),
            Key::Char('d') => Screen::DemoIntro(DemoIntro),
            Key::Char('x') if core.request.is_some() => {
                core.request = None;
                Screen::Home(self)
            }
            Key::Char('q') | Key::Esc if held || core.request.is_some() => {
                Quit::ask(Screen::Home(self), core)
            }
            Key::Char('q') => {
                core.ask(Command::Quit);
                Screen::Home(self)
            }
            _ => Screen::Home(self),
        }
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        text.gap();
        if let Some(appliance) = &core.settings.appliance {
            machine(&mut text, appliance);
        } else if core.settings.interfaces.is_empty() {
            text.plain("No network interface is up on this machine.");
        } else {
            text.toned(Tone::Warn, not_air_gapped(&core.settings.interfaces));
            text.toned(
                Tone::Faint,
                "Rehearse here. Keep keys of value for a machine without a network.",
            );
        }
        text.gap();
        match &core.session {
            Some(session) => {
                text.line(Line::toned(Tone::Strong, format!("{} is open.", session.name())));
            }
            None => {
                text.toned(Tone::Strong, "No wallet is open.");
                if let Some(locked) = core.settings.locked {
                    text.toned(Tone::Proven, locked.cause.sentence());
                    if locked.vault_unsaved {
                        text.toned(Tone::Warn, LEFT_UNSAVED);
                    }
                }
            }
        }
        if let Some(rotation) = &core.rotation {
            text.toned(
                Tone::Warn,
                format!("{} waits for its successor (k).", rotation.left.name()),
            );
        }
        if let Some(request) = &core.request {
            let read = request.origin.verb();
            text.toned(
                Tone::Warn,
                format!("A {} was {read} and waits to be reviewed.", request.noun()),
            );
        }
        text.gap();
        if let Some(request) = &core.request {
            let (noun, verb) = (request.noun(), request.origin.verb());
            text.choice("s", &format!("Review the {noun}"), &format!("that was {verb}"));
            text.choice("x", &format!("Forget the {noun}"), "nothing is signed");
        } else {
            text.choice("s", "Sign a payment", "or a message: scan its code (PSBT)");
        }
        if is_offered(core) {
            text.choice("f", "Sign from a stick", "a transaction in a file (PSBT)");
        }
        if let Some(session) = &core.session {
            let (tone, drilled) = backup::drilled(session);
            text.choice_toned("b", "Back up and drill", tone, &drilled);
        } else {
            text.choice("o", "Open a wallet", "type its words, or scan a SeedQR");
            text.choice("m", "Make a new wallet", "from dice, coins, cards and this machine");
        }
        if core.settings.vaults {
            let (tone, remark) = vault_remark(core);
            text.choice_toned("v", "Vault", tone, remark);
        }
        let what = match (core.holds_a_wallet(), &core.vault) {
            (true, None) => Some("Lock the wallet"),
            (false, Some(_)) => Some("Lock the vault"),
            (true, Some(_)) => Some("Lock wallet and vault"),
            (false, None) => None,
        };
        if let Some(what) = what {
            text.choice("l", what, "wipes the keys; everywhere: Ctrl-L");
        }
        if core.holds_a_wallet() {
            text.choice("k", "This key's life", &life(core));
        }
        let registered = match core.wallets.len() {
            0 => "none is registered".to_string(),
            1 => "1 is registered".to_string(),
            many => format!("{many} are registered"),
        };
        if has_addresses(core) {
            text.choice("a", "Addresses and export", "receive, check, give to a wallet program");
        }
        text.choice("w", "Shared wallets", &format!("of several keys; {registered}"));
        text.choice("n", "Network and settings", "");
        text.choice("d", "Demo", "the whole road in two minutes, no risk");
        text.choice("?", "Help", "");
        let quit = if core.settings.appliance.is_some() { "Wipe and power off" } else { "Quit" };
        text.choice("q", quit, "");
        let keys = if core.holds_something() { vec![("Ctrl-L", "lock")] } else { vec![] };
        let mut view =
            words_view(core, concat!("Coldlight ", env!("CARGO_PKG_VERSION")), text, keys);
        view.status = Some(status(core));
        view
    }
}

/// Wipes what is open.
pub(super) fn lock(core: &mut Core) -> Screen {
    core.lock_for(LockCause::Asked);
    Screen::home()
}

fn has_addresses(core: &Core) -> bool {
    core.session.is_some() || !core.wallets.is_empty()
}

fn vault_remark(core: &Core) -> (Tone, &'static str) {
    match core.vault.as_ref().map(OpenVault::saving) {
        None => (Tone::Faint, "seeds and wallets, sealed on a stick"),
        Some(Saving::Saved) => (Tone::Faint, "is open; all of it is on the stick"),
        Some(Saving::Writing) => (Tone::Warn, "is being written; leave the stick in"),
        Some(Saving::Unsaved(_)) => (Tone::Warn, UNSAVED),
    }
}

/// The open key's state, in a word or two.
fn life(core: &Core) -> String {
    match (&core.rotation, &core.session) {
        (Some(_), _) => "a key waits for its successor".into(),
        (None, Some(session)) => {
            let successor = if session.successor.is_some() { ", with a successor" } else { "" };
            format!("{}{successor}; replace it", session.life.state())
        }
        (None, None) => String::new(),
    }
}

/// Goes on with what was scanned, or scans.
pub(super) fn sign(core: &mut Core) -> Screen {
    match core.request.take() {
        Some(request) => Busy::examine(request),
        None => Scan::open(Purpose::Payment, payment_source(core), core),
    }
}

fn not_air_gapped(interfaces: &[String]) -> String {
    let verb = if interfaces.len() == 1 { "is" } else { "are" };
    format!("This computer is not air-gapped: {} {verb} up.", interfaces.join(", "))
}

/// Files are read on the dedicated machine only, and one payment at a time waits.
fn is_offered(core: &Core) -> bool {
    core.settings.appliance.is_some() && core.request.is_none()
}

/// What the dedicated machine says of itself.
fn machine(text: &mut Text, appliance: &Appliance) {
    let leave = match &appliance.boot_stick {
        BootStick::Read(_) | BootStick::NotFound => "   You may remove the stick now.",
        BootStick::Reading(_) | BootStick::Lost => "",
    };
    text.plain(format!("No network exists on this machine.{leave}"));
    let test = match &appliance.self_test {
        SelfTest::Running => "self-test running",
        SelfTest::Passed => "self-test passed",
        SelfTest::Failed(_) => "self-test failed",
    };
    let version = concat!("Version ", env!("CARGO_PKG_VERSION"));
    text.toned(Tone::Faint, format!("{version}   build {}   {test}", groups(&appliance.build, 4)));
    match &appliance.boot_stick {
        BootStick::Reading(percent) => {
            text.plain(format!("Reading the boot stick: {percent} %. Leave it in."));
        }
        BootStick::Read(hash) => {
            text.toned(Tone::Claimed, CLAIMED);
            text.toned(Tone::Claimed, groups(&hash.to_lower_hex_string(), 8));
        }
        BootStick::NotFound => {
            text.toned(Tone::Faint, NOT_FOUND);
        }
        BootStick::Lost => {
            text.toned(Tone::Warn, LOST);
        }
    }
}

/// Digits in groups.
fn groups(digits: &str, size: usize) -> String {
    let digits: Vec<char> = digits.chars().collect();
    let groups: Vec<String> = digits.chunks(size).map(|group| group.iter().collect()).collect();
    groups.join(" ")
}

fn status(core: &Core) -> Line {
    if let Some(appliance) = &core.settings.appliance {
        return machine_status(appliance, core);
    }
    let memory = if core.settings.memory_locked {
        "memory is kept out of swap"
    } else {
        "memory may be swapped to disk"
    };
    Line::toned(Tone::Faint, format!("camera: {}   {memory}", core.settings.camera))
}

fn machine_status(appliance: &Appliance, core: &Core) -> Line {
    let battery = match appliance.battery {
        Some(percent) => format!("battery {percent} %"),
        None => "no battery".into(),
    };
    let clock = match core.clock {
        Some(seconds) => format!("{} UTC, not checked", utc(seconds)),
        None => "no clock".into(),
    };
    Line::toned(Tone::Faint, format!("{battery}   {clock}   camera: {}", core.settings.camera))
}

const CLAIMED: &str = "Boot stick's SHA-256, a claim: compare with SHA256SUMS on another computer.";
const NOT_FOUND: &str =
    "No stick with Coldlight was found, or more than one, so there is no SHA-256 to show.";
const LOST: &str = "The boot stick was pulled out, or failed, before it was read. To see its SHA-256, start again \
    and leave it in.";
const LEFT_UNSAVED: &str = "The vault's last changes may not be on its stick: it was locked before they were written. Open it, and \
    look.";
const UNSAVED: &str = "not saved: plug the stick in and press v";
