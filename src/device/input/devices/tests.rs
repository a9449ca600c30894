//! Made-up trees of devices, honest and not.

use super::*;
use std::os::unix::fs::symlink;

/// What a common keyboard says that it has.
const KEYBOARD: &str = "1000000000007 ff9f207ac14057ff febeffdfffefffff fffffffffffffffe\n";
/// ACPI's power button.
const BUTTON: &str = "10000000000000 0\n";
/// A mouse with five buttons.
const MOUSE: &str = "1f0000 0 0 0 0\n";

/// A made-up /sys and /dev/input in a folder of its own.
struct World {
    root: PathBuf,
}

impl World {
    fn new(name: &str) -> Self {
        let root = std::env::temp_dir().join(format!("devices-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(root.join("sys/class/input")).unwrap();
        fs::create_dir_all(root.join("dev")).unwrap();
        Self { root }
    }

    fn plug(&self, event: &str, input: &str, name: &str, keys: &str) {
        let device = self.root.join("sys/devices/usb1").join(input);
        let node = device.join(event);
        fs::create_dir_all(node.join("x")).unwrap();
        fs::create_dir_all(device.join("capabilities")).unwrap();
        fs::write(device.join("name"), name).unwrap();
        fs::write(device.join("capabilities/key"), keys).unwrap();
        symlink("..", node.join("device")).unwrap();
        symlink(&node, self.root.join("sys/class/input").join(event)).unwrap();
        fs::write(self.root.join("dev").join(event), input).unwrap();
    }

    fn switch(&self, input: &str, switches: &str) {
        let device = self.root.join("sys/devices/usb1").join(input);
        fs::write(device.join("capabilities/sw"), switches).unwrap();
    }

    fn unplug(&self, event: &str) {
        fs::remove_file(self.root.join("sys/class/input").join(event)).unwrap();
        fs::remove_file(self.root.join("dev").join(event)).unwrap();
    }

    fn tree(&self) -> Tree {
        Tree { sys: self.root.join("sys"), dev: self.root.join("dev"), grab: |_| Ok(()) }
    }
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.root);
    }
}

#[test]
fn keyboards_power_buttons_and_lids_are_found_and_nothing_else() {
    let world = World::new("kinds");
    world.plug("event10", "input11", "A keyboard\n", KEYBOARD);
    world.plug("event2", "input2", "Power Button\n", BUTTON);
    world.plug("event3", "input3", "Mouse\n", MOUSE);
    world.plug("event4", "input4", "Lid Switch\n", "0\n");
    world.switch("input4", "1\n");
    world.plug("event8", "input8", "Headset\n", "0\n");
    world.switch("input8", "14\n");
    world.plug("event5", "input5", "Broken\n", "ff not hexadecimal\n");
    world.plug("event6", "input6", "Empty\n", "");
    world.plug("js0", "input7", "No event node\n", KEYBOARD);
    let found = world.tree().found();
    let seen: Vec<_> = found.iter().map(|found| (found.node.as_str(), found.kind)).collect();
    assert_eq!(
        seen,
        [("event2", Kind::PowerButton), ("event4", Kind::Lid), ("event10", Kind::Keyboard)]
    );
    assert_eq!(found[2].name, "A keyboard");
    assert_eq!(found[2].id.to_line(), "/devices/usb1/input11");
}

#[test]
fn a_device_that_lacks_a_letter_or_enter_is_no_keyboard() {
    for code in codes::LETTERS.into_iter().flatten().chain([codes::ENTER]) {
        let keys = Codes { words: vec![!(1 << code), u64::MAX] };
        assert!(kind(&keys, None) != Some(Kind::Keyboard), "{code}");
    }
    assert_eq!(kind(&Codes { words: vec![u64::MAX] }, None), Some(Kind::Keyboard));
}

#[test]
fn a_name_is_made_printable_and_short() {
    assert_eq!(printable("  Keyboard \n"), "Keyboard");
    assert_eq!(printable("a\u{1b}[2Jb\u{202e}c\nd"), "a?[2Jb?c?d");
    assert_eq!(printable(&"long ".repeat(100)).len(), NAME - 1);
    assert_eq!(printable(""), "");
    let world = World::new("name");
    world.plug("event1", "input1", &"n".repeat(100_000), KEYBOARD);
    assert_eq!(world.tree().found()[0].name.len(), NAME);
}

#[test]
fn a_node_that_became_another_devices_is_not_opened() {
    let world = World::new("race");
    world.plug("event1", "input1", "Same name", KEYBOARD);
    let before = world.tree().found().remove(0);
    assert!(world.tree().open(&before).is_ok());
    world.unplug("event1");
    assert!(world.tree().open(&before).is_err());
    world.plug("event1", "input9", "Same name", KEYBOARD);
    assert!(world.tree().open(&before).is_err());
    let after = world.tree().found().remove(0);
    assert!(after.id != before.id && after.name == before.name);
    assert!(world.tree().open(&after).is_ok());
}

#[test]
fn what_cannot_be_had_alone_is_not_opened() {
    let world = World::new("grab");
    world.plug("event1", "input1", "Keyboard", KEYBOARD);
    let mut tree = Tree { grab, ..world.tree() };
    let found = tree.found().remove(0);
    assert!(tree.open(&found).is_err(), "an ordinary file is no input device");
}

#[test]
fn a_machine_without_any_devices_has_none() {
    let nowhere = PathBuf::from("/nonexistent");
    let mut tree = Tree { sys: nowhere.clone(), dev: nowhere, grab };
    assert!(tree.found().is_empty());
}
