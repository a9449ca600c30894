//! Wallets of several keys on the screens: read, shown whole, judged, named, compared, kept as a code.

#[path = "../common/approved.rs"]
mod approved;
#[path = "../common/build.rs"]
mod build;
#[path = "../common/stage.rs"]
mod stage;

mod attacks;
mod forms;
mod kept;
mod looks;

use build::*;
use coldlight::app::{Key, Screen};
use stage::Stage;
use std::str::FromStr;

/// Where shared keys stand (BIP48, P2WSH).
const SHARED: &str = "m/48h/1h/0h/2h";

/// The open seed's words, then those of four others.
const FIVE: [&str; 5] = [
    OURS,
    BOB,
    CAROL,
    "ozone drill grab fiber curtain grace pudding thank cruise elder eight picnic",
    "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong",
];

/// A person's key for wallets of several keys, as descriptors are written here.
fn key(words: &'static str) -> String {
    let key = Person::new(words).origin(SHARED);
    let (origin, key) = key.split_once(']').expect("an origin");
    format!("{}]{key}", origin.replace('h', "'"))
}

/// A descriptor with its checksum. `@A` to `@E` in `form` are the people's keys; `@a` is the open
/// seed's on the chains 2 and 3.
fn descriptor(form: &str) -> String {
    let mut text = form.replace("@a", &format!("{}/<2;3>/*", key(OURS)));
    for (letter, words) in ('A'..).zip(FIVE) {
        text = text.replace(&format!("@{letter}"), &format!("{}/<0;1>/*", key(words)));
    }
    checked(&text)
}

/// With its checksum.
fn checked(text: &str) -> String {
    let descriptor = miniscript::Descriptor::<miniscript::DescriptorPublicKey>::from_str(text);
    descriptor.unwrap_or_else(|error| panic!("{text}: {error}")).to_string()
}

/// 3 of 5; once a coin has rested for a year, the open seed alone.
fn firm() -> String {
    descriptor("wsh(or_d(multi(3,@A,@B,@C,@D,@E),and_v(v:pkh(@a),older(52560))))")
}

/// A signer with a camera.
fn stage(columns: u16, rows: u16) -> Stage {
    let mut settings = stage::settings();
    settings.demo = false;
    Stage::with(settings, columns, rows)
}

/// The same with the open seed.
fn opened(columns: u16, rows: u16) -> Stage {
    let mut stage = stage(columns, rows);
    stage.type_keys("ot");
    stage.type_keys(OURS);
    stage.type_keys(" \n\n");
    stage.tick(1);
    stage.press(Key::Enter);
    says(&stage, "is open.");
    stage
}

/// From home: this code is held before the camera.
fn show(stage: &mut Stage, code: &str) {
    stage.type_keys("wa");
    stage.codes(&[code]);
}

/// All that the screen says, from its first row to its last.
fn whole(stage: &mut Stage) -> String {
    let mut all = squeezed(&stage.text());
    for _ in 0..60 {
        stage.press(Key::Down);
        let now = squeezed(&stage.text());
        if all.ends_with(&now) {
            break;
        }
        all += &now;
    }
    for _ in 0..60 {
        stage.press(Key::Up);
    }
    all
}

/// Everything that is not a space, so that wrapping does not matter.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

#[track_caller]
fn says(stage: &Stage, what: &str) {
    assert!(squeezed(&stage.text()).contains(&squeezed(what)), "{what}:\n{}", stage.text());
}

#[track_caller]
fn tells(stage: &mut Stage, what: &str) {
    let all = whole(stage);
    assert!(
        all.contains(&squeezed(what)),
        "{what} is not told; the first screen:\n{}",
        stage.text()
    );
}

fn is_home(stage: &Stage) -> bool {
    matches!(stage.app.screen(), Screen::Home(_))
}
