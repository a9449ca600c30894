//! One key of the vault: its life, what is known of its backups, and the way to open it.

use super::*;
use crate::app::vault::copy_of;
use crate::keys::Material;
use crate::vault::contents::State;

/// One key of the vault.
pub struct KeyDetail {
    place: usize,
    /// Really remove it?
    removing: bool,
    trouble: Option<String>,
}

impl KeyDetail {
    pub(super) fn show(place: usize) -> Screen {
        Box::new(Self { place, removing: false, trouble: None }).on()
    }

    fn entry<'a>(&self, core: &'a Core) -> Option<&'a KeyEntry> {
        core.vault.as_ref()?.contents().keys.get(self.place)
    }

    /// Opens the wallet that it is the key of.
    fn open(mut self: Box<Self>, core: &Core) -> Screen {
        match self.material(core) {
            Ok(material) => Busy::derive(material, self.on()),
            Err(why) => {
                self.trouble = Some(why.into());
                self.on()
            }
        }
    }

    fn material(&self, core: &Core) -> Result<Material, &'static str> {
        if core.session.is_some() {
            return Err(OPEN);
        }
        let material = self.entry(core).and_then(KeyEntry::material).ok_or(DESTROYED)?;
        copy_of(material).ok_or(UNREADABLE)
    }

    fn remove(&self, core: &mut Core) -> Screen {
        let removed = core.change_vault(|contents| contents.keys.remove(self.place));
        core.name_session();
        match removed.flatten() {
            Some(entry) => ContentsList::saying(format!("{} was removed.", entry.name)),
            None => ContentsList::show(),
        }
    }
}

impl Page for KeyDetail {
    fn on(self: Box<Self>) -> Screen {
        Screen::Vault(VaultScreen::Key(self))
    }

    fn key(mut self: Box<Self>, key: Key, core: &mut Core) -> Screen {
        self.trouble = None;
        if std::mem::take(&mut self.removing) {
            return match key {
                Key::Char('y') => self.remove(core),
                _ => self.on(),
            };
        }
        let Some(entry) = self.entry(core) else { return ContentsList::show() };
        match key {
            Key::Esc => ContentsList::show(),
            Key::Enter => self.open(core),
            Key::Char('k')
                if core.sealed_key().is_some_and(|open| open.fingerprint == entry.fingerprint) =>
            {
                Lifecycle::enter(core)
            }
            Key::Char('n') => Named::key(self.place, entry.name.as_str()),
            Key::Char('x') => {
                self.removing = true;
                self.on()
            }
            _ => self.on(),
        }
    }

    fn view(&self, core: &Core) -> View<'_> {
        let mut text = Text::new();
        text.gap();
        let Some(entry) = self.entry(core) else { return words_view(core, TITLE, text, vec![]) };
        if self.removing {
            text.toned(Tone::Warn, format!("Remove {} from the vault?", entry.name));
            text.gap();
            text.plain(if entry.was_drilled() { REMOVE } else { REMOVE_UNDRILLED });
            text.gap();
            text.choice("Esc", "Keep it", "");
            text.choice("y", "Remove it", "");
            return words_view(core, TITLE, text, vec![("Esc", "keep it"), ("y", "remove it")]);
        }
        text.field("Name", Tone::Strong, entry.name.as_str());
        text.field("Fingerprint", Tone::Plain, entry.fingerprint.to_string());
        text.field("Made of", Tone::Plain, made_of(entry));
        if let Some(network) = entry.network {
            text.field("Network", Tone::Plain, network.label());
        }
        text.gap();
        life(&mut text, entry);
        if let Some(vault) = &core.vault {
            text.gap();
            saved(&mut text, vault);
        }
        if let Some(trouble) = &self.trouble {
            text.gap();
            text.toned(Tone::Warn, trouble.as_str());
        }
        text.gap();
        if entry.material().is_some() {
            text.choice("Enter", "Open this wallet", "derive its keys, to sign");
        }
        if core.sealed_key().is_some_and(|open| open.fingerprint == entry.fingerprint) {
            text.choice("k", "Its state and successor", "suspended, compromised, retired");
        }
        text.choice("n", "Another name", "");
        text.choice("x", "Remove it", "from this vault");
        let keys = vec![("Enter", "open it"), ("Esc", "back"), ("?", "help")];
        words_view(core, TITLE, text, keys)
    }

    fn help(&self) -> &'static [&'static str] {
        help::KEY
    }
}

/// Its states, drills and children.
fn life(text: &mut Text, entry: &KeyEntry) {
    let tone = match entry.state() {
        State::Suspended | State::Compromised | State::Retired | State::Destroyed => Tone::Warn,
        State::Made | State::Drilled | State::Active => Tone::Plain,
    };
    let since = entry.changes().last().map(|change| date(change.when)).unwrap_or_default();
    text.field("State", tone, format!("{} since {since}", entry.state()));
    match entry.drills().iter().rev().find(|drill| drill.passed) {
        Some(drill) => {
            let last = format!("{}, {}", date(drill.when), drill.backup);
            text.field("Last drill", Tone::Plain, last);
        }
        None => {
            text.field("Last drill", Tone::Warn, "never: no backup of it was read back here");
        }
    }
    if !entry.children.is_empty() {
        let count = entry.children.len();
        let plural = if count == 1 { "" } else { "s" };
        text.field("Given out", Tone::Plain, format!("{count} child secret{plural} (BIP85)"));
    }
}

/// What it is made of, in a few words.
pub(super) fn made_of(entry: &KeyEntry) -> String {
    entry.material().map_or_else(|| "nothing any more".into(), Material::summary)
}

const TITLE: &str = "A key of the vault";
const OPEN: &str = "A wallet is open already. Lock it at home (l), then open the vault again.";
const DESTROYED: &str = "This key is destroyed: nothing of it is left in the vault.";
const UNREADABLE: &str =
    "This key cannot be read. Open the vault with the Coldlight that wrote it.";
const REMOVE: &str = "Its backup was read back once. Make sure that the backup is still there: without it, its coins \
    are lost.";
const REMOVE_UNDRILLED: &str =
    "No backup of it was ever read back. If there is none, all its coins are lost with this.";
