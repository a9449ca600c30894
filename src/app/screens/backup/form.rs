//! What to do with one form of backup: show it, copy it, drill it.

use super::*;

/// One form.
pub struct Form {
    backup: Backup,
}

impl Form {
    pub(super) fn of(backup: Backup) -> Self {
        Self { backup }
    }

    pub(super) fn key(self, key: Key, core: &mut Core) -> Screen {
        match (self.backup, key) {
            (_, Key::Esc) => Backing::menu(),
            (Backup::Words, Key::Char('c')) => Backing::Paper(paper::Paper::Sheet).on(),
            (Backup::Words, Key::Char('s')) => Backing::Paper(paper::Paper::Plate).on(),
            (Backup::SeedQr | Backup::CompactSeedQr, Key::Char('c')) => {
                copying::Copying::begin(self.backup, core)
            }
            (Backup::SeedQr | Backup::CompactSeedQr, Key::Char('w')) => {
                code::Whole::show(self.backup, core)
            }
            (Backup::Slip39 | Backup::Codex32 | Backup::SeedXor, Key::Char('m')) => {
                shares::Shares::set_up(self.backup)
            }
            (Backup::Kef, Key::Char('m')) => kef::Kef::begin(),
            (Backup::Xprv, Key::Char('c')) => Backing::Line(line::OneLine::Shown).on(),
            (Backup::Xprv, Key::Char('w')) => code::Whole::show(self.backup, core),
            (Backup::Xprv, Key::Char('t')) => line::OneLine::typing(),
            (backup, Key::Char('d')) => drill::begin(backup, core),
            _ => Backing::Form(self).on(),
        }
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        text.gap();
        for paragraph in about(self.backup) {
            text.plain(*paragraph);
            text.gap();
        }
        let session = core.session.as_ref();
        let words = session.is_some_and(|session| session.material().mnemonic().is_some());
        if let Some(length) = length(self.backup).filter(|_| words) {
            text.plain(format!("{FROM_WORDS} {length}"));
            text.gap();
        }
        if session.is_some_and(|session| session.material().is_electrum()) {
            text.toned(Tone::Warn, ELECTRUM);
            text.gap();
        }
        let holds_it = matches!(self.backup, Backup::Slip39 | Backup::Codex32 | Backup::Xprv);
        if !holds_it && session.is_some_and(|session| session.material().has_passphrase()) {
            text.toned(Tone::Warn, PASSPHRASE);
            text.gap();
        }
        for (key, what, remark) in choices(self.backup) {
            text.choice(key, what, remark);
        }
        text.gap();
        match session.and_then(|session| session.drill(self.backup)) {
            Some(drill) => text.toned(Tone::Proven, format!("Last drilled {}.", moment(drill.at))),
            None => text.toned(Tone::Warn, "Never drilled."),
        };
        let title = format!("Back up: {}", self.backup.name());
        words_view(core, title, text, vec![("Esc", "back"), ("?", "help")])
    }
}

fn about(backup: Backup) -> &'static [&'static str] {
    match backup {
        Backup::Words => &[
            "The words are the wallet: who reads them can spend everything. Keep the copy where no \
             camera and no visitor comes.",
        ],
        Backup::SeedQr => &[
            "SeedQR holds the words' numbers. Copied square by square onto paper or metal, it opens \
             the wallet by one look of a camera; so does a photograph that somebody takes of it.",
        ],
        Backup::CompactSeedQr => &[
            "CompactSeedQR holds the same as SeedQR in fewer squares, which is less work and fewer \
             mistakes. It cannot be read as digits by eye.",
        ],
        Backup::Slip39 => &[
            "Several sheets of words, of which a number that you choose opens the wallet. Fewer tell \
             nothing. They hold the seed itself, a passphrase included. Hardware wallets and \
             programs that know SLIP-39 read them.",
        ],
        Backup::Codex32 => &[
            "Shares in letters (BIP93). Their checksum finds mistakes, even with pencil and paper, \
             and no computer. They hold the seed itself, a passphrase included.",
        ],
        Backup::SeedXor => &[
            "Two to four sheets of words, all of them needed. Each sheet opens a wallet of its own, \
             in which some coins may be left for a thief to find.",
        ],
        Backup::Kef => &[
            "A code that opens with a passphrase of its own (KEF, as Krux has it). Whoever finds it \
             must guess the passphrase; whoever forgets it has lost the backup.",
        ],
        Backup::Xprv => &[
            "The master key itself in 111 letters, a passphrase included. Programs take it; it is \
             hard to copy by hand, and does not tell the words.",
        ],
    }
}

/// How long a share is, of a wallet that was made from words.
fn length(backup: Backup) -> Option<&'static str> {
    match backup {
        Backup::Slip39 => Some("A share has 59 words."),
        Backup::Codex32 => Some("A share has 127 letters."),
        _ => None,
    }
}

fn choices(backup: Backup) -> &'static [(&'static str, &'static str, &'static str)] {
    match backup {
        Backup::Words => &[
            ("c", "Page to copy", "words in columns, for paper"),
            ("s", "Steel plate", "four letters a word, as plates have it"),
            ("d", "Drill", "type the words back from your copy"),
        ],
        Backup::SeedQr | Backup::CompactSeedQr => &[
            ("c", "Copy by hand", "block by block, onto squared paper"),
            ("w", "Whole code", "for another device's camera"),
            ("d", "Drill", "scan your copy"),
        ],
        Backup::Slip39 | Backup::Codex32 | Backup::SeedXor => &[
            ("m", "Make and show", "one after the other, each for its holder"),
            ("d", "Drill", "type them back from the copies"),
        ],
        Backup::Kef => &[
            ("m", "Make and show", "choose a passphrase, typed twice"),
            ("d", "Drill", "scan the code, type its passphrase"),
        ],
        Backup::Xprv => &[
            ("c", "Line to copy", "in groups of four letters"),
            ("w", "Whole code", "for another device's camera"),
            ("t", "Drill by typing", "type the line back"),
            ("d", "Drill by scanning", "scan the code"),
        ],
    }
}

const FROM_WORDS: &str = "This wallet was made from BIP39 words, so that its seed has 64 bytes. Shares open the same \
    wallet, but do not tell those words, and some hardware wallets take none of that length.";
const ELECTRUM: &str = "This is an Electrum wallet, whose addresses are at paths of its own. This backup does not say \
    so: write it beside it, and keep Electrum's words.";
const PASSPHRASE: &str = "A passphrase belongs to this wallet. It is in none of these: without it the backup opens \
    another, empty wallet. Keep it in another place.";
