"""TrueType faces for ReportLab, read lazily from the mapped file, with a ToUnicode that holds beyond U+FFFF.

ReportLab reads a font into dictionaries of all its characters: half a second and 60 MB each. Here a character map of
groups and the tables themselves are asked when a character is drawn.
"""

import mmap
import struct
from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from reportlab.pdfbase.ttfonts import SUBSETN, TTEncoding, TTFont, TTFontFace

Subset = Sequence[int]
"""Code points by character code; 0 and a filler 32 where a code is not used."""


class CharacterMap:
    """Code point -> glyph, from the groups of a cmap of format 12 (OpenType, `cmap`)."""

    def __init__(self, groups: bytes) -> None:
        table = np.frombuffer(groups, ">u4").reshape(-1, 3)
        self._starts, self._ends, self._glyphs = (table[:, column].tolist() for column in range(3))

    def get(self, code: int, default: int = 0) -> int:
        at = bisect_right(self._starts, code) - 1
        if at < 0 or code > self._ends[at]:
            return default
        return int(self._glyphs[at] + code - self._starts[at])

    def __contains__(self, code: int) -> bool:
        return self.get(code) != 0

    def __getitem__(self, code: int) -> int:
        return self.get(code)


class Metrics:
    """(advance, left side bearing) by glyph, in units of the em."""

    def __init__(self, data: mmap.mmap, offset: int, full: int) -> None:
        self._data, self._offset, self._full = data, offset, full

    def __getitem__(self, glyph: int) -> tuple[int, int]:
        at = min(glyph, self._full - 1)
        advance, bearing = struct.unpack_from(">Hh", self._data, self._offset + 4 * at)
        if glyph >= self._full:
            (bearing,) = struct.unpack_from(">h", self._data, self._offset + 4 * self._full + 2 * (glyph - self._full))
        return advance, bearing & 0xFFFF


class _Window:
    """A table that is copied only where it is sliced."""

    def __init__(self, data: mmap.mmap, offset: int) -> None:
        self._data, self._offset = data, offset

    def __getitem__(self, part: slice) -> bytes:
        return self._data[self._offset + part.start:self._offset + part.stop]


class MappedFace(TTFontFace):  # type: ignore[misc]  # reportlab has no types
    """A face whose file stays on the disk. Not for two documents at the same moment: it has one reading position."""

    def __init__(self, file: Path) -> None:
        with file.open("rb") as opened:
            self._ttf_data = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
        self.filename = file.name
        super().__init__(str(file))

    def extractInfo(self, charInfo: int = 1) -> None:  # noqa: ARG002, N802, N803 - ReportLab's name and argument
        super().extractInfo(charInfo=0)
        self.charToGlyph = CharacterMap(self._groups())
        full = self.get_ushort(self.get_table_pos("hhea")[0] + 34)
        self.hmetrics = Metrics(self._ttf_data, self.get_table_pos("hmtx")[0], full)
        self.defaultWidth = self._pdfScale(self.hmetrics[0][0])
        long = self.get_ushort(self.get_table_pos("head")[0] + 50)
        offset, _ = self.get_table_pos("loca")
        kind, factor = (">u4", 1) if long else (">u2", 2)
        found = np.frombuffer(self._ttf_data, kind, self.numGlyphs + 1, offset).astype(np.int64) * factor
        self.glyphPos = found.tolist()

    def _groups(self) -> bytes:
        start, _ = self.get_table_pos("cmap")
        for number in range(self.get_ushort(start + 2)):
            at = start + self.get_ulong(start + 8 + 8 * number)
            if self.get_ushort(at) == 12:
                return self.get_chunk(at + 16, 12 * self.get_ulong(at + 12))  # type: ignore[no-any-return]
        raise ValueError(f"{self.filename}: no cmap of format 12")

    def get_table(self, tag: str) -> Any:
        offset, length = self.get_table_pos(tag)
        return _Window(self._ttf_data, offset) if tag == "glyf" else self._ttf_data[offset:offset + length]

    def glyph(self, number: int) -> bytes:
        """One entry of `glyf`; empty for a blank."""
        start = self.get_table_pos("glyf")[0]
        return self._ttf_data[start + self.glyphPos[number]:start + self.glyphPos[number + 1]]

    def getCharWidth(self, code: int) -> float:  # noqa: N802 - ReportLab's name
        """In thousandths of the em."""
        return self._pdfScale(self.hmetrics[self.charToGlyph[code]][0])  # type: ignore[no-any-return]


class CopyableFont(TTFont):  # type: ignore[misc]  # reportlab has no types
    """Text drawn with it copies out of the PDF as it was typed, also beyond the Basic Multilingual Plane."""

    def __init__(self, name: str, file: Path) -> None:  # ReportLab's own reads the file wholly
        self.fontName = name
        self.face = MappedFace(file)
        self.encoding = TTEncoding()
        self.state: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()
        self._asciiReadable = False
        self.shapable = False

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - ReportLab's name
        subsets = list(self.state[doc].subsets)
        super().addObjects(doc)
        for number, subset in enumerate(subsets):
            name = f"{SUBSETN(number).decode()}+{self.face.name.decode()}"
            doc.idToObject[f"toUnicodeCMap:{name}"].content = to_unicode(name, subset)


def to_unicode(name: str, subset: Subset) -> str:
    """A ToUnicode CMap, ISO 32000-1, 9.10.3: UTF-16BE, at most a hundred characters a block."""
    pairs = [f"<{code:02X}> <{chr(point).encode('utf-16-be').hex().upper()}>"
             for code, point in enumerate(subset) if point]
    blocks = []
    for start in range(0, len(pairs), 100):
        block = pairs[start:start + 100]
        blocks += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    return "\n".join((
        "/CIDInit /ProcSet findresource begin", "12 dict begin", "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        f"/CMapName /{name} def", "/CMapType 2 def",
        "1 begincodespacerange", "<00> <FF>", "endcodespacerange", *blocks,
        "endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end", ""))
