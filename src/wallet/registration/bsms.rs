//! BSMS records (BIP129): the descriptor record of round 2, whose first address is derived and
//! compared, and the key record of round 1.

use super::adapt::{Draft, Steps};
use super::{
    CosignerKey, Form, Integrity, Part, Reader, Reading, RegistrationError, cosigner, descriptors,
};
use crate::wallet::{Chain, address, visible};

/// Why a BSMS record is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BsmsError {
    /// Another version than 1.0.
    Version,
    /// Not four lines (a wallet) or five (a key).
    Lines(usize),
    /// Path restrictions other than `/M/*,/N/*` or `No path restrictions`.
    Restrictions,
    /// Another first address than the wallet has. Holds what was said and what is derived.
    FirstAddress {
        /// What the record says, made visible.
        said: String,
        /// What the wallet gives.
        derived: String,
    },
}

impl std::fmt::Display for BsmsError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Version => f.write_str(
                "This BSMS record is of another version than 1.0, the one that is read. Export the \
                 wallet in another form.",
            ),
            Self::Lines(lines) => write!(
                f,
                "This BSMS record has {lines} lines; a wallet's has four and a key's has five. Export \
                 it again."
            ),
            Self::Restrictions => f.write_str(
                "The path restrictions in line 3 of this BSMS record do not name a receive and a \
                 change chain, such as /0/*,/1/*. Make the wallet with both.",
            ),
            Self::FirstAddress { said, derived } => write!(
                f,
                "This BSMS record says that the wallet's first address is {said}, but its descriptor \
                 gives {derived}. One of them was changed: do not use this wallet."
            ),
        }
    }
}

impl std::error::Error for BsmsError {}

const NONE: &str = "No path restrictions";

pub(super) fn read(reader: &Reader<'_>, text: &str) -> Result<Reading, RegistrationError> {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    match lines[..] {
        [version, ..] if version != "BSMS 1.0" => Err(BsmsError::Version.into()),
        [_, descriptor, restrictions, first] => wallet(reader, descriptor, restrictions, first),
        [_, _token, key, label, _signature] => {
            let mut key = CosignerKey::read(key)
                .map_err(|why| RegistrationError::Line { line: 3, why: Part::Key(why) })?;
            key.label = cosigner::label(label);
            Ok(Reading { wallets: Vec::new(), cosigners: vec![key] })
        }
        ref other => Err(BsmsError::Lines(other.len()).into()),
    }
}

fn wallet(
    reader: &Reader<'_>,
    descriptor: &str,
    restrictions: &str,
    first: &str,
) -> Result<Reading, RegistrationError> {
    let (body, _) = descriptors::checked_if_given(descriptor)?;
    let (body, steps) = match restrictions {
        // Nunchuk: any child, and the address tells that the usual chains are meant
        NONE if !body.contains("<") && !body.contains("/0/*") => (body.to_owned(), Steps::AnyChild),
        NONE => (body.to_owned(), Steps::Written),
        restrictions => (body.replace("/**", &chains(restrictions)?), Steps::Written),
    };
    let draft = Draft {
        body: &body,
        name: None,
        form: Form::Bsms,
        integrity: Integrity::FirstAddress,
        steps,
    };
    let registration = draft.finish(reader)?;
    let script = registration.wallet.script(Chain::Receive, 0);
    let derived = script
        .and_then(|script| address(&script, reader.network))
        .ok_or(RegistrationError::Underivable)?;
    if derived != first {
        let said = visible(first).chars().take(100).collect();
        return Err(BsmsError::FirstAddress { said, derived }.into());
    }
    Ok(Reading::of(registration))
}

/// `/0/*,/1/*` as BIP389 has it.
fn chains(restrictions: &str) -> Result<String, BsmsError> {
    let chain = |text: &str| {
        let digits = text.strip_prefix('/')?.strip_suffix("/*")?;
        let number: u32 = digits.parse().ok().filter(|number| *number < 1 << 31)?;
        digits.bytes().all(|byte| byte.is_ascii_digit()).then_some(number)
    };
    restrictions
        .split_once(',')
        .and_then(|(receive, change)| Some((chain(receive)?, chain(change)?)))
        .filter(|(receive, change)| receive != change)
        .map(|(receive, change)| format!("/<{receive};{change}>/*"))
        .ok_or(BsmsError::Restrictions)
}
