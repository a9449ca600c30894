"""A USB device outside of QEMU: the device's end of the usbredir protocol over a Unix socket.

QEMU listens (`-chardev socket,server=on,wait=off` with `-device usb-redir`); whoever connects plugs
a device in, and closing the connection pulls it out. Only what a camera needs is spoken: control
transfers and bulk reads. Source: usbredir's protocol description, version 0.7.
"""

import select
import socket
import struct
from collections import deque
from dataclasses import dataclass, field

# packet types
HELLO, DEVICE_CONNECT, RESET, INTERFACE_INFO, EP_INFO = 0, 1, 3, 4, 5
SET_CONFIGURATION, GET_CONFIGURATION, CONFIGURATION_STATUS = 6, 7, 8
SET_ALT_SETTING, GET_ALT_SETTING, ALT_SETTING_STATUS = 9, 10, 11
CANCEL_DATA_PACKET = 21
CONTROL_PACKET, BULK_PACKET = 100, 101

SUCCESS, CANCELLED, STALL = 0, 1, 4

# Capabilities, by bit: connect_device_version, ep_info_max_packet_size, 64bits_ids and
# 32bits_bulk_length. QEMU's xhci refuses a peer without the last.
CAPABILITIES = 1 << 1 | 1 << 4 | 1 << 5 | 1 << 6

HIGH_SPEED = 2
ABSENT = 255
CONTROL, BULK = 0, 2

# The id in a header has 32 bits until both have said hello, 64 afterwards.
EARLY_HEADER, HEADER = struct.Struct("<III"), struct.Struct("<IIQ")
CONTROL_HEADER = struct.Struct("<BBBBHHH")
BULK_HEADER = struct.Struct("<BBHIH")


@dataclass(frozen=True)
class Setup:
    """A control request, as USB 2.0 table 9-2 has it."""

    kind: int
    request: int
    value: int
    index: int
    length: int


class Device:
    """What the connection needs to know of a device; a camera fills it in."""

    vendor = product = version = 0
    device_class = (0xEF, 2, 1)
    interfaces: list  # (number, class, subclass, protocol)
    bulk_in: int  # the address of the one bulk endpoint, with its direction bit
    bulk_interface: int
    bulk_packet = 512

    def control(self, setup, data):
        """The bytes of the answer (b"" for a write that is accepted); None stalls."""
        raise NotImplementedError

    def reset(self):
        """The host has reset or configured the device: whatever went on has ended."""

    def delay(self):
        """Seconds until `read` has something; None while there is nothing to come."""
        raise NotImplementedError

    def read(self):
        """The next bulk transfer's bytes, or None when nothing is due."""
        raise NotImplementedError


