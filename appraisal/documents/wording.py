"""What a certificate says, as texts for the places of a template."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from appraisal.documents.templates import Template
from appraisal.domain.certificate import Bilingual, CertificateFace, Score

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")
NONE = Bilingual("--", "--")


def places(face: CertificateFace, template: Template) -> Mapping[str, str]:
    """place -> text. Places of two languages end in _zh and _en."""
    both = {
        "title": face.title, "body": face.body, "occupation": face.occupation, "job": face.job or NONE,
        "level": face.level_name,
        "document_kind": template.kinds.get(face.document_kind, Bilingual(face.document_kind, face.document_kind)),
        "issued": day(face.issued),
        "validity": _validity(face.expires),
        "scores": Bilingual("　".join(f"{one.zh} {mark(one.mark)}" for one in face.scores),
                            "   ".join(f"{one.en} {mark(one.mark)}" for one in face.scores)),
    }
    found = {f"{name}_{language}": text for name, value in both.items()
             for language, text in (("zh", value.zh), ("en", value.en))}
    return found | {
        "name": face.name, "latin_name": "" if face.latin_name == face.name else face.latin_name,
        "document_number": face.document_number,
        "number": face.number, "query_url": face.query_url,
        "qualities": "".join(one.zh for one in named(face.scores, face.qualities))}


def day(when: date) -> Bilingual:
    return Bilingual(f"{when.year}年{when.month}月{when.day}日", f"{when.day} {MONTHS[when.month - 1]} {when.year}")


def _validity(expires: date | None) -> Bilingual:
    if expires is None:
        return Bilingual("长期有效", "Valid without term")
    return Bilingual(f"有效期至 {day(expires).zh}", f"Valid until {day(expires).en}")


def mark(value: Decimal) -> str:
    """Without needless zeros: 86, 79.5."""
    return f"{value.normalize():f}"


def named(scores: tuple[Score, ...], qualities: tuple[Decimal, ...]) -> tuple[Score, ...]:
    """The qualities with their names and their own marks; () where they are not all named."""
    if len(scores) != len(qualities):
        return ()
    return tuple(Score(one.zh, one.en, value) for one, value in zip(scores, qualities, strict=True))
