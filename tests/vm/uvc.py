"""A USB webcam by its class definition: UVC 1.0, one camera, one bulk endpoint.

The streaming interface has setting 0 only, or Linux takes the endpoint for an isochronous one.
COMMIT starts the stream; CLEAR_FEATURE(HALT) on the endpoint stops it.
"""

import struct
import time

import usbredir

# requests
SET_CUR, GET_CUR, GET_MIN, GET_MAX, GET_RES, GET_LEN, GET_INFO, GET_DEF = (
    0x01, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87,
)  # fmt: skip
PROBE, COMMIT = 1, 2
GET_STATUS, CLEAR_FEATURE, SET_FEATURE, GET_DESCRIPTOR = 0, 1, 3, 6
TO_HOST, CLASS_INTERFACE, STANDARD_ENDPOINT = 0x80, 0x21, 0x02

VIDEO, CONTROL_INTERFACE, STREAMING_INTERFACE = 0x0E, 1, 2
ENDPOINT = 0x81
# Linux reads at most 32 packets of 512 bytes a transfer.
PAYLOAD_MAX = 16_384
PAYLOAD_HEADER = 2
END_OF_HEADER, END_OF_FRAME = 0x80, 0x02
# seconds after which a frozen camera looks whether it still is
FROZEN_LOOK = 0.1
# the UVC subtypes of a format and of its frames
SUBTYPES = {"mjpeg": (0x06, 0x07), "yuyv": (0x04, 0x05)}
YUY2 = bytes.fromhex("5955593200001000800000aa00389b71")
# hint, format, frame, interval, four compression fields, delay, frame size, payload size
NEGOTIATION = struct.Struct("<HBBIHHHHHII")


