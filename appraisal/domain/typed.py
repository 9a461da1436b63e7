"""What somebody put into one field of a form or one cell of a sheet, before any rule has looked at it."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from appraisal.domain.text import compact, is_dash, plain_text


@dataclass(frozen=True, slots=True)
class Typed:
    text: str = ""
    number: Decimal | None = None
    """Set when a spreadsheet kept a number: beyond 15 digits the last ones are gone."""
    day: date | None = None
    """Set when a spreadsheet kept a date."""
    fault: str = ""
    """An error value such as #N/A."""
    formula: bool = False

    @property
    def plain(self) -> str:
        return plain_text(self.text)

    @property
    def digits_lost(self) -> bool:
        return self.number is not None and abs(self.number) >= 10 ** 15


NOTHING = Typed()
_FORMULA_START = tuple("=+-@＝＋－＠")
_DATE = re.compile(r"([12][0-9]{3})(?:([0-9]{2})([0-9]{2})|[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?)")
_MONTH = re.compile(r"([12][0-9]{3})(?:[-/.年]([0-9]{1,2})月?|([0-9]{2}))")


def begins_like_formula(text: str) -> bool:
    """Such text is kept as it is and made harmless where it is exported."""
    return text.startswith(_FORMULA_START) and not is_dash(text)


def read_day(typed: Typed) -> date | None:
    """`1985-03-21`, `19850321`, `1985年3月21日`, `1985/3/21`, a date cell; None for anything else."""
    found = typed.day or _DATE.fullmatch(compact(typed.text))
    if found is None or isinstance(found, date):
        return found
    year, *rest = found.groups()
    month, day = (part for part in rest if part is not None)
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def read_month(typed: Typed) -> tuple[int, int] | None:
    """Year and month of a date without its day, `1974年3月`."""
    found = _MONTH.fullmatch(compact(typed.text))
    return (int(found[1]), int(found[2] or found[3])) if found else None
