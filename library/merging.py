"""What stands where several chains have written of one matter. Pure: the same whatever the order of arrival.

Everything here is a function of the set of entries, put in one order that all agree on: time of the hybrid clock, desk,
epoch, seq. docs/decisions/merging.md has the rules and what they cost.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from appraisal.domain.events import Id
from appraisal.domain.question import BEFORE

Ref = str
"""`desk/epoch/seq` of an entry."""


class Known(NamedTuple):
    """An entry that the library's journal has, opened."""

    desk: Id
    epoch: Id
    seq: int
    at: tuple[int, int]
    operator: Id
    why: str | None
    event: Any

    @property
    def ref(self) -> Ref:
        return f"{self.desk}/{self.epoch}/{self.seq}"

    @property
    def chain(self) -> tuple[Id, Id]:
        return self.desk, self.epoch

    @property
    def stamp(self) -> tuple[tuple[int, int], Id, Id, int]:
        return self.at, self.desk, self.epoch, self.seq


class Edit(NamedTuple):
    """One field in one correction."""

    known: Known
    before: Any
    after: Any


class Ruling(NamedTuple):
    """An officer's decision."""

    over: frozenset[Ref]
    choice: str


@dataclass(slots=True)
class Merged:
    """`value` stands. `sides`: the last entry of each side that is in doubt, none where nothing is; `contested`: all
    entries since the sides parted; `overruled`: those that an officer decided against."""

    value: Any
    sides: tuple[Ref, ...] = ()
    contested: frozenset[Ref] = frozenset()
    overruled: frozenset[Ref] = frozenset()


def last_writer(start: Any, edits: Sequence[Edit]) -> Any:
    """Contact and background: the newest by the hybrid clock; ties go by desk. The others stay in the journal."""
    return max(edits, key=lambda one: one.known.stamp).after if edits else start


def three_way(start: Any, edits: Sequence[Edit], rulings: Sequence[Ruling]) -> Merged:
    """Identity: a correction follows the value that its desk saw. Where two follow one value and differ, what stood
    before stands on until an officer decides."""
    walk = _Walk(start, values={start, *(one.after for one in edits)})
    waiting = _queues(edits)
    pending = list(rulings)
    while waiting or pending:
        for ruling in [one for one in pending if one.over <= walk.seen or not waiting]:
            walk.rule(ruling)
            pending.remove(ruling)
        if waiting:
            queue = min(waiting, key=lambda one: (not walk.follows(one[0]), one[0].known.stamp))
            walk.edit(queue.pop(0))
            waiting = [one for one in waiting if one]
    return walk.merged()


def _queues(edits: Sequence[Edit]) -> list[list[Edit]]:
    chains: dict[tuple[Id, Id], list[Edit]] = {}
    for one in sorted(edits, key=lambda one: one.known.seq):
        chains.setdefault(one.known.chain, []).append(one)
    return list(chains.values())


class _Step(NamedTuple):
    ref: Ref
    after: Any


