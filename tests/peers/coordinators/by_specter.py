"""What Specter Desktop is given, read by its own modules and the embit that it pins."""

import json

import telling
from cryptoadvance.specter._version import version
from cryptoadvance.specter.key import Key
from cryptoadvance.specter.util.wallet_importer import WalletImporter
from embit.descriptor import Descriptor
from embit.networks import NETWORKS

LIBRARY = f"cryptoadvance-specter {version}"
TYPES = {
    "44'": "", "49'": "sh-wpkh", "84'": "wpkh", "86'": "tr", "45'": "", "87'": "",
    "1'": "sh-wsh", "2'": "wsh",
}  # fmt: skip
SINGLE = {"44'": "pkh({})", "49'": "sh(wpkh({}))", "84'": "wpkh({})", "86'": "tr({})"}


def text(one, given):
    """As its page for a new device takes keys; what it makes of them is put into a descriptor."""
    keys, failed = Key.parse_xpubs(given["text"])
    assert not failed and len(keys) == 1, failed
    key, steps = keys[0], one["path"].split("/")
    assert key.key_type == TYPES[steps[-1] if steps[0] == "48'" else steps[0]], key.key_type
    assert telling.same(str(key)) == telling.same(one["text"])
    assert key.is_testnet == (one["network"] == "test")
    if steps[0] in SINGLE:
        body = SINGLE[steps[0]].format(f"{key}/{{0,1}}/*")
    else:
        others = [Key.parse_xpub(other["text"]) for other in one["cosigners"]]
        keys = ",".join(f"{signer}/{{0,1}}/*" for signer in [key, *others])
        body = telling.wrapped(one).format(f"sortedmulti(2,{keys})")
    compare(Descriptor.from_string(body), one)


def compare(descriptor, one):
    network = NETWORKS[one["network"]]
    for chain, index, address in telling.every_address(one):
        theirs = descriptor.derive(index, branch_index=chain).address(network)
        assert theirs == address, f"{chain}/{index}: {theirs}"


def wallet(one, given):
    """As its page for a wallet's file takes it. The change chain it makes itself, from `/0/`."""
    name, receive, _ = WalletImporter.parse_wallet_data_import(json.loads(given["text"]))
    assert name == "Family"
    importer = WalletImporter.__new__(WalletImporter)
    importer.descriptor = Descriptor.from_string(receive)
    importer.check_descriptor()
    compare(Descriptor.from_string(receive.split("#")[0].replace("/0/*", "/{0,1}/*")), one)


def descriptor(one, given):
    compare(Descriptor.from_string(given["text"].split("#")[0].replace("<0;1>", "{0,1}")), one)


READERS = {"Text": text, "SpecterJson": wallet, "Descriptor": descriptor}
# its file is for these, too
OTHERS = ("Sparrow", "Nunchuk")

told = telling.Telling()
for coordinator, one, form, given in telling.exports("Specter Desktop", *OTHERS):
    if form not in READERS or (coordinator in OTHERS and form != "SpecterJson"):
        continue
    if telling.has_leaves(one):
        # Specter has no Taproot trees
        assert coordinator in OTHERS or not one["may_have"]
        told.tell(coordinator, form, LIBRARY, telling.refused, READERS[form], one, given)
    else:
        told.tell(coordinator, form, LIBRARY, READERS[form], one, given)
told.print()
