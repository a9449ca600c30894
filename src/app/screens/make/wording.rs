//! The words of this journey: names of the sources, what is wrong with throws, what is missing.

use crate::app::view::Hotkey;
use crate::keys::entropy::{Flaw, Pot, Rule, Shortfall, SourceKind, WordCount};

/// The key that a source has.
pub(super) fn source_key(source: SourceKind) -> &'static str {
    match source {
        SourceKind::Dice => "d",
        SourceKind::Dice20 => "2",
        SourceKind::Coins => "c",
        SourceKind::Cards => "p",
        SourceKind::Camera => "f",
        SourceKind::Text => "t",
    }
}

pub(super) fn source_name(source: SourceKind) -> &'static str {
    match source {
        SourceKind::Dice => "Dice with 6 faces (D6)",
        SourceKind::Dice20 => "Dice with 20 faces (D20)",
        SourceKind::Coins => "Coins",
        SourceKind::Cards => "Playing cards",
        SourceKind::Camera => "Frames of the camera",
        SourceKind::Text => "Typed text",
    }
}

/// What is counted of a source, so many of it.
pub(super) fn source_noun(source: SourceKind, count: usize) -> &'static str {
    match (source, count) {
        (SourceKind::Dice | SourceKind::Dice20 | SourceKind::Coins, 1) => "throw",
        (SourceKind::Dice | SourceKind::Dice20 | SourceKind::Coins, _) => "throws",
        (SourceKind::Cards, 1) => "card",
        (SourceKind::Cards, _) => "cards",
        (SourceKind::Camera, 1) => "picture",
        (SourceKind::Camera, _) => "pictures",
        (SourceKind::Text, 1) => "character",
        (SourceKind::Text, _) => "characters",
    }
}

pub(super) fn hand_title(source: SourceKind) -> &'static str {
    match source {
        SourceKind::Dice => "Throw dice with 6 faces",
        SourceKind::Dice20 => "Throw dice with 20 faces",
        SourceKind::Coins => "Throw coins",
        SourceKind::Cards => "Draw playing cards",
        SourceKind::Camera => "Move the camera about",
        SourceKind::Text => "Type at random",
    }
}

pub(super) fn hand_keys(source: SourceKind) -> Vec<Hotkey> {
    let mut keys: Vec<Hotkey> = match source {
        SourceKind::Dice => vec![("1 to 6", "a throw")],
        SourceKind::Dice20 => vec![("1 to 20", "a throw"), ("Space", "after 1 and 2")],
        SourceKind::Coins => vec![("1 h", "heads"), ("0 t", "tails")],
        SourceKind::Cards => {
            vec![("a 2-9 t j q k", "rank"), ("c d h s", "suit"), ("Tab", "shuffled")]
        }
        SourceKind::Camera | SourceKind::Text => vec![],
    };
    let help = if source == SourceKind::Text { "F1" } else { "?" };
    keys.extend([("Backspace", "take back"), ("Enter", "done"), ("Esc", "back"), (help, "help")]);
    keys
}

/// How much of a source there is.
pub(super) fn gathered(source: SourceKind, pot: &Pot) -> String {
    let count = pot.gathered(source);
    let noun = source_noun(source, count);
    match count {
        0 => String::new(),
        _ => format!("{count} {noun}, {}", pot.credit(source)),
    }
}

/// What the user's sources count for together, and what they should.
pub(super) fn users_share(pot: &Pot) -> String {
    let (have, goal) = (pot.users(), pot.goal());
    if have > goal {
        format!("{have}, {} suffice", goal.floor())
    } else {
        format!("{} of {goal}", have.floor())
    }
}

/// A bar of `cells` cells.
pub(super) fn bar(have: u64, of: u64, cells: usize) -> String {
    let full = (have.min(of) * cells as u64).checked_div(of).unwrap_or(cells as u64);
    let full = usize::try_from(full).unwrap_or(cells).min(cells);
    format!("{}{}", "\u{2588}".repeat(full), "\u{2591}".repeat(cells - full))
}

