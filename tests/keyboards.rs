//! The screens about keyboards on the dedicated machine: the layout comes first, and what is plugged
//! in later types nothing before its owner meant it.

#[path = "common/stage.rs"]
mod stage;

use coldlight::app::appliance::{Admission, Appliance, BootStick, Errand, SelfTest};
use coldlight::app::screens::UNDISTURBED;
use coldlight::app::{
    Command, Event, FileEntry, Key, Keymap, Newcomer, News, Screen, Settings, Source,
};
use stage::{Stage, settings};

fn appliance(keymap: Option<Keymap>) -> Settings {
    let machine = Appliance {
        build: "7f3a91c2d4e5f607".into(),
        self_test: SelfTest::Passed,
        keymap,
        boot_stick: BootStick::NotFound,
        battery: Some(83),
    };
    Settings { interfaces: vec![], appliance: Some(machine), ..settings() }
}

/// A dedicated machine that was started just now.
fn fresh() -> Stage {
    Stage::with(appliance(None), 80, 25)
}

/// One whose layout was chosen.
fn in_use() -> Stage {
    Stage::with(appliance(Some(Keymap::De)), 80, 25)
}

fn plug(stage: &mut Stage, question: u32, challenge: Option<&str>) {
    let newcomer =
        Newcomer { name: "USB Keyboard".into(), question, challenge: challenge.map(String::from) };
    stage.send(Event::Machine(News::Newcomer(newcomer)));
    stage.tick(1);
}

/// Nobody touches a key for long enough that the next one counts.
fn pause(stage: &mut Stage) {
    stage.tick(UNDISTURBED);
}

fn admissions(stage: &Stage) -> Vec<(u32, bool)> {
    let admitted = stage.commands.iter().filter_map(|command| match command {
        Command::Errand(Errand::Admit(Admission { question, agreed })) => {
            Some((*question, *agreed))
        }
        _ => None,
    });
    admitted.collect()
}

fn asks(stage: &Stage) -> bool {
    matches!(stage.app.screen(), Screen::Newcomer(_))
}

/// A machine whose self-test is not over, with the layout tried out.
fn tested() -> Stage {
    let mut settings = appliance(None);
    if let Some(machine) = &mut settings.appliance {
        machine.self_test = SelfTest::Running;
    }
    let mut stage = Stage::with(settings, 80, 25);
    stage.press(Key::Enter);
    stage
}

#[test]
fn no_menu_comes_before_the_self_test_is_over() {
    let mut stage = tested();
    stage.press(Key::Enter);
    assert!(matches!(stage.app.screen(), Screen::Keymap(_)));
    assert!(stage.text().contains("The self-test takes a moment more."), "{}", stage.text());
    stage.send(Event::Machine(News::SelfTest(SelfTest::Passed)));
    assert!(!stage.text().contains("The self-test"), "{}", stage.text());
    stage.press(Key::Enter);
    assert!(matches!(stage.app.screen(), Screen::Home(_)));
    assert!(stage.text().contains("self-test passed"), "{}", stage.text());
}

#[test]
fn a_self_test_that_fails_late_takes_every_screen() {
    let failed = || Event::Machine(News::SelfTest(SelfTest::Failed("the random source".into())));
    for cover in [None, Some(Key::Help), Some(Key::Interrupt)] {
        let mut stage = tested();
        if let Some(key) = cover {
            stage.press(key);
        } else {
            plug(&mut stage, 1, None);
        }
        stage.send(failed());
        assert!(matches!(stage.app.screen(), Screen::SelfTest(_)));
        assert!(stage.text().contains("the random source"), "{}", stage.text());
        stage.press(Key::Esc);
        assert!(matches!(stage.app.screen(), Screen::SelfTest(_)));
    }
}

