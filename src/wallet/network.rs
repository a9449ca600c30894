//! Which chain.

/// The network whose coins are spent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Network {
    /// The main network: coins of value.
    Main,
    /// Test networks 3 and 4 (one address form).
    Test,
    /// Signet.
    Signet,
    /// A local test chain.
    Regtest,
}

impl Network {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Main, Self::Test, Self::Signet, Self::Regtest];

    /// Its name in commands.
    pub fn code(self) -> &'static str {
        match self {
            Self::Main => "main",
            Self::Test => "test",
            Self::Signet => "signet",
            Self::Regtest => "regtest",
        }
    }

    /// The network of that name.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|network| network.code() == code)
    }

    /// BIP44's coin type: 0 for main, 1 for all others.
    pub fn coin_type(self) -> u32 {
        match self {
            Self::Main => 0,
            Self::Test | Self::Signet | Self::Regtest => 1,
        }
    }

    /// For addresses and extended keys.
    pub fn to_bitcoin(self) -> bitcoin::Network {
        match self {
            Self::Main => bitcoin::Network::Bitcoin,
            Self::Test => bitcoin::Network::Testnet,
            Self::Signet => bitcoin::Network::Signet,
            Self::Regtest => bitcoin::Network::Regtest,
        }
    }

    /// The banner's word.
    pub fn label(self) -> &'static str {
        match self {
            Self::Main => "MAINNET",
            Self::Test => "TESTNET",
            Self::Signet => "SIGNET",
            Self::Regtest => "REGTEST",
        }
    }
}

impl From<Network> for bitcoin::NetworkKind {
    fn from(network: Network) -> Self {
        network.to_bitcoin().into()
    }
}
