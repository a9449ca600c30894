//! Typing a message to sign, or a signed one to verify. Nothing that is typed here is secret.

use super::{Speech, TITLE, on};
use crate::app::screens::*;
use crate::message::{LONGEST_MESSAGE, MessageText, Signature, Spoken, Verdict, verify};
use crate::review::message::{OwnPlace, draft, find, script_of};

/// Longest of the other fields, in bytes.
const LONGEST_FIELD: usize = 8_192;

/// What is typed.
#[derive(Default)]
pub struct SpeechTyping {
    verifies: bool,
    /// BIP137 instead of BIP322.
    older: bool,
    message: String,
    /// Address, or path.
    place: String,
    signature: String,
    at: usize,
    remark: Option<String>,
}

impl SpeechTyping {
    fn fields(&self) -> usize {
        if self.verifies { 3 } else { 2 }
    }

    fn field(&mut self) -> (&mut String, usize) {
        match self.at {
            0 => (&mut self.message, LONGEST_MESSAGE),
            1 => (&mut self.place, LONGEST_FIELD),
            _ => (&mut self.signature, LONGEST_FIELD),
        }
    }

    pub(super) fn key(mut self: Box<Self>, key: Key, core: &Core) -> Screen {
        self.remark = None;
        match key {
            Key::Esc if self.at == 0 => return Screen::home(),
            Key::Esc | Key::Up => self.at = self.at.saturating_sub(1),
            Key::Enter | Key::Down if self.at + 1 < self.fields() => self.at += 1,
            Key::Enter if self.verifies => self.remark = Some(self.verdict(core)),
            Key::Enter => return self.ask(core),
            Key::Tab => {
                self.verifies = !self.verifies;
                self.at = self.at.min(self.fields() - 1);
            }
            Key::Right => self.older = !self.older,
            Key::Backspace => {
                self.field().0.pop();
            }
            Key::Char(letter) => {
                let (field, longest) = self.field();
                if field.len() + letter.len_utf8() > longest {
                    self.remark = Some(FULL.into());
                } else {
                    field.push(letter);
                }
            }
            _ => {}
        }
        on(Speech::Typing(self))
    }

    /// On to the judge, on the road of every message.
    fn ask(mut self: Box<Self>, core: &Core) -> Screen {
        let asked = MessageText::new(self.message.as_bytes()).map_err(|error| error.to_string());
        let judged = asked.and_then(|text| {
            let place = core.with_context(|context| find(&self.place, context)).ok_or(NO_WALLET)?;
            match (place.map_err(|error| error.to_string())?, self.older) {
                (OwnPlace::Wallet { .. }, true) => Err(ONE_KEY.to_owned()),
                (OwnPlace::Seed { path, .. }, true) => {
                    Ok(core.examine_spoken(Spoken { path, text }).ok_or(NO_WALLET)?)
                }
                (place, false) => {
                    let request = core.with_context(|context| draft(&text, &place, context));
                    let request = request.flatten().ok_or(NO_WALLET)?;
                    Ok(core.examine_message(request).ok_or(NO_WALLET)?)
                }
            }
        });
        match judged {
            Ok(examined) => Speech::judged(examined, None),
            Err(why) => {
                self.remark = Some(why);
                on(Speech::Typing(self))
            }
        }
    }

    fn verdict(&self, core: &Core) -> String {
        let read = || {
            let text = MessageText::new(self.message.as_bytes()).map_err(|it| it.to_string())?;
            let script = script_of(self.place.trim(), core.settings.network);
            let script = script.map_err(|error| error.to_string())?;
            let signature = Signature::read(&self.signature).map_err(|error| error.to_string())?;
            Ok::<_, String>((verify(&script, &text, &signature), signature.form()))
        };
        match read() {
            Ok((Verdict::Valid(_), form)) => format!("The signature holds ({form})."),
            Ok((Verdict::Unclear(reason), _)) => reason.to_string(),
            Ok((Verdict::Invalid(reason), _)) => reason.to_string(),
            Err(why) => why,
        }
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        text.gap();
        text.plain(if self.verifies { VERIFY } else { SIGN });
        let place = if self.verifies { "Address" } else { "Address or path" };
        let names = ["Message", place, "Signature"];
        let typed = [&self.message, &self.place, &self.signature];
        for (at, (name, typed)) in names.into_iter().zip(typed).enumerate().take(self.fields()) {
            text.gap();
            let cursor = if at == self.at { "_" } else { "" };
            let shown = format!("{}{cursor}", crate::wallet::visible(typed));
            text.field(name, Tone::Entry, shown);
        }
        text.gap();
        if !self.verifies {
            text.field("Form", Tone::Plain, if self.older { OLDER } else { NEWER });
        }
        if let Some(remark) = &self.remark {
            text.gap();
            text.toned(Tone::Warn, remark.as_str());
        }
        let other = if self.verifies { "sign instead" } else { "verify instead" };
        let mut keys = vec![("Enter", "go on"), ("Tab", other)];
        if !self.verifies {
            keys.push(("\u{2192}", "other form"));
        }
        keys.extend([("Esc", "back"), ("F1", "help")]);
        let title = if self.verifies { "Verify a message" } else { TITLE };
        words_view(core, title, text, keys)
    }
}

const SIGN: &str = "Type the message, and the address of yours that signs it, or its path.";
const VERIFY: &str =
    "Type the message, the address that is said to have signed it, and the signature.";
const NEWER: &str = "BIP322, for every kind of address";
const OLDER: &str = "BIP137, the older one: for one key, not for Taproot";
const FULL: &str = "No more fits here.";
const NO_WALLET: &str = "No wallet is open that may sign it.";
const ONE_KEY: &str = "An address of several keys cannot sign in the older form: choose BIP322.";