#[test]
fn the_layout_is_chosen_first_and_tried_out() {
    let mut stage = fresh();
    let text = stage.text();
    assert!(text.contains("Which layout does your keyboard have?"), "{text}");
    for keymap in Keymap::ALL {
        assert!(text.contains(keymap.label()), "{text}");
    }
    assert!(text.contains("> us"), "{text}");
    stage.press(Key::Down);
    stage.press(Key::Down);
    assert!(stage.text().contains("> de"));
    stage.press(Key::Enter);
    assert_eq!(stage.commands, [Command::Errand(Errand::UseKeymap(Keymap::De))]);
    stage.type_keys("yz?ß");
    assert!(stage.text().contains("[ yz?ß_ ]"), "{}", stage.text());
    stage.press(Key::Backspace);
    assert!(stage.text().contains("[ yz?_ ]"));
    stage.press(Key::Enter);
    assert!(matches!(stage.app.screen(), Screen::Home(_)));
}

#[test]
fn a_wrong_layout_is_chosen_again() {
    let mut stage = fresh();
    stage.type_keys("f\nqa");
    stage.press(Key::Esc);
    assert!(stage.text().contains("> fr"));
    stage.press(Key::Up);
    stage.press(Key::Enter);
    let last = stage.commands.last();
    assert_eq!(last, Some(&Command::Errand(Errand::UseKeymap(Keymap::De))));
    assert!(!stage.text().contains("qa"), "what was tried is gone");
}

#[test]
fn the_first_screen_is_left_only_by_choosing() {
    let mut stage = fresh();
    for key in [Key::Esc, Key::Tab, Key::Backspace, Key::Left, Key::Char('1')] {
        stage.press(key);
        assert!(matches!(stage.app.screen(), Screen::Keymap(_)));
    }
    assert!(stage.commands.is_empty());
}

#[test]
fn the_first_letter_of_a_code_goes_to_its_layout_and_on_to_the_next() {
    let mut stage = fresh();
    for (letter, code) in [('c', "cz"), ('c', "ch"), ('c', "cz"), ('u', "us"), ('u', "uk")] {
        stage.press(Key::Char(letter));
        assert!(stage.text().contains(&format!("> {code}")), "{code}");
    }
    for _ in 0..20 {
        stage.press(Key::Down);
    }
    assert!(stage.text().contains("> ch"));
    for _ in 0..20 {
        stage.press(Key::Up);
    }
    assert!(stage.text().contains("> us"));
}

#[test]
fn the_try_out_takes_as_much_as_its_line_holds() {
    let mut stage = fresh();
    stage.type_keys(&format!("\n{}", "ž".repeat(100)));
    assert!(stage.text().contains(&format!("[ {}_ ]", "ž".repeat(40))), "{}", stage.text());
}

#[test]
fn the_layout_is_changed_under_settings_on_the_dedicated_machine_only() {
    let mut stage = in_use();
    stage.press(Key::Char('n'));
    assert!(stage.text().contains("Deutsch"), "{}", stage.text());
    stage.press(Key::Char('k'));
    assert!(stage.text().contains("> de"));
    stage.press(Key::Esc);
    assert!(matches!(stage.app.screen(), Screen::Network(_)));
    stage.type_keys("ks\n\n");
    assert_eq!(stage.commands, [Command::Errand(Errand::UseKeymap(Keymap::Se))]);
    assert!(matches!(stage.app.screen(), Screen::Network(_)));
    assert!(stage.text().contains("Svenska"));

    let mut stage = Stage::new(80, 25);
    stage.press(Key::Char('n'));
    assert!(!stage.text().contains("layout"));
    stage.press(Key::Char('k'));
    assert!(matches!(stage.app.screen(), Screen::Network(_)));
}

#[test]
fn the_layout_is_shown_while_secrets_are_typed_on_the_dedicated_machine_only() {
    for (mut stage, shown) in [(in_use(), true), (Stage::new(80, 25), false)] {
        stage.type_keys("ot");
        assert_eq!(stage.text().contains("keyboard layout de"), shown, "{}", stage.text());
        stage.type_keys("lega winn than year wave saus wort usef lega winn than yell \n");
        assert!(matches!(stage.app.screen(), Screen::Passphrase(_)));
        assert_eq!(stage.text().contains("keyboard layout de"), shown, "{}", stage.text());
    }
}

