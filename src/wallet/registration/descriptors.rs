//! Output descriptors as text: one with both chains (BIP389), one for each chain, or all three, as
//! Sparrow writes them; wallet policies whose keys follow in lines.

use super::adapt::{Draft, Steps, cut};
use super::{Form, Integrity, Reader, Reading, Registration, RegistrationError, policy};
use crate::wallet::WalletError;
use crate::wallet::expression::KeyText;
use miniscript::descriptor::checksum::desc_checksum;

pub(super) fn read(reader: &Reader<'_>, text: &str) -> Result<Reading, RegistrationError> {
    // Specter-DIY and Krux: addwallet NAME&DESCRIPTOR
    let (name, text) = match text.strip_prefix("addwallet ").and_then(|rest| rest.split_once('&')) {
        Some((name, rest)) => (Some(name), rest),
        None => (None, text),
    };
    let lines = (1..).zip(text.lines().map(str::trim));
    let lines: Vec<(usize, &str)> =
        lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#')).collect();
    let Some((first, rest)) = lines.split_first() else {
        return Err(RegistrationError::Unknown);
    };
    if !looks_so(first.1) {
        return Err(RegistrationError::Unknown);
    }
    if first.1.contains('@') {
        let keys: Vec<&str> = rest.iter().map(|(_, key)| *key).collect();
        return Ok(Reading::of(policy::read(reader, name, first.1, &keys)?));
    }
    let mut bodies = Vec::with_capacity(lines.len());
    for (line, text) in &lines {
        bodies.push((*line, checked(text)?));
    }
    Ok(Reading::of(of_chains(reader, name, &bodies)?))
}

/// `name(` ...
fn looks_so(line: &str) -> bool {
    line.split_once('(').is_some_and(|(name, _)| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
    })
}

/// The text before its checksum, which must be there and right (BIP380).
pub(super) fn checked(text: &str) -> Result<&str, RegistrationError> {
    let (body, given) = match text.rsplit_once('#') {
        Some((body, given)) => (body, Some(given)),
        None => (text, None),
    };
    let right = desc_checksum(body)
        .map_err(|error| WalletError::Malformed(crate::wallet::visible(&error.to_string())))?;
    match given {
        Some(given) if given == right => Ok(body),
        Some(_) => Err(WalletError::Checksum(right).into()),
        None => Err(WalletError::NoChecksum(right).into()),
    }
}

/// The text before its checksum, which is held against it where there is one.
pub(super) fn checked_if_given(text: &str) -> Result<(&str, Integrity), RegistrationError> {
    match text.contains('#') {
        true => Ok((checked(text)?, Integrity::Checksum)),
        false => Ok((text, Integrity::KeysOnly)),
    }
}

/// One wallet from the descriptors of its chains.
fn of_chains(
    reader: &Reader<'_>,
    name: Option<&str>,
    bodies: &[(usize, &str)],
) -> Result<Registration, RegistrationError> {
    let both = bodies.iter().position(|(_, body)| body.contains('<'));
    let body = match (both, bodies) {
        (Some(place), _) => {
            let whole = bodies[place].1;
            for (_, (line, body)) in bodies.iter().enumerate().filter(|(at, _)| *at != place) {
                let chain = |number| {
                    cut(whole)
                        .ok()
                        .and_then(|whole| whole.chain(number))
                        .is_some_and(|one| same(&one, body))
                };
                if !chain(0) && !chain(1) {
                    return Err(RegistrationError::Disagree { line: *line });
                }
            }
            whole.to_owned()
        }
        (None, [(_, one)]) => (*one).to_owned(),
        (None, [(_, one), (line, other)]) => {
            pair(one, other).ok_or(RegistrationError::Disagree { line: *line })?
        }
        (None, several) => {
            let line = several.get(2).map_or(1, |(line, _)| *line);
            return Err(RegistrationError::Disagree { line });
        }
    };
    descriptor(&body, name, Form::Descriptor, Integrity::Checksum).finish(reader)
}

/// A descriptor that was checked.
pub(super) fn descriptor<'a>(
    body: &'a str,
    name: Option<&'a str>,
    form: Form,
    integrity: Integrity,
) -> Draft<'a> {
    Draft { body, name, form, integrity, steps: Steps::Written }
}

/// The two signs of a hardened step are one.
fn same(one: &str, other: &str) -> bool {
    let plain = |text: &str| text.replace('\'', "h");
    plain(one) == plain(other)
}

/// The descriptor with both chains, of one for each: they may differ in one step of each key. The
/// receive chain is the one with the lower step, else the first.
pub(super) fn pair(one: &str, other: &str) -> Option<String> {
    let (first, second) = (cut(one).ok()?, cut(other).ok()?);
    let theirs: Vec<KeyText<'_>> = second.keys().collect();
    // what stands between the keys must be the same
    let bare = |_: usize, _: KeyText<'_>| Ok::<_, ()>("K".to_owned());
    if first.with_keys(bare) != second.with_keys(bare) || first.keys().count() != theirs.len() {
        return None;
    }
    let mut swapped = None;
    let text = first.with_keys(|number, key| {
        let other = theirs.get(number).ok_or(())?;
        if same(key.text, other.text) {
            return Ok(key.text.to_owned());
        }
        let head =
            |key: &KeyText<'_>| (key.origin().map(|o| o.replace('\'', "h")), key.key().to_owned());
        if head(&key) != head(other) {
            return Err(());
        }
        let (ours, theirs) = (key.steps().split('/'), other.steps().split('/'));
        let (ours, theirs): (Vec<&str>, Vec<&str>) = (ours.collect(), theirs.collect());
        if ours.len() != theirs.len() {
            return Err(());
        }
        let mut differ = (0..ours.len()).filter(|place| ours[*place] != theirs[*place]);
        let (Some(place), None) = (differ.next(), differ.next()) else { return Err(()) };
        let number = |step: &str| step.parse::<u32>().map_err(|_| ());
        let turned = number(theirs[place])? < number(ours[place])?;
        if *swapped.get_or_insert(turned) != turned {
            return Err(());
        }
        let (receive, change) =
            if turned { (theirs[place], ours[place]) } else { (ours[place], theirs[place]) };
        let both = format!("<{receive};{change}>");
        let mut steps = ours.clone();
        steps[place] = &both;
        let head = key.text.strip_suffix(key.steps()).ok_or(())?;
        Ok(format!("{head}{}", steps.join("/")))
    });
    text.ok().filter(|text| text.contains('<'))
}
