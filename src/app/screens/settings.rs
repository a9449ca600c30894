//! Which network, and what only experts touch.

use super::*;
use crate::wallet::Network;

/// The network and expert settings.
pub struct NetworkChoice;

impl NetworkChoice {
    pub(super) fn key(self, key: Key, core: &mut Core) -> Screen {
        let chosen = match key {
            Key::Esc | Key::Enter => return Screen::home(),
            Key::Char('u') => {
                let allow = &mut core.settings.allow_sighash_unusual;
                *allow = !*allow;
                return Screen::Network(self);
            }
            Key::Char('l') => {
                core.settings.lock_after = core.settings.lock_after.next();
                return Screen::Network(self);
            }
            Key::Char('k') if core.settings.appliance.is_some() => {
                return KeymapChoice::again(core);
            }
            Key::Char('t') => Network::Test,
            Key::Char('s') => Network::Signet,
            Key::Char('r') => Network::Regtest,
            Key::Char('m') => Network::Main,
            _ => return Screen::Network(self),
        };
        if core.holds_a_wallet() && chosen != core.settings.network {
            return Message::trouble(
                "Network",
                OPEN,
                "Lock the wallet (l at home), then choose.",
                Screen::Network(self),
            );
        }
        if chosen == Network::Main && !core.settings.mainnet_allowed {
            return Message::trouble("Network", NO_MAINNET, MAINNET_ADVICE, Screen::Network(self));
        }
        if chosen != core.settings.network {
            core.wallets.clear(); // their keys were checked against the other network
        }
        core.settings.network = chosen;
        core.load_vault_wallets();
        Screen::Network(self)
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        text.gap();
        text.toned(Tone::Strong, "Network: which coins are spent");
        text.gap();
        for (key, network, what, remark) in NETWORKS {
            let on = if network == core.settings.network { "in use" } else { remark };
            text.choice(key, what, on);
        }
        text.gap();
        text.choice("l", "Locks", &core.settings.lock_after.label());
        text.gap();
        text.toned(Tone::Strong, "For experts");
        text.gap();
        let on = if core.settings.allow_sighash_unusual {
            "allowed for the next transaction"
        } else {
            "refused"
        };
        text.choice("u", "Unusual signatures", on);
        text.line(Line::toned(Tone::Faint, UNUSUAL).hang(0));
        if let Some(appliance) = &core.settings.appliance {
            text.gap();
            let used = appliance.keymap.map_or("not chosen", |keymap| keymap.label());
            text.choice("k", "Keyboard layout", used);
        }
        words_view(core, "Network and settings", text, vec![("Esc", "back"), ("?", "help")])
    }
}

const NETWORKS: [(&str, Network, &str, &str); 4] = [
    ("t", Network::Test, "Test network", "coins without value (testnet 3 and 4)"),
    ("s", Network::Signet, "Signet", "coins without value"),
    ("r", Network::Regtest, "Regtest", "a chain of your own"),
    ("m", Network::Main, "Main network", "coins of value"),
];

const OPEN: &str = "A wallet is open, and it belongs to the network that is in use.";
const NO_MAINNET: &str = "Keys for the main network are refused in an ordinary terminal: \
    this computer may be on a network, and a key that was typed here is no longer offline.";
const MAINNET_ADVICE: &str =
    "Use a machine without a network. If you know better, start again with --mainnet.";
const UNUSUAL: &str = "A signature usually covers the whole transaction. Another kind (SIGHASH other than ALL \
    or DEFAULT) lets somebody change the rest of it afterwards. It is refused unless allowed here, \
    each time for one transaction.";
