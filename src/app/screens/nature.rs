//! What a screen is, for those who only ask: does it hold a secret, may it be left, is it typed at.

use super::*;

impl Screen {
    /// Are words, a passphrase or a key on this screen, or before its camera?
    pub(in crate::app) fn holds_a_secret(&self) -> bool {
        match self {
            Self::Words(_) | Self::Passphrase(_) | Self::Fingerprint(_) => true,
            Self::Import(_) | Self::Backup(_) => true,
            Self::Scan(screen) => screen.wants_a_secret(),
            Self::Languages(screen) => screen.holds_a_secret(),
            Self::Vault(screen) => screen.holds_a_secret(),
            Self::Make(screen) => screen.holds_a_secret(),
            _ => false,
        }
    }

    /// Is this the home screen, be it under a question about a keyboard?
    pub(in crate::app) fn is_home(&self) -> bool {
        match self {
            Self::Home(_) => true,
            Self::Newcomer(question) => question.is_over_home(),
            _ => false,
        }
    }

    /// May another screen take this one's place, whatever the machine is asked?
    pub(in crate::app) fn can_be_left(&self) -> bool {
        !matches!(self, Self::SelfTest(_))
    }

    /// Is nothing on this screen, or below it, that was typed, opened, scanned or made? A screen that
    /// is not named here is left when all is locked.
    pub(in crate::app) fn is_bare(&self) -> bool {
        match self {
            Self::SelfTest(_) | Self::Home(_) | Self::Keymap(_) | Self::Network(_) => true,
            Self::DemoIntro(_) => true,
            Self::Open(screen) => screen.is_bare(),
            Self::Import(screen) => screen.is_bare(),
            Self::Help(screen) => screen.is_over_bare(),
            Self::Quit(screen) => screen.is_over_bare(),
            Self::Newcomer(screen) => screen.is_over_bare(),
            _ => false,
        }
    }

    /// Is a code shown to a camera, or looked for by one, a backup copied by hand, or a key made of a
    /// passphrase? That goes on without keys.
    pub(in crate::app) fn goes_on_without_keys(&self) -> bool {
        match self {
            Self::Import(screen) => screen.is_working(),
            Self::Speech(screen) => screen.shows_a_code(),
            Self::Public(screen) => screen.shows_a_code(),
            Self::Wallets(screen) => screen.shows_a_code(),
            _ => matches!(self, Self::Scan(_) | Self::Answer(_) | Self::Backup(_)),
        }
    }

    /// What is on when everything else was dropped: the home screen. Only the question about a
    /// keyboard stays.
    pub(in crate::app) fn left_for_good(self) -> Self {
        match self {
            Self::Newcomer(question) => question.over_home(),
            _ => Self::home(),
        }
    }

    /// Is `?` a character to type here?
    pub(in crate::app) fn is_typing(&self) -> bool {
        match self {
            Self::Passphrase(_) => true,
            Self::Keymap(screen) => screen.is_typing(),
            Self::Vault(screen) => screen.is_typing(),
            Self::Backup(screen) => screen.is_typing(),
            Self::Import(screen) => screen.is_typing(),
            Self::Speech(screen) => screen.is_typing(),
            Self::Public(screen) => screen.is_typing(),
            Self::Wallets(screen) => screen.is_typing(),
            Self::Make(screen) => screen.is_typing(),
            _ => false,
        }
    }

    /// The page that is on, where a key confirms what it says: it must have been seen.
    pub(in crate::app) fn to_be_read(&self) -> Option<usize> {
        match self {
            Self::Newcomer(_) => Some(usize::MAX), // no page of a review has that number
            Self::Review(screen) => screen.page_to_be_read(),
            Self::Confirm(screen) => screen.page_to_be_read(),
            Self::Speech(screen) => screen.page_to_be_read(),
            Self::Wallets(screen) => screen.page_to_be_read(),
            Self::Fingerprint(_) => Some(0),
            Self::Lifecycle(screen) => screen.page_to_be_read(),
            Self::Make(screen) => screen.page_to_be_read(),
            Self::Backup(screen) => screen.page_to_be_read(),
            _ => None,
        }
    }
}
