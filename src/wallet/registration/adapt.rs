//! A descriptor as others write it, put into the form that a [`Wallet`] is read from: `xpub` keys that
//! end in `/<0;1>/*`, and a checksum.

use super::{Form, Integrity, Reader, Registration, RegistrationError};
use crate::wallet::expression::{Expression, KeyText};
use crate::wallet::{Prefix, Wallet, WalletError, read_extended_key, visible};
use miniscript::descriptor::checksum::desc_checksum;

/// Something that was put in other words. Each changes what was written, so each is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Adaptation {
    /// Key `number` (from 1, in the order of the text) had this prefix of SLIP-132.
    Prefix {
        /// Its number.
        number: usize,
        /// What it had instead of `xpub`.
        prefix: Prefix,
    },
    /// Only receive addresses were written down; the change chain was taken to be the usual `/1/*`.
    ChangeChain,
    /// No chains were written down; the usual `/<0;1>/*` were taken.
    Chains,
}

/// How a form writes the steps below its keys.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Steps {
    /// As BIP389 has them; a receive chain alone gets the usual change chain.
    Written,
    /// None: the account's key, whose chains are understood (UR, Coldcard, JSON).
    Understood,
    /// `/*` stands for both chains (Nunchuk's BSMS, where the first address is the proof).
    AnyChild,
}

/// A descriptor's text without its checksum, and what is known about it.
pub(super) struct Draft<'a> {
    pub(super) body: &'a str,
    /// Its name, where the form has one.
    pub(super) name: Option<&'a str>,
    pub(super) form: Form,
    pub(super) integrity: Integrity,
    pub(super) steps: Steps,
}

impl Draft<'_> {
    /// The registration that it is.
    pub(super) fn finish(self, reader: &Reader<'_>) -> Result<Registration, RegistrationError> {
        let mut adaptations = Vec::new();
        let body = rewrite(self.body, self.steps, &mut adaptations)?;
        let checksum = desc_checksum(&body).map_err(|error| {
            RegistrationError::Wallet(WalletError::Malformed(visible(&error.to_string())))
        })?;
        let name = self.name.filter(|name| !name.trim().is_empty()).unwrap_or(reader.name);
        let wallet = Wallet::parse(&format!("{body}#{checksum}"), name, reader.network)?;
        let labels = vec![None; wallet.signers().len()];
        Ok(Registration { wallet, form: self.form, integrity: self.integrity, adaptations, labels })
    }
}

impl Registration {
    /// Gives the signers with these extended keys (in any prefix) their labels.
    pub(super) fn labelled(mut self, labels: &[(String, String)]) -> Self {
        for (key, label) in labels {
            let Ok((key, _)) = read_extended_key(key) else { continue };
            let text = key.to_string();
            let place = self.wallet.signers().iter().position(|signer| signer.text() == text);
            if let Some(place) = place.filter(|_| !label.trim().is_empty()) {
                self.labels[place] = Some(visible(label.trim()).chars().take(LABEL).collect());
            }
        }
        self
    }
}

/// Longest label of a key in characters.
const LABEL: usize = 40;

fn rewrite(
    body: &str,
    steps: Steps,
    adaptations: &mut Vec<Adaptation>,
) -> Result<String, RegistrationError> {
    let expression = cut(body)?;
    // one rule for all keys, so that a chain is never added to one key alone
    let all = |form: &dyn Fn(&str) -> bool| {
        expression.keys().filter(is_extended).all(|key| form(key.steps()))
    };
    let (from, to) = match steps {
        Steps::Written if all(&|steps| steps.ends_with("/0/*") && !steps.contains('<')) => {
            adaptations.push(Adaptation::ChangeChain);
            ("/0/*", "/<0;1>/*")
        }
        Steps::Understood if all(&str::is_empty) => {
            adaptations.push(Adaptation::Chains);
            ("", "/<0;1>/*")
        }
        Steps::AnyChild if all(&|steps| steps == "/*") => {
            adaptations.push(Adaptation::Chains);
            ("/*", "/<0;1>/*")
        }
        Steps::Understood => return rewrite(body, Steps::Written, adaptations),
        _ => ("", ""),
    };
    expression.with_keys(|number, key| {
        if !is_extended(&key) {
            return Ok(key.text.to_owned());
        }
        let (xpub, prefix) = read_extended_key(key.key()).map_err(|why| {
            RegistrationError::Key { number: number + 1, at: key.at, why: why.into() }
        })?;
        let text = match prefix {
            Prefix::Any => key.key().to_owned(),
            prefix => {
                adaptations.push(Adaptation::Prefix { number: number + 1, prefix });
                xpub.to_string()
            }
        };
        let origin = key.origin().map(|origin| format!("[{origin}]")).unwrap_or_default();
        let below = key.steps().strip_suffix(from).unwrap_or(key.steps());
        Ok(format!("{origin}{text}{below}{to}"))
    })
}

/// Cuts a descriptor's text into its keys.
pub(super) fn cut(body: &str) -> Result<Expression<'_>, RegistrationError> {
    Expression::cut(body).map_err(|(function, at)| WalletError::Unsupported { function, at }.into())
}

/// By its letters: every prefix has `pub` from the second one.
pub(super) fn is_extended(key: &KeyText<'_>) -> bool {
    key.key().get(1..4) == Some("pub")
}
