//! One round after another: look what is plugged in, wait, read, tell. It has no thread and no
//! clock of its own, so that tests turn it by hand.

use super::DeviceId;
use super::codes;
use super::decode::{Decoder, Stroke};
use super::desk::{Desk, Heed};
use super::devices::{Bus, Found, Kind};
use super::keymaps::digit;
use super::record::{Motion, RECORD, Report};
use crate::app::appliance::Admission;
use crate::app::{Event, Keymap, News};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{OFlags, fcntl_getfl, fcntl_setfl};
use rustix::io::Errno;
use std::io::{self, PipeReader};
use std::os::fd::OwnedFd;
use std::sync::mpsc::{Receiver, SyncSender, TryRecvError};
use std::time::Duration;
use zeroize::{Zeroize, Zeroizing};

/// Between two looks at what is plugged in. Whatever is unplugged tells so at once.
const LOOK: Duration = Duration::from_millis(500);

/// Until the kernel has found what was plugged in when the machine started.
const START: Duration = Duration::from_secs(3);

/// Most devices that are open at once; more are not looked at until one is unplugged.
const OPEN: usize = 32;

/// Records that are read at once: as many as the kernel keeps for a keyboard.
const RECORDS: usize = 64;

/// Most reads of one device in a round: a device that types without end holds up no other.
const READS: usize = 16;

/// What the app asked for.
pub(super) enum Order {
    /// Read in this layout.
    UseKeymap(Keymap),
    /// The answer to the question about a newcomer.
    Admit(Admission),
}

/// Nobody takes events any more, or gives orders.
#[derive(Debug)]
pub(super) struct Gone;

/// The devices that are open, and where their events go.
pub(super) struct Pump<B: Bus> {
    bus: B,
    desk: Desk,
    open: Vec<Open>,
    keymap: Keymap,
    events: SyncSender<Event>,
    orders: Receiver<Order>,
    woken: OwnedFd,
    buffer: Zeroizing<Box<[u8]>>,
    next_look: Duration,
}

/// A device that is open for this process alone.
struct Open {
    id: DeviceId,
    device: OwnedFd,
    use_as: UseAs,
    unplugged: bool,
}

enum UseAs {
    /// Only its power key, or its lid, counts.
    Switch,
    /// As the desk says.
    Keyboard { heed: Heed, decoder: Decoder },
}

impl UseAs {
    fn is_read(&self) -> bool {
        !matches!(self, Self::Keyboard { heed: Heed::Nothing, .. })
    }
}

impl<B: Bus> Pump<B> {
    /// With no device open yet. A byte in `woken` ends the wait of a round.
    pub(super) fn new(
        bus: B,
        desk: Desk,
        events: SyncSender<Event>,
        orders: Receiver<Order>,
        woken: PipeReader,
    ) -> io::Result<Self> {
        let woken = OwnedFd::from(woken);
        fcntl_setfl(&woken, fcntl_getfl(&woken)? | OFlags::NONBLOCK)?;
        let buffer = Zeroizing::new(vec![0; RECORDS * RECORD].into_boxed_slice());
        let (open, keymap, next_look) = (vec![], Keymap::Us, Duration::ZERO);
        Ok(Self { bus, desk, open, keymap, events, orders, woken, buffer, next_look })
    }

    /// The keyboards that may type.
    pub(super) fn trusted(&self) -> Vec<DeviceId> {
        self.desk.trusted()
    }

    /// One round at `now`, the time since the start: waits until something happens or it is time to
    /// look again.
    pub(super) fn turn(&mut self, now: Duration) -> Result<(), Gone> {
        let ready = self.wait(self.next_look.saturating_sub(now));
        self.obey()?;
        for (place, flags) in ready.into_iter().enumerate() {
            self.attend(place, flags)?;
        }
        self.forget_unplugged()?;
        if now >= self.next_look { self.look(now) } else { Ok(()) }
    }

    /// Looks what is plugged in.
    pub(super) fn look(&mut self, now: Duration) -> Result<(), Gone> {
        self.next_look = now + LOOK;
        let found = self.bus.found();
        for open in &mut self.open {
            open.unplugged |= !found.iter().any(|found| found.id == open.id);
        }
        self.forget_unplugged()?;
        for found in found {
            let is_open = self.open.iter().any(|open| open.id == found.id);
            if !is_open && self.open.len() < OPEN {
                self.plugged(found)?;
            }
        }
        if now >= START {
            self.desk.started();
        }
        Ok(())
    }

    /// What cannot be opened is tried again at the next look: its node may not be there yet.
    fn plugged(&mut self, found: Found) -> Result<(), Gone> {
        let Ok(device) = self.bus.open(&found) else { return Ok(()) };
        let use_as = match found.kind {
            Kind::PowerButton | Kind::Lid => UseAs::Switch,
            Kind::Keyboard => UseAs::Keyboard { heed: Heed::Nothing, decoder: Decoder::default() },
        };
        self.open.push(Open { id: found.id.clone(), device, use_as, unplugged: false });
        if found.kind == Kind::Keyboard {
            let news = self.desk.plugged(found.id, found.name);
            self.tell(news)?;
        }
        Ok(())
    }

    fn forget_unplugged(&mut self) -> Result<(), Gone> {
        let gone: Vec<DeviceId> =
            self.open.extract_if(.., |open| open.unplugged).map(|open| open.id).collect();
        for id in gone {
            let news = self.desk.unplugged(&id);
            self.tell(news)?;
        }
        Ok(())
    }