/// Whose rule it is. Coldcard publishes its for 24 words.
pub(super) fn rule_makers(rule: Rule, count: WordCount) -> &'static str {
    match rule {
        Rule::Dice if count == WordCount::LEAST => "SeedSigner and Krux",
        Rule::Dice => "Coldcard, SeedSigner and Krux",
        Rule::Dice20 => "Krux",
        Rule::Coins => "SeedSigner",
    }
}

/// Are these throws alone enough by their published rule?
pub(super) fn enough_throws(source: SourceKind, pot: &Pot) -> bool {
    pot.plan().is_ok() && !pot.kernel && pot.gathered(source) > 0
}

/// What is wrong, that it does not count, and how much more is needed.
pub(super) fn flaw_sentence(source: SourceKind, flaw: Flaw, pot: &Pot) -> String {
    let noun = source_noun(source, pot.gathered(source));
    let name = match source {
        SourceKind::Dice => "D6",
        SourceKind::Dice20 => "D20",
        SourceKind::Coins => "Coins",
        SourceKind::Cards => "Cards",
        SourceKind::Camera => "Camera",
        SourceKind::Text => "Text",
    };
    let what = match flaw {
        Flaw::AllTheSame => format!("all {noun} are the same"),
        Flaw::Sequence if source == SourceKind::Cards => {
            "they follow one another as in a new deck; shuffle well".into()
        }
        Flaw::Sequence => format!("many {noun} count up or down in equal steps"),
        Flaw::Repeats(length) => format!("the same {length} {noun} come again"),
        Flaw::TooManyEqual => format!("too many {noun} are the same as the one before"),
        Flaw::TooFewEqual if source == SourceKind::Coins => {
            "heads and tails take turns, as if they were made up".into()
        }
        Flaw::TooFewEqual => {
            format!(
                "hardly any of the {noun} is the same as the one before, as if they were made up"
            )
        }
        Flaw::Biased { face, came } => {
            let count = pot.gathered(source);
            format!("{} came {came} times in {count} {noun}: it is loaded", face_name(source, face))
        }
    };
    let target = pot.target(source).unwrap_or_default();
    let more = match target.saturating_sub(pot.gathered(source)) {
        0 => String::new(),
        more => format!(" At least {more} more are needed."),
    };
    format!("{name}: {what}. What can be foretold does not count.{more}")
}

fn face_name(source: SourceKind, face: u8) -> String {
    match (source, face) {
        (SourceKind::Coins, 0) => "tails".into(),
        (SourceKind::Coins, _) => "heads".into(),
        (_, face) => format!("the {}", face + 1),
    }
}

/// Why the words cannot be made yet.
pub(super) fn shortfall_sentence(shortfall: Shortfall, pot: &Pot) -> String {
    match shortfall {
        Shortfall::Nothing => "Nothing is chosen yet. Throw dice or coins, or turn the machine's \
                               source on with k."
            .into(),
        Shortfall::KernelAlone => "Only the machine's source is chosen.".into(),
        Shortfall::TooFewThrows { have, need } => format!(
            "{have} of {need} throws. Their published rule asks for {} more.",
            need.saturating_sub(have)
        ),
        Shortfall::TooFew { have, need, kernel, flawed } => {
            let words = pot.count.words();
            let why = if kernel {
                format!("beside the machine's source at least {need} of your own are needed")
            } else {
                format!("{words} words without the machine's source need {need}")
            };
            let flawed = if flawed.is_some() { " What has a pattern is not counted." } else { "" };
            format!("Too little: {have} so far; {why}.{flawed}")
        }
    }
}

