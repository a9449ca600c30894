//! What `?` says on these screens.

pub(super) const MENU: &[&str] = &[
    "A backup is what opens the wallet when this machine is gone. Two of them in two places are \
     better than one.",
    "A drill reads a backup back, as if all else were lost, and compares the key that it gives with \
     the one that is open. Its date is kept while the wallet is open, and in the vault if there is \
     one. Until a backup was drilled, every sign says so.",
    "A passphrase (BIP39) is in no backup of words. Extended private keys and shares of a wallet \
     with a passphrase include it.",
];
pub(super) const DRILL: &[&str] = &[
    "Use the copy that will be kept, not the screen or your memory. Type it back or scan it; it is \
     compared word by word, and the fingerprint of the key that it gives must be this wallet's.",
    "If it is wrong you are told which place differs, never what should stand there. Nothing is \
     recorded then; correct the copy, and drill again.",
];
pub(super) const PAPER: &[&str] = &[
    "Copy with a pen that lasts, in capital letters, each word behind its number. Write the wallet's \
     fingerprint beside it: it is no secret, and tells which wallet the words are for.",
    "Steel plates have four squares a word, since no two words of the list begin with the same four \
     letters. A dot stands where a word has fewer.",
    "The date is what this machine's clock says. Nothing checks it.",
];
pub(super) const CODE: &[&str] = &[
    "Take squared paper. Draw the frame and a line behind each block; letters stand at the left, \
     numbers at the top, as on printed templates.",
    "Fill each dark square wholly, with a dark pen. Small mistakes at edges do no harm, a square \
     that is dark instead of light may. The check at the end scans your copy and compares it.",
    "The three corners with a square in a frame are the same in every code.",
    "Who photographs the code has the wallet.",
];
pub(super) const SHARES: &[&str] = &[
    "Shares divide the trust: a number of them that you choose opens the wallet, fewer tell nothing \
     (SLIP-39, codex32). Of Seed XOR's parts all are needed.",
    "They hold the wallet's seed, a passphrase included. A wallet that was made from BIP39 words has \
     a long seed, so that its shares have 59 words or 127 letters; they open it again, but do not \
     tell the BIP39 words.",
    "SLIP-39 shares may have a passphrase of their own, in English letters, digits and signs. With \
     groups, several shares of one group count once: 2 of 3 groups may be a family, a firm and a bank.",
    "Shares that are made again are others. Old and new ones do not go together.",
    "The drill tries every combination that should open the wallet, with the shares that you give \
     back. A share that was not given back was not drilled.",
];
pub(super) const CHILD: &[&str] = &[
    "A child (BIP85) is a seed, key or password of its own, derived from this wallet by its kind and \
     a number, the index. This wallet's backup brings all of them back, and none of them tells \
     anything of this wallet or of the others.",
    "So one seed need not be used on two platforms: give each its own child. The list says which \
     index was given to what. It is kept while the wallet is open, and in the vault if there is one.",
    "With a passphrase (BIP39) the children are others.",
];
pub(super) const KEF: &[&str] = &[
    "The code (KEF, as Krux defines it) holds the words' entropy, encrypted with AES-256 in GCM mode \
     under a key that is made of its passphrase by 100,000 rounds or more. Krux and Coldlight open it.",
    "Its name, which everybody can read, is the wallet's fingerprint.",
    "It is as safe as its passphrase is long. A backup that needs two things is lost with either.",
];
