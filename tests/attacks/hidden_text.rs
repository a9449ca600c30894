//! Text from outside that hides, reorders or imitates: it must reach the screen only as what it is.

use crate::build::*;
use bitcoin::ScriptBuf;
use coldlight::review::Page;
use coldlight::wallet::{Network, Wallet};

fn shown(pages: &[Page]) -> String {
    pages.iter().map(Page::text).collect()
}

#[test]
fn control_and_bidirectional_characters_in_data_are_written_out() {
    let ours = Person::new(OURS);
    for trick in
        ["\u{202e}", "\u{2066}", "\u{200b}", "\u{1b}[2J", "\r", "\n", "\t", "\u{430}", "\0"]
    {
        let mut draft = Draft::ordinary(&ours);
        draft.pay(
            ScriptBuf::new_op_return(
                <&bitcoin::script::PushBytes>::try_from(trick.as_bytes()).unwrap(),
            ),
            0,
        );
        let walk = Desk::of(&ours).reviewed(&draft).walk();
        for page in [walk.pages().to_vec(), walk.detail_pages()].concat() {
            for line in &page.lines {
                let text = line.text();
                assert!(text.chars().all(|letter| (' '..='~').contains(&letter)), "{text:?}");
            }
        }
    }
}

#[test]
fn a_wallets_name_cannot_imitate_a_row_of_the_review() {
    let (ours, bob) = (Person::new(OURS), Person::new(BOB));
    let shared = Multi::new("wsh(sortedmulti(2,KEYS))", &[&ours, &bob]);
    let name = "x\nFee  0.000 000 01 BTC";
    let wallet = Wallet::parse(&shared.text(), name, Network::Test).unwrap();
    let mut draft = Draft::new();
    draft.spend(&shared.at(0, 0), 1_000_000);
    draft.pay(payee(), 990_000);
    let walk = Desk::of(&ours).with(wallet).reviewed(&draft).walk();
    let text = shown(walk.pages());
    assert!(text.contains("x<U+000A>Fee"), "{text}");
    assert_eq!(text.lines().filter(|line| line.trim_start().starts_with("Fee")).count(), 1);
}
