//! A folder for one test, with a made-up /sys and /dev, and plain folders in place of mounted sticks.

use super::MediaError;
use super::filesystem::Kind;
use super::find::Roots;
use super::mount::{Access, Mounted, Mounts};
use std::cell::RefCell;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// Removed when dropped.
pub(super) struct Scratch(PathBuf);

impl Scratch {
    pub fn new(name: &str) -> Self {
        let folder = format!("coldlight-media-{}-{name}", std::process::id());
        let path = std::env::temp_dir().join(folder);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("the temporary folder can be written");
        Self(path.canonicalize().expect("it was made"))
    }

    pub fn path(&self, inner: &str) -> PathBuf {
        self.0.join(inner)
    }

    pub fn roots(&self) -> Roots {
        Roots { sys: self.path("sys"), dev: self.path("dev") }
    }

    pub fn write(&self, inner: &str, bytes: &[u8]) {
        let path = self.path(inner);
        fs::create_dir_all(path.parent().expect("inside the folder")).expect("can be made");
        fs::write(path, bytes).expect("can be written");
    }

    pub fn names(&self, inner: &str) -> Vec<String> {
        let entries = fs::read_dir(self.path(inner)).expect("a folder").flatten();
        let mut names: Vec<String> =
            entries.map(|entry| entry.file_name().display().to_string()).collect();
        names.sort();
        names
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A disk of so many sectors in the made-up /sys, as the kernel would show it on `bus`, with these
/// files in its `device` folder.
pub(super) fn plug(scratch: &Scratch, bus: &str, name: &str, sectors: u64, files: &[(&str, &str)]) {
    let device = format!("sys/devices/{bus}");
    for (file, content) in files {
        scratch.write(&format!("{device}/{file}"), format!("{content}\n").as_bytes());
    }
    scratch.write(&format!("{device}/block/{name}/size"), format!("{sectors}\n").as_bytes());
    let _ = symlink("../..", scratch.path(&format!("{device}/block/{name}/device")));
    fs::create_dir_all(scratch.path("sys/block")).expect("can be made");
    let target = Path::new("..").join(format!("devices/{bus}/block/{name}"));
    symlink(target, scratch.path(&format!("sys/block/{name}"))).expect("can be made");
}

/// The first 4 KiB of a FAT32 with this volume id and label.
pub(super) fn fat32(serial: [u8; 4], label: &[u8; 11]) -> Vec<u8> {
    let mut start = vec![0; 4096];
    start[67..71].copy_from_slice(&serial);
    start[71..82].copy_from_slice(label);
    start[82..90].copy_from_slice(b"FAT32   ");
    start[510..512].copy_from_slice(&[0x55, 0xaa]);
    start
}

/// `dev/sdb1` is "mounted" as the folder `sticks/sdb1`, and every mount is noted.
#[derive(Clone)]
pub(super) struct Folders {
    sticks: PathBuf,
    pub seen: Rc<RefCell<Vec<(String, Access)>>>,
    /// What befalls the bytes of a file between writing and reading back.
    pub fault: Option<fn(&Path)>,
}

pub(super) struct Folder(PathBuf);

impl Folders {
    pub fn of(scratch: &Scratch) -> Self {
        Self { sticks: scratch.path("sticks"), seen: Rc::default(), fault: None }
    }
}

impl Mounts for Folders {
    type Mounted = Folder;

    fn mount(&self, node: &Path, _: Kind, access: Access) -> Result<Folder, MediaError> {
        let name = node.file_name().expect("a node has a name").display().to_string();
        let folder = self.sticks.join(&name);
        let wrote = self.seen.borrow().last().is_some_and(|(_, access)| *access == Access::Write);
        if let (Some(fault), true) = (self.fault, wrote) {
            fault(&folder);
        }
        self.seen.borrow_mut().push((name, access));
        if access == Access::Write && folder.join("LOCKED").exists() {
            return Err(MediaError::WriteProtected);
        }
        Ok(Folder(folder))
    }
}

impl Mounted for Folder {
    fn root(&self) -> &Path {
        &self.0
    }
    fn close(self) -> Result<(), MediaError> {
        Ok(())
    }
}
