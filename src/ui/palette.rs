//! How meanings look, in terminals with all colours, with 256, and on the Linux console.

use crate::app::text::Tone;
use ratatui::style::{Color, Modifier, Style};

/// Which colours a terminal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Palette {
    /// 24 bit.
    True,
    /// 256.
    Indexed,
    /// 16, as on the Linux console.
    Console,
}

impl Palette {
    /// From the variables `COLORTERM` and `TERM`.
    pub fn of(colorterm: &str, term: &str) -> Self {
        if matches!(colorterm, "truecolor" | "24bit") {
            Self::True
        } else if term.contains("256color") {
            Self::Indexed
        } else {
            Self::Console
        }
    }

    /// Real white: what a code's light modules are.
    pub fn white(self) -> Color {
        match self {
            Self::True => Color::Rgb(255, 255, 255),
            Self::Indexed => Color::Indexed(231),
            Self::Console => Color::White,
        }
    }

    /// Real black.
    pub fn black(self) -> Color {
        match self {
            Self::True => Color::Rgb(0, 0, 0),
            Self::Indexed => Color::Indexed(16),
            Self::Console => Color::Black,
        }
    }

    /// A grey of the camera's picture.
    pub fn grey(self, light: u8) -> Color {
        match self {
            Self::True => Color::Rgb(light, light, light),
            // 232 to 255 are 24 greys from 8 to 238
            _ => Color::Indexed(232 + (u16::from(light) * 23 / 255) as u8),
        }
    }

    fn text(self, light: u8, console: Color) -> Color {
        match self {
            Self::Console => console,
            _ => self.grey(light),
        }
    }

    /// The look of the empty screen.
    pub fn ground(self) -> Style {
        Style::new().fg(self.text(208, Color::Gray)).bg(self.black())
    }

    /// The look of a meaning.
    pub fn style(self, tone: Tone) -> Style {
        let ground = self.ground();
        match tone {
            Tone::Plain => ground,
            Tone::Strong | Tone::Key => ground.fg(self.white()).add_modifier(Modifier::BOLD),
            Tone::Faint => ground.fg(self.text(150, Color::Gray)),
            Tone::Proven => ground.fg(Color::LightGreen),
            Tone::Claimed => ground.fg(Color::LightCyan).add_modifier(Modifier::UNDERLINED),
            Tone::Warn => ground.fg(Color::LightYellow),
            Tone::Refuse => ground.fg(Color::LightRed).add_modifier(Modifier::BOLD),
            Tone::Entry => ground.fg(self.white()).add_modifier(Modifier::BOLD),
        }
    }
}
