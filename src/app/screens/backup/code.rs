//! A code, whole: to another device's camera, or as the pattern of a copy.

use super::*;
use crate::qr::Modules;

/// The code on the screen.
pub struct Whole {
    backup: Backup,
    code: Modules,
}

impl Whole {
    pub(super) fn show(backup: Backup, core: &Core) -> Screen {
        match drawn(backup, core) {
            Ok(code) => Backing::Code(Self { backup, code }).on(),
            Err(trouble) => trouble,
        }
    }

    pub(super) fn key(self, key: Key, core: &mut Core) -> Screen {
        match key {
            Key::Esc => Backing::form(self.backup),
            Key::Enter | Key::Char('d') => drill::begin(self.backup, core),
            Key::Char('c') if self.backup == Backup::Xprv => {
                Backing::Line(line::OneLine::Shown).on()
            }
            Key::Char('c') => copying::Copying::begin(self.backup, core),
            _ => Backing::Code(self).on(),
        }
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        text.toned(Tone::Strong, menu::title(self.backup));
        if let Some(session) = &core.session {
            text.plain(session.name());
        }
        text.gap();
        let side = self.code.side();
        text.plain(format!("{side} x {side} squares."));
        text.toned(Tone::Faint, "checked: reads back");
        text.gap();
        text.toned(Tone::Warn, SECRET);
        text.gap();
        for (key, what) in KEYS {
            text.line(Line::toned(Tone::Key, format!("{key:<7}")).and(Tone::Faint, what));
        }
        let mut view = words_view(core, "Code", Text::new(), vec![]);
        view.body = Body::Code(Some(&self.code), text);
        view
    }
}

/// The code of that backup, read back; or why there is none.
pub(super) fn drawn(backup: Backup, core: &Core) -> Result<Modules, Screen> {
    let Some(session) = &core.session else { return Err(Screen::home()) };
    let mnemonic = session.material().mnemonic();
    let code = match backup {
        Backup::Xprv => Some(Modules::draw(session.seed.to_xprv().as_bytes())),
        Backup::CompactSeedQr => mnemonic
            .and_then(|words| words.compact_seed_qr())
            .map(|entropy| Modules::draw(&entropy)),
        _ => mnemonic
            .and_then(|words| words.seed_qr_digits())
            .map(|digits| Modules::draw(digits.as_bytes())),
    };
    code.ok_or_else(Backing::menu)?.map_err(|error| {
        Message::show(menu::title(backup), error.to_string(), Backing::form(backup))
    })
}

const SECRET: &str = "This code is the wallet: let no other camera see it.";
const KEYS: [(&str, &str); 4] =
    [("c", "copy by hand"), ("Enter", "drill: scan your copy"), ("Esc", "back"), ("?", "help")];
