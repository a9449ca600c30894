"""Words, keys and their children by other libraries: BIP39, BIP32, BIP85, Electrum, Seed XOR."""

import base64
import functools

from bip_utils import (
    Bip39Languages,
    Bip39SeedGenerator,
    ElectrumV2MnemonicGenerator,
    ElectrumV2MnemonicTypes,
    ElectrumV2SeedGenerator,
    ElectrumV2Segwit,
    ElectrumV2Standard,
)
from embit import bip32, bip85
from embit.networks import NETWORKS
from mnemonic import Mnemonic

# In the order of their numbers in BIP85; bip-utils has all but Japanese.
LANGUAGES = (
    ("english", Bip39Languages.ENGLISH),
    ("japanese", None),
    ("korean", Bip39Languages.KOREAN),
    ("spanish", Bip39Languages.SPANISH),
    ("chinese_simplified", Bip39Languages.CHINESE_SIMPLIFIED),
    ("chinese_traditional", Bip39Languages.CHINESE_TRADITIONAL),
    ("french", Bip39Languages.FRENCH),
    ("italian", Bip39Languages.ITALIAN),
    ("czech", Bip39Languages.CZECH),
    ("portuguese", Bip39Languages.PORTUGUESE),
)
PASSPHRASES = ("", "TREZOR", "correct horse", "Ünïcödé ﬁn", "パスワード", "\u212b e\u0301")
PATHS = ("m", "m/0", "m/84'/0'/0'/0/7", "m/48'/0'/0'/2'/1/2147483647", "m/0'/1/2'/2/1000000000")


@functools.cache
def words_of(language):
    return Mnemonic(language)


def keys(root, paths=PATHS):
    return {path: root.derive(path).get_public_key().sec().hex() for path in paths}


def bip39_cases(random):
    for code, (language, other) in enumerate(LANGUAGES):
        for size in (16, 20, 24, 28, 32):
            entropy = random.randbytes(size)
            words = words_of(language).to_mnemonic(entropy)
            passphrase = random.choice(PASSPHRASES)
            seed = Mnemonic.to_seed(words, passphrase)
            if other is not None:
                assert Bip39SeedGenerator(words, other).Generate(passphrase) == seed, "peers differ"
            root = bip32.HDKey.from_seed(seed)
            yield {
                "language": code,
                # Japanese words stand apart by the ideographic space
                "words": words,
                "passphrase": passphrase,
                "seed": seed.hex(),
                "xprv": root.to_base58(),
                "keys": keys(root),
                "entropy": entropy.hex(),
            }


def bip39_judge(case, answer):
    """The seed codes are the entropy, and the words' places in the library's list."""
    if case["language"] != 0:
        return
    assert answer["compact"] == case["entropy"], "another entropy"
    places = words_of("english").wordlist
    digits = "".join(f"{places.index(word):04}" for word in case["words"].split())
    assert answer["digits"] == digits, "other digits"


def bip85_cases(random):
    for number in range(12):
        root = bip32.HDKey.from_seed(random.randbytes(32))
        index = random.choice((0, 1, number, random.randrange(2**31)))
        case = {"xprv": root.to_base58(), "index": index}
        for language in range(len(LANGUAGES)):
            size = random.choice((12, 15, 18, 21, 24))
            yield case | {"application": "words", "size": size, "language": language}
        yield case | {"application": "wif"}
        yield case | {"application": "xprv"}
        yield case | {"application": "hex", "size": random.randint(16, 64)}
        yield case | {"application": "base64", "size": random.randint(20, 86)}
        yield case | {"application": "base85", "size": random.randint(10, 80)}


def bip85_judge(case, answer):
    root = bip32.HDKey.from_string(case["xprv"])
    kind, index, size = case["application"], case["index"], case.get("size")
    match kind:
        case "words":
            language = case["language"]
            entropy = bip85.derive_entropy(root, 39, [language, size, index])[: size * 4 // 3]
            wanted = words_of(LANGUAGES[language][0]).to_mnemonic(entropy).split()
            if language == 0 and size in (12, 18, 24):
                assert " ".join(wanted) == bip85.derive_mnemonic(root, size, index)
            answer = answer.split()
        case "wif":
            wanted = bip85.derive_wif(root, index).wif()
        case "xprv":
            wanted = bip85.derive_xprv(root, index).to_base58()
        case "hex":
            wanted = bip85.derive_hex(root, size, index).hex()
        case "base64":
            wanted = base64.b64encode(bip85.derive_entropy(root, 707764, [size, index]))
            wanted = wanted.decode()[:size]
        case "base85":
            wanted = base64.b85encode(bip85.derive_entropy(root, 707785, [size, index]))
            wanted = wanted.decode()[:size]
    assert answer == wanted, f"{kind}: another child"


def xprv_cases(random):
    for number in range(20):
        network = NETWORKS["test" if number % 2 else "main"]
        root = bip32.HDKey.from_seed(random.randbytes(64), version=network["xprv"])
        yield {
            "test": number % 2 == 1,
            "xprv": root.to_base58(),
            "fingerprint": root.my_fingerprint.hex(),
            "keys": keys(root),
        }


def xprv_judge(case, answer):
    assert answer == case["xprv"], "written otherwise than it was read"


def electrum_cases(random):
    kinds = (
        ("standard", ElectrumV2MnemonicTypes.STANDARD, ElectrumV2Standard, "m/{0}/{1}"),
        ("segwit", ElectrumV2MnemonicTypes.SEGWIT, ElectrumV2Segwit, "m/0'/{0}/{1}"),
    )
    for number in range(10):
        for kind, version, wallet, path in kinds:
            size = 17 if number % 2 else 33
            # the highest of 132 or 264 bits set, or the words are fewer
            entropy = random.getrandbits(size * 8 - 4) | 1 << size * 8 - 5
            words = ElectrumV2MnemonicGenerator(version).FromEntropy(entropy.to_bytes(size, "big"))
            passphrase = random.choice(("", "lower case", "42"))
            seed = ElectrumV2SeedGenerator(words).Generate(passphrase)
            opened = wallet.FromSeed(seed)
            places = ((0, 0), (1, 5), (0, 1234))
            yield {
                "kind": kind,
                "words": words.ToStr(),
                "passphrase": passphrase,
                "keys": {
                    path.format(*place): opened.GetPublicKey(*place).RawCompressed().ToHex()
                    for place in places
                },
            }


def seed_xor_cases(random):
    english = words_of("english")
    for number in range(18):
        size, count = (16, 24, 32)[number % 3], 2 + number // 3 % 3
        parts = [random.randbytes(size) for _ in range(count)]
        yield {
            "parts": [english.to_mnemonic(part) for part in parts],
            "words": english.to_mnemonic(xor(parts)),
        }


def seed_xor_judge(case, answer):
    english = words_of("english")
    for parts in answer.values():
        assert len(parts) == len(case["parts"]) and len(set(parts)) == len(parts)
        entropies = [english.to_entropy(part) for part in parts]
        assert english.to_mnemonic(xor(entropies)) == case["words"], "another sum"


def xor(parts):
    return bytes(functools.reduce(lambda a, b: a ^ b, bytes_) for bytes_ in zip(*parts))


FORMATS = {
    "bip39": (bip39_cases, bip39_judge),
    "bip85": (bip85_cases, bip85_judge),
    "xprv": (xprv_cases, xprv_judge),
    "electrum": (electrum_cases, None),
    "seed_xor": (seed_xor_cases, seed_xor_judge),
}
