//! The public side of a seed's standard accounts, so that others can find its addresses.

use super::{Seed, wipe};
use crate::wallet::export::{AccountKey, AccountKind};
use crate::wallet::{KeyRing, ScriptType, single_key_descriptor};
use bitcoin::bip32::{ChildNumber, DerivationPath};

impl Seed {
    /// The extended public key of an account (its number below 2^31). None for an account that the
    /// kind does not have. Public; whoever has it sees every address of the account.
    pub fn account_key(&self, kind: AccountKind, account: u32) -> Option<AccountKey> {
        let path = kind.path(self.network(), account)?;
        let key = self.with_key(&path, |key| *key.public());
        wipe::stack();
        AccountKey::new(kind, account, self.network(), self.fingerprint(), key?)
    }

    /// The descriptors of its first account in each of the four standard kinds (BIP44, 49, 84, 86),
    /// with their checksums. Public; whoever has them sees every address.
    pub fn descriptors(&self) -> Vec<String> {
        let descriptors = ScriptType::ALL.into_iter().filter_map(|kind| {
            let steps = [kind.purpose(), self.network().coin_type(), 0];
            let path: DerivationPath =
                steps.into_iter().map(|index| ChildNumber::Hardened { index }).collect();
            let origin = (self.fingerprint(), path);
            self.with_key(&origin.1, |key| single_key_descriptor(kind, &origin, key.public()))
        });
        let descriptors = descriptors.collect();
        wipe::stack();
        descriptors
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::{Mnemonic, Passphrase};
    use crate::wallet::{Chain, Network, Wallet, address};

    #[test]
    fn the_accounts_of_bip84_and_bip86_give_their_published_addresses() {
        let words = "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon \
                     abandon about";
        let words = Mnemonic::parse(words).unwrap_or_else(|_| panic!("BIP84's words"));
        let seed = Seed::open(&words, &Passphrase::new(""), Network::Main);
        let wallets: Vec<Wallet> = seed
            .descriptors()
            .iter()
            .map(|text| Wallet::parse(text, "w", Network::Main).unwrap_or_else(|e| panic!("{e}")))
            .collect();
        assert!(wallets.len() == 4 && wallets.iter().all(Wallet::is_single_sig));
        let at = |wallet: usize, chain, index| {
            wallets[wallet].script(chain, index).and_then(|script| address(&script, Network::Main))
        };
        let expected = [
            (2, Chain::Receive, 0, "bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu"),
            (2, Chain::Receive, 1, "bc1qnjg0jd8228aq7egyzacy8cys3knf9xvrerkf9g"),
            (2, Chain::Change, 0, "bc1q8c6fshw2dlwun7ekn9qwf37cu2rn755upcp6el"),
            (
                3,
                Chain::Receive,
                0,
                "bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr",
            ),
            (3, Chain::Change, 0, "bc1p3qkhfews2uk44qtvauqyr2ttdsw7svhkl9nkm9s9c3x4ax5h60wqwruhk7"),
        ];
        for (wallet, chain, index, text) in expected {
            assert_eq!(at(wallet, chain, index).as_deref(), Some(text));
        }
    }
}
