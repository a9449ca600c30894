//! The watch-only wallet on the other side of the gap: `bdk_wallet`, which shares no PSBT, review or
//! signing code with the signer.

use crate::cosigner::Cosigner;
use bdk_wallet::bitcoin::{
    Amount, BlockHash, FeeRate, Network, OutPoint, Psbt, ScriptBuf, Transaction, TxIn, TxOut,
    absolute::LockTime, bip32::Xpub, constants::genesis_block, hashes::Hash, transaction::Version,
};
use bdk_wallet::chain::{BlockId, CheckPoint, ConfirmationBlockTime, TxUpdate};
use bdk_wallet::miniscript::{Descriptor, DescriptorPublicKey};
use bdk_wallet::{KeychainKind, SignOptions, TxOrdering, Update, Wallet};
use std::sync::Arc;

/// How high the chain is; every coin was confirmed at [`MINED`].
const TIP: u32 = 200_000;
const MINED: u32 = 100_000;

/// What to spend from and how: a descriptor template in BIP388's form (`@0/**` is the first key).
#[derive(Clone, Copy)]
pub struct Policy {
    pub template: &'static str,
    /// The origin path of every key, e.g. `84'/1'/0'`.
    pub path: &'static str,
    /// The branch of the descriptor's root to satisfy, where there is a choice.
    branch: Option<usize>,
}

impl Policy {
    pub const fn new(template: &'static str, path: &'static str) -> Self {
        Self { template, path, branch: None }
    }

    pub const fn branch(branch: usize, template: &'static str, path: &'static str) -> Self {
        Self { template, path, branch: Some(branch) }
    }

    /// The descriptor of one chain; keys of `holders` are private.
    fn chain(&self, chain: &str, holders: &[usize]) -> String {
        let mut descriptor = self.template.replace("/**", chain);
        for number in 0..3 {
            let cosigner = Cosigner::new(number);
            let key = if holders.contains(&number) {
                cosigner.private_key(self.path)
            } else {
                cosigner.public_key(self.path)
            };
            descriptor = descriptor.replace(&format!("@{number}"), &key);
        }
        descriptor.replace("@nobody", &nobody())
    }

    /// The wallet's public descriptor for both chains, with its checksum, as a wallet file holds it.
    pub fn descriptor(&self) -> String {
        let text = self.chain("/<0;1>/*", &[]);
        text.parse::<Descriptor<DescriptorPublicKey>>().expect("a descriptor").to_string()
    }
}

/// BIP341's point without a known private key, as an extended key (BIP388's way for Taproot wallets
/// without a key path).
fn nobody() -> String {
    let mut key: Xpub = Cosigner::new(0)
        .public_key("0'")
        .split(']')
        .next_back()
        .and_then(|key| key.parse().ok())
        .expect("an extended key");
    key.depth = 0;
    key.parent_fingerprint = Default::default();
    key.child_number = 0u32.into();
    key.public_key = "0250929b74c1a04954b78b4b6035e97a5e078a5a0f28ec96d547bfee9ace803ac0"
        .parse()
        .expect("BIP341's H");
    key.to_string()
}

/// A wallet with coins.
pub struct Coordinator {
    wallet: Wallet,
    policy: Policy,
}

impl Coordinator {
    /// A wallet without private keys and with one confirmed coin an amount (sat).
    pub fn watching(policy: Policy, coins: &[u64]) -> Self {
        Self::holding(policy, &[], coins)
    }

    /// The same with the private keys of `holders`: the harness's own check.
    pub fn holding(policy: Policy, holders: &[usize], coins: &[u64]) -> Self {
        let wallet = Wallet::create(policy.chain("/0/*", holders), policy.chain("/1/*", holders))
            .network(Network::Testnet)
            .create_wallet_no_persist()
            .expect("a wallet");
        let mut coordinator = Self { wallet, policy };
        coordinator.fund(coins);
        coordinator
    }

