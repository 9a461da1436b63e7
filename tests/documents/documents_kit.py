"""Certificates to print in tests: faces of both schemes, a QR of true size, a photo."""

import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from appraisal.catalogue import load_schemes
from appraisal.credential.digits import payload_text
from appraisal.credential.symbol import Modules, symbol
from appraisal.documents.certificate import Printable, render
from appraisal.documents.fonts import FontBook, shipped_fonts
from appraisal.documents.portrait import drawn_portrait
from appraisal.documents.templates import Template, load_template
from appraisal.domain.certificate import Bilingual, CertificateFace, Score
from appraisal.domain.glyph import Glyph

SHARED = Path(__file__).parents[2] / "../shared"
HOST = "verify.example.org"
MARKS = ("86", "79.5", "92", "68.5", "75", "81", "90.5")


@cache
def fonts() -> FontBook:
    return FontBook(shipped_fonts())


@cache
def portrait() -> bytes:
    return drawn_portrait(7)


def text_of(seed: int) -> str:
    return payload_text(bytes((seed * 31 + at * 7) % 256 for at in range(204)), HOST)


def modules(seed: int = 1) -> Modules:
    return symbol(text_of(seed), by="zxing")


def face(scheme: str = "innovation-talent", **changes: Any) -> CertificateFace:
    made = load_schemes()[scheme]
    level = made.at(3 if scheme == "ai-trainer" else None)
    scores = tuple(Score(one.zh, one.en, Decimal(mark)) for one, mark in zip(level.subjects, MARKS, strict=False))
    fields: dict[str, Any] = {
        "number": "ZGC-2026-0001-000123-7", "name": "欧阳娜娜", "latin_name": "OUYANG Nana",
        "document_kind": "resident_id", "document_number": "11010519491231002X", "scheme": made.code,
        "title": made.title, "body": Bilingual("示范技能鉴定中心", "Demonstration Skills Appraisal Centre"),
        "occupation": made.occupation, "job": Bilingual("--", "--"), "level": level.level, "level_name": level.name,
        "scores": scores, "qualities": tuple(one.mark for one in scores) if made.qualities else (),
        "issued": date(2026, 11, 22), "expires": None, "query_url": f"https://{HOST}/"}
    return CertificateFace(**(fields | changes))


def template_of(one: CertificateFace) -> Template:
    return load_template(load_schemes()[one.scheme].template)


def pdf(*faces: CertificateFace, photo: bytes | None = None, remark: str = "",
        glyphs: Sequence[tuple[Glyph, ...]] = (), **options: Any) -> bytes:
    """All by the template of the first; the QR of the n-th says `text_of(n)`, counted from 0."""
    out = io.BytesIO()
    printables = [Printable(one, modules(at), photo, remark, glyphs[at] if glyphs else ())
                  for at, one in enumerate(faces)]
    render(printables, template_of(faces[0]), fonts(), out, **options)
    return out.getvalue()
