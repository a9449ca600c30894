//! What a hostile folder holds, and vaults on real file systems.

use super::super::super::folder;
use super::super::super::scratch::Scratch;
use super::*;
use rustix::fs::{CWD, FileType, Mode, mknodat};
use std::os::unix::fs::{MetadataExt, symlink};

fn vault(filling: u8) -> Vec<u8> {
    let mut bytes = vec![filling; layout::FILE];
    bytes[..layout::MAGIC.len()].copy_from_slice(&layout::MAGIC);
    bytes
}

fn stick(scratch: &Scratch) -> OwnedFd {
    std::fs::create_dir_all(scratch.path("stick")).unwrap();
    folder::open(&scratch.path("stick"), None).expect("a folder")
}

fn names(folder: &OwnedFd) -> Vec<String> {
    let listed = list(folder).expect("a list").into_iter();
    listed.map(|listed| listed.name.display().to_string()).collect()
}

#[test]
fn only_whole_files_with_the_magic_are_vaults() {
    let scratch = Scratch::new("only");
    let folder = stick(&scratch);
    scratch.write("stick/b.vault", &vault(1));
    scratch.write("stick/a.vault", &vault(2));
    scratch.write("stick/any.name", &vault(3));
    scratch.write("stick/short.vault", &vault(4)[..layout::FILE - 1]);
    scratch.write("stick/long.vault", &[vault(5), vec![0]].concat());
    scratch.write("stick/other.vault", &vec![6; layout::FILE]);
    scratch.write("stick/.hidden.vault", &vault(7));
    scratch.write("stick/0C01D11F.TMP", &vault(7));
    scratch.write("stick/inner/deep.vault", &vault(8));
    scratch.write("outside.vault", &vault(9));
    symlink("../outside.vault", scratch.path("stick/link.vault")).unwrap();
    let pipe = scratch.path("stick/pipe.vault");
    mknodat(CWD, &pipe, FileType::Fifo, Mode::from_raw_mode(0o600), 0).unwrap();
    assert_eq!(names(&folder), ["a.vault", "any.name", "b.vault"]);
    for other in ["short.vault", "long.vault", "other.vault"] {
        assert!(read(&folder, other.as_ref()) == Err(VaultError::NotAVault), "{other}");
    }
    for other in ["link.vault", "pipe.vault", "inner"] {
        let refused = Err(VaultError::Media(MediaError::NotAFile));
        assert!(read(&folder, other.as_ref()) == refused, "{other}");
    }
}

#[test]
fn a_folder_full_of_vaults_comes_to_an_end() {
    let scratch = Scratch::new("full-of");
    let folder = stick(&scratch);
    for number in 0..MOST_VAULTS + 3 {
        scratch.write(&format!("stick/{number}.vault"), &vault(1));
    }
    assert_eq!(names(&folder).len(), MOST_VAULTS);
}

#[test]
fn a_link_in_place_of_a_vault_or_a_key_file_is_not_written_through() {
    let scratch = Scratch::new("through");
    let folder = stick(&scratch);
    scratch.write("outside", &vault(1));
    for name in ["coldlight.vault", "coldlight.key"] {
        symlink("../outside", scratch.path(&format!("stick/{name}"))).unwrap();
    }
    let (name, key) = (OsStr::new("coldlight.vault"), OsStr::new("coldlight.key"));
    let part = Patch { offset: 0, bytes: layout::MAGIC.to_vec() };
    let refused = Err(VaultError::Media(MediaError::NotAFile));
    assert_eq!(overwrite(&folder, name, &part, &part), refused);
    assert_eq!(wipe(&folder, name, &[]), refused);
    assert_eq!(create_key_file(&folder, key, &[1; 64]), Err(VaultError::KeyFileThere));
    assert!(read_key_file(&folder, key).is_err());
    let taken = create(&folder, &vault(2), |_| name.to_owned());
    assert_eq!(taken, Err(VaultError::Media(MediaError::TooManyNames)));
    assert!(std::fs::read(scratch.path("outside")).unwrap() == vault(1));
    assert_eq!(scratch.names("stick"), ["coldlight.key", "coldlight.vault"], "no draft is left");
}

