//! Text from outside: OP_RETURN, labels, file names. Characters that hide, reorder or imitate
//! are written out as `<U+202E>`.

/// `text` with every character written out that could deceive: control, bidirectional and
/// zero-width characters, and every letter outside Latin (a Cyrillic `a` looks like a Latin one,
/// and the Linux console could not show it anyway).
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        // `<U` would let a text imitate what stands for a hidden character
        let imitates = character == '<' && rest.peek() == Some(&'U');
        if !imitates && harmless(character) {
            shown.push(character);
        } else {
            shown.push_str(&format!("<U+{:04X}>", u32::from(character)));
        }
    }
    shown
}

/// Bytes as visible text, when they are UTF-8 and at least one character is plainly readable.
pub fn text(bytes: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(bytes).ok()?;
    text.chars().any(harmless).then(|| visible(text))
}

/// Printable ASCII and the letters of Latin-1.
fn harmless(character: char) -> bool {
    matches!(character, ' '..='~' | 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ÿ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hides_reorders_or_imitates_is_written_out() {
        assert_eq!(visible("pay Zürich"), "pay Zürich");
        assert_eq!(visible("a\u{202E}b"), "a<U+202E>b");
        assert_eq!(visible("line\nbreak\u{1b}[2J"), "line<U+000A>break<U+001B>[2J");
        assert_eq!(visible("p\u{430}y"), "p<U+0430>y");
        assert_eq!(visible("a\u{200B}b\u{AD}c"), "a<U+200B>b<U+00AD>c");
        assert_eq!(visible("<U+202E>"), "<U+003C>U+202E>");
        assert_eq!(visible("1 < 2"), "1 < 2");
    }

    #[test]
    fn bytes_that_are_no_text_stay_hex() {
        assert_eq!(text(b"hello").as_deref(), Some("hello"));
        assert_eq!(text(&[0xff, 0xfe]), None);
        assert_eq!(text(&[0, 1, 2]), None);
        assert_eq!(text(b""), None);
    }
}
