//! Addresses that are known, and those that imitate them. "Address poisoning": an attacker grinds an
//! address whose head and tail are those of a known one, plants it in a history or a clipboard, and
//! waits for someone who compares only the ends.

use super::examine::Context;
use super::finding::Findings;
use super::inputs::Case;
use super::{Code, OutputFacts, OutputKind, Place};
use crate::wallet::address;
use bitcoin::Script;
use std::collections::HashMap;

/// How an address is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Acquaintance {
    /// It is ours: an input spends from it, or an output was proven to come back to it.
    Yours,
    /// A signature spent from it before.
    SpentBefore,
    /// A transaction that was signed in this session paid it.
    PaidBefore,
}

/// A known address that an output's address imitates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imitated {
    /// The known one.
    pub address: String,
    /// How it is known.
    pub known: Acquaintance,
}

impl Acquaintance {
    /// As the end of "looks like".
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Yours => "an address of yours",
            Self::SpentBefore => "an address that you spent from before",
            Self::PaidBefore => "an address that you paid before",
        }
    }
}

/// Characters at each end that someone compares at most in haste, after those that all addresses of a
/// kind share. Two addresses are alike in six by chance once in 10^9.
const END: usize = 3;

/// What two addresses that are taken for each other have in common.
type Ends = (String, String, usize);

/// The ends, and the length of the whole; None for what is too short to have a middle.
fn ends(address: &str) -> Option<Ends> {
    // BIP173: the human-readable part, the separator, and the version
    let shared = match address.get(..address.find('1').map_or(0, |at| at + 2)) {
        Some(head) if ["bc1", "tb1", "bcrt1"].iter().any(|hrp| head.starts_with(hrp)) => head.len(),
        _ => 1,
    };
    let head = address.get(..shared + END)?;
    let tail = address.get(address.len().checked_sub(END)?..)?;
    (address.len() > shared + 2 * END).then(|| (head.to_owned(), tail.to_owned(), address.len()))
}

/// Marks outputs that were paid before, and warns of those that imitate a known address.
pub(super) fn check(
    context: &Context<'_>,
    cases: &[Case],
    outputs: &mut [OutputFacts],
    findings: &mut Findings,
) {
    for output in outputs.iter_mut().filter(|output| output.kind == OutputKind::External) {
        output.paid_before = context.history.paid(&output.script);
    }
    // those that were proven, or paid on purpose, are no imitations
    let strange = |output: &OutputFacts| output.kind == OutputKind::External && !output.paid_before;
    let mut wanted: HashMap<Ends, Vec<usize>> = HashMap::new();
    for (n, output) in outputs.iter().enumerate().filter(|(_, output)| strange(output)) {
        if let Some(ends) = output.address.as_deref().and_then(ends) {
            wanted.entry(ends).or_default().push(n);
        }
    }
    if wanted.is_empty() {
        return;
    }
    let mut found: HashMap<usize, Imitated> = HashMap::new();
    let mut compare = |script: &Script, known: Acquaintance| {
        let Some(address) = address(script, context.network) else { return };
        let Some(alike) = ends(&address).and_then(|ends| wanted.get(&ends)) else { return };
        for n in alike.iter().filter(|n| outputs[**n].address.as_deref() != Some(&address)) {
            found.entry(*n).or_insert_with(|| Imitated { address: address.clone(), known });
        }
    };
    for case in cases.iter().filter(|case| case.owned.is_some()) {
        if let Some(txout) = &case.txout {
            compare(&txout.script_pubkey, Acquaintance::Yours);
        }
    }
    for output in outputs.iter().filter(|output| output.kind.is_ours()) {
        compare(&output.script, Acquaintance::Yours);
    }
    for (_, txout) in context.history.entries() {
        compare(&txout.script_pubkey, Acquaintance::SpentBefore);
    }
    for script in context.history.paid_scripts() {
        compare(script, Acquaintance::PaidBefore);
    }
    for (n, imitated) in found {
        findings.warn(
            Code::AddressImitated,
            Place::Output(n),
            format!(
                "The address of output {} begins and ends like {}, and is another.",
                n + 1,
                imitated.known.as_str()
            ),
        );
        outputs[n].imitated = Some(imitated);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_begin_behind_what_all_addresses_of_a_kind_share() {
        let told = |address| ends(address).map(|(head, tail, _)| (head, tail));
        let pair = |head: &str, tail: &str| Some((head.to_owned(), tail.to_owned()));
        assert_eq!(told("tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx"), pair("tb1qw50", "zsx"));
        assert_eq!(told("bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7k"), pair("bcrt1qw50", "w7k"));
        assert_eq!(told("1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2"), pair("1BvB", "VN2"));
        assert_eq!(told("mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn"), pair("mipc", "Rfn"));
        assert_eq!(told("1BvBVN2"), None);
        assert_eq!(told(""), None);
    }
}