    fn fund(&mut self, coins: &[u64]) {
        let block = |height: u32| BlockId { height, hash: BlockHash::hash(&height.to_le_bytes()) };
        let genesis = BlockId { height: 0, hash: genesis_block(Network::Testnet).block_hash() };
        let mut update = TxUpdate::default();
        for (number, sat) in (0u8..).zip(coins) {
            let script = self.wallet.reveal_next_address(KeychainKind::External).script_pubkey();
            let previous = previous_transaction(number, script, *sat);
            let mined = ConfirmationBlockTime { block_id: block(MINED), confirmation_time: 1 };
            update.anchors.insert((mined, previous.compute_txid()));
            update.txs.push(Arc::new(previous));
        }
        let chain = CheckPoint::from_block_ids([genesis, block(MINED), block(TIP)]).ok();
        let update = Update { tx_update: update, chain, ..Update::default() };
        self.wallet.apply_update(update).expect("a chain that connects");
    }

    /// An unsigned PSBT that spends every coin: `sat` to a stranger, the rest back on the change
    /// chain.
    pub fn pay(&mut self, sat: u64) -> Psbt {
        let coins: Vec<OutPoint> = self.wallet.list_unspent().map(|coin| coin.outpoint).collect();
        let branches: Vec<_> = [KeychainKind::External, KeychainKind::Internal]
            .map(|keychain| (self.wallet.policies(keychain).expect("a policy"), keychain))
            .into_iter()
            .filter_map(|(policy, keychain)| Some((policy?.id, keychain)))
            .collect();
        let mut builder = self.wallet.build_tx();
        builder
            .add_utxos(&coins)
            .expect("our own coins")
            .manually_selected_only()
            .ordering(TxOrdering::Untouched)
            .fee_rate(FeeRate::from_sat_per_vb(5).expect("a rate"))
            .add_recipient(stranger(), Amount::from_sat(sat));
        if let Some(branch) = self.policy.branch {
            for (id, keychain) in branches {
                builder.policy_path([(id, vec![branch])].into(), keychain);
            }
        }
        builder.finish().unwrap_or_else(|error| panic!("{}: {error}", self.policy.template))
    }

    /// Signs with the private keys that this wallet holds and finishes.
    pub fn sign(&self, mut psbt: Psbt) -> Transaction {
        self.wallet.sign(&mut psbt, SignOptions::default()).expect("signed");
        psbt.extract_tx().expect("finished")
    }

    /// Puts the answer's signatures together with its own PSBT and finishes the transaction.
    pub fn finish(&self, mut psbt: Psbt) -> Transaction {
        let done = self.wallet.finalize_psbt(&mut psbt, SignOptions::default()).expect("readable");
        assert!(done, "bdk does not find the signatures enough");
        psbt.extract_tx().expect("finished")
    }
}

/// The outputs that `psbt` spends.
pub fn spent_outputs(psbt: &Psbt) -> Vec<TxOut> {
    let of_input = |(input, from): (&bdk_wallet::bitcoin::psbt::Input, &TxIn)| {
        let previous = input.non_witness_utxo.as_ref();
        let output = previous.map(|tx| tx.output[from.previous_output.vout as usize].clone());
        output.or_else(|| input.witness_utxo.clone()).expect("an output for each input")
    };
    psbt.inputs.iter().zip(&psbt.unsigned_tx.input).map(of_input).collect()
}

/// Nobody that the wallets here know.
fn stranger() -> ScriptBuf {
    ScriptBuf::new_op_return([]).to_p2wsh()
}

/// A transaction that pays `sat` to `script` at output 1, beside a stranger's output.
fn previous_transaction(number: u8, script: ScriptBuf, sat: u64) -> Transaction {
    let from = OutPoint { txid: Hash::hash(&[number]), vout: 0 };
    Transaction {
        version: Version::TWO,
        lock_time: LockTime::ZERO,
        input: vec![TxIn { previous_output: from, ..TxIn::default() }],
        output: vec![
            TxOut { value: Amount::from_sat(12_345), script_pubkey: stranger() },
            TxOut { value: Amount::from_sat(sat), script_pubkey: script },
        ],
    }
}
