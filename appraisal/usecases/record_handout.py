"""An operator says why a list of people leaves the desk, before it does."""

from dataclasses import dataclass

from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.handout import HandoutMade, Means
from appraisal.domain.operator import Role
from appraisal.usecases.ports import Desk


@dataclass(frozen=True, slots=True)
class RecordHandout:
    table: str
    rows: int
    means: Means
    masked: bool
    why: str
    operator: Id


def record_handout(command: RecordHandout, desk: Desk) -> None:
    """Whoever may see a list may hand it out. Raises RuleViolation reason_missing."""
    with desk.work(command.operator) as work:
        work.operator.require(*Role)
        if not command.why.strip() and command.means is not Means.CLIPBOARD:
            raise RuleViolation("reason_missing", "why")
        work.record(HandoutMade(work.new_id(), command.table, command.rows, command.means, command.masked),
                    why=command.why.strip() or None)
