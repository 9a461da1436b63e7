"""Certificates as PDF, one a page. What is alike on all pages is drawn once, in a form."""

import io
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import atan2, cos, hypot, sin
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from appraisal.documents.fonts import FontBook
from appraisal.documents.lettering import Lettering
from appraisal.documents.ornament import ornament, polygon, radar_point
from appraisal.documents.outline import word_path
from appraisal.documents.pdf import POINTS_PER_MM, PdfFile
from appraisal.documents.templates import Calibration, Radar, Template
from appraisal.documents.wording import mark, named, places
from appraisal.domain.certificate import CertificateFace, Score
from appraisal.domain.errors import RuleViolation
from appraisal.domain.glyph import Glyph

SYMBOL_MM = 30.0
LEAST_MODULE_MM = 0.46
QUIET_MODULES = 4
REMARK_SHARE = 0.52
"""Length of a remark in diagonals of the page."""
UNSHIFTED = Calibration()


@dataclass(frozen=True, slots=True)
class Printable:
    """One certificate with all that its page shows."""

    face: CertificateFace
    qr: NDArray[np.bool_]
    """Square, True is dark, without quiet zone."""
    photo: bytes | None = None
    """A JPEG, grey or RGB."""
    remark: str = ""
    """Set across the page in a pale colour, `演示 DEMONSTRATION`."""
    glyphs: tuple[Glyph, ...] = ()
    """Pictures of characters that no font has."""


def render(faces: Iterable[Printable], template: Template, fonts: FontBook, out: BinaryIO, *,
           overprint: bool = False, calibration: Calibration = UNSHIFTED) -> None:
    """All in one PDF, in order. With `overprint` only what differs from sheet to sheet, for pre-printed stock.

    Raises RuleViolation glyph_missing, qr_too_large.
    """
    with fonts.lock:
        sheets = Sheets(template.name, fonts, overprint=overprint, calibration=calibration)
        for one in faces:
            sheets.add(one, template)
        sheets.write(out)


