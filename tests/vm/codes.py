"""QR codes on a picture of the screen, by two readers of other people."""

import zxingcpp
from pyzbar import pyzbar


def by_zxing(image):
    found = zxingcpp.read_barcodes(image.convert("L"), formats=zxingcpp.BarcodeFormat.QRCode)
    return [bytes(code.bytes) for code in found]


def by_zbar(image):
    found = pyzbar.decode(image.convert("L"), symbols=[pyzbar.ZBarSymbol.QRCODE])
    return [code.data for code in found]


READERS = {"zxing": by_zxing, "zbar": by_zbar}


def codes(image):
    """Each code's bytes with the names of the readers that read it.

    A picture taken while the next code was being drawn gives none; a code that matters is one that
    both have read.
    """
    seen = {}
    for name, reader in READERS.items():
        for data in reader(image):
            seen.setdefault(data, set()).add(name)
    return seen
