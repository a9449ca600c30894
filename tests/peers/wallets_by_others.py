"""Our wallets and exports, judged by other libraries.

The Rust test `wallet_peers` writes descriptors with addresses, and accounts' keys in the forms that
coordinators read; embit and bdkpython derive the addresses again, embit the checksums and the keys,
and urtypes reads the URs.
"""

import json
import os
import subprocess
import tempfile
from pathlib import Path

import bdkpython as bdk
from embit import bip32, bip39
from embit.descriptor import Descriptor
from embit.descriptor.checksum import add_checksum
from embit.networks import NETWORKS
from urtypes.crypto import Account, HDKey, Output

ROOT = Path(__file__).resolve().parents[2]
WORDS = "abandon " * 11 + "about"
# bdkpython does not know it
NO_BDK = "sortedmulti_a"
PREFIXES = {
    "main": ("xpub", "ypub", "zpub", "Ypub", "Zpub"),
    "test": ("tpub", "upub", "vpub", "Upub", "Vpub"),
}


def run(wanted):
    """Passed and failed cases, of those whose names contain the words."""
    names = [name for name in JUDGES if all(word in f"wallets, {name}" for word in wanted)]
    if not names:
        return 0, 0
    passed = failed = 0
    with tempfile.TemporaryDirectory(prefix="coldlight-wallets-") as folder:
        told = make(folder)
        for name in names:
            try:
                cases = json.loads((Path(folder) / f"{name}.json").read_text())
                assert cases, "no cases"
                for case in cases:
                    JUDGES[name](case)
                passed += 1
                print(f"ok      wallets, {name}: {len(cases)} cases", flush=True)
            except Exception as error:  # a peer's own failure is a failed case too
                failed += 1
                print(f"FAILED  wallets, {name}: {type(error).__name__}: {error}", flush=True)
        if failed:
            print(told)
    return passed, failed


def make(folder):
    done = subprocess.run(
        ["cargo", "test", "--locked", "--test", "wallet_peers"],
        cwd=ROOT,
        env=os.environ | {"COLDLIGHT_WALLET_PEERS": folder},
        capture_output=True,
        text=True,
    )
    return done.stdout + (done.stderr if done.returncode else "")


def judge_wallet(case):
    form = case["form"]
    for text in (case["descriptor"], *case["chains"]):
        assert add_checksum(text.split("#")[0]) == text, f"{form}: another checksum"
    network = bdk.NetworkKind.MAIN
    for chain, (text, addresses) in enumerate(zip(case["chains"], case["addresses"])):
        whole = Descriptor.from_string(case["descriptor"].split("#")[0])
        assert whole.num_branches == 2, form
        for index, address in addresses:
            theirs = whole.derive(index, branch_index=chain).address(NETWORKS["main"])
            assert theirs == address, f"{form} {chain}/{index}: embit gives {theirs}"
            if NO_BDK not in form:
                single = bdk.Descriptor(text, network)
                theirs = str(single.derive_address(index, bdk.Network.BITCOIN))
                assert theirs == address, f"{form} {chain}/{index}: bdk gives {theirs}"
    if case["crypto-output"]:
        output = Output.from_cbor(bytes.fromhex(case["crypto-output"]))
        plain = case["descriptor"].split("#")[0].replace("/<0;1>/*", "")
        theirs = output.descriptor(include_checksum=False)
        assert same(theirs) == same(plain), f"{form}: urtypes reads {theirs}"


def judge_account(case):
    network = case["network"]
    root = bip32.HDKey.from_seed(
        bip39.mnemonic_to_seed(WORDS), version=NETWORKS[network]["xprv"]
    )
    fingerprint = root.my_fingerprint.hex()
    texts = []
    for key in case["keys"]:
        public = root.derive("m/" + key["path"]).to_public()
        text = f"[{fingerprint}/{key['path']}]{public.to_base58()}"
        assert key["text"] == text, f"{key['path']}: another key"
        texts.append(text)
        read = HDKey.from_cbor(bytes.fromhex(key["crypto-hdkey"]))
        assert same(read.descriptor_key()) == same(text), "urtypes reads another key"
        if key["slip132"]:
            assert key["slip132"][:4] in PREFIXES[network], key["slip132"]
            assert bip32.HDKey.from_base58(key["slip132"]).key == public.key
        if key["descriptor"]:
            assert text in key["descriptor"]
            assert add_checksum(key["descriptor"].split("#")[0]) == key["descriptor"]
    account = Account.from_cbor(bytes.fromhex(case["crypto-account"]))
    assert account.master_fingerprint.hex() == fingerprint
    theirs = [output.descriptor(include_checksum=False) for output in account.output_descriptors]
    assert len(theirs) == len(texts) - 1, "all but BIP87's"
    for one, text in zip(theirs, texts):
        assert same(text) in same(one), f"urtypes reads {one}"


def same(text):
    """The two signs of a hardened step are one."""
    return text.replace("'", "h")


JUDGES = {"wallets": judge_wallet, "accounts": judge_account}
