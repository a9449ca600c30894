#!/usr/bin/env python3
"""The same spends from Python's wallets, and our frames read by their readers.

For each wallet (embit, bdkpython, wallycore), script type and PSBT version: the wallet makes an
unsigned PSBT; our program shows it as frames, which zxing-cpp and zbar read and which are put
together here; our program reads them, reviews and signs; each signature is compared with the
wallet's own; the answer goes back as frames; the wallet finishes the transaction, and Bitcoin
Core's script verification judges it.

Before that, the formats of keys against other libraries (`keys_by_others`), our wallets and
addresses (`wallets_by_others`), what coordinators are given (`coordinators_by_others`), and our
spends in blocks of a regression test chain (`spends_in_blocks`).

usage: peers.py [words that the names must contain: of the spends, "keys, " and a format,
       "wallets, ", "coordinators, " and a name, or "blocks, " and a script]
The program is target/debug/coldlight, or the one named by COLDLIGHT.
"""

import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent

sys.dont_write_bytecode = True  # nothing beside the sources
sys.path.insert(1, str(HERE.parent / "vm"))
import environment  # noqa: E402 (what both share is there)

environment.enter()

import bdk_peer  # noqa: E402 (these need the environment)
import coordinators_by_others  # noqa: E402
import embit_peer  # noqa: E402
import families  # noqa: E402
import kernel  # noqa: E402
import keys_by_others  # noqa: E402
import psbt  # noqa: E402
import spends_in_blocks  # noqa: E402
import wallets_by_others  # noqa: E402
import wally_peer  # noqa: E402
from desk import Desk  # noqa: E402

PEERS = (embit_peer, bdk_peer, wally_peer)
# Forms to show in, one spend after the other.
FORMATS = ("ur", "bbqr", "specter", "base64", "hex")


def spend(desk, peer, family, version):
    unsigned = peer.unsigned(family, version)
    spent = psbt.spent(unsigned)
    signed, answer = unsigned, None
    for letter in family.signers:
        message = desk.carry(signed)
        judge_review(desk.inspect(message, family, letter), family)
        answer = desk.sign(message, family, letter)
        known = psbt.signatures(signed, len(spent))
        ours = psbt.new(psbt.signatures(answer, len(spent)), known)
        theirs = psbt.new(psbt.signatures(peer.sign(signed, family, letter), len(spent)), known)
        compare(ours, theirs, peer, family)
        desk.carry(answer)
        signed = psbt.with_signatures(signed, ours)
    last = desk.file(psbt.without(signed, ours))
    final = desk.sign(last, family, letter, "--final")
    assert kernel.accepts(final, spent), "Core rejects what we finished"
    theirs = peer.finish(unsigned, answer, family)
    if theirs is not None:
        assert kernel.accepts(theirs, spent), "Core rejects what the peer finished"
        assert theirs == final, "the peer finishes another transaction than we"


def judge_review(told, family):
    findings = [f"{finding['code']} {finding['where']}" for finding in told["findings"]]
    assert told["verdict"] != "refused", f"refused: {findings}"
    for one in told["inputs"]:
        assert one["ours"] and one["proven"] and one["script"] == family.script, one
    kinds = {one["kind"]: one["amount_sat"] for one in told["outputs"]}
    change = sum(sat for _, sat in families.COINS) - families.PAID - families.FEE
    assert kinds == {"external": families.PAID, "change": change}, kinds
    assert told["fee_sat"] == families.FEE, told["fee_sat"]


def compare(ours, theirs, peer, family):
    """To the byte, where the peer is deterministic in the same way."""
    assert ours.keys() == theirs.keys() and ours, "other signatures than the peer's"
    for place, signature in theirs.items():
        schnorr = place[1][0] != psbt.PARTIAL_SIG
        if schnorr and not peer.SCHNORR_AS_OURS:
            assert len(signature) == len(ours[place])
        elif not schnorr and psbt.high_r(signature):
            # embit takes a high R whose S is short for a low one
            assert peer is embit_peer, "a peer that does not grind"
        else:
            assert ours[place] == signature, f"input {place[0]}: another signature than the peer's"


def main():
    wanted = sys.argv[1:]
    spends = [
        (peer, family, version)
        for peer in PEERS
        for family in families.FAMILIES
        for version in peer.VERSIONS
        if peer.supports(family)
    ]
    passed, failed = keys_by_others.run(wanted)
    for others in (wallets_by_others, coordinators_by_others, spends_in_blocks):
        more, worse = others.run(wanted)
        passed, failed = passed + more, failed + worse
    for number, (peer, family, version) in enumerate(spends):
        form = FORMATS[number % len(FORMATS)]
        name = f"{peer.NAME} v{version}, {family.name}, {form}"
        if not all(word in name for word in wanted):
            continue
        with tempfile.TemporaryDirectory(prefix="coldlight-peers-") as folder:
            try:
                spend(Desk(Path(folder), form), peer, family, version)
                passed += 1
                print(f"ok      {name}", flush=True)
            except Exception as error:  # a peer's own failure is a failed spend too
                failed += 1
                print(f"FAILED  {name}: {type(error).__name__}: {error}", flush=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
