//! The terminal: draws a [`Screen`](crate::app::Screen), reads keys, and keeps the one loop that
//! events go through. It knows no camera: an [`Eye`] is handed to it.

pub mod canvas;
pub mod draw;
mod ending;
mod grid;
mod keyboard;
mod palette;
pub mod picture;
mod play;
pub mod qr;
mod search;
mod show;
mod terminal;

pub use canvas::Canvas;
pub use palette::Palette;
pub use play::play;
pub use show::Show;
pub use terminal::{Window, on_panic_restore};

use crate::app::appliance::Errand;
use crate::app::{App, Command, Event, Source};
use ratatui::Terminal;
use search::Searching;
use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Where pictures come from. What it sees goes into the channel that the loop reads.
pub trait Eye {
    /// Looks through a source; one that is open is closed first.
    fn open(&mut self, source: Source);
    /// Looks through the next camera.
    fn next(&mut self);
    /// Stops looking.
    fn close(&mut self);
}

/// The machine that the program runs on: its eye, and what else can be asked of it.
pub trait Machine {
    /// Its eye.
    fn eye(&mut self) -> &mut dyn Eye;
    /// Does what only the dedicated machine can, without waiting; the outcome comes as an event.
    fn run(&mut self, errand: Errand);
}

/// How the loop ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The program is to end; on the dedicated machine: power off.
    Quit,
    /// The wallet was left: this process ends, and another begins.
    Left,
}

/// Between two ticks.
const TICK: Duration = Duration::from_millis(30);

/// Draws, waits, updates, until the app asks to quit or nobody sends events any more.
pub fn run<B: Canvas>(
    terminal: &mut Terminal<B>,
    palette: Palette,
    app: &mut App,
    events: &Receiver<Event>,
    machine: &mut dyn Machine,
) -> Result<End, B::Error> {
    let began = Instant::now();
    let size = terminal.size()?;
    app.update(Event::Resize(size.width, size.height));
    if let Some(pixels) = terminal.backend_mut().pixels() {
        app.update(Event::Pixels(pixels.cell()));
    }
    let mut show = Show::default();
    let mut searching: Option<Searching> = None;
    loop {
        let read = show.frame(terminal, palette, app)?;
        let mut due: VecDeque<Event> = read.map(Event::OwnScreen).into_iter().collect();
        due.push_back(tick(began));
        if let Some(progress) = searching.as_ref().map(Searching::progress) {
            searching = searching.filter(|_| !progress.ended);
            due.push_back(Event::Searched(progress));
        }
        match events.recv_timeout(TICK) {
            Ok(event) => due.push_back(event),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return Ok(End::Quit),
        }
        due.extend(events.try_iter().take(64));
        while let Some(event) = due.pop_front() {
            for command in app.update(event) {
                let look: &dyn Fn(&mut dyn Eye) = match command {
                    Command::OpenEye(source) => &move |eye| eye.open(source),
                    Command::NextCamera => &|eye| eye.next(),
                    Command::CloseEye => &|_| {},
                    Command::Search(search) => {
                        searching = Some(Searching::begin(search));
                        continue;
                    }
                    Command::StopSearch => {
                        searching = None;
                        continue;
                    }
                    Command::Errand(errand) => {
                        machine.run(errand);
                        continue;
                    }
                    Command::Quit => return Ok(End::Quit),
                    Command::Leave => return Ok(End::Left),
                };
                // What the last eye saw is not for the screen that follows.
                machine.eye().close();
                due.extend(events.try_iter());
                due.retain(is_not_of_the_eye);
                look(machine.eye());
            }
        }
    }
}

fn is_not_of_the_eye(event: &Event) -> bool {
    use Event::{Ended, Key, Machine, Pixels, Resize, Searched};
    matches!(event, Key(_) | Resize(..) | Pixels(_) | Ended | Searched(_) | Machine(_))
}

fn tick(began: Instant) -> Event {
    let now = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    let clock = SystemTime::now().duration_since(UNIX_EPOCH).ok().map(|since| since.as_secs());
    Event::Tick { now, clock }
}
