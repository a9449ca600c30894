"""What Electrum is given, read by its own code (Debian's package): each account's key makes a wallet;
shared ones together with two others' keys. Then its wallet file, for our own reader.

usage: /usr/bin/python3 by_electrum.py FOLDER
"""

import json
import sys
import tempfile
from pathlib import Path

import telling
from electrum import constants, keystore, util
from electrum.simple_config import SimpleConfig
from electrum.storage import WalletStorage
from electrum.version import ELECTRUM_VERSION
from electrum.wallet import Multisig_Wallet, restore_wallet_from_text
from electrum.wallet_db import WalletDB

LIBRARY = f"Electrum {ELECTRUM_VERSION}"
NETWORKS = {"main": constants.BitcoinMainnet, "test": constants.BitcoinTestnet}
SCRIPTS = {"44'": "p2pkh", "49'": "p2wpkh-p2sh", "84'": "p2wpkh"}
SHARED = {"45'": "p2sh", "1'": "p2wsh-p2sh", "2'": "p2wsh"}


def key(one, given, config):
    steps = one["path"].split("/")
    if one["cosigners"]:
        wallet = multisig(one, given, config)
        kind = SHARED[steps[-1]]
    else:
        text = given["text"]
        assert keystore.is_master_key(text) and keystore.is_bip32_key(text)
        wallet = restore_wallet_from_text(text, path=None, config=config)["wallet"]
        kind = SCRIPTS[steps[0]]
    assert wallet.txin_type == kind, wallet.txin_type
    assert wallet.is_watching_only()
    for chain, index, address in telling.every_address(one):
        theirs = wallet.derive_address(chain, index)
        assert theirs == address, f"{chain}/{index}: Electrum gives {theirs}"


def multisig(one, given, config, storage=None):
    """As its wizard puts cosigners' master keys together."""
    database = WalletDB("", manual_upgrades=False)
    database.put("wallet_type", "2of3")
    texts = [given["text"], *(other["slip132"] for other in one["cosigners"])]
    for number, text in enumerate(texts, start=1):
        database.put(f"x{number}/", keystore.from_master_key(text).dump())
    return Multisig_Wallet(database, storage, config=config)


def file(one, given, config, folder):
    """A wallet file of its own making, with our key and two others'."""
    path = folder / f"{one['path'].replace('/', '-')}.electrum"
    storage = WalletStorage(str(path))
    wallet = multisig(one, given, config, storage)
    wallet.save_db()
    return {"file": path.read_text(), "descriptor": one["descriptor"], "network": one["network"]}


def main():
    loop, stop, thread = util.create_and_start_event_loop()
    told, files = telling.Telling(), []
    with tempfile.TemporaryDirectory(prefix="coldlight-electrum-") as folder:
        config = SimpleConfig({"electrum_path": folder})
        for coordinator, one, form, given in telling.exports("Electrum"):
            constants.net = NETWORKS[one["network"]]
            told.tell(coordinator, form, LIBRARY, key, one, given, config)
            if one["cosigners"] and one["network"] == "main":
                files.append(file(one, given, config, Path(folder)))
    (Path(sys.argv[1]) / "electrum.json").write_text(json.dumps(files))
    told.print()
    loop.call_soon_threadsafe(stop.set_result, 1)
    thread.join()


main()
