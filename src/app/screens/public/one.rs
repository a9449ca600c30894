//! One address with its code, to be shown to whoever pays.

use super::super::room::too_large;
use super::*;
use crate::qr::Modules;
use crate::wallet::{Chain, groups_of_four};

/// The address, and the list that it is from.
pub struct OneAddress {
    list: Addresses,
    code: Option<Modules>,
}

impl OneAddress {
    pub(super) fn of(list: Addresses) -> Screen {
        let code = list.marked().and_then(|(address, ..)| {
            // BIP173: letters of one case, and capitals make a smaller code
            let segwit = ["bc1", "tb1", "bcrt1"].iter().any(|head| address.starts_with(head));
            let text = if segwit { address.to_uppercase() } else { address };
            Modules::draw(text.as_bytes()).ok()
        });
        Public::One(Box::new(Self { list, code })).on()
    }

    pub(super) fn key(self, key: &Key) -> Screen {
        match key {
            Key::Esc | Key::Enter => Public::Addresses(Box::new(self.list)).on(),
            _ => Public::One(Box::new(self)).on(),
        }
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        if let Some((address, wallet, chain, index)) = self.list.marked() {
            text.toned(Tone::Strong, wallet.name());
            let chain = if chain == Chain::Receive { "receive" } else { "change" };
            text.plain(format!("{chain}, index {index}"));
            if let [key] = wallet.keys() {
                let step = u32::from(chain == "change");
                text.plain(format!("m/{}/{step}/{index}", key.origin.1));
            }
            text.gap();
            text.plain(groups_of_four(&address).join(" "));
        }
        text.gap();
        let side = self.code.as_ref().map_or(0, |code| code.side() + 2 * QUIET);
        let fits = side <= room(core.size).modules;
        if !fits {
            text.toned(Tone::Warn, too_large(side, core.size));
            text.gap();
        }
        text.toned(Tone::Faint, COMPARE);
        text.gap();
        text.line(Line::toned(Tone::Key, "Enter ").and(Tone::Faint, "back to the list"));
        text.line(Line::toned(Tone::Key, "?     ").and(Tone::Faint, "help"));
        let mut view = words_view(core, "Address", Text::new(), vec![]);
        view.body = Body::Code(self.code.as_ref().filter(|_| fits), text);
        view
    }
}

const COMPARE: &str = "What the payer's screen shows must be this, group by group. (A segwit address in capitals, as in the \
    code, is the same.)";
