//! The demo, told before it begins.

use super::*;
use crate::wallet::Network;

/// What the demo does.
pub struct DemoIntro;

impl DemoIntro {
    pub(super) fn key(self, key: Key, core: &mut Core) -> Screen {
        match key {
            Key::Esc => Screen::home(),
            Key::Enter if core.session.as_ref().is_some_and(|session| session.demo) => {
                core.request = None;
                Scan::open(Purpose::Payment, Source::Demo, core)
            }
            Key::Enter if core.session.is_some() => Message::trouble(
                "Demo",
                OTHER,
                "Lock it (l at home), then start the demo.",
                Screen::home(),
            ),
            Key::Enter if core.settings.network != Network::Test => {
                Message::trouble("Demo", NETWORK, "Choose it at home with n.", Screen::home())
            }
            Key::Enter => {
                core.request = None;
                PassphraseTyping::demo(Screen::DemoIntro(self))
            }
            _ => Screen::DemoIntro(self),
        }
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        text.gap();
        text.plain(
            "You sign a payment of test coins, as you would a real one. Nothing is at risk.",
        );
        text.gap();
        for (number, step) in STEPS.iter().enumerate() {
            text.line(
                Line::toned(Tone::Strong, format!("  {}  ", number + 1))
                    .and(Tone::Plain, *step)
                    .hang(5),
            );
            text.gap();
        }
        words_view(core, "Demo", text, vec![("Enter", "start"), ("Esc", "back"), ("?", "help")])
    }
}

const STEPS: [&str; 5] = [
    "A wallet is opened with words that everybody knows. Never send coins to it.",
    "The demo camera plays the animated QR code that a wallet program would show on the online \
     computer. It holds an unsigned transaction (PSBT).",
    "You review the payment, page after page: to whom, how much, what comes back, the fee.",
    "You type  sign , and the signature is shown as an animated QR code.",
    "The demo coordinator reads that code off this screen and says whether the transaction would \
     be valid.",
];
const OTHER: &str = "Another wallet is open, and the demo needs its own.";
const NETWORK: &str = "The demo payment is made for the test network, and another one is in use.";
