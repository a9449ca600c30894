//! Vaults as a person meets them: made, opened, filled, signed from, locked; and what goes wrong. A
//! machine in memory serves the errands.

mod desk;
mod keeping;
#[path = "../common/vault_machine.rs"]
mod machine;
mod making;
mod opening;
#[path = "../common/stage.rs"]
mod stage;
