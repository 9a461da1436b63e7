"""What a command answers, as people read it: words for names, dates for milliseconds, a line for each thing."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

from appraisal.sentences import catalogue, say

CHINA = timezone(timedelta(hours=8))
PLAIN = frozenset({"desk", "code", "centre", "state"})
"""Of a row, what needs no label."""


def day(milliseconds: int) -> str:
    return datetime.fromtimestamp(milliseconds / 1000, CHINA).strftime("%Y-%m-%d")


def minute(milliseconds: int) -> str:
    """In China."""
    return datetime.fromtimestamp(milliseconds / 1000, CHINA).strftime("%Y-%m-%d %H:%M")


def lines(fields: Mapping[str, Any], language: str) -> Iterator[str]:
    """Counts by their names; codes of reasons as their sentences."""
    for name, value in fields.items():
        yield f"{label(name, language)}: {_plain(value, language)}"


def label(name: str, language: str) -> str:
    code = f"label.{name}"
    return say(code, language) if code in catalogue(language) else name.replace("_", " ")


def _plain(value: Any, language: str) -> str:
    if isinstance(value, Mapping):
        return _some([f"{label_or_reason(name, language)} {count}" for name, count in value.items()], language)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return _some([_row(one, language) if isinstance(one, Mapping) else str(one) for one in value], language)
    return say("label.none", language) if value is None else str(value)


def label_or_reason(name: str, language: str) -> str:
    """A sentence that speaks of one case stands for many here: what differs is left open."""
    known = catalogue(language)
    return f"{known[name].format_map(_Open())}:" if name in known else label(name, language)


class _Open(dict[str, str]):
    def __missing__(self, place: str) -> str:
        return "…"


def _row(one: Mapping[str, Any], language: str) -> str:
    state = f"desk_state.{one.get('state')}"
    named = dict(one) | ({"state": say(state, language)} if state in catalogue(language) else {})
    return "  ".join(f"{value}" if name in PLAIN else f"{label(name, language)} {value}"
                     for name, value in named.items())


def _some(parts: Sequence[str], language: str) -> str:
    if not parts:
        return say("label.none", language)
    return parts[0] if len(parts) == 1 else "".join(f"\n  {one}" for one in parts)
