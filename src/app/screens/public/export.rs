//! What a wallet program is given: for whom, which account, and what it will see.

use super::super::cursor::{Cursor, row};
use super::code::{Form, form_name};
use super::*;
use crate::wallet::ScriptType;
use crate::wallet::export::{AccountKey, AccountKind, Coordinator};

/// What is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Given {
    /// An account of the open seed.
    Account(AccountKind, u32),
    /// The first accounts of all kinds at once.
    All,
    /// A shared wallet, by its place.
    Shared(usize),
}

impl Given {
    /// What it is called.
    pub(super) fn name(self, core: &Core) -> String {
        match self {
            Self::Account(kind, number) => format!("{}, account {number}", kind_name(kind)),
            Self::All => "account 0 of every kind".into(),
            Self::Shared(place) => Whose::Shared(place).name(core),
        }
    }

    /// The keys of the open seed that are given; none for a shared wallet.
    pub(super) fn keys(self, core: &Core) -> Vec<AccountKey> {
        let Some(session) = &core.session else { return vec![] };
        let key = |kind, number| session.seed.account_key(kind, number);
        match self {
            Self::Account(kind, number) => key(kind, number).into_iter().collect(),
            Self::All => AccountKind::ALL.into_iter().filter_map(|kind| key(kind, 0)).collect(),
            Self::Shared(_) => vec![],
        }
    }
}

/// For which wallet program.
pub struct ForWhom {
    shared: Option<usize>,
    cursor: Cursor,
}

impl ForWhom {
    /// A shared wallet, or accounts of the open seed.
    pub(super) fn of(shared: Option<usize>) -> Screen {
        Public::ForWhom(Self { shared, cursor: Cursor::default() }).on()
    }

    pub(super) fn key(mut self, key: &Key, core: &Core) -> Screen {
        let count = Coordinator::ALL.len() + usize::from(self.shared.is_none());
        match key {
            Key::Esc => match self.shared {
                Some(_) => Wallets::list(),
                None => Public::menu(),
            },
            Key::Enter => {
                let program = Coordinator::ALL.get(self.cursor.at(count)).copied();
                match (self.shared, program) {
                    (Some(place), Some(program)) if !takes(program, place, core) => {
                        let what = format!("{} has no wallets of this kind.", program.name());
                        Message::trouble(TITLE, what, OTHER, Public::ForWhom(self).on())
                    }
                    (Some(place), program) => Reveal::of(Given::Shared(place), program),
                    (None, Some(program)) => Account::of(program),
                    (None, None) => Reveal::of(Given::All, None),
                }
            }
            key => {
                self.cursor.key(key, count);
                Public::ForWhom(self).on()
            }
        }
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        text.gap();
        text.plain("For which wallet program?");
        text.gap();
        let count = Coordinator::ALL.len() + usize::from(self.shared.is_none());
        let at = self.cursor.at(count);
        for (place, program) in Coordinator::ALL.into_iter().enumerate() {
            let remark = match self.shared {
                Some(shared) if !takes(program, shared, core) => "has no wallets of this kind",
                Some(_) => {
                    program.wallet_forms().first().map_or("", |form| form_name(Form::Wallet(*form)))
                }
                None => best_form(program),
            };
            row(&mut text, place == at, program.name(), Tone::Faint, remark);
        }
        if self.shared.is_none() {
            let all = Coordinator::ALL.len();
            row(
                &mut text,
                all == at,
                "Another one",
                Tone::Faint,
                "all accounts at once, as one code",
            );
        }
        let keys = vec![("Enter", "go on"), ("arrows", "choose"), ("Esc", "back"), ("?", "help")];
        words_view(core, TITLE, text, keys)
    }
}

/// The form that a program takes accounts in.
fn best_form(program: Coordinator) -> &'static str {
    let kinds = kinds(program);
    let usual = AccountKind::Single(ScriptType::NativeSegwit);
    let kind = if kinds.contains(&usual) { Some(usual) } else { kinds.last().copied() };
    let form = kind.and_then(|kind| program.key_forms(kind).first().copied());
    form.map_or("", |form| form_name(Form::Keys(form)))
}

fn takes(program: Coordinator, place: usize, core: &Core) -> bool {
    let forms = !program.wallet_forms().is_empty();
    forms && core.wallets.get(place).is_some_and(|wallet| program.may_have(wallet))
}

/// Which account.
pub struct Account {
    program: Coordinator,
    cursor: Cursor,
    number: u32,
}

impl Account {
    fn of(program: Coordinator) -> Screen {
        let place = kinds(program)
            .iter()
            .position(|kind| *kind == AccountKind::Single(ScriptType::NativeSegwit));
        let mut cursor = Cursor::default();
        (0..place.unwrap_or_default()).for_each(|_| {
            cursor.key(&Key::Down, usize::MAX);
        });
        Public::Account(Self { program, cursor, number: 0 }).on()
    }

