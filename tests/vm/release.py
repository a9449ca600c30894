"""What `scripts/image` left, and the machine that boots it."""

import hashlib
from pathlib import Path

from machine import Machine

DIST = Path(__file__).resolve().parents[2] / "dist"
ISO = DIST / "coldlight.iso"
VMLINUX = DIST / "kernel/vmlinux"

# seconds that one step may take in emulation, on a busy host
PATIENCE = 150


def booted(**hardware):
    """The release image, unmodified, written to a USB stick."""
    return Machine(ISO, patience=PATIENCE, **hardware)


def sum_on_screen():
    """The image's SHA-256 as the home screen groups it."""
    digits = hashlib.sha256(ISO.read_bytes()).hexdigest()
    return " ".join(digits[at : at + 8] for at in range(0, len(digits), 8))
