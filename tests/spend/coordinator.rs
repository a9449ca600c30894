//! The watch-only wallet on the other side of the gap: `bdk_wallet`, which shares no PSBT, review or
//! signing code with the signer.

use crate::cosigner::Cosigner;
use bdk_wallet::bitcoin::{
    Amount, BlockHash, FeeRate, Network, OutPoint, Psbt, ScriptBuf, Sequence, Transaction, TxIn,
    TxOut, absolute::LockTime, bip32::Xpub, constants::genesis_block, hashes::Hash,
    transaction::Version,
};
use bdk_wallet::chain::{BlockId, CheckPoint, ConfirmationBlockTime, TxUpdate};
use bdk_wallet::descriptor::Condition;
use bdk_wallet::miniscript::{Descriptor, DescriptorPublicKey};
use bdk_wallet::{KeychainKind, SignOptions, TxOrdering, Update, Wallet};
use coldlight::wallet as signer;
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
    /// Blocks that the coins must be old for the branch in use, 0 for none.
    pub wait: u16,
}

impl Policy {
    pub const fn new(template: &'static str, path: &'static str) -> Self {
        Self { template, path, wait: 0 }
    }

    /// The descriptor; `chains` is what each key ends with.
    fn descriptor_of(&self, chains: &str) -> String {
        (0..3)
            .fold(self.template.replace("/**", chains), |text, number| {
                text.replace(&format!("@{number}"), &Cosigner::new(number).public_key(self.path))
            })
            .replace("@nobody", &nobody())
    }

    /// The wallet's public descriptor for both chains, with its checksum, as a wallet file holds it.
    pub fn descriptor(&self) -> String {
        let text = self.descriptor_of("/<0;1>/*");
        text.parse::<Descriptor<DescriptorPublicKey>>().expect("a descriptor").to_string()
    }

    /// What the holder loads on the signer: nothing for the standard accounts of one seed, else
    /// this wallet.
    pub fn wallets(&self) -> Vec<signer::Wallet> {
        if !self.template.contains("@1") {
            return Vec::new();
        }
        let wallet = signer::Wallet::parse(&self.descriptor(), "Family", signer::Network::Test);
        vec![wallet.unwrap_or_else(|error| panic!("{}: {error}", self.template))]
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
    /// A wallet with one confirmed coin an amount (sat).
    pub fn new(policy: Policy, coins: &[u64]) -> Self {
        let [receive, change] = ["/0/*", "/1/*"].map(|chain| policy.descriptor_of(chain));
        let wallet = Wallet::create(receive, change)
            .network(Network::Testnet)
            .create_wallet_no_persist()
            .unwrap_or_else(|error| panic!("{}: {error}", policy.template));
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
        let wait = (self.policy.wait > 0).then(|| Sequence::from_height(self.policy.wait));
        let mut builder = self.wallet.build_tx();
        builder
            .add_utxos(&coins)
            .expect("our own coins")
            .manually_selected_only()
            .set_condition(Condition { csv: wait, timelock: None })
            .ordering(TxOrdering::Untouched)
            .fee_rate(FeeRate::from_sat_per_vb(5).expect("a rate"))
            .add_recipient(stranger(), Amount::from_sat(sat));
        builder.finish().unwrap_or_else(|error| panic!("{}: {error}", self.policy.template))
    }

    /// The same with every coin of `others` besides our own; what is left comes back to us.
    pub fn pay_with(&mut self, others: &[Self], sat: u64) -> Psbt {
        let mut builder = self.wallet.build_tx();
        for other in others {
            for coin in other.wallet.list_unspent() {
                let weight = other.wallet.public_descriptor(coin.keychain).max_weight_to_satisfy();
                let (from, weight) = (coin.outpoint, weight.expect("a spendable coin"));
                let input = other.wallet.get_psbt_input(coin, None, false).expect("our own coin");
                builder.add_foreign_utxo(from, input, weight).expect("a coin with its previous");
            }
        }
        builder
            .ordering(TxOrdering::Untouched)
            .fee_rate(FeeRate::from_sat_per_vb(5).expect("a rate"))
            .add_recipient(stranger(), Amount::from_sat(sat));
        builder.finish().expect("a transaction")
    }

    /// [`Self::finish`] where `others` finish what is theirs.
    pub fn finish_with(&self, others: &[Self], mut psbt: Psbt) -> Transaction {
        for wallet in others.iter().chain([self]) {
            wallet.wallet.finalize_psbt(&mut psbt, SignOptions::default()).expect("readable");
        }
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
