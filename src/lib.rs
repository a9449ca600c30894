//! Coldlight: a Bitcoin signer for a computer that never touches a network.
//!
//! The map of the rooms. A room knows only the rooms below it; `tests/architecture.rs` holds every
//! `use crate::` line against the same table.
//!
//! Pure rooms: no clock, file, thread, terminal or device.
//! * [`qr`]: grey picture -> symbols (`detect`), bytes -> modules (`render`)
//! * [`transport`]: text parts <-> payload bytes: UR, BBQr, Specter, base43, plain; `Collector` in, `Reel` out
//! * [`psbt`]: strict, bounded, lossless reading of v0 and v2; digests; writing; finishing
//! * [`wallet`]: public knowledge: network, key origin, descriptor, address
//! * [`message`]: signed messages (BIP137, BIP322): digests, virtual transactions, written forms, verdicts
//! * [`record`]: what was done, as a signed hash chain of canonical JSON lines; its strict reader
//! * [`review`]: PSBT + wallets + policy -> facts, findings, pages. The judge. Holds no key
//! * [`keys`]: entropy, mnemonic, seed, derivation, backup formats, signing. The only room that can spend
//! * [`vault`]: the sealed form of secrets and wallets; bytes in, bytes out
//! * [`procedure`]: checklists that people follow, and what is refused in them
//! * [`app`]: one `Screen` at a time; `update(Event) -> Vec<Command>`
//! * [`demo`]: the demo wallet, its unsigned PSBT, and the demo coordinator that judges the answer
//!
//! The terminal:
//! * [`ui`]: draws a `Screen`: ratatui widgets, QR canvas, camera preview
//!
//! The edges:
//! * [`device`]: cameras, keyboards, the dedicated machine's screen, media, power, PID 1. The only
//!   room with `unsafe`
//! * [`appliance`]: the dedicated machine's signer process: console, keyboards, cameras and media
//!   around the app; what one process hands over to the next
//! * [`cli`]: the commands of the host program
//!
//! The processes of the image, told apart in `main.rs`: PID 1 (`device::init`), the signer
//! (`appliance`), the camera worker (`device::camera::worker`).
//!
//! The road of a PSBT, each type made only by the step before it:
//! symbols -> `transport::Collector` -> `Payload` -> `psbt::Psbt` -> `review::examine` -> `Reviewed`
//! -> `review::Walk` (every page seen, then confirmed) -> `Approved` -> `keys::sign` -> `Signed`
//! -> `transport::Reel` -> `qr::render` -> modules on the screen.

#![deny(unsafe_code)]
#![warn(missing_docs)]

pub mod app;
pub mod appliance;
pub mod cli;
pub mod demo;
pub mod device;
pub mod keys;
pub mod message;
pub mod procedure;
pub mod psbt;
pub mod qr;
pub mod record;
pub mod review;
pub mod transport;
pub mod ui;
pub mod vault;
pub mod wallet;