    /// What is ready, device by device. A device that is held back is only watched for its end:
    /// what it types stays in the kernel, and is thrown away there.
    fn wait(&self, longest: Duration) -> Vec<PollFlags> {
        let mut watched = vec![PollFd::new(&self.woken, PollFlags::IN)];
        watched.extend(self.open.iter().map(|open| {
            let flags = if open.use_as.is_read() { PollFlags::IN } else { PollFlags::empty() };
            PollFd::new(&open.device, flags)
        }));
        let timeout = Timespec::try_from(longest).ok();
        match poll(&mut watched, timeout.as_ref()) {
            Ok(_) => watched.iter().skip(1).map(PollFd::revents).collect(),
            Err(_) => {
                // interrupted, or out of memory: not again at once
                std::thread::sleep(Duration::from_millis(5));
                vec![]
            }
        }
    }

    fn obey(&mut self) -> Result<(), Gone> {
        while rustix::io::read(&self.woken, &mut [0u8; 64]).is_ok_and(|count| count > 0) {}
        loop {
            match self.orders.try_recv() {
                Ok(Order::UseKeymap(keymap)) => self.keymap = keymap,
                Ok(Order::Admit(answer)) => {
                    let news = self.desk.answered(answer);
                    self.tell(news)?;
                }
                Err(TryRecvError::Empty) => return Ok(()),
                Err(TryRecvError::Disconnected) => return Err(Gone),
            }
        }
    }

    /// Reads the device at `place` if it has something to say.
    fn attend(&mut self, place: usize, flags: PollFlags) -> Result<(), Gone> {
        if flags.contains(PollFlags::IN) {
            return self.read(place);
        }
        if flags.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL)
            && let Some(open) = self.open.get_mut(place)
        {
            open.unplugged = true;
        }
        Ok(())
    }

    fn read(&mut self, place: usize) -> Result<(), Gone> {
        for _ in 0..READS {
            let Some(open) = self.open.get_mut(place).filter(|open| open.use_as.is_read()) else {
                return Ok(());
            };
            let count = match rustix::io::read(&open.device, &mut **self.buffer) {
                Ok(0) => {
                    open.unplugged = true;
                    return Ok(());
                }
                Ok(count) => count,
                Err(Errno::AGAIN | Errno::INTR) => return Ok(()),
                Err(_) => {
                    open.unplugged = true;
                    return Ok(());
                }
            };
            let taken = self.take(place, count);
            self.buffer.zeroize();
            taken?;
        }
        Ok(())
    }

    /// Takes the records in the buffer, until the desk thinks otherwise of the device: what follows
    /// was typed before, and counts for nothing.
    fn take(&mut self, place: usize, count: usize) -> Result<(), Gone> {
        for at in (0..count / RECORD).map(|number| number * RECORD) {
            let Some(open) = self.open.get_mut(place) else { return Ok(()) };
            let Some(record) = self.buffer[at..].first_chunk() else { return Ok(()) };
            let Some(report) = Report::read(record) else { continue };
            let pressed = match report {
                Report::Key { code, motion: Motion::Down } => Some(code),
                _ => None,
            };
            match &mut open.use_as {
                UseAs::Switch => {
                    let event = match report {
                        _ if pressed == Some(codes::POWER) => Event::Ended,
                        Report::LidClosed => Event::Machine(News::LidClosed),
                        _ => continue,
                    };
                    self.events.send(event).map_err(|_| Gone)?;
                }
                UseAs::Keyboard { heed: Heed::Nothing, .. } => return Ok(()),
                UseAs::Keyboard { heed: Heed::Digits, .. } => {
                    let Some(digit) = pressed.and_then(digit) else { continue };
                    let news = self.desk.digit(&open.id, digit);
                    if self.tell(news)? {
                        return Ok(());
                    }
                }
                UseAs::Keyboard { heed: Heed::Keys, decoder } => {
                    for stroke in decoder.take(&report, self.keymap).into_iter().flatten() {
                        let event = match stroke {
                            Stroke::Key(key) => Event::Key(key),
                            Stroke::PowerOff => Event::Ended,
                        };
                        self.events.send(event).map_err(|_| Gone)?;
                    }
                    if pressed.is_some() {
                        let news = self.desk.typed(&open.id);
                        self.tell(news)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Tells the app, and does what the desk now thinks of each keyboard. What one typed while it was
    /// thought of otherwise is thrown away. True when something was said.
    fn tell(&mut self, news: impl IntoIterator<Item = News>) -> Result<bool, Gone> {
        for place in 0..self.open.len() {
            let Some(open) = self.open.get_mut(place) else { continue };
            let now = self.desk.heed(&open.id);
            if let UseAs::Keyboard { heed, decoder } = &mut open.use_as
                && *heed != now
            {
                (*heed, *decoder) = (now, Decoder::default());
                self.throw_away(place);
            }
        }
        let mut said = false;
        for news in news {
            said = true;
            self.events.send(Event::Machine(news)).map_err(|_| Gone)?;
        }
        Ok(said)
    }

    fn throw_away(&mut self, place: usize) {
        let Some(open) = self.open.get(place) else { return };
        let mut rest = Zeroizing::new([0u8; RECORDS * RECORD]);
        for _ in 0..READS {
            if !rustix::io::read(&open.device, &mut rest[..]).is_ok_and(|count| count > 0) {
                return; // empty, or unplugged: the next round sees which
            }
        }
    }
}

#[cfg(test)]
mod tests;
