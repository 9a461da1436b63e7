"""A character as a path: for writing that is drawn on a page and is not part of its text, such as a watermark."""

import struct
from collections.abc import Iterator, Sequence

from appraisal.documents.fonts import FontBook
from appraisal.documents.typeface import MappedFace

Knot = tuple[float, float, bool]
"""x and y in ems, and whether the point lies on the curve."""

REPEAT, X_SHORT, Y_SHORT, X_SAME, Y_SAME = 0x08, 0x02, 0x04, 0x10, 0x20


def word_path(text: str, family: str, fonts: FontBook) -> tuple[str, float]:
    """(path operators, width), both in ems, from the origin on."""
    drawn, across = [], 0.0
    for character in text:
        ((name, _),) = fonts.runs(character, family)
        face = fonts.font(name).face
        drawn += [_contour(one, across) for one in _contours(face, face.charToGlyph[ord(character)])]
        across += fonts.width(character, family)
    return " ".join(drawn), across


def _contours(face: MappedFace, glyph: int) -> Iterator[Sequence[Knot]]:
    """Of a simple glyph (OpenType, `glyf`); a composite one has none here."""
    data = face.glyph(glyph)
    count = struct.unpack_from(">h", data)[0] if data else 0
    if count <= 0:
        return
    ends = struct.unpack_from(f">{count}H", data, 10)
    at = 10 + 2 * count
    at += 2 + struct.unpack_from(">H", data, at)[0]
    flags: list[int] = []
    while len(flags) <= ends[-1]:
        flags.append(data[at])
        at += 1
        if flags[-1] & REPEAT:
            flags += [flags[-1]] * data[at]
            at += 1
    xs, at = _coordinates(data, at, flags, X_SHORT, X_SAME)
    ys, at = _coordinates(data, at, flags, Y_SHORT, Y_SAME)
    em = face.unitsPerEm
    start = 0
    for end in ends:
        yield [(xs[one] / em, ys[one] / em, bool(flags[one] & 1)) for one in range(start, end + 1)]
        start = end + 1


def _coordinates(data: bytes, at: int, flags: Sequence[int], short: int, same: int) -> tuple[list[int], int]:
    found, value = [], 0
    for flag in flags:
        if flag & short:
            value += data[at] if flag & same else -data[at]
            at += 1
        elif not flag & same:
            value += struct.unpack_from(">h", data, at)[0]
            at += 2
        found.append(value)
    return found, at


def _contour(knots: Sequence[Knot], across: float) -> str:
    """Quadratic pieces raised to the cubic ones of PDF; between two control points lies a point of the curve."""
    points: list[Knot] = []
    for knot, following in zip(knots, (*knots[1:], knots[0]), strict=True):
        points.append(knot)
        if not knot[2] and not following[2]:
            points.append(((knot[0] + following[0]) / 2, (knot[1] + following[1]) / 2, True))
    first = next(at for at, knot in enumerate(points) if knot[2])
    points = points[first:] + points[:first + 1]
    here, said = points[0], [f"{points[0][0] + across:.4f} {points[0][1]:.4f} m"]
    control: Knot | None = None
    for knot in points[1:]:
        if not knot[2]:
            control = knot
            continue
        if control is None:
            said.append(f"{knot[0] + across:.4f} {knot[1]:.4f} l")
        else:
            said.append(" ".join(f"{(2 * control[0] + end[0]) / 3 + across:.4f} {(2 * control[1] + end[1]) / 3:.4f}"
                                 for end in (here, knot)) + f" {knot[0] + across:.4f} {knot[1]:.4f} c")
        here, control = knot, None
    return " ".join((*said, "h"))
