"""Runs of entries, and which receipt decides about each."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Run:
    first: int
    last: int


def runs(numbers: Iterable[int]) -> Iterator[Run]:
    """Ascending numbers as runs without gaps."""
    first = last = 0
    for number in numbers:
        if first and number == last + 1:
            last = number
            continue
        if first:
            yield Run(first, last)
        first = last = number
    if first:
        yield Run(first, last)


def grouped(states: Iterable[tuple[int, T]]) -> Iterator[tuple[Run, T]]:
    """(number, state) by ascending number as runs of one state without gaps."""
    first = last = 0
    shared: Any = None
    for number, state in states:
        if first and number == last + 1 and state == shared:
            last = number
            continue
        if first:
            yield Run(first, last), shared
        first, last, shared = number, number, state
    if first:
        yield Run(first, last), shared


def laid_over(spans: Sequence[tuple[int, int, T]]) -> list[tuple[int, int, T]]:
    """Spans without overlap, ascending, where a later one of `spans` lies over those before it."""
    edges = sorted({first for first, _, _ in spans} | {last + 1 for _, last, _ in spans})
    top: list[T | None] = [None] * len(edges)
    for first, last, value in spans:
        for place in range(bisect_right(edges, first) - 1, bisect_right(edges, last)):
            top[place] = value
    return [(edge, edges[place + 1] - 1, value)
            for place, (edge, value) in enumerate(zip(edges, top, strict=True)) if value is not None]


def gaps(covered: Iterable[tuple[int, int]], first: int, last: int) -> Iterator[Run]:
    """What of `first`…`last` is not in `covered` (ascending, without overlap)."""
    at = first
    for start, end in covered:
        if start > last:
            break
        if start > at:
            yield Run(at, start - 1)
        at = max(at, end + 1)
    if at <= last:
        yield Run(at, last)
