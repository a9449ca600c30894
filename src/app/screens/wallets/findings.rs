//! What the judge of a registration found, in words: what is so, and what to do.

use super::super::*;
use super::words::Names;
use crate::review::{duration, lock_words};
use crate::wallet::registration::Adaptation;
use crate::wallet::{ChainCodeOf, Grade, RegistrationFinding as Finding, Unspendable};

/// Writes one finding.
pub(super) fn write(text: &mut Text, finding: &Finding, names: &Names<'_>) {
    let (mark, tone) = match finding.grade() {
        Grade::Refuse => ("REFUSED  ", Tone::Refuse),
        Grade::Warn => ("WARNING  ", Tone::Warn),
        Grade::Note => ("note     ", Tone::Faint),
    };
    let words = Tone::Plain;
    text.line(Line::toned(tone, mark).and(words, sentence(finding, names)).hang(9));
}

fn sentence(finding: &Finding, names: &Names<'_>) -> String {
    let key = |signer: &usize| format!("Key {} ({})", signer + 1, names.name(*signer));
    match finding {
        Finding::Unsound(error) => error.to_string(),
        Finding::FalselyYours { signer } => format!(
            "Key {} names the open seed, but the seed does not give this key: it was exchanged, or the \
             seed has another passphrase.",
            signer + 1
        ),
        Finding::NotYours => {
            "None of the keys is the open seed's: it could sign nothing here. Is it the \
             right seed, with its passphrase?"
                .into()
        }
        Finding::YoursUnnamed { signer, said } => {
            let said = said.map_or("no fingerprint".into(), |said| format!("fingerprint {said}"));
            format!(
                "Key {} is the open seed's but stands there with {said}: what the coordinator sends \
                 would not be recognised. Export it anew with the right origin.",
                signer + 1
            )
        }
        Finding::UnusualPath { signer, path, usual } => format!(
            "{} stands at m/{path}. Other programs look for it at m/{usual}: note the path with \
             the backup.",
            key(signer)
        ),
        Finding::OtherNetwork { signer } => format!(
            "The path of key {} ({}) is that of another network. Ask the coordinator why.",
            signer + 1,
            names.name(*signer)
        ),
        Finding::MixedNetworks => {
            "Some keys' paths are of the main network and some of a test network. \
             Do not use a key for both."
                .into()
        }
        Finding::SeveralHeld { signers } => format!(
            "This appliance holds keys {}: whoever has it counts as all of them.",
            names.several(signers)
        ),
        Finding::SameSeed { fingerprint, signers } => format!(
            "Keys {} say that they come from one seed, {fingerprint}: whoever has it counts as all of \
             them.",
            names.several(signers)
        ),
        Finding::KeyElsewhere { signer, wallet } => format!(
            "{} is also in the wallet {wallet}. Addresses that show one key in two wallets tie them \
             together.",
            key(signer)
        ),
        Finding::FingerprintElsewhere { signer, wallet } => format!(
            "{} has a fingerprint that is also in the wallet {wallet}, with another key: one seed for \
             both, or one of the two is false.",
            key(signer)
        ),
        Finding::OneOfMany { of } => {
            format!("Any one of {of} can spend alone. Is that what you all want?")
        }
        Finding::NoSpare { of } => format!(
            "All {of} keys are needed and there is no other way: if one is lost, all coins are."
        ),
        Finding::LockNear { lock, seconds } => {
            let opens = match seconds {
                0 => "is open already".into(),
                seconds => format!("opens in {}", duration(*seconds)),
            };
            format!("One way to spend ({}) {opens}.", lock_words(*lock))
        }
        Finding::InternalKeySpends { signer } => format!(
            "{} can spend everything at any time: it is Taproot's internal key, whatever the leaves \
             say.",
            key(signer)
        ),
        Finding::InternalKeyOfNobody(why) => nobodys(*why).into(),
        Finding::FixedKey { signer } => format!(
            "{} is the same in every address: all payments to it can be tied together.",
            key(signer)
        ),
        Finding::NoOrigin { signer } => format!(
            "{} has no origin (fingerprint and path): its signer may not know that it is its own. \
             Export the wallet with origins.",
            key(signer)
        ),
        Finding::OriginsDiffer { signer } => format!(
            "{} stands in several places with different origins: one of them is false.",
            key(signer)
        ),
        Finding::Depth { signer, path, key: depth } => format!(
            "{} says a path of {path} steps, and the key itself one of {depth}: one of the two is false.",
            key(signer)
        ),
        Finding::SeveralPaths { signer } => format!(
            "{} stands at the same steps in several scripts: a signature for one shows which others \
             there are.",
            key(signer)
        ),
        Finding::Malleable => {
            "Others can change a spend's witness on its way, and so its fee rate. Ask \
             the wallet's maker for a policy that cannot be changed."
                .into()
        }
        Finding::OrderCounts => {
            "The order of the keys counts: with another order it is another wallet. \
             Keep the descriptor itself in the backup."
                .into()
        }
        Finding::Unchecked => {
            "Only the keys have a checksum, not what stands between them. Compare \
             everything above with your cosigners, and the first address."
                .into()
        }
        Finding::Adapted(Adaptation::Prefix { number, prefix }) => {
            format!(
                "Key {number} was written as {}...; it is shown here as others write it.",
                prefix.letters(names.network())
            )
        }
        Finding::Adapted(Adaptation::ChangeChain) => {
            "Only receive addresses were described; the usual \
             change addresses (/1/*) were added."
                .into()
        }
        Finding::Adapted(Adaptation::Chains) => {
            "No chains were described; the usual ones for receiving \
             and change (/0/* and /1/*) were taken."
                .into()
        }
    }
}

fn nobodys(why: Unspendable) -> &'static str {
    match why {
        Unspendable::Point => {
            "Taproot's internal key is BIP341's point that nobody has a private key for, the same in \
             every address: every spend shows that it is so."
        }
        Unspendable::Extended(ChainCodeOf::KeysInOrder | ChainCodeOf::KeysSorted) => {
            "Nobody can spend with Taproot's internal key: it is made from BIP341's point and the \
             keys below, and can be made again from them."
        }
        Unspendable::Extended(ChainCodeOf::Zero | ChainCodeOf::Other) => {
            "Nobody can spend with Taproot's internal key: it is made from BIP341's point. It cannot be \
             made again from the other keys: keep the descriptor itself in the backup."
        }
    }
}
