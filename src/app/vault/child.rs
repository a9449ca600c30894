//! A child secret (BIP85) as the screens know it and as the vault keeps it.

use crate::app::backup::Child;
use crate::keys::{Application, Language};
use crate::vault::contents::{self, Date, Text};
use bitcoin::bip32::ChildNumber;

/// Most bytes of a purpose in a vault.
const PURPOSE: usize = 64;

/// As the vault keeps it. None where its path says more than the vault can keep.
pub(super) fn kept(child: &Child) -> Option<contents::Child> {
    let (application, detail) = code(child.application)?;
    let when = Date(child.at.unwrap_or(0));
    let purpose = purpose(&child.purpose);
    Some(contents::Child { application, detail, index: child.index, purpose, when })
}

/// As the screens know it. None for an application that this program does not know.
pub(super) fn known(kept: &contents::Child) -> Option<Child> {
    let same =
        |application: &Application| code(*application) == Some((kept.application, kept.detail));
    let at = (kept.when.0 > 0).then_some(kept.when.0);
    let purpose = kept.purpose.as_str().into();
    Some(Child { application: applications().find(same)?, index: kept.index, purpose, at })
}

/// The application's number in its path, and what else the path says before the index, a byte each.
fn code(application: Application) -> Option<(u32, u32)> {
    let path = application.path(0).ok()?;
    let number = |step: &ChildNumber| match step {
        ChildNumber::Hardened { index } | ChildNumber::Normal { index } => *index,
    };
    let numbers: Vec<u32> = path.as_ref().iter().map(number).collect();
    let [_, application, details @ .., _] = &numbers[..] else { return None };
    Some((*application, details.iter().fold(0, |code, detail| code << 8 | detail)))
}

/// Every application that there is.
fn applications() -> impl Iterator<Item = Application> {
    let words = Language::ALL.into_iter().flat_map(|language| {
        [12, 15, 18, 21, 24].map(|count| Application::Words { language, count })
    });
    words
        .chain([Application::Wif, Application::Xprv])
        .chain((16..=64).map(|bytes| Application::Hex { bytes }))
        .chain((20..=86).map(|length| Application::Base64Password { length }))
        .chain((10..=80).map(|length| Application::Base85Password { length }))
}

/// As much of a purpose as there is room for, in characters that every screen can show.
fn purpose(purpose: &str) -> Text<PURPOSE> {
    let shown = crate::wallet::visible(purpose);
    let fits = |end: &usize| shown.is_char_boundary(*end);
    let end = (0..=shown.len().min(PURPOSE)).rev().find(fits).unwrap_or(0);
    Text::new(&shown[..end]).unwrap_or_else(|_| Text::new("").expect("an empty text fits"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_child_comes_back_as_it_was() {
        for application in applications() {
            let purpose = "the phone, and more".into();
            let child = Child { application, index: 7, purpose, at: Some(5) };
            let there = kept(&child).expect("it is kept");
            assert!(known(&there) == Some(child));
        }
        assert_eq!(
            code(Application::Words { language: Language::English, count: 12 }),
            Some((39, 12))
        );
    }

    #[test]
    fn a_long_purpose_is_cut_where_a_character_ends() {
        assert_eq!(purpose(&"\u{fc}".repeat(40)).as_str(), "\u{fc}".repeat(32));
    }
}
