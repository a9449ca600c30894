//! Outpoints that were signed for, with the amount and script that they were taken for: a second
//! signature for another amount is how a coordinator turns two honest-looking fees into one that
//! burns the coins.

use bitcoin::{OutPoint, TxOut};
use std::collections::VecDeque;

/// What was signed for before. The oldest are dropped when there are too many; how many, is known.
#[derive(Default)]
pub struct SignedBefore {
    pub(super) kept: VecDeque<(OutPoint, TxOut)>,
    pub(super) dropped: u64,
}

impl SignedBefore {
    /// Most outpoints that are kept.
    pub const MOST: usize = 2000;
    /// Most bytes of their scripts together: far more than so many usual ones have.
    pub const SCRIPTS: usize = 128 * 1024;

    /// Keeps an outpoint with what it was taken for. The first amount and script of one stay.
    pub fn remember(&mut self, outpoint: OutPoint, output: TxOut) {
        if self.kept.iter().any(|(known, _)| *known == outpoint) {
            return;
        }
        self.kept.push_back((outpoint, output));
        let mut scripts = self.scripts();
        while self.kept.len() > Self::MOST || scripts > Self::SCRIPTS {
            let Some((_, oldest)) = self.kept.pop_front() else { break };
            scripts -= oldest.script_pubkey.len();
            self.dropped = self.dropped.saturating_add(1);
        }
    }

    /// Those that are kept, oldest first.
    pub fn entries(&self) -> impl Iterator<Item = &(OutPoint, TxOut)> {
        self.kept.iter()
    }

    /// So many were dropped: nothing is known of their amounts any more.
    pub fn dropped(&self) -> u64 {
        self.dropped
    }

    pub(super) fn scripts(&self) -> usize {
        self.kept.iter().map(|(_, output)| output.script_pubkey.len()).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bitcoin::hashes::Hash;
    use bitcoin::{Amount, ScriptBuf, Txid};

    fn outpoint(vout: u32) -> OutPoint {
        OutPoint { txid: Txid::all_zeros(), vout }
    }

    fn output(sat: u64, script: usize) -> TxOut {
        TxOut { value: Amount::from_sat(sat), script_pubkey: ScriptBuf::from(vec![0x51; script]) }
    }

    #[test]
    fn the_first_amount_of_an_outpoint_stays() {
        let mut signed = SignedBefore::default();
        signed.remember(outpoint(1), output(5, 22));
        signed.remember(outpoint(1), output(6, 22));
        let kept: Vec<_> = signed.entries().map(|(_, output)| output.value.to_sat()).collect();
        assert_eq!(kept, [5]);
    }

    #[test]
    fn the_oldest_are_dropped_and_counted() {
        let mut signed = SignedBefore::default();
        (0..2010).for_each(|vout| signed.remember(outpoint(vout), output(1, 22)));
        assert_eq!((signed.entries().count(), signed.dropped()), (SignedBefore::MOST, 10));
        assert_eq!(signed.entries().next().map(|(point, _)| point.vout), Some(10));
        signed.remember(outpoint(9_000), output(1, SignedBefore::SCRIPTS - 22));
        assert_eq!((signed.entries().count(), signed.dropped()), (2, 2009));
        signed.remember(outpoint(9_001), output(1, SignedBefore::SCRIPTS + 1));
        assert_eq!((signed.entries().count(), signed.scripts()), (0, 0));
    }
}
