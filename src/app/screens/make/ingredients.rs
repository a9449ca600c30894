//! What went into the words, to the byte, so that it can be repeated elsewhere.

use super::*;
use crate::keys::entropy::{Ingredient, MIXING_SALT, Recipe, mixing_info};

pub(super) fn key(key: &Key, mut scroll: Scroll, journey: &Journey, core: &Core) -> Next {
    let layout = view(&scroll, journey, core).layout(core.size);
    match key {
        Key::Esc | Key::Enter => Next::Go(Step::Mixed),
        key => {
            scrolled(key, &mut scroll, &layout);
            Next::Go(Step::Ingredients(scroll))
        }
    }
}

pub(super) fn view<'a>(scroll: &Scroll, journey: &Journey, core: &Core) -> View<'a> {
    let mut text = Text::new();
    text.gap();
    text.toned(Tone::Warn, "This is the seed itself. Nobody else may see this screen.");
    text.gap();
    if let Some(mixture) = &journey.mixture {
        match mixture.recipe {
            Recipe::Mixed => {
                text.field("Rule", Tone::Plain, "HKDF-SHA-512 (RFC 5869)");
                text.field("Salt", Tone::Plain, format!("the text  {MIXING_SALT}"));
                text.field(
                    "Info",
                    Tone::Plain,
                    format!("the text  {}", mixing_info(journey.pot.count)),
                );
                let bytes = journey.pot.count.bytes();
                text.field("Length", Tone::Plain, format!("{bytes} bytes: BIP39's entropy"));
                text.field("Key material", Tone::Plain, MATERIAL);
            }
            Recipe::Published(_) => {
                text.field(
                    "Rule",
                    Tone::Plain,
                    "SHA-256 over the text below; its first bits count",
                );
            }
        }
        text.gap();
        for ingredient in &mixture.ingredients {
            let size = ingredient.content().len();
            text.line(
                Line::toned(Tone::Strong, ingredient.name())
                    .and(Tone::Faint, format!("   {size} bytes")),
            );
            text.line(content(ingredient));
            text.gap();
        }
    }
    let keys = vec![("arrows", "up and down"), ("Esc", "back"), ("?", "help")];
    let mut view = words_view(core, "What went in", text, keys);
    view.top = scroll.top;
    view
}

/// Text as it is, bytes in hexadecimal digits; in a buffer of its final size.
fn content(ingredient: &Ingredient) -> Line {
    let bytes = ingredient.content();
    let is_text = !matches!(ingredient.name(), "kernel" | "camera");
    if let Some(text) = std::str::from_utf8(bytes).ok().filter(|_| is_text) {
        return Line::toned(Tone::Entry, text);
    }
    let mut digits = String::with_capacity(2 * bytes.len());
    for nibble in bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]) {
        digits.extend(char::from_digit(u32::from(nibble), 16));
    }
    Line::toned(Tone::Entry, digits)
}

const MATERIAL: &str = "each part below, in this order: its name's length (1 byte), its name, its size (4 bytes, the \
    highest first), itself";
