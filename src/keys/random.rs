//! The one way to random bytes: whatever makes a secret draws them from here. The machine's source
//! is handed in, and it fails closed: no byte of a source that failed is ever used.

mod health;

use health::{BLOCK, Block, Health, START};
use zeroize::{Zeroize, Zeroizing};

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

/// The machine's random source behind its health tests, which no draw can avoid.
///
/// The source is asked for blocks of 16 bytes. Before the first of them is given out, 1,024 bytes
/// are drawn, tested and thrown away (SP 800-90B, section 4.3: start-up tests). Every block that is
/// drawn later is tested before a byte of it is given out, across calls. The first failure is the
/// last word: every later call fails, too, whatever the source gives by then.
pub struct Generator {
    source: Box<dyn RandomSource>,
    health: Health,
    state: State,
}

/// How far the tests are.
#[derive(Clone, Copy)]
enum State {
    /// Nothing was drawn yet.
    Untested,
    /// The start-up test passed.
    Healthy,
    /// It failed once, and stays so.
    Failed(RandomError),
}

impl Generator {
    /// Tests what `source` gives from now on.
    pub fn new(source: impl RandomSource + 'static) -> Self {
        Self { source: Box::new(source), health: Health::default(), state: State::Untested }
    }

    /// Fills `bytes` from the source. After an error they are all zero.
    pub fn fill(&mut self, bytes: &mut [u8]) -> Result<(), RandomError> {
        self.draw(bytes).inspect_err(|error| {
            bytes.zeroize();
            self.state = State::Failed(*error);
        })
    }

    /// So many random bytes.
    pub fn array<const N: usize>(&mut self) -> Result<Zeroizing<[u8; N]>, RandomError> {
        let mut bytes = Zeroizing::new([0; N]);
        self.fill(bytes.as_mut_slice())?;
        Ok(bytes)
    }

    fn draw(&mut self, bytes: &mut [u8]) -> Result<(), RandomError> {
        match self.state {
            State::Failed(error) => return Err(error),
            State::Untested => self.start()?,
            State::Healthy => {}
        }
        for chunk in bytes.chunks_mut(BLOCK) {
            let block = self.block()?;
            chunk.copy_from_slice(&block[..chunk.len()]);
        }
        Ok(())
    }

    fn start(&mut self) -> Result<(), RandomError> {
        for _ in 0..START {
            let block = self.block()?;
            self.health.remember(&block);
        }
        self.state = State::Healthy;
        Ok(())
    }

    /// The source's next block, tested.
    fn block(&mut self) -> Result<Zeroizing<Block>, RandomError> {
        let mut block = Zeroizing::new([0; BLOCK]);
        self.source.fill(block.as_mut_slice())?;
        if self.health.accepts(&block) { Ok(block) } else { Err(RandomError::Unhealthy) }
    }
}

#[cfg(test)]
mod tests;
