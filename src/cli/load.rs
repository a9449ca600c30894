//! What the commands read from files: PSBT, words, passphrase, wallets. Bounded; secrets wiped.

use super::exit::CliError;
use crate::keys::{Mnemonic, Passphrase, Seed};
use crate::psbt::{Limits, Psbt, decode_file};
use crate::record::Digest;
use crate::transport::{Kind, Payload};
use crate::wallet::{Network, Registered, Wallet};
use bitcoin::consensus::deserialize;
use bitcoin::{Address, ScriptBuf, Transaction, TxOut};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};
use zeroize::Zeroizing;

/// Longest file of words or of a passphrase, in bytes.
const LONGEST_SECRET: usize = 4_096;
/// Longest wallet file, in bytes.
const LONGEST_WALLET: usize = 64 * 1024;
/// Longest file of a signature, in bytes.
const LONGEST_SIGNATURE: usize = 4 * 1024 * 1024;

/// Whose keys: the flags that `inspect` and `sign` share.
#[derive(Debug, clap::Args)]
pub struct WalletArgs {
    /// A wallet's descriptor with its checksum; repeat for several wallets
    #[arg(long = "wallet", value_name = "FILE")]
    pub wallets: Vec<PathBuf>,
}

/// The PSBT in a file: binary, base64 or hex.
pub(super) fn psbt(path: &Path) -> Result<Psbt, CliError> {
    let limits = Limits::default();
    // as text it is twice as long, line ends aside
    let bytes = read(path, limits.bytes.saturating_mul(2).saturating_add(1))?;
    let unreadable =
        |error| CliError::unreadable(format!("{} cannot be read: {error}", path.display()));
    let binary = decode_file(&bytes, &limits).map_err(unreadable)?;
    Psbt::parse(&binary, &limits).map_err(unreadable)
}

/// The seed of words in a file, with the passphrase in another.
pub(super) fn seed(
    words: &Path,
    passphrase: Option<&Path>,
    network: Network,
) -> Result<Seed, CliError> {
    let text = secret(words)?;
    let mnemonic = Mnemonic::parse(&text)
        .map_err(|error| CliError::unreadable(format!("{}: {error}", words.display())))?;
    let passphrase = match passphrase {
        Some(path) => Passphrase::new(without_newline(&secret(path)?)),
        None => Passphrase::new(""),
    };
    Ok(Seed::open(&mnemonic, &passphrase, network))
}

/// The wallets in files, each named by its file.
pub(super) fn wallets(paths: &[PathBuf], network: Network) -> Result<Vec<Registered>, CliError> {
    let wallet = |path: &PathBuf| {
        let bytes = read(path, LONGEST_WALLET)?;
        let unreadable =
            |error: String| CliError::unreadable(format!("{}: {error}", path.display()));
        let text = std::str::from_utf8(&bytes)
            .map_err(|_| unreadable("This is not a text file: load a descriptor.".into()))?;
        let name = path.file_stem().map_or("wallet".into(), |stem| stem.to_string_lossy());
        Wallet::parse(text, &name, network)
            .map(Registered::from)
            .map_err(|error| unreadable(error.to_string()))
    };
    let wallets: Vec<Registered> = paths.iter().map(wallet).collect::<Result<_, _>>()?;
    for (number, wallet) in wallets.iter().enumerate() {
        if wallets[..number].iter().any(|other| other.name() == wallet.name()) {
            return Err(CliError::usage(format!(
                "Two wallet files are named {}: rename one, so that the review can tell them apart.",
                wallet.name()
            )));
        }
    }
    Ok(wallets)
}

/// A transaction that may have been signed, by what stays the same when it is.
pub(super) struct Signable {
    /// The file, for messages.
    pub(super) name: String,
    /// Transaction id without any signature.
    pub(super) unsigned: Digest,
    outputs: Vec<TxOut>,
}