#[test]
fn all_blocks_of_a_new_vault_are_written_and_stay_where_they_are() {
    let scratch = Scratch::new("blocks");
    let folder = stick(&scratch);
    let name = create(&folder, &vault(3), |_| "coldlight.vault".into()).expect("made");
    let file = || std::fs::metadata(scratch.path("stick/coldlight.vault")).expect("there");
    let (node, blocks) = (file().ino(), file().blocks());
    assert!(blocks * 512 >= layout::FILE as u64, "{blocks}");
    let guard = Patch { offset: 16, bytes: vec![3; 16] };
    let change = Patch { offset: layout::SLOT as u64, bytes: vec![4; layout::SLOT] };
    overwrite(&folder, &name, &change, &guard).expect("written");
    assert!(holds(&folder, &name, &change).expect("read"));
    assert_eq!((file().ino(), file().blocks()), (node, blocks));
    assert_eq!(file().len(), layout::FILE as u64);
}

#[test]
fn a_wiped_vault_is_all_zeros() {
    let scratch = Scratch::new("wiped");
    let folder = stick(&scratch);
    let name = create(&folder, &vault(3), |_| "coldlight.vault".into()).expect("made");
    assert_eq!(is_wiped(&folder, &name), Ok(false));
    wipe(&folder, &name, &[(0, 4096), (1 << 20, 70_000)]).expect("wiped");
    assert_eq!(is_wiped(&folder, &name), Ok(true));
    assert!(remove(&folder, &name) && !remove(&folder, &name));
}

/// A vault with both slots.
fn both_slots(filling: u8) -> Vec<u8> {
    let mut bytes = vault(filling);
    bytes[layout::slot(1)][..layout::MAGIC.len()].copy_from_slice(&layout::MAGIC);
    bytes
}

#[test]
fn a_vault_whose_first_head_was_torn_is_still_listed_and_read() {
    let scratch = Scratch::new("torn");
    let folder = stick(&scratch);
    let mut torn = both_slots(1);
    torn[..layout::HEAD].fill(0xa5);
    scratch.write("stick/coldlight.vault", &torn);
    assert_eq!(names(&folder), ["coldlight.vault"]);
    assert!(read(&folder, "coldlight.vault".as_ref()) == Ok(torn));
}

#[test]
fn what_a_cut_left_of_a_vault_is_listed_and_can_be_destroyed() {
    let scratch = Scratch::new("left-of");
    let folder = stick(&scratch);
    scratch.write("stick/coldlight.vault", &vault(1)[..70_000]);
    scratch.write("stick/coldlight-2.vault", &vec![0; layout::FILE]);
    scratch.write("stick/coldlight-x.vault", b"of another program");
    scratch.write("stick/notes.vault", b"of another program");
    scratch.write("stick/disk.image", &vec![0; layout::FILE]);
    let listed = list(&folder).expect("a list");
    let told: Vec<_> =
        listed.iter().map(|each| (each.name.to_str().unwrap(), each.heads[0].len())).collect();
    assert_eq!(told, [("coldlight-2.vault", layout::HEAD), ("coldlight.vault", 0)]);
    for name in ["coldlight.vault", "coldlight-2.vault"] {
        let name = OsStr::new(name);
        assert!(read(&folder, name) == Err(VaultError::NotAVault));
        assert_eq!(wipe(&folder, name, &layout::key_ranges()), Ok(()));
        assert_eq!(is_wiped(&folder, name), Ok(true));
        assert!(remove(&folder, name));
    }
    for name in ["coldlight-x.vault", "notes.vault", "disk.image"] {
        assert_eq!(wipe(&folder, name.as_ref(), &[]), Err(VaultError::NotAVault));
    }
    assert_eq!(scratch.names("stick"), ["coldlight-x.vault", "disk.image", "notes.vault"]);
}
