#!/usr/bin/env python3
"""What the image costs: its size, its memory, and its start against that of an empty init.

usage: bench.py
The image is dist/coldlight.iso as scripts/image left it. Only the sizes and the ratio mean anything
on another machine: both inits are started by turns, in emulation, on the same kernel.
"""

import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

sys.dont_write_bytecode = True  # nothing beside the sources
import environment

environment.enter()

import boot_time
import usage
from machine import Machine
from release import DIST, ISO, PATIENCE, booted
from user import User

ROOT = Path(__file__).resolve().parents[2]
EMPTY = Path(__file__).with_name("still.c")
FIRST_SCREEN = "Which layout does your keyboard have?"
ROUNDS = 5
# bytes
ISO_MAX = 16_000_000
MEMORY_MAX = 256 << 20
# times an empty init's
START_MAX = 1.5


def main():
    failed = [not sizes(), not memory(), not start()]
    return 1 if any(failed) else 0


def told(what, value, within=None, limit=""):
    verdict = "" if within is None else f"   ({limit}: {'yes' if within else 'NO'})"
    print(f"{what:<28}{value}{verdict}", flush=True)
    return within is not False


def sizes():
    iso = ISO.stat().st_size
    archive = (DIST / "kernel/initramfs_data.cpio").stat().st_size
    told("initramfs", f"{archive:,} bytes, before the kernel compresses it")
    return told("ISO", f"{iso:,} bytes", iso <= ISO_MAX, f"at most {ISO_MAX:,}")


def memory():
    with booted(firmware="seabios") as vm, tempfile.TemporaryDirectory() as folder:
        User(vm).begin()
        vm.wait_for("You may remove the stick now.")
        used = usage.in_use(vm, Path(folder))
    told("memory at the home screen", f"{used / 1e6:.1f} MB of 256 MiB, kernel included, at most")
    return used < MEMORY_MAX


def empty_iso():
    """The same kernel with an init that prints one line."""
    program, iso = DIST / "test/still", DIST / "test/still.iso"
    program.parent.mkdir(exist_ok=True)
    subprocess.run(["gcc-12", "-O2", "-static", "-s", "-o", program, EMPTY], check=True)
    print(f"Making {iso} of the same kernel", flush=True)
    subprocess.run([ROOT / "image/with-init", program, iso], check=True)
    return iso


def start():
    """Before the empty init's line the screen is dark: the kernel is quiet."""
    empty = empty_iso()
    pairs = []
    for number in range(1, ROUNDS + 1):
        own, other = seconds(ISO, boot_time.says(FIRST_SCREEN)), seconds(empty, boot_time.is_lit)
        print(f"  start {number} of {ROUNDS}: {own:.2f} s, empty init {other:.2f} s", flush=True)
        pairs.append((own, other))
    ours, theirs = (median(times) for times in zip(*pairs))
    ratio = ours / theirs
    told("start to the first screen", f"{ours:.2f} s, median of {ROUNDS} (BIOS, emulated)")
    told("the same, an empty init", f"{theirs:.2f} s to its line")
    print(f"  (each to {boot_time.PACE * 1000:.0f} ms and the time of a look)")
    return told("ratio", f"{ratio:.2f}", ratio <= START_MAX, f"at most {START_MAX}")


def seconds(iso, shows):
    with Machine(iso, firmware="seabios") as vm:
        return boot_time.seconds_to(vm, shows, PATIENCE)


if __name__ == "__main__":
    sys.exit(main())
