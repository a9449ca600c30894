//! Procedures: checklists that people follow step by step, as one TOML file each. Here they are read
//! and judged; what is not sound is refused with its line before anybody follows it.

mod lint;
mod model;
mod road;
mod shipped;

pub use lint::{FILE_MOST, Fault, STEPS_MOST, lint};
pub use model::{Ccss, Failure, KeyState, Kind, Material, Predicate, Procedure, Role, Step};
pub use shipped::SHIPPED;
