//! Help for the screens of the vault.

pub(super) const LOOK: &[&str] = &[
    "A vault is one sealed file of 2 MB on a stick or memory card. It holds seeds, shared wallets, what \
     was signed before, and what you chose. Nothing needs one: without it, words on paper open a \
     wallet, and nothing is kept.",
    "Several sticks may hold copies of one vault. The one that was written last is named newest; an \
     older one is opened only after you were told.",
    "Only removable sticks and cards are looked at, never a disk of this computer. They are written to \
     only while a vault is made, changed or destroyed.",
    "A vault does not replace the backups of the seeds: sticks fail, and passphrases are forgotten.",
];
pub(super) const MAKE: &[&str] = &[
    "A passphrase: the longer, the better. Seven words drawn by dice from a list hold against anybody. \
     Eight characters that you made up do not hold against somebody who has the stick and time.",
    "A passphrase and a key file: the key file is 64 random bytes or so on a second stick. Neither opens \
     anything without the other. Copy the key file's stick, and keep it elsewhere.",
    "Several custodians: each types a passphrase of their own, alone at the keyboard. So many of them as \
     you say open the vault together; fewer learn nothing.",
    "Each try of a passphrase costs about a second on this machine, and at least 64 MB of memory. That is \
     measured when the vault is made, and stands in the file.",
    "Nobody can open a vault without what opens it: there is no other way in.",
];
pub(super) const DURESS: &[&str] = &[
    "A file has room for two vaults. The second one is opened by its own passphrase and is a vault like \
     the first: put a believable seed with some coins into it, and use it now and then.",
    "Nothing in the file shows whether there is a second one: where there is none, there are random \
     bytes of the same size. Writing one never changes the other.",
    "Two copies of the file, taken at different times, show which half was written in between. If both \
     halves ever were, there are two. So use one stick, and overwrite old copies.",
    "A second vault that is made later overwrites what may be in its place.",
];
pub(super) const OPEN: &[&str] = &[
    "The passphrase is typed as it was made: capitals and spaces count, and so does the keyboard's \
     layout. Tab shows what is typed.",
    "If the vault needs a key file, press the Down arrow first and choose the stick that it is on. A key \
     file that is not needed does no harm.",
    "If custodians open it, each types a passphrase of their own, one after the other, until there are \
     enough.",
    "After ten wrong passphrases since the start everything is wiped and the machine powers off.",
];
pub(super) const CONTENTS: &[&str] = &[
    "What is changed is written to the stick at once, one half after the other, so that a write that \
     stops half way leaves the old or the new vault. Leave the stick in until it says that all \
     is on it, and keep a second copy. Without its stick a change is kept in memory, and named as not \
     saved: plug the stick in and press w.",
    "Nothing is written over a vault that somebody else wrote meanwhile.",
    "a puts the open wallet's seed in, d the loaded descriptors of shared wallets.",
];
pub(super) const KEY: &[&str] = &[
    "A seed in the vault. Enter opens its wallet: the fingerprint is shown first, as for typed words.",
    "While it is open, what is signed, drilled and given out is kept in the vault. What was signed \
     before is known then: the same coin is not signed a second time for another amount unseen.",
    "A key that was never drilled says so: read one of its backups back, so that you know that it is \
     right.",
];
pub(super) const DESTROY: &[&str] = &[
    "The parts of the file that its keys stand in are overwritten first and flushed: without them, no \
     passphrase opens the rest. Then all of it is overwritten, removed, and the stick is asked to \
     discard all blocks without a file: whatever was deleted there before is lost for good, too.",
    "Flash memory writes to other cells than before. Old ones may be read by somebody who takes the \
     stick apart, until it erases them by itself. Whoever does still needs what opened the vault.",
    "Breaking the memory chip is the only way that is sure.",
];
