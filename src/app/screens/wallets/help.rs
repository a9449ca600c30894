//! Help for each page.

pub(super) const LIST: &[&str] = &[
    "Wallets of one key need nothing here: their words suffice. A wallet of several keys is known by \
     its output descriptor, or by what a coordinator exports for signers.",
    "Read are: descriptors with checksum, wallet policies (BIP388), BSMS records (BIP129), the multisig \
     text of Coldcard and others, the JSON of Specter, Sparrow, Nunchuk, Caravan, Electrum and Bitcoin \
     Core, and the codes (UR) for accounts, outputs and descriptors.",
    "Compare the keys with those of the other signers: a wrong descriptor would prove a thief's \
     address as your own change.",
];

pub(super) const TYPING: &[&str] = &[
    "A descriptor is one line that ends with # and eight letters, its checksum. In a terminal it can be \
     pasted. For forms of several lines use the camera.",
];

pub(super) const OFFER: &[&str] = &[
    "\"yours, derived here\" means that the open seed gives this very key at this path. A cosigner's key \
     can only be compared: by telephone, or side by side with his device.",
    "Labels (l) are what the review calls a cosigner, who has signed or is missing. They are yours, and \
     change no address.",
    "If something is REFUSED, the wallet cannot be taken. A WARNING is yours to judge.",
    "Where a wallet of this name, or with these keys, is registered already, every difference is shown \
     first, key by key.",
];

pub(super) const PAGE: &[&str] = &[
    "A registered wallet is public knowledge: it shows all addresses, and cannot spend. It is kept in \
     memory until you lock, in an open vault (v), or as a code (q).",
    "The code carries proof, made with the open seed, that nobody has altered it since. Loaded again it \
     needs no comparing, but needs the same seed to be open.",
];

pub(super) const CODE: &[&str] = &[
    "Record the code with another device that you trust with your privacy, or copy it into your notes \
     there: whoever has it sees all addresses of the wallet, and can spend nothing.",
    "To load it again: open the seed, then w and a, and show it to the camera.",
];
