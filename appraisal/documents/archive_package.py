"""The archive of a batch 归档材料: five volumes in one zip, a catalogue, and the SHA-256 of every file.

Paper is kept three years and data five (docs/glossary.md, archive 归档): the zip is what a centre burns or copies, and
`check_archive` says years later whether it is whole.
"""

import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from appraisal.documents.cards import PhotoOf, room_roster, seat_map
from appraisal.documents.fonts import FontBook
from appraisal.documents.register import Register, Section, draw_register
from appraisal.documents.register_sheet import register_workbook
from appraisal.documents.registers import REGISTERS, Setting
from appraisal.domain.errors import RuleViolation

VOLUMES: Mapping[str, tuple[str, ...]] = {
    "plan": ("enrolment_summary",),
    "exam": ("room_arrangement", "sign_in", "room_record", "assignment"),
    "marks": ("marks_register", "outcome_summary"),
    "results": ("publicity_list", "certificates_issued", "collection"),
    "data": ("data_review",)}
"""Volume 卷 -> its registers; the exam's has the roster with photos and the seat map besides, the data's the photos."""
SHEETS = frozenset({"enrolment_summary", "marks_register", "outcome_summary", "certificates_issued"})
"""Registers that are data, kept as a workbook too."""
SUMS = "SHA256SUMS"
LIST = "CATALOGUE.pdf"
_MOMENT = (1980, 1, 1, 0, 0, 0)
CHUNK = 1 << 20


def write_archive(at: Setting, photo_of: PhotoOf, fonts: FontBook, made: str, out: BinaryIO,
                  step: Callable[[int, int], None] = lambda _done, _total: None) -> int:
    """Returns the number of files. `step` raises to cancel."""
    sums: list[tuple[str, str, int]] = []
    total = 3 + sum(len(those) for those in VOLUMES.values()) + len(SHEETS) + len(at.book.seated())
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as package:
        for name, data in _files(at, photo_of, fonts, made):
            _put(package, name, data)
            sums.append((sha256(data).hexdigest(), name, len(data)))
            step(len(sums), total)
        catalogue = draw_register(_catalogue(at, sums), made, at.words, fonts)
        _put(package, LIST, catalogue)
        sums.append((sha256(catalogue).hexdigest(), LIST, len(catalogue)))
        _put(package, SUMS, "".join(f"{digest}  {name}\n" for digest, name, _ in sums).encode())
    step(total, total)
    return len(sums) + 1


def check_archive(file: Path) -> int:
    """Reads every file of the package and compares its digest; returns how many agree. Raises RuleViolation
    archive_unreadable, archive_file_missing, archive_file_changed, archive_file_unlisted."""
    try:
        with zipfile.ZipFile(file) as package:
            lines = (line.split("  ", 1) for line in package.read(SUMS).decode().splitlines())
            sums = {name: digest for digest, name in lines}
            names = {one for one in package.namelist() if one != SUMS}
            for name in sorted(sums):
                if name not in names:
                    raise RuleViolation("archive_file_missing", "archive", name=name)
                if _digest(package, name) != sums[name]:
                    raise RuleViolation("archive_file_changed", "archive", name=name)
            if more := names - sums.keys():
                raise RuleViolation("archive_file_unlisted", "archive", name=min(more))
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, OSError, NotImplementedError) as fault:
        raise RuleViolation("archive_unreadable", "archive", name=file.name) from fault
    return len(sums)


def _digest(package: zipfile.ZipFile, name: str) -> str:
    found = sha256()
    try:
        with package.open(name) as data:
            while block := data.read(CHUNK):
                found.update(block)
    except (zipfile.BadZipFile, zlib.error, EOFError) as fault:
        raise RuleViolation("archive_file_changed", "archive", name=name) from fault
    return found.hexdigest()


def _files(at: Setting, photo_of: PhotoOf, fonts: FontBook, made: str) -> Iterator[tuple[str, bytes]]:
    for number, (volume, those) in enumerate(VOLUMES.items(), 1):
        folder = f"{number}-{at.words(f'volume.{volume}')}"
        for name in those:
            register = REGISTERS[name](at)
            yield f"{folder}/{register.form}-{register.title}.pdf", draw_register(register, made, at.words, fonts)
            if name in SHEETS:
                yield f"{folder}/{register.form}-{register.title}.xlsx", register_workbook(register, made)
        if volume == "exam":
            yield f"{folder}/{at.words('title.room_roster')}.pdf", room_roster(at, photo_of, fonts)
            yield f"{folder}/{at.words('title.seat_map')}.pdf", seat_map(at, fonts)
        if volume == "data":
            for one in at.book.seated():
                if one.photo is not None:
                    yield f"{folder}/photos/{one.number}.jpg", photo_of(one.photo)


def _catalogue(at: Setting, sums: list[tuple[str, str, int]]) -> Register:
    """归档目录."""
    rows = tuple((str(number), name, f"{size:,}", digest) for number, (digest, name, size) in enumerate(sums, 1))
    columns = (("no", 5, "centre"), ("file", 42, "left"), ("bytes", 10, "right"), ("digest", 43, "left"))
    return at.register("AD-12", "catalogue", columns, [Section(
        at.about(), rows, (at.words("counted_files", count=len(rows)), at.words("how_to_check")))],
        ("made_by", "checked_by"), stamp=True, across=True)


def _put(package: zipfile.ZipFile, name: str, data: bytes) -> None:
    """The same data give the same package; what is compressed already is stored."""
    about = zipfile.ZipInfo(name, _MOMENT)
    about.compress_type = zipfile.ZIP_STORED if name.endswith((".jpg", ".xlsx")) else zipfile.ZIP_DEFLATED
    about.external_attr = 0o600 << 16
    package.writestr(about, data)
