"""Our frames, read by two readers of other people and put together without our program."""

import base64
import re
import zlib

from codes import by_zbar, by_zxing
from PIL import Image

# BCR-2020-012: the first and last letters of the 256 bytewords.
BYTEWORDS = (
    "aeadaoaxaaahamatayasbkbdbnbtbabsbebybgbwbbbzcmchcscfcycwcecackctcxclcpcndkdadsdidedtdrdn"
    "dwdpdmdldyeheyeoeeecenemetesftfrfnfsfmfhfzfpfwfxfyfefgflfdgagegrgsgtglgwgdgygmgughgohfhg"
    "hdhkhthphhhlhyhehnhsidiaieihiyioisinimjejzjnjtjljojsjpjkjykpkoktkskkknkgkekikblblalylfls"
    "lrlplnltloldlelulklgmnmymhmemomumwmdmtmsmknlnyndnsntnnnenboyoeotoxonolospdptpkpypspmplpe"
    "pfpaprqdqzrerprlrorhrdrkrfryrnrsrtsesasrssskswstspsosgsbsfsntotktitttdtetytltbtstptatnuy"
    "uoutueurvtvyvovlvevwvavdvswlwdwmwpwewywswtwnwzwfwkykynylyaytzszoztzczezm"
)
BYTE = {BYTEWORDS[2 * byte : 2 * byte + 2]: byte for byte in range(256)}


def read(frames):
    """The one text of each frame, on which both readers agree."""
    texts = []
    for frame in frames:
        image = Image.open(frame).convert("L")
        for reader in (by_zxing, by_zbar):
            codes = reader(image)
            assert len(codes) == 1, f"{frame.name}: {reader.__name__} reads {len(codes)} codes"
            texts.append(codes[0].decode("ascii"))
        assert texts[-1] == texts.pop(-2), f"{frame.name}: the readers disagree"
    return texts


def put_together(texts):
    """The message of one loop of frames, in whichever form they are."""
    first = texts[0].upper()
    if first.startswith("UR:"):
        return from_ur(texts)
    if first.startswith("B$"):
        return from_bbqr(texts)
    if re.match(r"p\d+of\d+ ", texts[0]):
        parts = sorted((int(text[1:].split("of")[0]), text.split(" ")[1]) for text in texts)
        return base64.b64decode("".join(part for _, part in parts))
    assert len(texts) == 1, "a static code has one frame"
    if first.startswith("70736274FF"):
        return bytes.fromhex(texts[0])
    return base64.b64decode(texts[0])


def from_bbqr(texts):
    parts = sorted((int(text[6:8], 36), text[8:]) for text in texts)
    assert len(parts) == int(texts[0][4:6], 36)
    if texts[0][2] == "H":
        return b"".join(bytes.fromhex(part) for _, part in parts)
    # each part has a whole number of bytes
    padded = (part + "=" * (-len(part) % 8) for _, part in parts)
    data = b"".join(base64.b32decode(part) for part in padded)
    return zlib.decompress(data, wbits=-10) if texts[0][2] == "Z" else data


def from_ur(texts):
    """BCR-2020-005: the pure parts, sorted by their number."""
    parts = {}
    for text in texts:
        _, *place, words = text.lower().split("/")
        data = from_bytewords(words)
        if not place:
            return from_cbor(data)[0]
        number, count = map(int, place[0].split("-"))
        if number <= count:
            parts[number] = data
    fields = {}
    for number, data in parts.items():
        assert data[0] == 0x85, "a part is a list of five"
        values, rest = [], data[1:]
        for _ in range(5):
            value, rest = from_cbor(rest)
            values.append(value)
        assert values[0] == number and not rest
        fields[number] = values
    assert sorted(fields) == list(range(1, fields[1][1] + 1)), "a pure part is missing"
    message = b"".join(fields[number][4] for number in sorted(fields))[: fields[1][2]]
    assert zlib.crc32(message) == fields[1][3], "the checksum of the whole"
    return from_cbor(message)[0]


def from_bytewords(words):
    data = bytes(BYTE[words[at : at + 2]] for at in range(0, len(words), 2))
    assert zlib.crc32(data[:-4]).to_bytes(4, "big") == data[-4:], "the checksum of the part"
    return data[:-4]


def from_cbor(data):
    """A number or a byte string, and what follows it."""
    kind, small = data[0] >> 5, data[0] & 0x1F
    size = {24: 1, 25: 2, 26: 4}.get(small, 0)
    value = int.from_bytes(data[1 : 1 + size], "big") if size else small
    rest = data[1 + size :]
    assert kind in (0, 2), "neither a number nor bytes"
    return (value, rest) if kind == 0 else (rest[:value], rest[value:])
