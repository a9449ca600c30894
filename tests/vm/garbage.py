"""What a broken or hostile camera sends: each function spoils the payloads of one frame."""

import random

from uvc import END_OF_FRAME, END_OF_HEADER, PAYLOAD_HEADER, PAYLOAD_MAX


class Garbage:
    """Spoils frame after frame in one of `ways`, or in all of them by turns; the same each time.

    With `kind`, only the frames of that format: such a camera works in the other one.
    """

    def __init__(self, ways=None, kind=None, seed=1):
        self.ways = [WAYS[way] for way in (ways or WAYS)]
        self.kind, self.dice, self.turn = kind, random.Random(seed), 0

    def __call__(self, payloads, kind):
        if self.kind not in (None, kind):
            return payloads
        way = self.ways[self.turn % len(self.ways)]
        self.turn += 1
        return [data[:PAYLOAD_MAX] for data in way(payloads, self.dice)]


def noise(payloads, dice):
    """A frame of the right length, but of random bytes."""
    return [head(data) + dice.randbytes(len(data) - PAYLOAD_HEADER) for data in payloads]


def damaged(payloads, dice):
    """The picture's own bytes with some of them changed."""
    changed = []
    for data in payloads:
        data = bytearray(data)
        for _ in range(len(data) // 64):
            data[dice.randrange(PAYLOAD_HEADER, len(data))] = dice.randrange(256)
        changed.append(bytes(data))
    return changed


def torn(payloads, dice):
    """The frame ends in its middle."""
    kept = payloads[: dice.randint(1, len(payloads))]
    last = kept[-1]
    flags = last[1] | END_OF_FRAME
    cut = last[PAYLOAD_HEADER : dice.randint(PAYLOAD_HEADER, len(last))]
    return [*kept[:-1], bytes([PAYLOAD_HEADER, flags]) + cut]


def endless(payloads, dice):
    """More than a frame may hold, and no end mark."""
    toggle = payloads[0][1] & 1
    one = bytes([PAYLOAD_HEADER, END_OF_HEADER | toggle])
    return [one + dice.randbytes(PAYLOAD_MAX - PAYLOAD_HEADER)] * (len(payloads) + 4)


def lengths(payloads, dice):
    """Headers that lie about their own length, and payloads without any."""
    return [bytes([dice.choice((0, 1, 3, 12, 255))]) + data[1:] for data in payloads] + [b"", b"\2"]


def errors(payloads, dice):
    """The error bit, and flags at random."""
    return [bytes([data[0], 0x40 | dice.randrange(256)]) + data[2:] for data in payloads]


def head(data):
    return data[:PAYLOAD_HEADER]


WAYS = {way.__name__: way for way in (noise, damaged, torn, endless, lengths, errors)}
