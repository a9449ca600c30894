//! Numbers of keys and events (linux/input-event-codes.h).

pub(super) const ESC: u16 = 1;
pub(super) const BACKSPACE: u16 = 14;
pub(super) const TAB: u16 = 15;
pub(super) const ENTER: u16 = 28;
pub(super) const LEFT_CONTROL: u16 = 29;
pub(super) const LEFT_SHIFT: u16 = 42;
pub(super) const RIGHT_SHIFT: u16 = 54;
pub(super) const LEFT_ALT: u16 = 56;
pub(super) const SPACE: u16 = 57;
pub(super) const CAPS_LOCK: u16 = 58;
pub(super) const F1: u16 = 59;
pub(super) const KEYPAD_POINT: u16 = 83;
pub(super) const KEYPAD_ENTER: u16 = 96;
pub(super) const RIGHT_CONTROL: u16 = 97;
/// AltGr where the layout has one.
pub(super) const RIGHT_ALT: u16 = 100;
pub(super) const UP: u16 = 103;
pub(super) const PAGE_UP: u16 = 104;
pub(super) const LEFT: u16 = 105;
pub(super) const RIGHT: u16 = 106;
pub(super) const DOWN: u16 = 108;
pub(super) const PAGE_DOWN: u16 = 109;
pub(super) const DELETE: u16 = 111;
pub(super) const POWER: u16 = 116;

/// The keys of the 26 letters, whatever they give: three runs.
pub(super) const LETTERS: [std::ops::RangeInclusive<u16>; 3] = [16..=25, 30..=38, 44..=50];

/// The type of an event that ends a report, or says that some were lost.
pub(super) const TYPE_SYNC: u16 = 0;
/// The type of an event that tells of a key.
pub(super) const TYPE_KEY: u16 = 1;
/// The type of an event that tells of a switch.
pub(super) const TYPE_SWITCH: u16 = 5;
/// The switch of the lid: on while it is closed.
pub(super) const LID: u16 = 0;
/// The kernel's queue was full: events were lost.
pub(super) const SYNC_DROPPED: u16 = 3;
