"""From the kernel's start to a picture on the screen, by the host's clock."""

import re
import time

from PIL import Image

from screen import Screen

# seconds between two looks at the processor, and between two at the screen
PACE = 0.05
# a picture is read when nothing has changed for so long: to read earlier would cost the guest time
REST = 3
# EFER.LMA (AMD64 manual, volume 2): the processor runs in 64 bits. GRUB for BIOS and the BIOS itself
# never do; the kernel does from its first page on.
LONG_MODE = 0x400


def seconds_to(vm, shows, patience):
    """From the processor's entry into 64 bits, to the first picture for which `shows(image)` holds.

    Under BIOS only: a UEFI runs in 64 bits itself.
    """
    end = time.monotonic() + patience
    began = _kernel_start(vm, end)
    unread, last, changed = [], None, began
    while time.monotonic() < end:
        path = vm.folder / f"picture-{len(unread)}.ppm"
        vm.qmp.run("screendump", filename=str(path))
        seen, picture = time.monotonic(), path.read_bytes()
        if picture != last:
            last, changed = picture, seen
            unread.append((seen, path))
        elif seen - changed > REST and unread:
            for when, kept in unread:
                with Image.open(kept) as image:
                    if is_lit(image) and shows(image.copy()):
                        return when - began
            unread.clear()
        time.sleep(PACE)
    raise AssertionError(f"the screen never showed what was waited for")


def _kernel_start(vm, end):
    before = time.monotonic()
    while time.monotonic() < end:
        registers = vm.qmp.run("human-monitor-command", **{"command-line": "info registers"})
        now = time.monotonic()
        if int(re.search(r"EFER=([0-9a-f]+)", registers)[1], 16) & LONG_MODE:
            # between the last two looks
            return (before + now) / 2
        before = now
        time.sleep(PACE)
    raise AssertionError("the kernel has not started")


def is_lit(image):
    """Is anything on it? The console's own letters are no font of ours and are not read."""
    return any(low != high for low, high in image.getextrema())


def says(text):
    """Does an image show this text?"""
    return lambda image: Screen(image).contains(text)
