"""Cuts of power: what may be on a stick when it loses its power after any of the writes in its log.

What was written before the last flush is there. Of the later writes a stick may have done any, in
any order, and of each any of its sectors; a sector is whole.
"""

import mmap
import random
from bisect import bisect_right
from contextlib import contextmanager
from dataclasses import dataclass

from sticks import SECTOR
from write_log import Flush, Mark, Write

# of the writes since the last flush, how many are done: each with this chance, one of these a cut
CHANCES = (0, 0.25, 0.5, 0.75, 1)
TORN = 1 / 3


@dataclass(frozen=True)
class Moment:
    """A cut is right before entry `at` of the log; `mark` is the last that the guest had made."""

    at: int
    mark: str

    @property
    def phase(self):
        """What the guest was doing: create, write, mirror, or rest, with all acknowledged."""
        verb = self.mark.split()[0]
        return verb if verb in ("create", "write", "mirror") else "rest"

    @property
    def number(self):
        """The write that was begun, or done, last."""
        return int(self.mark.split()[1])


class Log:
    """All entries of a log, and the moments in it."""

    def __init__(self, entries):
        self.entries = entries
        self.flushes = [at for at, entry in enumerate(entries) if isinstance(entry, Flush)]
        self.moments, self.begun = [], {}
        mark = None
        for at, entry in enumerate(entries):
            if mark:
                self.moments.append(Moment(at, mark))
            if isinstance(entry, Mark):
                mark = entry.text if entry.text != "end" else None
                self.begun[entry.text] = at

    def sure(self, at):
        """So many entries are on the stick for sure when the power goes before entry `at`."""
        before = bisect_right(self.flushes, at - 1)
        return self.flushes[before - 1] if before else 0

    def writes(self, begin, end):
        return [entry for entry in self.entries[begin:end] if isinstance(entry, Write)]


class Cutter:
    """A partition's file, brought to what each cut leaves; later cuts must not be earlier in the
    log."""

    def __init__(self, part, log, start):
        self.log, self.start, self.done = log, start // SECTOR, 0
        self.file = open(part, "r+b")
        self.bytes = mmap.mmap(self.file.fileno(), 0)

    def close(self):
        self.bytes.close()
        self.file.close()

    @contextmanager
    def cut(self, moment, seed, sure=None):
        """The file is as the cut leaves it until the end of the context; gives the number of writes
        that were not sure to be on the stick. `sure` is for a stick that forgets flushes."""
        sure = self.log.sure(moment.at) if sure is None else sure
        assert sure >= self.done, "an earlier cut"
        for write in self.log.writes(self.done, sure):
            self._put(write.sector, write.data)
        self.done = sure
        later = self.log.writes(sure, moment.at)
        before = []
        for sector, data in survivors(later, random.Random(seed)):
            at = (sector - self.start) * SECTOR
            before.append((sector, self.bytes[at : at + len(data)]))
            self._put(sector, data)
        try:
            yield len(later)
        finally:
            for sector, data in reversed(before):
                self._put(sector, data)

    def _put(self, sector, data):
        at = (sector - self.start) * SECTOR
        assert 0 <= at <= len(self.bytes) - len(data), "a write outside of the partition"
        self.bytes[at : at + len(data)] = data


def survivors(writes, chosen):
    """What is done of these writes: runs of sectors, in the order in which they are done."""
    chance = chosen.choice(CHANCES)
    done = [write for write in writes if chosen.random() < chance]
    chosen.shuffle(done)
    for write in done:
        count = len(write.data) // SECTOR
        if count == 1 or chosen.random() >= TORN:
            yield write.sector, write.data
            continue
        for number in range(count):
            if chosen.random() < 0.5:
                piece = write.data[number * SECTOR : (number + 1) * SECTOR]
                yield write.sector + number, piece
