//! How the words were made, in words.

use super::wording::{rule_makers, source_name, source_noun};
use super::*;
use crate::keys::entropy::{Recipe, Rule, SourceKind};

pub(super) fn key(key: &Key) -> Next {
    match key {
        Key::Enter => Next::Go(Step::Written(From::Pot)),
        Key::Char('i') => Next::Go(Step::Ingredients(Scroll::default())),
        Key::Esc => Next::Go(Step::Sources(None)),
        _ => Next::Go(Step::Mixed),
    }
}

pub(super) fn view<'a>(journey: &Journey, core: &Core) -> View<'a> {
    let pot = &journey.pot;
    let mut text = Text::new();
    text.gap();
    text.plain(format!("The {} words are made. They come of", pot.count.words()));
    text.gap();
    if pot.kernel {
        part(&mut text, "64 bytes", "Machine's random source, which passed its tests");
    }
    for source in SourceKind::ALL {
        let count = pot.gathered(source);
        if count > 0 {
            let what = format!("{}, counted as {}", source_name(source), pot.credit(source));
            part(&mut text, &format!("{count} {}", source_noun(source, count)), &what);
        }
    }
    text.gap();
    match journey.mixture.as_ref().map(|mixture| mixture.recipe) {
        Some(Recipe::Published(rule)) => {
            let thrown = SourceKind::ALL.map(|source| pot.gathered(source)).into_iter().sum();
            published(&mut text, rule, pot.count, thrown);
        }
        Some(Recipe::Mixed) | None => mixed(&mut text),
    }
    text.gap();
    text.toned(Tone::Warn, "On the next screen are the words. Nobody else may see it.");
    let keys = vec![
        ("Enter", "show the words"),
        ("i", "what went in, to the byte"),
        ("Esc", "back"),
        ("?", "help"),
    ];
    words_view(core, "How they were made", text, keys)
}

fn part(text: &mut Text, amount: &str, of: &str) {
    text.line(Line::toned(Tone::Strong, format!("  {amount:<16}  ")).and(Tone::Plain, of).hang(20));
}

fn published(text: &mut Text, rule: Rule, count: WordCount, thrown: usize) {
    text.line(
        Line::new("By the published rule of ").and(Tone::Strong, rule_makers(rule, count)).and(
            Tone::Plain,
            match rule {
                Rule::Dice => ": SHA-256 over the digits of the throws, 1 to 6, in their order.",
                Rule::Dice20 => {
                    ": SHA-256 over the numbers of the throws with hyphens between them."
                }
                Rule::Coins => {
                    ": SHA-256 over the throws, 1 for heads and 0 for tails, in their order."
                }
            },
        ),
    );
    let bits = count.strength();
    text.plain(if count == WordCount::MOST {
        format!("Its {bits} are the words (BIP39).")
    } else {
        format!("Its first {bits} are the words (BIP39).")
    });
    text.gap();
    if count != WordCount::LEAST && count != WordCount::MOST {
        text.toned(Tone::Faint, BETWEEN);
        return;
    }
    text.toned(Tone::Faint, ELSEWHERE);
    let more = thrown.saturating_sub(rule.throws(count));
    if more > 0 && rule != Rule::Dice20 {
        let exact = rule.throws(count);
        let advice = format!("SeedSigner takes exactly {exact}: {more} too many for it.");
        text.toned(Tone::Faint, advice);
    }
}

fn mixed(text: &mut Text) {
    text.line(
        Line::new("Mixed by ")
            .and(Tone::Strong, "HKDF-SHA-512")
            .and(Tone::Plain, " (RFC 5869), each part with its name and length before it."),
    );
    text.plain(ANY_PART);
}

const BETWEEN: &str = "The rule is published for 12 and 24 words; for this number it is the same with fewer bits. Any \
    program for SHA-256 repeats it.";
const ELSEWHERE: &str = "Type the same throws into such a device, and the same words must come. Do it only on one that \
    has no network either: the throws are the seed.";
const ANY_PART: &str = "Whoever does not know all of the parts knows nothing of the words. With the parts, which i shows, \
    any other program can repeat it.";
