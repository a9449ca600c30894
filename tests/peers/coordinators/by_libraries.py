"""What coordinators are given, read by the libraries that they are built on, or by ones beside them
where theirs are in no registry: embit, bdkpython, wallycore, urtypes."""

import json
from importlib.metadata import version

import bdkpython as bdk
import cbor2
import telling
import wallycore as wally
from embit import bip32
from embit.descriptor import Descriptor
from embit.descriptor.checksum import add_checksum
from embit.networks import NETWORKS
from urtypes.crypto import Account, HDKey, Output

SINGLE = {"44'": "pkh({})", "49'": "sh(wpkh({}))", "84'": "wpkh({})", "86'": "tr({})"}
BDK = {"main": bdk.Network.BITCOIN, "test": bdk.Network.TESTNET}
KINDS = {"main": bdk.NetworkKind.MAIN, "test": bdk.NetworkKind.TEST}
WALLY = {
    "main": wally.WALLY_NETWORK_BITCOIN_MAINNET,
    "test": wally.WALLY_NETWORK_BITCOIN_TESTNET,
}


def by_embit(chains, one):
    for chain, index, address in telling.every_address(one):
        descriptor = Descriptor.from_string(chains[chain].split("#")[0])
        theirs = descriptor.derive(index).address(NETWORKS[one["network"]])
        assert theirs == address, f"{chain}/{index}: embit gives {theirs}"


def by_bdk(chains, one):
    read = [bdk.Descriptor(text, KINDS[one["network"]]) for text in chains]
    for chain, index, address in telling.every_address(one):
        theirs = str(read[chain].derive_address(index, BDK[one["network"]]))
        assert theirs == address, f"{chain}/{index}: bdk gives {theirs}"


def by_wally(chains, one):
    network = WALLY[one["network"]]
    read = [wally.descriptor_parse(text, None, network, 0) for text in chains]
    for chain, index, address in telling.every_address(one):
        theirs = wally.descriptor_to_address(read[chain], 0, 0, index, 0)
        assert theirs == address, f"{chain}/{index}: wally gives {theirs}"


DERIVERS = {"embit": by_embit, "bdkpython": by_bdk, "wallycore": by_wally}


def chains(text):
    """Receive and change, each with its checksum."""
    body = text.split("#")[0]
    return [add_checksum(body.replace("<0;1>", str(chain))) for chain in (0, 1)]


def joined(one, key):
    """The wallet that a key makes: alone, or with two others' keys."""
    if one["cosigners"]:
        keys = [key, *(other["text"] for other in one["cosigners"])]
        inner = ",".join(f"{key}/<0;1>/*" for key in keys)
        return telling.wrapped(one).format(f"sortedmulti(2,{inner})")
    return SINGLE[one["path"].split("/")[0]].format(f"{key}/<0;1>/*")


def text(one, given):
    assert telling.same(given["text"]) == telling.same(one["text"])
    return chains(joined(one, given["text"]))


def descriptor(one, given):
    assert add_checksum(given["text"].split("#")[0]) == given["text"], "another checksum"
    return chains(given["text"])


def core_import(one, given):
    """As `importdescriptors` takes it: each chain with its own checksum."""
    entries = json.loads(given["text"])
    assert [entry["internal"] for entry in entries] == [False, True]
    assert all(entry["active"] and entry["range"] == [0, 999] for entry in entries)
    texts = [entry["desc"] for entry in entries]
    assert all(add_checksum(text.split("#")[0]) == text for text in texts)
    return texts


def bsms(one, given):
    """BIP129's record: the restrictions stand for `/**`, the first address is the descriptor's."""
    head, body, restrictions, first = given["text"].splitlines()
    assert (head, restrictions) == ("BSMS 1.0", "/0/*,/1/*")
    assert first == one["addresses"][0][0][1]
    return chains(body.replace("/**", "/<0;1>/*"))


def account(one, given):
    read = Account.from_cbor(bytes.fromhex(given["cbor"]))
    (output,) = read.output_descriptors
    key = output.crypto_key.descriptor_key()
    assert telling.same(key) == telling.same(one["text"]), key
    return chains(joined(one, key))


def hdkey_first(one, given):
    key = HDKey.from_cbor(bytes.fromhex(given["cbor"])).descriptor_key()
    assert telling.same(key) == telling.same(one["text"]), key
    return chains(joined(one, key))


def hdkey_second(one, given):
    """BCR-2023-007 by its paper; no library of the registries reads it."""
    fields = cbor2.loads(bytes.fromhex(given["cbor"]))
    origin = fields[6]
    assert origin.tag == 40304 and (5 not in fields) == (one["network"] == "main")
    steps = origin.value[1]
    numbers = zip(steps[::2], steps[1::2])
    path = "/".join(f"{number}{'h' if hardened else ''}" for number, hardened in numbers)
    key = bip32.HDKey(
        bip32.ec.PublicKey.parse(fields[3]),
        fields[4],
        version=NETWORKS[one["network"]]["xpub"],
        depth=len(steps) // 2,
        fingerprint=fields.get(8, 0).to_bytes(4, "big"),
        child_number=steps[-2] | (1 << 31 if steps[-1] else 0),
    )
    key = f"[{origin.value[2]:08x}/{path}]{key.to_base58()}"
    assert telling.same(key) == telling.same(one["text"]), key
    return chains(joined(one, key))


def output_first(one, given):
    read = Output.from_cbor(bytes.fromhex(given["cbor"])).descriptor(include_checksum=False)
    plain = one["descriptor"].split("#")[0]
    assert telling.same(read) == telling.same(plain.replace("/<0;1>/*", "")), read
    return chains(plain)


def output_third(one, given):
    """BCR-2023-010 by its paper: the descriptor's text, and its name."""
    fields = cbor2.loads(bytes.fromhex(given["cbor"]))
    assert fields[3] == "Family"
    return chains(fields[1])


# Form: what reads it (nothing where it is text), and the descriptors that this gives.
READERS = {
    "Text": ("", text),
    "Descriptor": ("", descriptor),
    "CoreImport": ("", core_import),
    "Bsms": ("", bsms),
    "CryptoAccount": ("urtypes", account),
    "CryptoHdKey": ("urtypes", hdkey_first),
    "HdKey": ("cbor2", hdkey_second),
    "CryptoOutput": ("urtypes", output_first),
    "OutputDescriptor": ("cbor2", output_third),
}
# what each of them derives with, where that can be had, and others beside it
BY = {
    "Sparrow": ("embit",),
    "Nunchuk": ("embit", "wallycore"),
    "Bitcoin Keeper": ("embit",),
    "Cove": ("bdkpython",),
    "BlueWallet": ("embit",),
    "Bitcoin Safe": ("bdkpython",),
    "Liana": ("bdkpython", "embit"),
    "Bitcoin Core": ("wallycore", "embit", "bdkpython"),
}


def work(one, given, read, deriver):
    DERIVERS[deriver](read(one, given), one)


told = telling.Telling()
for coordinator, one, form, given in telling.exports(*BY):
    if form not in READERS:
        continue
    name, read = READERS[form]
    for deriver in BY[coordinator]:
        library = " and ".join(f"{one} {version(one)}" for one in (name, deriver) if one)
        if deriver == "wallycore" and telling.has_leaves(one):
            # it has no Taproot trees
            told.tell(coordinator, form, library, telling.refused, work, one, given, read, deriver)
        else:
            told.tell(coordinator, form, library, work, one, given, read, deriver)
told.print()
