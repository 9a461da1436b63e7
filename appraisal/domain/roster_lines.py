"""Rules for the lines of a roster together: the same person twice, one number with two names, one telephone twice."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import replace

from appraisal.domain.problem import Problem, Verdict, problem, verdict
from appraisal.domain.roster import LineReading


def compare_lines(readings: Sequence[LineReading], places: Sequence[int]) -> tuple[LineReading, ...]:
    """`places` are the row numbers that sentences name, one for each reading. The order is kept."""
    found: dict[int, list[Problem]] = defaultdict(list)
    conflicting = _two_names(readings, places, found)
    _repeated(readings, places, conflicting, found)
    _shared_phones(readings, places, found)
    return tuple(_with(reading, found[at]) if at in found else reading for at, reading in enumerate(readings))


def _with(reading: LineReading, more: list[Problem]) -> LineReading:
    problems = (*reading.problems, *more)
    line = None if verdict(problems) is Verdict.REJECT else reading.line
    return replace(reading, line=line, problems=problems)


def _groups(readings: Sequence[LineReading], key: Callable[[LineReading], Hashable | None]) -> Iterable[list[int]]:
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for at, reading in enumerate(readings):
        value = key(reading)
        if value is not None:
            groups[value].append(at)
    return (group for group in groups.values() if len(group) > 1)


def _two_names(
    readings: Sequence[LineReading], places: Sequence[int], found: dict[int, list[Problem]],
) -> frozenset[int]:
    """Neither line can be trusted: all lines concerned are refused."""
    conflicting: set[int] = set()
    for group in _groups(readings, lambda r: r.key if r.name else None):
        if len({readings[at].name for at in group}) > 1:
            conflicting.update(group)
            rows = ", ".join(str(places[at]) for at in group)
            for at in group:
                found[at] += [problem("DUP_ID_CONFLICT", about, rows=rows) for about in ("id_no", "name")]
    return frozenset(conflicting)


def _repeated(
    readings: Sequence[LineReading], places: Sequence[int], conflicting: frozenset[int],
    found: dict[int, list[Problem]],
) -> None:
    """The first acceptable line stays; later ones of the same person and level are refused."""
    def key(reading: LineReading) -> Hashable | None:
        return (reading.key, reading.line.level) if reading.line else None

    for group in _groups(readings, key):
        first, *later = group
        for at in later:
            if at not in conflicting:
                found[at].append(problem("DUP_ROW", "id_no", row=places[first]))


def _shared_phones(
    readings: Sequence[LineReading], places: Sequence[int], found: dict[int, list[Problem]],
) -> None:
    for group in _groups(readings, lambda r: r.line.phone or None if r.line else None):
        if len({readings[at].key for at in group}) > 1:
            for at in group:
                rows = ", ".join(str(places[other]) for other in group if other != at)
                found[at].append(problem("DUP_PHONE", "phone", rows=rows))
