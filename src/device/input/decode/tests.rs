//! Keys as a person presses them, layout by layout.

use super::*;
use crate::device::input::codes::*;

const A: u16 = 30;
const C: u16 = 46;
const L: u16 = 38;
const E: u16 = 18;
const Q: u16 = 16;
const Y: u16 = 21;
const DIGIT_2: u16 = 3;
/// Right of the digits: dead acute in Germany.
const EQUAL: u16 = 13;
/// Left of 1: dead circumflex in Germany.
const GRAVE: u16 = 41;

/// What came of pressing and letting go, in letters: `⏎ ⎋ ⌫ ⇥ ↑ ^C` and so on for named keys.
struct Typist {
    decoder: Decoder,
    keymap: Keymap,
    got: String,
}

impl Typist {
    fn on(keymap: Keymap) -> Self {
        Self { decoder: Decoder::default(), keymap, got: String::new() }
    }

    fn report(mut self, code: u16, motion: Motion) -> Self {
        let report = Report::Key { code, motion };
        self.take(&report);
        self
    }

    fn take(&mut self, report: &Report) {
        for stroke in self.decoder.take(report, self.keymap).into_iter().flatten() {
            self.got.push_str(&match stroke {
                Stroke::PowerOff => "OFF".to_owned(),
                Stroke::Key(Key::Char(character)) => character.to_string(),
                Stroke::Key(Key::Enter) => "⏎".into(),
                Stroke::Key(Key::Esc) => "⎋".into(),
                Stroke::Key(Key::Backspace) => "⌫".into(),
                Stroke::Key(Key::Tab) => "⇥".into(),
                Stroke::Key(Key::Up) => "↑".into(),
                Stroke::Key(Key::Down) => "↓".into(),
                Stroke::Key(Key::Left) => "←".into(),
                Stroke::Key(Key::Right) => "→".into(),
                Stroke::Key(Key::PageUp) => "⇞".into(),
                Stroke::Key(Key::PageDown) => "⇟".into(),
                Stroke::Key(Key::Help) => "HELP".into(),
                Stroke::Key(Key::Interrupt) => "^C".into(),
                Stroke::Key(Key::Lock) => "^L".into(),
            });
        }
    }

    fn tap(self, code: u16) -> Self {
        self.report(code, Motion::Down).report(code, Motion::Up)
    }

    fn taps(self, codes: &[u16]) -> Self {
        codes.iter().fold(self, |typist, code| typist.tap(*code))
    }

    fn holding(self, modifiers: &[u16], codes: &[u16]) -> Self {
        let down = modifiers.iter().fold(self, |typist, code| typist.report(*code, Motion::Down));
        let typed = down.taps(codes);
        modifiers.iter().fold(typed, |typist, code| typist.report(*code, Motion::Up))
    }

    fn gave(self, expected: &str) {
        assert_eq!(self.got, expected);
    }
}

#[test]
fn the_same_key_is_another_letter_in_another_layout() {
    Typist::on(Keymap::Us).taps(&[Q, Y, A]).gave("qya");
    Typist::on(Keymap::De).taps(&[Q, Y, A]).gave("qza");
    Typist::on(Keymap::Fr).taps(&[Q, Y, A]).gave("ayq");
}

#[test]
fn modifiers_count_while_they_are_held_and_no_longer() {
    Typist::on(Keymap::De)
        .holding(&[LEFT_SHIFT], &[A])
        .tap(A)
        .holding(&[RIGHT_SHIFT], &[DIGIT_2])
        .holding(&[RIGHT_ALT], &[Q, E])
        .tap(Q)
        .gave("Aa\"@€q");
    // one of two is still down
    Typist::on(Keymap::Us)
        .report(LEFT_SHIFT, Motion::Down)
        .holding(&[RIGHT_SHIFT], &[A])
        .tap(A)
        .report(LEFT_SHIFT, Motion::Up)
        .tap(A)
        .gave("AAa");
}

#[test]
fn dead_keys_go_over_the_letter_that_follows() {
    Typist::on(Keymap::De).taps(&[EQUAL, E, GRAVE, A]).gave("éâ");
    Typist::on(Keymap::De).tap(EQUAL).holding(&[LEFT_SHIFT], &[E]).gave("É");
    Typist::on(Keymap::De).holding(&[LEFT_SHIFT], &[EQUAL]).tap(A).gave("à");
    Typist::on(Keymap::De).taps(&[CAPS_LOCK, EQUAL, E]).gave("É");
}

#[test]
fn of_an_accent_that_fits_no_letter_nothing_is_lost() {
    Typist::on(Keymap::De).taps(&[GRAVE, Q, A]).gave("^qa");
    Typist::on(Keymap::De).taps(&[GRAVE, SPACE, A]).gave("^a");
    Typist::on(Keymap::De).taps(&[GRAVE, GRAVE, A]).gave("^a");
    Typist::on(Keymap::De).taps(&[GRAVE, EQUAL, A]).gave("^á");
    Typist::on(Keymap::De).taps(&[GRAVE, ENTER, A]).gave("^⏎a");
}

