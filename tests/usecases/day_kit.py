"""A desk in memory with one operator for each role, and refusals by their code."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import pytest
from kit.desks import EXAM_DAY, SimulatedDesk
from sqlalchemy import func, select

from appraisal.domain.batch import BatchState
from appraisal.domain.errors import RuleViolation
from appraisal.domain.marks import Mark, MarkState
from appraisal.domain.operator import Role
from appraisal.domain.person import Background, Contact, Identity
from appraisal.usecases.enrol_operator import EnrolOperator, enrol_operator
from appraisal.usecases.register_candidate import RegisterCandidate, register_candidate
from appraisal.usecases.submit_enrolment import SubmitEnrolment, submit_enrolment
from db.engine import open_sqlite
from db.rebuild import differing
from db.schema import journal

NOBODY = "0" * 32
DAY_MS = 86_400_000


@dataclass
class StaffedDesk(SimulatedDesk):
    """`who` has an operator's id for each role."""

    who: dict[Role, str] = field(default_factory=dict)

    def __post_init__(self):
        super().__post_init__()
        self.who = dict(self.operators)
        for role in Role:
            if role not in self.who:
                self.who[role] = self.enrol(role.value, role)

    def enrol(self, login, *roles):
        return enrol_operator(EnrolOperator(login, "操作员", frozenset(roles), self.who[Role.ADMINISTRATOR]), self.desk)

    def entries(self):
        with self.engine.begin() as connection:
            return connection.scalar(select(func.count()).select_from(journal))

    def is_sound(self):
        with self.engine.begin() as connection:
            return differing(connection) == ()

    def until(self, batch, state):
        """Step by step, its exam day reached."""
        order = list(BatchState)
        with self.desk.work(self.who[Role.SUPERVISOR]) as work:
            now = work.batches.get(batch).state
        for step in order[order.index(now) + 1:order.index(state) + 1]:
            if step is BatchState.EXAMINING:
                self.clock.now += 30 * DAY_MS
            self.move(batch, step)

    def register(self, serial=1, **changed):
        return register_candidate(candidate(self, serial, **changed), self.desk)

    def submit(self, person, batch, level=3, by=Role.REGISTRAR):
        return submit_enrolment(SubmitEnrolment(person, batch, level, "", self.who[by]), self.desk)


def staffed():
    return StaffedDesk(open_sqlite(None))


def candidate(desk, serial=1, name="张三", consents=()):
    return RegisterCandidate(Identity(name, "ZHANG San", "resident_id", f"9{serial:017d}", "M", date(1990, 1, 1)),
                             Contact("15412345678"), Background(), desk.who[Role.REGISTRAR], tuple(consents))


def present(value):
    return Mark(MarkState.PRESENT, Decimal(value))


def refused(call, *arguments):
    with pytest.raises(RuleViolation) as caught:
        call(*arguments)
    return caught.value.code


__all__ = ["DAY_MS", "EXAM_DAY", "NOBODY", "StaffedDesk", "candidate", "present", "refused", "staffed"]
