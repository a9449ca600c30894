//! Help for the screen that is on, offline.

use super::*;

/// Help over the screen that it is for.
pub struct Help {
    below: Screen,
    scroll: Scroll,
}

impl Help {
    pub(super) fn over(below: Screen, core: &mut Core) -> Screen {
        use Screen::{Busy, Newcomer, Quit, SelfTest};
        if matches!(below, Screen::Help(_) | Quit(_) | Busy(_) | Newcomer(_) | SelfTest(_)) {
            return below;
        }
        below.cover(core);
        Screen::Help(Box::new(Self { below, scroll: Scroll::default() }))
    }

    pub(super) fn is_over_bare(&self) -> bool {
        self.below.is_bare()
    }

    pub(super) fn below(&mut self) -> &mut Screen {
        &mut self.below
    }

    pub(super) fn key(mut self: Box<Self>, key: Key, core: &mut Core) -> Screen {
        let layout = self.view(core).layout(core.size);
        if scrolled(&key, &mut self.scroll, &layout) {
            return Screen::Help(self);
        }
        match key {
            Key::Esc | Key::Enter => self.below.uncover(core),
            _ => Screen::Help(self),
        }
    }

    pub(super) fn view<'a>(&'a self, core: &Core) -> View<'a> {
        let mut text = Text::new();
        text.gap();
        for paragraph in help(&self.below).iter().chain(&[LOCK]) {
            text.plain(*paragraph);
            text.gap();
        }
        let mut view = words_view(core, "Help", text, vec![("Esc", "back")]);
        view.top = self.scroll.top;
        if view.layout(core.size).below() > 0 || self.scroll.top > 0 {
            view.keys.push(("arrows", "up and down"));
        }
        view
    }
}

fn help(screen: &Screen) -> &'static [&'static str] {
    match screen {
        Screen::Home(_)
        | Screen::SelfTest(_)
        | Screen::Message(_)
        | Screen::Quit(_)
        | Screen::Newcomer(_)
        | Screen::Help(_)
        | Screen::Busy(_) => HOME,
        Screen::Keymap(_) => KEYMAP,
        Screen::Network(_) => NETWORK,
        Screen::Lifecycle(_) => LIFE,
        Screen::Make(screen) => screen.help(),
        Screen::Open(_) | Screen::Languages(_) | Screen::Words(_) => WORDS,
        Screen::Import(screen) => screen.help(),
        Screen::Passphrase(_) | Screen::Fingerprint(_) => PASSPHRASE,
        Screen::DemoIntro(_) => HOME,
        Screen::Scan(_) => SCAN,
        Screen::Review(_) | Screen::Confirm(_) => REVIEW,
        Screen::Refused(_) => REFUSED,
        Screen::Speech(_) => super::speech::HELP,
        Screen::Files(_) | Screen::Handover(_) => FILES,
        Screen::Answer(_) => ANSWER,
        Screen::Done(_) => DONE,
        Screen::Public(screen) => screen.help(),
        Screen::Wallets(screen) => screen.help(),
        Screen::Vault(screen) => screen.help(),
        Screen::Backup(screen) => screen.help(),
    }
}

const LOCK: &str = "Ctrl-L locks at once, everywhere: what is open, typed, shown or scanned is wiped. So do a closed \
     lid, and a time without keys.";
