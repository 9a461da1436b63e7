"""Glyph pictures: somebody's scan or drawing made black on white and square; and drawn in a line of text."""

import io

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from appraisal.domain.errors import RuleViolation
from appraisal.domain.glyph import SIDE

LEAST_PIXELS = 100
"""Of the ink's longer side: less looks like steps on paper."""
MARGIN = 0.06
"""Of the square, around the ink, as fonts leave it."""
BELOW = 0.12
"""Ems from the lower edge of the square up to the baseline."""
FORMATS = ("JPEG", "PNG", "BMP", "WEBP", "TIFF", "GIF")
MOST_PIXELS = 40_000_000


def glyph_picture(data: bytes) -> bytes:
    """The PNG that is kept. Raises RuleViolation glyph_unreadable, glyph_empty, glyph_too_small."""
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise RuleViolation("glyph_unreadable", "picture")
            upright = ImageOps.exif_transpose(opened)
            flat = Image.new("RGBA", upright.size, "white")
            flat.alpha_composite(upright.convert("RGBA"))
            grey = np.asarray(flat.convert("L"), np.int16)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as fault:
        raise RuleViolation("glyph_unreadable", "picture") from fault
    ink = _ink(grey)
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not rows.size or ink.mean() > 0.95:
        raise RuleViolation("glyph_empty", "picture")
    cut = ink[rows[0]:rows[-1] + 1, columns[0]:columns[-1] + 1]
    longest = max(cut.shape)
    if longest < LEAST_PIXELS:
        raise RuleViolation("glyph_too_small", "picture", pixels=longest, least=LEAST_PIXELS)
    room = round(SIDE * (1 - 2 * MARGIN))
    size = [max(1, round(side * room / longest)) for side in cut.shape]
    small = Image.fromarray(np.where(cut, 0, 255).astype(np.uint8)).resize((size[1], size[0]), Image.Resampling.LANCZOS)
    square = Image.new("L", (SIDE, SIDE), 255)
    square.paste(small, ((SIDE - size[1]) // 2, (SIDE - size[0]) // 2))
    out = io.BytesIO()
    square.point(lambda value: 255 * (value > 127)).convert("1").save(out, "PNG", optimize=True)
    return out.getvalue()


def glyph_path(picture: bytes, x: float, y: float, size: float) -> str:
    """Operators that draw it in a line of this `size` whose baseline is at (x, y), all in points: one path of
    horizontal runs. Set the colour before."""
    with Image.open(io.BytesIO(picture), formats=("PNG",)) as opened:
        ink = ~np.asarray(opened.convert("1"))
    edges = np.diff(np.pad(ink.astype(np.int8), ((0, 0), (1, 1))), axis=1)
    rows, starts = np.nonzero(edges == 1)
    ends = np.nonzero(edges == -1)[1]
    runs = " ".join(f"{start} {row} {end - start} 1 re"
                    for row, start, end in zip(rows.tolist(), starts.tolist(), ends.tolist(), strict=True))
    unit = size / len(ink)
    return f"q {unit:.6f} 0 0 {-unit:.6f} {x:.3f} {y + (1 - BELOW) * size:.3f} cm {runs} f Q"


def _ink(grey: np.ndarray) -> np.ndarray:
    """What is darker than halfway between the picture's darkest and its lightest; nothing where these hardly differ."""
    low, high = np.percentile(grey, (0.5, 99.5))
    if high - low < 60:
        return np.zeros(grey.shape, bool)
    return grey < (int(low) + int(high)) / 2
