"""Figures of a batch: presence, pass rates, distributions, judges, and patterns that a person should look at.

A pattern is never a verdict: it says where to look, and why.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from appraisal.domain.book import Book, Entrant, seat_order
from appraisal.domain.events import Id
from appraisal.domain.exam_day import Attendance
from appraisal.domain.marks import Mark, Outcome

BIN = 10
"""Points of one bar of a distribution; 100 belongs to the last."""
QUICK_MS = 60_000
"""A second entry sooner than this after the first was hardly read from the paper again."""
QUICK_SHARE = Decimal("0.5")
LEAST = 10
"""Pairs of entries from which on a share says anything; and marks from which on a run does."""
ALIKE_SUBJECTS = 3
"""Subjects and criteria that two neighbours have to share before it is said."""


@dataclass(frozen=True, slots=True)
class Rate:
    """`part` of `whole`."""

    name: str
    part: int
    whole: int

    @property
    def share(self) -> Decimal | None:
        return Decimal(self.part) / self.whole if self.whole else None


@dataclass(frozen=True, slots=True)
class JudgeFigure:
    judge: str
    sheets: int
    severity: Decimal
    """Mean of own marks less the panel's means: below zero is strict."""
    agreement: Decimal
    """Mean distance from the panel's mean, in points."""


@dataclass(frozen=True, slots=True)
class EntryTimes:
    """When the two entries of one mark were made, in milliseconds since 1970, at which desks and by whom."""

    enrolment: Id
    subject: str
    first: int
    second: int
    desks: tuple[Id, Id]
    operators: tuple[Id, Id]
    equal: bool


@dataclass(frozen=True, slots=True)
class Pattern:
    """`code` of the sentence, and its details."""

    code: str
    detail: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Figures:
    presence: Mapping[Id, Mapping[Attendance | None, int]]
    """Session -> how many of each; None: not recorded."""
    subjects: Sequence[Rate]
    """Passed of those with a mark, by code."""
    levels: Sequence[Rate]
    """Passed of those seated."""
    organisations: Sequence[Rate]
    """The largest first."""
    distribution: Mapping[str, tuple[int, ...]]
    """Subject -> how many marks in each ten points."""
    judges: Sequence[JudgeFigure]
    patterns: Sequence[Pattern]


def figures(book: Book, times: Iterable[EntryTimes]) -> Figures:
    seated = book.seated()
    return Figures(
        {one.session: Counter(came.state if (came := who.came.get(one.session)) else None
                              for who in book.sitting(one)) for one in book.sessions},
        _by_subject(seated), _by(seated, lambda one: str(one.enrolment.level or "")),
        sorted(_by(seated, lambda one: one.person.background.employer), key=lambda one: (-one.whole, one.name)),
        distribution(seated), judges(seated), (*_quick(times), *_neighbours(book), *_runs(seated)))


def _by(people: Iterable[Entrant], group: Callable[[Entrant], str]) -> list[Rate]:
    found: dict[str, list[Entrant]] = defaultdict(list)
    for one in people:
        found[group(one)].append(one)
    return [Rate(name, sum(one.outcome() is Outcome.PASS for one in those), len(those))
            for name, those in sorted(found.items())]


def _by_subject(people: Iterable[Entrant]) -> list[Rate]:
    whole, passed = Counter[str](), Counter[str]()
    for one in people:
        for subject in one.sheet.level.subjects:
            mark = one.mark(subject.code)
            whole[subject.code] += mark is not None
            passed[subject.code] += mark is not None and mark.value is not None and mark.value >= subject.pass_mark
    return [Rate(code, passed[code], count) for code, count in whole.items()]


def distribution(people: Iterable[Entrant]) -> Mapping[str, tuple[int, ...]]:
    bars: dict[str, list[int]] = defaultdict(lambda: [0] * (100 // BIN))
    for one in people:
        for subject in one.sheet.level.subjects:
            mark = one.mark(subject.code)
            if mark is not None and mark.value is not None:
                bars[subject.code][min(int(mark.value) // BIN, 100 // BIN - 1)] += 1
    return {code: tuple(those) for code, those in bars.items()}


def judges(people: Iterable[Entrant]) -> Sequence[JudgeFigure]:
    """Of sheets in panels of more than one."""
    off: dict[str, list[Decimal]] = defaultdict(list)
    for one in people:
        panels = defaultdict(list)
        for sheet in one.sheet.judged:
            panels[sheet.subject, sheet.turn].append(sheet)
        for panel in panels.values():
            mean = sum((sheet.value for sheet in panel), Decimal(0)) / len(panel)
            if len(panel) > 1:
                for sheet in panel:
                    off[sheet.judge].append(sheet.value - mean)
    return [JudgeFigure(judge, len(found), _mean(found), _mean([abs(one) for one in found]))
            for judge, found in sorted(off.items())]


def _mean(values: Sequence[Decimal]) -> Decimal:
    return (sum(values, Decimal(0)) / len(values)).quantize(Decimal("0.01"))


def _quick(times: Iterable[EntryTimes]) -> Iterable[Pattern]:
    """Two sign-ins whose second entries follow the first at once, at one desk: one person may have made both."""
    pairs: dict[tuple[Id, Id], list[EntryTimes]] = defaultdict(list)
    for one in times:
        pairs[one.operators].append(one)
    for (first, second), found in sorted(pairs.items()):
        quick = [one for one in found if abs(one.second - one.first) < QUICK_MS and one.desks[0] == one.desks[1]]
        if len(found) >= LEAST and len(quick) >= QUICK_SHARE * len(found):
            equal = all(one.equal for one in found)
            yield Pattern("pattern_quick_equal" if equal else "pattern_quick",
                          {"first": first, "second": second, "count": len(quick), "all": len(found)})


def _neighbours(book: Book) -> Iterable[Pattern]:
    """People on seats that follow each other who have the same marks throughout."""
    for session in book.sessions:
        for room, people in book.by_room(session).items():
            for one, other in pairwise(sorted(people, key=lambda who: seat_order(who.at(session.session)[1]))):
                mine, theirs = _string(one), _string(other)
                if mine == theirs and len(mine) >= ALIKE_SUBJECTS:
                    yield Pattern("pattern_neighbours", {"room": room, "one": one.number, "other": other.number,
                                                         "count": len(mine)})


def _string(one: Entrant) -> tuple[Decimal, ...]:
    """Every number that one has: marks, and judges' scores of the last turn."""
    marks = [mark.value for subject in one.sheet.level.subjects
             if (mark := one.mark(subject.code)) is not None and mark.value is not None]
    scores = [score for subject in one.sheet.level.subjects
              for sheet in one.sheet.judgement(subject.code).sheets for score in sheet.scores]
    return (*marks, *scores)


def _runs(people: Sequence[Entrant]) -> Iterable[Pattern]:
    """One mark, ten times and more in a row down the list."""
    codes = dict.fromkeys(subject.code for one in people for subject in one.sheet.level.subjects)
    for code in codes:
        marks = [(one.number, mark) for one in people if (mark := one.mark(code)) is not None]
        start = 0
        for at in range(1, len(marks) + 1):
            if at == len(marks) or marks[at][1] != marks[start][1]:
                if at - start >= LEAST and marks[start][1].value is not None:
                    yield Pattern("pattern_run", {"subject": code, "count": at - start, "mark": _text(marks[start][1]),
                                                  "one": marks[start][0], "other": marks[at - 1][0]})
                start = at


def _text(mark: Mark) -> str:
    return "" if mark.value is None else f"{mark.value.normalize():f}"
