//! Digits that a keyboard must type, where no other is left to agree at.
//!
//! A stick that types blindly does not see the screen. It may guess: of four digits three tries are
//! right once in 3333 times. So each device that has failed makes the digits of the next more.

/// Wrong tries, then the device is declined.
const TRIES: u8 = 3;

/// Digits for the first device, and how many more for each that has failed before it.
const DIGITS: usize = 4;
const MORE: usize = 2;

/// Most digits: they stay readable.
const MOST: usize = 12;

/// Where digits come from: 0 to 9, each as likely as the others. None when the machine has no
/// randomness.
pub(super) type Dice = Box<dyn FnMut() -> Option<u8> + Send>;

/// The digits that one device has to type.
pub(super) struct Challenge {
    digits: Vec<u8>,
    typed: usize,
    right: bool,
    wrong_tries: u8,
}

/// What a digit came to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// More are to come.
    More,
    /// All were right.
    Passed,
    /// At least one was wrong: other digits are to be typed.
    Again,
    /// That was the last try.
    Failed,
}

impl Challenge {
    /// For a device, after `failed` others.
    pub(super) fn new(failed: usize, dice: &mut Dice) -> Option<Self> {
        let count = failed.saturating_mul(MORE).saturating_add(DIGITS).min(MOST);
        Some(Self { digits: roll(count, dice)?, typed: 0, right: true, wrong_tries: 0 })
    }

    /// The digits, to be shown.
    pub(super) fn shown(&self) -> String {
        self.digits.iter().map(|digit| char::from(b'0' + digit % 10)).collect()
    }

    /// Takes a digit.
    pub(super) fn take(&mut self, digit: u8, dice: &mut Dice) -> Outcome {
        self.right &= self.digits.get(self.typed) == Some(&digit);
        self.typed += 1;
        if self.typed < self.digits.len() {
            return Outcome::More;
        }
        if self.right {
            return Outcome::Passed;
        }
        self.wrong_tries += 1;
        match roll(self.digits.len(), dice) {
            Some(digits) if self.wrong_tries < TRIES => {
                (self.digits, self.typed, self.right) = (digits, 0, true);
                Outcome::Again
            }
            _ => Outcome::Failed,
        }
    }
}

fn roll(count: usize, dice: &mut Dice) -> Option<Vec<u8>> {
    (0..count).map(|_| dice()).collect()
}

/// Digits by the kernel's random numbers.
pub(super) fn dice() -> Dice {
    Box::new(|| {
        let mut byte = [0u8; 1];
        loop {
            let flags = rustix::rand::GetRandomFlags::empty();
            match rustix::rand::getrandom(&mut byte, flags) {
                Ok(1) if byte[0] < 250 => return Some(byte[0] % 10), // 250 to 255 would favour 0 to 5
                Ok(_) | Err(rustix::io::Errno::INTR) => {}
                Err(_) => return None,
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counting() -> Dice {
        let mut next = 0;
        Box::new(move || {
            next = (next + 1) % 10;
            Some(next)
        })
    }

    fn type_all(challenge: &mut Challenge, digits: &[u8], dice: &mut Dice) -> Vec<Outcome> {
        digits.iter().map(|digit| challenge.take(*digit, dice)).collect()
    }

    #[test]
    fn the_digits_that_are_shown_pass() {
        let mut dice = counting();
        let mut challenge = Challenge::new(0, &mut dice).unwrap();
        assert_eq!(challenge.shown(), "1234");
        let outcome = type_all(&mut challenge, &[1, 2, 3, 4], &mut dice);
        assert!(outcome == [Outcome::More, Outcome::More, Outcome::More, Outcome::Passed]);
    }

    #[test]
    fn a_wrong_digit_is_told_only_at_the_end_and_the_next_digits_are_others() {
        let mut dice = counting();
        let mut challenge = Challenge::new(0, &mut dice).unwrap();
        let outcome = type_all(&mut challenge, &[1, 9, 3, 4], &mut dice);
        assert!(outcome == [Outcome::More, Outcome::More, Outcome::More, Outcome::Again]);
        assert_eq!(challenge.shown(), "5678");
        assert!(type_all(&mut challenge, &[1, 2, 3, 4], &mut dice).last() == Some(&Outcome::Again));
        assert!(
            type_all(&mut challenge, &[0, 0, 0, 0], &mut dice).last() == Some(&Outcome::Failed)
        );
    }

    #[test]
    fn each_device_that_failed_makes_the_next_ones_digits_more() {
        let mut dice = counting();
        let mut count = |failed| Challenge::new(failed, &mut dice).unwrap().shown().len();
        assert_eq!([count(0), count(1), count(4), count(usize::MAX)], [4, 6, 12, 12]);
    }

    #[test]
    fn without_randomness_there_are_no_digits() {
        let mut none: Dice = Box::new(|| None);
        assert!(Challenge::new(0, &mut none).is_none());
    }

    #[test]
    fn the_kernels_digits_are_digits_and_differ() {
        let mut dice = dice();
        let rolled = roll(200, &mut dice).unwrap();
        assert!(rolled.iter().all(|digit| *digit < 10));
        assert!(
            (0..10).all(|digit| rolled.contains(&digit)),
            "one in a hundred million misses one"
        );
    }
}
