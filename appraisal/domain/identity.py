"""Identity documents 证件: their numbers read, checked and told apart.

Sources: GB 11643-1999 (18 digits, MOD 11-2; the 15-digit form before it), GB/T 2260 (county codes), the residence
permits of 2018 (810000/820000/830000), the foreigners' permanent residence card of 2017 (3 letters + 12 digits) and
of 2023 (GA 2102: 18 digits, 9 first), ICAO 9303 (passport number: at most nine letters and digits).
"""

import re
from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from appraisal.domain.problem import Problem, problem
from appraisal.domain.text import plain_number


class DocumentKind(StrEnum):
    RESIDENT_ID = "resident_id"
    HMT_RESIDENCE_PERMIT = "hmt_residence_permit"
    FOREIGN_PR_2023 = "foreign_pr_2023"
    FOREIGN_PR_2017 = "foreign_pr_2017"
    PASSPORT = "passport"


FOREIGN_PR = frozenset({DocumentKind.FOREIGN_PR_2017, DocumentKind.FOREIGN_PR_2023})
HMT_PREFIXES = ("810000", "820000", "830000")
MAX_CELL_DIGITS = 15
"""A spreadsheet keeps numbers as doubles: beyond 15 digits the last ones are gone."""

_EIGHTEEN = re.compile(r"[0-9]{17}[0-9X]")
_OLD = re.compile(r"[0-9]{15}")
_PR_2017 = re.compile(r"[A-Z]{3}[0-9]{12}")
_PASSPORT = re.compile(r"(?=.*[0-9])[A-Z0-9]{5,9}")
_SCIENTIFIC = re.compile(r"[0-9](\.[0-9]+)?E\+?[0-9]+")
_WEIGHTS = tuple(2 ** (17 - place) % 11 for place in range(17))
_CHECK = "10X98765432"


@dataclass(frozen=True, slots=True)
class Document:
    kind: DocumentKind
    number: str
    """As kept: upper case, without spaces."""
    birth: date | None = None
    """None where the number does not say: passports and the 2017 permanent residence card."""
    sex: str | None = None
    """`M` or `F`, None where the number does not say."""
    number_18: str | None = None
    """The 18-digit form of a 15-digit number."""

    @property
    def key(self) -> str:
        """One person's number, whichever generation of the card was shown."""
        return self.number_18 or self.number


@dataclass(frozen=True, slots=True)
class DocumentReading:
    document: Document | None
    """None when a problem rejects the number."""
    problems: tuple[Problem, ...] = ()


def check_digit(first_17: str) -> str:
    """GB 11643, MOD 11-2."""
    return _CHECK[sum(int(d) * w for d, w in zip(first_17, _WEIGHTS, strict=True)) % 11]


def lost_precision(typed: str) -> bool:
    """Scientific text such as 1.10101E+17: the digits cannot be got back."""
    return bool(_SCIENTIFIC.fullmatch(plain_number(typed)))


def read_document(
    typed: str, kind: DocumentKind | None, today: date, areas: Container[str],
) -> DocumentReading:
    """`kind` is what the person says it is; the number decides, and a difference is a warning.

    Of several faults the first of format, checksum and date counts.
    """
    number = plain_number(typed)
    if lost_precision(typed):
        return _refused("ID_PRECISION_LOST", typed)
    if _EIGHTEEN.fullmatch(number):
        reading = _read_18(number, today, areas)
    elif _OLD.fullmatch(number):
        reading = _read_15(number, today, areas)
    elif _PR_2017.fullmatch(number):
        reading = DocumentReading(Document(DocumentKind.FOREIGN_PR_2017, number))
    elif kind in {None, DocumentKind.PASSPORT} and _PASSPORT.fullmatch(number):
        reading = DocumentReading(Document(DocumentKind.PASSPORT, number))
    else:
        reading = _refused("ID_FORMAT", number)
    return _compare_kind(reading, kind)


def _read_18(number: str, today: date, areas: Container[str]) -> DocumentReading:
    expected = check_digit(number[:17])
    if number[17] != expected:
        return _refused("ID_CHECKSUM", number)
    birth = _day(number[6:14], today)
    if birth is None:
        return _refused("ID_DATE", number, date=number[6:14])
    sex = "M" if int(number[16]) % 2 else "F"
    if number.startswith("9"):
        return DocumentReading(Document(DocumentKind.FOREIGN_PR_2023, number, birth, sex))
    if number.startswith(HMT_PREFIXES):
        return DocumentReading(Document(DocumentKind.HMT_RESIDENCE_PERMIT, number, birth, sex))
    return DocumentReading(Document(DocumentKind.RESIDENT_ID, number, birth, sex), _area(number, areas))


def _read_15(number: str, today: date, areas: Container[str]) -> DocumentReading:
    first_17 = f"{number[:6]}19{number[6:]}"
    birth = _day(first_17[6:14], today)
    if birth is None:
        return _refused("ID_DATE", number, date=first_17[6:14])
    sex = "M" if int(number[14]) % 2 else "F"
    whole = first_17 + check_digit(first_17)
    document = Document(DocumentKind.RESIDENT_ID, number, birth, sex, whole)
    return DocumentReading(document, (problem("ID_OLD_15", "id_no", new=whole), *_area(number, areas)))


def _area(number: str, areas: Container[str]) -> tuple[Problem, ...]:
    known = number[:6] in areas
    return () if known else (problem("ID_AREA_UNKNOWN", "id_no", area=number[:6]),)


def _compare_kind(reading: DocumentReading, kind: DocumentKind | None) -> DocumentReading:
    found = reading.document
    # one word, 外国人永久居留身份证, names both cards of foreigners
    if kind is None or found is None or found.kind == kind or {found.kind, kind} <= FOREIGN_PR:
        return reading
    mismatch = problem("ID_TYPE_MISMATCH", "id_type", typed=kind, found=found.kind)
    return DocumentReading(found, (*reading.problems, mismatch))


def _day(digits: str, today: date) -> date | None:
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
    return day if day <= today else None


def _refused(code: str, number: str, **detail: object) -> DocumentReading:
    return DocumentReading(None, (problem(code, "id_no", value=number, length=len(number), **detail),))
