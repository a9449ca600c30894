//! A descriptor's text (BIP380, BIP379) cut into its keys and what stands between them. Looks at the
//! form only; whether it is a good descriptor is for the reader behind it.

use super::Function;

/// A descriptor without its checksum, cut up. Joined again the parts give the text.
pub(super) struct Expression<'a> {
    parts: Vec<Part<'a>>,
}

enum Part<'a> {
    Between(&'a str),
    Key(KeyText<'a>),
}

/// A key as it is written: `[origin]key/steps`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct KeyText<'a> {
    /// The whole.
    pub(super) text: &'a str,
    /// The place of its first character in the descriptor, from 1.
    pub(super) at: usize,
    /// Which script it stands in: 0 for the only one or Taproot's internal key, then Taproot's
    /// leaves from 1, in the order of the text.
    pub(super) script: usize,
}

impl<'a> KeyText<'a> {
    /// `fingerprint/path` without the brackets.
    pub(super) fn origin(&self) -> Option<&'a str> {
        Some(self.text.strip_prefix('[')?.split_once(']')?.0)
    }

    /// The key and what follows it.
    fn behind_origin(&self) -> &'a str {
        match self.text.starts_with('[') {
            true => self.text.split_once(']').map_or("", |(_, rest)| rest),
            false => self.text,
        }
    }

    /// The key alone.
    pub(super) fn key(&self) -> &'a str {
        let text = self.behind_origin();
        text.split_once('/').map_or(text, |(key, _)| key)
    }

    /// The steps below the key with their first `/`; empty where there are none.
    pub(super) fn steps(&self) -> &'a str {
        let text = self.behind_origin();
        text.find('/').map_or("", |at| &text[at..])
    }
}

/// What is open at a place of the text.
enum Open<'a> {
    /// A function and its argument's number, from 0.
    Call(&'a str, usize),
    /// A branch of a Taproot tree.
    Branch,
}

impl<'a> Expression<'a> {
    /// Cuts `body`. `Err` names a function that is known and not supported, and its place (from 1).
    pub(super) fn cut(body: &'a str) -> Result<Self, (Function, usize)> {
        let mut parts = Vec::new();
        let mut open: Vec<Open<'a>> = Vec::new();
        let (mut plain, mut start, mut leaf) = (0, 0, 1);
        for (at, delimiter) in body.char_indices() {
            if !matches!(delimiter, '(' | ')' | ',' | '{' | '}') {
                continue;
            }
            let token = &body[start..at];
            if delimiter == '(' {
                let name = token.rsplit_once(':').map_or(token, |(_, name)| name);
                if let Some(function) = Function::unsupported(name) {
                    return Err((function, start + 1));
                }
                open.push(Open::Call(name, 0));
            } else if open.last().is_some_and(|place| place.is_key()) && !token.is_empty() {
                parts.push(Part::Between(&body[plain..start]));
                let script = if in_leaf(&open) { leaf } else { 0 };
                parts.push(Part::Key(KeyText { text: token, at: start + 1, script }));
                plain = at;
            }
            match delimiter {
                '{' => open.push(Open::Branch),
                ')' | '}' => {
                    open.pop();
                }
                ',' => match open.last_mut() {
                    Some(Open::Call(_, argument)) => *argument += 1,
                    Some(Open::Branch) => leaf += 1,
                    None => {}
                },
                _ => {}
            }
            start = at + 1;
        }
        parts.push(Part::Between(&body[plain..]));
        Ok(Self { parts })
    }

    /// The keys in the order of the text.
    pub(super) fn keys(&self) -> impl Iterator<Item = KeyText<'a>> + '_ {
        self.parts.iter().filter_map(|part| match part {
            Part::Key(key) => Some(*key),
            Part::Between(_) => None,
        })
    }

