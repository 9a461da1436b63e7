"""The code tables shipped in resources/tables: counties, countries and the words of closed columns."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from appraisal.domain.text import compact


@dataclass(frozen=True, slots=True)
class Countries:
    by_word: Mapping[str, str]
    """Any name or code (without spaces, case-folded) -> ISO 3166-1 alpha-3."""
    by_number: Mapping[str, str]
    """ISO 3166-1 numeric, three digits -> alpha-3."""
    names: Mapping[str, str]
    """alpha-3 -> the Chinese name shown."""

    def find(self, typed: str) -> str | None:
        return self.by_word.get(compact(typed).casefold())


@dataclass(frozen=True, slots=True)
class Words:
    """One closed column: what may be typed -> what is kept."""

    kept: Mapping[str, str]

    def find(self, typed: str) -> str | None:
        return self.kept.get(compact(typed).translate(_PUNCTUATION).upper())


@dataclass(frozen=True, slots=True)
class CodeTables:
    counties: frozenset[str]
    """Present county-level codes of GB/T 2260, six digits."""
    countries: Countries
    ethnicities: Words
    education: Words
    exam_types: Words
    has_cert: Words
    sexes: Words
    """Kept as `M` or `F`."""
    id_types: Words
    """Kept as a value of DocumentKind."""
    levels: Words
    """Kept as `1` … `5`."""


@dataclass(frozen=True, slots=True)
class Surnames:
    compound: frozenset[str]
    readings: Mapping[str, str]
    """Surnames read otherwise than the same character elsewhere -> pinyin, one syllable a character."""


_PUNCTUATION = str.maketrans("", "", "/\\()（）、，,.。·*＊:：")


@cache
def code_tables() -> CodeTables:
    folder = files("resources") / "tables"
    values = tomllib.loads((folder / "values.toml").read_text("utf-8"))
    groups = values["ethnicities"].split()
    ethnic = {group: [group.removesuffix("族")] for group in groups}
    return CodeTables(
        counties=_counties((folder / "counties.txt").read_text("utf-8")),
        countries=_countries((folder / "countries.txt").read_text("utf-8")),
        ethnicities=_words(ethnic), education=_words(values["education"]),
        exam_types=_words(values["exam_type"]), has_cert=_words(values["has_cert"]), sexes=_words(values["sex"]),
        id_types=_words(values["id_type"]), levels=_words(values["level"]))


@cache
def surnames() -> Surnames:
    table = tomllib.loads((files("resources") / "tables" / "surnames.toml").read_text("utf-8"))
    return Surnames(frozenset(table["compound"].split()), table["readings"])


def column_words(sheet: str) -> Mapping[str, str]:
    """Header word (as header words are compared) -> field, for one kind of sheet in columns.toml."""
    tables = tomllib.loads((files("resources") / "tables" / "columns.toml").read_text("utf-8"))
    return {word: name for name, words in tables[sheet].items() for word in words}


def _counties(text: str) -> frozenset[str]:
    rows = (line.split() for line in text.splitlines() if not line.startswith("#"))
    return frozenset(row[0] + last for row in rows for last in row[1:])


def _countries(text: str) -> Countries:
    rows = [line.split(" ", 3) for line in text.splitlines() if not line.startswith("#")]
    words: dict[str, str] = {}
    for alpha3, alpha2, _number, names in rows:
        for word in (alpha3, alpha2, *names.split("|")):
            words.setdefault(compact(word).casefold(), alpha3)
    return Countries(words, {row[2]: row[0] for row in rows}, {row[0]: row[3].split("|")[0] for row in rows})


def _words(table: Mapping[str, list[str]]) -> Words:
    return Words({word.upper(): kept for kept, typed in table.items() for word in (kept, *typed)})
