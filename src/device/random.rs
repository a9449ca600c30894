//! The kernel's random source.

use crate::keys::{RandomError, RandomSource};
use rustix::io::Errno;
use rustix::rand::{GetRandomFlags, getrandom};

/// getrandom(2): waits until the kernel has gathered what its generator begins with.
pub struct KernelRandom;

impl RandomSource for KernelRandom {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), RandomError> {
        let mut filled = 0;
        while let Some(rest) = bytes.get_mut(filled..).filter(|rest| !rest.is_empty()) {
            match getrandom(rest, GetRandomFlags::empty()) {
                Ok(0) => return Err(RandomError::Failed),
                Ok(count) => filled += count,
                Err(Errno::INTR) => {}
                Err(_) => return Err(RandomError::Failed),
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_buffer_is_filled() {
        let mut bytes = [0; 4096];
        assert_eq!(KernelRandom.fill(&mut bytes), Ok(()));
        // one time in 2^512 this fails
        assert!(bytes.chunks(64).all(|chunk| chunk != [0; 64]));
    }
}
