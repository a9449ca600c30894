//! QR codes, both ways: a grey picture to symbols (`detect`), bytes to modules (`render`).

pub mod detect;
pub mod luma;
mod png;
pub mod render;

pub use detect::{Look, Symbol, look, read};
pub use luma::Luma;
pub use png::png;
pub use render::{Ecc, Modules, RenderError};
