//! The executed script read as miniscript: whose keys stand in it, and what satisfying it takes.

use super::sizes::{Cost, KeyName, Scale, satisfaction};
use bitcoin::{PublicKey, Script, XOnlyPublicKey};
use miniscript::miniscript::analyzable::ExtParams;
use miniscript::{Legacy, Miniscript, ScriptContext, Segwitv0, Tap, Terminal, ToPublicKey};

/// No longer script is read (BIP141's limit for a witness script).
const LONGEST: usize = 10_000;

/// A script that is miniscript.
pub(super) enum Program {
    Legacy(Miniscript<PublicKey, Legacy>),
    Segwit(Miniscript<PublicKey, Segwitv0>),
    Tap(Miniscript<XOnlyPublicKey, Tap>),
}

impl Program {
    /// A P2SH redeem script.
    pub(super) fn legacy(script: &Script) -> Option<Self> {
        read(script).map(Self::Legacy)
    }

    /// A P2WSH witness script.
    pub(super) fn segwit(script: &Script) -> Option<Self> {
        read(script).map(Self::Segwit)
    }

    /// A Taproot leaf of BIP342's version.
    pub(super) fn tap(script: &Script) -> Option<Self> {
        read(script).map(Self::Tap)
    }

    /// Its keys, in the script's order.
    pub(super) fn keys(&self) -> Vec<KeyName> {
        match self {
            Self::Legacy(script) => names(script),
            Self::Segwit(script) => names(script),
            Self::Tap(script) => names(script),
        }
    }

    /// What satisfying it takes.
    pub(super) fn cost(&self, scale: &Scale<'_>) -> Option<Cost> {
        match self {
            Self::Legacy(script) => satisfaction(script, scale),
            Self::Segwit(script) => satisfaction(script, scale),
            Self::Tap(script) => satisfaction(script, scale),
        }
    }
}

fn read<Ctx: ScriptContext>(script: &Script) -> Option<Miniscript<Ctx::Key, Ctx>> {
    if script.len() > LONGEST {
        return None;
    }
    Miniscript::parse_with_ext(script, &ExtParams::allow_all()).ok()
}

fn names<Ctx: ScriptContext>(script: &Miniscript<Ctx::Key, Ctx>) -> Vec<KeyName>
where
    Ctx::Key: ToPublicKey,
{
    let name = |key: &Ctx::Key| KeyName::of::<Ctx>(key);
    let mut names = Vec::new();
    for fragment in script.iter() {
        match &fragment.node {
            Terminal::PkK(key) | Terminal::PkH(key) => names.push(name(key)),
            Terminal::RawPkH(hash) => names.push(KeyName::Hash(*hash)),
            Terminal::Multi(keys) => names.extend(keys.iter().map(name)),
            Terminal::MultiA(keys) => names.extend(keys.iter().map(name)),
            _ => {}
        }
    }
    names
}
