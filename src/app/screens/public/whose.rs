//! Which wallet: an account of the open seed, or a shared one.

use super::super::cursor::{Cursor, row};
use super::*;
use crate::wallet::export::AccountKind;
use crate::wallet::{ScriptType, single_key_descriptor};

/// A wallet with addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whose {
    /// An account of the open seed with one key.
    Account(ScriptType, u32),
    /// A registered one, by its place.
    Shared(usize),
}

/// The kinds of account, what most have first.
const USUAL_FIRST: [ScriptType; 4] =
    [ScriptType::NativeSegwit, ScriptType::Taproot, ScriptType::NestedSegwit, ScriptType::Legacy];

/// Accounts of each kind that are looked at when an address is checked.
pub(super) const ACCOUNTS: u32 = 4;

impl Whose {
    /// None where the seed is not open, or the wallet not registered any more.
    pub(super) fn wallet(self, core: &Core) -> Option<Wallet> {
        match self {
            Self::Account(script, account) => {
                let session = core.session.as_ref()?;
                let key = session.seed.account_key(AccountKind::Single(script), account)?;
                let text = single_key_descriptor(script, key.origin(), key.key());
                Wallet::parse(&text, &self.name(core), core.settings.network).ok()
            }
            Self::Shared(place) => Some(core.wallets.get(place)?.wallet().clone()),
        }
    }

    /// What it is called.
    pub(super) fn name(self, core: &Core) -> String {
        match self {
            Self::Account(script, account) => {
                format!("BIP{}, account {account}", script.purpose())
            }
            Self::Shared(place) => {
                core.wallets.get(place).map_or(String::new(), |wallet| wallet.name().into())
            }
        }
    }

    /// All that are searched: the accounts of each kind, and the shared ones.
    pub(super) fn all(core: &Core) -> Vec<Self> {
        let kinds = ScriptType::ALL.into_iter().filter(|_| core.session.is_some());
        let accounts =
            kinds.flat_map(|kind| (0..ACCOUNTS).map(move |account| Self::Account(kind, account)));
        accounts.chain((0..core.wallets.len()).map(Self::Shared)).collect()
    }
}

/// The choice.
#[derive(Default)]
pub struct WhoseChoice {
    cursor: Cursor,
    account: u32,
}

impl WhoseChoice {
    pub(super) fn begin() -> Screen {
        Public::Whose(Self::default()).on()
    }

    fn choices(&self, core: &Core) -> Vec<Whose> {
        let kinds = USUAL_FIRST.into_iter().filter(|_| core.session.is_some());
        let accounts = kinds.map(|kind| Whose::Account(kind, self.account));
        accounts.chain((0..core.wallets.len()).map(Whose::Shared)).collect()
    }

    pub(super) fn key(mut self, key: &Key, core: &Core) -> Screen {
        let choices = self.choices(core);
        match key {
            Key::Esc => return Public::menu(),
            Key::Enter => {
                if let Some(whose) = choices.get(self.cursor.at(choices.len())) {
                    return Addresses::of(*whose, core);
                }
            }
            Key::Right => self.account = (self.account + 1).min(LAST_ACCOUNT),
            Key::Left => self.account = self.account.saturating_sub(1),
            key => {
                self.cursor.key(key, choices.len());
            }
        }
        Public::Whose(self).on()
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        text.gap();
        text.plain("Whose addresses?");
        text.gap();
        let choices = self.choices(core);
        let at = self.cursor.at(choices.len());
        for (place, whose) in choices.iter().enumerate() {
            let remark = match whose {
                Whose::Account(script, _) => kind(*script),
                Whose::Shared(_) => "a shared wallet",
            };
            row(&mut text, place == at, &whose.name(core), Tone::Faint, remark);
        }
        let mut keys = vec![("Enter", "its addresses"), ("up, down", "choose")];
        if core.session.is_some() {
            text.gap();
            text.toned(Tone::Faint, "Most wallet programs begin with account 0 of BIP84.");
            keys.push(("left, right", "account"));
        }
        keys.extend([("Esc", "back"), ("?", "help")]);
        words_view(core, super::menu::TITLE, text, keys)
    }
}

/// BIP44: an account's number has 31 bits; nobody needs so many.
const LAST_ACCOUNT: u32 = 999;

/// What addresses a kind of account has.
pub(super) fn kind(script: ScriptType) -> &'static str {
    match script {
        ScriptType::Legacy => "legacy addresses",
        ScriptType::NestedSegwit => "segwit in older addresses",
        ScriptType::NativeSegwit => "native segwit, what most use",
        ScriptType::Taproot => "Taproot",
    }
}
