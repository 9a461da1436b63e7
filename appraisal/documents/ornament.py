"""Vector ornaments of the background, after the guilloches of security paper: braided borders, rosettes, waves.

Curves are Bézier pieces through points with their true slopes, so that few points make a smooth line.
"""

from collections.abc import Callable, Sequence
from math import cos, pi, sin, tau

from appraisal.documents.pdf import POINTS_PER_MM
from appraisal.documents.templates import Box, Ornament, Template

Point = tuple[float, float]
Curve = Callable[[float], Point]
"""From 0..1 to mm."""
STEP = 1e-5


def ornament(one: Ornament, box: Box, template: Template) -> str:
    """Operators. Raises ValueError for an unknown kind."""
    flipped = Box(box.x, template.page[1] - box.y - box.height, box.width, box.height)
    if one.kind == "panel":
        drawn = _rectangle(flipped)
    elif one.kind == "braid":
        drawn = " ".join(_braid(flipped, one))
    elif one.kind == "rosette":
        drawn = " ".join(_rosette(flipped, one))
    elif one.kind == "waves":
        drawn = " ".join(_waves(flipped, one))
    else:
        raise ValueError(f"{template.name}: no ornament {one.kind}")
    paint = "S" if not one.fill else "f" if not one.width else "B"
    fill = f"{template.colour(one.fill)} rg " if one.fill else ""
    return f"q {fill}{template.colour(one.colour)} RG {one.width * POINTS_PER_MM:.3f} w 1 j {drawn} {paint} Q"


def curve(along: Curve, pieces: int, *, closed: bool = False) -> str:
    """A path of `pieces` Bézier curves."""
    third = 1 / pieces / 3
    points = [along(at / pieces) for at in range(pieces + 1)]
    slopes = [_slope(along, at / pieces) for at in range(pieces + 1)]
    said = [_m(points[0])]
    for (start, gone), (end, come) in zip(
            list(zip(points, slopes, strict=True))[:-1], list(zip(points, slopes, strict=True))[1:], strict=True):
        said.append(f"{_xy((start[0] + gone[0] * third, start[1] + gone[1] * third))} "
                    f"{_xy((end[0] - come[0] * third, end[1] - come[1] * third))} {_xy(end)} c")
    return " ".join(said) + (" h" if closed else "")


def polygon(points: Sequence[Point]) -> str:
    return " ".join((_m(points[0]), *(f"{_xy(one)} l" for one in points[1:]), "h"))


def radar_point(centre: Point, radius: float, at: int, of: int) -> Point:
    """The first is at the top, the others follow clockwise."""
    angle = tau * at / of
    return centre[0] + radius * sin(angle), centre[1] + radius * cos(angle)


def _slope(along: Curve, at: float) -> Point:
    (x1, y1), (x2, y2) = along(at - STEP), along(at + STEP)
    return (x2 - x1) / (2 * STEP), (y2 - y1) / (2 * STEP)


def _xy(point: Point) -> str:
    return f"{point[0] * POINTS_PER_MM:.2f} {point[1] * POINTS_PER_MM:.2f}"


def _m(point: Point) -> str:
    return f"{_xy(point)} m"


def _rectangle(box: Box) -> str:
    return (f"{box.x * POINTS_PER_MM:.2f} {box.y * POINTS_PER_MM:.2f} "
            f"{box.width * POINTS_PER_MM:.2f} {box.height * POINTS_PER_MM:.2f} re")


def _waves(box: Box, one: Ornament) -> list[str]:
    """Horizontal lines whose waves swell towards the middle."""
    drawn = []
    for strand in range(one.strands):
        share = (strand + 0.5) / one.strands
        phase = pi * share * 2

        def along(at: float, share: float = share, phase: float = phase) -> Point:
            swell = one.depth * sin(pi * min(max(at, 0), 1)) * (0.4 + 0.6 * sin(pi * share))
            return box.x + box.width * at, box.y + box.height * share + swell * sin(tau * one.repeats * at + phase)

        drawn.append(curve(along, 4 * one.repeats))
    return drawn


def _rosette(box: Box, one: Ornament) -> list[str]:
    """Petalled circles turned against each other."""
    x, y, radius = box.x + box.width / 2, box.y + box.height / 2, min(box.width, box.height) / 2
    drawn = []
    for strand in range(one.strands):
        turn = tau / one.repeats * strand / one.strands
        size = radius * (1 - one.depth)

        def along(at: float, turn: float = turn, size: float = size) -> Point:
            distance = size + radius * one.depth * cos(one.repeats * (tau * at - turn))
            return x + distance * sin(tau * at), y + distance * cos(tau * at)

        drawn.append(curve(along, 4 * one.repeats, closed=True))
    return drawn


def _braid(box: Box, one: Ornament) -> list[str]:
    """Strands that cross each other along the four sides; each side has a whole number of waves."""
    longer = max(box.width, box.height)
    drawn = []
    sides = ((box.x, box.y, box.width, 0.0), (box.x, box.y + box.height, box.width, 0.0),
             (box.x, box.y, 0.0, box.height), (box.x + box.width, box.y, 0.0, box.height))
    for left, low, wide, high in sides:
        waves = max(1, round(one.repeats * (wide + high) / longer))
        for strand in range(one.strands):
            phase = tau * strand / one.strands

            def along(at: float, place: tuple[float, float, float, float] = (left, low, wide, high),
                      waves: int = waves, phase: float = phase) -> Point:
                off = one.depth * sin(tau * waves * at + phase)
                return (place[0] + place[2] * at + (off if place[3] else 0.0),
                        place[1] + place[3] * at + (off if place[2] else 0.0))

            drawn.append(curve(along, 4 * waves))
    return drawn
