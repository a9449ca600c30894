"""What must be gone: a wallet's secrets in every form that a program might hold them in.

The forms come from embit and from BIP39's word list, not from our program.
"""

import re
import struct
from dataclasses import dataclass, field

from embit import bip32, bip39
from embit.networks import NETWORKS

PAGE = 4096
# BIP32: behind version, depth, fingerprint and number
CHAIN_CODE_AT = 13
# so many bytes of a form that are not zero tell it
PIECE = 7
# a screen's cells hold one letter each, so many bytes apart
STRIDES = (2, 4, 8, 16, 24, 32, 40, 48, 56, 64)


@dataclass
class Secrets:
    """The words and passphrase (BIP39) of a wallet whose account key is at `path`; `typed` is what
    else was typed and must be gone: a vault's passphrase; `keys` are bytes by their names: a vault's."""

    words: str
    passphrase: str
    typed: str = ""
    keys: dict = field(default_factory=dict)
    path: str = "m/84h/1h/0h"
    network: str = "regtest"
    forms: dict = field(init=False)
    fingerprint: str = field(init=False)

    def __post_init__(self):
        numbers = [bip39.WORDLIST.index(word) for word in self.words.split()]
        entropy = bip39.mnemonic_to_bytes(self.words)
        seed = bip39.mnemonic_to_seed(self.words, password=self.passphrase)
        master = bip32.HDKey.from_seed(seed, version=NETWORKS[self.network]["xprv"])
        self.fingerprint = master.my_fingerprint.hex()
        account = master.derive(self.path)
        self.forms = {
            "the words as text": self._texts(),
            "the words as numbers": [
                struct.pack(f"<{len(numbers)}{size}", *numbers) for size in "HIQ"
            ],
            "the words as packed entropy": [entropy, entropy.hex().encode()],
            "the words as SeedQR digits": ["".join(f"{one:04}" for one in numbers).encode()],
            "the seed": [seed, seed.hex().encode()],
            "a private key": [
                form
                for key in (master, account, account.derive("m/0/0"), account.derive("m/1/0"))
                for form in self._binary(key)
            ],
            "an extended private key": [
                form
                for key in (master, account)
                for form in (key.to_base58().encode(), key.serialize()[CHAIN_CODE_AT:])
            ],
        }
        for name, text in self._lines():
            self.forms[name] = [text.encode(), text.encode("utf-32-le")]
        for name, key in self.keys.items():
            self.forms[name] = [key, key.hex().encode()]

    def _lines(self):
        lines = {"the passphrase": self.passphrase, "the vault's passphrase": self.typed}
        return [(name, text) for name, text in lines.items() if text]

    def _texts(self):
        """Three words are enough to tell: the list itself has no two of them beside one another."""
        three = self.words.split()[:3]
        return [between.join(three).encode() for between in (" ", "\n", "\0", ", ")]

    @staticmethod
    def _binary(key):
        secret = key.key.serialize()
        # libsecp256k1 and 64-bit limbs keep it the other way round
        return [secret, secret[::-1], secret.hex().encode()]

    def in_cells(self):
        """Words and passphrase as a screen's cells hold them: patterns for each size of a cell. A
        row of cells is long: where it is cut by the end of a page, one half of a passphrase is
        still in one piece. The longest word is looked for: a machine's memory holds the letters
        of a short one at some distance by chance."""
        texts = {"a word": [max(self.words.split(), key=len)]}
        for name, text in self._lines():
            half = len(text) // 2
            texts[name] = [text[:half], text[half:]]
        return {
            f"{name} in a screen's cells": [
                spread(text, stride) for text in pieces for stride in STRIDES
            ]
            for name, pieces in texts.items()
        }

    def found(self, memory):
        """The names of the forms that `memory` holds, each with how often."""
        counts = {
            name: sum(occurrences(memory, form) for form in set(forms))
            for name, forms in self.forms.items()
        }
        for name, patterns in self.in_cells().items():
            counts[name] = sum(pattern.search(memory) is not None for pattern in patterns)
        return {name: count for name, count in counts.items() if count}


def spread(text, stride):
    """A pattern for letters that are so many bytes apart."""
    between = b"." * (stride - 1)
    return re.compile(between.join(re.escape(letter.encode()) for letter in text), re.DOTALL)


def occurrences(memory, form):
    """How often it is there whole, or with one end cut off by the end of a page: what is in one
    piece for a program may lie in two for the machine."""
    first, last = telling(form), telling(form[::-1])
    ends = sum(cut_at_its_end(memory, form, at) for at in places(memory, form[:first]))
    starts = sum(
        cut_at_its_start(memory, form, at + last) for at in places(memory, form[-last:])
    )
    return memory.count(form) + max(ends, starts)


def telling(form):
    """How many bytes from its start tell it: zeros do not."""
    told = 0
    for length, byte in enumerate(form, 1):
        told += byte != 0
        if told == PIECE:
            return length
    return len(form)


def places(memory, piece):
    at = memory.find(piece)
    while at >= 0:
        yield at
        at = memory.find(piece, at + 1)


def cut_at_its_end(memory, form, at):
    """Does it begin at `at` and go on to the end of that page, where the rest is missing?"""
    room = PAGE - at % PAGE
    return room < len(form) and memory[at : at + room] == form[:room]


def cut_at_its_start(memory, form, end):
    """Does it end at `end` and reach back to the start of that page, where the rest is missing?"""
    room = (end - 1) % PAGE + 1
    return room < len(form) and memory[end - room : end] == form[-room:]
