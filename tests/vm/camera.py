#!/usr/bin/env python3
"""A webcam for a QEMU guest, that sees the pictures it is given.

usage: camera.py --socket PATH --frames DIR [--format mjpeg|yuyv|both] [--rate N] [--name TEXT]
Plays the PNG and JPEG files of DIR in the order of their names, in a loop, until it is ended.
QEMU listens at PATH: -chardev socket,id=camera,path=PATH,server=on,wait=off
                      -device usb-redir,chardev=camera,bus=xhci.0
"""

import argparse
import os
import socket
import sys
import threading
import time
from pathlib import Path

if __name__ == "__main__":
    sys.dont_write_bytecode = True  # nothing beside the sources
    import environment

    environment.enter()

from PIL import Image

from frames import Reel
from garbage import Garbage
from usbredir import Connection
from uvc import Webcam

KINDS = {
    "mjpeg": ("mjpeg",),
    "bare": ("mjpeg",),
    "yuyv": ("yuyv",),
    "both": ("mjpeg", "yuyv"),
}
SIZES = ((640, 480), (1280, 720))


class Camera:
    """A webcam that may be plugged in and pulled out at any moment.

    `kind` is what it offers: "mjpeg", "yuyv", "both", or "bare" (MJPEG without Huffman tables).
    `rates` are frames a second, the first being the default. It starts unplugged.
    """

    def __init__(
        self, path, images, *, kind="mjpeg", sizes=SIZES, rates=(10,), hold=1, name="Test webcam"
    ):
        self.path, self.bare = path, kind == "bare"
        self.reel = Reel(images, hold)
        self.device = Webcam(
            self._picture, name=name, kinds=KINDS[kind], sizes=sizes, rates=rates
        )
        self.thread = self.failure = None

    def plug(self):
        """Into the guest; returns at once, the guest finds it in its own time."""
        assert not self.plugged, "the camera is plugged in already"
        self.device.reset()
        link = socket.socket(socket.AF_UNIX)
        link.connect(str(self.path))
        stop, self.stopper = os.pipe()
        self.thread = threading.Thread(target=self._serve, args=(link, stop), daemon=True)
        self.thread.start()

    def unplug(self):
        """Out of the guest, in the middle of a frame if need be."""
        assert self.thread, "the camera is not plugged in"
        os.close(self.stopper)
        self.thread.join()
        self.thread = None
        self.check()

    def check(self):
        """Raises what has ended the camera, if it has failed by itself."""
        if self.failure:
            raise self.failure

    @property
    def plugged(self):
        return self.thread is not None

    def show(self, images, hold=1):
        """Other pictures from the next frame on: one, or several in a loop."""
        self.reel = Reel(images, hold)

    def misbehave(self, *ways, kind=None):
        """Garbage from the next frame on: in these ways (see garbage.py), or in all by turns.

        With `kind` ("mjpeg" or "yuyv") in that format only.
        """
        self.device.spoil = Garbage(ways, kind)

    def freeze(self):
        """No frame any more, though the stream goes on."""
        self.device.frozen = True

    def behave(self):
        """Whole frames again."""
        self.device.spoil, self.device.frozen = None, False

    @property
    def streaming(self):
        """Whether the guest has started the stream."""
        return self.plugged and self.device.streaming

    @property
    def frames_sent(self):
        """Frames begun since the camera was made."""
        return self.device.frames_sent

    def _picture(self, kind, size):
        return self.reel.next("bare" if self.bare and kind == "mjpeg" else kind, size)

    def _serve(self, link, stop):
        try:
            Connection(link, self.device).serve(stop)
        except ConnectionError:
            pass  # the machine is gone
        except Exception as failure:
            self.failure = failure
        finally:
            link.close()
            os.close(stop)


def pictures(folder):
    """The pictures of a folder in the order of their names."""
    names = sorted(
        path for path in folder.iterdir() if path.suffix.lower() in (".png", ".jpg", ".jpeg")
    )
    if not names:
        sys.exit(f"camera.py: {folder} has no PNG or JPEG file.")
    return [Image.open(path).convert("RGB") for path in names]


def main():
    parser = argparse.ArgumentParser(description="A webcam for a QEMU guest.")
    parser.add_argument("--socket", type=Path, required=True)
    parser.add_argument("--frames", type=Path, required=True)
    parser.add_argument("--format", choices=KINDS, default="mjpeg")
    parser.add_argument("--rate", type=int, default=10)
    parser.add_argument("--name", default="Test webcam")
    asked = parser.parse_args()
    camera = Camera(
        asked.socket,
        pictures(asked.frames),
        kind=asked.format,
        rates=(asked.rate,),
        name=asked.name,
    )
    while not asked.socket.exists():
        time.sleep(0.1)
    camera.plug()
    try:
        camera.thread.join()
    except KeyboardInterrupt:
        camera.unplug()
    return 1 if camera.failure else 0


if __name__ == "__main__":
    sys.exit(main())