#[test]
fn a_keyboard_that_is_plugged_in_is_asked_about_in_plain_words() {
    let mut stage = in_use();
    plug(&mut stage, 1, None);
    let text = stage.text();
    assert!(text.contains("| USB Keyboard"), "{text}");
    assert!(text.contains("If you did not plug in a keyboard, pull it out"), "{text}");
    pause(&mut stage);
    stage.press(Key::Char('y'));
    assert!(admissions(&stage).is_empty() && asks(&stage));
    stage.press(Key::Enter);
    assert_eq!(admissions(&stage), [(1, true)]);
    assert!(matches!(stage.app.screen(), Screen::Home(_)));
}

#[test]
fn it_is_declined_by_n_and_by_esc() {
    for key in ['n', '\u{1b}'] {
        let mut stage = in_use();
        plug(&mut stage, 7, None);
        pause(&mut stage);
        stage.press(if key == 'n' { Key::Char('n') } else { Key::Esc });
        assert_eq!(admissions(&stage), [(7, false)]);
        assert!(!asks(&stage));
    }
}

#[test]
fn keys_for_the_screen_below_answer_nothing_and_what_was_typed_before_stays() {
    let mut stage = in_use();
    stage.type_keys("otlega winn th");
    plug(&mut stage, 1, None);
    // the hand goes on: words with y and n, Enter, Esc, a line that would sign
    for typed in ["an year y\n", "n\n", "yes\n", "sign\n"] {
        for character in typed.chars() {
            let key = if character == '\n' { Key::Enter } else { Key::Char(character) };
            stage.send(Event::Key(key));
            stage.tick(100);
        }
    }
    stage.press(Key::Esc);
    assert!(admissions(&stage).is_empty() && asks(&stage));
    stage.send(Event::Machine(News::NewcomerSettled));
    assert!(stage.text().contains("th_"), "{}", stage.text());
}

#[test]
fn agreeing_takes_y_and_then_enter_and_nothing_between() {
    let mut stage = in_use();
    plug(&mut stage, 1, None);
    pause(&mut stage);
    stage.type_keys("ye\n");
    assert!(admissions(&stage).is_empty() && asks(&stage));
    pause(&mut stage);
    stage.press(Key::Enter);
    assert!(admissions(&stage).is_empty() && asks(&stage));
    pause(&mut stage);
    stage.type_keys("yn");
    assert_eq!(admissions(&stage), [(1, false)]);
}

#[test]
fn another_question_takes_the_place_of_the_first_and_must_be_seen_too() {
    let mut stage = in_use();
    plug(&mut stage, 1, None);
    pause(&mut stage);
    stage.press(Key::Char('y'));
    plug(&mut stage, 2, None);
    stage.press(Key::Enter);
    stage.press(Key::Char('y'));
    stage.press(Key::Enter);
    assert!(admissions(&stage).is_empty() && asks(&stage));
    pause(&mut stage);
    stage.type_keys("y\n");
    assert_eq!(admissions(&stage), [(2, true)]);
    assert!(matches!(stage.app.screen(), Screen::Home(_)));
}

#[test]
fn pulling_it_out_brings_back_the_screen_below() {
    let mut stage = in_use();
    stage.press(Key::Char('?'));
    plug(&mut stage, 1, None);
    stage.send(Event::Machine(News::NewcomerSettled));
    assert!(matches!(stage.app.screen(), Screen::Help(_)));
    stage.send(Event::Machine(News::NewcomerSettled));
    assert!(matches!(stage.app.screen(), Screen::Help(_)), "nothing was asked");
}

