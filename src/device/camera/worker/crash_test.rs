//! Test builds only: a camera worker that does not live long.

use super::protocol::Message;
use crate::device::camera::report::Report;
use std::process::abort;
use std::sync::atomic::{AtomicU32, Ordering};

/// Pictures of one worker's life.
const LIFE: u32 = 3;

/// The process dies when this many pictures were told.
pub(super) fn told(message: &Message) {
    static PICTURES: AtomicU32 = AtomicU32::new(0);
    if matches!(message, Message::Report(Report::Preview { .. }))
        && PICTURES.fetch_add(1, Ordering::Relaxed) + 1 == LIFE
    {
        abort();
    }
}
