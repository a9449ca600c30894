//! `sortedmulti_a` (BIP387), which the descriptor library does not know: read as `multi_a`, whose keys
//! are put in order at each place.

use super::WalletError;
use bitcoin::PublicKey;
use miniscript::descriptor::{TapTree, Tr};
use miniscript::{Descriptor, Miniscript, Terminal};
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
    pub(super) fn sort(&self, descriptor: Descriptor<PublicKey>) -> Option<Descriptor<PublicKey>> {
        if self.0.is_empty() {
            return Some(descriptor);
        }
        let Descriptor::Tr(tr) = &descriptor else { return None };
        let mut leaf = 0;
        let tree = self.sorted(tr.tap_tree().as_ref()?, &mut leaf)?;
        Some(Descriptor::Tr(Tr::new(*tr.internal_key(), Some(tree)).ok()?))
    }

    fn sorted(&self, tree: &TapTree<PublicKey>, leaf: &mut usize) -> Option<TapTree<PublicKey>> {
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
                keys.data_mut().sort_by_key(|key| key.inner.x_only_public_key().0.serialize());
                let script = Miniscript::from_ast(Terminal::MultiA(keys)).ok()?;
                Some(TapTree::Leaf(Arc::new(script)))
            }
        }
    }
}
