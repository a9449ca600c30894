//! Records as a machine would write them, from a seed.
#![allow(dead_code)] // each test file uses some of it

use crate::prng::Prng;
use coldlight::record::event::{
    Aborted, Deviation, Done, Drilled, Exported, Payment, PaymentSeen, Shown, Signed, Started,
    Step, WalletOpened,
};
use coldlight::record::{
    Beginning, Closed, Digest, Event, Image, ImageKnown, Name, Outcome, Receipt, Recorder, Run,
    RunKey, Said, Salt, Whole,
};
use coldlight::wallet::Network;
use zeroize::Zeroizing;

pub fn name(text: &str) -> Name {
    Name::new(text).expect("a name")
}

pub fn digest(random: &mut Prng) -> Digest {
    Digest(random.bytes(32).try_into().unwrap())
}

/// What begins a run of everyday use after `previous`.
pub fn beginning(previous: Option<Receipt>, random: &mut Prng) -> Beginning {
    Beginning {
        image: Image { digest: Some(Digest([7; 32])), known: ImageKnown::Read },
        network: Network::Test,
        previous,
        procedure: None,
        rehearsal: false,
        run: Run(random.bytes(16).try_into().unwrap()),
    }
}

/// A record of so many events.
pub fn record(previous: Option<Receipt>, events: usize, random: &mut Prng) -> Closed {
    let events: Vec<Event> = (0..events).map(|n| event(n, random)).collect();
    record_of(previous, events, random)
}

/// A record of those events.
pub fn record_of(previous: Option<Receipt>, events: Vec<Event>, random: &mut Prng) -> Closed {
    let key = Zeroizing::new(<[u8; 32]>::try_from(random.bytes(32)).unwrap());
    let mut recorder = Recorder::new(beginning(previous, random), RunKey::new(&key));
    for (n, event) in (0..).zip(events) {
        let at = Whole::at_most(1_795_000_000 + n);
        let said = Said { at, event, ms: Whole::at_most(n * 900) };
        let salt = Salt(random.bytes(16).try_into().unwrap());
        assert!(recorder.append(said, salt).is_some());
    }
    recorder.close(Outcome::Completed)
}

fn event(n: usize, random: &mut Prng) -> Event {
    let fingerprint = name("73c5da0a");
    match n % 10 {
        0 => Event::Started(Started { passed: true, version: name("0.1.0") }),
        1 => Event::WalletOpened(WalletOpened { fingerprint }),
        2 => Event::PaymentSeen(PaymentSeen {
            digest: digest(random),
            findings: vec![name("AMOUNT_UNPROVEN")],
            unsigned: digest(random),
        }),
        3 => Event::Shown(Shown { digest: digest(random), pages: Whole::from(3) }),
        4 => Event::Signed(Signed {
            digest: digest(random),
            fee: Whole::from(1_410),
            inputs: Whole::from(2),
            payments: vec![Payment {
                address: name("tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx"),
                amount: Whole::from(1_500_000),
            }],
            unsigned: digest(random),
        }),
        5 => Event::Drilled(Drilled { backup: name("words"), fingerprint, passed: true }),
        6 => Event::Exported(Exported {
            account: name("m/84'/1'/0'"),
            fingerprint,
            form: name("descriptor"),
            reader: name("Sparrow"),
        }),
        7 => Event::Step(Step {
            by: name("custodian"),
            outcome: Done::Noted(name("seal 0417 \"as last time\", \u{e9}\u{2019}\u{1f512}")),
            step: name("seal"),
            witness: Some(name("witness")),
        }),
        8 => Event::Deviation(Deviation {
            by: name("custodian"),
            reason: name("the bag was torn"),
            step: name("bag"),
            with: name("witness"),
        }),
        _ => Event::Aborted(Aborted { reason: name("tea"), step: name("seal") }),
    }
}