    /// The text with each key (numbered from 0) put in other words.
    pub(super) fn with_keys<E>(
        &self,
        mut write: impl FnMut(usize, KeyText<'a>) -> Result<String, E>,
    ) -> Result<String, E> {
        let (mut text, mut number) = (String::new(), 0);
        for part in &self.parts {
            match part {
                Part::Between(between) => text.push_str(between),
                Part::Key(key) => {
                    text.push_str(&write(number, *key)?);
                    number += 1;
                }
            }
        }
        Ok(text)
    }
}

impl Expression<'_> {
    /// The text with one chain of each `<a;b>`: 0 or 1.
    pub(super) fn chain(&self, number: usize) -> Option<String> {
        let text = self.with_keys(|_, key| {
            let Some((before, rest)) = key.text.split_once('<') else {
                return Ok::<_, ()>(key.text.to_owned());
            };
            let (chains, after) = rest.split_once('>').ok_or(())?;
            let chain = chains.split(';').nth(number).ok_or(())?;
            Ok(format!("{before}{chain}{after}"))
        });
        text.ok()
    }
}

impl Open<'_> {
    /// Does a key stand here?
    fn is_key(&self) -> bool {
        match self {
            Self::Call("pk" | "pk_k" | "pk_h" | "pkh" | "wpkh" | "cosigner", _) => true,
            Self::Call("multi" | "sortedmulti" | "multi_a" | "sortedmulti_a", argument) => {
                *argument > 0
            }
            Self::Call("tr", argument) => *argument == 0,
            Self::Call(..) | Self::Branch => false,
        }
    }
}

/// Is this place in the tree of a `tr`?
fn in_leaf(open: &[Open<'_>]) -> bool {
    matches!(open.first(), Some(Open::Call("tr", argument)) if *argument > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<(usize, String)> {
        let expression = Expression::cut(text).unwrap();
        let whole = expression.with_keys(|_, key| Ok::<_, ()>(key.text.to_owned()));
        assert_eq!(whole.as_deref(), Ok(text), "nothing is lost");
        expression.keys().map(|key| (key.script, key.text.to_owned())).collect()
    }

    #[test]
    fn keys_are_told_from_numbers_and_hashes() {
        let own = |script: usize, text: &str| (script, text.to_owned());
        assert_eq!(keys("wpkh([0/84h]K/<0;1>/*)"), [own(0, "[0/84h]K/<0;1>/*")]);
        assert_eq!(
            keys("wsh(or_d(multi(2,A,B),and_v(v:pkh(C/0/*),sln:older(144))))"),
            [own(0, "A"), own(0, "B"), own(0, "C/0/*")]
        );
        assert_eq!(keys("wsh(andor(pk(A),sha256(BEEF),after(5)))"), [own(0, "A")]);
        assert_eq!(
            keys("tr(I,{pk(A),{and_v(v:pk(B),older(1)),multi_a(1,C,D)}})"),
            [own(0, "I"), own(1, "A"), own(2, "B"), own(3, "C"), own(3, "D")]
        );
        assert_eq!(keys("sh(A)"), []);
        assert_eq!(keys(")))"), []);
    }

    #[test]
    fn a_key_falls_into_origin_key_and_steps() {
        let expression = Expression::cut("tr([d34db33f/86h]K/<0;1>/*,pk(L))").unwrap();
        let keys: Vec<KeyText<'_>> = expression.keys().collect();
        assert_eq!((keys[0].origin(), keys[0].key()), (Some("d34db33f/86h"), "K"));
        assert_eq!((keys[0].steps(), keys[0].at), ("/<0;1>/*", 4));
        assert_eq!((keys[1].origin(), keys[1].key(), keys[1].steps()), (None, "L", ""));
    }

    #[test]
    fn functions_that_are_not_supported_are_named_with_their_place() {
        let error = |text| Expression::cut(text).err();
        assert_eq!(error("combo(K)"), Some((Function::Combo, 1)));
        assert_eq!(error("tr(musig(A,B)/<0;1>/*)"), Some((Function::Musig, 4)));
        assert_eq!(error("rawtr(K)"), Some((Function::Rawtr, 1)));
    }
}
