"""A mark's cell as a grid holds it, and the number in it as it is shown."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.domain.marks import Mark


class CellState(StrEnum):
    EMPTY = "empty"
    SAVED = "saved"
    SAVING = "saving"
    REFUSED = "refused"
    NOT_EXAMINED = "not_examined"
    """The candidate's level does not ask for this subject."""
    CARRIED = "carried"
    """Passed at an earlier sitting: it counts here and is not examined again."""
    DAY = "day"
    """Absent or void by what the exam day recorded."""
    JUDGED = "judged"
    """Scored by judges; their mean, where it is there."""


CLOSED = frozenset({CellState.NOT_EXAMINED, CellState.CARRIED, CellState.DAY, CellState.JUDGED})
"""Nothing is entered there."""


@dataclass(slots=True)
class Cell:
    state: CellState
    mark: Mark | None = None
    """As saved, or on its way."""
    saved: Mark | None = None
    typed: str = ""
    """What was refused, as it was typed."""
    refusal: RuleViolation | EnvironmentFault | None = None
    turn: int = 0
    """Which save of this cell was asked for last: answers to earlier ones say nothing any more."""


def why_closed(cell: Cell) -> str:
    """Code of why nothing is entered there."""
    if cell.state is CellState.DAY and cell.mark is not None:
        return f"mark_of_{cell.mark.state.value}"
    codes = {CellState.CARRIED: "mark_carried", CellState.JUDGED: "mark_is_judged"}
    return codes.get(cell.state, "mark_not_applicable")


def number_text(mark: Mark | None) -> str:
    """`85.5`; empty for a mark that is no number."""
    return "" if mark is None or mark.value is None else f"{shortest(mark.value):f}"


def shortest(value: Decimal) -> Decimal:
    """85.50 and 85.5 are one mark, and 100 is not 1E+2."""
    return Decimal(f"{value.normalize():f}")
