//! Reads vaults as the signer does, for `power_cuts.py`: a path comes in on each line, what the
//! signer makes of that file goes out.
//!
//! * `sound N`: it opens, and holds what write N put into it.
//! * `damaged N`: the same, from the one of its two copies that is whole; the signer says so.
//! * `shut`, and the signer's sentence: nothing of it opens.

use coldlight::vault::{Contents, Offer, Opening, Terms, Unlock, Vault};
use std::error::Error;
use std::io::{Write, stdin, stdout};

/// As in `src/device/media/crash_test.rs`.
const PASSPHRASE: &str = "until the power goes";

/// Each vault's key, derived once.
#[derive(Default)]
struct Reader {
    keys: Vec<(Terms, Unlock)>,
}

impl Reader {
    fn key(&mut self, terms: Terms) -> Result<&Unlock, coldlight::vault::VaultError> {
        let known = self.keys.iter().position(|(known, _)| *known == terms);
        let at = match known {
            Some(at) => at,
            None => {
                self.keys.push((terms, Unlock::derive(&terms, PASSPHRASE, None)?));
                self.keys.len() - 1
            }
        };
        Ok(&self.keys[at].1)
    }

    fn read(&mut self, file: &[u8]) -> String {
        let (vault, how) = match Vault::read(file) {
            Ok(vault) => (vault, "sound"),
            Err(refused) => {
                let why = refused.error();
                match refused.take_what_is_whole() {
                    Some(whole) => (whole, "damaged"),
                    None => return format!("shut {why}"),
                }
            }
        };
        let opened = self.key(vault.terms()).and_then(|key| Opening::new(vault).offer(key));
        match opened {
            Ok(Offer::Opened(_, contents)) => format!("{how} {}", number(&contents)),
            Ok(Offer::Share { .. }) => "shut behind custodians".into(),
            Err(error) => format!("shut {error}"),
        }
    }
}

/// The write that these contents are from.
fn number(contents: &Contents) -> String {
    match &contents.records[..] {
        [record] => String::from_utf8_lossy(record.bytes()).into_owned(),
        records => format!("of {} records", records.len()),
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut reader = Reader::default();
    for path in stdin().lines() {
        let said = reader.read(&std::fs::read(path?)?);
        println!("{said}");
        stdout().flush()?;
    }
    Ok(())
}
