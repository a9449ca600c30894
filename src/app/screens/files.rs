//! The transactions on removable sticks and cards, for where light does not serve.

use super::arrival::{arrived, unreadable};
use super::*;
use crate::app::appliance::FileId;
use crate::app::event::FileEntry;
use crate::app::request::{Origin, Original};
use crate::psbt::{FileForm, decode_file};

/// The list of files, or the wait for it, or for one of them.
pub struct Files {
    state: State,
}

enum State {
    Looking,
    /// There is no list: why.
    Failed(String),
    Listed(List),
    Reading(List),
}

struct List {
    files: Vec<FileEntry>,
    chosen: usize,
    /// Why the last one that was chosen could not be read.
    trouble: Option<String>,
}

impl List {
    fn entry(&self) -> Option<&FileEntry> {
        self.files.get(self.chosen)
    }
}

impl Files {
    /// Asks for the list.
    pub(super) fn look(core: &mut Core) -> Screen {
        core.ask(Command::Errand(Errand::Files(FileErrand::List)));
        Self { state: State::Looking }.on()
    }

    fn on(self) -> Screen {
        Screen::Files(Box::new(self))
    }

    pub(super) fn key(self, key: Key, core: &mut Core) -> Screen {
        let state = match (self.state, key) {
            (_, Key::Esc) => return Screen::home(),
            (State::Failed(_) | State::Listed(_), Key::Char('r')) => return Self::look(core),
            (State::Listed(list), key) => turn(list, &key, core),
            (state, _) => state,
        };
        Self { state }.on()
    }

    pub(super) fn news(self, news: News, core: &mut Core) -> Screen {
        let state = match (self.state, news) {
            (State::Looking, News::Files(Ok(files))) => {
                State::Listed(List { files, chosen: 0, trouble: None })
            }
            (State::Looking, News::Files(Err(why))) => State::Failed(why),
            (State::Reading(list), News::FileRead(id, outcome))
                if list.entry().is_some_and(|entry| entry.id == id) =>
            {
                match outcome {
                    Ok(bytes) => {
                        return list.entry().map_or_else(Screen::home, |entry| {
                            read(id, &entry.name, &bytes, core)
                        });
                    }
                    Err(why) => State::Listed(List { trouble: Some(why), ..list }),
                }
            }
            (state, _) => state, // an answer to a question that was taken back
        };
        Self { state }.on()
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        text.gap();
        let mut keys = vec![("Esc", "back"), ("?", "help")];
        let mut row = 0;
        match &self.state {
            State::Looking => {
                text.plain("Looking at sticks and cards ...");
            }
            State::Failed(why) => {
                text.toned(Tone::Warn, why.as_str());
                keys.insert(0, ("r", "look again"));
            }
            State::Listed(list) if list.files.is_empty() => {
                text.toned(Tone::Strong, "There is no transaction (PSBT) on what is plugged in.");
                text.gap();
                text.plain(NONE);
                keys.insert(0, ("r", "look again"));
            }
            State::Listed(list) => {
                row = entries(&mut text, list);
                keys.splice(
                    0..0,
                    [("Enter", "read it"), ("arrows", "choose"), ("r", "look again")],
                );
            }
            State::Reading(list) => {
                let name = list.entry().map_or("", |entry| entry.name.as_str());
                text.plain(format!("Reading {name} ..."));
            }
        }
        let mut view = words_view(core, TITLE, text, keys);
        view.top = row.saturating_sub(view.layout(core.size).height / 2);
        view
    }
}

fn turn(mut list: List, key: &Key, core: &mut Core) -> State {
    let last = list.files.len().saturating_sub(1);
    match key {
        Key::Enter => {
            if let Some(entry) = list.entry() {
                core.ask(Command::Errand(Errand::Files(FileErrand::Read(entry.id))));
                return State::Reading(List { trouble: None, ..list });
            }
        }
        Key::Down => list.chosen = (list.chosen + 1).min(last),
        Key::Up => list.chosen = list.chosen.saturating_sub(1),
        Key::PageDown => list.chosen = (list.chosen + PAGE).min(last),
        Key::PageUp => list.chosen = list.chosen.saturating_sub(PAGE),
        _ => {}
    }
    State::Listed(list)
}

/// Writes the list; gives the row of the chosen one.
fn entries(text: &mut Text, list: &List) -> usize {
    if let Some(trouble) = &list.trouble {
        text.toned(Tone::Warn, trouble.as_str());
        text.gap();
    }
    text.plain("Which transaction? The newest is first.");
    text.gap();
    let before = text.rows(ROW).len();
    for (place, entry) in list.files.iter().enumerate() {
        let (mark, tone) =
            if place == list.chosen { ("> ", Tone::Strong) } else { ("  ", Tone::Plain) };
        let line = Line::toned(Tone::Key, mark).and(tone, format!("{:<40}", entry.name));
        let line = line.and(Tone::Faint, format!(" {:>8}  ", size(entry.size)));
        text.line(line.and(Tone::Faint, entry.medium.as_str()));
    }
    before + list.chosen
}

/// Bytes in few digits.
fn size(bytes: u64) -> String {
    match bytes {
        0..10_000 => format!("{bytes} B"),
        10_000..10_000_000 => format!("{} kB", bytes / 1_000),
        _ => format!("{} MB", bytes / 1_000_000),
    }
}

fn read(id: FileId, name: &str, bytes: &[u8], core: &mut Core) -> Screen {
    let Some(form) = FileForm::of(bytes) else {
        return Message::trouble(TITLE, NOT_PSBT, CHOOSE_ANOTHER, Screen::home());
    };
    match decode_file(bytes, &core.limits()) {
        Ok(binary) => {
            let origin = Origin::File(Original { id, name: name.into(), form });
            arrived(TITLE, binary, origin, core)
        }
        Err(error) => unreadable(TITLE, &error),
    }
}

/// Files that a page key moves over.
const PAGE: usize = 10;
/// Columns of a row of the list in the smallest window.
const ROW: usize = 76;

const TITLE: &str = "Sign from a stick";
const NONE: &str = "On the online computer, save the unsigned transaction (PSBT) as a file to the stick's top \
    folder or one folder below. Plug the stick in here, then press r.";
const NOT_PSBT: &str = "This file holds no unsigned transaction (PSBT).";
const CHOOSE_ANOTHER: &str =
    "Choose another one, or let the wallet program save the payment again.";
