//! Wallet policies (BIP388): a template with `@0/**` for its keys, and the keys. The rules are kept to
//! the letter.

use super::adapt::{Draft, Steps, cut};
use super::{CosignerKey, Form, Integrity, Reader, Registration, RegistrationError};
use crate::wallet::expression::KeyText;

/// Most keys of a policy.
const MOST: usize = 100;

/// A rule of BIP388 that a policy breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PolicyRule {
    /// A key stands in the template itself. Holds its place, from 1.
    KeyInTemplate(usize),
    /// `@` stands where no key may. Holds how many do.
    Misplaced,
    /// A placeholder is not `@` and a number without leading zeros. Holds its place, from 1.
    Placeholder(usize),
    /// What follows a placeholder is neither `/**` nor `/<M;N>/*` with two different numbers. Holds
    /// the placeholder's number.
    Steps(usize),
    /// A placeholder stands before the one before it. Holds its number.
    Order(usize),
    /// A placeholder without a key in the list. Holds its number.
    NoKey(usize),
    /// A key in the list without a placeholder. Holds its number, from 0.
    Unused(usize),
    /// A key in the list that cannot be used. Holds its number, from 0.
    Key(usize, super::KeyError),
    /// Two keys in the list are the same. Holds both numbers, from 0.
    SameKey(usize, usize),
    /// Two uses of one placeholder share a chain. Holds its number.
    Overlap(usize),
    /// No placeholder at all.
    None,
    /// More keys than are read.
    TooMany,
}

impl std::fmt::Display for PolicyRule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::KeyInTemplate(at) => write!(
                f,
                "The policy's template has a key at character {at} where only @0, @1 and so on may \
                 stand"
            ),
            Self::Misplaced => write!(f, "The policy's template has an @ where no key may stand"),
            Self::Placeholder(at) => {
                write!(f, "The policy's placeholder at character {at} is not @ with a number")
            }
            Self::Steps(number) => write!(
                f,
                "After the policy's placeholder @{number} stands neither /** nor /<M;N>/* with two \
                 different numbers"
            ),
            Self::Order(number) => write!(
                f,
                "The policy's placeholder @{number} stands before all those with lower numbers"
            ),
            Self::NoKey(number) => write!(f, "The policy has no key for its placeholder @{number}"),
            Self::Unused(number) => write!(f, "The policy's template does not use key @{number}"),
            Self::Key(number, why) => write!(f, "The policy's key @{number}: {why}"),
            Self::SameKey(one, other) => {
                write!(f, "The policy's keys @{one} and @{other} are the same")
            }
            Self::Overlap(number) => write!(
                f,
                "The policy uses one chain of key @{number} twice: its numbers must all differ"
            ),
            Self::None => write!(f, "The policy's template has no placeholder"),
            Self::TooMany => write!(f, "The policy has more than {MOST} keys"),
        }?;
        f.write_str(". Export the wallet again.")
    }
}

impl std::error::Error for PolicyRule {}

/// A policy from its template and its keys.
pub(super) fn read(
    reader: &Reader<'_>,
    name: Option<&str>,
    template: &str,
    keys: &[&str],
) -> Result<Registration, RegistrationError> {
    let body = compile(template, keys)?;
    let draft = Draft {
        body: &body,
        name,
        form: Form::Policy,
        integrity: Integrity::KeysOnly,
        steps: Steps::Written,
    };
    draft.finish(reader)
}

/// The descriptor's text without its checksum.
fn compile(template: &str, keys: &[&str]) -> Result<String, RegistrationError> {
    if keys.len() > MOST {
        return Err(PolicyRule::TooMany.into());
    }
    let mut infos: Vec<CosignerKey> = Vec::with_capacity(keys.len());
    for (number, text) in keys.iter().enumerate() {
        let key = match text.strip_suffix('*') {
            Some(_) => Err(super::KeyError::Rest),
            None => CosignerKey::read(text),
        };
        let key = key.map_err(|why| PolicyRule::Key(number, why))?;
        if let Some(same) = infos.iter().position(|one| one.key.public_key == key.key.public_key) {
            return Err(PolicyRule::SameKey(same, number).into());
        }
        infos.push(key);
    }
    let expression = cut(template)?;
    if expression.keys().count() != template.matches('@').count() {
        let own = expression.keys().find(|key| !key.text.starts_with('@'));
        return Err(own
            .map_or(PolicyRule::Misplaced, |key| PolicyRule::KeyInTemplate(key.at))
            .into());
    }
    let mut used: Vec<Vec<u32>> = Vec::new();
    let body = expression.with_keys(|_, key| {
        let (number, chains) = placeholder(&key)?;
        if number > used.len() {
            return Err(PolicyRule::Order(number));
        }
        if number == used.len() {
            used.push(Vec::new());
        }
        let info = keys.get(number).ok_or(PolicyRule::NoKey(number))?;
        if chains.iter().any(|chain| used[number].contains(chain)) {
            return Err(PolicyRule::Overlap(number));
        }
        used[number].extend(chains);
        let [receive, change] = chains;
        Ok(format!("{info}/<{receive};{change}>/*"))
    })?;
    if used.is_empty() {
        return Err(PolicyRule::None.into());
    }
    if used.len() < keys.len() {
        return Err(PolicyRule::Unused(used.len()).into());
    }
    Ok(body)
}

/// `@3/**` or `@3/<M;N>/*`: the number and the chains.
fn placeholder(key: &KeyText<'_>) -> Result<(usize, [u32; 2]), PolicyRule> {
    let text = key.text.strip_prefix('@').ok_or(PolicyRule::KeyInTemplate(key.at))?;
    let digits = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
    let (number, steps) = text.split_at(digits);
    let number = decimal(number).ok_or(PolicyRule::Placeholder(key.at))? as usize;
    if steps == "/**" {
        return Ok((number, [0, 1]));
    }
    let chains = || {
        let (receive, change) = steps.strip_prefix("/<")?.strip_suffix(">/*")?.split_once(';')?;
        let chains = [decimal(receive)?, decimal(change)?];
        (chains[0] != chains[1]).then_some(chains)
    };
    Ok((number, chains().ok_or(PolicyRule::Steps(number))?))
}

/// A number below 2^31 without leading zeros.
fn decimal(text: &str) -> Option<u32> {
    let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = text.parse().ok().filter(|number| plain && *number < 1 << 31)?;
    (text == "0" || !text.starts_with('0')).then_some(number)
}
