"""What Bitcoin Safe is given, read by its own reader of codes (bitcoin-qr-tools) and the bdk that it
pins; that reader also puts PSBTs' frames together."""

import base64
import sys
import types
from importlib.metadata import version

# its sentences are translated by Qt; nothing else of it is used here
core = types.ModuleType("PyQt6.QtCore")
core.QCoreApplication = types.SimpleNamespace(translate=lambda context, text: text)
sys.modules |= {"PyQt6": types.ModuleType("PyQt6"), "PyQt6.QtCore": core}

import bdkpython as bdk  # noqa: E402 (these need Qt, as they think)
import telling  # noqa: E402
from bitcoin_qr_tools.data import Data, DataType  # noqa: E402
from bitcoin_qr_tools.multipath_descriptor import MultipathDescriptor  # noqa: E402
from bitcoin_qr_tools.unified_decoder import UnifiedDecoder  # noqa: E402

LIBRARY = f"bitcoin-qr-tools {version('bitcoin-qr-tools')} and bdkpython {version('bdkpython')}"
NETWORKS = {"main": bdk.Network.BITCOIN, "test": bdk.Network.TESTNET}
SINGLE = {"44'": "pkh({})", "49'": "sh(wpkh({}))", "84'": "wpkh({})", "86'": "tr({})"}


def put_together(frames, network):
    decoder = UnifiedDecoder(network)
    for frame in frames:
        decoder.add(frame)
        if decoder.is_complete():
            return decoder.get_complete_data()
    raise AssertionError("the frames are not put together")


def compare(descriptors, one):
    for chain, index, address in telling.every_address(one):
        script = descriptors[chain].derive_address(index, NETWORKS[one["network"]])
        assert script == address, f"{chain}/{index}: {script}"


class Bdk:
    """One chain's descriptor, as its wallets use it."""

    def __init__(self, descriptor, network):
        self.wallet = bdk.Wallet(descriptor, None, network, bdk.DatabaseConfig.MEMORY())

    def derive_address(self, index, network):
        return self.wallet.get_address(bdk.AddressIndex.PEEK(index)).address.as_string()


def signer(info, one):
    """The key, and the wallet that it makes, for shared ones with two others' keys."""
    network = NETWORKS[one["network"]]
    text = f"[{info.fingerprint.lower()}{info.key_origin[1:]}]{info.xpub}"
    assert telling.same(text) == telling.same(one["text"]), text
    keys = [text, *(other["text"] for other in one["cosigners"])]
    if one["cosigners"]:
        inner = ",".join(f"{key}/<0;1>/*" for key in keys)
        body = telling.wrapped(one).format(f"sortedmulti(2,{inner})")
    else:
        body = SINGLE[one["path"].split("/")[0]].format(f"{text}/<0;1>/*")
    multipath(MultipathDescriptor.from_descriptor_str(body, network), one)


def multipath(descriptor, one):
    network = NETWORKS[one["network"]]
    compare([Bdk(chain, network) for chain in descriptor.bdk_descriptors], one)


def account(one, given):
    data = put_together(given["frames"], NETWORKS[one["network"]])
    assert data.data_type == DataType.SignerInfos and len(data.data) == 1, data.data_type
    signer(data.data[0], one)


def text(one, given):
    for data in (
        Data.from_str(given["text"], NETWORKS[one["network"]]),
        put_together(given["frames"], NETWORKS[one["network"]]),
    ):
        assert data.data_type == DataType.SignerInfo, data.data_type
        signer(data.data, one)


def json(one, given):
    data = put_together(given["frames"], NETWORKS[one["network"]])
    assert data.data_type == DataType.SignerInfos and len(data.data) == 1, data.data_type
    signer(data.data[0], one)


def descriptor(one, given):
    data = Data.from_str(given["text"], NETWORKS[one["network"]])
    assert data.data_type == DataType.MultiPathDescriptor, data.data_type
    multipath(data.data, one)


def coldcard(one, given):
    data = Data.from_str(given["text"], NETWORKS[one["network"]])
    assert data.data_type == DataType.MultisigWalletExport, data.data_type
    export = data.data
    keys = ",".join(
        f"[{info.fingerprint.lower()}{info.key_origin[1:]}]{info.xpub}/<0;1>/*"
        for info in export.signer_infos
    )
    wrapping = {"p2sh": "sh({})", "p2wsh": "wsh({})", "p2sh-p2wsh": "sh(wsh({}))"}
    body = f"sortedmulti({export.threshold},{keys})"
    body = wrapping[export.address_type_short_name].format(body)
    multipath(MultipathDescriptor.from_descriptor_str(body, NETWORKS[one["network"]]), one)


READERS = {
    "CryptoAccount": account,
    "Text": text,
    "ColdcardJson": json,
    "Descriptor": descriptor,
    "ColdcardText": coldcard,
}
# the same texts and JSON are for these, too
OTHERS = ("Sparrow", "Specter Desktop", "BlueWallet", "Nunchuk", "Cove")


def frames(one):
    data = put_together(one["frames"], bdk.Network.BITCOIN)
    assert data.data_type == DataType.PSBT
    assert base64.b64decode(data.data.serialize()).hex() == one["message"]


told = telling.Telling()
for coordinator, one, form, given in telling.exports("Bitcoin Safe", *OTHERS):
    if form not in READERS or (coordinator in OTHERS and not form.startswith("Coldcard")):
        continue
    if coordinator not in OTHERS and not one["may_have"]:
        told.tell(coordinator, form, LIBRARY, telling.refused, READERS[form], one, given)
    else:
        told.tell(coordinator, form, LIBRARY, READERS[form], one, given)
for one in telling.read("frames.json"):
    told.tell("frames", f"PSBT as {one['dialect']}", LIBRARY, frames, one)
told.print()
