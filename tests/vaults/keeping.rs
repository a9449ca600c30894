//! What is kept in an open vault, when it is on the stick, and what opens the vault from then on.

use crate::desk::{BLUE, DURESS, Desk, PASSPHRASE, RED, sealed};
use crate::machine::Stick;
use crate::stage::settings;
use coldlight::app::appliance::{Appliance, BootStick, SelfTest};
use coldlight::app::{Command, Key, Keymap};
use coldlight::demo;

#[test]
fn what_is_not_on_the_stick_is_named_until_it_is() {
    let mut desk = sealed();
    desk.open(PASSPHRASE);
    desk.keys("\n\n\n");
    desk.machine.stick(BLUE).plugged = false;
    desk.sign();
    desk.says("What was signed is not in the vault's file yet");
    desk.says("The stick is not plugged in any more.");
    desk.keys("\n");
    desk.says("not saved: plug the stick in and press v");
    desk.keys("l");
    desk.says("Changes of the vault are not on its stick. Lock anyway?");
    desk.keys("\n");
    desk.keys("q");
    desk.says("Changes of the vault are not on its stick.");
    desk.keys("\n");
    desk.keys("v");
    desk.says("The open vault's stick is not plugged in.");
    desk.says("Not saved.");
    desk.machine.stick(BLUE).plugged = true;
    let before = desk.machine.stick(BLUE).vault.clone();
    desk.keys("w");
    desk.says("All of it is on the stick");
    assert!(desk.machine.stick(BLUE).vault != before);
    desk.press(Key::Esc);
    desk.lock();
}

#[test]
fn a_vault_that_somebody_else_wrote_is_not_written_over() {
    let mut desk = sealed();
    let before = desk.machine.stick(BLUE).copy(BLUE);
    desk.open(PASSPHRASE);
    desk.keys("\nn of Ann\n");
    desk.press(Key::Esc);
    desk.says("Savings of Ann");
    // the stick is exchanged for one with the same vault, as it was before
    *desk.machine.stick(BLUE) = before;
    let there = desk.machine.stick(BLUE).vault.clone();
    desk.keys("\nn, Bob\n");
    desk.says("Not saved. The file is not as it was. Nothing was written");
    desk.press(Key::Esc);
    desk.keys("w");
    desk.says("is not as it was when this one was opened");
    assert!(desk.machine.stick(BLUE).vault == there);
    desk.press(Key::Esc);
    desk.keys("ly");
    desk.says("No wallet is open.");
}

#[test]
fn what_opens_a_vault_is_replaced_and_added_to() {
    let mut desk = sealed();
    let fresh = "quite another passphrase";
    desk.open(PASSPHRASE);
    desk.keys("p\n\n");
    desk.keys(&format!("{fresh}\n{fresh}\n"));
    desk.says("What opens the vault is replaced by this write");
    desk.says("All of it is on the stick");
    desk.press(Key::Esc);
    desk.lock();
    desk.open(PASSPHRASE);
    desk.says("Nothing opens with this passphrase.");
    desk.press(Key::Esc);
    desk.press(Key::Esc);
    desk.open(fresh);
    desk.says("Savings");
    desk.keys("p");
    desk.press(Key::Down);
    desk.keys("\n\n");
    desk.keys(&format!("{PASSPHRASE}\n{PASSPHRASE}\n"));
    desk.says("opened by 2 times a passphrase");
}

#[test]
fn what_opens_a_vault_is_changed_to_a_key_file_on_another_stick_while_the_vaults_stick_stays() {
    let mut desk = sealed();
    desk.machine.sticks.push(Stick::empty(RED));
    desk.open(PASSPHRASE);
    desk.keys("p\n");
    desk.press(Key::Down);
    desk.keys("\n");
    desk.keys(&format!("{DURESS}\n{DURESS}\n"));
    desk.press(Key::Down);
    desk.keys("\n");
    desk.says("opened by a passphrase with key file");
    desk.says("All of it is on the stick");
}

