//! The screens as they were approved.

use super::*;
use crate::approved::Approved;

#[test]
fn addresses_checks_and_exports_read_as_they_were_approved() {
    let mut approved = Approved::begin();
    for (columns, rows) in [(80, 25), (120, 40)] {
        let mut see = |name: &str, stage: &Stage| {
            approved.see(&format!("public-{name}-{columns}x{rows}"), &stage.text());
        };
        let mut stage = opened(columns, rows);
        stage.register(family().text());
        stage.press(Key::Char('a'));
        see("menu", &stage);
        stage.press(Key::Char('?'));
        see("help", &stage);
        stage.press(Key::Esc);
        stage.press(Key::Char('a'));
        see("whose", &stage);
        stage.press(Key::Enter);
        see("addresses", &stage);
        stage.type_keys("31");
        see("addresses-jump", &stage);
        stage.press(Key::Enter);
        stage.press(Key::Enter);
        see("address", &stage);
        (0..3).for_each(|_| stage.press(Key::Esc));
        stage.type_keys("ttb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx");
        see("check", &stage);
        stage.press(Key::Enter);
        see("check-searching", &stage);
        search(&mut stage);
        see("check-not-found", &stage);
        stage.press(Key::Enter);
        stage.press(Key::Char('x'));
        see("export-for-whom", &stage);
        stage.press(Key::Enter);
        see("export-account", &stage);
        stage.press(Key::Enter);
        see("export-reveal", &stage);
        stage.press(Key::Enter);
        see("export-code", &stage);
    }
    approved.hold();
}
