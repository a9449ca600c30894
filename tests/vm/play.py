#!/usr/bin/env python3
"""Boots the image for a person to use, with a webcam that plays the frames of a folder.

usage: play.py --image ISO --kernel FILE --camera DIR [--firmware ovmf|seabios]
With a graphical display the machine has a window. Without one it runs in this terminal, started
from the kernel alone: the letters of a text screen are all that a terminal can show of it.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import environment

environment.enter()

from camera import Camera, pictures
from hardware import Hardware, camera_socket
from machine import QEMU


def arguments(asked, folder):
    """QEMU's: what the tests' machine has, with somewhere to look at it."""
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        hardware, display = Hardware(image=asked.image, firmware=asked.firmware), "gtk"
    else:
        # no graphics mode of this size: the kernel keeps to text
        text = Hardware(kernel=asked.kernel, firmware="seabios", screen=(720, 400))
        hardware, display = text, "curses"
    words = hardware.arguments(folder)
    words[words.index("-display") + 1] = display
    words[words.index("-action") + 1] = "reboot=shutdown,shutdown=poweroff"
    return words


def main():
    parser = argparse.ArgumentParser(description="Boots the image for a person to use.")
    parser.add_argument("--image", type=Path, required=True)
    parser.add_argument("--kernel", type=Path, required=True)
    parser.add_argument("--camera", type=Path, required=True)
    parser.add_argument("--firmware", choices=("ovmf", "seabios"), default="ovmf")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="coldlight-vm-") as name:
        folder = Path(name)
        camera = Camera(camera_socket(folder, 0), pictures(asked.camera), hold=3)
        machine = subprocess.Popen([QEMU, *arguments(asked, folder)])
        while machine.poll() is None and not camera.path.exists():
            time.sleep(0.1)
        if machine.poll() is None:
            camera.plug()
        return machine.wait()


if __name__ == "__main__":
    sys.exit(main())
