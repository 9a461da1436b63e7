"""A candidate's photo: checked, turned upright, brought to one size and one format, and matched by its file name."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from PIL import Image, ImageOps

from appraisal.documents.portrait import drawn_portrait
from appraisal.domain.photo_rule import PhotoRule
from appraisal.domain.problem import Problem, Weight

__all__ = ["PhotoReading", "PhotoRefused", "check_photo", "crop_photo", "drawn_portrait", "original_photo",
           "photo_owner"]

FORMATS = ("JPEG", "PNG", "BMP", "WEBP", "TIFF", "GIF")
TURNED = 0x0112
"""The EXIF tag Orientation; 1 is upright, 5 to 8 lie on their side."""
QUALITIES = (92, 86, 78, 68, 55, 40, 25, 15)
FINER = (100, 97)
"""Tried first where a rule names a least weight."""
WHITE = 225
"""Least value of every channel of a white background."""
ALIKE = 3.0
"""Channels that differ less than this on average show no colour."""
GRAIN = 40.0
"""Neighbours that differ more than this on average: no background can be told from such noise."""
META = frozenset({0xFE, *range(0xE1, 0xEE), 0xEF})
"""JPEG segments that say something about the picture and do not draw it: COM, APP1-13, APP15."""

DEEP = frozenset({"I", "I;16", "I;16B", "I;16L", "I;16N", "F"})
"""Modes of more than 8 bits."""

_NUMBERS = (
    re.compile(r"(?<![0-9A-Za-z])([0-9]{17}[0-9Xx])(?![0-9A-Za-z])"),   # GB 11643, permits, 2023 residence card
    re.compile(r"(?<![0-9A-Za-z])([A-Za-z]{3}[0-9]{12})(?![0-9A-Za-z])"),  # permanent residence card of 2017
    re.compile(r"(?<![0-9A-Za-z])([0-9]{15})(?![0-9A-Za-z])"),
    re.compile(r"(?<![0-9A-Za-z])([A-Za-z]{1,2}[0-9]{6,8})(?![0-9A-Za-z])"))  # passports


@dataclass(frozen=True, slots=True)
class PhotoReading:
    jpeg: bytes | None
    """RGB or grey, upright, of the rule's size, without EXIF; None where the photo is refused."""
    problems: tuple[Problem, ...] = ()


class PhotoRefused(Exception):
    """With the problem that says why."""

    def __init__(self, code: str, **detail: object) -> None:
        super().__init__(code)
        self.problem = _problem(code, Weight.REJECT, **detail)


def check_photo(data: bytes, rule: PhotoRule) -> PhotoReading:
    """Codes PHOTO_*; refused are ASPECT, TOO_SMALL, DAMAGED, TOO_MANY_PIXELS, NOT_AN_IMAGE, all others are warnings."""
    try:
        with _opened(data, rule) as image:
            _require_shape(image, rule)
            kept, problems = _brought_in(image, data, rule)
    except PhotoRefused as refused:
        return PhotoReading(None, (refused.problem,))
    return PhotoReading(kept, tuple(problems))


def original_photo(data: bytes, rule: PhotoRule) -> Image.Image:
    """The whole picture upright, RGB or grey, to be cropped. Raises PhotoRefused: DAMAGED, TOO_MANY_PIXELS,
    NOT_AN_IMAGE."""
    with _opened(data, rule) as image:
        return _loaded(image)


def crop_photo(original: Image.Image, box: tuple[int, int, int, int], rule: PhotoRule) -> PhotoReading:
    """What `check_photo` says of this part of the picture, brought to the rule's size and weight. `box`, in pixels and
    of the rule's proportions: left, top, right, bottom. Refused is TOO_SMALL, by the pixels that the picture has."""
    width, height = box[2] - box[0], box[3] - box[1]
    if width < rule.least_width:
        return PhotoReading(None, (_too_small(width, height, rule).problem,))
    return check_photo(_encoded(original.crop(box), rule), rule)


def photo_owner(file_name: str) -> str | None:
    """The number in `110101199001011234.jpg`, `姓名_110101199001011234.JPEG`, `姓名110101199001011234.jpg`; None where
    there is none. Whether it is somebody's, the roster knows."""
    stem = re.split(r"[\\/]", file_name)[-1].rpartition(".")[0] or file_name
    for shape in _NUMBERS:
        found = shape.search(stem)
        if found:
            return found[1].upper()
    return None


