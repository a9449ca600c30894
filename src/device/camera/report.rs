//! What looking through a camera gives, freed of the pipeline that gave it: the same whether the
//! pipeline runs in this process or in the worker's.

use super::eye::Shown;
use super::measure::{self, Hint, Stats};
use super::{CameraError, Sight};
use crate::app::{self, Event};
use crate::qr::{Luma, Symbol};

/// One thing that the eye tells.
pub enum Report {
    /// A new picture, made small, and how it goes.
    Preview {
        /// At most 160 x 120 pixels.
        picture: Luma,
        /// The last two seconds.
        stats: Stats,
    },
    /// A picture was looked at: all its codes, perhaps none.
    Codes(Vec<Symbol>),
    /// Something is wrong.
    Trouble(CameraError),
    /// The source has ended. The last report.
    Ended,
}

impl From<Sight> for Report {
    fn from(sight: Sight) -> Self {
        match sight {
            Sight::Preview(Shown { picture, stats, .. }) => Self::Preview { picture, stats },
            Sight::Looked(looked) => Self::Codes(looked.symbols),
            Sight::Trouble(error) => Self::Trouble(error),
            Sight::Ended => Self::Ended,
        }
    }
}

impl From<Report> for Event {
    fn from(report: Report) -> Self {
        match report {
            Report::Preview { picture, stats } => Self::Sight(app::Sight {
                preview: picture,
                frames_per_second: stats.frames_per_second,
                read_percent: (stats.read_share * 100.0).round() as u8,
                hint: measure::hint(&stats).and_then(|hint| match hint {
                    Hint::TooDark => Some(app::Hint::TooDark),
                    Hint::Blurred => Some(app::Hint::Blurred),
                    Hint::TooFar => Some(app::Hint::TooFar),
                    Hint::NoCode => None,
                }),
            }),
            Report::Codes(symbols) => Self::Codes(symbols),
            Report::Trouble(error) => Self::SourceFailed(error.to_string()),
            Report::Ended => Self::SourceEnded,
        }
    }
}
