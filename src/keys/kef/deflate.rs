//! Raw deflate as KEF uses it: a window of 1,024 bytes, so that small devices can read it.

use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};
use zeroize::Zeroizing;

/// Most bytes that are inflated.
pub(super) const MOST: usize = 64 * 1024;

/// What no match may reach beyond.
const WINDOW: usize = 1024;

/// The inflated bytes; None where they are damaged or more than 64 KiB.
pub(super) fn inflate(bytes: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let mut buffer = Zeroizing::new(vec![0; MOST]);
    let mut inflater = Decompress::new(false);
    // In one call, and so without a window of the library's own, which nobody would wipe.
    let status = inflater.decompress(bytes, &mut buffer, FlushDecompress::Finish).ok()?;
    let length = usize::try_from(inflater.total_out()).ok()?;
    (status == Status::StreamEnd).then(|| Zeroizing::new(buffer[..length].to_vec()))
}

/// Deflates at most 64 KiB; None for more. The library cannot be told the size of the window, so its
/// memory of what came before is cleared each 1,024 bytes.
///
/// The limit of this: the library's own copy of the bytes is not wiped before the process ends.
pub(super) fn deflate(bytes: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    if bytes.len() > MOST {
        return None;
    }
    let mut deflater = Compress::new(Compression::best(), false);
    let mut buffer = Zeroizing::new(vec![0; bytes.len() * 2 + 256]);
    let mut chunks = bytes.chunks(WINDOW).peekable();
    loop {
        let (chunk, flush) = match (chunks.next(), chunks.peek()) {
            (Some(chunk), Some(_)) => (chunk, FlushCompress::Full),
            (last, _) => (last.unwrap_or_default(), FlushCompress::Finish),
        };
        let (taken, written) = (deflater.total_in(), usize::try_from(deflater.total_out()).ok()?);
        let status = deflater.compress(chunk, &mut buffer[written..], flush).ok()?;
        if deflater.total_in() - taken != chunk.len() as u64 {
            return None;
        }
        if status == Status::StreamEnd {
            let length = usize::try_from(deflater.total_out()).ok()?;
            return Some(Zeroizing::new(buffer[..length].to_vec()));
        }
        if flush == FlushCompress::Finish {
            return None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_deflated_is_inflated_again() {
        let mut bytes: Vec<u8> = (0..MOST).map(|at| ((at * at) >> 7) as u8).collect();
        for length in [0, 1, 16, 1023, 1024, 1025, 5000, MOST] {
            let small = deflate(&bytes[..length]).unwrap_or_else(|| panic!("{length}"));
            assert!(inflate(&small).is_some_and(|back| *back == bytes[..length]), "{length}");
        }
        assert!(deflate(&[7; 5000]).is_some_and(|small| small.len() < 200));
        bytes.push(0);
        assert!(deflate(&bytes).is_none());
    }

    /// No match reaches further than the window: the same 600 bytes, 1,200 bytes apart, are not
    /// found again, where 400 apart they are.
    #[test]
    fn no_match_reaches_beyond_the_window() {
        let mut seed = 1u32;
        let noise: Vec<u8> = std::iter::repeat_with(|| {
            seed = seed.wrapping_mul(1664525).wrapping_add(1013904223);
            (seed >> 24) as u8
        })
        .take(1200)
        .collect();
        let far = [&noise[..], &noise[..600]].concat();
        let near = [&noise[..400], &noise[..400]].concat();
        assert!(deflate(&far).is_some_and(|small| small.len() > 1800));
        assert!(deflate(&near).is_some_and(|small| small.len() < 450));
    }

    #[test]
    fn a_bomb_and_damage_are_refused() {
        let bomb = {
            let mut deflater = Compress::new(Compression::best(), false);
            let mut small = vec![0; 4096];
            let zeros = vec![0; MOST + 1];
            let status = deflater.compress(&zeros, &mut small, FlushCompress::Finish);
            assert!(matches!(status, Ok(Status::StreamEnd)));
            small.truncate(deflater.total_out() as usize);
            small
        };
        assert!(bomb.len() < 200 && inflate(&bomb).is_none());
        for damaged in [&b""[..], &[0xff; 9], &bomb[..20]] {
            assert!(inflate(damaged).is_none());
        }
    }
}
