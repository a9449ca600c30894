//! One look: workers one after the other, until the user has seen enough.

use super::{Place, Remark, Roster, lock};
use crate::app::Event;
use crate::device::camera::feed::Outlet;
use crate::device::camera::report::Report;
use crate::device::camera::worker::protocol::{Message, ProtocolError};
use crate::device::camera::worker::remote::{Launch, Leash, Words};
use crate::device::camera::{CameraError, find::Found};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// What a look needs.
pub(super) struct Look {
    roster: Arc<Mutex<Roster>>,
    launch: Launch,
    outlet: Arc<Outlet>,
    leash: Arc<Leash>,
    /// Of the camera's formats so many are left out.
    skip: u32,
    /// How often a worker ended unasked.
    restarts: u32,
    /// How often a try ended without a picture, since the last picture.
    fruitless: u32,
    /// The remark on the screen.
    remark: Option<Remark>,
}

/// How a worker's life ended.
enum End {
    /// The look was ended, or nobody listens.
    Left,
    /// The folder that stands in for a camera was played to its end.
    Played,
    /// Nothing came in the format of this place.
    Silent(u8),
    /// It said what is wrong.
    Trouble(CameraError),
    /// It ended unasked, broke the protocol, or did not send a picture for too long.
    Died,
    /// It could not be started.
    NotStarted(Remark),
}

/// How often to ask for a camera where there is none.
const POLL: Duration = Duration::from_millis(500);

/// A worker that is quiet for so long hangs: an honest one says every 3 seconds that its camera is.
const QUIET: Duration = Duration::from_secs(8);

/// A camera that is silent for so long is opened anew.
const PICTURELESS: Duration = Duration::from_secs(12);

/// Before a worker is started again: the first pause, doubled with each try without a picture, up
/// to the longest.
const FIRST_PAUSE: Duration = Duration::from_millis(50);
const LONGEST_PAUSE: Duration = Duration::from_secs(2);

impl Look {
    pub(super) fn new(
        roster: Arc<Mutex<Roster>>,
        launch: Launch,
        outlet: Arc<Outlet>,
        leash: Arc<Leash>,
    ) -> Self {
        let (skip, restarts, fruitless) = (0, 0, 0);
        Self { roster, launch, outlet, leash, skip, restarts, fruitless, remark: None }
    }

    /// Looks until the outlet is closed.
    pub(super) fn run(mut self) {
        while !self.outlet.is_closed() {
            let place = lock(&self.roster).current();
            let Some(place) = place else {
                // Who was told that the camera was pulled out knows what is missing.
                if !matches!(self.remark, Some(Remark::Unplugged(_))) {
                    let nothing = lock(&self.roster).nothing();
                    self.say(nothing);
                }
                self.outlet.pause(POLL);
                continue;
            };
            let end = self.worker(&place);
            self.leash.reap();
            if !self.goes_on(end, &place) {
                return;
            }
        }
    }

    /// Draws the conclusion from a worker's end, and pauses before the next. False: there is none.
    fn goes_on(&mut self, end: End, place: &Place) -> bool {
        let name = || place.camera.name.clone();
        let is_there = lock(&self.roster).has(&place.camera);
        let remark = match end {
            End::Left => return false,
            End::Played => {
                self.outlet.send(Event::SourceEnded);
                return false;
            }
            _ if !is_there => Remark::Unplugged(name()),
            End::Silent(format) => {
                self.skip = u32::from(format) + 1;
                self.say(Remark::OtherFormat(name()));
                return true;
            }
            End::Trouble(error) => Remark::of(&error, &place.camera.name),
            End::Died => {
                self.restarts = self.restarts.saturating_add(1);
                Remark::Restarting(self.restarts)
            }
            End::NotStarted(why) => why,
        };
        let pause = match remark {
            Remark::Unplugged(_) => POLL,
            _ => FIRST_PAUSE.saturating_mul(1 << self.fruitless.min(10)).min(LONGEST_PAUSE),
        };
        if !matches!(remark, Remark::Restarting(_)) {
            // All formats were tried, or it may be another camera: from the first format again.
            self.skip = 0;
        }
        self.fruitless = self.fruitless.saturating_add(1);
        self.say(remark);
        self.outlet.pause(pause)
    }

    /// One worker's life, until it ends or is to be ended.
    fn worker(&mut self, place: &Place) -> End {
        let started = self.leash.start(&self.launch, place.camera.number, self.skip);
        let mut words = match started {
            Ok(words) => words,
            Err(error) => return End::NotStarted(Remark::not_started(&error)),
        };
        let mut picture = Instant::now();
        let mut seen = false;
        let mut trouble = None;
        loop {
            let report = match self.next(&mut words, &place.camera) {
                Ok(Message::Report(report)) => report,
                Ok(Message::Silent(format)) => return End::Silent(format),
                Err(_) if self.outlet.is_closed() => return End::Left,
                Err(_) => return trouble.map_or(End::Died, End::Trouble),
            };
            let listened = match report {
                Report::Preview { .. } => {
                    if !std::mem::replace(&mut seen, true) || self.remark.is_some() {
                        (self.fruitless, self.remark) = (0, None);
                        self.outlet.send(Event::SourceOpened(place.label()));
                    }
                    let sent = self.outlet.send(report);
                    picture = Instant::now();
                    sent
                }
                Report::Codes(_) => self.outlet.send(report),
                Report::Trouble(CameraError::Stalled(_)) if picture.elapsed() > PICTURELESS => {
                    return End::Died;
                }
                Report::Trouble(error) if error.is_final() => {
                    trouble = Some(error);
                    true
                }
                Report::Trouble(error) => self.say(Remark::of(&error, &place.camera.name)),
                Report::Ended => {
                    return match trouble {
                        Some(error) => End::Trouble(error),
                        None if self.launch.is_rehearsal() => End::Played,
                        None => End::Died,
                    };
                }
            };
            if !listened {
                return End::Left;
            }
        }
    }

    fn next(&self, words: &mut Words, camera: &Found) -> Result<Message, ProtocolError> {
        words.next(|quiet| {
            quiet < QUIET && !self.outlet.is_closed() && lock(&self.roster).has(camera)
        })
    }

    /// Puts a remark on the screen, once. False: nobody listens.
    fn say(&mut self, remark: Remark) -> bool {
        if self.remark.as_ref() == Some(&remark) {
            return !self.outlet.is_closed();
        }
        let said = self.outlet.send(Event::SourceFailed(remark.to_string()));
        self.remark = Some(remark);
        said
    }
}
