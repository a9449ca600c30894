#!/usr/bin/env python3
"""Cuts of power while the signer makes a vault and writes it, on FAT, exFAT and ext4.

usage: power_cuts.py [number of cuts, 2,000 unless told] [seed]
The signer is a test build of the image; its sticks are watched block by block. After each cut an
independent reader takes the vault's file off the file system, and the signer's own code, from
READ_VAULTS (target/debug/examples/read_vaults unless told), opens it: it has to hold what it held
before or what was being written, and what was acknowledged has to be there. Some of the sticks are
plugged in again: the signer has to find the same, to make it whole, and to write on.
"""

import sys

sys.dont_write_bytecode = True  # nothing beside the sources
import environment

environment.enter()

import tempfile
from pathlib import Path

from trials import SEED, judged

CUTS = 2000


def main():
    cuts = int(sys.argv[1].replace(",", "")) if len(sys.argv) > 1 else CUTS
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else SEED
    with tempfile.TemporaryDirectory(prefix="coldlight-cuts-") as folder:
        return 0 if judged(Path(folder), cuts, seed) else 1


if __name__ == "__main__":
    sys.exit(main())