class Webcam(usbredir.Device):
    """Offers each of `kinds` in each of `sizes` at each of `rates`, the first being the default.

    `picture(kind, size)` gives the bytes of the next frame; `spoil(payloads, kind)`, where it is
    set, gives the payloads that go out instead of the right ones; `frozen` sends none.
    """

    vendor, product, version = 0x1209, 0xC01D, 0x0100
    interfaces = [(0, VIDEO, CONTROL_INTERFACE, 0), (1, VIDEO, STREAMING_INTERFACE, 0)]
    bulk_in, bulk_interface = ENDPOINT, 1

    def __init__(self, picture, *, name, kinds, sizes, rates):
        self.picture, self.kinds, self.sizes = picture, kinds, sizes
        self.intervals = [round(10_000_000 / rate) for rate in rates]
        self.strings = [None, "Coldlight tests", name, "1"]
        self.spoil, self.frozen = None, False
        self.frames_sent = 0
        self.asked = (1, 1, self.intervals[0])
        self.streaming = False
        self.reset()

    @property
    def mode(self):
        """What the guest has chosen: kind, size, seconds a frame."""
        form, frame, interval = self.asked
        return self.kinds[form - 1], self.sizes[frame - 1], interval / 1e7

    # --- the stream

    def reset(self):
        self.streaming, self.waiting = False, []

    def _start(self):
        self.streaming, self.waiting, self.toggle = True, [], 0
        self.due = time.monotonic()

    def delay(self):
        if not self.streaming:
            return None
        if self.frozen:
            return FROZEN_LOOK
        return 0 if self.waiting else max(0, self.due - time.monotonic())

    def read(self):
        if not self.streaming or self.frozen:
            return None
        if not self.waiting:
            now = time.monotonic()
            if now < self.due:
                return None
            kind, size, interval = self.mode
            payloads = in_payloads(self.picture(kind, size), self.toggle)
            self.waiting = self.spoil(payloads, kind) if self.spoil else payloads
            self.toggle ^= 1
            self.frames_sent += 1
            # a guest that was slow gets the next frame a full interval later, never two at once
            self.due = max(self.due + interval, now)
        return self.waiting.pop(0)

    # --- requests

    def control(self, setup, data):
        if setup.kind == TO_HOST and setup.request == GET_DESCRIPTOR:
            return self._descriptor(setup.value >> 8, setup.value & 0xFF)
        if setup.kind & 0x7F == CLASS_INTERFACE:
            return self._class(setup, data)
        if setup.kind & 0x60 == 0:
            if setup.request == GET_STATUS:
                return bytes(2)
            if setup.request == CLEAR_FEATURE:
                if setup.kind == STANDARD_ENDPOINT and setup.index == ENDPOINT:
                    self.reset()
                return b""
            if setup.request == SET_FEATURE:
                return b""
        return None

    def _class(self, setup, data):
        control = setup.value >> 8
        if setup.index & 0xFF != 1 or control not in (PROBE, COMMIT):
            return None
        if setup.request == SET_CUR:
            if len(data) < NEGOTIATION.size:
                return None
            self.asked = self._nearest(*NEGOTIATION.unpack_from(data)[1:4])
            if control == COMMIT:
                self._start()
            return b""
        if setup.request in (GET_CUR, GET_DEF, GET_RES):
            return self._negotiation(self.asked[2])
        if setup.request in (GET_MIN, GET_MAX):
            pick = min if setup.request == GET_MIN else max
            return self._negotiation(pick(self.intervals))
        if setup.request == GET_LEN:
            return struct.pack("<H", NEGOTIATION.size)
        if setup.request == GET_INFO:
            return b"\x03"  # may be read and written
        return None

    def _nearest(self, form, frame, interval):
        return (
            min(max(form, 1), len(self.kinds)),
            min(max(frame, 1), len(self.sizes)),
            min(self.intervals, key=lambda offered: abs(offered - interval)),
        )

    def _negotiation(self, interval):
        form, frame, _ = self.asked
        room = frame_bytes(self.sizes[frame - 1])
        return NEGOTIATION.pack(1, form, frame, interval, 0, 0, 0, 0, 0, room, PAYLOAD_MAX)

    # --- descriptors

    def _descriptor(self, kind, number):
        if kind == 1:
            ids = (self.vendor, self.product, self.version)
            return struct.pack(
                "<BBHBBBBHHHBBBB", 18, 1, 0x0200, *self.device_class, 64, *ids, 1, 2, 3, 1
            )
        if kind == 2:
            return self._configuration()
        if kind == 3 and number == 0:
            return struct.pack("<BBH", 4, 3, 0x0409)
        if kind == 3 and number < len(self.strings):
            text = self.strings[number].encode("utf-16-le")
            return bytes([2 + len(text), 3]) + text
        return None

    def _configuration(self):
        association = bytes([8, 0x0B, 0, 2, VIDEO, 3, 0, 0])
        control = bytes([9, 4, 0, 0, 0, VIDEO, CONTROL_INTERFACE, 0, 0])
        terminals = struct.pack("<BBBBHBBHHHB3x", 18, 0x24, 2, 1, 0x0201, 0, 0, 0, 0, 0, 3)
        terminals += struct.pack("<BBBBHBBB", 9, 0x24, 3, 2, 0x0101, 0, 1, 0)
        head = struct.pack(
            "<BBBHHIBB", 13, 0x24, 1, 0x0100, 13 + len(terminals), 48_000_000, 1, 1
        )
        streaming = bytes([9, 4, 1, 0, 1, VIDEO, STREAMING_INTERFACE, 0, 0])
        formats = b"".join(self._format(place) for place in range(len(self.kinds)))
        count = len(self.kinds)
        size = 13 + count
        inputs = struct.pack(
            "<BBBBHBBBBBBB", size, 0x24, 1, count, size + len(formats), ENDPOINT, 0, 2, 0, 0, 0, 1
        )
        endpoint = struct.pack("<BBBBHB", 7, 5, ENDPOINT, 2, self.bulk_packet, 0)
        body = b"".join(
            (association, control, head, terminals, streaming, inputs, bytes(count), formats,
             endpoint)
        )  # fmt: skip
        return struct.pack("<BBHBBBBB", 9, 2, 9 + len(body), 2, 1, 0, 0x80, 250) + body

    def _format(self, place):
        kind, count = self.kinds[place], len(self.sizes)
        of_format, of_frame = SUBTYPES[kind]
        if kind == "mjpeg":
            data = bytes([11, 0x24, of_format, place + 1, count, 1, 1, 0, 0, 0, 0])
        else:
            data = bytes([27, 0x24, of_format, place + 1, count]) + YUY2
            data += bytes([16, 1, 0, 0, 0, 0])
        for number, (width, height) in enumerate(self.sizes, 1):
            room, offered = frame_bytes((width, height)), self.intervals
            bits = [room * 8 * 10_000_000 // interval for interval in offered]
            data += struct.pack(
                "<BBBBBHHIIIIB", 26 + 4 * len(offered), 0x24, of_frame, number, 0, width, height,
                min(bits), max(bits), room, offered[0], len(offered),
            )  # fmt: skip
            data += struct.pack(f"<{len(offered)}I", *offered)
        return data


def frame_bytes(size):
    """The most bytes of a frame: two a pixel, which bounds MJPEG as well."""
    return size[0] * size[1] * 2


def in_payloads(frame, toggle):
    """A frame as bulk transfers, each a payload with its own header."""
    step = PAYLOAD_MAX - PAYLOAD_HEADER
    pieces = [frame[at : at + step] for at in range(0, len(frame), step)] or [b""]
    heads = [END_OF_HEADER | toggle] * len(pieces)
    heads[-1] |= END_OF_FRAME
    return [bytes([PAYLOAD_HEADER, head]) + piece for head, piece in zip(heads, pieces)]