class Sheets:
    """A PDF of certificates that is being made; their templates may differ. The fonts' lock must be held."""

    def __init__(self, title: str, fonts: FontBook, *, overprint: bool = False,
                 calibration: Calibration = UNSHIFTED) -> None:
        self._fonts, self._overprint, self._calibration = fonts, overprint, calibration
        self._file = PdfFile(title, fonts)
        self._letterings: dict[str, Lettering] = {}
        self._photos = 0

    def add(self, one: Printable, template: Template) -> None:
        words = places(one.face, template)
        drawn = {glyph.character: glyph.picture for glyph in one.glyphs}
        self._require_glyphs(one.face, words, drawn)
        lettering = self._letterings.get(template.version)
        if lettering is None:
            lettering = self._letterings[template.version] = Lettering(template, self._fonts, self._file)
        uses: list[str] = []
        said = [] if self._overprint else [self._form(f"Ground.{template.version}", template, uses,
                                                      partial(_ground, template))]
        said += self._remark(one.remark, template, uses)
        if not self._overprint:
            said.append(self._form(f"Labels.{template.version}", template, uses, partial(_labels, template, lettering)))
        said.append(self._moved(template))
        said += [lettering.set(text, text.text.format_map(words), drawn) for text in template.texts
                 if not text.static and not (self._overprint and text.preprinted)
                 and (not text.needs or words[text.needs] not in ("", "--"))]
        said += self._scores(one.face, template, lettering, uses)
        said.append(self._photo(one.photo, template, lettering, uses))
        said.append(symbol_path(one.qr, template))
        said.append("Q")
        self._file.page("\n".join(said), *_points(template), uses)

    def write(self, out: BinaryIO) -> None:
        self._file.write(out)

    def _require_glyphs(self, face: CertificateFace, words: Mapping[str, str], drawn: Collection[str]) -> None:
        if not self._fonts.missing("".join(words.values())):
            return
        for field, text in words.items():
            missing = [one for one in self._fonts.missing(text) if one not in drawn]
            if missing:
                raise RuleViolation(
                    "glyph_missing", field.removesuffix("_zh").removesuffix("_en"), character=missing[0],
                    point=f"U+{ord(missing[0]):04X}", number=face.number)

    def _remark(self, remark: str, template: Template, uses: list[str]) -> list[str]:
        if not remark:
            return []
        name = f"Remark.{remark.encode().hex()}.{template.version}"
        return [self._form(name, template, uses, partial(_remark, remark, template, self._fonts))]

    def _form(self, name: str, template: Template, uses: list[str], draw: Callable[[], str]) -> str:
        if not self._file.has(name):
            self._file.form(name, draw(), *_points(template))
        uses.append(name)
        return f"/{name} Do"

    def _moved(self, template: Template) -> str:
        """The page's coordinates as this printer needs them; y grows upwards in a PDF."""
        by, (_, height) = self._calibration, _points(template)
        return (f"q {by.across:.5f} 0 0 {by.along:.5f} {by.right * POINTS_PER_MM:.3f} "
                f"{height * (1 - by.along) - by.down * POINTS_PER_MM:.3f} cm")

    def _scores(self, face: CertificateFace, template: Template, lettering: Lettering, uses: list[str]) -> list[str]:
        said = []
        qualities = named(face.scores, face.qualities)
        if template.radar and qualities:
            name = f"Radar.{template.version}.{len(qualities)}"
            area = _area(qualities, template, template.radar)
            said.append(f"q {template.colour(template.radar.fill)} rg {area} f Q")
            said.append(self._form(name, template, uses, partial(_grid, template, template.radar, len(qualities))))
            said.append(f"q {template.colour(template.radar.line)} RG 1 w 1 j {area} S Q")
            said += _qualities(qualities, template.radar, lettering)
        return said

    def _photo(self, photo: bytes | None, template: Template, lettering: Lettering, uses: list[str]) -> str:
        box, height = template.photo, template.page[1]
        x, y = box.x * POINTS_PER_MM, (height - box.y - box.height) * POINTS_PER_MM
        wide, high = box.width * POINTS_PER_MM, box.height * POINTS_PER_MM
        if photo is None:
            middle = box.x + box.width / 2
            return (f"q 0.7 G 0.4 w [2 2] 0 d {x:.2f} {y:.2f} {wide:.2f} {high:.2f} re S Q "
                    + lettering.at(middle, box.y + box.height / 2, "照 片", template.photo_style) + " "
                    + lettering.at(middle, box.y + box.height / 2 + 4.5, "Photo", template.photo_style))
        self._photos += 1
        name = f"Photo.{self._photos}"
        with Image.open(io.BytesIO(photo), formats=("JPEG",)) as image:
            self._file.jpeg(name, photo, *image.size, len(image.getbands()))
            scale = min(wide / image.width, high / image.height)  # as a whole, in its own proportions
            shown, tall = image.width * scale, image.height * scale
        uses.append(name)
        left, low = x + (wide - shown) / 2, y + (high - tall) / 2
        return (f"q {shown:.3f} 0 0 {tall:.3f} {left:.3f} {low:.3f} cm /{name} Do Q "
                f"q 0.45 G 0.35 w {x:.2f} {y:.2f} {wide:.2f} {high:.2f} re S Q")


def symbol_side(modules: int, template: Template) -> float:
    """mm. Raises RuleViolation qr_too_large where the template's room does not hold it."""
    side = max(SYMBOL_MM, modules * LEAST_MODULE_MM)
    if side * (1 + 2 * QUIET_MODULES / modules) > min(template.qr.width, template.qr.height):
        raise RuleViolation("qr_too_large", "qr", modules=modules)
    return side


