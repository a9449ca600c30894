//! The passphrase of what was given.

use super::given::What;
use super::*;
use crate::app::screens::backup::twice;
use crate::keys::ElectrumKind;

impl Given {
    pub(super) fn passphrase_key(mut self, key: Key) -> Screen {
        self.remark = None;
        match key {
            Key::Esc => return Importing::Given(self).on(),
            Key::Enter => return self.open_with_passphrase(),
            key => twice::edit(&mut self.passphrase, key),
        }
        Importing::Passphrase(self).on()
    }

    /// Which of Electrum's seeds it is, as its own checksum says.
    fn electrum_kind(&self) -> Option<&'static str> {
        let What::Line(line) = &self.what else { return None };
        let seed = (self.kind() == Kind::Electrum).then(|| line.electrum().ok())??;
        Some(match seed.kind() {
            ElectrumKind::Standard => STANDARD,
            ElectrumKind::Segwit => SEGWIT,
        })
    }

    pub(super) fn passphrase_view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        text.gap();
        let (question, remark) = match self.kind() {
            Kind::Slip39 => (OF_SHARES, ANY_OPENS),
            Kind::Electrum => (OF_WORDS, ANY_OPENS),
            _ => (OF_CODE, ITS_OWN),
        };
        if let Some(kind) = self.electrum_kind() {
            text.toned(Tone::Proven, kind);
            text.gap();
        }
        text.plain(question);
        twice::field(&mut text, &self.passphrase);
        text.toned(Tone::Faint, remark);
        if let Some(remark) = &self.remark {
            text.gap();
            text.toned(Tone::Warn, remark.as_str());
        }
        twice::view(core, self.kind().name(), text)
    }
}

const STANDARD: &str =
    "This is a standard seed of Electrum: addresses that begin with 1, or m and n for test coins.";
const SEGWIT: &str =
    "This is a segwit seed of Electrum: addresses that begin with bc1, or tb1 for test coins.";
const OF_SHARES: &str = "The shares' passphrase (leave it empty if they have none):";
const OF_WORDS: &str =
    "Electrum's custom words, its passphrase (leave it empty if there are none):";
const OF_CODE: &str = "The code's passphrase:";
const ANY_OPENS: &str =
    "Nothing tells a wrong passphrase: each opens some wallet, and yours has your fingerprint.";
const ITS_OWN: &str =
    "It is the code's own passphrase. That of the wallet, if it has one, is asked for afterwards.";
