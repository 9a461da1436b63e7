"""Drawn people for the demonstration: plainly drawings, on white, of the size that a photo has."""

import io
from random import Random

from PIL import Image, ImageDraw, ImageFilter

FINER = 3
"""Drawn so many times larger, then reduced: smooth edges."""
SKIN = ("#f3d3b8", "#eac2a0", "#ddb08c", "#c99a76")
HAIR = ("#1d1a1a", "#2b2220", "#3a2c26", "#55504d")
CLOTHES = ("#26364f", "#3d4a3f", "#5a2f38", "#2f3e46", "#4b4453", "#6b5a45")
SHIRTS = ("#f7f7f5", "#dfe8f2", "#f2e9dc")


def drawn_portrait(seed: int, size: tuple[int, int] = (295, 413)) -> bytes:
    """A JPEG of `size` pixels, the same for the same seed; passes check_photo without a warning."""
    pick = Random(seed)  # noqa: S311 - a drawing
    width, height = size[0] * FINER, size[1] * FINER
    image = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(image)
    skin, hair, cloth = pick.choice(SKIN), pick.choice(HAIR), pick.choice(CLOTHES)
    middle, eye_line = width // 2, round(height * pick.uniform(0.425, 0.445))
    head = (width * pick.uniform(0.195, 0.225), height * pick.uniform(0.195, 0.215))
    long_hair = pick.random() < 0.5
    if long_hair:
        _oval(draw, (middle, eye_line + head[1] * 0.35), (head[0] * 1.32, head[1] * 1.45), hair)
    _bust(draw, middle, width, height, cloth, pick.choice(SHIRTS), skin, eye_line + head[1])
    for side in (-1, 1):
        _oval(draw, (middle + side * head[0] * 0.98, eye_line + head[1] * 0.12), (head[0] * 0.13, head[1] * 0.2), skin)
    _hair(draw, (middle, eye_line), head, hair)
    _oval(draw, (middle, eye_line + head[1] * 0.08), head, skin)
    _fringe(draw, (middle, eye_line), head, hair, pick.choice((-1, 0, 1)))
    _face(draw, (middle, eye_line), head, hair, glasses=pick.random() < 0.35)
    small = image.filter(ImageFilter.SMOOTH).resize(size, Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.save(out, "JPEG", quality=90, dpi=(300, 300))
    return out.getvalue()


def _oval(draw: ImageDraw.ImageDraw, centre: tuple[float, float], radii: tuple[float, float], fill: str) -> None:
    (x, y), (wide, high) = centre, radii
    draw.ellipse((x - wide, y - high, x + wide, y + high), fill=fill)


def _bust(draw: ImageDraw.ImageDraw, middle: int, width: int, height: int, cloth: str, shirt: str, skin: str,
          chin: float) -> None:
    top = height * 0.72
    draw.rounded_rectangle((width * 0.1, top, width * 0.9, height * 1.4), radius=width * 0.22, fill=cloth)
    neck = width * 0.085
    draw.polygon(((middle - neck * 1.9, top), (middle + neck * 1.9, top), (middle, height * 0.93)), fill=shirt)
    draw.rounded_rectangle((middle - neck, chin - neck * 2, middle + neck, top + neck * 0.7), radius=neck, fill=skin)
    for side in (-1, 1):
        draw.polygon(((middle + side * neck * 1.1, top - neck * 0.35), (middle + side * neck * 2.3, top + neck * 0.5),
                      (middle + side * neck * 0.5, top + neck * 2.1)), fill=shirt)


def _hair(draw: ImageDraw.ImageDraw, eyes: tuple[float, float], head: tuple[float, float], hair: str) -> None:
    _oval(draw, (eyes[0], eyes[1] - head[1] * 0.18), (head[0] * 1.1, head[1] * 1.0), hair)


def _fringe(draw: ImageDraw.ImageDraw, eyes: tuple[float, float], head: tuple[float, float], hair: str,
            parted: int) -> None:
    (x, y), (wide, high) = eyes, head
    draw.chord((x - wide * 1.03, y - high * 1.12, x + wide * 1.03, y + high * 0.35), 196 + 6 * parted, 344 + 6 * parted,
               fill=hair)


def _face(draw: ImageDraw.ImageDraw, eyes: tuple[float, float], head: tuple[float, float], hair: str, *,
          glasses: bool) -> None:
    (x, y), (wide, high) = eyes, head
    line = max(2, round(wide * 0.03))
    for side in (-1, 1):
        eye = x + side * wide * 0.42
        _oval(draw, (eye, y + high * 0.06), (wide * 0.085, high * 0.055), "#22201f")
        draw.arc((eye - wide * 0.2, y - high * 0.2, eye + wide * 0.2, y + high * 0.1), 205, 335, fill=hair,
                 width=line * 2)
        if glasses:
            draw.rounded_rectangle((eye - wide * 0.27, y - high * 0.1, eye + wide * 0.27, y + high * 0.22),
                                   radius=wide * 0.1, outline="#3b3b40", width=line)
    if glasses:
        draw.line((x - wide * 0.15, y + high * 0.04, x + wide * 0.15, y + high * 0.04), fill="#3b3b40", width=line)
    draw.arc((x - wide * 0.1, y + high * 0.2, x + wide * 0.1, y + high * 0.42), 20, 160, fill="#b07d62", width=line)
    draw.arc((x - wide * 0.28, y + high * 0.42, x + wide * 0.28, y + high * 0.68), 25, 155, fill="#a3524b",
             width=line * 2)
