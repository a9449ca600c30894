//! Help for each page.

pub(super) const MENU: &[&str] = &[
    "A wallet program on the online computer needs this wallet's public keys to watch it and to make \
     payments for you to sign. It never gets a private key.",
    "Before you give an address to anybody, look it up here: what the online computer shows may have \
     been exchanged.",
];

pub(super) const ADDRESSES: &[&str] = &[
    "Addresses are derived here from the wallet's own keys. Each is shown whole; compare every group \
     with what the other screen shows.",
    "Receive addresses are for payers. Change addresses are what wallet programs send the rest of a \
     payment to.",
    "Type a number to go to that index; left and right choose another account of the seed.",
];

pub(super) const CHECK: &[&str] = &[
    "An address is looked for among the first 10,000 receive and change addresses of every registered \
     wallet, and of the open seed's accounts 0 to 3 of each kind.",
    "If it is not found there, it may still be yours: of another seed or passphrase, of a shared wallet \
     that is not registered, or far beyond. Until you know, take it for somebody else's.",
];

pub(super) const EXPORT: &[&str] = &[
    "What is given shows all past and future addresses of this account or wallet, and so what comes and \
     goes. It cannot spend. Give it only to a program on a computer whose owner may know that.",
    "Each program reads other forms; the best one comes first, and f shows the others. The animated \
     codes repeat until the program has all parts.",
    "After that, compare the first receive address that the program shows with the one here.",
];
