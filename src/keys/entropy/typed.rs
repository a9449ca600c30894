//! Text that the user types at random.

use super::Bits;
use crate::keys::Typed;
use zeroize::Zeroizing;

/// Typed text. Wiped when dropped; never grows.
///
/// People are bad at this, so a character counts for 1 bit at most, and for nothing when it
/// * is the same as the one before, or its neighbour in the alphabet or the row of digits;
/// * ends a group of three that was typed before.
pub struct TypedText {
    text: Zeroizing<String>,
    /// Which characters count, in order.
    counts: Zeroizing<Vec<bool>>,
}

impl Default for TypedText {
    fn default() -> Self {
        Self {
            text: Zeroizing::new(String::with_capacity(Self::MOST)),
            counts: Zeroizing::new(Vec::with_capacity(Self::MOST)),
        }
    }
}

impl TypedText {
    /// Longest text, in bytes of UTF-8.
    pub const MOST: usize = 1024;

    /// One more character; a control character is not taken.
    pub fn push(&mut self, character: char) -> Typed {
        if character.is_control() {
            return Typed::Unknown;
        }
        if self.text.len() + character.len_utf8() > Self::MOST {
            return Typed::Full;
        }
        let counts = self.will_count(character);
        self.counts.push(counts);
        self.text.push(character);
        Typed::Taken
    }

    /// Takes the last character back; false when there was none.
    pub fn undo(&mut self) -> bool {
        self.counts.pop();
        self.text.pop().is_some()
    }

    /// Will it count behind what is there?
    fn will_count(&self, character: char) -> bool {
        let mut last = self.text.chars().rev();
        let Some(before) = last.next() else { return true };
        let near = u32::from(before).abs_diff(u32::from(character)) <= 1;
        let again = last.next().is_some_and(|first| {
            let threes = self.text.chars().zip(self.text.chars().skip(1));
            let threes = threes.zip(self.text.chars().skip(2));
            threes.into_iter().any(|three| three == ((first, before), character))
        });
        !near && !again
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How many characters.
    pub fn len(&self) -> usize {
        self.counts.len()
    }

    /// None yet?
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// What it counts for.
    pub fn credit(&self) -> Bits {
        Bits::whole(1).times(self.counts.iter().filter(|counts| **counts).count())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn credit(text: &str) -> u64 {
        let mut typed = TypedText::default();
        assert!(text.chars().all(|character| typed.push(character) == Typed::Taken));
        typed.credit().floor()
    }

    #[test]
    fn a_character_counts_for_one_bit_at_most() {
        assert_eq!(credit(""), 0);
        assert_eq!(credit("q8?Lw"), 5);
        assert_eq!(credit("käse"), 4);
    }

    #[test]
    fn what_is_repeated_counts_for_nothing() {
        assert_eq!(credit(&"a".repeat(500)), 1);
        assert_eq!(credit("abcdefghijklmnopqrstuvwxyz0123456789"), 2);
        assert_eq!(credit(&"asdf".repeat(100)), 6);
        assert_eq!(credit(&"correct horse ".repeat(9)), credit("correct horse co"));
    }

    #[test]
    fn the_buffer_never_grows() {
        let mut typed = TypedText::default();
        let place = typed.text.as_ptr();
        while typed.push('ä') == Typed::Taken {}
        assert_eq!((typed.text.len(), typed.text.as_ptr()), (TypedText::MOST, place));
        assert!(typed.counts.capacity() == TypedText::MOST);
        assert_eq!(typed.push('\n'), Typed::Unknown);
        assert!(typed.undo());
        assert_eq!(typed.len(), TypedText::MOST / 2 - 1);
    }
}