pub(super) const HELP_COUNT: &[&str] = &[
    "The backup words (BIP39) are the whole wallet, written in a list of 2,048 words. 12 of them \
     hold 128 bits of chance, 24 hold 256. w chooses another list than the English one.",
    "Nobody can guess 128 bits, today or ever. More words make a longer backup, not a safer wallet, \
     unless what they were made of was weak.",
    "l is for those who pick words out of a hat: the last word also holds a checksum, so it cannot \
     be picked freely.",
    "Esc goes back a step. What you gathered is kept until you leave this journey.",
];
pub(super) const HELP_SOURCES: &[&str] = &[
    "What you add is counted in bits, cautiously: a D6 2.58, a D20 4.32, a coin 1, a card by those \
     that are left in the deck, a picture of the camera 4, a typed character 1 at most. What shows a \
     pattern counts less.",
    "Everything is mixed (HKDF-SHA-512). Whoever does not know all of it knows nothing: so the words \
     are safe if the machine's source is sound, or if yours has 128 bits.",
    "With the machine's source off, dice or coins alone become words by the rule that Coldcard, \
     SeedSigner or Krux publish: 50 throws of a D6 for 12 words, 99 for 24; 30 and 60 of a D20; 128 \
     and 256 of a coin. You can check that on another device.",
    "The machine's source is tested before and while it is used (NIST SP 800-90B). If it fails, \
     nothing is made.",
];
pub(super) const HELP_THROWS: &[&str] = &[
    "Type each throw as it falls, from left to right if you throw several at once. Do not pick and do \
     not tidy: what looks untidy is chance.",
    "A coin is 1 or h for heads, 0 or t for tails. A D20 is typed as its number: after 1 and 2 press \
     Space, for a 10 to 20 might follow.",
    "The throws are watched for bias (chi-squared), runs, sequences and repeats. Honest throws look so \
     once in ten thousand times. Then throw on: what counts is counted again.",
    "The throws on this screen are the seed itself. Nobody else may see them.",
];
pub(super) const HELP_CARDS: &[&str] = &[
    "Shuffle a deck of 52 cards well: seven times or more. Draw from the top, and type each card by \
     its rank and suit: as is the ace of spades, td or 10d the ten of diamonds.",
    "Do not put cards back. When all 52 are drawn, shuffle again and go on. If you put them back \
     earlier, shuffle and press Tab.",
    "25 cards have 132 bits, a whole deck has 225.",
];
pub(super) const HELP_TEXT: &[&str] = &[
    "Type without thinking, all over the keyboard, with both hands. People are bad at chance, so a \
     character counts for one bit at most, and for nothing when it repeats what was typed before.",
    "Do not type a sentence, a name or a password that you use elsewhere. Dice are better.",
];
pub(super) const HELP_CAMERA: &[&str] = &[
    "Move the camera about: out of the window, over a bookshelf, through your hand. A picture counts \
     when it differs from every one before it; one that does not change counts for nothing.",
    "A picture counts for 4 bits. It holds far more, but nobody can say how much.",
    "No picture is kept: only a hash of them (SHA-512) is mixed in.",
];
pub(super) const HELP_MIXED: &[&str] = &[
    "The words are a calculation from what went in. Whoever has the same ingredients gets the same \
     words with any other program; i shows them.",
    "By a published rule: SHA-256 over the throws as text; its first 128 to 256 bits are the words. On \
     another computer: printf THROWS | sha256sum",
    "Mixed: HKDF-SHA-512 (RFC 5869). The README describes what goes in to the byte.",
];
pub(super) const HELP_WRITTEN: &[&str] = &[
    "Write every word with its number, on paper, in capital letters. No photograph, no printer, no \
     file. Four letters suffice for each word.",
    "Read them back once more. A word that cannot be read later is lost.",
    "The fingerprint on the next screen names the wallet. It is no secret: write it beside the words.",
    "A passphrase (p) is a further secret. It is in no backup of the words: whoever forgets it loses \
     the coins.",
];
pub(super) const HELP_LAST_WORD: &[&str] = &[
    "11, 14, 17, 20 or 23 words that were drawn by hand leave a few bits open in the last word; its \
     other bits are a checksum over all of them (BIP39).",
    "So that chance chooses among the words that fit, throw a coin for each open bit: 1 for heads, 0 \
     for tails. A die serves: odd is 1, even is 0.",
    "The words are only as good as the hat that they came from. Put all 2,048 in, and put each back \
     before you draw the next.",
];
