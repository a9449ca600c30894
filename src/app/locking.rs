//! Locking: what is typed, open, shown or scanned is wiped and forgotten; after a time without keys,
//! at once by a key, or when the lid closes.

use super::App;
use super::core::Core;
use super::event::{Command, Key};
use super::screens::Screen;
use super::text::{Line, Tone};
use super::view::{Body, View};

/// After how long without a key everything is locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LockAfter {
    /// Never by itself.
    Off,
    /// One minute.
    One,
    /// Two minutes.
    Two,
    /// Five minutes: the dedicated machine's, unless chosen otherwise.
    Five,
    /// Ten minutes: a terminal's.
    Ten,
    /// Thirty minutes.
    Thirty,
}

/// Milliseconds before the end in which it is announced.
pub const WARNED: u64 = 30_000;

/// While a code is shown or scanned, or a backup is copied by hand, nobody needs a key: the time is so
/// many times as long there, and [`PLAYING_LEAST`] at least.
const PLAYING_TIMES: u64 = 4;
/// Milliseconds.
const PLAYING_LEAST: u64 = 20 * MINUTE;
/// Milliseconds.
const MINUTE: u64 = 60_000;

impl LockAfter {
    /// All of them, in the order in which they are chosen.
    pub const ALL: [Self; 6] =
        [Self::Off, Self::One, Self::Two, Self::Five, Self::Ten, Self::Thirty];

    /// Minutes. None: never.
    pub fn minutes(self) -> Option<u64> {
        match self {
            Self::Off => None,
            Self::One => Some(1),
            Self::Two => Some(2),
            Self::Five => Some(5),
            Self::Ten => Some(10),
            Self::Thirty => Some(30),
        }
    }

    /// The one of so many minutes.
    pub fn of_minutes(minutes: Option<u64>) -> Option<Self> {
        Self::ALL.into_iter().find(|after| after.minutes() == minutes)
    }

    /// The next one to choose; after the last one the first.
    pub(super) fn next(self) -> Self {
        let place = Self::ALL.iter().position(|after| *after == self).unwrap_or(0);
        Self::ALL[(place + 1) % Self::ALL.len()]
    }

    /// What it is called.
    pub(super) fn label(self) -> String {
        match self.minutes() {
            None => "never by itself".into(),
            Some(1) => "after a minute without keys".into(),
            Some(minutes) => format!("after {minutes} minutes without keys"),
        }
    }

    /// Milliseconds without a key. None: never.
    fn limit(self, playing: bool) -> Option<u64> {
        let limit = self.minutes()? * MINUTE;
        Some(if playing { (limit * PLAYING_TIMES).max(PLAYING_LEAST) } else { limit })
    }
}

/// Why it was locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LockCause {
    /// The key for it.
    Asked,
    /// No key came for long enough.
    NoKeys,
    /// The lid was closed.
    Lid,
}

/// That it was locked, and what that cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Locked {
    /// Why.
    pub cause: LockCause,
    /// A vault was open whose last changes were not on its stick yet.
    pub vault_unsaved: bool,
}

impl LockCause {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Asked, Self::NoKeys, Self::Lid];

    /// One word, for what one signer leaves to the next.
    pub fn code(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::NoKeys => "no-keys",
            Self::Lid => "lid",
        }
    }

    /// The cause of that word.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cause| cause.code() == code)
    }

    /// What the home screen says.
    pub(super) fn sentence(self) -> &'static str {
        match self {
            Self::Asked => "Locked. The keys and all that was typed or scanned are wiped.",
            Self::NoKeys => "Locked: no key came for long enough. All that was open is wiped.",
            Self::Lid => "Locked: the lid was closed. All that was open is wiped.",
        }
    }
}

/// When the last key came.
#[derive(Default)]
pub(super) struct LastKey {
    now: u64,
    clock: Option<u64>,
}

impl LastKey {
    /// A key came.
    pub(super) fn came(&mut self, now: u64, clock: Option<u64>) {
        *self = Self { now, clock };
    }

    /// Milliseconds since. The stopwatch stands still while a machine sleeps and the clock may be
    /// turned back, so the longer of the two counts.
    fn ago(&self, now: u64, clock: Option<u64>) -> u64 {
        let by_clock = self.clock.zip(clock).map_or(0, |(then, now)| now.saturating_sub(then));
        now.saturating_sub(self.now).max(by_clock.saturating_mul(1000))
    }
}

