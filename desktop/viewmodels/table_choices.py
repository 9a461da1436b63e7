"""Choices of the long code tables: each with the text shown, the value kept, and what it is found by."""

from collections.abc import Iterable, Sequence

from appraisal.domain.latin_names import search_letters
from appraisal.domain.tables import code_tables

Offered = tuple[str, str, str]


def words(those: Iterable[str]) -> Sequence[Offered]:
    return [(one, one, key(one)) for one in those]


def countries() -> Sequence[Offered]:
    """The value is the ISO 3166-1 alpha-3 code."""
    table = code_tables().countries
    said: dict[str, list[str]] = {}
    for word, code in table.by_word.items():
        said.setdefault(code, []).append(word)
    return [(f"{name} {code}", code, f"{key(name)} {' '.join(said[code])}") for code, name in table.names.items()]


def regions() -> Sequence[Offered]:
    """The value is the code of GB/T 2260."""
    table = code_tables().regions
    return [(full, code, f"{full} {key(table.names[code])} {code}") for code, full in table.full_names.items()]


def key(word: str) -> str:
    """The word itself, its pinyin, and its initials."""
    return " ".join((word, *search_letters(word)))
