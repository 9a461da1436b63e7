"""A registrar or a reviewer has seen a candidate's papers, and where the fee stands."""

from dataclasses import dataclass

from appraisal.domain.enrolment import EnrolmentChecked, Payment
from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.operator import Role
from appraisal.usecases.ports import Desk


@dataclass(frozen=True, slots=True)
class CheckEnrolments:
    enrolments: tuple[Id, ...]
    operator: Id
    seen: frozenset[str] | None = None
    """Codes of materials; None: all that the condition asks for."""
    payment: Payment | None = None
    """None: as before."""
    receipt: str | None = None
    """None: as before."""


def check_enrolments(command: CheckEnrolments, desk: Desk) -> int:
    """All of them or none; how many differ from before. Raises RuleViolation unknown_material."""
    changed = 0
    with desk.work(command.operator) as work:
        work.operator.require(Role.REGISTRAR, Role.REVIEWER)
        for one in map(work.enrolments.get, command.enrolments):
            scheme = desk.schemes[work.batches.get(one.batch).scheme]
            asked = [material.code for material in scheme.materials_for(one.level, one.condition)]
            wanted = set(asked) if command.seen is None else command.seen
            if unknown := wanted - {material.code for material in scheme.materials}:
                raise RuleViolation("unknown_material", "seen", material=min(unknown))
            now = (tuple(material.code for material in scheme.materials if material.code in wanted),
                   command.payment or one.payment,
                   one.receipt if command.receipt is None else command.receipt.strip())
            if now != (one.seen, one.payment, one.receipt):
                work.record(EnrolmentChecked(one.id, one.person, *now))
                changed += 1
    return changed
