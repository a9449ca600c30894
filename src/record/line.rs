//! The lines of a record, and how each is bound to all before it.

use super::event::Said;
use super::header::Header;
use super::json;
use super::text::{Digest, Salt, Whole};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

/// Who may read an event. Each level reads what the levels before it read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Everybody.
    Public,
    /// An auditor.
    Auditor,
    /// The people who were there.
    Internal,
}

impl Level {
    /// All, from the one that shows least.
    pub const ALL: [Self; 3] = [Self::Public, Self::Auditor, Self::Internal];

    fn byte(self) -> u8 {
        match self {
            Self::Public => 0,
            Self::Auditor => 1,
            Self::Internal => 2,
        }
    }
}

/// An event's line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EventLine {
    pub(super) event: Content,
    pub(super) level: Level,
    pub(super) link: Digest,
    pub(super) n: Whole,
}

/// An event, or what is left of one that is withheld.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Content {
    Open(Open),
    Withheld(Digest),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Open {
    pub(super) said: Said,
    pub(super) salt: Salt,
}

impl Content {
    pub(super) fn leaf(&self) -> Digest {
        match self {
            Self::Open(open) => digest("leaf", &[&open.salt.0, json::write(&open.said).as_bytes()]),
            Self::Withheld(leaf) => *leaf,
        }
    }
}

/// The link before the first event.
pub(super) fn first(header: &Header) -> Digest {
    digest("header", &[json::write(header).as_bytes()])
}

/// The link of event `n`, counted from 1.
pub(super) fn next(before: Digest, n: u64, level: Level, leaf: Digest) -> Digest {
    digest("link", &[&before.0, &n.to_be_bytes(), &[level.byte()], &leaf.0])
}

fn digest(of: &str, parts: &[&[u8]]) -> Digest {
    use sha2::Digest as _;
    let mut hash = Sha256::new().chain_update(domain(of));
    for part in parts {
        hash.update(part);
    }
    Digest(hash.finalize().into())
}

/// What is hashed or signed before the content, so that no digest serves in another place.
pub(super) fn domain(of: &str) -> Vec<u8> {
    format!("Coldlight record {of} 1\0").into_bytes()
}
