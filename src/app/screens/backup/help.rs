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
