//! Pipes as keyboards: what they type, before and after they may.

use super::*;
use crate::app::Key;
use crate::device::input::record::record;
use std::collections::VecDeque;
use std::io::{PipeWriter, Write};
use std::sync::mpsc::{Sender, channel, sync_channel};
use std::sync::{Arc, Mutex};

const ENTER: u16 = codes::ENTER;
const A: u16 = 30;
const Y: u16 = 21;
/// s i g n
const SIGN: [u16; 4] = [31, 23, 34, 49];

/// A device that is plugged in, and its end of the pipe until it is opened.
type Plugged = (Found, Option<OwnedFd>);

/// Devices that are pipes.
#[derive(Clone, Default)]
struct Pipes {
    plugged: Arc<Mutex<Vec<Plugged>>>,
}

impl Bus for Pipes {
    fn found(&mut self) -> Vec<Found> {
        self.plugged.lock().unwrap().iter().map(|(found, _)| found.clone()).collect()
    }

    fn open(&mut self, found: &Found) -> io::Result<OwnedFd> {
        let mut plugged = self.plugged.lock().unwrap();
        let device = plugged.iter_mut().find(|(other, _)| other == found).unwrap().1.take();
        device.ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

/// A machine with pipes for keyboards, turned by hand.
struct Machine {
    pump: Pump<Pipes>,
    pipes: Pipes,
    events: Receiver<Event>,
    orders: Sender<Order>,
    now: Duration,
    _wake: PipeWriter,
}

impl Machine {
    fn new(trusted: Option<Vec<DeviceId>>) -> Self {
        let (woken, _wake) = io::pipe().unwrap();
        let (sender, events) = sync_channel(1000);
        let (orders, ordered) = channel();
        let pipes = Pipes::default();
        let mut digits: VecDeque<u8> = (1..=9).cycle().take(90).collect();
        let desk = Desk::new(trusted, Box::new(move || digits.pop_front()));
        let pump = Pump::new(pipes.clone(), desk, sender, ordered, woken).unwrap();
        Self { pump, pipes, events, orders, now: Duration::ZERO, _wake }
    }

    /// A machine that has started with keyboard 1, which was used.
    fn in_use() -> (Self, Stick) {
        let mut machine = Self::new(None);
        let mut keyboard = machine.plug(1, "built in");
        machine.now = START;
        machine.turn();
        keyboard.tap(&[A]);
        assert_eq!(machine.turn(), "a");
        (machine, keyboard)
    }

    fn plug(&mut self, number: u32, name: &str) -> Stick {
        self.plug_as(number, name, Kind::Keyboard)
    }

    fn plug_as(&mut self, number: u32, name: &str, kind: Kind) -> Stick {
        let (reader, writer) = io::pipe().unwrap();
        let reader = OwnedFd::from(reader);
        fcntl_setfl(&reader, OFlags::NONBLOCK).unwrap();
        let found =
            Found { id: id(number), node: format!("event{number}"), name: name.into(), kind };
        self.pipes.plugged.lock().unwrap().push((found, Some(reader)));
        Stick { number, writer }
    }

    /// Its end is noticed at the device itself, as the kernel tells it.
    fn unplug(&mut self, stick: Stick) {
        self.pipes.plugged.lock().unwrap().retain(|(found, _)| found.id != id(stick.number));
    }

    fn order(&mut self, order: Order) -> String {
        self.orders.send(order).unwrap();
        self.turn()
    }

    fn admit(&mut self, question: u32, agreed: bool) -> String {
        self.order(Order::Admit(Admission { question, agreed }))
    }

    /// Two rounds with a look in between, and what the app was told: characters, `⏎`, a newcomer as
    /// `<name ?>` or with its digits, `<settled>`, `<lid>`, `<off>`.
    fn turn(&mut self) -> String {
        for _ in 0..2 {
            self.pump.next_look = self.now; // no waiting
            self.pump.turn(self.now).unwrap();
        }
        let told = self.events.try_iter().map(|event| match event {
            Event::Key(Key::Char(character)) => character.to_string(),
            Event::Key(Key::Enter) => "⏎".into(),
            Event::Ended => "<off>".into(),
            Event::Machine(News::Newcomer(newcomer)) => {
                format!("<{} {}>", newcomer.name, newcomer.challenge.as_deref().unwrap_or("?"))
            }
            Event::Machine(News::NewcomerSettled) => "<settled>".into(),
            Event::Machine(News::LidClosed) => "<lid>".into(),
            _ => "<something else>".into(),
        });
        told.collect()
    }
}

/// A device that is plugged in. Dropping it pulls it out.
struct Stick {
    number: u32,
    writer: PipeWriter,
}

impl Stick {
    fn tap(&mut self, keys: &[u16]) {
        for key in keys {
            for value in [1, 0] {
                self.writer.write_all(&record(codes::TYPE_KEY, *key, value)).unwrap();
                self.writer.write_all(&record(codes::TYPE_SYNC, 0, 0)).unwrap();
            }
        }
    }
}

fn id(number: u32) -> DeviceId {
    DeviceId::parse(&format!("/devices/usb1/input/input{number}")).unwrap()
}

/// The keys of the digits' row.
fn row(digits: &[u16]) -> Vec<u16> {
    digits.iter().map(|digit| if *digit == 0 { 11 } else { digit + 1 }).collect()
}

#[test]
fn keys_reach_the_app_in_the_chosen_layout() {
    let (mut machine, mut keyboard) = Machine::in_use();
    keyboard.tap(&[Y, ENTER]);
    assert_eq!(machine.turn(), "y⏎");
    machine.order(Order::UseKeymap(Keymap::De));
    keyboard.tap(&[Y]);
    assert_eq!(machine.turn(), "z");
}

#[test]
fn a_stick_that_types_before_it_is_agreed_to_changes_nothing() {
    let (mut machine, mut keyboard) = Machine::in_use();
    let mut stick = machine.plug(2, "stick");
    stick.tap(&SIGN);
    stick.tap(&[ENTER, Y, ENTER]);
    assert_eq!(machine.turn(), "<stick ?>");
    stick.tap(&SIGN);
    stick.tap(&[ENTER, codes::POWER]);
    assert_eq!(machine.turn(), "");
    keyboard.tap(&[A]);
    assert_eq!(machine.turn(), "a");
}

#[test]
fn what_was_typed_while_held_back_is_not_replayed_when_it_may_type() {
    let (mut machine, _keyboard) = Machine::in_use();
    let mut stick = machine.plug(2, "mine");
    assert_eq!(machine.turn(), "<mine ?>");
    stick.tap(&SIGN.repeat(20)); // more than is read at once
    stick.tap(&[codes::CAPS_LOCK, ENTER]);
    assert_eq!(machine.admit(1, true), "<settled>");
    stick.tap(&[A]);
    assert_eq!(machine.turn(), "a");
}

#[test]
fn a_device_that_calls_itself_by_a_trusted_name_is_a_newcomer() {
    let (mut machine, _keyboard) = Machine::in_use();
    let mut stick = machine.plug(2, "built in");
    stick.tap(&[A]);
    assert_eq!(machine.turn(), "<built in ?>");
    assert_eq!(machine.pump.trusted(), [id(1)]);
}

#[test]
fn a_declined_device_stays_mute_until_it_is_plugged_in_again() {
    let (mut machine, _keyboard) = Machine::in_use();
    let mut stick = machine.plug(2, "stick");
    machine.turn();
    assert_eq!(machine.admit(1, false), "<settled>");
    stick.tap(&SIGN);
    assert_eq!(machine.turn(), "");
    assert_eq!(machine.admit(1, true), "");
    stick.tap(&SIGN);
    assert_eq!(machine.turn(), "");
    machine.unplug(stick);
    assert_eq!(machine.turn(), "");
    let _again = machine.plug(3, "stick");
    assert_eq!(machine.turn(), "<stick ?>");
}

#[test]
fn pulling_the_newcomer_out_settles_the_question() {
    let (mut machine, _keyboard) = Machine::in_use();
    let stick = machine.plug(2, "stick");
    machine.turn();
    machine.unplug(stick);
    assert_eq!(machine.turn(), "<settled>");
    assert_eq!(machine.admit(1, true), "");
}

#[test]
fn an_end_that_only_the_device_tells_is_noticed() {
    let (mut machine, keyboard) = Machine::in_use();
    drop(keyboard);
    machine.pump.next_look = Duration::MAX;
    machine.pump.turn(machine.now).unwrap();
    assert!(machine.pump.trusted().is_empty());
}

#[test]
fn without_another_keyboard_the_digits_on_the_screen_must_be_typed() {
    let (mut machine, keyboard) = Machine::in_use();
    machine.unplug(keyboard);
    let mut new = machine.plug(2, "new");
    new.tap(&row(&[1, 2, 3, 4])); // before they were on the screen
    assert_eq!(machine.turn(), "<new 1234>");
    new.tap(&SIGN); // no digits: ignored
    new.tap(&row(&[9, 2, 3, 4]));
    assert_eq!(machine.turn(), "<new 5678>");
    new.tap(&[76, 77, 71, 72]); // 5 6 7 8 on the keypad
    new.tap(&[ENTER]); // in the same breath: not for the app
    assert_eq!(machine.turn(), "<settled>");
    new.tap(&[A]);
    assert_eq!(machine.turn(), "a");
}

#[test]
fn a_blind_stick_is_declined_after_three_tries() {
    let (mut machine, keyboard) = Machine::in_use();
    machine.unplug(keyboard);
    let mut stick = machine.plug(2, "stick");
    assert_eq!(machine.turn(), "<stick 1234>");
    let mut told = String::new();
    for _ in 0..6 {
        stick.tap(&row(&[0, 0, 0, 0]));
        told += &machine.turn();
    }
    assert_eq!(told, "<stick 5678><stick 9123><settled>");
    assert!(machine.pump.trusted().is_empty());
}

#[test]
fn the_next_process_knows_the_devices_of_the_one_before() {
    let mut machine = Machine::new(Some(vec![id(1)]));
    machine.now = START;
    let mut known = machine.plug(1, "known");
    let mut stick = machine.plug(2, "stick");
    assert_eq!(machine.turn(), "<stick 1234>");
    stick.tap(&SIGN);
    assert_eq!(machine.turn(), "");
    known.tap(&[A]);
    assert_eq!(machine.turn(), "a<stick ?>");
}

#[test]
fn the_power_button_powers_off_and_does_nothing_else() {
    let (mut machine, mut keyboard) = Machine::in_use();
    let mut button = machine.plug_as(2, "Power Button", Kind::PowerButton);
    assert_eq!(machine.turn(), "");
    button.tap(&SIGN);
    button.tap(&[ENTER]);
    assert_eq!(machine.turn(), "");
    button.tap(&[codes::POWER]);
    assert_eq!(machine.turn(), "<off>");
    keyboard.tap(&[codes::POWER]);
    assert_eq!(machine.turn(), "<off>");
}

#[test]
fn a_lid_that_closes_locks_and_does_nothing_else() {
    let (mut machine, mut keyboard) = Machine::in_use();
    let mut lid = machine.plug_as(2, "Lid Switch", Kind::Lid);
    lid.tap(&SIGN);
    assert_eq!(machine.turn(), "");
    for (value, said) in [(1, "<lid>"), (0, ""), (1, "<lid>")] {
        lid.writer.write_all(&record(codes::TYPE_SWITCH, codes::LID, value)).unwrap();
        assert_eq!(machine.turn(), said);
    }
    // what types has no lid
    keyboard.writer.write_all(&record(codes::TYPE_SWITCH, codes::LID, 1)).unwrap();
    assert_eq!(machine.turn(), "");
}

#[test]
fn a_device_that_never_stops_typing_holds_up_no_other() {
    let (mut machine, mut keyboard) = Machine::in_use();
    keyboard.tap(&[Y].repeat(600)); // more than is read in a round: 600 * 4 records
    let mut other = machine.plug(2, "other");
    other.tap(&[A]);
    assert!(machine.turn().starts_with("yyy"));
}

#[test]
fn a_device_that_cannot_be_opened_yet_is_tried_again() {
    let mut machine = Machine::new(None);
    let mut keyboard = machine.plug(1, "late");
    let node = machine.pipes.plugged.lock().unwrap()[0].1.take();
    machine.turn();
    assert!(machine.pump.trusted().is_empty());
    machine.pipes.plugged.lock().unwrap()[0].1 = node;
    machine.turn();
    keyboard.tap(&[A]);
    assert_eq!(machine.turn(), "a");
}

#[test]
fn more_devices_than_can_be_watched_are_left_alone() {
    let (mut machine, mut keyboard) = Machine::in_use();
    let _sticks: Vec<_> = (2..100).map(|number| machine.plug(number, "stick")).collect();
    assert_eq!(machine.turn(), "<stick ?>");
    assert_eq!(machine.pump.open.len(), OPEN);
    keyboard.tap(&[A]);
    assert_eq!(machine.turn(), "a");
}

#[test]
fn what_was_read_is_wiped_from_the_buffer() {
    let (mut machine, mut keyboard) = Machine::in_use();
    keyboard.tap(&SIGN);
    assert_eq!(machine.turn(), "sign");
    assert!(machine.pump.buffer.iter().all(|byte| *byte == 0));
}

#[test]
fn the_reading_ends_when_nobody_listens() {
    let (mut machine, mut keyboard) = Machine::in_use();
    drop(machine.events);
    keyboard.tap(&[A]);
    machine.pump.next_look = machine.now;
    assert!(machine.pump.turn(machine.now).is_err());
}
