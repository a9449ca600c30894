//! What is in the open vault: keys and shared wallets, and whether all of it is on the stick.

mod key;
mod naming;
mod record;
mod wallet;

pub use key::KeyDetail;
pub use naming::Named;
pub use record::RecordDetail;
pub use wallet::WalletDetail;

use super::super::cursor::{Cursor, row};
use super::changing::Changing;
use super::look::Look;
use super::saving;
use super::*;
use crate::app::text::printable;
use crate::app::vault::{OpenVault, Saving};
use crate::review::utc;
use crate::vault::WayKind;
use crate::vault::contents::{Date, KeyEntry, WalletEntry};

/// The list of what is in the open vault.
pub struct ContentsList {
    cursor: Cursor,
    remark: Option<String>,
}

impl ContentsList {
    /// The list; without an open vault, home.
    pub(super) fn show() -> Screen {
        Box::new(Self { cursor: Cursor::default(), remark: None }).on()
    }

    /// The list, with what is to be said of what was just done.
    pub(super) fn saying(remark: impl Into<String>) -> Screen {
        Box::new(Self { cursor: Cursor::default(), remark: Some(remark.into()) }).on()
    }

    fn enter(self: Box<Self>, vault: &OpenVault) -> Screen {
        let keys = vault.contents().keys.len();
        let at = self.cursor.at(keys + vault.contents().wallets.len());
        match at.checked_sub(keys) {
            Some(wallet) if wallet < vault.contents().wallets.len() => WalletDetail::show(wallet),
            None => KeyDetail::show(at),
            Some(_) => self.on(),
        }
    }
}

impl Page for ContentsList {
    fn on(self: Box<Self>) -> Screen {
        Screen::Vault(VaultScreen::Contents(self))
    }

    fn key(mut self: Box<Self>, key: Key, core: &mut Core) -> Screen {
        self.remark = None;
        let Some(vault) = &core.vault else { return Screen::home() };
        let unsaved = vault.saving() != Saving::Saved;
        match key {
            Key::Esc => Screen::home(),
            Key::Enter => self.enter(vault),
            Key::Char('a') if can_seal(core) => Named::sealing(),
            Key::Char('d') if !unsealed(core).is_empty() => {
                let count = unsealed(core).len();
                match unsealed(core).into_iter().try_for_each(|place| core.seal_wallet(place)) {
                    Ok(()) => Self::saying(format!("Put in: {count}.")),
                    Err(why) => Self::saying(why),
                }
            }
            Key::Char('p') => Changing::begin(vault.opened().terms()),
            Key::Char('o') => Look::begin(core),
            Key::Char('t') if !vault.contents().records.is_empty() => RecordDetail::show(),
            Key::Char('w') if unsaved => saving::Save::begin(core),
            key => {
                let count = vault.contents().keys.len() + vault.contents().wallets.len();
                self.cursor.key(&key, count);
                self.on()
            }
        }
    }

