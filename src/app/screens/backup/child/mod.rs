//! Children of the open wallet (BIP85): which, which index, for what; shown once; and the list of
//! those that were given.

mod ask;
mod list;
mod shown;

use super::*;
use crate::app::backup::Child;
use crate::keys::{Application, Language};

/// Where one is.
pub enum Children {
    /// What was given so far.
    List(list::List),
    /// Which kind?
    Kind,
    /// Which index?
    Index(ask::Index),
    /// For what?
    Purpose(ask::Purpose),
    /// It is shown.
    Shown(shown::Shown),
}

impl Children {
    pub fn list() -> Screen {
        Self::List(list::List::default()).on()
    }

    fn on(self) -> Screen {
        Backing::Child(self).on()
    }

    pub fn is_typing(&self) -> bool {
        matches!(self, Self::Purpose(_))
    }

    pub fn key(self, key: Key, core: &mut Core) -> Screen {
        match self {
            Self::List(screen) => screen.key(key, core),
            Self::Kind => ask::kind_key(key, core),
            Self::Index(screen) => screen.key(key),
            Self::Purpose(screen) => screen.key(key, core),
            Self::Shown(screen) => screen.key(key),
        }
    }

    pub fn view<'a>(&'a self, core: &Core) -> View<'a> {
        match self {
            Self::List(screen) => screen.view(core),
            Self::Kind => ask::kind_view(core),
            Self::Index(screen) => screen.view(core),
            Self::Purpose(screen) => screen.view(core),
            Self::Shown(screen) => screen.view(core),
        }
    }
}

/// The kinds that are offered, each under its number's key.
const KINDS: [Application; 8] = [
    words(12),
    words(18),
    words(24),
    Application::Xprv,
    Application::Wif,
    Application::Hex { bytes: 32 },
    Application::Base64Password { length: 21 },
    Application::Base85Password { length: 20 },
];

const fn words(count: u8) -> Application {
    Application::Words { language: Language::English, count }
}

/// What to call a kind.
fn kind(application: Application) -> String {
    match application {
        Application::Words { language: Language::English, count } => format!("{count} words"),
        Application::Words { language, count } => format!("{count} words in {}", language.name()),
        Application::Wif => "private key (WIF)".into(),
        Application::Xprv => "extended private key".into(),
        Application::Hex { bytes } => format!("{bytes} bytes in hexadecimal"),
        Application::Base64Password { length } => format!("password of {length} letters"),
        Application::Base85Password { length } => format!("password of {length} characters"),
    }
}

/// Those of one kind that were given with that index.
fn given(core: &Core, application: Application, index: u32) -> Vec<&Child> {
    let children = core.session.as_ref().map_or(&[][..], |session| &session.children);
    let same = |child: &&Child| (child.application, child.index) == (application, index);
    children.iter().filter(same).collect()
}
