//! What was signed while the seed was open: a second signature for other amounts is how a
//! coordinator turns two honest-looking fees into one that burns the coins.

use crate::psbt::{Input, Psbt};
use bitcoin::{OutPoint, TxOut, Txid};
use std::collections::{HashMap, HashSet};

/// Outpoints signed for, with amount and script, and transactions signed.
#[derive(Debug, Default)]
pub struct History {
    spent: HashMap<OutPoint, TxOut>,
    transactions: HashSet<Txid>,
}

/// What is remembered of one signed transaction.
#[derive(Debug)]
pub struct Footprint {
    spent: Vec<(OutPoint, TxOut)>,
    unsigned: Txid,
}

impl Footprint {
    pub(super) fn of(psbt: &Psbt) -> Self {
        let spent = psbt
            .inputs()
            .iter()
            .filter_map(|input| Some((input.outpoint, utxo(input)?.clone())))
            .collect();
        Self { spent, unsigned: psbt.tx().compute_txid() }
    }
}

impl History {
    /// Keeps what was signed. The first amount and script of an outpoint stay.
    pub fn remember(&mut self, footprint: Footprint) {
        for (outpoint, txout) in footprint.spent {
            self.spent.entry(outpoint).or_insert(txout);
        }
        self.transactions.insert(footprint.unsigned);
    }

    /// With what was signed before the seed was opened: outpoints, and what they were taken for.
    pub fn with(entries: impl IntoIterator<Item = (OutPoint, TxOut)>) -> Self {
        Self { spent: entries.into_iter().collect(), transactions: HashSet::new() }
    }

    /// Every outpoint that was signed for, with its amount and script, in no order.
    pub fn entries(&self) -> impl Iterator<Item = (&OutPoint, &TxOut)> {
        self.spent.iter()
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
