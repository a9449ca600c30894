//! Throws of dice and coins.

use super::statistics::{Judgement, judge};
use super::{Bits, Flaw};
use crate::keys::Typed;
use zeroize::Zeroizing;

/// What is thrown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Throw {
    /// A die with six faces, 1 to 6.
    Die6,
    /// A die with twenty faces, 1 to 20.
    Die20,
    /// A coin: 1 for heads, 0 for tails.
    Coin,
}

impl Throw {
    /// How many faces it has.
    pub fn faces(self) -> u8 {
        match self {
            Self::Die6 => 6,
            Self::Die20 => 20,
            Self::Coin => 2,
        }
    }

    /// The number of its lowest face.
    fn lowest(self) -> u8 {
        match self {
            Self::Die6 | Self::Die20 => 1,
            Self::Coin => 0,
        }
    }

    /// What an honest throw counts for.
    pub fn each(self) -> Bits {
        Bits::of_choices(u32::from(self.faces()))
    }

    /// What stands between two throws where they are written as text.
    fn separator(self) -> &'static str {
        match self {
            Self::Die6 | Self::Coin => "",
            Self::Die20 => "-",
        }
    }
}

/// Throws in their order, at most [`Throws::MOST`]. Wiped when dropped; never grows.
pub struct Throws {
    what: Throw,
    /// Counted from 0.
    faces: Zeroizing<Vec<u8>>,
}

impl Throws {
    /// Most throws: twice what the weakest source, a coin, needs for 24 words.
    pub const MOST: usize = 512;

    /// None yet.
    pub fn new(what: Throw) -> Self {
        Self { what, faces: Zeroizing::new(Vec::with_capacity(Self::MOST)) }
    }

    /// What is thrown.
    pub fn what(&self) -> Throw {
        self.what
    }

    /// One more, by the number on its face.
    pub fn push(&mut self, number: u8) -> Typed {
        let Some(face) = number.checked_sub(self.what.lowest()) else { return Typed::Unknown };
        if face >= self.what.faces() {
            return Typed::Unknown;
        }
        if self.faces.len() == Self::MOST {
            return Typed::Full;
        }
        self.faces.push(face);
        Typed::Taken
    }

    /// Takes the last one back; false when there was none.
    pub fn undo(&mut self) -> bool {
        self.faces.pop().is_some()
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.faces.len()
    }

    /// None yet?
    pub fn is_empty(&self) -> bool {
        self.faces.is_empty()
    }

    /// The numbers on their faces, in order.
    pub fn numbers(&self) -> impl Iterator<Item = u8> {
        self.faces.iter().map(|face| face + self.what.lowest())
    }

    /// What they count for, and what is wrong with them.
    pub fn judge(&self) -> Judgement {
        judge(&self.faces, self.what.faces())
    }

    /// What they count for.
    pub fn credit(&self) -> Bits {
        self.judge().credit
    }

    /// What is wrong with them.
    pub fn flaw(&self) -> Option<Flaw> {
        self.judge().flaw
    }

    /// As the published rules write them: the digits of a D6 and of coins one after the other, the
    /// numbers of a D20 with hyphens between them.
    pub fn text(&self) -> Zeroizing<String> {
        // three bytes a throw at most: two digits and a hyphen
        let mut text = Zeroizing::new(String::with_capacity(3 * self.faces.len()));
        for (place, number) in self.numbers().enumerate() {
            if place > 0 {
                text.push_str(self.what.separator());
            }
            if number >= 10 {
                text.push(char::from(b'0' + number / 10));
            }
            text.push(char::from(b'0' + number % 10));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn throws(what: Throw, numbers: &[u8]) -> Throws {
        let mut throws = Throws::new(what);
        assert!(numbers.iter().all(|number| throws.push(*number) == Typed::Taken));
        throws
    }

    #[test]
    fn throws_are_written_as_the_published_rules_do() {
        assert_eq!(*throws(Throw::Die6, &[1, 6, 3]).text(), "163");
        assert_eq!(*throws(Throw::Die20, &[1, 20, 3, 10]).text(), "1-20-3-10");
        assert_eq!(*throws(Throw::Coin, &[1, 0, 0]).text(), "100");
    }

    #[test]
    fn a_number_that_is_on_no_face_is_not_taken() {
        for (what, wrong) in [(Throw::Die6, [0, 7]), (Throw::Die20, [0, 21]), (Throw::Coin, [2, 9])]
        {
            for number in wrong {
                let mut throws = Throws::new(what);
                assert_eq!(throws.push(number), Typed::Unknown);
                assert!(throws.is_empty());
            }
        }
    }

    #[test]
    fn the_buffer_never_grows_and_gives_back_one_at_a_time() {
        let mut coins = Throws::new(Throw::Coin);
        let place = coins.faces.as_ptr();
        while coins.push(1) == Typed::Taken {}
        assert_eq!(coins.push(0), Typed::Full);
        assert_eq!((coins.len(), coins.faces.as_ptr()), (Throws::MOST, place));
        assert!(coins.undo());
        assert_eq!(coins.len(), Throws::MOST - 1);
        while coins.undo() {}
        assert!(coins.is_empty() && !coins.undo());
    }
}
