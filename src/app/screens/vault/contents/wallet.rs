//! One shared wallet of the vault: its descriptor.

use super::*;
use crate::wallet::Wallet;

/// One shared wallet of the vault.
pub struct WalletDetail {
    place: usize,
    /// Really remove it?
    removing: bool,
    scroll: Scroll,
}

impl WalletDetail {
    pub(super) fn show(place: usize) -> Screen {
        Box::new(Self { place, removing: false, scroll: Scroll::default() }).on()
    }

    fn entry<'a>(&self, core: &'a Core) -> Option<&'a WalletEntry> {
        core.vault.as_ref()?.contents().wallets.get(self.place)
    }
}

impl Page for WalletDetail {
    fn on(self: Box<Self>) -> Screen {
        Screen::Vault(VaultScreen::Wallet(self))
    }

    fn key(mut self: Box<Self>, key: Key, core: &mut Core) -> Screen {
        let layout = self.view(core).layout(core.size);
        if scrolled(&key, &mut self.scroll, &layout) {
            return self.on();
        }
        if std::mem::take(&mut self.removing) {
            let place = self.place;
            return match key {
                Key::Char('y') => {
                    core.change_vault(|contents| contents.wallets.remove(place));
                    ContentsList::show()
                }
                _ => self.on(),
            };
        }
        let Some(entry) = self.entry(core) else { return ContentsList::show() };
        match key {
            Key::Esc | Key::Enter => ContentsList::show(),
            Key::Char('n') => Named::wallet(self.place, entry.name.as_str()),
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
            text.plain(REMOVE);
            text.gap();
            text.choice("Esc", "Keep it", "");
            text.choice("y", "Remove it", "");
            return words_view(core, TITLE, text, vec![("Esc", "keep it"), ("y", "remove it")]);
        }
        text.field("Name", Tone::Strong, entry.name.as_str());
        text.field("Network", Tone::Plain, entry.network.label());
        text.field("Put in", Tone::Plain, date(entry.when));
        if let Ok(wallet) =
            Wallet::parse(entry.descriptor.as_str(), entry.name.as_str(), entry.network)
        {
            text.field("Policy", Tone::Plain, wallet.policy());
            for key in wallet.keys() {
                let (fingerprint, path) = &key.origin;
                text.field("Key", Tone::Plain, format!("{fingerprint} at {path}"));
            }
        }
        text.gap();
        text.toned(Tone::Faint, LOADED);
        text.gap();
        text.choice("n", "Another name", "");
        text.choice("x", "Remove it", "from this vault");
        let mut view = words_view(core, TITLE, text, vec![("Esc", "back"), ("?", "help")]);
        view.top = self.scroll.top;
        view
    }

    fn help(&self) -> &'static [&'static str] {
        help::CONTENTS
    }
}

const TITLE: &str = "A shared wallet of the vault";
const REMOVE: &str = "Without its descriptor a shared wallet's coins are hard to find again. Its other signers, and the \
    wallet program, have it too.";
const LOADED: &str = "It is loaded while the vault is open, where its network is in use.";
