//! QR codes, both ways: a grey picture to symbols (`detect`), bytes to modules (`render`).

pub mod detect;
pub mod luma;
pub mod render;

pub use detect::{Symbol, read};
pub use luma::Luma;
pub use render::{Modules, RenderError};