#[test]
fn what_a_wallet_learnt_comes_along_when_it_is_opened_from_the_vault_again() {
    let mut desk = sealed();
    desk.open(PASSPHRASE);
    desk.keys("\n\n\n");
    desk.keys("k");
    desk.says("This is kept with the key in the open vault.");
    desk.keys("ay");
    desk.press(Key::Esc);
    desk.keys("bcn1\nthe phone\n");
    desk.says("the phone");
    desk.press(Key::Esc);
    desk.press(Key::Esc);
    desk.press(Key::Esc);
    desk.sign();
    desk.keys("\n");
    desk.lock();

    desk.open(PASSPHRASE);
    desk.says("b8688df1  active");
    desk.keys("\n");
    desk.says("1 child secret (BIP85)");
    desk.keys("\n\n");
    desk.keys("bc");
    desk.says("the phone");
    desk.press(Key::Esc);
    desk.press(Key::Esc);
    // the coins that were signed for are known, with their amounts
    let mut changed = bitcoin::Psbt::deserialize(&demo::unsigned()).expect("the demo's payment");
    let coin = changed.inputs[0].witness_utxo.as_mut().expect("a claimed amount");
    coin.value += bitcoin::Amount::from_sat(1_000);
    desk.keys("s");
    desk.stage.codes(&[&data_encoding::BASE64.encode(&changed.serialize())]);
    desk.stage.tick(1);
    desk.says("AMOUNT_CHANGED");
}

#[test]
fn what_opens_a_vault_is_changed_once_its_stick_is_plugged_in_again() {
    let mut desk = sealed();
    let fresh = "quite another passphrase";
    desk.open(PASSPHRASE);
    desk.machine.stick(BLUE).plugged = false;
    desk.keys("p\n\n");
    desk.keys(&format!("{fresh}\n{fresh}\n"));
    desk.says("Not saved.");
    desk.keys("p\n\n");
    desk.keys(&format!("{DURESS}\n{DURESS}\n"));
    desk.says("What was changed before is not on the stick yet.");
    (0..4).for_each(|_| desk.press(Key::Esc));
    desk.keys("\nn 2\n");
    desk.press(Key::Esc);
    desk.machine.stick(BLUE).plugged = true;
    desk.keys("w");
    desk.says("All of it is on the stick");
    desk.press(Key::Esc);
    desk.lock();
    desk.open(PASSPHRASE);
    desk.says("Nothing opens with this passphrase.");
    desk.press(Key::Esc);
    desk.press(Key::Esc);
    desk.open(fresh);
    desk.says("Savings 2");
}

#[test]
fn on_the_dedicated_machine_an_open_vault_keeps_the_process_and_locking_ends_it() {
    let mut settings = settings();
    settings.appliance = Some(Appliance {
        build: "7f3a91c20d4e5b66".into(),
        self_test: SelfTest::Passed,
        keymap: Some(Keymap::Us),
        boot_stick: BootStick::Read([0xa5; 32]),
        battery: Some(83),
    });
    let mut desk = Desk::with(settings, (80, 25), [Stick::empty(BLUE)]);
    desk.make();
    let leaves = |desk: &Desk| desk.stage.commands.contains(&Command::Leave);
    assert!(!leaves(&desk), "the vault is open");
    desk.type_words();
    desk.seal("Savings");
    // the home screen with all that can be open on it fits
    desk.machine.stick(BLUE).plugged = false;
    desk.keys("v\nn 2\n");
    desk.press(Key::Esc);
    desk.press(Key::Esc);
    desk.says("not saved: plug the stick in and press v");
    let layout = desk.stage.app.view().layout(desk.stage.app.size());
    assert_eq!(layout.below(), 0, "{}", desk.stage.text());
    desk.keys("ly");
    assert!(leaves(&desk));
}

#[test]
fn a_lock_at_once_says_afterwards_what_may_not_be_on_the_stick() {
    let mut desk = sealed();
    desk.open(PASSPHRASE);
    desk.keys("\n\n\n");
    desk.machine.stick(BLUE).plugged = false;
    desk.sign();
    desk.says("What was signed is not in the vault's file yet");
    desk.press(Key::Lock);
    desk.says("Locked. The keys and all that was typed or scanned are wiped.");
    desk.says("The vault's last changes may not be on its stick");
    desk.machine.stick(BLUE).plugged = true;
    desk.open(PASSPHRASE);
    desk.press(Key::Lock);
    desk.says("Locked. The keys and all that was typed or scanned are wiped.");
    assert!(!desk.shows("The vault's last changes may not be on its stick"));
}
