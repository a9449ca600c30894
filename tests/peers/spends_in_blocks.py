"""Coins of ours on a regression test chain of Bitcoin Core's kernel: paid in a block, spent by our
program, and the block with the spend is taken, at the right height and not before it; with one bit of
a signature flipped it is not."""

import tempfile
from pathlib import Path

import regtest
from desk import Desk
from embit import script
from embit.descriptor import Descriptor
from embit.transaction import TransactionOutput
from embit_peer import spending
from families import FAMILIES, STRANGER, Family

SAT, FEE = 1_000_000, 1_000
NAMED = {family.name: family for family in FAMILIES}


def recovered(name, template, signers, script):
    return Family(name, template, "87h/1h/0h", signers, script)


def later(name, template, signers, script, kind, number):
    """A wallet whose `signers` wait: for so many blocks after the coin, or for a height. (No two have
    the same first height.)"""
    lock = f"{kind}({number})"
    return recovered(name, template.replace("LOCK", lock), signers, script), (kind, number)


TWO_OR_LATER = "wsh(or_d(multi(2,A,B),and_v(v:pkh(C),LOCK)))"
ONE_OR_LATER = "tr(A,and_v(v:pk(B),LOCK))"
BEFORE = TWO_OR_LATER.replace("LOCK", "older(52560)")

# A wallet, and the lock that its signers wait for, where they do.
SPENDS = [
    (NAMED["P2PKH"], None),
    (NAMED["P2SH-P2WPKH"], None),
    (NAMED["P2WPKH"], None),
    (NAMED["P2TR key path"], None),
    (NAMED["P2TR script path"], None),
    (NAMED["P2SH 2-of-3"], None),
    (NAMED["P2WSH 2-of-3"], None),
    (recovered("P2WSH, both before the recovery", BEFORE, "AB", "p2wsh"), None),
    later("P2WSH, recovery after blocks", TWO_OR_LATER, "C", "p2wsh", "older", 12),
    later("P2TR, leaf after blocks", ONE_OR_LATER, "B", "p2tr-script", "older", 15),
    later("P2WSH, recovery from a height", TWO_OR_LATER, "C", "p2wsh", "after", 160),
    later("P2TR, leaf from a height", ONE_OR_LATER, "B", "p2tr-script", "after", 165),
]


def run(wanted):
    """Passed and failed cases, of those whose names contain the words."""
    chosen = [one for one in SPENDS if all(word in f"blocks, {one[0].name}" for word in wanted)]
    if not chosen:
        return 0, 0
    passed = failed = 0
    with tempfile.TemporaryDirectory(prefix="coldlight-chain-") as folder:
        chain, desk = regtest.Chain(Path(folder)), Desk(Path(folder))
        paid, born = fund(chain, [family for family, _ in chosen])
        # whoever waits comes last, so that the others are not mined past its height
        for number in sorted(range(len(chosen)), key=lambda number: ready(chosen[number], born)):
            family, lock = chosen[number]
            try:
                told = spend(chain, desk, family, lock, (paid, number, born))
                passed += 1
                print(f"ok      blocks, {family.name}: {told}", flush=True)
            except Exception as error:
                failed += 1
                print(f"FAILED  blocks, {family.name}: {type(error).__name__}: {error}", flush=True)
    return passed, failed


def fund(chain, families):
    """One transaction that pays each wallet's first address, and the height of its block."""
    reward = chain.mine()
    chain.mine_to(regtest.MATURITY)
    outputs = [TransactionOutput(SAT, address(family)) for family in families]
    paying = regtest.Transaction(
        2, [regtest.TransactionInput(reward.txid(), 0, sequence=0xFFFFFFFF)], outputs, 0
    )
    assert chain.mine([paying]) is not None, "the coins are not paid"
    return paying, chain.height


def address(family):
    wallet = Descriptor.from_string(family.descriptor("{0,1}"))
    return wallet.derive(0, branch_index=0).script_pubkey()


def ready(one, born):
    """The first height at which a block may hold the spend (BIP68; BIP113's rule for heights)."""
    match one[1]:
        case ("older", blocks):
            return born + blocks
        case ("after", height):
            return height + 1
        case _:
            return 0


def spend(chain, desk, family, lock, coin):
    paid, number, born = coin
    final = signed(desk, family, lock, paid, number)
    height = ready((family, lock), born)
    if lock:
        assert chain.height < height - 1, "the chain is past it"
        chain.mine_to(height - 2)
        assert chain.mine([final]) is None, f"taken at {height - 1}, one block too early"
        chain.mine_to(height - 1)
    height = chain.height + 1
    flipped = 0
    for broken in with_a_bit_flipped(final):
        assert chain.mine([broken]) is None, "taken with a bit of a signature flipped"
        flipped += 1
    assert flipped >= len(family.signers), "not each signature was flipped"
    assert chain.mine([final]) is not None, f"the spend is not taken at {height}"
    assert chain.height == height
    early = f", not at {height - 1}" if lock else ""
    return f"taken at {height}{early}; refused with a flipped bit in each of its signatures ({flipped})"


def signed(desk, family, lock, paid, number):
    """By our program, one signer after the other; the last one finishes."""
    outputs = [TransactionOutput(SAT - FEE, script.Script(STRANGER))]
    times = {"older": "sequence", "after": "locktime"}
    waiting = {times[lock[0]]: lock[1]} if lock else {}
    psbt = spending(family, [(0, paid, number)], outputs, **waiting).serialize()
    for letter in family.signers[:-1]:
        psbt = desk.sign(desk.file(psbt), family, letter, "--whole")
    return regtest.parsed(desk.sign(desk.file(psbt), family, family.signers[-1], "--final"))


def with_a_bit_flipped(transaction):
    """The transaction once for each of its signatures, with that one's last bit but eight flipped: of
    an ECDSA one the last byte says what is signed."""
    witness = transaction.vin[0].witness.items
    for place, item in enumerate(witness):
        if len(item) in (64, 65, 70, 71, 72):
            broken = regtest.parsed(transaction.serialize())
            broken.vin[0].witness.items[place] = flipped(item)
            yield broken
    pushed = transaction.vin[0].script_sig.data
    at = 0
    while not witness and at < len(pushed):
        length = pushed[at]
        if length in (70, 71, 72) and pushed[at + 1] == 0x30:
            broken = regtest.parsed(transaction.serialize())
            item = flipped(pushed[at + 1 : at + 1 + length])
            data = pushed[: at + 1] + item + pushed[at + 1 + length :]
            broken.vin[0].script_sig = script.Script(data)
            yield broken
        at += 1 + (length if length < 76 else 0)


def flipped(signature):
    changed = bytearray(signature)
    changed[-2] ^= 1
    return bytes(changed)
