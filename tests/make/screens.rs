//! The screens of the journey: as they were approved, in the fonts, and whole at every size.

use super::*;
use crate::approved::Approved;
use coldlight::device::console::font::{Font, FontSize};

/// Every screen of the journey, each with a name.
fn walk(stage: &mut Stage, see: &mut dyn FnMut(&str, &mut Stage)) {
    stage.type_keys("m");
    see("make-count", stage);
    stage.press(Key::Char('?'));
    see("make-help", stage);
    stage.press(Key::Esc);
    stage.type_keys("5");
    see("make-sources", stage);
    stage.type_keys("\n");
    see("make-kernel-alone", stage);
    stage.press(Key::Esc);
    stage.type_keys("d");
    stage.type_keys(&"123456".repeat(6));
    see("make-dice-pattern", stage);
    stage.type_keys(&DICE[..60]);
    see("make-dice", stage);
    stage.type_keys("\n2");
    drawn_first(60).iter().for_each(|byte| stage.type_keys(&format!("{} ", byte % 20 + 1)));
    see("make-dice20", stage);
    stage.type_keys("\nc");
    drawn_first(256).iter().for_each(|byte| stage.type_keys(if byte % 2 == 0 { "h" } else { "t" }));
    see("make-coins", stage);
    stage.type_keys("\npastd7h2cqdt");
    see("make-cards", stage);
    stage.type_keys("s\nt");
    stage.type_keys(&"A wall of text that never ends? ".repeat(32));
    see("make-text", stage);
    stage.press(Key::Help);
    see("make-text-help", stage);
    stage.press(Key::Esc);
    stage.type_keys("\n");
    see("make-sources-full", stage);
    stage.press(Key::Char('f'));
    stage.send(Event::SourceOpened("HD Webcam".into()));
    [1, 2, 2].into_iter().for_each(|scene| stage.send(Event::Sight(picture(scene))));
    see("make-camera", stage);
    stage.type_keys("\n\n");
    see("make-mixed", stage);
    stage.press(Key::Char('i'));
    see("make-ingredients", stage);
    stage.press(Key::Esc);
    stage.press(Key::Enter);
    see("make-words", stage);
    stage.press(Key::Enter);
    stage.tick(1);
    see("make-fingerprint", stage);
    (0..4).for_each(|_| stage.press(Key::Esc));
    stage.press(Key::Esc);
    see("make-leave", stage);
    stage.type_keys("nllega winn than ye");
    see("make-last-typing", stage);
    stage.type_keys("ar wave saus wort usef lega winn than \n101");
    see("make-last-choice", stage);
    stage.type_keys("1011");
    see("make-last-chosen", stage);
    (0..3).for_each(|_| stage.press(Key::Esc));
    stage.type_keys("ym5kd");
    stage.type_keys(DICE);
    see("make-dice-alone", stage);
    stage.type_keys("\n");
    see("make-sources-alone", stage);
    stage.type_keys("\n");
    see("make-published", stage);
    (0..2).for_each(|_| stage.press(Key::Esc));
    stage.type_keys("3\n");
    see("make-published-18", stage);
    (0..2).for_each(|_| stage.press(Key::Esc));
    stage.type_keys("w");
    see("make-language", stage);
    stage.type_keys("9l");
    stage.type_keys(&"abac ".repeat(11));
    see("make-last-typing-portuguese", stage);
    stage.type_keys("\n");
    see("make-last-choice-portuguese", stage);
    (0..2).for_each(|_| stage.press(Key::Esc));
    stage.type_keys("w35\n\n");
    see("make-words-spanish", stage);
    (0..3).for_each(|_| stage.press(Key::Esc));
    stage.type_keys("w15\n\n");
    see("make-words-japanese", stage);
}

fn walking(columns: u16, rows: u16) -> Stage {
    let settings = Settings { demo: false, ..with(Generator::new(Known(0))) };
    Stage::with(settings, columns, rows)
}

#[test]
fn the_screens_read_as_they_were_approved() {
    let mut approved = Approved::begin();
    walk(&mut walking(80, 25), &mut |name, stage| {
        approved.see(name, &stage.text());
    });
    approved.hold();
}

#[test]
fn every_glyph_is_in_the_fonts_and_nothing_is_cut_off() {
    let fonts = FontSize::ALL.map(|size| Font::new(size).expect("the fonts are whole"));
    for (columns, rows) in [(80, 25), (120, 40), (200, 60)] {
        walk(&mut walking(columns, rows), &mut |name, stage| {
            let buffer = stage.draw().0;
            for cell in &buffer.content {
                let drawn = |font: &Font| cell.symbol().chars().all(|glyph| font.has(glyph));
                assert!(fonts.iter().all(drawn), "{name}: {:?}", cell.symbol());
            }
            let layout = stage.app.view().layout(stage.app.size());
            // what is longer than the window says so, and only the inputs and help may be
            let scrolls = ["make-ingredients", "make-help", "make-text-help"].contains(&name);
            assert!(layout.below() == 0 || scrolls, "{name} at {columns} x {rows}");
            let shown: String = stage.text().split_whitespace().collect();
            for row in layout.rows.iter().chain(&layout.footer).take(layout.height) {
                let words: String = row.spans().iter().map(|span| span.text()).collect();
                let words: String = words.split_whitespace().collect();
                assert!(shown.contains(&words), "{name} at {columns} x {rows}: {words}");
            }
        });
    }
}
