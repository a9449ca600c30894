//! What one signer process leaves to the next: public things only, as a few lines of text.
//!
//! PID 1 carries it and looks at none of it. It comes from a process that parsed hostile input, so
//! it is read strictly and within bounds; what cannot be read is as if it were absent.

use crate::app::appliance::BootStick;
use crate::app::{Keymap, LockAfter, LockCause, Locked};
use crate::device::init::HANDOVER_MAX;
use crate::device::input::DeviceId;
use crate::wallet::Network;
use data_encoding::HEXLOWER;
use std::fmt::Write;
use std::io::Read;

/// Most keyboards that are remembered.
const MOST_TRUSTED: usize = 32;

/// What is handed over. Nothing: this is the first signer since the start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handover {
    /// The network in use.
    pub network: Network,
    /// The keyboard's layout.
    pub keymap: Option<Keymap>,
    /// Keyboards that were there at the start, or agreed to later.
    pub trusted: Vec<DeviceId>,
    /// The boot stick, which is read once. Still being read: the next signer begins anew.
    pub boot_stick: BootStick,
    /// Wrong passphrases for vaults since the start: leaving does not give ten more tries.
    pub wrong_passphrases: u8,
    /// After how long without a key everything is locked.
    pub lock_after: LockAfter,
    /// That the last signer was locked.
    pub locked: Option<Locked>,
}

impl Handover {
    /// Reads what the last signer left. None: there was none, or it cannot be read.
    pub fn read(input: impl Read) -> Option<Self> {
        let mut text = String::new();
        input.take(HANDOVER_MAX as u64).read_to_string(&mut text).ok()?;
        Self::parse(&text)
    }

    fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let network = Network::of_code(lines.next()?.strip_prefix("network ")?)?;
        let keymap = match lines.next()?.strip_prefix("keymap ")? {
            "none" => None,
            code => Some(Keymap::of_code(code)?),
        };
        let boot_stick = match lines.next()?.strip_prefix("stick ")? {
            "unread" => BootStick::Reading(0),
            "none" => BootStick::NotFound,
            "lost" => BootStick::Lost,
            hash => BootStick::Read(from_hex(hash)?),
        };
        let wrong_passphrases = lines.next()?.strip_prefix("wrong ")?.parse().ok()?;
        let (lock_after, locked) = lock_of(lines.next()?.strip_prefix("lock ")?)?;
        let device = |line: &str| DeviceId::parse(line.strip_prefix("trusted ")?);
        let trusted: Vec<_> = lines.map(device).collect::<Option<_>>()?;
        (trusted.len() <= MOST_TRUSTED).then_some(Self {
            network,
            keymap,
            trusted,
            boot_stick,
            wrong_passphrases,
            lock_after,
            locked,
        })
    }

    /// The lines. What would not fit is left out: the next signer then asks again.
    pub fn to_text(&self) -> String {
        let mut text = format!("network {}\n", self.network.code());
        let keymap = self.keymap.map_or("none", Keymap::code);
        let stick = match &self.boot_stick {
            BootStick::Reading(_) => "unread".into(),
            BootStick::NotFound => "none".into(),
            BootStick::Lost => "lost".into(),
            BootStick::Read(hash) => HEXLOWER.encode(hash),
        };
        let minutes = minutes_of(self.lock_after);
        let locked = self.locked.map_or("none", |locked| locked.cause.code());
        let vault = vault_word(self.locked.is_some_and(|locked| locked.vault_unsaved));
        let _ = writeln!(text, "keymap {keymap}\nstick {stick}\nwrong {}", self.wrong_passphrases);
        let _ = writeln!(text, "lock {minutes} {locked} {vault}");
        for device in self.trusted.iter().take(MOST_TRUSTED) {
            let line = format!("trusted {}\n", device.to_line());
            if text.len() + line.len() <= HANDOVER_MAX {
                text.push_str(&line);
            }
        }
        text
    }
}

fn minutes_of(after: LockAfter) -> String {
    after.minutes().map_or("off".into(), |minutes| minutes.to_string())
}

/// Is something of an open vault lost, or nothing?
fn vault_word(unsaved: bool) -> &'static str {
    if unsaved { "unsaved" } else { "nothing-lost" }
}

/// `MINUTES CAUSE VAULT`, as they are written.
fn lock_of(words: &str) -> Option<(LockAfter, Option<Locked>)> {
    let (minutes, rest) = words.split_once(' ')?;
    let (cause, vault) = rest.split_once(' ')?;
    let vault_unsaved = [false, true].into_iter().find(|unsaved| vault_word(*unsaved) == vault)?;
    let after = LockAfter::ALL.into_iter().find(|after| minutes_of(*after) == minutes)?;
    let locked = match cause {
        "none" if vault_unsaved => return None,
        "none" => None,
        code => Some(Locked { cause: LockCause::of_code(code)?, vault_unsaved }),
    };
    Some((after, locked))
}

fn from_hex(text: &str) -> Option<[u8; 32]> {
    HEXLOWER.decode(text.as_bytes()).ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn full() -> Handover {
        let device = |n: u8| {
            DeviceId::parse(&format!("/devices/pci0000:00/usb1/1-{n}/input/input{n}")).unwrap()
        };
        Handover {
            network: Network::Signet,
            keymap: Some(Keymap::Cz),
            trusted: vec![device(1), device(2)],
            boot_stick: BootStick::Read([0xa5; 32]),
            wrong_passphrases: 7,
            lock_after: LockAfter::Two,
            locked: Some(Locked { cause: LockCause::Lid, vault_unsaved: true }),
        }
    }

    #[test]
    fn what_is_handed_over_arrives() {
        let empty = Handover {
            network: Network::Main,
            keymap: None,
            trusted: vec![],
            boot_stick: BootStick::Reading(0),
            wrong_passphrases: 0,
            lock_after: LockAfter::Off,
            locked: None,
        };
        let lost = Handover { boot_stick: BootStick::Lost, ..full() };
        let none = Handover { boot_stick: BootStick::NotFound, ..empty.clone() };
        for handover in [full(), empty, lost, none] {
            assert_eq!(Handover::read(handover.to_text().as_bytes()), Some(handover));
        }
    }

    #[test]
    fn nothing_and_nonsense_are_the_first_start() {
        let good = full().to_text();
        assert_eq!(Handover::read(&b""[..]), None);
        assert_eq!(Handover::read(&b"\xff\xfe"[..]), None);
        // cut anywhere inside its first five lines it is none
        let head = good.find("trusted").unwrap();
        for end in 0..head - 1 {
            assert_eq!(Handover::parse(&good[..end]), None, "{end}");
        }
        assert_eq!(Handover::parse(&good.replace("cz", "xx")), None);
        assert_eq!(Handover::parse(&good.replace("a5a5", "A5a5")), None);
        for other in [
            "lock 3 lid",
            "lock 02 lid",
            "lock 2",
            "lock 2 lid ",
            "lock 2 lids unsaved",
            "lock 2 lid lost",
            "lock",
        ] {
            assert_eq!(
                Handover::parse(&good.replace("lock 2 lid unsaved", other)),
                None,
                "{other}"
            );
        }
        assert_eq!(Handover::parse(&format!("{good}seed abandon\n")), None);
    }

    #[test]
    fn more_keyboards_than_fit_are_left_out_not_cut() {
        let many = Handover { trusted: vec![full().trusted[0].clone(); 500], ..full() };
        let text = many.to_text();
        assert!(text.len() <= HANDOVER_MAX);
        assert_eq!(Handover::parse(&text).map(|read| read.trusted.len()), Some(MOST_TRUSTED));
    }
}