def symbol_path(qr: NDArray[np.bool_], template: Template) -> str:
    """The QR as one path of horizontal runs, black on a white ground that reaches over the quiet zone."""
    count = len(qr)
    box = template.qr
    side = symbol_side(count, template)
    unit = side / count * POINTS_PER_MM
    left = (box.x + (box.width - side) / 2) * POINTS_PER_MM
    top = (template.page[1] - box.y - (box.height - side) / 2) * POINTS_PER_MM
    edges = np.diff(np.pad(qr.astype(np.int8), ((0, 0), (1, 1))), axis=1)
    rows, starts = np.nonzero(edges == 1)
    ends = np.nonzero(edges == -1)[1]
    numbers = np.stack((starts, rows, ends - starts), axis=1).ravel().tolist()
    runs = ("%d %d %d 1 re " * len(rows)) % tuple(numbers)
    ground = f"{-QUIET_MODULES} {-QUIET_MODULES} {count + 2 * QUIET_MODULES} {count + 2 * QUIET_MODULES} re"
    return f"q {unit:.5f} 0 0 {-unit:.5f} {left:.3f} {top:.3f} cm 1 g {ground} f 0 g {runs} f Q"


def _points(template: Template) -> tuple[float, float]:
    return template.page[0] * POINTS_PER_MM, template.page[1] * POINTS_PER_MM


def _ground(template: Template) -> str:
    return "\n".join(ornament(one, box, template) for one, box in template.boxes)


def _labels(template: Template, lettering: Lettering) -> str:
    """Lines and the texts that are alike on every sheet."""
    height, said = template.page[1], []
    for one in template.lines:
        x1, y1, x2, y2 = (value * POINTS_PER_MM for value in (one.x1, height - one.y1, one.x2, height - one.y2))
        said.append(f"q {template.colour(one.colour)} RG {one.width * POINTS_PER_MM:.3f} w "
                    f"{x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l S Q")
    said += [lettering.set(text, text.text) for text in template.texts if text.static]
    return "\n".join(said)


def _remark(remark: str, template: Template, fonts: FontBook) -> str:
    """Once across the middle, pale enough to read everything over it; as outlines, so that it is not in the text."""
    width, height = _points(template)
    path, ems = word_path(remark, "sans-bold", fonts)
    size = hypot(width, height) * REMARK_SHARE / ems
    slope = atan2(height, width)
    return (f"q {template.colour(template.remark_colour)} rg {cos(slope):.4f} {sin(slope):.4f} {-sin(slope):.4f} "
            f"{cos(slope):.4f} {width / 2:.2f} {height / 2:.2f} cm "
            f"{size:.3f} 0 0 {size:.3f} {-size * ems / 2:.3f} {-size * 0.36:.3f} cm {path} f Q")


def _grid(template: Template, radar: Radar, corners: int) -> str:
    centre = (radar.x, template.page[1] - radar.y)
    rings = [polygon([radar_point(centre, radar.radius * ring / 5, at, corners) for at in range(corners)])
             for ring in range(1, 6)]
    spokes = []
    for at in range(corners):
        x, y = radar_point(centre, radar.radius, at, corners)
        spokes.append(f"{centre[0] * POINTS_PER_MM:.2f} {centre[1] * POINTS_PER_MM:.2f} m "
                      f"{x * POINTS_PER_MM:.2f} {y * POINTS_PER_MM:.2f} l")
    return f"q {template.colour(radar.grid)} RG 0.35 w {' '.join((*rings, *spokes))} S Q"


def _area(qualities: Sequence[Score], template: Template, radar: Radar) -> str:
    """The polygon of the marks."""
    centre = (radar.x, template.page[1] - radar.y)
    return polygon([radar_point(centre, radar.radius * float(one.mark) / 100, at, len(qualities))
                    for at, one in enumerate(qualities)])


def _qualities(qualities: Sequence[Score], radar: Radar, lettering: Lettering) -> list[str]:
    """Around the polygon each quality with its mark."""
    said = []
    for at, one in enumerate(qualities):
        x, up = radar_point((0.0, 0.0), radar.radius + 8, at, len(qualities))
        x, y = radar.x + x * 1.22, radar.y - up
        said += [lettering.at(x, y, f"{one.zh} {mark(one.mark)}", radar.label),
                 lettering.at(x, y + 3.6, one.en, radar.sublabel)]
    return said
