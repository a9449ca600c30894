//! Overwriting what secrets leave behind where no owner can wipe it.

/// Bytes of dead stack that [`stack`] overwrites: more than the deepest call here uses that touches
/// a secret (`libsecp256k1` and HMAC-SHA512 need some kilobytes).
const DEPTH: usize = 32 * 1024;

/// Overwrites the stack below the caller, where finished calls have left copies.
///
/// The limit of this: it reaches memory that a call *below the caller's* has used. What the
/// compiler copies within the caller's own frame is overwritten by the next call of a caller
/// further up, and registers by their next use.
#[inline(never)]
pub(crate) fn stack() {
    let mut dead = [0u8; DEPTH];
    std::hint::black_box(&mut dead);
}
