"""bdk: a wallet that is paid, builds a payment, signs it and finishes it. Reads no version 2."""

import base64

import bdkpython as bdk

import families
import psbt as raw

NAME = "bdkpython"
VERSIONS = (0,)
SCHNORR_AS_OURS = True


def supports(family):
    return True


def wallet(family, secret=""):
    receive, change = (
        bdk.Descriptor(family.descriptor(str(chain), secret), bdk.NetworkKind.TEST)
        for chain in (0, 1)
    )
    made = bdk.Wallet(receive, change, bdk.Network.REGTEST, bdk.Persister.new_in_memory())
    for index, sat in families.COINS:
        made.reveal_addresses_to(bdk.KeychainKind.EXTERNAL, index)
        script = made.peek_address(bdk.KeychainKind.EXTERNAL, index).address.script_pubkey()
        paid = bdk.Transaction(raw.paying(f"{family.name} {index}", script.to_bytes(), sat))
        made.apply_unconfirmed_txs([bdk.UnconfirmedTx(tx=paid, last_seen=0)])
    return made


def unsigned(family, version):
    made = wallet(family)
    builder = (
        bdk.TxBuilder()
        .add_recipient(bdk.Script(families.STRANGER), bdk.Amount.from_sat(families.PAID))
        .fee_absolute(bdk.Amount.from_sat(families.FEE))
        .drain_wallet()
    )
    for keychain in (bdk.KeychainKind.EXTERNAL, bdk.KeychainKind.INTERNAL):
        policy = made.policies(keychain)
        if policy.requires_path():
            builder = builder.policy_path({policy.id(): [0]}, keychain)
    return base64.b64decode(builder.finish(made).serialize())


def read(psbt):
    return bdk.Psbt(base64.b64encode(psbt).decode())


def options(finalize):
    return bdk.SignOptions(
        trust_witness_utxo=True,
        assume_height=None,
        allow_all_sighashes=False,
        try_finalize=finalize,
        sign_with_tap_internal_key=True,
        allow_grinding=True,
    )


def sign(psbt, family, letter):
    signed = read(psbt)
    wallet(family, secret=letter).sign(signed, options(finalize=False))
    return base64.b64decode(signed.serialize())


def finish(unsigned, signed, family):
    both = read(unsigned).combine(read(signed))
    done = both.finalize()
    assert done.could_finalize, done.errors
    return bytes(done.psbt.extract_tx().serialize())
