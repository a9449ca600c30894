//! Every screen of a backup: read as approved, whole at every size, in letters that the console has.

use super::*;
use crate::approved::Approved;
use coldlight::app::Keymap;
use coldlight::device::console::font::{Font, FontSize};
use coldlight::ui::Palette;

/// The smallest window, a common one and a large one.
const SIZES: [(u16, u16); 3] = [(80, 25), (120, 40), (200, 60)];

/// Each screen with a name; those without a name are different each time, as random shares are.
fn walk(stage: &mut Stage, see: &mut dyn FnMut(Option<&str>, &Stage)) {
    let go = |stage: &mut Stage, keys: &str| {
        for key in keys.chars() {
            stage.read_screen();
            stage.press(match key {
                '<' => Key::Esc,
                '\n' => Key::Enter,
                key => Key::Char(key),
            });
        }
    };
    let named: [(&str, &str); 25] = [
        ("b", "backup"),
        ("?", "backup-help"),
        ("<1", "backup-words"),
        ("c", "backup-page"),
        ("?", "backup-page-help"),
        ("<s", "backup-plate"),
        ("\n", "backup-typing"),
        ("<<2", "backup-seedqr"),
        ("?", "backup-drill-help"),
        ("<c", "backup-template"),
        ("\n\n", "backup-block"),
        ("?", "backup-code-help"),
        ("<<w", "backup-code"),
        ("d", "backup-scan"),
        ("<<4", "backup-shares"),
        ("mgggg", "backup-set-up"),
        ("?", "backup-shares-help"),
        ("<<d", "backup-giving"),
        ("<<8c", "backup-line"),
        ("\nabc", "backup-line-typing"),
        ("<<7mabc", "backup-passphrase"),
        ("<<c", "child-list"),
        ("?", "child-help"),
        ("<n1\nPhone\n", "child"),
        ("\n", "child-given"),
    ];
    for (keys, name) in named {
        go(stage, keys);
        see(Some(name), stage);
    }
    go(stage, "n1");
    stage.press(Key::Backspace);
    go(stage, "0");
    see(Some("child-again"), stage);
    go(stage, "<<<1dforum undo fragile fade shy sign arrest garment culture tube off zoo");
    for _ in 0..3 {
        stage.press(Key::Backspace);
    }
    go(stage, "merit \n");
    stage.tick(1);
    see(Some("drill-passed"), stage);
    go(stage, "\n");
    see(Some("backup-drilled"), stage);
    go(stage, "2d");
    scan(stage, b"000000000000000000000000000000000000000000000003");
    see(Some("drill-failed"), stage);
    go(stage, "\n<<");
    see(Some("home-drilled"), stage);
    go(stage, "b4m\n");
    see(Some("backup-shares-passphrase"), stage);
    go(stage, "\n");
    stage.tick(1);
    see(None, stage);
    go(stage, "\n");
    see(None, stage);
    go(stage, "<<5m\n");
    stage.tick(1);
    go(stage, "\n");
    see(None, stage);
    go(stage, "<<6m\n");
    stage.tick(1);
    go(stage, "\n");
    see(None, stage);
}

#[test]
fn the_screens_read_as_they_were_approved() {
    let mut approved = Approved::begin();
    walk(&mut open(TWELVE, 80, 25), &mut |name, stage| {
        let Some(name) = name else { return };
        approved.see(name, &stage.text());
    });
    approved.hold();
}

#[test]
fn nothing_is_cut_off_or_below_at_any_size() {
    for (columns, rows) in SIZES {
        walk(&mut open(TWELVE, columns, rows), &mut |name, stage| {
            let layout = stage.app.view().layout(stage.app.size());
            let shown = squeezed(&stage.text());
            for row in layout.rows.iter().chain(&layout.footer) {
                let words: String = row.spans().iter().map(|span| span.text()).collect();
                let words = squeezed(&words);
                assert!(shown.contains(&words), "{name:?} at {columns} x {rows}: {words}");
            }
        });
    }
}

/// As in `tests/screens.rs`: the Linux console's own font holds these and 7-bit ASCII.
const GLYPHS: &str = "─│┌┐└┘├┤┬┴┼░▒▓█▀▄·←→↑↓";

#[test]
fn every_glyph_is_in_the_consoles_font() {
    let fonts = FontSize::ALL.map(|size| Font::new(size).expect("the fonts are whole"));
    for palette in [Palette::True, Palette::Indexed, Palette::Console] {
        let mut stage = open(TWELVE, 80, 25);
        stage.palette = palette;
        walk(&mut stage, &mut |name, stage| {
            for cell in &stage.draw().0.content {
                let glyph = cell.symbol();
                let plain =
                    glyph.len() == 1 && (' '..='~').contains(&char::from(glyph.as_bytes()[0]));
                let layout = Keymap::ALL.iter().any(|keymap| keymap.label().contains(glyph));
                assert!(plain || GLYPHS.contains(glyph) || layout, "{name:?}: {glyph:?}");
                let drawn = |font: &Font| glyph.chars().all(|glyph| font.has(glyph));
                assert!(fonts.iter().all(drawn), "{name:?}: {glyph:?}");
            }
        });
    }
}