#[test]
fn backspace_takes_an_accent_back_before_any_letter() {
    Typist::on(Keymap::De).taps(&[A, GRAVE, BACKSPACE, A]).gave("aa");
    Typist::on(Keymap::De).taps(&[A, BACKSPACE]).gave("a⌫");
    Typist::on(Keymap::De).taps(&[GRAVE, ESC, A]).gave("⎋a");
}

#[test]
fn caps_lock_is_for_letters_only() {
    Typist::on(Keymap::Us).taps(&[CAPS_LOCK, A, DIGIT_2]).gave("A2");
    Typist::on(Keymap::Us).tap(CAPS_LOCK).holding(&[LEFT_SHIFT], &[A, DIGIT_2]).gave("a@");
    Typist::on(Keymap::Us).taps(&[CAPS_LOCK, CAPS_LOCK, A]).gave("a");
    // the Czech 2 is a letter, and its Shift a digit
    Typist::on(Keymap::Cz)
        .tap(CAPS_LOCK)
        .tap(DIGIT_2)
        .holding(&[LEFT_SHIFT], &[DIGIT_2])
        .gave("Ě2");
    // no capital sharp s, no Greek letter
    Typist::on(Keymap::De).taps(&[CAPS_LOCK, 12]).gave("ß");
    Typist::on(Keymap::Fr).tap(CAPS_LOCK).holding(&[LEFT_SHIFT], &[43]).gave("µ");
}

#[test]
fn characters_backspace_and_arrows_repeat_but_enter_and_esc_do_not() {
    for (code, expected) in [(A, "aaa"), (BACKSPACE, "⌫⌫⌫"), (DOWN, "↓↓↓"), (SPACE, "   ")]
    {
        Typist::on(Keymap::Us)
            .report(code, Motion::Down)
            .report(code, Motion::Repeat)
            .report(code, Motion::Repeat)
            .report(code, Motion::Up)
            .gave(expected);
    }
    for (code, expected) in [(ENTER, "⏎"), (ESC, "⎋"), (TAB, "⇥"), (F1, "HELP"), (PAGE_DOWN, "⇟")]
    {
        Typist::on(Keymap::Us)
            .report(code, Motion::Down)
            .report(code, Motion::Repeat)
            .report(code, Motion::Repeat)
            .gave(expected);
    }
    // a dead key that is held is one accent
    Typist::on(Keymap::De)
        .report(GRAVE, Motion::Down)
        .report(GRAVE, Motion::Repeat)
        .tap(A)
        .gave("â");
}

#[test]
fn control_c_interrupts_control_l_locks_and_no_other_control_or_alt_types_anything() {
    Typist::on(Keymap::Us).holding(&[LEFT_CONTROL], &[C, A]).gave("^C");
    Typist::on(Keymap::Fr).holding(&[RIGHT_CONTROL], &[C]).gave("^C");
    Typist::on(Keymap::De).holding(&[LEFT_CONTROL], &[L]).gave("^L");
    Typist::on(Keymap::Us).holding(&[LEFT_ALT], &[A, C, L]).gave("");
    Typist::on(Keymap::Us).holding(&[RIGHT_ALT], &[A]).gave("");
    Typist::on(Keymap::Us).holding(&[LEFT_CONTROL], &[ENTER]).gave("⏎");
}

#[test]
fn the_power_button_and_control_alt_delete_power_off() {
    Typist::on(Keymap::Us).tap(POWER).gave("OFF");
    Typist::on(Keymap::Us).holding(&[LEFT_CONTROL, LEFT_ALT], &[DELETE]).gave("OFF");
    Typist::on(Keymap::De).holding(&[LEFT_CONTROL, RIGHT_ALT], &[KEYPAD_POINT]).gave("OFF");
    Typist::on(Keymap::Us).holding(&[LEFT_ALT], &[DELETE]).gave("");
    Typist::on(Keymap::Us).tap(142).gave(""); // sleep
}

#[test]
fn after_lost_reports_no_modifier_is_stuck() {
    let mut typist = Typist::on(Keymap::Us).report(LEFT_SHIFT, Motion::Down).tap(A);
    typist.take(&Report::Lost);
    typist.tap(A).gave("Aa");
}

#[test]
fn every_code_there_is_can_come_in_any_motion() {
    for keymap in Keymap::ALL {
        let mut typist = Typist::on(keymap);
        for code in (0..=u16::MAX).filter(|code| *code < 0x400 || code % 997 == 0) {
            typist = typist.report(code, Motion::Repeat).report(code, Motion::Down);
            typist = typist.report(code, Motion::Up);
        }
        assert!(typist.got.contains('a'));
    }
}
