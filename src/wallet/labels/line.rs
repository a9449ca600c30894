//! One line.

use super::{Label, LabelFault, Labelled, Labels};
use bitcoin::OutPoint;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// The fields that are known here. Others are passed over, one of these twice is a fault.
#[derive(Serialize, Deserialize)]
struct Fields<'a> {
    #[serde(rename = "type")]
    kind: std::borrow::Cow<'a, str>,
    #[serde(rename = "ref")]
    reference: std::borrow::Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<std::borrow::Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    spendable: Option<bool>,
}

pub(super) fn read(line: &str) -> Result<Label, LabelFault> {
    if line.len() > Labels::LONGEST_LINE {
        return Err(LabelFault::Long);
    }
    let fields: Fields<'_> =
        serde_json::from_str(line).map_err(|error| LabelFault::Json { column: error.column() })?;
    let reference = of(&fields.kind, &fields.reference, fields.spendable)?;
    Ok(Label::new(reference, fields.label.as_deref()))
}

pub(super) fn write(label: &Label) -> String {
    let spendable = match label.reference {
        Labelled::Output { spendable, .. } => spendable,
        _ => None,
    };
    let fields = Fields {
        kind: label.reference.kind().into(),
        reference: label.reference.text().into(),
        label: label.text().map(Into::into),
        spendable,
    };
    // a struct of texts and a truth value has nothing that could fail to be written
    serde_json::to_string(&fields).unwrap_or_default()
}

fn of(kind: &str, text: &str, spendable: Option<bool>) -> Result<Labelled, LabelFault> {
    fn parsed<T: FromStr>(text: &str) -> Result<T, LabelFault> {
        text.parse().map_err(|_| LabelFault::Reference)
    }
    let reference = match kind {
        "tx" => Labelled::Transaction(parsed(text)?),
        "addr" => Labelled::Address(parsed(text)?),
        "pubkey" if text.len() == 64 => Labelled::XOnlyKey(parsed(text)?),
        "pubkey" => Labelled::PublicKey(parsed(text)?),
        "input" => Labelled::Input(parsed(text)?),
        "output" => Labelled::Output { outpoint: parsed::<OutPoint>(text)?, spendable },
        "xpub" => Labelled::ExtendedKey(parsed(text)?),
        _ => return Err(LabelFault::Type),
    };
    match (&reference, spendable) {
        (Labelled::Output { .. }, _) | (_, None) => Ok(reference),
        _ => Err(LabelFault::Spendable),
    }
}

impl Labelled {
    /// BIP329's name of the type.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Transaction(_) => "tx",
            Self::Address(_) => "addr",
            Self::PublicKey(_) | Self::XOnlyKey(_) => "pubkey",
            Self::Input(_) => "input",
            Self::Output { .. } => "output",
            Self::ExtendedKey(_) => "xpub",
        }
    }

    /// The reference as it is written.
    pub fn text(&self) -> String {
        match self {
            Self::Transaction(txid) => txid.to_string(),
            // which network it is for is asked where it is used
            Self::Address(address) => address.assume_checked_ref().to_string(),
            Self::PublicKey(key) => key.to_string(),
            Self::XOnlyKey(key) => key.to_string(),
            Self::Input(outpoint) | Self::Output { outpoint, .. } => outpoint.to_string(),
            Self::ExtendedKey(key) => key.to_string(),
        }
    }

    /// What tells one thing from another.
    pub(super) fn key(&self) -> (&'static str, String) {
        (self.kind(), self.text())
    }
}
