//! How many words the new wallet's backup has.

use super::*;

pub(super) fn key(key: &Key, journey: &mut Journey) -> Next {
    let chosen = match key {
        Key::Char(digit) => digit.to_digit(10).and_then(|digit| digit.checked_sub(1)),
        _ => None,
    };
    if let Some(count) = chosen.and_then(|place| WordCount::ALL.get(place as usize)) {
        let replaced = |pot: &mut Pot| std::mem::replace(&mut pot.count, *count);
        journey.change(replaced, |before| before != count);
        return Next::Go(Step::Sources(None));
    }
    match key {
        Key::Char('w') => Next::Go(Step::Language),
        Key::Char('l') => Next::Go(Step::LastTyping(None)),
        Key::Esc if journey.is_empty() => Next::Home,
        Key::Esc => Next::Go(Step::Leave),
        _ => Next::Go(Step::Count),
    }
}

pub(super) fn view<'a>(journey: &Journey, core: &Core) -> View<'a> {
    let mut text = Text::new();
    text.gap();
    text.plain("A new wallet is made of chance, and its backup is words to write down.");
    text.plain("How many words shall it have?");
    text.gap();
    for (place, count) in WordCount::ALL.into_iter().enumerate() {
        let remark = match place {
            0 => "128 bits: enough, and quickly written down",
            4 => "256 bits: what most devices make",
            _ => "",
        };
        let what = format!("{} words", count.words());
        text.choice(&(place + 1).to_string(), &what, remark);
    }
    text.gap();
    text.choice("w", "Word list", journey.language().name());
    text.choice("l", "Last word", "you chose the others by hand; it holds the checksum");
    text.gap();
    if journey.is_empty() {
        text.toned(Tone::Faint, ALL_THE_SAME);
    } else {
        text.plain("What you gathered so far is kept until you leave this journey.");
    }
    let keys = vec![("1 to 5", "choose"), ("Esc", "back"), ("?", "help")];
    words_view(core, "Make a new wallet", text, keys)
}

const ALL_THE_SAME: &str = "All of them are safe against every computer there is. The words are the whole wallet: \
    who has them has the coins.";
