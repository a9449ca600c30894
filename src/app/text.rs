//! Words before they are drawn: lines with a meaning, wrapped to a width.
//!
//! A span may be a backup word that its owner types, so spans are wiped when dropped and have no
//! `Debug`.

use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// Text from outside (a file's name, a device's) made printable, in at most `most` characters: the
/// middle is left out, so that the end of a name is seen too.
pub fn printable(text: &str, most: usize) -> String {
    let shown: Vec<char> = crate::wallet::visible(text).chars().collect();
    if shown.len() <= most {
        return shown.into_iter().collect();
    }
    let kept = most.saturating_sub(GAP.len());
    let (head, tail) = (kept - kept / 2, kept / 2);
    let ends = [&shown[..head], &shown[shown.len() - tail..]].map(|end| end.iter().collect());
    let [head, tail]: [String; 2] = ends;
    format!("{head}{GAP}{tail}")
}

/// A word with its accents on their letters, as fonts have them.
pub fn composed(word: &str) -> String {
    word.nfc().collect()
}

/// Stands for the middle of a long text.
const GAP: &str = "...";

/// What a span means. The drawing gives each another look; the words alone must carry it too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Ordinary text.
    Plain,
    /// What the eye should find first.
    Strong,
    /// What may be skipped.
    Faint,
    /// Derived or verified here.
    Proven,
    /// Only said by the coordinator.
    Claimed,
    /// Must be read before signing.
    Warn,
    /// Nothing is signed.
    Refuse,
    /// What the user types.
    Entry,
    /// A key that works here.
    Key,
}

/// A piece of a line.
#[derive(Clone)]
pub struct Span {
    text: Zeroizing<String>,
    tone: Tone,
}

impl Span {
    /// The characters.
    pub fn text(&self) -> &str {
        &self.text
    }
    /// The meaning.
    pub fn tone(&self) -> Tone {
        self.tone
    }
}

/// One line as it is written; it may take several rows. Later rows start at `hang`.
#[derive(Clone, Default)]
pub struct Line {
    spans: Vec<Span>,
    hang: usize,
}

impl Line {
    /// Plain text.
    pub fn new(text: impl Into<String>) -> Self {
        Self::default().and(Tone::Plain, text)
    }

    /// Text with a meaning.
    pub fn toned(tone: Tone, text: impl Into<String>) -> Self {
        Self::default().and(tone, text)
    }

    /// The same line with more text.
    pub fn and(mut self, tone: Tone, text: impl Into<String>) -> Self {
        self.spans.push(Span { text: Zeroizing::new(text.into()), tone });
        self
    }

    fn letters(&self) -> impl Iterator<Item = (char, Tone)> + Clone {
        self.spans.iter().flat_map(|span| span.text.chars().map(|letter| (letter, span.tone)))
    }

    /// The same line, its later rows indented by `hang` columns.
    pub fn hang(mut self, hang: usize) -> Self {
        self.hang = hang;
        self
    }
}

/// Room for a row of the widest letters in the widest window of words, so that a span never moves
/// and leaves a copy behind.
const ROW_BYTES: usize = 512;

/// One row of a screen, no wider than the width that it was wrapped to.
#[derive(Clone, Default)]
pub struct Row {
    spans: Vec<Span>,
}

impl Row {
    /// Its pieces from the left.
    pub fn spans(&self) -> &[Span] {
        &self.spans
    }

    fn push(&mut self, character: char, tone: Tone) {
        match self.spans.last_mut() {
            Some(last) if last.tone == tone => last.text.push(character),
            _ => {
                let mut text = Zeroizing::new(String::with_capacity(ROW_BYTES));
                text.push(character);
                self.spans.push(Span { text, tone });
            }
        }
    }

    fn blank(columns: usize) -> Self {
        let mut row = Self::default();
        (0..columns).for_each(|_| row.push(' ', Tone::Plain));
        row
    }

    fn trim_end(&mut self) {
        while let Some(last) = self.spans.last_mut() {
            let kept = last.text.trim_end_matches(' ').len();
            last.text.truncate(kept);
            if kept > 0 {
                return;
            }
            self.spans.pop();
        }
    }
}

/// A screen's words.
#[derive(Clone, Default)]
pub struct Text {
    lines: Vec<Line>,
}

impl Text {
    /// No words yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a line.
    pub fn line(&mut self, line: Line) -> &mut Self {
        self.lines.push(line);
        self
    }

