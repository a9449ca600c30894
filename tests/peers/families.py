"""The script types, as wallets of published words on the regression test network."""

import re
from dataclasses import dataclass

from embit import bip32, bip39
from embit.descriptor.checksum import add_checksum
from embit.networks import NETWORKS

# BIP39's reference vectors.
WORDS = {
    "A": "abandon " * 11 + "about",
    "B": "legal winner thank year wave sausage worth useful legal winner thank yellow",
    "C": "letter advice cage absurd amount doctor acoustic avoid letter advice cage above",
}

# Two coins: receive index and sat. What is paid, the fee, and the index of the change.
COINS = ((0, 1_000_000), (7, 2_000_000))
PAID, FEE, CHANGE_INDEX = 1_500_000, 10_000, 3
# A stranger's P2WPKH output.
STRANGER = bytes.fromhex("0014" + "751e76e8199196d454941c45d1b3a323f1433bd6")


@dataclass(frozen=True)
class Family:
    """A script type. `template`: a descriptor with the letters A, B and C for keys at `path`."""

    name: str
    template: str
    path: str
    signers: str
    script: str

    @property
    def single(self):
        """Known from the seed alone; else the wallet's descriptor is loaded."""
        return "B" not in self.template

    def descriptor(self, chain="<0;1>", secret=""):
        """With public keys, but those of the letters in `secret`."""

        def key(match):
            return key_expression(match[0], self.path, match[0] in secret) + f"/{chain}/*"

        return re.sub(r"\b[ABC]\b", key, self.template)

    def wallet(self):
        """The text of a wallet file."""
        return add_checksum(self.descriptor())


def master(letter):
    seed = bip39.mnemonic_to_seed(WORDS[letter])
    return bip32.HDKey.from_seed(seed, version=NETWORKS["regtest"]["xprv"])


def key_expression(letter, path, secret):
    root = master(letter)
    origin = f"[{root.my_fingerprint.hex()}/{path}]"
    account = root.derive("m/" + path)
    return origin + (account if secret else account.to_public()).to_base58()


FAMILIES = [
    Family("P2PKH", "pkh(A)", "44h/1h/0h", "A", "p2pkh"),
    Family("P2SH-P2WPKH", "sh(wpkh(A))", "49h/1h/0h", "A", "p2sh-p2wpkh"),
    Family("P2WPKH", "wpkh(A)", "84h/1h/0h", "A", "p2wpkh"),
    Family("P2TR key path", "tr(A)", "86h/1h/0h", "A", "p2tr-key"),
    Family("P2TR script path", "tr(B,pk(A))", "87h/1h/0h", "A", "p2tr-script"),
    Family("P2SH 2-of-3", "sh(sortedmulti(2,A,B,C))", "87h/1h/0h", "AB", "p2sh"),
    Family("P2SH-P2WSH 2-of-3", "sh(wsh(sortedmulti(2,A,B,C)))", "87h/1h/0h", "CA", "p2sh-p2wsh"),
    Family("P2WSH 2-of-3", "wsh(sortedmulti(2,A,B,C))", "87h/1h/0h", "BC", "p2wsh"),
    Family(
        "P2WSH miniscript", "wsh(or_d(pk(A),and_v(v:pk(B),older(1008))))", "87h/1h/0h", "A", "p2wsh"
    ),
]
