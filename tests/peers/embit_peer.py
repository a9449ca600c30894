"""embit: makes PSBTs of both versions by hand from its descriptors."""

from io import BytesIO

from embit import ec, script
from embit.descriptor import Descriptor
from embit.finalizer import finalize_psbt
from embit.hashes import tagged_hash
from embit.misc import secp256k1
from embit.psbt import PSBT, DerivationPath
from embit.transaction import Transaction, TransactionInput, TransactionOutput

import families
import psbt as raw

NAME = "embit"
VERSIONS = (0, 2)
# Its Schnorr signatures do not use zero auxiliary randomness.
SCHNORR_AS_OURS = False


def supports(family):
    return True


def unsigned(family, version):
    wallet = Descriptor.from_string(family.descriptor("{0,1}"))
    coins = []
    for index, sat in families.COINS:
        script_pubkey = wallet.derive(index, branch_index=0).script_pubkey()
        previous = raw.paying(f"{family.name} {index}", script_pubkey.data, sat)
        coins.append((index, Transaction.parse(previous), 0))
    back = wallet.derive(families.CHANGE_INDEX, branch_index=1)
    rest = sum(sat for _, sat in families.COINS) - families.PAID - families.FEE
    outputs = [
        TransactionOutput(families.PAID, script.Script(families.STRANGER)),
        TransactionOutput(rest, back.script_pubkey()),
    ]
    psbt = spending(family, coins, outputs)
    describe(psbt.outputs[1], back)
    psbt.version = version or None
    return PSBT.parse(psbt.serialize()).serialize()


def spending(family, coins, outputs, sequence=0xFFFFFFFD, locktime=0):
    """A PSBT of coins: each its receive index, the transaction that paid it, the output there."""
    transaction = Transaction(
        version=2,
        locktime=locktime,
        vin=[
            TransactionInput(previous.txid(), output, sequence=sequence)
            for _, previous, output in coins
        ],
        vout=outputs,
    )
    psbt = PSBT(transaction)
    wallet = Descriptor.from_string(family.descriptor("{0,1}"))
    for scope, (index, previous, output) in zip(psbt.inputs, coins):
        coin = wallet.derive(index, branch_index=0)
        scope.non_witness_utxo = previous
        if family.script not in ("p2pkh", "p2sh"):
            scope.witness_utxo = previous.vout[output]
        describe(scope, coin)
        if coin.taproot and coin.taptree:
            tell_leaf(scope, coin)
    return psbt


def describe(scope, coin):
    scope.redeem_script = coin.redeem_script()
    scope.witness_script = coin.witness_script()
    for key in coin.keys:
        public = ec.PublicKey.parse(key.sec())
        path = DerivationPath(key.origin.fingerprint, key.origin.derivation)
        if coin.taproot:
            leaves = [leaf_hash(coin)] if key is not coin.key else []
            scope.taproot_bip32_derivations[public] = (leaves, path)
        else:
            scope.bip32_derivations[public] = path
    if coin.taproot:
        scope.taproot_internal_key = ec.PublicKey.parse(coin.key.sec())


def leaf_hash(coin):
    return tagged_hash("TapLeaf", coin.taptree.tree.serialize())


def tell_leaf(scope, coin):
    """The only leaf of the tree: its control block has no path (BIP341)."""
    scope.taproot_merkle_root = leaf_hash(coin)
    internal = scope.taproot_internal_key.xonly()
    # Its own tweaked key has lost the parity.
    tweak = tagged_hash("TapTweak", internal + leaf_hash(coin))
    tweaked = secp256k1.ec_pubkey_add(secp256k1.ec_pubkey_parse(b"\2" + internal), tweak)
    parity = secp256k1.ec_pubkey_serialize(tweaked)[0] & 1
    control = bytes([0xC0 | parity]) + internal
    scope.taproot_scripts[control] = coin.taptree.tree.miniscript.compile() + b"\xc0"


def sign(psbt, family, letter):
    psbt = PSBT.parse(psbt)
    psbt.sign_with(families.master(letter))
    for scope in psbt.inputs:
        # It puts a key path signature into the final witness.
        if scope.final_scriptwitness:
            scope.unknown[bytes([raw.TAP_KEY_SIG])] = scope.final_scriptwitness.items[0]
            scope.final_scriptwitness = None
    return psbt.serialize()


def finish(unsigned, signed, family):
    """Its finaliser knows neither P2SH multisig, nor miniscript, nor Taproot's signature fields."""
    if family.script in ("p2sh", "p2tr-key", "p2tr-script") or "miniscript" in family.name:
        return None
    psbt, answer = PSBT.parse(unsigned), PSBT.parse(signed)
    for scope, answered in zip(psbt.inputs, answer.inputs):
        scope.partial_sigs.update(answered.partial_sigs)
    return finalize_psbt(psbt).serialize()
