//! From a passphrase to a key by PBKDF2-HMAC-SHA256 (RFC 8018), in portions: SLIP-0039 and KEF let
//! whoever wrote a backup ask for minutes of work, and a person who waits wants to see how far it
//! is. The crate for PBKDF2 does it all at once only.

use super::wipe;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::{Zeroize, Zeroizing};

/// A derivation under way. Its state is wiped when dropped.
pub(super) struct Stretch {
    // Boxed: the state stays in its place until it is wiped there.
    keyed: Box<Hmac<Sha256>>,
    latest: Zeroizing<[u8; 32]>,
    sum: Zeroizing<[u8; 32]>,
    done: u32,
    rounds: u32,
}

impl Stretch {
    /// The first of `rounds` rounds (at least 1). `salt` is one text in parts.
    #[inline(never)]
    pub(super) fn begin(password: &[u8], salt: &[&[u8]], rounds: u32) -> Self {
        let keyed = Box::new(
            Hmac::<Sha256>::new_from_slice(password).expect("HMAC takes a key of any length"),
        );
        let mut mac = (*keyed).clone();
        for part in salt {
            mac.update(part);
        }
        // RFC 8018: the number of the block; there is only the first.
        mac.update(&1u32.to_be_bytes());
        let mut first = <[u8; 32]>::from(mac.finalize().into_bytes());
        let stretch = Self {
            keyed,
            latest: Zeroizing::new(first),
            sum: Zeroizing::new(first),
            done: 1,
            rounds: rounds.max(1),
        };
        first.zeroize();
        stretch
    }

    /// Does at most `rounds` more. Gives the 32 bytes of the key once all are done.
    pub(super) fn advance(&mut self, rounds: u32) -> Option<&[u8; 32]> {
        let portion = rounds.min(self.rounds - self.done);
        self.work(portion);
        wipe::stack();
        self.done += portion;
        (self.done == self.rounds).then_some(&*self.sum)
    }

    /// Rounds done so far.
    pub(super) fn done(&self) -> u32 {
        self.done
    }

    #[inline(never)]
    fn work(&mut self, rounds: u32) {
        for _ in 0..rounds {
            let mut mac = (*self.keyed).clone();
            mac.update(&*self.latest);
            *self.latest = mac.finalize().into_bytes().into();
            for (sum, latest) in self.sum.iter_mut().zip(&*self.latest) {
                *sum ^= latest;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bitcoin::hex::DisplayHex;

    /// The widely used SHA-256 cases that follow RFC 6070's inputs.
    #[test]
    fn published_keys_come_out_whatever_the_portions() {
        for (rounds, key) in [
            (1, "120fb6cffcf8b32c43e7225256c4f837a86548c92ccc35480805987cb70be17b"),
            (2, "ae4d0c95af6b46d32d0adff928f06dd02a303f8ef3c251dfd6e2d85a95474c43"),
            (4096, "c5e478d59288c841aa530db6845c4c8d962893a001ce4e11a4963873aa98134a"),
        ] {
            for portion in [1, 7, 4096, u32::MAX] {
                let mut stretch = Stretch::begin(b"password", &[b"sa", b"", b"lt"], rounds);
                let mut calls = 0;
                let found = loop {
                    calls += 1;
                    if let Some(key) = stretch.advance(portion) {
                        break key.to_lower_hex_string();
                    }
                    assert!(stretch.done() < rounds);
                };
                assert_eq!(found, key);
                assert_eq!(calls, (rounds - 1).div_ceil(portion).max(1));
                assert_eq!(stretch.advance(9).map(|key| key.to_lower_hex_string()), Some(found));
            }
        }
    }
}