    /// Puts a line before all others, and an empty one behind it.
    pub fn put_first(&mut self, line: Line) -> &mut Self {
        self.lines.splice(0..0, [line, Line::default()]);
        self
    }

    /// Adds the lines of another text.
    pub fn append(&mut self, mut more: Text) -> &mut Self {
        self.lines.append(&mut more.lines);
        self
    }

    /// Adds plain text.
    pub fn plain(&mut self, text: impl Into<String>) -> &mut Self {
        self.line(Line::new(text))
    }

    /// Adds text with a meaning.
    pub fn toned(&mut self, tone: Tone, text: impl Into<String>) -> &mut Self {
        self.line(Line::toned(tone, text))
    }

    /// Adds an empty line.
    pub fn gap(&mut self) -> &mut Self {
        self.line(Line::default())
    }

    /// Adds a choice: its key, what it does, and a remark.
    pub fn choice(&mut self, key: &str, what: &str, remark: &str) -> &mut Self {
        self.choice_toned(key, what, Tone::Faint, remark)
    }

    /// The same with a remark that means something else.
    pub fn choice_toned(&mut self, key: &str, what: &str, tone: Tone, remark: &str) -> &mut Self {
        let line = Line::new("  ").and(Tone::Key, format!("{key:<6}")).and(Tone::Plain, what);
        let gap = 26usize.saturating_sub(what.chars().count()).max(2);
        self.line(line.and(tone, format!("{:gap$}{remark}", "")).hang(34))
    }

    /// Adds a name and a value under one another's columns.
    pub fn field(&mut self, name: &str, tone: Tone, value: impl Into<String>) -> &mut Self {
        self.line(Line::toned(Tone::Faint, format!("{name:<15} ")).and(tone, value).hang(16))
    }

    /// All of it as rows of at most `width` columns.
    pub fn rows(&self, width: usize) -> Vec<Row> {
        self.lines.iter().flat_map(|line| wrap(line, width.max(1))).collect()
    }
}

/// Breaks at spaces; a word that is wider than a row is broken where the row ends. What may be
/// secret is copied nowhere but into the rows.
fn wrap(line: &Line, width: usize) -> Vec<Row> {
    let hang = line.hang.min(width / 2);
    let mut rows = vec![];
    let mut row = Row::default();
    let mut used = 0;
    let mut written = false; // something but space stands in this row
    let mut letters = line.letters();
    while let Some((first, _)) = letters.clone().next() {
        let space = first == ' ';
        let run = letters.clone().take_while(|(letter, _)| (*letter == ' ') == space).count();
        if used + run > width && written {
            row.trim_end();
            rows.push(std::mem::replace(&mut row, Row::blank(hang)));
            used = hang;
            written = false;
            if space {
                letters.nth(run - 1); // a row does not begin with the space that broke it
                continue;
            }
        }
        for (letter, tone) in letters.by_ref().take(run) {
            if used == width {
                rows.push(std::mem::replace(&mut row, Row::blank(hang)));
                used = hang;
            }
            row.push(letter, tone);
            used += 1;
        }
        written |= !space;
    }
    row.trim_end();
    rows.push(row);
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(line: Line, width: usize) -> Vec<String> {
        let text = Text { lines: vec![line] };
        text.rows(width)
            .iter()
            .map(|row| row.spans().iter().map(Span::text).collect::<String>())
            .collect()
    }

    #[test]
    fn a_text_from_outside_is_printable_and_short() {
        assert_eq!(printable("a\u{202e}b", 40), "a<U+202E>b");
        assert_eq!(printable("payment-of-november.psbt", 15), "paymen...r.psbt");
        assert_eq!(printable(&"x".repeat(300), 40).chars().count(), 40);
    }

    #[test]
    fn a_line_breaks_at_spaces_and_hangs() {
        assert_eq!(
            shown(Line::new("To  tb1q w508 d6qe").hang(4), 14),
            ["To  tb1q w508", "    d6qe"]
        );
    }

    #[test]
    fn a_word_wider_than_the_row_is_broken_without_loss() {
        assert_eq!(shown(Line::new("abcdefgh"), 3), ["abc", "def", "gh"]);
    }

    #[test]
    fn an_empty_line_is_an_empty_row() {
        assert_eq!(shown(Line::default(), 10), [""]);
    }
}
