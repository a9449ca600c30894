//! The screens of the imports: read as approved, whole at every size, in letters that the console has.

use super::*;
use coldlight::device::console::font::{Font, FontSize};

/// The smallest window, a common one and a large one.
const SIZES: [(u16, u16); 3] = [(80, 25), (120, 40), (200, 60)];

/// Every screen with its name.
fn walk(columns: u16, rows: u16, see: &mut dyn FnMut(&str, &Stage)) {
    let start = |keys: &str| {
        let mut stage = Stage::with(with_camera(), columns, rows);
        stage.type_keys(keys);
        stage
    };
    let mut stage = start("om");
    see("import-menu", &stage);
    stage.press(Key::Help);
    see("import-menu-help", &stage);
    stage.press(Key::Esc);
    for (form, name) in [
        ('s', "slip39"),
        ('c', "codex32"),
        ('x', "xor"),
        ('k', "kef"),
        ('e', "electrum"),
        ('p', "key"),
    ] {
        stage.type_keys(&form.to_string());
        see(&format!("import-{name}"), &stage);
        stage.press(Key::Help);
        see(&format!("import-{name}-help"), &stage);
        stage.press(Key::Esc);
        stage.press(Key::Esc);
    }
    let mut stage = start("omk");
    scan(&mut stage, KEF);
    see("import-kef-read", &stage);
    stage.type_keys("\ntest kez");
    see("import-kef-passphrase", &stage);
    stage.press(Key::Enter);
    see("import-kef-working", &stage);
    (0..400).for_each(|_| stage.tick(50));
    see("import-kef-wrong", &stage);
    let mut stage = start("omet");
    stage.type_keys(&ELECTRUM[..30]);
    see("import-electrum-typing", &stage);
    stage.type_keys(&ELECTRUM[30..]);
    stage.press(Key::Enter);
    see("import-electrum-passphrase", &stage);
    stage.press(Key::Enter);
    (0..9).for_each(|_| stage.tick(50));
    see("import-electrum-fingerprint", &stage);
    let mut stage = start("ompt");
    stage.type_keys(&XPRV[..40]);
    see("import-key-typing", &stage);
    stage.press(Key::Enter);
    see("import-key-wrong", &stage);
    let mut stage = start("os");
    let words = codes::shared(bip39::Language::English, bip39::Language::French);
    stage.send(Event::Codes(vec![Symbol::new(words.into_bytes())]));
    see("import-which-list", &stage);
    stage.type_keys("0sesame");
    stage.press(Key::Esc);
    see("open-scanned", &stage);
}

#[test]
fn the_screens_read_as_they_were_approved() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/screens");
    let update = std::env::var_os("UPDATE_SCREENS").is_some();
    let mut wrong = vec![];
    walk(80, 25, &mut |name, stage| {
        let path = folder.join(format!("{name}.txt"));
        let now = stage.text();
        if update {
            std::fs::write(&path, &now).expect("the folder can be written");
        } else if std::fs::read_to_string(&path).unwrap_or_default() != now {
            wrong.push(format!("{name} is now:\n{now}"));
        }
    });
    assert!(wrong.is_empty(), "{}\nUPDATE_SCREENS=1 approves.", wrong.join("\n"));
}

#[test]
fn every_glyph_is_in_the_fonts_and_nothing_is_cut_off() {
    let fonts = FontSize::ALL.map(|size| Font::new(size).expect("the fonts are whole"));
    for (columns, rows) in SIZES {
        walk(columns, rows, &mut |name, stage| {
            for cell in &stage.draw().0.content {
                let drawn = |font: &Font| cell.symbol().chars().all(|glyph| font.has(glyph));
                assert!(fonts.iter().all(drawn), "{name}: {:?}", cell.symbol());
            }
            let layout = stage.app.view().layout(stage.app.size());
            assert!(layout.below() == 0, "{name} at {columns} x {rows}");
            let shown = squeezed(&stage.text());
            for row in layout.rows.iter().chain(&layout.footer) {
                let words: String = row.spans().iter().map(|span| span.text()).collect();
                let words = squeezed(&words);
                assert!(shown.contains(&words), "{name} at {columns} x {rows}: {words}");
            }
        });
    }
}