    pub(super) fn key(mut self, key: &Key, _: &Core) -> Screen {
        let kinds = kinds(self.program);
        match key {
            Key::Esc => return ForWhom::of(None),
            Key::Enter => {
                if let Some(kind) = kinds.get(self.cursor.at(kinds.len())) {
                    let number = if *kind == AccountKind::SharedLegacy { 0 } else { self.number };
                    return Reveal::of(Given::Account(*kind, number), Some(self.program));
                }
            }
            Key::Right => self.number = (self.number + 1).min(LAST_ACCOUNT),
            Key::Left => self.number = self.number.saturating_sub(1),
            key => {
                self.cursor.key(key, kinds.len());
            }
        }
        Public::Account(self).on()
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        text.gap();
        text.plain(format!("Which account shall {} have?", self.program.name()));
        text.gap();
        let kinds = kinds(self.program);
        let at = self.cursor.at(kinds.len());
        for (place, kind) in kinds.iter().enumerate() {
            row(&mut text, place == at, kind_name(*kind), Tone::Faint, purpose(*kind));
        }
        text.gap();
        if kinds.get(at) == Some(&AccountKind::SharedLegacy) {
            text.plain("Of this kind there is one account alone.");
        }
        text.line(
            Line::new("Account  ")
                .and(Tone::Key, "< ")
                .and(Tone::Strong, self.number.to_string())
                .and(Tone::Key, " >"),
        );
        let keys = vec![
            ("Enter", "go on"),
            ("up, down", "kind"),
            ("left, right", "account"),
            ("Esc", "back"),
            ("?", "help"),
        ];
        words_view(core, TITLE, text, keys)
    }
}

const LAST_ACCOUNT: u32 = 999;

/// The kinds of account that a program has.
fn kinds(program: Coordinator) -> Vec<AccountKind> {
    AccountKind::ALL.into_iter().filter(|kind| !program.key_forms(*kind).is_empty()).collect()
}

fn kind_name(kind: AccountKind) -> &'static str {
    match kind {
        AccountKind::Single(ScriptType::Legacy) => "Legacy (BIP44)",
        AccountKind::Single(ScriptType::NestedSegwit) => "Nested segwit (BIP49)",
        AccountKind::Single(ScriptType::NativeSegwit) => "Native segwit (BIP84)",
        AccountKind::Single(ScriptType::Taproot) => "Taproot (BIP86)",
        AccountKind::SharedLegacy => "Shared, legacy (BIP45)",
        AccountKind::SharedNested => "Shared, nested (BIP48)",
        AccountKind::SharedSegwit => "Shared, segwit (BIP48)",
        AccountKind::SharedAny => "Shared, any (BIP87)",
    }
}

fn purpose(kind: AccountKind) -> &'static str {
    match kind {
        AccountKind::Single(_) => "this key alone spends",
        _ => "one key of a wallet of several",
    }
}

/// What the program will see, before anything is shown.
pub struct Reveal {
    given: Given,
    program: Option<Coordinator>,
}

impl Reveal {
    fn of(given: Given, program: Option<Coordinator>) -> Screen {
        Public::Reveal(Self { given, program }).on()
    }

    fn back(&self) -> Screen {
        match (self.given, self.program) {
            (Given::Account(..), Some(program)) => Account::of(program),
            (Given::Shared(place), _) => ForWhom::of(Some(place)),
            _ => ForWhom::of(None),
        }
    }

    pub(super) fn key(self, key: &Key, core: &Core) -> Screen {
        match key {
            Key::Esc => self.back(),
            Key::Enter => ExportCode::of(self.given, self.program, core),
            _ => Public::Reveal(self).on(),
        }
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        text.gap();
        let whom = self.program.map_or("The program", Coordinator::name);
        text.line(Line::new(format!("{whom} gets  ")).and(Tone::Strong, self.given.name(core)));
        text.gap();
        let keys = self.given.keys(core);
        for key in &keys {
            let (fingerprint, path) = key.origin();
            text.plain(format!("    {fingerprint} at m/{path}"));
            if let [only] = keys.as_slice() {
                text.line(Line::new("    ").and(Tone::Faint, only.key().to_string()).hang(4));
            }
        }
        text.gap();
        text.toned(
            Tone::Warn,
            match self.given {
                Given::Account(..) => SEES_ACCOUNT,
                Given::All => SEES_ALL,
                Given::Shared(_) => SEES_WALLET,
            },
        );
        text.plain(SPENDS);
        let keys = vec![("Enter", "show the code"), ("Esc", "back"), ("?", "help")];
        words_view(core, TITLE, text, keys)
    }
}

pub(super) const TITLE: &str = "Give to a wallet program";
const OTHER: &str = "Choose another program.";
const SEES_ACCOUNT: &str =
    "It will see all past and future addresses of this account, and what they receive and spend.";
const SEES_ALL: &str = "It will see all past and future addresses of all these accounts, and what they receive and spend: \
    more than most programs need.";
const SEES_WALLET: &str = "It will see every key of the wallet, all its past and future addresses, and what they receive and \
    spend.";
const SPENDS: &str = "It cannot spend: every payment still has to be signed here.";
