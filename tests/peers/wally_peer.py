"""wallycore (libwally): makes PSBTs of both versions from its descriptors; no Taproot trees."""

import wallycore as wally

import families
import psbt as raw

NAME = "wallycore"
VERSIONS = (0, 2)
SCHNORR_AS_OURS = True
NETWORK = wally.WALLY_NETWORK_BITCOIN_REGTEST
HARDENED = 0x80000000


def supports(family):
    return family.script != "p2tr-script"


def scripts(family, chain, index):
    """From the outside in: output, redeem and witness script where there are any."""
    parsed = wally.descriptor_parse(family.descriptor(), None, NETWORK, 0)
    depth = 1 + sum(part in ("sh", "wsh") for part in family.template.split("("))
    return [wally.descriptor_to_script(parsed, at, 0, 0, chain, index, 0) for at in range(depth)]


def origins(family, chain, index):
    """Public key, fingerprint and path of each key."""
    account = [int(step[:-1]) + HARDENED for step in family.path.split("/")]
    for letter in "ABC":
        if letter in family.template:
            root = wally.bip32_key_from_base58(families.master(letter).to_base58())
            path = account + [chain, index]
            key = wally.bip32_key_from_parent_path(root, path, wally.BIP32_FLAG_KEY_PRIVATE)
            yield wally.bip32_key_get_pub_key(key), wally.bip32_key_get_fingerprint(root), path


def unsigned(family, version):
    coins = [scripts(family, 0, index) for index, _ in families.COINS]
    back = scripts(family, 1, families.CHANGE_INDEX)
    previous = [
        raw.paying(f"{family.name} {index}", coin[0], sat)
        for coin, (index, sat) in zip(coins, families.COINS)
    ]
    rest = sum(sat for _, sat in families.COINS) - families.PAID - families.FEE
    transaction = wally.tx_init(2, 0, 2, 2)
    for one in previous:
        wally.tx_add_raw_input(transaction, raw.txid(one), 0, 0xFFFFFFFD, None, None, 0)
    wally.tx_add_raw_output(transaction, families.PAID, families.STRANGER, 0)
    wally.tx_add_raw_output(transaction, rest, back[0], 0)
    psbt = wally.psbt_from_tx(transaction, 0, 0)
    for number, (coin, one, (index, sat)) in enumerate(zip(coins, previous, families.COINS)):
        wally.psbt_set_input_utxo(psbt, number, wally.tx_from_bytes(one, 0))
        if family.script not in ("p2pkh", "p2sh"):
            # It signs some P2WSH inputs wrongly that have the previous transaction only.
            wally.psbt_set_input_witness_utxo(psbt, number, wally.tx_output_init(sat, coin[0]))
        describe(psbt, "input", number, family, coin, (0, index))
    describe(psbt, "output", 1, family, back, (1, families.CHANGE_INDEX))
    if version == 2:
        wally.psbt_set_version(psbt, 0, 2)
    made = bytes(wally.psbt_to_bytes(psbt, 0))
    return with_taproot_keys(made, family) if family.script == "p2tr-key" else made


def describe(psbt, side, number, family, coin, place):
    def put(field, value):
        getattr(wally, f"psbt_set_{side}_{field}")(psbt, number, value)

    inner = coin[1:]
    if family.template.startswith("sh("):
        put("redeem_script", inner.pop(0))
    if inner:
        put("witness_script", inner.pop(0))
    if family.script != "p2tr-key":
        keys = wally.map_keypath_public_key_init(3)
        for key, fingerprint, path in origins(family, *place):
            wally.map_keypath_add(keys, key, fingerprint, path)
        put("keypaths", keys)


def with_taproot_keys(psbt, family):
    """Its Python binding cannot add Taproot keys; it reads, keeps and signs with them."""
    found = raw.maps(psbt)
    places = [(1 + number, 0, index) for number, (index, _) in enumerate(families.COINS)]
    for number, chain, index in [*places, (len(found) - 1, 1, families.CHANGE_INDEX)]:
        key_field, origin_field = (b"\x05", b"\x07") if chain else (b"\x17", b"\x16")
        for key, fingerprint, path in origins(family, chain, index):
            steps = b"".join(step.to_bytes(4, "little") for step in path)
            found[number].append((origin_field + key[1:], b"\0" + fingerprint + steps))
            found[number].append((key_field, bytes(key[1:])))
    return bytes(wally.psbt_to_bytes(wally.psbt_from_bytes(raw.written(found), 0), 0))


def sign(psbt, family, letter):
    psbt = wally.psbt_from_bytes(psbt, 0)
    root = wally.bip32_key_from_base58(families.master(letter).to_base58())
    wally.psbt_sign_bip32(psbt, root, wally.EC_FLAG_GRIND_R)
    return bytes(wally.psbt_to_bytes(psbt, 0))


def finish(unsigned, signed, family):
    """Its finaliser knows no miniscript but multisig."""
    if "miniscript" in family.name:
        return None
    psbt = wally.psbt_from_bytes(unsigned, 0)
    wally.psbt_combine(psbt, wally.psbt_from_bytes(signed, 0))
    wally.psbt_finalize(psbt, 0)
    transaction = wally.psbt_extract(psbt, wally.WALLY_PSBT_EXTRACT_FINAL)
    return bytes(wally.tx_to_bytes(transaction, wally.WALLY_TX_FLAG_USE_WITNESS))
