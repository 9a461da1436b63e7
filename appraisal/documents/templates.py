"""A template 证书模板 is a data file of resources/templates: what stands where, in mm from the upper left corner."""

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from importlib.resources import files
from typing import Any, Protocol

import msgspec

from appraisal.documents.fonts import FAMILIES
from appraisal.domain.certificate import Bilingual
from appraisal.domain.errors import RuleViolation


class Box(msgspec.Struct, frozen=True):
    """mm from the upper left corner of the page."""

    x: float
    y: float
    width: float
    height: float


class Style(msgspec.Struct, frozen=True):
    """How text looks. Sizes in points, `spacing` between characters in ems, `leading` in sizes."""

    family: str
    size: float
    colour: str
    least: float = 0.0
    """Down to which size a text shrinks before it is broken into lines; 0: never."""
    align: str = "left"
    spacing: float = 0.0
    leading: float = 1.3

    def __post_init__(self) -> None:
        if self.family not in FAMILIES or self.align not in ("left", "centre", "right"):
            raise ValueError(f"unknown family or alignment: {self.family}, {self.align}")


class Text(msgspec.Struct, frozen=True):
    """`text` may have {places}; without any it belongs to the background. (x, y) is the first baseline; `x` is where
    the alignment holds. A text that is too wide shrinks, then breaks into at most `lines`, then shrinks on."""

    text: str
    x: float
    y: float
    width: float
    style: str
    lines: int = 1
    needs: str = ""
    """A place that must not be empty for this text to be printed."""
    centred: bool = False
    """Lines of a broken text spread above and below `y` alike."""
    preprinted: bool = False
    """On stock for overprinting 套打 it is there already."""

    @property
    def static(self) -> bool:
        """Alike on every sheet."""
        return "{" not in self.text and not self.needs


class Line(msgspec.Struct, frozen=True):
    x1: float
    y1: float
    x2: float
    y2: float
    colour: str
    width: float = 0.2


class Ornament(msgspec.Struct, frozen=True):
    """A drawing of the background, by `appraisal.documents.ornament`. Widths of lines in mm."""

    kind: str
    box: Box
    colour: str
    width: float = 0.1
    fill: str = ""
    repeats: int = 0
    """Petals of a rosette, waves along the longer side of a braid."""
    strands: int = 1
    depth: float = 0.0
    """Amplitude in mm; for a rosette the share of its radius."""
    corners: bool = False
    """Drawn again in the three other corners of the page, mirrored."""


class Radar(msgspec.Struct, frozen=True):
    x: float
    y: float
    radius: float
    grid: str
    line: str
    fill: str
    label: str
    """Style of the Chinese names with their marks."""
    sublabel: str


class Template(msgspec.Struct, frozen=True, dict=True):
    name: str
    page: tuple[float, float]
    styles: Mapping[str, Style]
    colours: Mapping[str, str]
    kinds: Mapping[str, Bilingual]
    """Words for document kinds."""
    texts: tuple[Text, ...]
    photo: Box
    photo_style: str
    """Of the words in an empty photo's place."""
    qr: Box
    """Symbol and quiet zone lie inside, centred; the symbol has 30 mm or more."""
    remark_colour: str
    ornaments: tuple[Ornament, ...] = ()
    lines: tuple[Line, ...] = ()
    radar: Radar | None = None
    digest: str = ""
    """SHA-256 of the file."""

    @cached_property
    def version(self) -> str:
        return f"{self.name}@{self.digest[:16]}"

    @property
    def number(self) -> int:
        """The first four bytes of the digest."""
        return int(self.digest[:8], 16)

    @property
    def boxes(self) -> Sequence[tuple[Ornament, Box]]:
        """Each ornament with each place where it stands."""
        wide, high = self.page
        found = []
        for one in self.ornaments:
            box = one.box
            across = (box.x, wide - box.x - box.width) if one.corners else (box.x,)
            down = (box.y, high - box.y - box.height) if one.corners else (box.y,)
            found += [(one, Box(x, y, box.width, box.height)) for x in across for y in down]
        return found

    def colour(self, name: str) -> str:
        """A name of the palette, or a colour #rrggbb itself, as `r g b` from 0 to 1."""
        value = self.colours.get(name, name).removeprefix("#")
        return " ".join(f"{int(value[at:at + 2], 16) / 255:.3g}" for at in (0, 2, 4))


def template_from(data: bytes) -> Template:
    """Raises msgspec.ValidationError, ValueError for a bad file."""
    found: dict[str, Any] = tomllib.loads(data.decode())
    template = msgspec.convert({**found, "digest": hashlib.sha256(data).hexdigest()}, Template, strict=False)
    for text in template.texts:
        if text.style not in template.styles:
            raise ValueError(f"{template.name}: no style {text.style}")
    return template


def dated(stem: str) -> tuple[str, date]:
    """Name, and the day from which it is printed, of a file `name` or `name@2027-01-01`; without one, always.

    Raises ValueError for another form.
    """
    name, at, day = stem.partition("@")
    return name, date.fromisoformat(day) if at else date.min


class Adopted(Protocol):
    """Templates that the association has given this desk."""

    def in_force(self, name: str) -> bytes | None:
        """The file of the newest that may be printed today; None: the association has given none."""
    def by_digest(self, beginning: str) -> bytes | None:
        """The file whose SHA-256 in hexadecimal begins so."""


def load_template(asked: str, adopted: Adopted | None = None) -> Template:
    """By name: the association's, where it has given one, else the release's own. By name and version: just that one,
    for a certificate of an earlier template.

    Raises RuleViolation template_unknown.
    """
    name, _, version = asked.partition("@")
    given = None if adopted is None else adopted.by_digest(version) if version else adopted.in_force(name)
    if given is not None:
        return template_from(given)
    for file in sorted((files("resources") / "templates").iterdir(), key=lambda one: one.name):
        if file.name.partition("@")[0].removesuffix(".toml") != name or not file.name.endswith(".toml"):
            continue
        template = template_from(file.read_bytes().replace(b"\r\n", b"\n"))
        if template.version == asked or (not version and "@" not in file.name):
            return template
    raise RuleViolation("template_unknown", "template", template=asked)


@dataclass(frozen=True, slots=True)
class Calibration:
    """How one printer is off: moved by mm (right, down), and stretched."""

    right: float = 0.0
    down: float = 0.0
    across: float = 1.0
    along: float = 1.0