def _opened(data: bytes, rule: PhotoRule) -> Image.Image:
    """Nothing is decoded before its size is known from the header."""
    try:
        image = Image.open(io.BytesIO(data), formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as fault:
        raise PhotoRefused("PHOTO_TOO_MANY_PIXELS", most=rule.most_pixels // 1_000_000) from fault
    except Exception as fault:  # Pillow lets through whatever it stumbled over
        raise PhotoRefused("PHOTO_NOT_AN_IMAGE") from fault
    width, height = image.size
    if width * height > rule.most_pixels:
        raise PhotoRefused("PHOTO_TOO_MANY_PIXELS", most=rule.most_pixels // 1_000_000)
    return image


def _require_shape(image: Image.Image, rule: PhotoRule) -> None:
    """As the picture will stand upright."""
    width, height = image.size
    try:
        turn = image.getexif().get(TURNED, 1)  # for which a PNG is read to its end
    except Exception as fault:
        raise PhotoRefused("PHOTO_DAMAGED") from fault
    if 5 <= turn <= 8:
        width, height = height, width
    if abs(width / height * rule.height / rule.width - 1) > rule.aspect_tolerance:
        raise PhotoRefused("PHOTO_ASPECT", width=width, height=height, right_width=rule.width, right_height=rule.height)
    if width < rule.least_width:
        raise _too_small(width, height, rule)


def _too_small(width: int, height: int, rule: PhotoRule) -> PhotoRefused:
    return PhotoRefused("PHOTO_TOO_SMALL", width=width, height=height, right_width=rule.width,
                        right_height=rule.height)


def _loaded(image: Image.Image) -> Image.Image:
    try:
        image.load()
        return _plain(image)
    except Exception as fault:  # as above
        raise PhotoRefused("PHOTO_DAMAGED") from fault


def _brought_in(image: Image.Image, data: bytes, rule: PhotoRule) -> tuple[bytes, list[Problem]]:
    plain = _loaded(image)
    problems = []
    turned = image.getexif().get(TURNED, 1) != 1
    if image.format != "JPEG" or image.mode not in ("L", "RGB") or turned:
        problems.append(_problem("PHOTO_CONVERTED"))
    if len(data) > rule.most_bytes:
        problems.append(_problem("PHOTO_TOO_LARGE", kilobytes=len(data) // 1000, most=rule.most_bytes // 1000))
    elif len(data) < rule.least_bytes:
        problems.append(_problem("PHOTO_TOO_LIGHT", kilobytes=len(data) // 1000, least=rule.least_bytes // 1000))
    problems += _looked_at(plain, rule)
    whole = not any(one.code in ("PHOTO_CONVERTED", "PHOTO_TOO_LARGE") for one in problems)
    if whole and plain.size == (rule.width, rule.height):
        return without_metadata(data), problems
    return _encoded(plain, rule), problems


def _plain(image: Image.Image) -> Image.Image:
    """Upright, RGB or grey, transparency flattened on white."""
    upright = _eight_bits(ImageOps.exif_transpose(image))
    if upright.has_transparency_data:
        seen = upright.convert("RGBA")
        white = Image.new("RGBA", seen.size, "white")
        return Image.alpha_composite(white, seen).convert("RGB")
    return upright if upright.mode in ("L", "RGB") else upright.convert("RGB")


def _eight_bits(image: Image.Image) -> Image.Image:
    """Grey of 16 bits brought to 8: Pillow itself would call all but the darkest white."""
    if image.mode not in DEEP:
        return image
    values = np.asarray(image)
    if image.mode == "F" or values.min() < 0 or values.max() > 0xFFFF:
        raise ValueError("brightness of no known scale")
    return Image.fromarray((values >> 8).astype(np.uint8))


def _looked_at(image: Image.Image, rule: PhotoRule) -> list[Problem]:
    """Colour, and the background along the top and the upper halves of both sides."""
    pixels = np.asarray(image.convert("RGB")).astype(np.int16)
    found = []
    if float(np.ptp(pixels, axis=2).mean()) < ALIKE:
        found.append(_problem("PHOTO_NOT_COLOUR"))
    height, width = pixels.shape[:2]
    top, side = max(1, height // 12), max(1, width // 12)
    edges = (pixels[:top], pixels[:height // 3, :side], pixels[:height // 3, -side:])
    grain = float(np.abs(np.diff(pixels[:top], axis=1)).mean())
    white = np.concatenate([(edge.min(axis=2) >= WHITE).ravel() for edge in edges]).mean()
    if rule.background == "white" and white < 0.6 and grain < GRAIN:
        found.append(_problem("PHOTO_BACKGROUND"))
    return found


def _encoded(image: Image.Image, rule: PhotoRule) -> bytes:
    sized = ImageOps.fit(image, (rule.width, rule.height), Image.Resampling.LANCZOS)
    sized.info.clear()  # Pillow would write the comment that stood in the file
    made = b""
    for quality in (*FINER, *QUALITIES) if rule.least_bytes else QUALITIES:
        out = io.BytesIO()
        sized.save(out, "JPEG", quality=quality, optimize=True, dpi=(rule.dpi, rule.dpi))
        made = out.getvalue()
        if len(made) <= rule.most_bytes:
            break
    return made


def without_metadata(jpeg: bytes) -> bytes:
    """The same JPEG without EXIF, comments and the like; its pixels stay as they are (ITU-T T.81, annex B)."""
    kept, at = [jpeg[:2]], 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF and jpeg[at + 1] != 0xDA:
        if jpeg[at + 1] == 0xFF:
            at += 1
            continue
        end = at + 2 + int.from_bytes(jpeg[at + 2:at + 4], "big")
        if jpeg[at + 1] not in META:
            kept.append(jpeg[at:end])
        at = end
    last = jpeg.rfind(b"\xff\xd9")
    return b"".join((*kept, jpeg[at:last + 2 if last > at else len(jpeg)]))


def _problem(code: str, weight: Literal[Weight.WARN, Weight.REJECT] = Weight.WARN, **detail: object) -> Problem:
    return Problem(code, "photo", weight, {name: str(value) for name, value in detail.items()})


def codes(problems: Sequence[Problem]) -> tuple[str, ...]:
    return tuple(one.code for one in problems)
