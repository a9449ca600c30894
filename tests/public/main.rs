//! What is public, on the screens: addresses, whether one is ours, what wallet programs are given.

#[path = "../common/approved.rs"]
mod approved;
#[path = "../common/build.rs"]
mod build;
#[path = "../common/stage.rs"]
mod stage;

mod addresses;
mod check;
mod export;
mod looks;

use build::{BOB, CAROL, OURS, Person};
use coldlight::app::{Command, Event, Key, Screen, Searched};
use coldlight::qr::read;
use coldlight::transport::{Collector, Offered, Payload, Wanted};
use coldlight::ui::qr::photograph;
use coldlight::wallet::{Network, Wallet};
use stage::Stage;
use std::str::FromStr;

/// A signer with a camera, and the open seed.
fn opened(columns: u16, rows: u16) -> Stage {
    let mut settings = stage::settings();
    settings.demo = false;
    let mut stage = Stage::with(settings, columns, rows);
    stage.type_keys("ot");
    stage.type_keys(OURS);
    stage.type_keys(" \n\n");
    stage.tick(1);
    stage.press(Key::Enter);
    says(&stage, "is open.");
    stage
}

/// 2 of the open seed, Bob and Carol, called Wallet 1.
fn family() -> Wallet {
    let keys = [OURS, BOB, CAROL].map(|words| Person::new(words).origin("m/48h/1h/0h/2h"));
    let keys = keys.map(|key| format!("{key}/<0;1>/*"));
    let text = format!("wsh(sortedmulti(2,{}))", keys.join(","));
    let text = miniscript::Descriptor::<miniscript::DescriptorPublicKey>::from_str(&text)
        .unwrap_or_else(|error| panic!("{error}"))
        .to_string();
    Wallet::parse(&text, "Wallet 1", Network::Test).unwrap_or_else(|error| panic!("{error}"))
}

/// Does what the app asked of the cores, all at once.
fn search(stage: &mut Stage) {
    let asked = stage.commands.iter().rev().find_map(|command| match command {
        Command::Search(search) => Some(search.clone()),
        _ => None,
    });
    let search = asked.expect("a search was asked for");
    let steps = search.steps();
    let found = search.search().slice(0..steps);
    let number = search.number();
    stage.send(Event::Searched(Searched { search: number, steps, found, ended: true }));
}

/// What the code on the screen says, once all of its parts were seen.
fn read_off(stage: &mut Stage) -> Payload {
    let mut collector = Collector::wanting(Wanted::Wallets);
    for _ in 0..400 {
        let (buffer, area) = stage.draw();
        let seen = area.and_then(|area| photograph(&buffer, area));
        for symbol in seen.iter().flat_map(read) {
            if let Offered::Complete(payload) = collector.offer(symbol.bytes()) {
                return payload;
            }
        }
        stage.tick(250);
    }
    panic!("the code is never whole:\n{}", stage.text());
}

/// Everything that is not a space, so that wrapping does not matter.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

#[track_caller]
fn says(stage: &Stage, what: &str) {
    assert!(squeezed(&stage.text()).contains(&squeezed(what)), "{what}:\n{}", stage.text());
}

fn is_home(stage: &Stage) -> bool {
    matches!(stage.app.screen(), Screen::Home(_))
}
