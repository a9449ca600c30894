"""What a stick was told to write, in its order: the log of QEMU's `blklogwrites`.

The format is that of Linux' dm-log-writes (Documentation/admin-guide/device-mapper/log-writes.rst):
a super block, then each entry's head in a sector of its own, followed by its data.
"""

import struct
from dataclasses import dataclass

from sticks import SECTOR

MAGIC, VERSION = 0x6A736677736872, 1
FLUSH, FUA, DISCARD = 1, 2, 4
# where the guest's own marks are written (src/device/media/crash_test.rs)
MARKS = 1


@dataclass(frozen=True)
class Write:
    """`sector` counts from the beginning of the stick."""

    sector: int
    data: bytes


@dataclass(frozen=True)
class Flush:
    """All writes before it are on the stick."""


@dataclass(frozen=True)
class Mark:
    """What the guest does next, or has been told to be done."""

    text: str


def read(path):
    """The entries of the log so far, which QEMU may still be writing."""
    if path.stat().st_size < SECTOR:
        return []
    with open(path, "rb") as log:
        magic, version, count, sector_size = struct.unpack("<QQQI", log.read(28))
        assert (magic, version, sector_size) == (MAGIC, VERSION, SECTOR), "no log of this format"
        log.seek(SECTOR)
        return [entry for _ in range(count) for entry in _entries(log)]


def _entries(log):
    head = log.read(SECTOR)
    sector, sectors, flags, _ = struct.unpack("<QQQQ", head[:32])
    # the kernel sends neither to a USB stick as QEMU plays it; what they leave is not known here
    assert not flags & (FUA | DISCARD), f"a write of another kind: {flags}"
    if flags & FLUSH:
        assert not sectors, "a flush with data"
        yield Flush()
        return
    data = log.read(sectors * SECTOR)
    assert len(data) == sectors * SECTOR, "the log is cut off"
    if (sector, sectors) == (MARKS, 1):
        yield Mark(data.rstrip(b"\0").decode())
    else:
        yield Write(sector, data)
