//! The screens as they were approved, at 80x25 and 120x40, of a 3-of-5 with a recovery after a year.

use super::*;
use crate::approved::Approved;

#[test]
fn a_three_of_five_with_a_recovery_reads_as_it_was_approved() {
    let mut approved = Approved::begin();
    for (columns, rows) in [(80, 25), (120, 40)] {
        let mut see = |name: &str, stage: &Stage| {
            approved.see(&format!("wallet-{name}-{columns}x{rows}"), &stage.text());
        };
        let mut stage = opened(columns, rows);
        show(&mut stage, &firm());
        for page in 1.. {
            see(&format!("offer-{page}"), &stage);
            if squeezed(&stage.text()).contains("Enterregisterit") {
                break;
            }
            stage.press(Key::Enter);
        }
        stage.press(Key::Char('n'));
        see("name", &stage);
        stage.press(Key::Esc);
        stage.press(Key::Char('l'));
        see("labels", &stage);
        stage.press(Key::Down);
        stage.type_keys("\nBob\n");
        stage.press(Key::Esc);
        stage.take_wallet();
        see("page", &stage);
        stage.press(Key::Char('?'));
        see("help", &stage);
        stage.press(Key::Esc);
        stage.press(Key::Char('q'));
        see("code", &stage);
        stage.press(Key::Esc);
        stage.press(Key::Esc);
        see("list", &stage);
        // another key in Dora's place, under the same name
        let changed = descriptor("wsh(or_d(multi(3,@A,@B,@C,@E),and_v(v:pkh(@a),older(144))))");
        stage.press(Key::Char('a'));
        stage.codes(&[&changed]);
        stage.press(Key::Char('n'));
        for _ in 0..24 {
            stage.press(Key::Backspace);
        }
        stage.type_keys("Wallet 1\n");
        see("change", &stage);
    }
    approved.hold();
}

#[test]
fn every_key_and_the_first_address_stand_whole_on_the_screen() {
    let text = firm();
    let wallet = coldlight::wallet::Wallet::parse(&text, "W", coldlight::wallet::Network::Test)
        .unwrap_or_else(|error| panic!("{error}"));
    let first = wallet.at(coldlight::wallet::Chain::Receive, 0).expect("an address");
    let first = first.address(bitcoin::Network::Testnet).expect("an address").to_string();
    for (columns, rows) in [(80, 25), (120, 40)] {
        let mut stage = opened(columns, rows);
        show(&mut stage, &text);
        for signer in wallet.signers() {
            let (fingerprint, path) = signer.origin.clone().expect("an origin");
            tells(&mut stage, &format!("{fingerprint} at m/{path} {}", signer.text()));
        }
        tells(&mut stage, &first);
        tells(&mut stage, "At any time: 3 of: you, b8688df1,");
        tells(&mut stage, "Once a coin has rested for 52,560 blocks (about a year): you alone");
    }
}
