//! What is plugged in: wrong passphrases, older copies, damage, copies, destruction.

use crate::desk::{BLUE, PASSPHRASE, RED, sealed};
use crate::machine::Stick;
use coldlight::app::Key;
use coldlight::vault::layout;

#[test]
fn ten_wrong_passphrases_end_it_and_what_was_typed_is_kept_until_then() {
    let mut desk = sealed();
    desk.open("wrong horse");
    desk.says("Nothing opens with this passphrase.");
    desk.says("That was wrong once; after 9 more everything is wiped and the program ends.");
    desk.says("11 characters.");
    for _ in 2..10 {
        desk.keys("\n");
    }
    desk.says("after one more everything is wiped and the program ends.");
    // leaving and coming back gives no more tries, and the right one is still taken
    desk.press(Key::Esc);
    desk.press(Key::Esc);
    desk.open(PASSPHRASE);
    desk.says("Savings");
    desk.press(Key::Esc);
    desk.lock();
    assert_eq!(desk.stage.app.settings().wrong_passphrases, 9);
    assert!(!desk.quits());
    desk.open("wrong again");
    assert!(desk.quits());
}

#[test]
fn an_older_copy_is_opened_only_after_a_sentence() {
    let mut desk = sealed();
    desk.keys("vc");
    desk.says("To which stick?");
    desk.keys("\n");
    desk.says("The vault is on this stick already.");
    desk.press(Key::Esc);
    desk.machine.sticks.push(Stick::empty(RED));
    desk.keys("rc");
    desk.press(Key::Down);
    desk.keys("\n");
    desk.says("The copy was written, and reads back:");
    desk.keys("\n");
    let original = desk.machine.stick(BLUE).vault.clone();
    assert!(desk.machine.stick(RED).vault == original);
    desk.says("newest copy");
    desk.keys("\n");
    desk.keys(&format!("{PASSPHRASE}\n"));
    desk.keys("\nn");
    desk.keys(" of Ann\n");
    desk.press(Key::Esc);
    desk.says("Savings of Ann");
    desk.press(Key::Esc);
    desk.lock();

    desk.keys("v");
    desk.says("older copy");
    desk.press(Key::Down);
    desk.keys("\n");
    desk.says("This is an older copy; the newer is on BLUE 16 GB.");
    desk.keys("\n"); // costs nothing: back
    desk.says("older copy");
    desk.keys("\no");
    desk.keys(&format!("{PASSPHRASE}\n"));
    desk.says("Savings   ");
    // changed on its own, it differs from the other one
    desk.keys("\nn 2\n");
    desk.press(Key::Esc);
    desk.press(Key::Esc);
    desk.lock();
    desk.keys("v");
    desk.says("two copies differ");
    desk.keys("\n");
    desk.says("were both changed since they were the same");
}

#[test]
fn a_damaged_newer_copy_is_named_and_the_older_whole_one_opens_on_a_key() {
    let mut desk = sealed();
    let file = desk.machine.stick(BLUE).vault.as_mut().expect("the vault");
    file[layout::SLOT + layout::SLOT / 2] ^= 1;
    desk.keys("v\n");
    desk.says("One of the two copies in this file is damaged (the contents).");
    desk.keys("\n");
    desk.says("One of the two copies in this file is damaged (the contents).");
    desk.keys("o");
    desk.keys(&format!("{PASSPHRASE}\n"));
    desk.says("Savings");
    desk.says("All of it is on the stick");
    let file = desk.machine.stick(BLUE).vault.as_ref().expect("the vault");
    assert!(file[..layout::SLOT] == file[layout::SLOT..], "the damaged copy was mended");
}

#[test]
fn a_vault_is_destroyed_by_a_word_and_what_was_done_is_said() {
    let mut desk = sealed();
    desk.keys("vx");
    desk.says("What cannot be promised: a stick or card of flash memory");
    desk.keys("destro\n");
    desk.says("Type the word destroy to go on.");
    assert!(desk.machine.stick(BLUE).vault.is_some());
    desk.keys("y\n");
    desk.says("is destroyed.");
    desk.says("Its keys were overwritten first");
    desk.says("The stick does not discard blocks on request.");
    assert!(desk.machine.stick(BLUE).vault.is_none());
    desk.keys("\n");
    desk.says("There is no vault on what is plugged in.");
}

#[test]
fn other_vaults_are_looked_at_and_an_open_one_is_not_destroyed_or_left_for_another() {
    let mut desk = sealed();
    desk.machine.sticks.push(Stick::empty(RED));
    desk.open(PASSPHRASE);
    desk.keys("o\n");
    desk.says("A vault is open already.");
    desk.keys("\nm");
    desk.says("A vault is open already.");
    desk.keys("\nxdestroy\n");
    desk.says("This vault is open. Lock it at home first (l).");
    assert!(desk.machine.stick(BLUE).vault.is_some());
    desk.press(Key::Esc);
    desk.press(Key::Esc);
    // each list gives new names; the open vault is found by its own
    desk.keys("\nn 2\n");
    desk.press(Key::Esc);
    desk.says("Savings 2");
    desk.says("All of it is on the stick");
}

#[test]
fn what_a_cut_left_of_a_vault_is_named_and_removed() {
    let mut desk = sealed();
    let file = desk.machine.stick(BLUE).vault.as_mut().expect("the vault");
    file.fill(0); // its destruction was cut off
    desk.keys("v");
    desk.says("overwritten, not removed");
    desk.keys("\n");
    desk.says("It was being destroyed, and that was cut off");
    desk.keys("\nc");
    desk.says("Press x to finish.");
    desk.machine.stick(BLUE).vault.as_mut().expect("the file").truncate(70_000);
    desk.keys("\nr");
    desk.says("not finished");
    desk.keys("\n");
    desk.says("Remove it with x, and make the vault again.");
    desk.keys("\nxdestroy\n");
    desk.says("is destroyed.");
    assert!(desk.machine.stick(BLUE).vault.is_none());
}
