"""The keys of a vault's file, by other people's functions: Argon2id by its reference code, the cipher
by PyCryptodome. Where what stands is told at the head of `src/vault/layout.rs` and `head.rs`."""

import hashlib
import hmac
import struct

from argon2.low_level import Type, hash_secret_raw
from Crypto.Cipher import ChaCha20_Poly1305

HEAD, SLOT, AREAS = 4096, 1 << 20, 2
AREA = (SLOT - HEAD) // AREAS
ENTRIES, ENTRY = 16, 256
NONCE, TAG = 24, 16
# before the generation: the same in every head of a file
FIXED = 80
DATA_KEY, KEY_AT, KEY = 1, 12, 32


def keys(file, passphrase):
    """The keys that a passphrase opens in the newest slot, by their names."""
    slots = [file[at : at + SLOT] for at in range(0, len(file), SLOT)]
    slot = max(slots, key=lambda slot: struct.unpack_from("<Q", slot, FIXED))
    head = slot[:FIXED]
    memory, passes, lanes = struct.unpack_from("<III", head, 20)
    root = hash_secret_raw(
        passphrase.encode(), head[32:64], passes, memory, lanes, 32, Type.ID, version=0x13
    )
    for area in range(AREAS):
        at = HEAD + area * AREA
        whole = slot[at : at + AREA]
        entries, sealed = whole[: ENTRIES * ENTRY], whole[ENTRIES * ENTRY :]
        for number in range(ENTRIES):
            place = bytes((area, number))
            entry = entries[number * ENTRY : (number + 1) * ENTRY]
            plain = opened(expanded(root, b"coldlight vault: entry" + place), entry, head + place)
            if plain is not None and plain[0] == DATA_KEY:
                key = plain[KEY_AT : KEY_AT + KEY]
                contents = opened(key, sealed, head + bytes((area,)) + entries)
                return {"the vault's data key": key, "the key of the head's seal": contents[:KEY]}
    raise AssertionError("the passphrase opens nothing in the file")


def expanded(root, info):
    """The first block of HKDF-Expand with SHA-256 (RFC 5869)."""
    return hmac.digest(root, info + b"\x01", hashlib.sha256)


def opened(key, sealed, associated):
    """The text of `nonce, sealed text, tag`; None where the key or anything else is another."""
    cipher = ChaCha20_Poly1305.new(key=key, nonce=sealed[:NONCE])
    cipher.update(associated)
    try:
        return cipher.decrypt_and_verify(sealed[NONCE:-TAG], sealed[-TAG:])
    except ValueError:
        return None
