"""The console's fonts: Spleen, out of the crate that the program draws with."""

import json
import subprocess
from functools import cache
from pathlib import Path

import numpy

PROJECT = Path(__file__).resolve().parents[2]
SIZES = ("8x16", "12x24", "16x32", "32x64")
PSF1, PSF2 = b"\x36\x04", bytes.fromhex("72b54a86")


class Font:
    """`glyphs` maps a character to its rows of booleans, `names` a glyph's packed bits to it."""

    def __init__(self, path):
        count, self.width, self.height, bitmaps, table = _parts(path.read_bytes())
        rows = numpy.frombuffer(bitmaps, numpy.uint8).reshape(count, self.height, -1)
        bits = numpy.unpackbits(rows, axis=2)[:, :, : self.width].astype(bool)
        self.glyphs, self.names = {}, {}
        for glyph, characters in zip(bits, table, strict=True):
            for character in characters:
                self.glyphs.setdefault(character, glyph)
                # several characters may share a picture: the plainest names it
                for shown in (glyph, *self._underlined(glyph)):
                    key = numpy.packbits(shown).tobytes()
                    self.names[key] = min(self.names.get(key, character), character)

    def _underlined(self, glyph):
        """As the program underlines it, itself and enlarged twice: there the line is an odd number
        of pixels thick."""
        start = self.height - self.height // 8
        for thick in {self.height // 16, (self.height // 8 + 1) // 2}:
            line = glyph.copy()
            line[start : start + thick] = True
            yield line


def _parts(data):
    """Count, width, height, bitmaps, and the characters of each glyph.

    A font of 8 pixels' width is in the older format (PSF1, its table in UTF-16), the others are in
    the newer one (PSF2, UTF-8). A glyph's characters end before the first sequence of several.
    """
    if data.startswith(PSF1):
        mode, height = data[2:4]
        assert mode & 2, "the font has no Unicode table"
        start, count, size, width = 4, 512 if mode & 1 else 256, height, 8
        words = data[start + count * size :].decode("utf-16-le", "surrogatepass")
        entries = [entry.split("\ufffe")[0] for entry in words.split("\uffff")]
    else:
        assert data.startswith(PSF2), "neither a PSF1 nor a PSF2 font"
        start, flags, count, size, height, width = (
            int.from_bytes(data[at : at + 4], "little") for at in range(8, 32, 4)
        )
        assert flags & 1, "the font has no Unicode table"
        table = data[start + count * size :].split(b"\xff")
        entries = [entry.split(b"\xfe")[0].decode() for entry in table]
    return count, width, height, data[start : start + count * size], entries[:count]


@cache
def fonts():
    """Each size that the program has, the smallest first."""
    folder = _folder()
    return [Font(folder / f"spleen-{size}.psfu") for size in SIZES]


def _folder():
    ask = ["cargo", "metadata", "--format-version", "1", "--locked", "--offline"]
    told = subprocess.run(ask, cwd=PROJECT, capture_output=True)
    if told.returncode == 0:
        for package in json.loads(told.stdout)["packages"]:
            if package["name"] == "spleen-font":
                return Path(package["manifest_path"]).parent / "fonts"
    found = sorted(Path.home().glob(".cargo/registry/src/*/spleen-font-*/fonts"))
    assert found, "the crate spleen-font is not in cargo's registry: build the program once"
    return found[-1]
