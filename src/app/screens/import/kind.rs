//! The forms of a backup that are opened here.

/// A form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Slip39,
    Codex32,
    SeedXor,
    Kef,
    Electrum,
    Xprv,
}

impl Kind {
    pub(super) const ALL: [Self; 6] =
        [Self::Slip39, Self::Codex32, Self::SeedXor, Self::Kef, Self::Electrum, Self::Xprv];

    /// The key in the list.
    pub(super) fn key(self) -> char {
        match self {
            Self::Slip39 => 's',
            Self::Codex32 => 'c',
            Self::SeedXor => 'x',
            Self::Kef => 'k',
            Self::Electrum => 'e',
            Self::Xprv => 'p',
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Slip39 => "Shares (SLIP-39)",
            Self::Codex32 => "codex32",
            Self::SeedXor => "Seed XOR parts",
            Self::Kef => "Encrypted code (KEF)",
            Self::Electrum => "Electrum seed",
            Self::Xprv => "Extended private key",
        }
    }

    /// What it looks like.
    pub(super) fn looks(self) -> &'static str {
        match self {
            Self::Slip39 => "20 to 59 words a share (Trezor, Keystone)",
            Self::Codex32 => "letters that begin with MS1, one text or shares",
            Self::SeedXor => "two or more parts of words, all needed",
            Self::Kef => "a code under a passphrase (Krux)",
            Self::Electrum => "words that Electrum made",
            Self::Xprv => "111 letters that begin with xprv or tprv",
        }
    }

    /// What is to be done.
    pub(super) fn asks(self) -> &'static str {
        match self {
            Self::Slip39 => {
                "Give the shares one after the other, in any order. The first one tells how many are \
                 needed."
            }
            Self::Codex32 => {
                "Give the whole secret (MS1, a 0, four letters, then S), or as many shares as the \
                 number after MS1 says."
            }
            Self::SeedXor => {
                "Give all parts, in any order. Nothing tells how many there are, and any parts give \
                 some wallet: compare the fingerprint afterwards."
            }
            Self::Kef => {
                "Scan the code, or type the text that stands in it. Then type its passphrase."
            }
            Self::Electrum => {
                "Type the words as Electrum showed them. Old seeds and those with two-factor \
                 authentication are not opened."
            }
            Self::Xprv => {
                "Scan the key's code, or type it. Only a master key opens a wallet: everything below \
                 it is derived here."
            }
        }
    }
}
