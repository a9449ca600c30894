"""Shares by other libraries: SLIP-39 by shamir-mnemonic and embit, codex32 by codex32."""

import itertools
from random import Random

import shamir_mnemonic
from codex32 import Codex32String
from embit import slip39
from shamir_mnemonic import shamir

ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
INDICES = "acdefghjklmnpqrtuvwxyz023456789"
# Printable ASCII only (SLIP-0039).
PASSPHRASES = ("", "TREZOR", "a ~ longer passphrase, with signs {}!")
# Group threshold, and (threshold, count) of each group.
PLANS = (
    (1, [(1, 1)]),
    (1, [(2, 3)]),
    (1, [(16, 16)]),
    (2, [(1, 1), (1, 1), (3, 5), (2, 6)]),
    (3, [(2, 2), (2, 4), (3, 3)]),
    (16, [(1, 1)] * 16),
)


def slip39_cases(random):
    # its own source is the system's: ours is the same in each run
    shamir.RANDOM_BYTES = random.randbytes
    for number, ((needed, groups), extendable) in enumerate(itertools.product(PLANS, (True, False))):
        secret = random.randbytes((16, 18, 24, 32, 46, 64)[number % 6])
        passphrase = PASSPHRASES[number % 3]
        made = shamir_mnemonic.generate_mnemonics(
            needed, groups, secret, passphrase.encode(), extendable, number % 4
        )
        yield {
            "shares": enough(random, needed, groups, made),
            "passphrase": passphrase,
            "secret": secret.hex(),
        }


def slip39_made_cases(random):
    for number, ((needed, groups), extendable) in enumerate(itertools.product(PLANS, (True, False))):
        yield {
            "secret": random.randbytes((16, 20, 26, 32, 64, 16)[number % 6]).hex(),
            "passphrase": PASSPHRASES[(number + 1) % 3],
            "group_threshold": needed,
            "groups": [{"threshold": need, "count": count} for need, count in groups],
            "extendable": extendable,
            "seed": random.randrange(2**32),
        }


def slip39_made_judge(case, answer):
    random = Random(case["seed"])
    groups = [(group["threshold"], group["count"]) for group in case["groups"]]
    assert [len(group) for group in answer] == [count for _, count in groups]
    for _ in range(4):
        chosen = enough(random, case["group_threshold"], groups, answer)
        passphrase = case["passphrase"].encode()
        given = shamir_mnemonic.combine_mnemonics(chosen, passphrase).hex()
        assert given == case["secret"], "another secret by shamir-mnemonic"
        if not case["extendable"]:
            # embit knows no extendable shares
            shares = [slip39.Share.parse(words) for words in chosen]
            given = slip39.ShareSet(shares).recover(passphrase).hex()
            assert given == case["secret"], "another secret by embit"


def enough(random, needed, groups, made):
    """Just as many shares as are needed, in any order."""
    shares = []
    for group in random.sample(range(len(groups)), needed):
        shares += random.sample(made[group], groups[group][0])
    random.shuffle(shares)
    return shares


def identifier(random):
    return "".join(random.choices(ALPHABET, k=4))


def codex32_cases(random):
    # this library reads seeds of 16, 20, 24 ... bytes only
    for number, size in enumerate([*range(16, 65, 4)] * 3):
        seed, name = random.randbytes(size), identifier(random)
        needed = (0, *range(2, 10))[number % 9]
        whole = Codex32String.from_seed(seed, f"ms1{needed}{name}s")
        texts = [whole.s]
        if needed:
            indices = random.sample(INDICES, needed + 1)
            known = [whole] + [
                Codex32String.from_seed(random.randbytes(size), f"ms1{needed}{name}{index}")
                for index in indices[: needed - 1]
            ]
            last = [Codex32String.interpolate_at(known, index) for index in indices[needed - 1 :]]
            texts = random.sample([share.s for share in known[1:] + last], needed)
        if number % 2:
            texts = [text.upper() for text in texts]
        yield {"texts": texts, "seed": seed.hex()}


def codex32_made_cases(random):
    for number, size in enumerate([*range(16, 65, 4)] * 2):
        needed = 2 + number % 8
        yield {
            "seed": random.randbytes(size).hex(),
            "identifier": identifier(random),
            "threshold": needed,
            "count": random.choice((needed, min(needed + 3, 31), 31)),
            "random": random.randrange(2**32),
        }


def codex32_made_judge(case, answer):
    random = Random(case["random"])
    assert len(answer["shares"]) == case["count"]
    shares = [Codex32String(text) for text in answer["shares"]]
    assert [share.share_idx for share in shares] == list(INDICES[: case["count"]])
    for _ in range(4):
        chosen = random.sample(shares, case["threshold"])
        secret = Codex32String.interpolate_at(chosen)
        assert secret.data.hex() == case["seed"], "another seed"
        assert (secret.ident, secret.k) == (case["identifier"], str(case["threshold"]))
    for text in (answer["whole"], answer["capitals"]):
        whole = Codex32String(text)
        assert (whole.data.hex(), whole.k, whole.share_idx) == (case["seed"], "0", "s")


FORMATS = {
    "slip39": (slip39_cases, None),
    "slip39_made": (slip39_made_cases, slip39_made_judge),
    "codex32": (codex32_cases, None),
    "codex32_made": (codex32_made_cases, codex32_made_judge),
}
