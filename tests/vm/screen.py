"""The text on a picture of the screen, read exactly: each cell is a glyph of the font or it is not.

The grid of cells starts at the top left, or what the cells leave over is at both sides. Colours do
not matter: a cell has a background and ink.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy

from font import Font, fonts

SCALES = (1, 2, 3, 4)
UNREAD = "\N{REPLACEMENT CHARACTER}"
FULL_BLOCK = "\N{FULL BLOCK}"
# letters and digits that must be read before a grid is believed; a picture's pixels make none
LETTERS_MIN = 3


@dataclass(frozen=True)
class Grid:
    """Where the cells are: the font, how often each of its pixels is repeated, the first corner."""

    font: Font
    scale: int
    left: int
    top: int


class Cells:
    """The cells of a grid as one table: row after row, a line of pixels each."""

    def __init__(self, pixels, paper, grid):
        font, scale = grid.font, grid.scale
        width, height = font.width * scale, font.height * scale
        part = pixels[grid.top :, grid.left :]
        self.rows, self.columns = part.shape[0] // height, part.shape[1] // width
        part = part[: self.rows * height : scale, : self.columns * width : scale]
        shape = (self.rows, font.height, self.columns, font.width)
        table = part.reshape(shape).transpose(0, 2, 1, 3).reshape(-1, font.height * font.width)
        self.first = table[:, 0]
        self.inked = numpy.flatnonzero((table != table[:, :1]).any(axis=1))
        self._read(table[self.inked], paper, font.names)

    def _read(self, table, paper, names):
        """`read` and `papers`: the character and the background of each cell with ink."""
        first = table[:, :1]
        ink = table != first
        second = numpy.take_along_axis(table, ink.argmax(axis=1)[:, None], axis=1)
        two_colours = (ink == (table == second)).all(axis=1)
        # the screen's background where it occurs, else the more frequent colour
        many = ink.sum(axis=1, keepdims=True) * 2 > table.shape[1]
        turned = (first != paper) & ((second == paper) | many)
        keys, others = numpy.packbits(ink ^ turned, axis=1), numpy.packbits(ink ^ ~turned, axis=1)
        self.read, self.papers = [], []
        for place, plain in enumerate(two_colours):
            grounds = [second[place, 0], first[place, 0]]
            name = names.get(keys[place].tobytes()) if plain else UNREAD
            if name is None:
                # no such glyph: then the other colour is the ink, if either is
                name = names.get(others[place].tobytes(), UNREAD)
                grounds.reverse()
            self.read.append(name)
            self.papers.append(grounds[not turned[place, 0]])

    def letters(self):
        """How many letters and digits are read."""
        return sum(name.isascii() and name.isalnum() for name in self.read)

    def lines(self, paper):
        """Line by line, without the spaces at the ends.

        A cell of one colour is a space, unless nothing in its line is written on that colour: then
        it is a block.
        """
        papers = [{paper} for _ in range(self.rows)]
        lines = [[None] * self.columns for _ in range(self.rows)]
        for place, name, ground in zip(self.inked, self.read, self.papers):
            row, column = divmod(place, self.columns)
            papers[row].add(ground)
            lines[row][column] = name
        first = self.first.reshape(self.rows, self.columns)
        for line, known, colours in zip(lines, papers, first):
            for column, colour in enumerate(colours):
                if line[column] is None:
                    line[column] = " " if colour in known else FULL_BLOCK
        return ["".join(line).rstrip() for line in lines]


class Screen:
    """What stands on a picture (Pillow) of the screen; `like` is the grid of an earlier one."""

    def __init__(self, image, like=None):
        self.image, self.like = image, like

    def text(self):
        """The lines, or nothing where the screen has no text that can be read."""
        return "\n".join(self.lines).rstrip("\n")

    def contains(self, text):
        """In one line, or over several where the text is broken at a space."""
        return " ".join(text.split()) in " ".join(self.text().split())

    @cached_property
    def lines(self):
        """A string for each line of cells."""
        return self._cells(self.grid).lines(self.paper) if self.grid else []

    @cached_property
    def grid(self):
        """Where the cells are, or None where no grid fits."""
        if self.like and self._letters(self.like) >= LETTERS_MIN:
            return self.like
        grids = list(self._grids())
        # letters that are read, by their size: the pixels that the grid explains
        explained = [
            self._letters(grid) * grid.font.width * grid.font.height * grid.scale**2
            for grid in grids
        ]
        best = max(range(len(grids)), key=explained.__getitem__, default=None)
        if best is None or self._letters(grids[best]) < LETTERS_MIN:
            return None
        return grids[best]

    @cached_property
    def pixels(self):
        """One number a pixel."""
        rgb = numpy.asarray(self.image.convert("RGB")).astype(numpy.uint32)
        return rgb[..., 0] << 16 | rgb[..., 1] << 8 | rgb[..., 2]

    @cached_property
    def paper(self):
        """The screen's background: its most frequent colour."""
        colours, counts = numpy.unique(self.pixels[::2, ::2], return_counts=True)
        return colours[counts.argmax()]

    def _letters(self, grid):
        return self._cells(grid).letters()

    def _cells(self, grid):
        return Cells(self.pixels, self.paper, grid)

    def _grids(self):
        height, width = self.pixels.shape
        for font in fonts():
            for scale in SCALES:
                wide, high = font.width * scale, font.height * scale
                if wide <= width and high <= height:
                    for left in sorted({0, width % wide // 2}):
                        for top in sorted({0, height % high // 2}):
                            yield Grid(font, scale, left, top)