@dataclass
class Connection:
    """A device that is plugged in: answers QEMU until one side ends it."""

    socket: socket.socket
    device: Device
    header: struct.Struct = EARLY_HEADER
    received: bytearray = field(default_factory=bytearray)
    # the guest's bulk reads that wait for a frame: (id, stream, length)
    reads: deque = field(default_factory=deque)
    configuration: int = 1

    def serve(self, stopper):
        """Until `stopper` (anything that select takes) is readable, or QEMU hangs up."""
        self._send(HELLO, 0, b"coldlight test camera".ljust(64, b"\0") + _u32(CAPABILITIES))
        while True:
            wait = self.device.delay() if self.reads else None
            readable, _, _ = select.select([self.socket, stopper], [], [], wait)
            if stopper in readable:
                return
            if self.socket in readable:
                data = self.socket.recv(1 << 16)
                if not data:
                    return
                self.received += data
                self._take()
            self._release()

    def _take(self):
        while len(self.received) >= self.header.size:
            kind, length, number = self.header.unpack_from(self.received)
            end = self.header.size + length
            if len(self.received) < end:
                return
            body = bytes(self.received[self.header.size : end])
            del self.received[:end]
            self._answer(kind, number, body)

    def _answer(self, kind, number, body):
        if kind == HELLO:
            self._attach(struct.unpack_from("<I", body, 64)[0])
        elif kind == RESET:
            self.device.reset()
        elif kind == SET_CONFIGURATION:
            self.configuration = body[0]
            self.device.reset()
            self._send(CONFIGURATION_STATUS, number, bytes([SUCCESS, self.configuration]))
        elif kind == GET_CONFIGURATION:
            self._send(CONFIGURATION_STATUS, number, bytes([SUCCESS, self.configuration]))
        elif kind == SET_ALT_SETTING:
            # each interface has setting 0 only
            self.device.reset()
            status = SUCCESS if body[1] == 0 else STALL
            self._send(ALT_SETTING_STATUS, number, bytes([status, body[0], 0]))
        elif kind == GET_ALT_SETTING:
            self._send(ALT_SETTING_STATUS, number, bytes([SUCCESS, body[0], 0]))
        elif kind == CONTROL_PACKET:
            self._control(number, body)
        elif kind == BULK_PACKET:
            endpoint, _, length, stream, length_high = BULK_HEADER.unpack_from(body)
            if endpoint == self.device.bulk_in:
                self.reads.append((number, stream, length | length_high << 16))
            else:
                self._send(BULK_PACKET, number, BULK_HEADER.pack(endpoint, STALL, 0, stream, 0))
        elif kind == CANCEL_DATA_PACKET:
            self._cancel(number)
        # the rest (filters, acknowledgements) asks for no answer

    def _attach(self, peers):
        assert peers & CAPABILITIES == CAPABILITIES, "QEMU lacks a capability of usbredir"
        self.header = HEADER
        device = self.device
        columns = [bytes(column).ljust(32, b"\0") for column in zip(*device.interfaces)]
        self._send(INTERFACE_INFO, 0, _u32(len(device.interfaces)) + b"".join(columns))
        kinds, interfaces, packets = bytearray([ABSENT] * 32), bytearray(32), [0] * 32
        for address, kind, interface, packet in (
            (0x00, CONTROL, 0, 64),
            (0x80, CONTROL, 0, 64),
            (device.bulk_in, BULK, device.bulk_interface, device.bulk_packet),
        ):
            place = (address & 0x80) >> 3 | address & 0x0F
            kinds[place], interfaces[place], packets[place] = kind, interface, packet
        sizes = struct.pack("<32H", *packets)
        self._send(EP_INFO, 0, bytes(kinds) + bytes(32) + bytes(interfaces) + sizes)
        ids = (device.vendor, device.product, device.version)
        self._send(
            DEVICE_CONNECT, 0, struct.pack("<BBBBHHH", HIGH_SPEED, *device.device_class, *ids)
        )

    def _control(self, number, body):
        endpoint, request, kind, _, value, index, length = CONTROL_HEADER.unpack_from(body)
        setup = Setup(kind, request, value, index, length)
        data = self.device.control(setup, body[CONTROL_HEADER.size :])
        status, data = (STALL, b"") if data is None else (SUCCESS, data[:length])
        written = len(data) if kind & 0x80 or status == STALL else length
        header = CONTROL_HEADER.pack(endpoint, request, kind, status, value, index, written)
        self._send(CONTROL_PACKET, number, header + data)

    def _cancel(self, number):
        # QEMU uses the number again: one that is answered already must not be answered twice,
        # one that still waits must be.
        for read in self.reads:
            if read[0] == number:
                self.reads.remove(read)
                self._finish(read, CANCELLED, b"")
                return

    def _release(self):
        while self.reads:
            data = self.device.read()
            if data is None:
                return
            read = self.reads.popleft()
            assert len(data) <= read[2], "the guest reads less than a payload"
            self._finish(read, SUCCESS, data)

    def _finish(self, read, status, data):
        number, stream, _ = read
        low, high = len(data) & 0xFFFF, len(data) >> 16
        header = BULK_HEADER.pack(self.device.bulk_in, status, low, stream, high)
        self._send(BULK_PACKET, number, header + data)

    def _send(self, kind, number, body):
        self.socket.sendall(self.header.pack(kind, len(body), number) + body)


def _u32(value):
    return struct.pack("<I", value)
