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
}

impl Default for TypedText {
    fn default() -> Self {
        Self { text: Zeroizing::new(String::with_capacity(Self::MOST)) }
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
        self.text.push(character);
        Typed::Taken
    }

    /// Takes the last character back; false when there was none.
    pub fn undo(&mut self) -> bool {
        self.text.pop().is_some()
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How many characters.
    pub fn len(&self) -> usize {
        self.text.chars().count()
    }

    /// None yet?
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// What it counts for.
    pub fn credit(&self) -> Bits {
        let mut letters = Zeroizing::new(Vec::with_capacity(Self::MOST));
        letters.extend(self.text.chars().map(u32::from));
        let counts = |place: &usize| {
            let near = *place > 0 && letters[place - 1].abs_diff(letters[*place]) <= 1;
            let three = letters.get(place.wrapping_sub(2)..=*place);
            let again = three
                .is_some_and(|three| letters[..*place].windows(3).any(|before| before == three));
            !near && !again
        };
        Bits::whole(1).times((0..letters.len()).filter(counts).count())
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
        assert_eq!(typed.push('\n'), Typed::Unknown);
        assert!(typed.undo());
        assert_eq!(typed.len(), TypedText::MOST / 2 - 1);
    }
}
