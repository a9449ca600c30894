//! The procedures that come with the program.

/// Each of them, as its file has it.
pub const SHIPPED: [&str; 15] = [
    include_str!("shipped/verify_image.toml"),
    include_str!("shipped/make_a_key.toml"),
    include_str!("shipped/write_backups.toml"),
    include_str!("shipped/backup_drill.toml"),
    include_str!("shipped/export_account.toml"),
    include_str!("shipped/register_multisig.toml"),
    include_str!("shipped/test_transaction.toml"),
    include_str!("shipped/sign_a_payment.toml"),
    include_str!("shipped/proof_of_control.toml"),
    include_str!("shipped/add_custodian.toml"),
    include_str!("shipped/remove_custodian.toml"),
    include_str!("shipped/compromise.toml"),
    include_str!("shipped/rotate_and_sweep.toml"),
    include_str!("shipped/decommission.toml"),
    include_str!("shipped/export_audit.toml"),
];
