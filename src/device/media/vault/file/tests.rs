//! The one file, through its thread, as the app sees it.

use super::super::super::scratch::Scratch;
use super::*;
use crate::app::storage::VaultNews;
use crate::device::random::KernelRandom;
use std::sync::mpsc::{Receiver, sync_channel};

fn start(path: &Path) -> io::Result<(VaultFile, Receiver<Event>)> {
    let (sender, events) = sync_channel(8);
    Ok((VaultFile::start(path, Generator::new(KernelRandom), sender)?, events))
}

fn vault(filling: u8) -> Vec<u8> {
    let mut bytes = vec![filling; crate::vault::layout::FILE];
    bytes[..16].copy_from_slice(&crate::vault::layout::MAGIC);
    bytes
}

struct Desk {
    scratch: Scratch,
    file: VaultFile,
    events: Receiver<Event>,
}

impl Desk {
    fn new(name: &str) -> Self {
        let scratch = Scratch::new(&format!("file-{name}"));
        scratch.write("desk/other", b"");
        let (file, events) = start(&scratch.path("desk/my.vault")).expect("a thread");
        Self { scratch, file, events }
    }

    fn ask(&self, errand: VaultErrand) -> VaultNews {
        self.file.run(errand);
        match self.events.recv() {
            Ok(Event::Machine(News::Vault(news))) => news,
            _ => panic!("no news of a vault"),
        }
    }

    fn look(&self) -> Plugged {
        match self.ask(VaultErrand::Look) {
            VaultNews::Found(Ok(plugged)) => plugged,
            _ => panic!("the folder is there"),
        }
    }
}

#[test]
fn a_vault_in_a_file_is_made_written_and_destroyed_like_one_on_a_stick() {
    let desk = Desk::new("road");
    let plugged = desk.look();
    assert_eq!((plugged.media[0].name.as_str(), plugged.vaults.len()), ("desk", 0));
    let on = plugged.media[0].id;
    let create = || desk.ask(VaultErrand::Create { on, bytes: vault(1) });
    let VaultNews::Created(Ok(made)) = create() else { panic!("not made") };
    assert_eq!((made.name.as_str(), made.medium.as_str()), ("my.vault", "desk"));
    let VaultNews::Created(Err(why)) = create() else { panic!("made over another") };
    assert!(why.starts_with("A file is at this place already"), "{why}");
    assert_eq!(desk.look().vaults[0].heads, made.heads);

    let part = |offset, byte| Patch { offset, bytes: vec![byte; 8] };
    let write = |patch, guard| desk.ask(VaultErrand::Write { vault: made.id, patch, guard });
    assert!(matches!(write(part(600, 2), part(600, 1)), VaultNews::Written(_, Ok(()))));
    assert!(matches!(write(part(600, 3), part(600, 1)), VaultNews::Written(_, Err(_))));
    let VaultNews::Read(_, Ok(bytes)) = desk.ask(VaultErrand::Read(made.id)) else {
        panic!("not read")
    };
    assert_eq!(bytes[599..609], [1, 2, 2, 2, 2, 2, 2, 2, 2, 1]);

    let destroy = VaultErrand::Destroy { vault: made.id, keys_first: vec![(0, 4096)] };
    let VaultNews::Destroyed(_, Ok(done)) = desk.ask(destroy) else { panic!("not destroyed") };
    assert_eq!(done, Destruction { removed: true, discarded: false });
    assert_eq!(desk.scratch.names("desk"), ["other"]);
}

#[test]
fn the_key_file_stands_beside_the_vault() {
    let desk = Desk::new("key");
    let on = desk.look().media[0].id;
    let VaultNews::KeyFile(Err(why)) = desk.ask(VaultErrand::ReadKeyFile(on)) else {
        panic!("there is none")
    };
    assert!(why.starts_with("There is no key file"), "{why}");
    let VaultNews::KeyFileCreated(Ok(made)) = desk.ask(VaultErrand::CreateKeyFile(on)) else {
        panic!("not made")
    };
    assert!(made.len() == storage::KEY_FILE && made.iter().any(|byte| *byte != 0));
    assert!(desk.look().media[0].key_file);
    let VaultNews::KeyFile(Ok(read)) = desk.ask(VaultErrand::ReadKeyFile(on)) else {
        panic!("not read")
    };
    assert!(read == made);
    assert_eq!(desk.scratch.names("desk"), ["my.key", "other"]);
}

#[test]
fn a_path_that_names_no_file_in_a_folder_is_refused_at_once() {
    let scratch = Scratch::new("file-none");
    for path in ["none/my.vault", "..", "my.key"] {
        assert!(start(&scratch.path(path)).is_err(), "{path}");
    }
    assert!(start(Path::new("")).is_err());
    assert!(start(Path::new("/")).is_err());
}

#[test]
fn what_nobody_is_left_to_do_is_told() {
    let (errands, queue) = std::sync::mpsc::channel();
    let (sender, events) = sync_channel(1);
    drop(queue);
    VaultFile { errands, events: sender }.run(VaultErrand::Read(VaultId(7)));
    let Ok(Event::Machine(News::Vault(VaultNews::Read(VaultId(7), Err(why))))) = events.recv()
    else {
        panic!("not told")
    };
    assert!(why.contains("has stopped"), "{why}");
}
