"""What is wrong with one field, and how much it weighs: the same for a form, a preview and a commit.

The UPPER_SNAKE codes are those of the import rules; resources/messages has a sentence for each.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Weight(StrEnum):
    REJECT = "reject"
    WARN = "warn"
    NOTE = "note"
    """Information only: the row is accepted as if nothing had been said."""


class Verdict(StrEnum):
    ACCEPT = "accept"
    WARN = "warn"
    REJECT = "reject"
    SKIP = "skip"
    """Not a candidate's row: blank, header, subtotal, end line."""


WARNINGS = frozenset({
    "ID_AREA_UNKNOWN", "ID_TYPE_MISMATCH", "ID_OLD_15", "AGE_UNDER_16", "GUARDIAN_REQUIRED", "SEX_MISMATCH",
    "BIRTH_MISMATCH", "NAME_NO_GLYPH", "FORMULA_TEXT", "CERT_NO_FORMAT", "DUP_PHONE", "HIDDEN_ROW",
    "MARK_NOT_APPLICABLE", "LOOKS_REGISTERED",
})
NOTES = frozenset({
    "CELL_NORMALISED", "NAME_NORMALISED", "FORMULA_CELL", "BIRTH_UNREADABLE", "MARK_STEP",
})


@dataclass(frozen=True, slots=True)
class Problem:
    code: str
    field: str
    weight: Weight
    detail: Mapping[str, str]
    """What the sentence of `code` has places for, as text."""
    cell: str = ""
    """Where it stands in a sheet, e.g. `F12`; empty for a form."""


def problem(code: str, about: str, **detail: object) -> Problem:
    """`about` is the field's name. The weight follows from the code."""
    weight = Weight.WARN if code in WARNINGS else Weight.NOTE if code in NOTES else Weight.REJECT
    return Problem(code, about, weight, {name: str(value) for name, value in detail.items()})


def verdict(problems: Iterable[Problem]) -> Verdict:
    weights = {p.weight for p in problems}
    if Weight.REJECT in weights:
        return Verdict.REJECT
    return Verdict.WARN if Weight.WARN in weights else Verdict.ACCEPT