impl Signable {
    /// Does an output pay that many sat to that address (a script in hexadecimal digits where it has
    /// no address)?
    pub(super) fn pays(&self, network: Network, address: &str, sat: u64) -> bool {
        self.outputs.iter().any(|output| {
            let script = &output.script_pubkey;
            let named = Address::from_script(script, network.to_bitcoin())
                .map_or_else(|_| script.to_hex_string(), |address| address.to_string());
            output.value.to_sat() == sat && named == address
        })
    }
}

/// The PSBT or transaction in a file: binary, base64 or hex.
pub(super) fn signable(path: &Path) -> Result<Signable, CliError> {
    let name = path.display().to_string();
    let unreadable = |error: &dyn std::fmt::Display| {
        CliError::unreadable(format!("{name} cannot be read: {error}"))
    };
    let limits = Limits::default();
    let payload = Payload::of_file(read(path, limits.bytes.saturating_mul(2).saturating_add(1))?);
    let mut tx: Transaction = match payload.kind() {
        Kind::Psbt => {
            Psbt::parse(payload.bytes(), &limits).map_err(|error| unreadable(&error))?.tx().clone()
        }
        Kind::Transaction => {
            deserialize(payload.bytes()).map_err(|error| unreadable(&format!("{error}.")))?
        }
        _ => return Err(unreadable(&"it is no PSBT and no transaction.")),
    };
    for input in &mut tx.input {
        input.script_sig = ScriptBuf::new();
    }
    let unsigned = Digest::of_txid(tx.compute_txid());
    Ok(Signable { name, unsigned, outputs: tx.output })
}

/// A message's bytes, all of them. One that is too long is read far enough to say so.
pub(super) fn message(path: &Path) -> Result<Vec<u8>, CliError> {
    read(path, LONGEST_WALLET)
}

/// A signature in writing.
pub(super) fn signature(path: &Path) -> Result<String, CliError> {
    let bytes = read(path, LONGEST_SIGNATURE)?;
    String::from_utf8(bytes)
        .map_err(|_| CliError::unreadable(format!("{}: this is not a text file.", path.display())))
}

/// Seconds since 1970, by the computer's clock.
pub(super) fn now() -> Option<u64> {
    SystemTime::now().duration_since(UNIX_EPOCH).ok().map(|since| since.as_secs())
}

/// Text that is wiped when dropped. The buffer never grows, so no copy is left behind.
fn secret(path: &Path) -> Result<Zeroizing<String>, CliError> {
    let failed = |error| CliError::usage(format!("Cannot read {}: {error}.", path.display()));
    let mut bytes = Zeroizing::new(vec![0; LONGEST_SECRET + 1]);
    let mut file = File::open(path).map_err(failed)?;
    let mut used = 0;
    loop {
        match file.read(&mut bytes[used..]).map_err(failed)? {
            0 => break,
            more => used += more,
        }
    }
    let text = std::str::from_utf8(&bytes[..used]).ok().filter(|_| used <= LONGEST_SECRET);
    let text = text.ok_or_else(|| {
        CliError::unreadable(format!(
            "{} is not a text of at most {LONGEST_SECRET} bytes.",
            path.display()
        ))
    })?;
    Ok(Zeroizing::new(text.to_owned()))
}

/// A newline at the end of a text file does not belong to it.
fn without_newline(text: &str) -> &str {
    let text = text.strip_suffix('\n').unwrap_or(text);
    text.strip_suffix('\r').unwrap_or(text)
}

/// A file's bytes. Longer ones are refused.
pub(super) fn read(path: &Path, longest: usize) -> Result<Vec<u8>, CliError> {
    let failed = |error| CliError::usage(format!("Cannot read {}: {error}.", path.display()));
    let file = File::open(path).map_err(failed)?;
    let mut bytes = Vec::new();
    file.take(longest as u64 + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() > longest {
        return Err(CliError::unreadable(format!(
            "{} is longer than the {longest} bytes that are read.",
            path.display()
        )));
    }
    Ok(bytes)
}