@dataclass(slots=True)
class _Walk:
    start: Any
    values: set[Any]
    """All that anybody has said."""
    base: Any = None
    """What stood when the sides parted."""
    sides: dict[Any, list[_Step]] = field(default_factory=dict)
    """Each value that nothing follows yet, and the corrections that led to it."""
    lost: dict[Any, list[_Step]] = field(default_factory=dict)
    seen: set[Ref] = field(default_factory=set)
    reached: set[Any] = field(default_factory=set)
    last: dict[tuple[Id, Id], Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.base, self.sides[self.start] = self.start, []
        self.reached.add(self.start)

    def follows(self, one: Edit) -> bool:
        """Whether what it follows has been said already: clocks of two desks may differ."""
        return self._parent(one) in self.reached

    def edit(self, one: Edit) -> None:
        parent, step = self._parent(one), _Step(one.known.ref, one.after)
        if parent in self.sides:
            line = self.sides.pop(parent)
        elif parent in self.lost:
            line = [] if one.after in self.sides else self.lost[parent]
            del self.lost[parent]
            self._part(self._standing())
        else:
            line = []
            self._part(parent)
        self.lost.pop(one.after, None)  # whoever said so before was right after all
        self.sides[one.after] = [*self.sides.get(one.after, ()), *line, step]
        if one.after == self.base and len(self.sides) > 1:
            del self.sides[one.after]  # it takes back what it said: the others alone have changed something
        self.reached.add(one.after)
        self.seen.add(one.known.ref)
        self.last[one.known.chain] = one.after

    def rule(self, ruling: Ruling) -> None:
        """The sides it names end, and what stood before them too; the chosen one stays. One that names nothing that is
        in doubt here says nothing."""
        named = {value: line for value, line in self.sides.items() if not ruling.over.isdisjoint(s.ref for s in line)}
        chosen = self.base if ruling.choice == BEFORE else next(
            (value for value, line in named.items() if any(step.ref == ruling.choice for step in line)), None)
        if not named or (chosen not in named and ruling.choice != BEFORE):
            return
        ended = [value for value, line in self.sides.items() if value != chosen and (value in named or not line)]
        for value in ended:
            self.lost[value] = self.sides.pop(value)
        self.lost.pop(chosen, None)
        self.sides.setdefault(chosen, [])

    def merged(self) -> Merged:
        overruled = frozenset(step.ref for line in self.lost.values() for step in line)
        if len(self.sides) == 1:
            return Merged(self._standing(), overruled=overruled)
        lines = [line for line in self.sides.values() if line]
        return Merged(self.base, tuple(sorted(line[-1].ref for line in lines)),
                      frozenset(step.ref for line in lines for step in line), overruled)

    def _part(self, base: Any) -> None:
        """The first time that sides part, what was common to them is in no doubt."""
        if len(self.sides) > 1:
            return
        self.base = base
        for value, line in self.sides.items():
            common = max((place for place, step in enumerate(line) if step.after == base), default=-1)
            self.sides[value] = line[common + 1:]

    def _parent(self, one: Edit) -> Any:
        """A value that nobody knows here comes of an entry that was not applied: then its own chain's last."""
        if one.before in self.values:
            return one.before
        return self.last.get(one.known.chain, self.start)

    def _standing(self) -> Any:
        return next(iter(self.sides)) if len(self.sides) == 1 else self.base


@dataclass(slots=True)
class Mark:
    """One of a mark's entries, or its settlement. `standing` is in force; `refused` were no lawful corrections."""

    standing: Known
    sides: tuple[Ref, ...] = ()
    overruled: frozenset[Ref] = frozenset()
    refused: frozenset[Ref] = frozenset()


def lawful_mark(entries: Sequence[Known], others: Sequence[Known], rulings: Sequence[Ruling]) -> Mark:
    """`entries` of one mark; `others`: the other person's entries of the same mark. The first stands. Its maker may
    mend it until the other entry is there; afterwards a correction gives its reason and is another person's. Two chains
    that say different things without that are a question."""
    ordered = sorted(entries, key=lambda one: one.stamp)
    ruled = {ref: ruling for ruling in rulings for ref in ruling.over}
    standing, refused, overruled = ordered[0], set[Ref](), set[Ref]()
    sides: list[Known] = []
    for one in ordered[1:]:
        if _content(one) == _content(standing):
            continue
        if one.ref in ruled and standing.ref in ruled[one.ref].over:
            lost = standing if ruled[one.ref].choice == one.ref else one
            standing = one if lost is standing else standing
            overruled.add(lost.ref)
        elif _mended(one, standing, others) or _corrected(one, standing):
            standing = one
        elif one.chain == standing.chain:
            refused.add(one.ref)
        else:
            sides.append(one)
    sides = [one for one in sides if _content(one) != _content(standing)]
    refs = tuple(sorted({one.ref for one in (standing, *sides)})) if sides else ()
    return Mark(standing, refs, frozenset(overruled), frozenset(refused))


def _content(one: Known) -> Any:
    return one.event.state, one.event.value


def _maker(one: Known) -> Id:
    return str(getattr(one.event, "entered_by", "") or getattr(one.event, "settled_by", ""))


def _mended(one: Known, standing: Known, others: Iterable[Known]) -> bool:
    return _maker(one) == _maker(standing) and not hasattr(one.event, "settled_by") and \
        all(other.stamp > one.stamp for other in others)


def _corrected(one: Known, standing: Known) -> bool:
    """A settlement always gives its reason: only one that knew of the other, in its own chain, corrects it."""
    knew = one.chain == standing.chain or not hasattr(one.event, "settled_by")
    return knew and bool((one.why or "").strip()) and _maker(one) != _maker(standing)
