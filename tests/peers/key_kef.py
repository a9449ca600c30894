"""KEF by its specification, a second time: on pycryptodome and Python's zlib."""

import base64
import hashlib
import zlib

from Crypto.Cipher import AES

# version: mode, padding, bytes of the check (hidden ones negative), compressed
VERSIONS = {
    0: ("ECB", "nul", -16, False),
    1: ("CBC", "nul", -16, False),
    5: ("ECB", "nul", 3, False),
    6: ("ECB", "pkcs7", -4, False),
    7: ("ECB", "pkcs7", -4, True),
    10: ("CBC", "nul", 4, False),
    11: ("CBC", "pkcs7", -4, False),
    12: ("CBC", "pkcs7", -4, True),
    15: ("CTR", None, -4, False),
    16: ("CTR", None, -4, True),
    20: ("GCM", None, 4, False),
    21: ("GCM", None, 4, True),
}
NONCES = {"ECB": 0, "CBC": 16, "CTR": 12, "GCM": 12}
BASE43 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ$*+-./:"


def cipher(key, mode, nonce):
    if mode == "ECB":
        return AES.new(key, AES.MODE_ECB)
    if mode == "CBC":
        return AES.new(key, AES.MODE_CBC, iv=nonce)
    if mode == "CTR":
        return AES.new(key, AES.MODE_CTR, nonce=nonce)
    return AES.new(key, AES.MODE_GCM, nonce=nonce, mac_len=4)


def seal(version, content, key, name, iterations, nonce):
    mode, padding, check, compressed = VERSIONS[version]
    derived = hashlib.pbkdf2_hmac("sha256", key, name, iterations)
    if compressed:
        deflater = zlib.compressobj(wbits=-10)
        content = deflater.compress(content) + deflater.flush()
    behind = b""
    if check < 0:
        content += hashlib.sha256(content).digest()[:-check]
    elif mode != "GCM":
        behind = hashlib.sha256(bytes([version]) + nonce + content + derived).digest()[:check]
    if padding == "nul":
        content += bytes(-len(content) % 16)
    elif padding == "pkcs7":
        missing = 16 - len(content) % 16
        content += bytes([missing]) * missing
    worker = cipher(derived, mode, nonce)
    blocks = worker.encrypt(content)
    if mode == "GCM":
        behind = worker.digest()
    stored = iterations // 10_000 if iterations % 10_000 == 0 else iterations
    head = bytes([len(name)]) + name + bytes([version]) + stored.to_bytes(3, "big")
    return head + nonce + blocks + behind


def open_gcm(envelope, key):
    """Name, iterations and content of what must be a version with GCM."""
    length = envelope[0]
    name, rest = envelope[1 : 1 + length], envelope[1 + length :]
    version, stored, payload = rest[0], int.from_bytes(rest[1:4], "big"), rest[4:]
    mode, _, _, compressed = VERSIONS[version]
    assert mode == "GCM", f"made as version {version}"
    iterations = stored if stored > 10_000 else stored * 10_000
    derived = hashlib.pbkdf2_hmac("sha256", key, name, iterations)
    content = cipher(derived, mode, payload[:12]).decrypt_and_verify(payload[12:-4], payload[-4:])
    if compressed:
        # raises where a match reaches beyond 1,024 bytes
        content = zlib.decompress(content, wbits=-10)
    return name, iterations, content


def base43(data):
    number, digits = int.from_bytes(data, "big"), ""
    while number:
        number, digit = divmod(number, 43)
        digits = BASE43[digit] + digits
    return "0" * (len(data) - len(data.lstrip(b"\0"))) + digits


# The forms that Krux reads envelopes in.
CODES = (
    None,
    base43,
    lambda data: base64.b64encode(data).decode(),
    lambda data: base64.b32encode(data).decode().rstrip("="),
    lambda data: data.hex(),
)


def kef_cases(random):
    note = b"wsh(sortedmulti(2,[73c5da0a/48h/0h/0h/2h]xpub6DkFAXWQ2dHxq2vatrt9qyA3bXYU4ToWQ))"
    for number, version in enumerate(sorted(VERSIONS) * 4):
        mode, padding, check, compressed = VERSIONS[version]
        iterations = random.choice((10_000, 20_000, 10_001, 12_345))
        key = random.choice((b"key", "Schlüssel \u212b".encode(), random.randbytes(32)))
        while True:
            content = random.randbytes(random.choice((16, 32, 7, 40)))
            if compressed:
                content = random.choice((note, note * 30, content.hex().encode() * 3))
            # what the specification forbids to make: padding that hides the end
            behind = hashlib.sha256(content).digest()[:-check] if check < 0 else content
            if padding != "nul" or behind[-1]:
                break
        envelope = seal(
            version, content, key, random.choice((b"test ID", b"73c5da0a", b"")), iterations,
            random.randbytes(NONCES[mode]),
        )
        code = CODES[number % len(CODES)]
        yield {
            "bytes": envelope.hex(),
            "code": code and code(envelope),
            "version": version,
            "key": key.hex(),
            "content": content.hex(),
        }


def kef_judge(case, answer):
    name, iterations, content = open_gcm(bytes.fromhex(answer), bytes.fromhex(case["key"]))
    before = bytes.fromhex(case["bytes"])
    assert name == before[1 : 1 + before[0]], "another name"
    assert 100_000 <= iterations < 110_000, f"{iterations} iterations"
    assert content.hex() == case["content"], "another content"


FORMATS = {"kef": (kef_cases, kef_judge)}
