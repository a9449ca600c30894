//! The screens of the imports: as they were approved, in the fonts, and whole at every size.

use super::*;
use crate::approved::Approved;
use coldlight::device::console::font::{Font, FontSize};

/// SLIP-39's published vector 20: 256 bits.
const LONG: &str = "theory painting academic academic armed sweater year military elder discuss \
    acne wildlife boring employer fused large satoshi bundle carbon diagnose anatomy hamster leaves \
    tracks paces beyond phantom capital marvel lips brave detect luck";

/// Every screen, each with a name.
fn walk(stage: &mut Stage, see: &mut dyn FnMut(&str, &mut Stage)) {
    stage.type_keys("om");
    see("import-forms", stage);
    stage.press(Key::Help);
    see("import-help", stage);
    stage.press(Key::Esc);
    stage.type_keys("s");
    see("import-slip39", stage);
    GROUPS[..4].iter().for_each(|text| share(stage, text));
    see("import-slip39-groups", stage);
    stage.type_keys("t");
    stage.type_keys(LONG);
    see("import-slip39-typing", stage);
    stage.type_keys(" \n");
    see("import-slip39-other", stage);
    stage.press(Key::Esc);
    stage.press(Key::Backspace);
    share(stage, GROUPS[4]);
    stage.type_keys("\nTREZOR");
    see("import-passphrase", stage);
    (0..2).for_each(|_| stage.press(Key::Esc));
    stage.type_keys("ct");
    stage.type_keys(&CODEX32_SECRET.replacen("xxxx", "x?qx", 1));
    see("import-codex32-typing", stage);
    stage.press(Key::Enter);
    see("import-codex32-repair", stage);
    stage.press(Key::Esc);
    stage.type_keys("x");
    XOR_PARTS[..2].iter().for_each(|part| share(stage, part));
    see("import-xor", stage);
    stage.press(Key::Esc);
    stage.type_keys("k");
    scan(stage, KEF);
    see("import-code", stage);
    stage.type_keys("\nanother\n");
    see("import-working", stage);
    (0..400).for_each(|_| stage.tick(50));
    see("import-wrong", stage);
    (0..2).for_each(|_| stage.press(Key::Esc));
    stage.type_keys("et");
    stage.type_keys(&ELECTRUM[..30]);
    see("import-electrum-begun", stage);
    stage.type_keys(&ELECTRUM[30..]);
    see("import-electrum", stage);
    stage.press(Key::Enter);
    see("import-electrum-passphrase", stage);
    (0..2).for_each(|_| stage.press(Key::Esc));
    see("import-begun", stage);
    stage.type_keys("pt");
    stage.type_keys(XPRV);
    stage.press(Key::Enter);
    see("import-key", stage);
    (0..3).for_each(|_| stage.press(Key::Esc));
    stage.type_keys("s");
    let words = codes::shared(bip39::Language::English, bip39::Language::French);
    stage.send(Event::Codes(vec![Symbol::new(words.into_bytes())]));
    see("import-which-list", stage);
    stage.type_keys("0sesame");
    stage.press(Key::Esc);
    see("open-scanned", stage);
}

#[test]
fn the_screens_read_as_they_were_approved() {
    let mut approved = Approved::begin();
    walk(&mut Stage::with(with_camera(), 80, 25), &mut |name, stage| {
        approved.see(name, &stage.text());
    });
    approved.hold();
}

#[test]
fn every_glyph_is_in_the_fonts_and_nothing_is_cut_off() {
    let fonts = FontSize::ALL.map(|size| Font::new(size).expect("the fonts are whole"));
    for (columns, rows) in [(80, 25), (120, 40), (200, 60)] {
        walk(&mut Stage::with(with_camera(), columns, rows), &mut |name, stage| {
            let buffer = stage.draw().0;
            for cell in &buffer.content {
                let drawn = |font: &Font| cell.symbol().chars().all(|glyph| font.has(glyph));
                assert!(fonts.iter().all(drawn), "{name}: {:?}", cell.symbol());
            }
            let layout = stage.app.view().layout(stage.app.size());
            assert!(layout.below() == 0, "{name} at {columns} x {rows}:\n{}", stage.text());
        });
    }
}
