//! Colours of cells as red, green and blue.

use ratatui::style::Color;

/// The sixteen colours by number: bright ones that can be told apart on black.
const SIXTEEN: [[u8; 3]; 16] = [
    [0, 0, 0],
    [204, 0, 0],
    [78, 154, 6],
    [196, 160, 0],
    [52, 101, 164],
    [117, 80, 123],
    [6, 152, 154],
    [208, 208, 208],
    [110, 110, 110],
    [255, 85, 85],
    [138, 226, 52],
    [252, 233, 79],
    [114, 159, 207],
    [200, 140, 200],
    [52, 226, 226],
    [255, 255, 255],
];

/// Red, green and blue of a colour; `unset` where it has none.
pub(super) fn rgb(color: Color, unset: [u8; 3]) -> [u8; 3] {
    match color {
        Color::Reset => unset,
        Color::Rgb(red, green, blue) => [red, green, blue],
        Color::Indexed(number) => indexed(number),
        Color::Black => SIXTEEN[0],
        Color::Red => SIXTEEN[1],
        Color::Green => SIXTEEN[2],
        Color::Yellow => SIXTEEN[3],
        Color::Blue => SIXTEEN[4],
        Color::Magenta => SIXTEEN[5],
        Color::Cyan => SIXTEEN[6],
        Color::Gray => SIXTEEN[7],
        Color::DarkGray => SIXTEEN[8],
        Color::LightRed => SIXTEEN[9],
        Color::LightGreen => SIXTEEN[10],
        Color::LightYellow => SIXTEEN[11],
        Color::LightBlue => SIXTEEN[12],
        Color::LightMagenta => SIXTEEN[13],
        Color::LightCyan => SIXTEEN[14],
        Color::White => SIXTEEN[15],
    }
}

/// The 256 colours of terminals: sixteen, a cube of 6 x 6 x 6, 24 greys.
fn indexed(number: u8) -> [u8; 3] {
    match number {
        0..=15 => SIXTEEN[usize::from(number)],
        16..=231 => {
            let place = number - 16;
            [place / 36, place / 6 % 6, place % 6].map(|step| match step {
                0 => 0,
                step => 55 + 40 * step,
            })
        }
        232..=255 => [8 + 10 * (number - 232); 3],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_is_real_white_however_it_is_named() {
        for white in [Color::White, Color::Indexed(15), Color::Indexed(231)] {
            assert_eq!(rgb(white, [0; 3]), [255; 3]);
        }
        assert_eq!(rgb(Color::Indexed(255), [0; 3]), [238; 3]);
        assert_eq!(rgb(Color::Indexed(16), [9; 3]), [0; 3]);
        assert_eq!(rgb(Color::Reset, [9; 3]), [9; 3]);
    }
}
