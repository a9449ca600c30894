//! The script types, as wallets.

use crate::coordinator::Policy;

pub const P2PKH: Policy = Policy::new("pkh(@0/**)", "44'/1'/0'");
pub const P2SH_P2WPKH: Policy = Policy::new("sh(wpkh(@0/**))", "49'/1'/0'");
pub const P2WPKH: Policy = Policy::new("wpkh(@0/**)", "84'/1'/0'");
pub const P2TR: Policy = Policy::new("tr(@0/**)", "86'/1'/0'");

pub const P2SH_MULTISIG: Policy = Policy::new("sh(sortedmulti(2,@0/**,@1/**,@2/**))", "45'/1'/0'");
pub const P2SH_P2WSH_MULTISIG: Policy =
    Policy::new("sh(wsh(sortedmulti(2,@0/**,@1/**,@2/**)))", "48'/1'/0'/1'");
pub const P2WSH_MULTISIG: Policy =
    Policy::new("wsh(sortedmulti(2,@0/**,@1/**,@2/**))", "48'/1'/0'/2'");

/// The owner at any time, or the heir 1,000 blocks after the coin was mined.
const INHERITANCE: &str = "wsh(or_d(pk(@0/**),and_v(v:pkh(@1/**),older(1000))))";
pub const OWNER: Policy = Policy::new(INHERITANCE, "48'/1'/0'/2'");
pub const HEIR: Policy = Policy { wait: 1000, ..OWNER };
/// Both, and not before block 150,000.
pub const NOT_BEFORE: Policy =
    Policy::new("wsh(and_v(v:pk(@0/**),and_v(v:pk(@1/**),after(150000))))", "48'/1'/0'/2'");

/// Taproot without a key path: two of three in one leaf.
pub const TAPROOT_MULTISIG: Policy =
    Policy::new("tr(@nobody/**,multi_a(2,@0/**,@1/**,@2/**))", "48'/1'/0'/2'");
/// Taproot with somebody else's key path and two leaves; ours is the one with a timelock.
pub const TAPROOT_TIMELOCK: Policy = Policy {
    wait: 1000,
    ..Policy::new("tr(@1/**,{and_v(v:pk(@0/**),older(1000)),pk(@2/**)})", "48'/1'/0'/2'")
};
/// Taproot with leaves, spent by its key path.
pub const TAPROOT_WITH_LEAVES: Policy =
    Policy::new("tr(@0/**,{and_v(v:pk(@1/**),older(1000)),pk(@2/**)})", "48'/1'/0'/2'");

/// Each with the seeds that sign for it, in order.
pub const ALL: &[(Policy, &[usize])] = &[
    (P2PKH, &[0]),
    (P2SH_P2WPKH, &[0]),
    (P2WPKH, &[0]),
    (P2TR, &[0]),
    (P2SH_MULTISIG, &[0, 1]),
    (P2SH_P2WSH_MULTISIG, &[1, 2]),
    (P2WSH_MULTISIG, &[0, 2]),
    (OWNER, &[0]),
    (HEIR, &[1]),
    (NOT_BEFORE, &[0, 1]),
    (TAPROOT_MULTISIG, &[0, 1]),
    (TAPROOT_TIMELOCK, &[0]),
    (TAPROOT_WITH_LEAVES, &[0]),
];
