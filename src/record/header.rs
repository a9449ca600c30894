//! The first line: what runs, where, and after what.

use super::text::{Bytes, Digest, Name, Run, Whole};
use crate::wallet::Network;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A record's first line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// The image that the machine runs.
    pub image: Image,
    /// The run key's public half, which signs the note.
    pub(super) key: Bytes<32>,
    /// The network at the start.
    #[serde(with = "network")]
    pub network: Network,
    /// The record before this one.
    pub previous: Option<Previous>,
    /// The procedure; none in everyday use.
    pub procedure: Option<ProcedureUsed>,
    /// The format of the record.
    pub(super) record: Format,
    /// A rehearsal is no evidence, whatever it says.
    pub rehearsal: bool,
    /// Which run.
    pub run: Run,
    /// How many records came before, by the receipt of the last one.
    pub sequence: Whole,
}

/// Which image a machine runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Image {
    /// SHA-256 of the image.
    pub digest: Option<Digest>,
    /// How the machine knows it.
    pub known: ImageKnown,
}

/// How a machine knows which image it runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ImageKnown {
    /// It read the boot stick.
    Read,
    /// Somebody says so.
    Claimed,
    /// Not at all: a program on an ordinary computer.
    Unknown,
}

/// The record before, by its receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Previous {
    /// Its fingerprint.
    pub fingerprint: Digest,
    /// Its run.
    pub run: Run,
}

/// Which procedure is run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProcedureUsed {
    /// SHA-256 of its file.
    pub digest: Digest,
    /// Its name in the file.
    pub id: Name,
    /// Its version in the file.
    pub version: Whole,
}

/// The format of a record: 1. Another number is another program's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Format;

impl Serialize for Format {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(1)
    }
}

impl<'de> Deserialize<'de> for Format {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match u64::deserialize(deserializer)? {
            1 => Ok(Self),
            other => Err(serde::de::Error::custom(format!(
                "it is a record of format {other}, and this program knows format 1"
            ))),
        }
    }
}

mod network {
    use super::*;

    pub(super) fn serialize<S: Serializer>(
        network: &Network,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(network.code())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Network, D::Error> {
        let code = String::deserialize(deserializer)?;
        Network::of_code(&code).ok_or_else(|| serde::de::Error::custom("no network has that name"))
    }
}
