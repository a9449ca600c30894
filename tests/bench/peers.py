"""zxing-cpp and zbar over the frames of the bench, one round a line of standard input.

Reads the folder given (`frames.raw`, 8-bit grey frames one after the other, and `texts`, what their
codes say, one a line). For each line on standard input (the name of a peer) it answers with one
JSON line: which frames were read right, and the milliseconds that each took.
"""

import ctypes
import ctypes.util
import json
import sys
import time

import numpy
import zxingcpp

folder, width, height = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
texts = open(folder + "/texts").read().splitlines()
frames = numpy.fromfile(folder + "/frames.raw", dtype=numpy.uint8).reshape(-1, height, width)


def zxing(frame):
    found = zxingcpp.read_barcodes(frame, formats=zxingcpp.BarcodeFormat.QRCode)
    return [code.text for code in found]


def make_zbar():
    """zbar by its C interface: a Python binding's own work is not to be measured."""
    lib = ctypes.CDLL(ctypes.util.find_library("zbar") or "libzbar.so.0")
    pointer, unsigned = ctypes.c_void_p, ctypes.c_uint
    for name, result, arguments in [
        ("zbar_image_scanner_create", pointer, []),
        ("zbar_image_scanner_set_config", ctypes.c_int, [pointer, unsigned, unsigned, ctypes.c_int]),
        ("zbar_image_create", pointer, []),
        ("zbar_image_set_format", None, [pointer, ctypes.c_ulong]),
        ("zbar_image_set_size", None, [pointer, unsigned, unsigned]),
        ("zbar_image_set_data", None, [pointer, pointer, ctypes.c_ulong, pointer]),
        ("zbar_scan_image", ctypes.c_int, [pointer, pointer]),
        ("zbar_image_first_symbol", pointer, [pointer]),
        ("zbar_symbol_next", pointer, [pointer]),
        ("zbar_symbol_get_data", pointer, [pointer]),
        ("zbar_symbol_get_data_length", unsigned, [pointer]),
        ("zbar_image_destroy", None, [pointer]),
    ]:
        function = getattr(lib, name)
        function.restype, function.argtypes = result, arguments
    scanner = lib.zbar_image_scanner_create()
    enable, every, qrcode = 0, 0, 64
    lib.zbar_image_scanner_set_config(scanner, every, enable, 0)
    lib.zbar_image_scanner_set_config(scanner, qrcode, enable, 1)

    def read(frame):
        image = lib.zbar_image_create()
        lib.zbar_image_set_format(image, int.from_bytes(b"Y800", "little"))
        lib.zbar_image_set_size(image, width, height)
        lib.zbar_image_set_data(image, frame.ctypes.data, width * height, None)
        lib.zbar_scan_image(scanner, image)
        found = []
        symbol = lib.zbar_image_first_symbol(image)
        while symbol:
            length = lib.zbar_symbol_get_data_length(symbol)
            found.append(ctypes.string_at(lib.zbar_symbol_get_data(symbol), length).decode("latin-1"))
            symbol = lib.zbar_symbol_next(symbol)
        lib.zbar_image_destroy(image)
        return found

    return read


peers = {"zxing-cpp": zxing, "zbar": make_zbar()}
for line in sys.stdin:
    read = peers[line.strip()]
    right, ms = [], []
    for frame, text in zip(frames, texts):
        start = time.perf_counter()
        found = read(frame)
        ms.append((time.perf_counter() - start) * 1e3)
        right.append(text in found)
    print(json.dumps({"right": right, "ms": ms}), flush=True)
