"""Sticks on which the real signer makes a vault and writes it, with the log of what they were told.

It runs in the image's own kernel, on a test build that needs no user (src/device/media/crash_test.rs).
"""

import shutil
import time
from dataclasses import dataclass
from pathlib import Path

import write_log
from crashes import booted, choose_the_layout
from cuts import Log
from sticks import Stick
from user import User

SYSTEMS = ("fat", "exfat", "ext4")
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


def written(folder):
    """One stick of each file system."""
    with booted() as vm:
        user = User(vm)
        vm.wait_for("Which layout does your keyboard have")
        choose_the_layout(vm, user, "fr")
        return [_written(vm, folder, system) for system in SYSTEMS]


def _written(vm, folder, system):
    began = time.monotonic()
    stick = Stick(folder, system, {}, partitioned=True)
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