    fn view(&self, core: &Core) -> View<'_> {
        let mut text = Text::new();
        text.gap();
        let Some(vault) = &core.vault else { return words_view(core, TITLE, text, vec![]) };
        text.line(Line::toned(Tone::Strong, vault.place()).and(Tone::Faint, opened_by(vault)));
        saved(&mut text, vault);
        if let Some(remark) = &self.remark {
            text.toned(Tone::Warn, remark.as_str());
        }
        text.gap();
        let contents = vault.contents();
        let at = self.cursor.at(contents.keys.len() + contents.wallets.len());
        if contents.keys.is_empty() && contents.wallets.is_empty() {
            text.plain("It is empty.");
        }
        for (place, key) in contents.keys.iter().enumerate() {
            let (tone, remark) = summary(key);
            row(&mut text, place == at, key.name.as_str(), tone, &remark);
        }
        for (place, wallet) in contents.wallets.iter().enumerate() {
            let chosen = contents.keys.len() + place == at;
            row(&mut text, chosen, wallet.name.as_str(), Tone::Faint, &shared(wallet));
        }
        text.gap();
        if can_seal(core) {
            text.choice("a", "Put the open wallet in", "its seed, sealed");
        }
        match unsealed(core).len() {
            0 => {}
            1 => {
                text.choice("d", "Put the shared wallet in", "its descriptor");
            }
            many => {
                text.choice("d", "Put the shared wallets in", &format!("{many} descriptors"));
            }
        }
        text.choice("p", "Change what opens it", "passphrase, key file, custodians");
        text.choice("o", "Other vaults and copies", "on what is plugged in");
        match contents.records.len() {
            0 => {}
            1 => {
                text.choice("t", "Its record", "what was done, as a page");
            }
            many => {
                text.choice("t", "Its records", &format!("{many} pages of what was done"));
            }
        }
        let mut keys = vec![("Esc", "home"), ("?", "help")];
        if !contents.keys.is_empty() || !contents.wallets.is_empty() {
            keys.splice(0..0, [("Enter", "look at it"), ("arrows", "choose")]);
        }
        if matches!(vault.saving(), Saving::Unsaved(_)) {
            text.choice("w", "Write it to the stick", "what is not saved yet");
            keys.insert(0, ("w", "write it"));
        }
        let mut view = words_view(core, TITLE, text, keys);
        let layout = view.layout(core.size);
        if layout.below() > 0 {
            view.top = at.saturating_sub(layout.height / 2);
        }
        view
    }

    fn help(&self) -> &'static [&'static str] {
        help::CONTENTS
    }
}

/// The open wallet is no demo, and is not in the vault yet.
fn can_seal(core: &Core) -> bool {
    match (&core.session, &core.vault) {
        (Some(session), Some(vault)) => {
            !session.demo && vault.key_of(&session.fingerprint).is_none()
        }
        _ => false,
    }
}

/// Places of the registered wallets that are not in the vault, or not as they are registered.
fn unsealed(core: &Core) -> Vec<usize> {
    (0..core.wallets.len()).filter(|place| !core.keeps(&core.wallets[*place])).collect()
}

/// Is what is in it on the stick?
pub(super) fn saved(text: &mut Text, vault: &OpenVault) {
    match vault.saving() {
        Saving::Saved => {
            text.toned(Tone::Faint, "All of it is on the stick, which may be removed.")
        }
        Saving::Writing => text.toned(Tone::Warn, "It is being written. Leave the stick in."),
        Saving::Unsaved(why) => text.toned(Tone::Warn, format!("Not saved. {why}")),
    };
}

fn opened_by(vault: &OpenVault) -> String {
    let ways = vault.opened().ways();
    let custodians = ways.iter().find_map(|way| match way.kind {
        WayKind::Custodian { needed, people } => Some(format!("{needed} of {people} custodians")),
        WayKind::Passphrase | WayKind::WithKeyFile => None,
    });
    let count = |kind| ways.iter().filter(|way| way.kind == kind).count();
    let plural = |count: usize, what: &str| match count {
        0 => None,
        1 => Some(format!("a {what}")),
        many => Some(format!("{many} times a {what}")),
    };
    let all = [
        plural(count(WayKind::Passphrase), "passphrase"),
        plural(count(WayKind::WithKeyFile), "passphrase with key file"),
        custodians,
    ];
    let all: Vec<String> = all.into_iter().flatten().collect();
    format!("   opened by {}", all.join(", or "))
}

/// Fingerprint, state, what it is made of, and its last drill.
fn summary(key: &KeyEntry) -> (Tone, String) {
    let drill = match key.drills().iter().rev().find(|drill| drill.passed) {
        Some(drill) => format!("drilled {}", date(drill.when)),
        None => "never drilled".into(),
    };
    let tone = if key.was_drilled() { Tone::Faint } else { Tone::Warn };
    (tone, format!("{}  {}  {}  {drill}", key.fingerprint, key.state(), key::made_of(key)))
}

fn shared(wallet: &WalletEntry) -> String {
    format!("shared wallet  {}", wallet.network.label())
}

/// The day of a date; a machine without a clock has none.
pub(super) fn date(when: Date) -> String {
    match when.0 {
        0 => "without a date".into(),
        // The last day that has four digits for its year: what is read is not trusted.
        seconds => utc(seconds.min(253_402_300_799)).split(' ').next().unwrap_or_default().into(),
    }
}

const TITLE: &str = "Vault";
