#!/usr/bin/env python3
"""The bootable image, end to end: booted, used with keys and a webcam, and looked at from outside.

usage: image.py [words that the names of the tests must contain]
The image is dist/coldlight.iso as scripts/image left it; the program for the host's side is
target/debug/coldlight, or the one named by COLDLIGHT; READ_VAULTS names the one that reads vaults
after a cut of power (see `judge.py`).
"""

import sys
import tempfile
import time
import traceback
from pathlib import Path

import environment

environment.enter()

import boots
import crashes
import files
import intruders
import memory
import network
import trials
import vaults

TESTS = [
    *boots.TESTS,
    *files.TESTS,
    *intruders.TESTS,
    *memory.TESTS,
    *vaults.TESTS,
    *network.TESTS,
    *crashes.TESTS,
    *trials.TESTS,
]


def main():
    wanted = sys.argv[1:]
    passed = failed = 0
    for test in TESTS:
        name = test.__name__.replace("_", " ")
        if not all(word in name for word in wanted):
            continue
        began = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="coldlight-image-") as folder:
            try:
                test(Path(folder))
                passed += 1
                print(f"ok      {name} ({time.monotonic() - began:.0f} s)", flush=True)
            except Exception:
                failed += 1
                print(f"FAILED  {name}\n{traceback.format_exc()}", flush=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
