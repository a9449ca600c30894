//! The one way to random bytes: whatever makes a secret draws them from here. The machine's source
//! is handed in, and it fails closed: no byte of a source that failed is ever used.

use zeroize::Zeroize;

/// The machine's random source.
pub trait RandomSource: Send {
    /// Fills all of `bytes`, or fails.
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), RandomError>;
}

/// Why there are no random bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RandomError {
    /// The source failed, or gave fewer bytes than were asked for.
    Failed,
    /// The source gave what no random source gives (SP 800-90B): a constant, or repetitions.
    Unhealthy,
}

impl std::fmt::Display for RandomError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Failed => {
                "The machine's random source failed. Nothing was made. Start the machine again."
            }
            Self::Unhealthy => {
                "The machine's random source repeats itself. Nothing was made. Do not make keys on \
                 this machine."
            }
        })
    }
}

impl std::error::Error for RandomError {}

/// The machine's random source behind its health tests.
pub struct Generator {
    source: Box<dyn RandomSource>,
}

impl Generator {
    /// Tests what `source` gives from now on.
    pub fn new(source: impl RandomSource + 'static) -> Self {
        Self { source: Box::new(source) }
    }

    /// Fills `bytes` from the source. After an error they are all zero.
    pub fn fill(&mut self, bytes: &mut [u8]) -> Result<(), RandomError> {
        self.source.fill(bytes).inspect_err(|_| bytes.zeroize())
    }
}
