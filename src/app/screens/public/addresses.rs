//! The addresses of a wallet, whole, one a row.

use super::*;
use crate::wallet::{Chain, address};

/// A wallet's addresses around one of them.
pub struct Addresses {
    whose: Whose,
    wallet: Box<Wallet>,
    chain: Chain,
    index: u32,
    /// An index that is being typed.
    jump: String,
}

/// The last index (BIP32: 2^31 and above are hardened).
const LAST: u32 = (1 << 31) - 1;
/// Rows of the page besides the addresses.
const WORDS: usize = 6;

impl Addresses {
    pub(super) fn of(whose: Whose, core: &Core) -> Screen {
        match whose.wallet(core) {
            Some(wallet) => {
                let wallet = Box::new(wallet);
                Self { whose, wallet, chain: Chain::Receive, index: 0, jump: String::new() }.on()
            }
            None => Public::menu(),
        }
    }

    fn on(self) -> Screen {
        Public::Addresses(Box::new(self)).on()
    }

    /// How many of them fit the window.
    fn rows(core: &Core) -> u32 {
        let rows = usize::from(core.size.rows).saturating_sub(WORDS + 5).max(1);
        u32::try_from(rows).unwrap_or(1)
    }

    pub(super) fn key(mut self, key: &Key, core: &Core) -> Screen {
        let page = Self::rows(core);
        match key {
            Key::Esc if !self.jump.is_empty() => self.jump.clear(),
            Key::Esc => return WhoseChoice::begin(),
            Key::Enter if !self.jump.is_empty() => {
                self.index = self.jump.parse().unwrap_or(LAST).min(LAST);
                self.jump.clear();
            }
            Key::Enter => return OneAddress::of(self),
            Key::Down => self.index = (self.index + 1).min(LAST),
            Key::Up => self.index = self.index.saturating_sub(1),
            Key::PageDown => self.index = self.index.saturating_add(page).min(LAST),
            Key::PageUp => self.index = self.index.saturating_sub(page),
            Key::Tab => {
                self.chain = match self.chain {
                    Chain::Receive => Chain::Change,
                    Chain::Change => Chain::Receive,
                };
            }
            Key::Backspace => {
                self.jump.pop();
            }
            Key::Char(digit) if digit.is_ascii_digit() && self.jump.len() < 10 => {
                self.jump.push(*digit);
            }
            _ => {}
        }
        self.on()
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        text.gap();
        let chain = match self.chain {
            Chain::Receive => "to receive",
            Chain::Change => "for change: wallet programs use them, do not give them away",
        };
        text.line(
            Line::toned(Tone::Strong, self.whose.name(core))
                .and(Tone::Faint, format!("   {chain}")),
        );
        text.gap();
        let page = Self::rows(core);
        let first = self.index - self.index % page;
        for index in first..=first.saturating_add(page - 1).min(LAST) {
            let here = index == self.index;
            let (mark, tone) = if here { ("> ", Tone::Strong) } else { ("  ", Tone::Plain) };
            let address = self.address(index).unwrap_or_else(|| "none at this index".into());
            let line = Line::toned(Tone::Key, mark).and(Tone::Faint, format!("{index:>5}  "));
            text.line(line.and(tone, address).hang(9));
        }
        if !self.jump.is_empty() {
            text.gap();
            text.line(Line::new("Go to index  ").and(Tone::Entry, format!("{}_", self.jump)));
        }
        let keys = match self.jump.is_empty() {
            true => vec![
                ("Enter", "its code"),
                ("Tab", "receive or change"),
                ("arrows", "choose"),
                ("digits", "go to an index"),
                ("Esc", "back"),
                ("?", "help"),
            ],
            false => vec![("Enter", "go there"), ("Esc", "stay here")],
        };
        words_view(core, "Addresses", text, keys)
    }

    fn address(&self, index: u32) -> Option<String> {
        address(&self.wallet.script(self.chain, index)?, self.wallet.network())
    }

    /// The marked one, its wallet, chain and index.
    pub(super) fn marked(&self) -> Option<(String, &Wallet, Chain, u32)> {
        Some((self.address(self.index)?, &self.wallet, self.chain, self.index))
    }
}
