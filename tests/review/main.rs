//! The review's findings, facts and pages: each row of the findings table is raised by one test
//! and not raised by another.

#[path = "../common/build.rs"]
mod build;

mod electrum;
mod inputs;
mod labels;
mod outputs;
mod pages;
mod transaction;
mod walk;
mod wallets;
mod ways;
mod weights;
