//! Where everything begins: what is open, what can be done, and whether this machine is safe.

use super::*;

/// The home screen.
pub struct Home;

impl Home {
    pub(super) fn key(self, key: Key, core: &mut Core) -> Screen {
        let open = core.session.is_some();
        match key {
            Key::Char('s') if open => sign(core),
            Key::Char('s') => Screen::Open(Open::to_sign()),
            Key::Char('o') if !open => Screen::Open(Open::new()),
            Key::Char('l') if open => {
                core.lock();
                Message::show("Locked", LOCKED, Screen::home())
            }
            Key::Char('w') => Screen::Wallets(Wallets::default()),
            Key::Char('n') => Screen::Network(NetworkChoice),
            Key::Char('d') => Screen::DemoIntro(DemoIntro),
            Key::Char('x') if core.request.is_some() => {
                core.request = None;
                Screen::Home(self)
            }
            Key::Char('q') | Key::Esc if open || core.request.is_some() => {
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
        if core.settings.interfaces.is_empty() {
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
            }
        }
        if core.request.is_some() {
            text.toned(Tone::Warn, "A payment was scanned and waits to be reviewed.");
        }
        text.gap();
        if core.request.is_some() {
            text.choice("s", "Review the payment", "that was scanned");
            text.choice("x", "Forget the payment", "nothing is signed");
        } else {
            text.choice("s", "Sign a payment", "scan an unsigned transaction (PSBT)");
        }
        if core.session.is_none() {
            text.choice("o", "Open a wallet", "type its words, or scan a SeedQR");
        } else {
            text.choice("l", "Lock the wallet", "wipes its keys from memory");
        }
        let loaded = match core.wallets.len() {
            0 => "load a descriptor by QR".to_string(),
            1 => "1 is loaded".to_string(),
            many => format!("{many} are loaded"),
        };
        text.choice("w", "Shared wallets", &format!("with several keys; {loaded}"));
        text.choice("n", "Network and settings", "");
        text.choice("d", "Demo", "the whole road in two minutes, no risk");
        text.choice("?", "Help", "");
        text.choice("q", "Quit", "");
        let mut view =
            words_view(core, concat!("Coldlight ", env!("CARGO_PKG_VERSION")), text, vec![]);
        view.status = Some(status(core));
        view
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

fn status(core: &Core) -> Line {
    let memory = if core.settings.memory_locked {
        "memory is kept out of swap"
    } else {
        "memory may be swapped to disk"
    };
    Line::toned(Tone::Faint, format!("camera: {}   {memory}", core.settings.camera))
}

const LOCKED: &str = "The keys, what was scanned and the loaded wallets are wiped from memory.";
