"""What a camera sees: pictures fitted into its frame, encoded once, looped."""

import io
import threading

from PIL import Image


class Reel:
    """Pictures in a loop, each for `hold` frames; a still picture is a reel of one."""

    def __init__(self, images, hold=1):
        self.images = [images] if isinstance(images, Image.Image) else list(images)
        assert self.images, "a reel needs a picture"
        self.hold, self.shown = hold, 0
        self.encoded = {}
        self.lock = threading.Lock()

    def next(self, kind, size):
        """The bytes of the next frame; `kind` is "mjpeg", "bare" or "yuyv"."""
        with self.lock:
            place = self.shown // self.hold % len(self.images)
            self.shown += 1
            key = (place, kind, size)
            if key not in self.encoded:
                self.encoded[key] = ENCODERS[kind](fitted(self.images[place], size))
            return self.encoded[key]


def fitted(image, size):
    """In the middle of a white frame, enlarged by a whole number, so that modules stay sharp.

    A picture larger than the frame is made smaller, and is then as sharp as it can be.
    """
    image = image.convert("RGB")
    scale = min(size[0] // image.width, size[1] // image.height)
    if scale:
        image = image.resize((image.width * scale, image.height * scale), Image.Resampling.NEAREST)
    else:
        image.thumbnail(size, Image.Resampling.LANCZOS)
    frame = Image.new("RGB", size, "white")
    frame.paste(image, ((size[0] - image.width) // 2, (size[1] - image.height) // 2))
    return frame


def jpeg(image):
    """4:2:2, as webcams do it."""
    data = io.BytesIO()
    image.save(data, "JPEG", quality=85, subsampling="4:2:2")
    return data.getvalue()


def bare_jpeg(image):
    """Without its Huffman tables, as many webcams leave them out: they are the standard ones."""
    data = jpeg(image)
    at, kept = 2, data[:2]
    while data[at + 1] != 0xDA:  # start of scan
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if data[at + 1] != 0xC4:
            kept += data[at:end]
        at = end
    return kept + data[at:]


def yuyv(image):
    """Grey: the luma is the picture's, the chroma is none."""
    data = bytearray(b"\x80") * (2 * image.width * image.height)
    data[0::2] = image.convert("L").tobytes()
    return bytes(data)


ENCODERS = {"mjpeg": jpeg, "bare": bare_jpeg, "yuyv": yuyv}
