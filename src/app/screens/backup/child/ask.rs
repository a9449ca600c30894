//! Which child: its kind, its index, and what it is for.

use super::*;
use crate::wallet::visible;

/// Most digits of an index.
const DIGITS: usize = 10;

/// Choosing the index.
pub struct Index {
    application: Application,
    digits: String,
    remark: Option<String>,
}

/// Saying what it is for.
pub struct Purpose {
    application: Application,
    index: u32,
    text: String,
}

pub fn kind_key(key: Key, core: &Core) -> Screen {
    let chosen = match key {
        Key::Esc => return Children::list(),
        Key::Char(digit) => digit.to_digit(10).and_then(|digit| digit.checked_sub(1)),
        _ => None,
    };
    match chosen.and_then(|place| KINDS.get(place as usize)) {
        Some(application) => Index::of(*application, core),
        None => Children::Kind.on(),
    }
}

pub fn kind_view<'a>(core: &Core) -> View<'a> {
    let mut text = Text::new();
    text.gap();
    text.plain("What is needed?");
    text.gap();
    for (place, application) in KINDS.into_iter().enumerate() {
        let (key, what) = ((place + 1).to_string(), kind(application));
        text.choice(&key, &what, remark(application));
    }
    words_view(core, "New child: which kind", text, vec![("Esc", "back"), ("?", "help")])
}

fn remark(application: Application) -> &'static str {
    match application {
        Application::Words { .. } => "for another wallet (BIP39)",
        Application::Xprv => "for programs",
        Application::Wif => "for Bitcoin Core, of one key",
        Application::Hex { .. } => "for anything that wants random bytes",
        Application::Base64Password { .. } => "letters, digits, + and /",
        Application::Base85Password { .. } => "letters, digits and many signs",
    }
}

impl Index {
    /// With the first index that was not given yet.
    fn of(application: Application, core: &Core) -> Screen {
        let free = (0..).find(|index| given(core, application, *index).is_empty()).unwrap_or(0);
        let digits = free.to_string();
        Children::Index(Self { application, digits, remark: None }).on()
    }

    pub fn key(mut self, key: Key) -> Screen {
        self.remark = None;
        match key {
            Key::Esc => return Children::Kind.on(),
            Key::Backspace => {
                self.digits.pop();
            }
            Key::Char(digit) if digit.is_ascii_digit() && self.digits.len() < DIGITS => {
                self.digits.push(digit);
            }
            Key::Enter => match self.digits.parse::<u32>() {
                Ok(index) => match self.application.path(index) {
                    Ok(_) => return Purpose::of(self.application, index),
                    Err(error) => self.remark = Some(error.to_string()),
                },
                Err(_) => self.remark = Some(NO_INDEX.into()),
            },
            _ => {}
        }
        Children::Index(self).on()
    }

    pub fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        text.gap();
        text.plain("Which index? The same index gives the same child again, for ever.");
        text.gap();
        let field = Line::new("  [ ").and(Tone::Entry, format!("{}_", self.digits));
        text.line(field.and(Tone::Plain, " ]"));
        text.gap();
        match &self.remark {
            Some(remark) => {
                text.toned(Tone::Warn, remark.as_str());
            }
            None => called_out(&mut text, self.application, self.digits.parse().ok(), core),
        }
        let title = format!("New child: {}", kind(self.application));
        words_view(core, title, text, vec![("Enter", "go on"), ("Esc", "back"), ("?", "help")])
    }
}

/// Says to what an index was given already.
fn called_out(text: &mut Text, application: Application, index: Option<u32>, core: &Core) {
    let Some(index) = index else { return };
    let given = given(core, application, index);
    if given.is_empty() {
        text.toned(Tone::Faint, "As far as the list knows, this index was not given yet.");
    }
    for child in given {
        let what = format!("Given already, {}, to: {}.", moment(child.at), child.purpose);
        text.toned(Tone::Warn, what);
        text.toned(Tone::Warn, "The same child for two purposes ties them together.");
    }
}

impl Purpose {
    fn of(application: Application, index: u32) -> Screen {
        Children::Purpose(Self { application, index, text: String::new() }).on()
    }

    pub fn key(mut self, key: Key, core: &mut Core) -> Screen {
        match key {
            Key::Esc => return Index::again(self.application, self.index),
            Key::Backspace => {
                self.text.pop();
            }
            Key::Char(letter)
                if !letter.is_control() && self.text.chars().count() < Child::PURPOSE =>
            {
                self.text.push(letter);
            }
            Key::Enter if !self.text.trim().is_empty() => {
                let purpose = visible(self.text.trim()).chars().take(Child::PURPOSE).collect();
                let (application, index) = (self.application, self.index);
                return shown::Shown::derive(application, index, purpose, core);
            }
            _ => {}
        }
        Children::Purpose(self).on()
    }

    pub fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        text.gap();
        text.plain("What is it for? A few words for the list: a platform, a device, a person.");
        text.gap();
        let field = Line::new("  [ ").and(Tone::Entry, format!("{}_", self.text));
        text.line(field.and(Tone::Plain, " ]").hang(4));
        text.gap();
        called_out(&mut text, self.application, Some(self.index), core);
        let title = format!("New child: {}, index {}", kind(self.application), self.index);
        let keys = vec![("Enter", "show it"), ("Esc", "back"), ("F1", "help")];
        let mut view = words_view(core, title, text, keys);
        view.status = layout_in_use(core);
        view
    }
}

impl Index {
    /// Back from the purpose.
    fn again(application: Application, index: u32) -> Screen {
        let digits = index.to_string();
        Children::Index(Self { application, digits, remark: None }).on()
    }
}

const NO_INDEX: &str = "An index is a whole number from 0 on.";
