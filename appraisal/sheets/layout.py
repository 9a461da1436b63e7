"""How the columns and the words of one organisation's sheets are to be read; kept as a preset under its name."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from appraisal.domain.tables import word_key
from appraisal.domain.typed import Typed
from appraisal.sheets.grid import Grid
from appraisal.sheets.header import possible_headers


@dataclass(frozen=True, slots=True)
class Layout:
    """Beside what is known anyway. That of a preset names every column of the header, and finds it by them alone."""

    columns: Mapping[str, str] = field(default_factory=dict)
    """Key of a column (see Header), or a word above it -> our field, LEFT_OUT or KEPT."""
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Field of a closed column -> word as the organisation writes it -> word that a rule knows."""
    sheet: str = ""
    """The one to be read; empty: the first that has a header."""

    def reader(self) -> "WordReader":
        return WordReader({name: {word_key(word): ours for word, ours in words.items()}
                           for name, words in self.values.items()})


AS_KNOWN = Layout()
"""No more than the words that are built in."""


@dataclass(frozen=True, slots=True)
class WordReader:
    known: Mapping[str, Mapping[str, str]]

    def read(self, values: Mapping[str, Typed]) -> Mapping[str, Typed]:
        """With our words in place of the organisation's."""
        found = {name: Typed(words[key]) for name, words in self.known.items()
                 if name in values and (key := word_key(values[name].text)) in words}
        return {**values, **found} if found else values


@dataclass(frozen=True, slots=True)
class Preset:
    name: str
    """The organisation's."""
    layout: Layout


def find_preset(sheets: Collection[Grid], presets: Collection[Preset]) -> Preset | None:
    """The first preset whose columns are those of a header in the sheets, all of them and no other."""
    by_keys: dict[frozenset[str], Preset] = {}
    for one in presets:
        by_keys.setdefault(frozenset(one.layout.columns), one)
    headers = (header for grid in sheets for header in possible_headers(grid, {})) if by_keys else ()
    return next((by_keys[keys] for header in headers if (keys := frozenset(header.keys.values())) in by_keys), None)
