//! Descriptor functions that are known and not supported, so that they can be named.

/// A function of descriptors that is not supported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    /// `addr` (BIP385): an address without its keys.
    Addr,
    /// `raw` (BIP385): a script without its keys.
    Raw,
    /// `combo` (BIP384): several kinds of output at once.
    Combo,
    /// `rawtr` (BIP386's kin in Bitcoin Core): an output key whose tree is not told.
    Rawtr,
    /// `musig` (BIP390): one key made of several.
    Musig,
    /// `sp` (BIP392): silent payments.
    SilentPayments,
}

impl Function {
    /// The function of that name, if it is one that is not supported.
    pub(super) fn unsupported(name: &str) -> Option<Self> {
        Some(match name {
            "addr" => Self::Addr,
            "raw" => Self::Raw,
            "combo" => Self::Combo,
            "rawtr" => Self::Rawtr,
            "musig" => Self::Musig,
            "sp" => Self::SilentPayments,
            _ => return None,
        })
    }

    /// Its name in descriptors.
    pub fn name(self) -> &'static str {
        match self {
            Self::Addr => "addr",
            Self::Raw => "raw",
            Self::Combo => "combo",
            Self::Rawtr => "rawtr",
            Self::Musig => "musig",
            Self::SilentPayments => "sp",
        }
    }
}

impl std::fmt::Display for Function {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let why = match self {
            Self::Addr | Self::Raw => "it names an output without the keys that spend it",
            Self::Combo => "it means several kinds of output at once",
            Self::Rawtr => "it does not tell who else can spend",
            Self::Musig => "keys that are joined into one are not supported yet",
            Self::SilentPayments => "wallets of silent payments are not supported yet",
        };
        write!(f, "{} is not supported: {why}", self.name())
    }
}