const HOME: &[&str] = &[
    "Coldlight signs Bitcoin payments on a computer without a network. Only light crosses the gap: \
     the camera reads an unsigned transaction (PSBT) from the screen of the online computer, and the \
     signature goes back as an animated QR code.",
    "1  On the online computer, in a watch-only wallet (Sparrow, Specter, Nunchuk, BlueWallet and \
     others), make a payment and let it show the unsigned transaction as QR code.",
    "2  Here: s, and hold that screen before the camera.",
    "3  Read every page. What is proven was derived or verified here. What is claimed was only said \
     by the online computer, which may be compromised.",
    "4  Type  sign . Hold this screen before the online computer's camera.",
    "Esc always goes one step back. Nothing is signed before you type the word.",
];
const KEYMAP: &[&str] = &[
    "A keyboard does not say which letters are on its keys. On a German one, y and z have changed \
     places; on a French one, a and q as well, and the digits need Shift.",
    "The arrows and Enter are the same everywhere. So are the first letters of the two-letter names: \
     d goes to de, s to se, u to us and then to uk.",
    "Backup words have the letters a to z alone. A passphrase may have any character; it opens another, \
     empty wallet if one of them is another than you think.",
    "An accent that is typed before its letter (a dead key) gives one letter. Before a space it is \
     itself.",
];
const NETWORK: &[&str] = &[
    "The network says which coins are spent. In an ordinary terminal, keys for the main network are \
     refused unless the program was started with --mainnet.",
    "A transaction of another network than the one in use is refused (NETWORK_WRONG).",
    "Without a key for the time that is chosen here, all that is open, typed, shown or scanned is wiped. \
     Only keys count. While a code is shown to a camera or looked for by one, or a backup is copied, \
     it is four times as long, and 20 minutes at least.",
    "The expert setting lifts one refusal (SIGHASH_UNUSUAL) for one transaction. No wallet needs it \
     for an ordinary payment.",
];
const LIFE: &[&str] = &[
    "A key is made, drilled (a backup of it was read back), active (in use), and at its end retired or, \
     if somebody else may have it, compromised. Suspended, it rests. The words are those of NIST SP \
     800-57.",
    "A retired or compromised key signs only what brings all coins to its successor. Every output is \
     derived from the successor's descriptors here, at its first 1,000 addresses of each kind; one \
     that is not found there is refused (NOT_TO_SUCCESSOR), also one without coins.",
    "To replace a key: g. It leads from the new wallet and its drill to the last transaction of the old \
     one.",
];
const WORDS: &[&str] = &[
    "The backup words (BIP39) are 12 to 24 English words. Four letters always suffice for a word; \
     Space or Enter takes it. The last word holds a checksum, so that a mistyped word is noticed.",
    "Words of the other nine lists open a wallet, too. Japanese, Korean and Chinese ones, which this \
     screen cannot show, are given by their numbers in the printed list, where 1 is the first word.",
    "A seed code is the same as a QR code: SeedQR holds digits, CompactSeedQR bytes.",
    "Words are never written to a disk. They are wiped from memory when you leave.",
    "Going back with Esc keeps what was typed until you are back at the home screen.",
];
const PASSPHRASE: &[&str] = &[
    "A passphrase (BIP39) is a further secret beside the words. Most wallets have none: leave it \
     empty then. Every passphrase opens a wallet, a mistyped one an empty one; so compare the \
     fingerprint before you go on.",
    "The fingerprint (eight digits 0-9 a-f) names the wallet's master key. It is no secret. Wallet \
     programs show it beside the key.",
];
const SCAN: &[&str] = &[
    "Hold the screen so that the code fills the frame, 15 to 30 cm away. The parts may come in any \
     order; a part that was missed comes again.",
    "In the map, a full block is a part that is known, a dot one that is missing.",
    "These forms are read: UR crypto-psbt, psbt and bytes; BBQr; Specter's pMofN; base64, base43 and \
     hex in one code.",
    "A request for a signed message is scanned here as well (signmessage, or a PSBT after BIP322). t \
     types one, and verifies a signed one.",
    "If nothing is read: make the code larger or sparser in the wallet, turn up the brightness, and \
     avoid reflections. c takes another camera, m turns the picture as in a mirror.",
];
const REVIEW: &[&str] = &[
    "Compare each address with the payee's own statement (on paper, by telephone), not with the \
     screen of the online computer: if that is compromised, it shows what it likes.",
    "proven: derived from your keys or verified against the transaction here.  claimed: only said by \
     the online computer.",
    "Comes back: change whose address was derived from your own keys.",
    "Fee: what the miners get. A high fee is the usual way to harm you without stealing.",
    "i shows each input, d the details (transaction id, version, locktime, weight).",
];
const REFUSED: &[&str] = &[
    "A refusal cannot be overruled here. Its code (as CHANGE_FALSE) is stable: look it up in the \
     README, or name it when you ask for help.",
    "Nothing was signed.",
];
const ANSWER: &[&str] = &[
    "Hold this screen before the camera of the online computer, in the wallet's \"scan signed \
     transaction\".",
    "If it does not read: sparser codes ([) are easier to read, slower frames (-) help slow cameras, \
     f tries another format. The wallet's own format is used first.",
    "By default only what the wallet needs is shown, so that there are fewer parts. w shows the whole \
     PSBT, t the final transaction when all signatures are there.",
    "Each code was read again by this program before it was shown.",
];
const FILES: &[&str] = &[
    "A file serves where light does not: for a wallet program that shows no QR codes, or a very large \
     transaction. It walks the same review as a scanned one.",
    "On the online computer, save the unsigned transaction (PSBT) to a stick or memory card, in its \
     top folder or one below. A stick is read without writing to it.",
    "The answer is written as a new file beside the original: NAME-signed.psbt, in the form in which \
     the original is written. No file is ever written over. It is read back before it is called \
     written.",
    "A stick carries more than a code does. Keep one stick for this and for nothing else.",
];
const DONE: &[&str] = &[
    "The transaction id names the payment in every block explorer. The digest is over all that was \
     answered, the signatures included; compare it on a second appliance if much is at stake.",
];
