"""The people who examine: the centre's list of them, and the draw for a sitting."""

from dataclasses import dataclass
from datetime import date

from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.exam_day import SessionPlanned
from appraisal.domain.examiners import (
    Duty,
    Examiner,
    Needed,
    StaffDrawn,
    check_examiner,
    draw,
    sitters,
    times_running,
    unfit,
)
from appraisal.domain.operator import Role
from appraisal.domain.scheme import Scheme
from appraisal.usecases.exam_day import PLANNED
from appraisal.usecases.ports import Desk, Work

SENIOR_LEVELS = frozenset({1, 2})
"""From level 2 up the panel are seniors. Source: the appraisal rules in docs/glossary.md, examiner 考评员."""


@dataclass(frozen=True, slots=True)
class EnlistExaminer:
    duty: Duty
    name: str
    organisation: str
    operator: Id
    card: str = ""
    expires: date | None = None
    relatives: tuple[str, ...] = ()
    active: bool = True
    examiner: Id = ""
    """Empty for somebody new."""
    why: str = ""


def enlist_examiner(command: EnlistExaminer, desk: Desk) -> Id:
    """Raises as `check_examiner` does, reason_missing where somebody is taken off the list without one."""
    with desk.work(command.operator) as work:
        work.operator.require(Role.SUPERVISOR)
        if command.examiner:
            work.exam_day.examiner(command.examiner)
        if not command.active and not command.why.strip():
            raise RuleViolation("reason_missing", "why")
        relatives = tuple(filter(None, (name.strip() for name in command.relatives)))
        said = Examiner(command.examiner or work.new_id(), command.duty, command.expires, command.active,
                        command.name.strip(), command.organisation.strip(), command.card.strip(), relatives)
        check_examiner(said)
        work.record(said, why=command.why.strip() or None)
    return said.person


@dataclass(frozen=True, slots=True)
class DrawStaff:
    batch: Id
    session: Id
    operator: Id
    seed: bytes
    invigilators: int = 2
    """For each room."""
    why: str = ""
    """Asked for a draw that takes the place of another."""


def draw_staff(command: DrawStaff, desk: Desk) -> StaffDrawn:
    """Invigilators for each room of the sitting, and a panel where judges score. Raises as `draw` does, reason_missing,
    batch_state, seats_nobody."""
    with desk.work(command.operator) as work:
        work.operator.require(Role.SUPERVISOR)
        batch = work.batches.get(command.batch)
        batch.require(*PLANNED)
        session = next((one for one in work.exam_day.sessions(batch.id) if one.session == command.session), None)
        if session is None:
            raise RuleViolation("session_unknown", "session")
        if work.exam_day.assigned(session.session) and not command.why.strip():
            raise RuleViolation("reason_missing", "why")
        needed = _needed(work, session, desk.schemes[batch.scheme], command.invigilators)
        if not needed:
            raise RuleViolation("seats_nobody", "batch")
        drawn = work.exam_day.drawn(batch.id)
        served, order = dict(drawn), [one for one, _ in drawn]
        fit = [one for one in work.exam_day.examiners()
               if unfit(one, batch.exam_day, times_running(order, served, one.person)) is None]
        done = StaffDrawn(session.session, batch.id, command.seed, draw(needed, fit, command.seed))
        work.record(done, why=command.why.strip() or None)
    return done


def _needed(work: Work, session: SessionPlanned, scheme: Scheme, invigilators: int) -> list[Needed]:
    found = []
    for room, people in sorted(work.exam_day.sitting_in(session).items()):
        levels = {level for _, _, level in people}
        judges = max((subject.judges for level in levels for subject in scheme.at(level).subjects
                      if subject.code in session.subjects), default=0)
        found.append(Needed(room, invigilators, judges, bool(SENIOR_LEVELS & levels),
                            sitters((name, organisation) for name, organisation, _ in people)))
    return found
