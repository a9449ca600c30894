"""Sticks on which the real signer makes a vault and writes it, with the log of what they were told;
and what it makes of those that lost their power.

It runs in the image's own kernel, on a test build that needs no user (src/device/media/crash_test).
"""

import shutil
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import write_log
from crashes import booted, choose_the_layout
from cuts import Log
from sticks import SECTOR, Stick
from user import User

SYSTEMS = ("fat", "exfat", "ext4")
# On FAT the top folder begins with a label and so many names, of three entries each, that the
# vault's own entries lie in two sectors: its name is two writes.
NAMES = [f"letter to Alice {number}.txt" for number in range(4)]
# stands where marks are on a stick that lost its power before, and what comes in its place
GO_ON, WENT_ON = b"go on", "went on: "
# between two looks into a log, in seconds
LOOK = 0.5
# seconds that one stick may take
PATIENCE = 600


@dataclass
class Written:
    """`part` is the partition as it was before the first entry of the log, `start` its place in
    bytes; `stick` is as the guest left it."""

    system: str
    stick: Stick
    part: Path
    start: int
    log: Log


@contextmanager
def signer():
    """A machine whose signer waits for sticks."""
    with booted() as vm:
        user = User(vm)
        vm.wait_for("Which layout does your keyboard have")
        choose_the_layout(vm, user, "fr")
        yield vm


def written(vm, folder):
    """One stick of each file system, with a vault that was made and written."""
    return [_written(vm, folder, system) for system in SYSTEMS]


def went_on(vm, written, part):
    """What the signer makes of a partition that lost its power on this stick: what it has opened,
    and what it opens after it has made that whole and has written once more, or why it has not."""
    image = part.with_suffix(".stick")
    marks = write_log.MARKS * SECTOR
    before = written.stick.image.read_bytes()[: written.start]
    with open(image, "wb") as file:
        file.write(before[:marks] + GO_ON.ljust(SECTOR, b"\0") + before[marks + SECTOR :])
        file.write(part.read_bytes())
    vm.plug_stick(image)
    end = time.monotonic() + PATIENCE
    while True:
        running = vm.running
        with open(image, "rb") as file:
            file.seek(marks)
            mark = file.read(SECTOR).rstrip(b"\0").decode()
        if mark.startswith(WENT_ON):
            vm.pull_stick()
            image.unlink()
            return tuple(mark.removeprefix(WENT_ON).split(", then ", 1))
        assert running and not mark.startswith("failed"), f"the signer has stopped: {mark}"
        assert time.monotonic() < end, "the signer takes too long to go on"
        time.sleep(LOOK)


def _written(vm, folder, system):
    began = time.monotonic()
    files = dict.fromkeys(NAMES, b"Dear Alice,\n") if system == "fat" else {}
    stick = Stick(folder, system, files, partitioned=True)
    before, log = folder / f"{system}-before.img", folder / f"{system}.log"
    shutil.copyfile(stick.part, before)
    vm.plug_stick(stick.image, log=log)
    entries = _entries_to_the_end(vm, log, began + PATIENCE)
    vm.pull_stick()
    stick.pulled()
    print(f"        {system}: {_told(entries)}, {time.monotonic() - began:.0f} s", flush=True)
    return Written(system, stick, before, stick.start, Log(entries))


def _entries_to_the_end(vm, log, patience):
    while True:
        running = vm.running
        entries = write_log.read(log)
        marks = [entry.text for entry in entries if isinstance(entry, write_log.Mark)]
        if marks and marks[-1] == "end":
            return entries
        failed = marks and marks[-1].startswith("failed")
        last = marks[-1] if marks else "nothing"
        assert running and not failed, f"the signer has stopped after: {last}"
        assert time.monotonic() < patience, f"it takes too long after: {last}"
        time.sleep(LOOK)


def _told(entries):
    writes, flushes = (
        sum(isinstance(entry, kind) for entry in entries)
        for kind in (write_log.Write, write_log.Flush)
    )
    return f"{writes} writes, {flushes} flushes"
