//! The encryption of the master secret: four Feistel rounds, whose function is PBKDF2 over the
//! passphrase (SLIP-0039, Encryption of the master secret).

use super::share::Set;
use crate::keys::stretch::Stretch;
use zeroize::Zeroizing;

const ROUNDS: u8 = 4;

/// An encryption or decryption under way. Wiped when dropped.
pub(super) struct Cipher {
    left: Zeroizing<Vec<u8>>,
    right: Zeroizing<Vec<u8>>,
    /// The number of the round, then the passphrase: the password of the round's function.
    password: Zeroizing<Vec<u8>>,
    /// The salt before the half block: empty for extendable sets.
    prefix: Vec<u8>,
    decrypts: bool,
    round: u8,
    iterations: u32,
    stretch: Stretch,
}

impl Cipher {
    /// `secret` has an even number of bytes, at most 64.
    pub(super) fn encrypt(secret: &[u8], passphrase: &str, set: &Set) -> Self {
        Self::begin(secret, passphrase, set, false)
    }

    pub(super) fn decrypt(secret: &[u8], passphrase: &str, set: &Set) -> Self {
        Self::begin(secret, passphrase, set, true)
    }

    fn begin(secret: &[u8], passphrase: &str, set: &Set, decrypts: bool) -> Self {
        let (left, right) = secret.split_at(secret.len() / 2);
        let mut password = Zeroizing::new(Vec::with_capacity(1 + passphrase.len()));
        password.push(number(0, decrypts));
        password.extend_from_slice(passphrase.as_bytes());
        let mut prefix = Vec::new();
        if !set.extendable() {
            prefix.extend_from_slice(b"shamir");
            prefix.extend_from_slice(&set.identifier().to_be_bytes());
        }
        let iterations = set.iterations() / u32::from(ROUNDS);
        Self {
            left: Zeroizing::new(left.to_vec()),
            right: Zeroizing::new(right.to_vec()),
            stretch: Stretch::begin(&password, &[&prefix, right], iterations),
            password,
            prefix,
            decrypts,
            round: 0,
            iterations,
        }
    }

    /// Does at most about `iterations` of PBKDF2's, and gives the result once all are done.
    pub(super) fn advance(&mut self, iterations: u32) -> Option<Zeroizing<Vec<u8>>> {
        let mut left = iterations.max(1);
        while self.round < ROUNDS && left > 0 {
            let before = self.stretch.done();
            let key = self.stretch.advance(left)?;
            for (byte, key) in self.left.iter_mut().zip(key) {
                *byte ^= key;
            }
            std::mem::swap(&mut self.left, &mut self.right);
            left = left.saturating_sub(self.stretch.done() - before);
            self.round += 1;
            if self.round < ROUNDS {
                self.password[0] = number(self.round, self.decrypts);
                self.stretch =
                    Stretch::begin(&self.password, &[&self.prefix, &self.right], self.iterations);
            }
        }
        (self.round == ROUNDS).then(|| {
            let mut result = Zeroizing::new(Vec::with_capacity(2 * self.left.len()));
            result.extend_from_slice(&self.right);
            result.extend_from_slice(&self.left);
            result
        })
    }

    /// Iterations done so far.
    pub(super) fn done(&self) -> u32 {
        let begun = if self.round < ROUNDS { self.stretch.done() } else { 0 };
        u32::from(self.round) * self.iterations + begun
    }
}

/// Decryption takes the rounds in reverse.
fn number(round: u8, decrypts: bool) -> u8 {
    if decrypts { ROUNDS - 1 - round } else { round }
}
