//! Dead keys: an accent that is typed before its letter.

use unicode_normalization::char::compose;

/// An accent that waits for its letter.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Accent {
    /// The combining mark.
    mark: char,
    /// The accent as a character of its own.
    alone: char,
}

/// How a dead key stands in the tables, its combining mark, and what it gives before a space: the
/// character that is engraved on the key, as Windows and macOS give it. X11 gives `'` for an acute
/// and `"` for a diaeresis; both have keys of their own on every layout.
const ACCENTS: [(char, char, char); 13] = [
    ('ˋ', '\u{300}', '`'),
    ('´', '\u{301}', '´'),
    ('ˆ', '\u{302}', '^'),
    ('˜', '\u{303}', '~'),
    ('ˉ', '\u{304}', '¯'),
    ('˘', '\u{306}', '˘'),
    ('˙', '\u{307}', '˙'),
    ('¨', '\u{308}', '¨'),
    ('˚', '\u{30a}', '°'),
    ('˝', '\u{30b}', '˝'),
    ('ˇ', '\u{30c}', 'ˇ'),
    ('¸', '\u{327}', '¸'),
    ('˛', '\u{328}', '˛'),
];

impl Accent {
    /// The dead key that stands so in the tables.
    pub(super) fn of_table(symbol: char) -> Option<Self> {
        let (_, mark, alone) = ACCENTS.into_iter().find(|(shown, ..)| *shown == symbol)?;
        Some(Self { mark, alone })
    }

    /// The accent as a character of its own.
    pub fn alone(self) -> char {
        self.alone
    }

    /// The letter with its accent as one character (Unicode's form C). A space gives the accent
    /// alone; None where no such letter exists.
    pub fn over(self, letter: char) -> Option<char> {
        if letter == ' ' { Some(self.alone) } else { compose(letter, self.mark) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_accent_and_its_letter_are_one_character() {
        let composed = [
            ('ˋ', 'a', 'à'),
            ('´', 'E', 'É'),
            ('ˆ', 'o', 'ô'),
            ('˜', 'n', 'ñ'),
            ('¨', 'u', 'ü'),
            ('˚', 'u', 'ů'),
            ('ˇ', 'r', 'ř'),
            ('¸', 'c', 'ç'),
            ('˛', 'a', 'ą'),
            ('˝', 'o', 'ő'),
        ];
        for (accent, letter, whole) in composed {
            let accent = Accent::of_table(accent).unwrap();
            assert!(accent.over(letter) == Some(whole), "{whole}");
        }
    }

    #[test]
    fn an_accent_before_a_space_is_itself_and_over_a_digit_it_is_nothing() {
        let tilde = Accent::of_table('˜').unwrap();
        assert!(tilde.over(' ') == Some('~'));
        assert!(tilde.over('1').is_none());
        assert!(Accent::of_table('~').is_none(), "a tilde that is no dead key");
    }
}
