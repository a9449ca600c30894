//! What was signed with a seed, also before it was opened where a vault kept it: a second signature
//! for other amounts is how a coordinator turns two honest-looking fees into one that burns the coins.

use crate::psbt::{Input, Psbt};
use bitcoin::{OutPoint, Script, ScriptBuf, TxOut, Txid};
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet, VecDeque};

/// Outpoints signed for, with amount and script, and transactions signed.
#[derive(Debug, Default)]
pub struct History {
    spent: HashMap<OutPoint, TxOut>,
    /// The keys of `spent`, oldest first.
    order: VecDeque<OutPoint>,
    transactions: HashSet<Txid>,
    paid: HashSet<ScriptBuf>,
    /// The same, oldest first.
    paid_order: VecDeque<ScriptBuf>,
}

/// What is remembered of one signed transaction.
#[derive(Debug)]
pub struct Footprint {
    spent: Vec<(OutPoint, TxOut)>,
    unsigned: Txid,
    paid: Vec<ScriptBuf>,
}

impl Footprint {
    /// The outpoints that were signed for, and what they were taken for.
    pub fn spent(&self) -> &[(OutPoint, TxOut)] {
        &self.spent
    }

    pub(super) fn of(psbt: &Psbt) -> Self {
        let spent = psbt
            .inputs()
            .iter()
            .filter_map(|input| Some((input.outpoint, utxo(input)?.clone())))
            .collect();
        let paid = psbt.tx().output.iter().map(|output| output.script_pubkey.clone()).collect();
        Self { spent, unsigned: psbt.tx().compute_txid(), paid }
    }
}

impl History {
    /// Most outpoints that are remembered; the oldest is forgotten for one more. As many as the
    /// largest transaction that is read has inputs, so that all of the last one is always known.
    pub const MOST: usize = 25_000;

    /// With what was signed before the seed was opened: outpoints, oldest first, and what they were
    /// taken for. Of one that comes twice the first counts; of more than [`Self::MOST`] the newest
    /// are kept.
    pub fn with(entries: impl IntoIterator<Item = (OutPoint, TxOut)>) -> Self {
        let mut history = Self::default();
        for (outpoint, txout) in entries {
            history.keep(outpoint, txout);
        }
        history
    }

    /// Every outpoint that is remembered, with its amount and script, oldest first.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = (&OutPoint, &TxOut)> {
        self.order.iter().filter_map(|outpoint| Some((outpoint, self.spent.get(outpoint)?)))
    }

    /// Keeps what was signed. The first amount and script of an outpoint stay.
    pub fn remember(&mut self, footprint: Footprint) {
        for (outpoint, txout) in footprint.spent {
            self.keep(outpoint, txout);
        }
        self.transactions.insert(footprint.unsigned);
        for script in footprint.paid {
            self.keep_paid(script);
        }
    }

    /// As many as outpoints; the oldest is forgotten for one more.
    fn keep_paid(&mut self, script: ScriptBuf) {
        if !self.paid.insert(script.clone()) {
            return;
        }
        self.paid_order.push_back(script);
        if self.paid_order.len() > Self::MOST
            && let Some(oldest) = self.paid_order.pop_front()
        {
            self.paid.remove(&oldest);
        }
    }

    /// Did a transaction that was signed in this session pay to this script?
    pub(super) fn paid(&self, script: &Script) -> bool {
        self.paid.contains(script)
    }

    /// Every script that was paid, oldest first.
    pub(super) fn paid_scripts(&self) -> impl Iterator<Item = &Script> {
        self.paid_order.iter().map(ScriptBuf::as_script)
    }

    fn keep(&mut self, outpoint: OutPoint, txout: TxOut) {
        let Entry::Vacant(place) = self.spent.entry(outpoint) else { return };
        place.insert(txout);
        self.order.push_back(outpoint);
        if self.order.len() > Self::MOST
            && let Some(oldest) = self.order.pop_front()
        {
            self.spent.remove(&oldest);
        }
    }

    /// The output that an earlier signature took `outpoint` for.
    pub(super) fn spent(&self, outpoint: &OutPoint) -> Option<&TxOut> {
        self.spent.get(outpoint)
    }

    /// Was this transaction (its id without signatures) signed before?
    pub(super) fn signed(&self, unsigned: &Txid) -> bool {
        self.transactions.contains(unsigned)
    }
}

/// The output that an input says it spends: the previous transaction's, else the witness UTXO.
pub(super) fn utxo(input: &Input) -> Option<&TxOut> {
    input
        .previous
        .as_ref()
        .and_then(|previous| previous.tx.output.get(input.outpoint.vout as usize))
        .or(input.witness_utxo.as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;
    use bitcoin::Amount;
    use bitcoin::hashes::Hash;

    fn entry(vout: u32, sat: u64) -> (OutPoint, TxOut) {
        let value = Amount::from_sat(sat);
        (
            OutPoint { txid: Txid::all_zeros(), vout },
            TxOut { value, script_pubkey: ScriptBuf::new() },
        )
    }

    fn kept(history: &History) -> Vec<(u32, u64)> {
        history.entries().map(|(outpoint, txout)| (outpoint.vout, txout.value.to_sat())).collect()
    }

    #[test]
    fn what_was_kept_comes_back_oldest_first_and_the_first_amount_counts() {
        let history = History::with([entry(7, 1), entry(3, 2), entry(7, 9), entry(5, 4)]);
        assert_eq!(kept(&history), [(7, 1), (3, 2), (5, 4)]);
        let again = History::with(history.entries().map(|(at, txout)| (*at, txout.clone())));
        assert_eq!(kept(&again), kept(&history));
        let first = entry(7, 1);
        assert_eq!(again.spent(&first.0), Some(&first.1));
    }

    #[test]
    fn the_oldest_is_forgotten_for_one_more_than_are_remembered() {
        let more = u32::try_from(History::MOST).expect("few") + 2;
        let history = History::with((0..more).map(|n| entry(n, 1)));
        let kept = kept(&history);
        assert_eq!((kept.len(), kept[0].0), (History::MOST, 2));
        assert_eq!(history.spent(&entry(1, 0).0), None);
    }
}
