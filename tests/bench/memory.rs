//! Peak memory of the built program on a PSBT of 2 MB, over the same program idle.

use bitcoin::bip32::{DerivationPath, Xpriv};
use bitcoin::hashes::Hash;
use bitcoin::psbt::Input;
use bitcoin::secp256k1::Secp256k1;
use bitcoin::transaction::Version;
use bitcoin::{
    Amount, NetworkKind, OutPoint, Psbt, ScriptBuf, Transaction, TxIn, TxOut, Txid,
    absolute::LockTime,
};
use std::fs;
use std::io::{PipeReader, Read, Write};
use std::path::Path;
use std::process::{Child, Command};
use std::thread::sleep;
use std::time::Duration;

/// The demo seed of every wallet's documentation.
const WORDS: &str =
    "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";

/// What the peak may be above idle, in KiB.
const LIMIT: u64 = 100 * 1024;

/// Prints the peak and its distance from idle; fails above the limit.
pub fn run() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("memory");
    fs::create_dir_all(&folder).expect("a folder below target/");
    let psbt = large_psbt();
    fs::write(folder.join("psbt"), &psbt).expect("a file below target/");
    fs::write(folder.join("words"), WORDS).expect("a file below target/");

    let idle = peak(&folder, &["--version"]);
    let inspect = ["inspect", "psbt", "--network", "test", "--mnemonic-file", "words", "--json"];
    let busy = peak(&folder, &inspect);
    let more = busy.saturating_sub(idle);
    println!(
        "memory: {:.1} MB PSBT, peak {:.1} MiB, idle {:.1} MiB, {:.1} MiB more (at most 100): {}",
        psbt.len() as f64 / 1e6,
        busy as f64 / 1024.0,
        idle as f64 / 1024.0,
        more as f64 / 1024.0,
        if more <= LIMIT { "met" } else { "NOT MET" },
    );
    assert!(more <= LIMIT, "{more} KiB above idle");
}

/// The peak resident size in KiB (VmHWM) of the program with these arguments.
///
/// The kernel forgets it when the process ends, so the process is held: its standard output is a
/// pipe that is already full, and it sleeps on its first word, which comes after all the work.
fn peak(folder: &Path, args: &[&str]) -> u64 {
    let (reader, mut writer) = std::io::pipe().expect("a pipe");
    writer.write_all(&[b' '; 65_536]).expect("Linux gives a pipe 64 KiB");
    let mut child = Command::new(env!("CARGO_BIN_EXE_coldlight"))
        .args(args)
        .current_dir(folder)
        .stdout(writer)
        .spawn()
        .expect("the program runs");
    let peak = peak_when_asleep(&mut child);
    let output = drain(reader);
    let status = child.wait().expect("the program ends");
    assert!(status.success(), "{args:?}: {status}, {output}");
    peak
}

/// Waits until the process has slept for a while without using the processor.
fn peak_when_asleep(child: &mut Child) -> u64 {
    let mut idle = 0;
    let mut before = 0;
    loop {
        sleep(Duration::from_millis(20));
        let ended = child.try_wait().expect("our own child");
        assert!(ended.is_none(), "the program ended before it wrote: {ended:?}");
        let used = processor_ticks(child.id());
        idle = if used == before { idle + 1 } else { 0 };
        before = used;
        if idle == 25 {
            return status_kib(child.id(), "VmHWM:");
        }
    }
}

/// Fields 14 and 15 of `/proc/PID/stat`: time in the program and in the kernel.
fn processor_ticks(id: u32) -> u64 {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).expect("our own child");
    let after_name = stat.rsplit(')').next().expect("the name is in brackets");
    after_name.split_whitespace().skip(11).take(2).filter_map(|n| n.parse::<u64>().ok()).sum()
}

fn status_kib(id: u32, field: &str) -> u64 {
    let status = fs::read_to_string(format!("/proc/{id}/status")).expect("our own child");
    let line = status.lines().find_map(|line| line.strip_prefix(field)).expect("the field");
    line.split_whitespace().next().and_then(|n| n.parse().ok()).expect("a number of KiB")
}

fn drain(mut reader: PipeReader) -> String {
    let mut output = Vec::new();
    reader.read_to_end(&mut output).expect("a pipe");
    String::from_utf8_lossy(&output[65_536..]).into_owned()
}

/// 7,100 P2WPKH inputs of the demo seed, each with its previous transaction: just over 2 MB.
fn large_psbt() -> Vec<u8> {
    let secp = Secp256k1::new();
    let seed = bip39::Mnemonic::parse(WORDS).expect("published words").to_seed("");
    let master = Xpriv::new_master(NetworkKind::Test, &seed).expect("a valid seed");
    let fingerprint = master.fingerprint(&secp);
    let key = |index: u32| {
        let path: DerivationPath = format!("84h/1h/0h/0/{index}").parse().expect("a path");
        let key = master.derive_priv(&secp, &path).expect("a key").private_key.public_key(&secp);
        (key, path)
    };
    let keys: Vec<_> = (0..20).map(key).collect();
    let (mut spent, mut inputs) = (Vec::new(), Vec::new());
    for number in 0..7_100u32 {
        let (key, path) = &keys[number as usize % keys.len()];
        let script = ScriptBuf::new_p2wpkh(
            &bitcoin::PublicKey::new(*key).wpubkey_hash().expect("compressed"),
        );
        let output = TxOut { value: Amount::from_sat(10_000), script_pubkey: script };
        let previous = transaction(
            vec![OutPoint { txid: Txid::hash(&number.to_le_bytes()), vout: 0 }],
            vec![output.clone(), output.clone(), output.clone()],
        );
        spent.push(OutPoint { txid: previous.compute_txid(), vout: 1 });
        inputs.push(Input {
            non_witness_utxo: Some(previous),
            witness_utxo: Some(output),
            bip32_derivation: [(*key, (fingerprint, path.clone()))].into(),
            ..Input::default()
        });
    }
    let to = TxOut {
        value: Amount::from_sat(70_000_000),
        script_pubkey: ScriptBuf::new_op_return([]).to_p2wsh(),
    };
    let mut psbt = Psbt::from_unsigned_tx(transaction(spent, vec![to])).expect("unsigned");
    psbt.inputs = inputs;
    psbt.serialize()
}

fn transaction(spent: Vec<OutPoint>, output: Vec<TxOut>) -> Transaction {
    let input = spent.into_iter().map(|from| TxIn { previous_output: from, ..TxIn::default() });
    Transaction { version: Version::TWO, lock_time: LockTime::ZERO, input: input.collect(), output }
}