impl App {
    /// What is on, in words.
    pub fn view(&self) -> View<'_> {
        let mut view = self.screen.view(&self.core);
        if let Some(left) = self.time_left() {
            announce(&mut view, left.div_ceil(1000));
        }
        view
    }

    /// Takes the keys that are about locking. Any other comes back.
    pub(super) fn lock_key(&mut self, screen: Screen, key: Key) -> Result<Screen, (Screen, Key)> {
        let announced = self.time_left_at(&screen).is_some();
        self.core.last_key.came(self.core.now, self.core.clock);
        match key {
            Key::Lock => Ok(self.lock(screen, LockCause::Asked)),
            // who answers the announcement does not mean the screen below it
            key if announced && !matches!(key, Key::Interrupt) => Ok(screen),
            key => Err((screen, key)),
        }
    }

    /// Locks when no key came for too long; else the screen comes back.
    pub(super) fn lock_in_time(&mut self, screen: Screen) -> Result<Screen, Screen> {
        match self.until_locked(&screen) {
            Some(0) => Ok(self.lock(screen, LockCause::NoKeys)),
            _ => Err(screen),
        }
    }

    /// Wipes and forgets everything, and goes home. Where there is nothing to forget, nothing happens.
    pub(super) fn lock(&mut self, screen: Screen, cause: LockCause) -> Screen {
        if !may_be_locked(&screen, &self.core) {
            return screen;
        }
        self.core.ask(Command::CloseEye);
        self.core.knew_a_secret |= self.core.holds_a_key() || screen.holds_a_secret();
        self.core.lock_for(cause);
        screen.left_for_good()
    }

    /// Milliseconds until it locks, where that is announced.
    fn time_left(&self) -> Option<u64> {
        self.time_left_at(&self.screen)
    }

    fn time_left_at(&self, screen: &Screen) -> Option<u64> {
        self.until_locked(screen).filter(|left| *left <= WARNED)
    }

    /// Milliseconds until it locks. None: never, as things are.
    fn until_locked(&self, screen: &Screen) -> Option<u64> {
        let limit = self.core.settings.lock_after.limit(screen.goes_on_without_keys())?;
        let ago = self.core.last_key.ago(self.core.now, self.core.clock);
        may_be_locked(screen, &self.core).then(|| limit.saturating_sub(ago))
    }
}

/// Is something typed, open, shown or scanned?
fn may_be_locked(screen: &Screen, core: &Core) -> bool {
    screen.can_be_left() && (core.holds_something() || !screen.is_bare())
}

/// Says so in place of the title: no row moves, whatever is on.
fn announce(view: &mut View<'_>, seconds: u64) {
    let what = format!("Locks in {seconds} s. The next key does nothing but keep it open.");
    match &mut view.body {
        Body::Code(_, text) => {
            text.put_first(Line::toned(Tone::Warn, what));
        }
        Body::Text(_) | Body::Camera(..) | Body::Grid(..) => {
            view.title = what;
            view.context.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longer_of_stopwatch_and_clock_counts() {
        let mut last = LastKey::default();
        last.came(1_000, Some(500));
        assert_eq!(last.ago(4_000, Some(500)), 3_000, "the clock stands still");
        assert_eq!(last.ago(4_000, Some(900)), 400_000, "the machine slept");
        assert_eq!(last.ago(4_000, Some(100)), 3_000, "the clock was turned back");
        assert_eq!(last.ago(4_000, None), 3_000);
    }

    #[test]
    fn every_choice_comes_once_and_then_the_first_again() {
        let mut after = LockAfter::Off;
        for expected in LockAfter::ALL {
            assert_eq!(after, expected);
            assert_eq!(LockAfter::of_minutes(after.minutes()), Some(after));
            after = after.next();
        }
        assert_eq!(after, LockAfter::Off);
        assert_eq!(LockAfter::of_minutes(Some(3)), None);
    }

    #[test]
    fn a_code_that_is_shown_or_scanned_has_four_times_as_long_and_twenty_minutes_at_least() {
        let minutes = |after: LockAfter| after.limit(true).map(|limit| limit / MINUTE);
        assert_eq!(minutes(LockAfter::Off), None);
        assert_eq!(minutes(LockAfter::One), Some(20));
        assert_eq!(minutes(LockAfter::Ten), Some(40));
        assert_eq!(minutes(LockAfter::Thirty), Some(120));
    }
}
