//! The procedures that come with the program.

/// Each of them, as its file has it.
pub const SHIPPED: [&str; 4] = [
    include_str!("shipped/make_a_key.toml"),
    include_str!("shipped/backup_drill.toml"),
    include_str!("shipped/export_account.toml"),
    include_str!("shipped/sign_a_payment.toml"),
];
