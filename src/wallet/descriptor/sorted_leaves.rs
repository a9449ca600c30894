//! `sortedmulti_a` (BIP387), which the descriptor library does not know: read as `multi_a`, whose keys
//! are put in order at each place.

use super::WalletError;
use miniscript::descriptor::{TapTree, Tr};
use miniscript::{Descriptor, Miniscript, Terminal, ToPublicKey};
use std::sync::Arc;

const SORTED: &str = "sortedmulti_a(";

/// Which leaves of a Taproot tree have their keys sorted, by number in the order of the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct SortedLeaves(Vec<usize>);

impl SortedLeaves {
    /// Takes the word out of a descriptor's text (without its checksum). BIP387 has it only as a
    /// whole leaf.
    pub(super) fn take(body: &str) -> Result<(String, Self), WalletError> {
        let mut leaves = Vec::new();
        if body.contains(SORTED) {
            let (mut depth, mut leaf) = (0_usize, 0);
            for (at, letter) in body.char_indices() {
                if body[at..].starts_with(SORTED) {
                    let whole = depth == 1 && body[..at].ends_with([',', '{']);
                    if !body.starts_with("tr(") || !whole {
                        return Err(WalletError::SortedLeaf);
                    }
                    leaves.push(leaf);
                }
                match letter {
                    '(' => depth += 1,
                    ')' => depth = depth.saturating_sub(1),
                    // the comma behind the internal key comes before the first leaf
                    ',' if depth == 1 => leaf += 1,
                    _ => {}
                }
            }
        }
        Ok((body.replace(SORTED, "multi_a("), Self(leaves)))
    }

    /// The descriptor with the keys of those leaves in order (as in BIP67, by their x-only form).
    pub(super) fn sort<Pk: ToPublicKey>(
        &self,
        descriptor: Descriptor<Pk>,
    ) -> Option<Descriptor<Pk>> {
        if self.0.is_empty() {
            return Some(descriptor);
        }
        let Descriptor::Tr(tr) = &descriptor else { return None };
        let mut leaf = 0;
        let tree = self.sorted(tr.tap_tree().as_ref()?, &mut leaf)?;
        Some(Descriptor::Tr(Tr::new(tr.internal_key().clone(), Some(tree)).ok()?))
    }

    fn sorted<Pk: ToPublicKey>(&self, tree: &TapTree<Pk>, leaf: &mut usize) -> Option<TapTree<Pk>> {
        match tree {
            TapTree::Tree { left, right, .. } => {
                let left = self.sorted(left, leaf)?;
                Some(TapTree::combine(left, self.sorted(right, leaf)?))
            }
            TapTree::Leaf(script) => {
                *leaf += 1;
                if !self.0.contains(leaf) {
                    return Some(TapTree::Leaf(script.clone()));
                }
                let Terminal::MultiA(keys) = &script.node else { return None };
                let mut keys = keys.clone();
                keys.data_mut().sort_by_key(|key| key.to_x_only_pubkey().serialize());
                let script = Miniscript::from_ast(Terminal::MultiA(keys)).ok()?;
                Some(TapTree::Leaf(Arc::new(script)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bitcoin::secp256k1::SECP256K1;
    use miniscript::DescriptorPublicKey;

    /// BIP387's test vectors.
    const SORTED: &str = "tr(50929b74c1a04954b78b4b6035e97a5e078a5a0f28ec96d547bfee9ace803ac0,sortedmulti_a(2,xpub6ERApfZwUNrhLCkDtcHTcxd75RbzS1ed54G1LkBUHQVHQKqhMkhgbmJbZRkrgZw4koxb5JaHWkY4ALHY2grBGRjaDMzQLcgJvLJuZZvRcEL/*,xpub68NZiKmJWnxxS6aaHmn81bvJeTESw724CRDs6HbuccFQN9Ku14VQrADWgqbhhTHBaohPX4CjNLf9fq9MYo6oDaPPLPxSb7gwQN3ih19Zm4Y/0/0/*))";
    const SCRIPTS: [&str; 3] = [
        "5120abd47468515223f58a1a18edfde709a7a2aab2b696d59ecf8c34f0ba274ef772",
        "5120fe62e7ed20705bd1d3678e072bc999acb014f07795fa02cb8f25a7aa787e8cbd",
        "51201311093750f459039adaa2a5ed23b0f7a8ae2c2ffb07c5390ea37e2fb1050b41",
    ];

    #[test]
    fn the_scripts_of_bip387_are_made() {
        let (plain, sorted) = SortedLeaves::take(SORTED).unwrap();
        let descriptor: Descriptor<DescriptorPublicKey> = plain.parse().unwrap();
        for (index, script) in (0..).zip(SCRIPTS) {
            let derived = descriptor.derived_descriptor(SECP256K1, index).unwrap();
            let derived = sorted.sort(derived).unwrap();
            assert_eq!(derived.script_pubkey().to_hex_string(), script);
        }
    }

    #[test]
    fn only_whole_leaves_are_sorted_and_each_is_known_by_its_number() {
        let leaves = |text: &str| SortedLeaves::take(text).map(|(_, leaves)| leaves.0);
        assert_eq!(leaves("tr(K,pk(A))"), Ok(vec![]));
        assert_eq!(leaves("tr(K,sortedmulti_a(1,A,B))"), Ok(vec![1]));
        assert_eq!(
            leaves("tr(K,{multi_a(1,A,B),{sortedmulti_a(1,A,B),sortedmulti_a(2,A,B)}})"),
            Ok(vec![2, 3])
        );
        for text in [
            "tr(K,and_v(v:pk(A),sortedmulti_a(1,B,C)))",
            "tr(K,n:sortedmulti_a(1,B,C))",
            "wsh(sortedmulti_a(1,A,B))",
            "sortedmulti_a(1,A,B)",
        ] {
            assert_eq!(leaves(text), Err(WalletError::SortedLeaf), "{text}");
        }
    }
}
