//! What a wallet program reads, as a code.

use super::super::reel::Showing;
use super::export::{Given, TITLE};
use super::*;
use crate::transport::{Dialect, Kind};
use crate::wallet::export::{
    Coordinator, ExportError, Exported, KeyForm, WalletForm, export_keys, export_wallet,
};
use crate::wallet::registration::RegistryType;

/// The code, and the forms that the program reads.
pub struct ExportCode {
    given: Given,
    program: Option<Coordinator>,
    forms: Vec<Form>,
    chosen: usize,
    showing: Showing,
}

/// A form of accounts' keys, or of a whole wallet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Keys(KeyForm),
    Wallet(WalletForm),
}

impl ExportCode {
    pub(super) fn of(given: Given, program: Option<Coordinator>, core: &Core) -> Screen {
        // a form may not have what this wallet is: then it is left out
        let forms: Vec<Form> = forms(given, program)
            .into_iter()
            .filter(|form| form.export(given, core).is_ok())
            .collect();
        let first = forms.first().map(|form| form.export(given, core));
        match first {
            Some(Ok(exported)) => {
                let showing = showing(&exported, program, core);
                Public::Code(Box::new(Self { given, program, forms, chosen: 0, showing })).on()
            }
            _ => {
                let whom = program.map_or("This program", Coordinator::name);
                let what = format!("{whom} reads no form that holds it.");
                Message::trouble(TITLE, what, "Choose another program.", Public::menu())
            }
        }
    }

    pub(super) fn tick(&mut self, core: &Core) {
        self.showing.tick(core);
    }

    pub(super) fn resized(&mut self, core: &Core) {
        self.take_form(core);
    }

    fn take_form(&mut self, core: &Core) {
        if let Some(Ok(exported)) =
            self.forms.get(self.chosen).map(|form| form.export(self.given, core))
        {
            self.showing = showing(&exported, self.program, core);
        }
    }

    pub(super) fn key(mut self, key: &Key, core: &Core) -> Screen {
        match key {
            Key::Enter => return Screen::home(),
            Key::Esc => return Public::menu(),
            Key::Char('f') if self.forms.len() > 1 => {
                self.chosen = (self.chosen + 1) % self.forms.len();
                self.take_form(core);
            }
            _ => {}
        }
        Public::Code(Box::new(self)).on()
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        text.toned(Tone::Strong, self.given.name(core));
        if let Some(program) = self.program {
            text.plain(format!("for {}", program.name()));
        }
        let form = self.forms.get(self.chosen).map_or("", |form| form_name(*form));
        text.plain(self.showing.words(form));
        text.gap();
        if let Some(remark) = self.showing.remark() {
            text.toned(Tone::Warn, remark);
            text.gap();
        }
        text.toned(Tone::Faint, AFTER);
        text.gap();
        if self.forms.len() > 1 {
            let count = format!("another form ({} of {})", self.chosen + 1, self.forms.len());
            text.line(Line::toned(Tone::Key, "f     ").and(Tone::Faint, count));
        }
        text.line(Line::toned(Tone::Key, "Enter ").and(Tone::Faint, "done"));
        text.line(Line::toned(Tone::Key, "?     ").and(Tone::Faint, "help"));
        let mut view = words_view(core, TITLE, Text::new(), vec![]);
        view.body = Body::Code(self.showing.code(), text);
        view
    }
}

/// The forms that a program reads, the best first; for another one what most read.
fn forms(given: Given, program: Option<Coordinator>) -> Vec<Form> {
    match (given, program) {
        (Given::Account(kind, _), Some(program)) => {
            program.key_forms(kind).into_iter().map(Form::Keys).collect()
        }
        (Given::Shared(_), Some(program)) => {
            program.wallet_forms().iter().copied().map(Form::Wallet).collect()
        }
        (Given::Shared(_), None) => {
            vec![Form::Wallet(WalletForm::Descriptor), Form::Wallet(WalletForm::CryptoOutput)]
        }
        (_, None) | (Given::All, _) => {
            vec![Form::Keys(KeyForm::CryptoMultiAccounts), Form::Keys(KeyForm::Text)]
        }
    }
}

impl Form {
    fn export(self, given: Given, core: &Core) -> Result<Exported, ExportError> {
        match (self, given) {
            (Self::Keys(form), given) => export_keys(&given.keys(core), form),
            (Self::Wallet(form), Given::Shared(place)) => match core.wallets.get(place) {
                Some(wallet) => export_wallet(wallet, form),
                None => Err(ExportError::NoKey),
            },
            (Self::Wallet(_), _) => Err(ExportError::NoKey),
        }
    }
}

/// A text as one code where that fits the window, else in the parts that the program puts together.
fn showing(exported: &Exported, program: Option<Coordinator>, core: &Core) -> Showing {
    let text = match exported {
        Exported::Registry(kind, cbor) => {
            return Showing::of(cbor.clone(), Kind::Registry(*kind), Dialect::Ur, core);
        }
        Exported::Text { text, .. } => text.as_bytes(),
    };
    let one = Showing::of(text.to_vec(), Kind::Text, Dialect::Plain, core);
    if one.code().is_some() {
        return one;
    }
    let dialect = match program {
        Some(Coordinator::Specter) => Dialect::Specter,
        Some(Coordinator::Keeper | Coordinator::BlueWallet) => Dialect::Ur,
        _ => Dialect::Bbqr,
    };
    Showing::of(text.to_vec(), Kind::Text, dialect, core)
}

/// What a form is called.
pub(super) fn form_name(form: Form) -> &'static str {
    match form {
        Form::Keys(KeyForm::Text) => "key with its origin",
        Form::Keys(KeyForm::Slip132) => "extended key (SLIP-132)",
        Form::Keys(KeyForm::Descriptor) | Form::Wallet(WalletForm::Descriptor) => "descriptor",
        Form::Keys(KeyForm::CryptoAccount) => RegistryType::CryptoAccount.name(),
        Form::Keys(KeyForm::CryptoHdKey) => RegistryType::CryptoHdKey.name(),
        Form::Keys(KeyForm::HdKey) => RegistryType::HdKey.name(),
        Form::Keys(KeyForm::CryptoMultiAccounts) => RegistryType::CryptoMultiAccounts.name(),
        Form::Keys(KeyForm::ColdcardJson) => "JSON (Coldcard)",
        Form::Keys(KeyForm::CoreImport) | Form::Wallet(WalletForm::CoreImport) => {
            "JSON for importdescriptors"
        }
        Form::Wallet(WalletForm::CryptoOutput) => RegistryType::CryptoOutput.name(),
        Form::Wallet(WalletForm::OutputDescriptor) => RegistryType::OutputDescriptor.name(),
        Form::Wallet(WalletForm::SpecterJson) => "JSON (Specter)",
        Form::Wallet(WalletForm::ColdcardText) => "multisig text (Coldcard)",
        Form::Wallet(WalletForm::Bsms) => "BSMS record (BIP129)",
    }
}

const AFTER: &str = "Let the program read it, then compare the first receive address that it shows with the one here \
    (a at home).";
