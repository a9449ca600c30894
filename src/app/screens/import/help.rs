//! Help for each form.

pub const MENU: &[&str] = &[
    "Each of these forms opens the wallet that it is a backup of. Choose by what stands on your paper \
     or plate: the remark beside each form says what it looks like.",
    "What you type or scan stays here while you look at another form, and is wiped when you leave this \
     list, open the wallet, or lock.",
];

pub const SLIP39: &[&str] = &[
    "Shares of SLIP-39 are lists of 20 to 59 words, from a list of their own. Some sets have groups: \
     then so many groups are needed, and in each group so many shares. The page shows what is missing.",
    "Type four letters of each word; space takes the word. A share is checked when it is whole: a wrong \
     word is named where it can be told, and nothing that you typed is lost.",
    "The shares' passphrase is another one than a BIP39 passphrase. Every passphrase opens some wallet, \
     so compare the fingerprint.",
];

pub const CODEX32: &[&str] = &[
    "A codex32 text (BIP93) begins with MS1. Then come the number of shares that are needed (0: this is \
     the secret itself), four letters that name the set, and the share's own letter.",
    "Type a question mark for a letter that cannot be read. Where up to four letters are wrong, or \
     eight cannot be read, the checksum tells what was probably meant; look at your copy before you \
     take that.",
];

pub const SEED_XOR: &[&str] = &[
    "Seed XOR puts a seed into two, three or four parts that each look like a wallet of their own. All \
     are needed, in any order.",
    "Nothing in a part tells that it is one, or how many there are: with one part missing, or one of \
     another set, you get another, empty wallet. Only the fingerprint tells.",
];

pub const KEF: &[&str] = &[
    "A KEF code (Krux) holds words under a passphrase of its own. All of its versions are opened here. \
     Making the key takes some seconds, on purpose: so it does for whoever tries passphrases.",
    "Some versions cannot tell a wrong passphrase with certainty; then words come out that are not \
     yours, and only the fingerprint tells.",
];

pub const ELECTRUM: &[&str] = &[
    "Electrum's seeds look like BIP39 words and are none: the same words give another wallet there. \
     Standard and segwit seeds open here, at Electrum's own paths.",
    "Seeds that Electrum made before 2014, and those with two-factor authentication, are not opened: \
     move those coins with Electrum.",
];

pub const XPRV: &[&str] = &[
    "An extended private key is the wallet itself in 111 letters; capitals count. The last letters are \
     its checksum: a mistyped key does not open another wallet, it opens none.",
    "Keys for the main network begin with xprv, keys for test networks with tprv.",
];
