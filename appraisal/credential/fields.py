"""What one field of a signed map may be. Each raises Malformed("bad_<field>") for anything else."""

import re
import unicodedata
from collections.abc import Callable
from typing import Any, TypeVar

from appraisal.canonical import Malformed

T = TypeVar("T")

LATEST = 1 << 38
"""Seconds since 1970 are below this (the year 10680): a date that every language can show."""

_HIDDEN = {"Cc", "Cf", "Zl", "Zp", "Cs"}
_SCHEME = re.compile(r"[A-Za-z0-9._-]{1,32}", re.ASCII)


def require(condition: bool, field: str) -> None:
    if not condition:
        raise Malformed(f"bad_{field}")


def whole(value: Any, field: str, below: int = LATEST) -> int:
    """A whole number from 0; by default, seconds."""
    if type(value) is int and 0 <= value < below:
        return value
    raise Malformed(f"bad_{field}")


def text(value: Any, field: str, longest: int = 64) -> str:
    """One line, NFC, 1 to `longest` characters, and nothing that hides or turns what is read."""
    if type(value) is str and 0 < len(value) <= longest:
        normal = value.isascii() or unicodedata.is_normalized("NFC", value)
        if normal and (value.isprintable() or _HIDDEN.isdisjoint(map(unicodedata.category, value))):
            return value
    raise Malformed(f"bad_{field}")


def code(value: Any, field: str) -> str:
    """A scheme's code: letters, digits, dot, underscore, hyphen; 32 at most."""
    if type(value) is str and _SCHEME.fullmatch(value):
        return value
    raise Malformed(f"bad_{field}")


def raw(value: Any, field: str, length: int) -> bytes:
    if type(value) is bytes and len(value) == length:
        return value
    raise Malformed(f"bad_{field}")


def plain_map(value: Any, field: str) -> dict[Any, Any]:
    """A map in which nothing is null: what is not there is left out, so that it has one spelling."""
    if type(value) is dict and None not in value.values():
        return value
    raise Malformed(f"bad_{field}")


def optional(value: Any, check: Callable[[Any, str], T], field: str) -> T | None:
    return None if value is None else check(value, field)
