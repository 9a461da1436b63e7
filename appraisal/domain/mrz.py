"""Machine-readable zone of passports and cards (ICAO 9303 parts 4, 5 and 6: TD3, TD1, TD2)."""

import re
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from appraisal.domain.errors import RuleViolation

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LINE = re.compile("[0-9A-Z<]+")
_SHAPES = {(2, 44): "TD3", (2, 36): "TD2", (3, 30): "TD1"}


@dataclass(frozen=True, slots=True)
class Mrz:
    format: str
    """TD3 (passport booklet), TD2 or TD1 (cards)."""
    issuer: str
    """Three letters as printed, fillers removed: not always ISO 3166."""
    surname: str
    given: str
    number: str
    nationality: str
    birth: date | None
    """None where the document leaves a part of it unknown."""
    sex: str | None
    """`M`, `F`, None for unspecified."""
    expiry: date


class _Parts(NamedTuple):
    number: str
    number_digit: str
    birth: str
    sex: str
    expiry: str
    nationality: str
    composite: str
    optional: str
    names: str


def mrz_check_digit(field: str) -> str:
    """Weights 7, 3, 1; `<` counts as 0 and A as 10."""
    values = (0 if c == "<" else _ALPHABET.index(c) for c in field)
    return str(sum(value * (7, 3, 1)[place % 3] for place, value in enumerate(values)) % 10)


def read_mrz(text: str, today: date) -> Mrz:
    """The lines as scanned, one a line; `today` settles the century of two-digit years.

    Raises RuleViolation `mrz_format`, `mrz_date`, or `mrz_check_digit` whose field is the part with the wrong digit:
    number, birth, expiry, personal_number or composite.
    """
    lines = text.upper().split()
    shape = _SHAPES.get((len(lines), len(lines[0]) if lines else 0))
    if shape is None or any(len(line) != len(lines[0]) or not _LINE.fullmatch(line) for line in lines):
        raise RuleViolation("mrz_format", "mrz")
    parts = _td1(lines) if shape == "TD1" else _td2_or_3(lines)
    number = _number(parts)
    for name, field, digit in (("birth", parts.birth[:6], parts.birth[6]),
                               ("expiry", parts.expiry[:6], parts.expiry[6])):
        _compare(name, field, digit)
    if shape == "TD3" and not (parts.optional[14] == "<" and not parts.optional[:14].strip("<")):
        _compare("personal_number", parts.optional[:14], parts.optional[14])
    _compare("composite", parts.composite[:-1], parts.composite[-1])
    expiry = _day(parts.expiry[:6], today, ahead=50)
    if expiry is None:
        raise RuleViolation("mrz_date", "expiry")
    surname, _, given = parts.names.rstrip("<").partition("<<")
    sex = parts.sex if parts.sex in "MF" else None
    return Mrz(shape, _letters(lines[0][2:5]), _letters(surname), _letters(given), number,
               _letters(parts.nationality), _day(parts.birth[:6], today, ahead=0), sex, expiry)


def _td2_or_3(lines: list[str]) -> _Parts:
    first, second = lines
    return _Parts(number=second[:9], number_digit=second[9], birth=second[13:20], sex=second[20],
                  expiry=second[21:28], nationality=second[10:13],
                  composite=second[:10] + second[13:20] + second[21:], optional=second[28:-1], names=first[5:])


def _td1(lines: list[str]) -> _Parts:
    first, second, third = lines
    return _Parts(number=first[5:14], number_digit=first[14], birth=second[:7], sex=second[7], expiry=second[8:15],
                  nationality=second[15:18],
                  composite=first[5:] + second[:7] + second[8:15] + second[18:], optional=first[15:], names=third)


def _number(parts: _Parts) -> str:
    """A card's number longer than nine goes on in the optional field, its check digit after it."""
    rest = parts.optional.split("<", 1)[0]
    if parts.number_digit == "<" and len(rest) > 1:
        whole, digit = parts.number + rest[:-1], rest[-1]
    else:
        whole, digit = parts.number, parts.number_digit
    _compare("number", whole, digit)
    return whole.rstrip("<")


def _compare(name: str, field: str, digit: str) -> None:
    if mrz_check_digit(field) != digit:
        raise RuleViolation("mrz_check_digit", name, part=name)


def _day(digits: str, today: date, ahead: int) -> date | None:
    """Two-digit years lie at most `ahead` years ahead of today. None when unknown; raises `mrz_date`."""
    if "<" in digits:
        return None
    year = today.year - today.year % 100 + int(digits[:2]) if digits[:2].isdecimal() else 0
    year -= 100 if year > today.year + ahead else 0
    try:
        day = date(year, int(digits[2:4]), int(digits[4:]))
    except ValueError as wrong:
        raise RuleViolation("mrz_date", "birth" if ahead == 0 else "expiry") from wrong
    return day.replace(year=year - 100) if ahead == 0 and day > today else day


def _letters(field: str) -> str:
    return " ".join(field.split("<")).strip()
