//! Specter Desktop's `pMofN `: base64 text cut into numbered pieces.

use super::{Dialect, MAX_BYTE_MODE, MAX_MESSAGE, MAX_PARTS, Payload, ReelError, Trouble, content};
use base64::{Engine, engine::general_purpose::STANDARD};

/// One piece.
pub(super) struct Part<'a> {
    /// From 1 to `MAX_PARTS`.
    pub(super) total: usize,
    /// From 0, below the total.
    pub(super) index: usize,
    pub(super) piece: &'a [u8],
}

/// Reads `pMofN piece`. None when the text has another form.
pub(super) fn read(text: &[u8]) -> Option<Result<Part<'_>, Trouble>> {
    let rest = text.strip_prefix(b"p")?;
    let (number, rest) = digits(rest)?;
    let (total, rest) = digits(rest.strip_prefix(b"of")?)?;
    let piece = rest.strip_prefix(b" ")?.trim_ascii();
    Some(match (number, total) {
        (_, total) if total > MAX_PARTS => Err(Trouble::TooManyParts),
        (number, total) if number == 0 || number > total || piece.is_empty() => {
            Err(Trouble::Damaged(Dialect::Specter))
        }
        (number, total) => Ok(Part { total, index: number - 1, piece }),
    })
}

/// A decimal number, however long (the limits are far below where it saturates), and what follows.
fn digits(text: &[u8]) -> Option<(usize, &[u8])> {
    let len = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, rest) = text.split_at(len);
    let step =
        |sum: usize, digit: &u8| sum.saturating_mul(10).saturating_add(usize::from(digit - b'0'));
    (len > 0).then(|| (digits.iter().fold(0, step), rest))
}

/// The message from its text put together: base64, or the text itself.
pub(super) fn open(joined: Vec<u8>) -> Result<Payload, Trouble> {
    let bytes = STANDARD.decode(&joined).unwrap_or(joined);
    content::stated(bytes, None, Dialect::Specter)
}

/// The texts of one loop, each of at most `fragment` characters, header included.
pub(super) fn show(bytes: &[u8], fragment: usize) -> Result<Vec<String>, ReelError> {
    if bytes.len() > MAX_MESSAGE / 4 * 3 {
        return Err(ReelError::TooLarge { len: bytes.len(), max: MAX_MESSAGE / 4 * 3 });
    }
    if fragment > MAX_BYTE_MODE {
        return Err(ReelError::FragmentTooLarge { len: fragment, max: MAX_BYTE_MODE });
    }
    let text = STANDARD.encode(bytes);
    // The header's length depends on the number of parts that it counts.
    for digits in 1..=4 {
        let head = "p".len() + digits + "of".len() + digits + " ".len();
        let Some(most) = fragment.checked_sub(head).filter(|most| *most > 0) else {
            return Err(ReelError::FragmentTooSmall { min: head + 1 });
        };
        let total = text.len().div_ceil(most);
        if total < 10_usize.pow(digits as u32) {
            let even = text.len().div_ceil(total);
            let pieces: Vec<&[u8]> = text.as_bytes().chunks(even).collect();
            let total = pieces.len();
            let named = pieces.iter().enumerate().map(|(index, piece)| {
                let head = format!("p{}of{total} ", index + 1);
                head.chars().chain(piece.iter().map(|letter| char::from(*letter))).collect()
            });
            return Ok(named.collect());
        }
    }
    Err(ReelError::TooManyParts { parts: text.len().div_ceil(fragment), max: MAX_PARTS - 1 })
}
