"""The signatures in a PSBT's bytes, read without any wallet's help, and what a coin comes from."""

import hashlib
from io import BytesIO

PARTIAL_SIG, TAP_KEY_SIG, TAP_SCRIPT_SIG = 0x02, 0x13, 0x14
NON_WITNESS_UTXO, WITNESS_UTXO = b"\0", b"\1"
# Where the only output stands in what `paying` gives.
PAYS_AT = 4 + 1 + 36 + 1 + 4 + 1


def compact(stream):
    first = stream.read(1)[0]
    size = {0xFD: 2, 0xFE: 4, 0xFF: 8}.get(first)
    return first if size is None else int.from_bytes(stream.read(size), "little")


def maps(psbt):
    """Every map as a list of keys and values."""
    assert psbt[:5] == b"psbt\xff", "no PSBT"
    stream, found, current = BytesIO(psbt[5:]), [], []
    while stream.tell() < len(psbt) - 5:
        length = compact(stream)
        if length == 0:
            found.append(current)
            current = []
        else:
            key = stream.read(length)
            current.append((key, stream.read(compact(stream))))
    return found


def written(found):
    """The opposite of `maps`; no length here needs more than three bytes."""

    def sized(data):
        length = len(data)
        return (bytes([length]) if length < 0xFD else b"\xfd" + length.to_bytes(2, "little")) + data

    body = b"".join(b"".join(sized(k) + sized(v) for k, v in pairs) + b"\0" for pairs in found)
    return b"psbt\xff" + body


def signatures(psbt, inputs):
    """{(input, PSBT key): signature bytes}."""
    kinds = {PARTIAL_SIG, TAP_KEY_SIG, TAP_SCRIPT_SIG}
    return {
        (number, key): value
        for number, pairs in enumerate(maps(psbt)[1 : 1 + inputs])
        for key, value in pairs
        if key[0] in kinds
    }


def new(found, known):
    return {place: value for place, value in found.items() if place not in known}


def with_signatures(psbt, added):
    """What a combiner does, the pairs in the order of their keys."""
    found = maps(psbt)
    for (number, key), value in added.items():
        pairs = found[1 + number]
        at = next((at for at, (other, _) in enumerate(pairs) if other > key), len(pairs))
        pairs.insert(at, (key, value))
    return written(found)


def without(psbt, removed):
    found = maps(psbt)
    for number, key in removed:
        found[1 + number] = [pair for pair in found[1 + number] if pair[0] != key]
    return written(found)


def high_r(signature):
    """DER: the length of R is the fourth byte; a high one has a zero byte before it."""
    return signature[3] > 32


def spent(psbt, inputs=2):
    """Script and sat of the output that each input spends, coins as `paying` makes them."""
    outputs = []
    for pairs in maps(psbt)[1 : 1 + inputs]:
        fields = dict(pairs)
        if NON_WITNESS_UTXO in fields:
            outputs.append(output(fields[NON_WITNESS_UTXO][PAYS_AT:]))
        else:
            outputs.append(output(fields[WITNESS_UTXO]))
    return outputs


def output(data):
    length = data[8]
    return data[9 : 9 + length], int.from_bytes(data[:8], "little")


def paying(label, script, sat):
    """A transaction that pays `sat` to `script` and nothing else."""
    outpoint = hashlib.sha256(label.encode()).digest() + bytes(4)
    output = sat.to_bytes(8, "little") + bytes([len(script)]) + script
    return b"\2\0\0\0\1" + outpoint + b"\0\xfd\xff\xff\xff\1" + output + bytes(4)


def txid(raw):
    """Of a transaction without witnesses, in the order of the bytes."""
    return hashlib.sha256(hashlib.sha256(raw).digest()).digest()
