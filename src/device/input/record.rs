//! One `struct input_event` (linux/input.h) as a process on x86-64 reads it.

use super::codes;

/// Bytes of a record: two times of 8 bytes, the type, the code, the value.
pub(super) const RECORD: usize = 24;

/// What a record says.
pub(super) enum Report {
    /// A key went down, up, or repeats itself.
    Key {
        /// Which key.
        code: u16,
        /// What happened to it.
        motion: Motion,
    },
    /// The lid was closed.
    LidClosed,
    /// Reports were lost: what is held down is no longer known.
    Lost,
}

/// What happened to a key.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Motion {
    /// It was let go.
    Up,
    /// It was pressed.
    Down,
    /// It is still down, and the kernel repeats it.
    Repeat,
}

impl Report {
    /// Reads one record; None where it tells of nothing that matters here.
    pub(super) fn read(record: &[u8; RECORD]) -> Option<Self> {
        let [.., t0, t1, c0, c1, v0, v1, v2, v3] = *record;
        let code = u16::from_ne_bytes([c0, c1]);
        let value = i32::from_ne_bytes([v0, v1, v2, v3]);
        match u16::from_ne_bytes([t0, t1]) {
            codes::TYPE_KEY => {
                let motion = match value {
                    0 => Motion::Up,
                    1 => Motion::Down,
                    2 => Motion::Repeat,
                    _ => return None,
                };
                Some(Self::Key { code, motion })
            }
            codes::TYPE_SWITCH if code == codes::LID && value == 1 => Some(Self::LidClosed),
            codes::TYPE_SYNC if code == codes::SYNC_DROPPED => Some(Self::Lost),
            _ => None,
        }
    }
}

/// The record that a device would send, for tests.
#[cfg(test)]
pub(super) fn record(kind: u16, code: u16, value: i32) -> [u8; RECORD] {
    let mut record = [0xee; RECORD]; // any time
    record[16..18].copy_from_slice(&kind.to_ne_bytes());
    record[18..20].copy_from_slice(&code.to_ne_bytes());
    record[20..].copy_from_slice(&value.to_ne_bytes());
    record
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_out_of_its_record() {
        let read = Report::read(&record(codes::TYPE_KEY, codes::ENTER, 1));
        assert!(matches!(read, Some(Report::Key { code: codes::ENTER, motion: Motion::Down })));
        let read = Report::read(&record(codes::TYPE_KEY, 0xffff, 2));
        assert!(matches!(read, Some(Report::Key { code: 0xffff, motion: Motion::Repeat })));
    }

    #[test]
    fn what_is_no_key_or_no_known_motion_is_nothing() {
        assert!(Report::read(&record(codes::TYPE_KEY, codes::ENTER, -1)).is_none());
        assert!(Report::read(&record(codes::TYPE_KEY, codes::ENTER, 3)).is_none());
        assert!(Report::read(&record(2, codes::ENTER, 1)).is_none(), "a mouse moved");
        let lid = |code, value| Report::read(&record(codes::TYPE_SWITCH, code, value));
        assert!(matches!(lid(codes::LID, 1), Some(Report::LidClosed)));
        assert!(lid(codes::LID, 0).is_none(), "the lid was opened");
        assert!(lid(1, 1).is_none(), "the screen was turned");
        assert!(Report::read(&record(codes::TYPE_SYNC, 0, 0)).is_none());
        let lost = Report::read(&record(codes::TYPE_SYNC, codes::SYNC_DROPPED, 0));
        assert!(matches!(lost, Some(Report::Lost)));
    }
}
