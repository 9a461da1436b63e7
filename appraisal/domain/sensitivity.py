"""How near a result is to another: for each subject the nearest mark that would change the outcome."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from appraisal.domain.marks import Mark, MarkState, Outcome, outcome, total
from appraisal.domain.scheme import Level, Subject

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Turn:
    """With `mark` in `subject`, and everything else as it is, the outcome would be `outcome`."""

    subject: str
    mark: Decimal
    outcome: Outcome

    def away(self, now: Mark) -> Decimal:
        """Points from the present mark."""
        return abs(self.mark - (now.value or Decimal(0)))


def turns(level: Level, marks: Mapping[str, Mark | None]) -> tuple[Turn, ...]:
    """For each subject with a number, where another number would change the outcome; the nearest first."""
    now, found = outcome(level, dict(marks)), list[tuple[Decimal, Turn]]()
    for subject in level.subjects:
        mark = marks.get(subject.code)
        if mark is None or mark.value is None:
            continue
        others = ((value, outcome(level, {**marks, subject.code: Mark(MarkState.PRESENT, value)}))
                  for value in _edges(level, subject, marks, mark.value) if 0 <= value <= 100)
        nearest = min(((abs(value - mark.value), Turn(subject.code, value, other)) for value, other in others
                       if other is not now), key=lambda one: (one[0], one[1].mark), default=None)
        if nearest is not None:
            found.append(nearest)
    return tuple(turn for _, turn in sorted(found, key=lambda one: (one[0], one[1].subject)))


def _edges(level: Level, subject: Subject, marks: Mapping[str, Mark | None], value: Decimal) -> Iterator[Decimal]:
    """Marks, to a hundredth, on either side of which an outcome may differ: the pass mark, and where the weighted total
    reaches what the scheme asks."""
    yield subject.pass_mark
    yield subject.pass_mark - CENT
    if level.total_pass is not None and subject.weight:
        edge = value + (level.total_pass - total(level, dict(marks))) / subject.weight
        yield edge.quantize(CENT, ROUND_CEILING)
        yield edge.quantize(CENT, ROUND_FLOOR) - (CENT if edge == edge.quantize(CENT) else 0)
