//! Bitcoin Core's descriptors in JSON: what `listdescriptors` shows and `importdescriptors` takes.

use super::json::{field, optional};
use super::{Form, Integrity, Part, Reader, Reading, RegistrationError, descriptors};
use serde_json::Value;

/// Most descriptors that are read: a wallet of Core has eight.
const MOST: usize = 32;

/// Each pair of chains is one wallet. `at` is the path to the list, for errors.
pub(super) fn read(
    reader: &Reader<'_>,
    at: &str,
    list: &[Value],
) -> Result<Reading, RegistrationError> {
    if list.is_empty() || list.len() > MOST {
        return Err(field(&format!("{at}[{}]", list.len()), Part::Count));
    }
    let mut bodies: Vec<(usize, &str, Integrity)> = Vec::new();
    for (number, entry) in list.iter().enumerate() {
        let inactive = entry.get("active").and_then(Value::as_bool) == Some(false);
        let text = entry
            .as_object()
            .and_then(|entry| optional(entry, "desc"))
            .ok_or_else(|| field(&format!("{at}[{number}].desc"), Part::Missing))?;
        if !inactive {
            let (body, integrity) = descriptors::checked_if_given(text)?;
            bodies.push((number, body, integrity));
        }
    }
    let mut reading = Reading { wallets: Vec::new(), cosigners: Vec::new() };
    while !bodies.is_empty() {
        let (_, first, integrity) = bodies.remove(0);
        let partner = bodies
            .iter()
            .enumerate()
            .find_map(|(place, (_, other, _))| Some((place, descriptors::pair(first, other)?)));
        let body = match partner {
            Some((place, both)) => {
                bodies.remove(place);
                both
            }
            None => first.to_owned(),
        };
        let draft = descriptors::descriptor(&body, None, Form::CoreJson, integrity);
        reading.wallets.push(draft.finish(reader)?);
    }
    match reading.wallets.is_empty() {
        true => Err(field(&format!("{at}[0].active"), Part::Value)),
        false => Ok(reading),
    }
}
