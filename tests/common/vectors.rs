//! Where the published vectors are, and tests that are *reported as ignored* where they are not.
//!
//! libtest cannot ignore a test at run time, so the files that read vectors bring their own `main`
//! (`harness = false`) and name their tests in it:
//!
//! ```ignore
//! fn main() -> ExitCode {
//!     vectors::run(vec![
//!         vectors::constant!(a_published_value_is_signed_to_the_byte),
//!         vectors::bulk!("bip-0340", every_row_is_signed_or_verified),
//!     ])
//! }
//! ```
//!
//! A test that is not named there is dead code, and the lints fail. With `CI=true` an absent folder
//! is a failure.

// a file may have tests of one kind only
#![allow(dead_code, unused_imports, unused_macros)]

use libtest_mimic::{Arguments, Failed, Trial};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The folder `name` of the vectors: below `COLDLIGHT_VECTORS`, or else `../shared/vectors` beside
/// the project. None where it is absent.
pub fn folder(name: &str) -> Option<PathBuf> {
    let vectors = std::env::var_os("COLDLIGHT_VECTORS").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/vectors"),
        PathBuf::from,
    );
    Some(vectors.join(name)).filter(|folder| folder.is_dir())
}

/// A test that needs nothing but its own constants.
pub fn constant_named(name: &'static str, test: fn()) -> Trial {
    Trial::test(name, move || {
        test();
        Ok(())
    })
}

/// A test over the files of one folder of vectors.
pub fn bulk_named(name: &'static str, folder: &'static str, test: fn(&Path)) -> Trial {
    let found = self::folder(folder);
    let ignored = found.is_none() && std::env::var_os("CI").is_none_or(|ci| ci != "true");
    Trial::test(name, move || match found {
        Some(found) => {
            test(&found);
            Ok(())
        }
        None => Err(Failed::from(format!("the vectors' folder {folder} is absent"))),
    })
    .with_ignored_flag(ignored)
}

/// [`constant`], named after its function.
macro_rules! constant {
    ($test:path) => {
        $crate::common::vectors::constant_named(stringify!($test), $test)
    };
}

/// [`bulk`], named after its function.
macro_rules! bulk {
    ($folder:literal, $test:path) => {
        $crate::common::vectors::bulk_named(stringify!($test), $folder, $test)
    };
}

pub(crate) use {bulk, constant};

/// Runs the tests with the options that `cargo test -- ...` gave.
pub fn run(tests: Vec<Trial>) -> ExitCode {
    libtest_mimic::run(&Arguments::from_args(), tests).exit_code()
}