#[test]
fn where_no_keyboard_is_left_the_digits_are_shown_and_no_key_answers() {
    let mut stage = in_use();
    plug(&mut stage, 1, Some("4719"));
    assert!(stage.text().contains("4 7 1 9"), "{}", stage.text());
    assert!(!stage.text().contains("wrong."));
    for key in [Key::Char('y'), Key::Enter, Key::Esc, Key::Char('n'), Key::Interrupt, Key::Help] {
        pause(&mut stage);
        stage.press(key);
        assert!(admissions(&stage).is_empty() && asks(&stage));
    }
    plug(&mut stage, 1, Some("0058"));
    assert!(stage.text().contains("0 0 5 8"));
    assert!(stage.text().contains("What was typed was wrong."), "{}", stage.text());
    plug(&mut stage, 2, Some("112233445566"));
    assert!(stage.text().contains("1 1 2 2 3 3 4 4 5 5 6 6"));
    assert!(!stage.text().contains("What was typed was wrong."));
}

#[test]
fn the_camera_rests_while_the_question_stands() {
    let mut stage = in_use();
    stage.type_keys("d\n");
    stage.tick(1);
    stage.press(Key::Enter);
    assert_eq!(stage.commands, [Command::OpenEye(Source::Demo)]);
    plug(&mut stage, 1, None);
    plug(&mut stage, 2, None);
    assert_eq!(stage.commands.len(), 2);
    assert_eq!(stage.commands.last(), Some(&Command::CloseEye));
    stage.send(Event::Machine(News::NewcomerSettled));
    assert_eq!(stage.commands.last(), Some(&Command::OpenEye(Source::Demo)));
    assert!(matches!(stage.app.screen(), Screen::Scan(_)));
}

#[test]
fn a_review_must_be_seen_again_behind_the_question() {
    let mut stage = in_use();
    stage.walk_to_review();
    stage.read_screen();
    let page = stage.text();
    plug(&mut stage, 1, None);
    pause(&mut stage);
    stage.press(Key::Esc);
    assert_eq!(stage.text(), page);
    stage.send(Event::Key(Key::Enter)); // in the same breath
    assert_eq!(stage.text(), page);
    stage.press(Key::Enter);
    assert_ne!(stage.text(), page);
}

#[test]
fn other_news_reach_the_screens_below_the_question() {
    let mut stage = in_use();
    plug(&mut stage, 1, None);
    let list: Vec<FileEntry> = vec![];
    stage.send(Event::Machine(News::Files(Ok(list))));
    stage.send(Event::Machine(News::Camera("HD Webcam".into())));
    assert!(asks(&stage));
    stage.send(Event::Machine(News::NewcomerSettled));
    assert!(stage.text().contains("camera: HD Webcam"), "{}", stage.text());
}

#[test]
fn nothing_of_these_screens_is_cut_off() {
    let mut seen = 0;
    let mut see = |stage: &Stage| {
        let layout = stage.app.view().layout(stage.app.size());
        assert_eq!(layout.below(), 0, "{}", stage.text());
        let shown: String = stage.text().split_whitespace().collect();
        for row in layout.rows.iter().chain(&layout.footer) {
            let row: String = row.spans().iter().map(|span| span.text()).collect();
            let row: String = row.split_whitespace().collect();
            assert!(shown.contains(&row), "{row}\n{}", stage.text());
        }
        seen += 1;
    };
    let mut stage = fresh();
    see(&stage);
    stage.press(Key::Enter);
    stage.type_keys(&"x".repeat(40));
    see(&stage);
    let mut stage = in_use();
    stage.press(Key::Char('n'));
    see(&stage);
    stage.type_keys("k");
    see(&stage);
    for challenge in [None, Some("123456789012")] {
        let name = "W".repeat(40);
        let challenge = challenge.map(String::from);
        for _ in 0..2 {
            let (name, challenge) = (name.clone(), challenge.clone());
            let newcomer = Newcomer { name, question: 1, challenge };
            stage.send(Event::Machine(News::Newcomer(newcomer)));
        }
        see(&stage);
    }
    stage = in_use();
    plug(&mut stage, 1, None);
    pause(&mut stage);
    stage.press(Key::Char('y'));
    see(&stage);
    stage = in_use();
    stage
        .type_keys("otlega winn than year wave saus wort usef lega winn than yell lega winn than ");
    see(&stage);
    assert_eq!(seen, 8);
}
