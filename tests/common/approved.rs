//! Screens held against the texts in which they were approved, `tests/screens/`.

use std::path::{Path, PathBuf};

/// Looks at screens one after the other, and tells all that differ at the end. Where UPDATE_SCREENS is
/// set, what is seen is approved instead.
pub struct Approved {
    folder: PathBuf,
    update: bool,
    wrong: Vec<String>,
}

impl Approved {
    pub fn begin() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/screens");
        let update = std::env::var_os("UPDATE_SCREENS").is_some();
        Self { folder, update, wrong: vec![] }
    }

    pub fn see(&mut self, name: &str, now: &str) {
        let path = self.folder.join(format!("{name}.txt"));
        if self.update {
            std::fs::write(&path, now).expect("the folder can be written");
        } else if std::fs::read_to_string(&path).unwrap_or_default() != now {
            self.wrong.push(format!("{name} is now:\n{now}"));
        }
    }

    pub fn hold(self) {
        assert!(self.wrong.is_empty(), "{}\nUPDATE_SCREENS=1 approves.", self.wrong.join("\n"));
    }
}
