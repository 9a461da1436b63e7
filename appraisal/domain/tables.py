"""Code tables: regions, countries, surnames, the words of columns. Those of the release are in resources/tables; the
association's take their place, one file at a time."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from appraisal.domain.regions import Regions, regions
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
        return self.kept.get(word_key(typed))

    @property
    def choices(self) -> tuple[str, ...]:
        """What may be kept, in the table's order."""
        return tuple(dict.fromkeys(self.kept.values()))


@dataclass(frozen=True, slots=True)
class CodeTables:
    regions: Regions
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

    @property
    def closed(self) -> Mapping[str, Words]:
        """Field of a roster -> the words that it may have."""
        return {"sex": self.sexes, "id_type": self.id_types, "ethnicity": self.ethnicities,
                "education": self.education, "level": self.levels, "exam_type": self.exam_types,
                "has_cert": self.has_cert, "prior_level": self.levels}


@dataclass(frozen=True, slots=True)
class Surnames:
    compound: frozenset[str]
    readings: Mapping[str, str]
    """Surnames read otherwise than the same character elsewhere -> pinyin, one syllable a character."""


@dataclass(frozen=True, slots=True)
class Notices:
    """What the State Council's notices say beyond the calendar that the program comes with."""

    years: frozenset[int]
    """Whose notice is here as a whole."""
    holidays: frozenset[date]
    workdays: frozenset[date]


_PUNCTUATION = str.maketrans("", "", "/\\()（）、，,.。·*＊:：")


FILES = ("columns.toml", "countries.txt", "regions.txt", "surnames.toml", "values.toml", "workdays.toml")
_adopted: dict[str, str] = {}


def use_tables(adopted: Mapping[str, str]) -> None:
    """File of FILES -> its text, in the place of the release's, until this is called again: a process has one centre
    open. Raises ValueError, and changes nothing, where a table cannot be read or lacks what the rules speak of."""
    check_tables(adopted)
    _adopted.clear()
    _adopted.update(adopted)
    for made in (code_tables, surnames, notices):
        made.cache_clear()


def check_tables(adopted: Mapping[str, str]) -> None:
    """Raises ValueError."""
    try:
        ours, made = _code_tables({}), _code_tables(adopted)
        _surnames(adopted)
        _notices(adopted)
        columns, wanted = _columns(adopted), _columns({})
    except (KeyError, IndexError, TypeError, AttributeError) as fault:
        raise ValueError(f"{type(fault).__name__}: {fault}") from fault
    for name in ("exam_types", "has_cert", "sexes", "id_types", "levels"):  # rules know these words
        if set(getattr(made, name).kept.values()) != set(getattr(ours, name).kept.values()):
            raise ValueError(name)
    if not (made.regions.counties and made.countries.names and made.ethnicities.kept and made.education.kept):
        raise ValueError("empty")
    for sheet, fields in wanted.items():
        if not fields.keys() <= columns.get(sheet, {}).keys():
            raise ValueError(sheet)


def _file(name: str, adopted: Mapping[str, str]) -> str:
    return adopted[name] if name in adopted else (files("resources") / "tables" / name).read_text("utf-8")


def word_key(typed: str) -> str:
    """What two writings of one word of a closed column have in common."""
    return compact(typed).translate(_PUNCTUATION).upper()


@cache
def code_tables() -> CodeTables:
    return _code_tables(_adopted)


def _code_tables(adopted: Mapping[str, str]) -> CodeTables:
    values = tomllib.loads(_file("values.toml", adopted))
    groups = values["ethnicities"].split()
    ethnic = {group: [group.removesuffix("族")] for group in groups}
    return CodeTables(
        regions=regions(_file("regions.txt", adopted).splitlines()),
        countries=_countries(_file("countries.txt", adopted)),
        ethnicities=_words(ethnic), education=_words(values["education"]),
        exam_types=_words(values["exam_type"]), has_cert=_words(values["has_cert"]), sexes=_words(values["sex"]),
        id_types=_words(values["id_type"]), levels=_words(values["level"]))


@cache
def surnames() -> Surnames:
    return _surnames(_adopted)


def _surnames(adopted: Mapping[str, str]) -> Surnames:
    table = tomllib.loads(_file("surnames.toml", adopted))
    return Surnames(frozenset(table["compound"].split()), table["readings"])


@cache
def notices() -> Notices:
    return _notices(_adopted)


def _notices(adopted: Mapping[str, str]) -> Notices:
    table = tomllib.loads(_file("workdays.toml", adopted))
    made = Notices(frozenset(map(int, table["years"])), frozenset(map(date.fromisoformat, table["holidays"])),
                   frozenset(map(date.fromisoformat, table["workdays"])))
    if made.holidays & made.workdays:
        raise ValueError("workdays")
    return made


def column_words(sheet: str) -> Mapping[str, str]:
    """Header word (as header words are compared) -> field, for one kind of sheet in columns.toml."""
    return {word: name for name, words in _columns(_adopted)[sheet].items() for word in words}


def _columns(adopted: Mapping[str, str]) -> Mapping[str, Mapping[str, Sequence[str]]]:
    return tomllib.loads(_file("columns.toml", adopted))


def _countries(text: str) -> Countries:
    rows = [line.split(" ", 3) for line in text.splitlines() if not line.startswith("#")]
    words: dict[str, str] = {}
    for alpha3, alpha2, _number, names in rows:
        for word in (alpha3, alpha2, *names.split("|")):
            words.setdefault(compact(word).casefold(), alpha3)
    return Countries(words, {row[2]: row[0] for row in rows}, {row[0]: row[3].split("|")[0] for row in rows})


def _words(table: Mapping[str, list[str]]) -> Words:
    return Words({word.upper(): kept for kept, typed in table.items() for word in (kept, *typed)})
