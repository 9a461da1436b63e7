"""Outcomes of a batch, counted, with the marks that are confirmed."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.marks import Outcome
from appraisal.domain.operator import Operator, Role
from appraisal.usecases.enter_mark import CorrectMark
from appraisal.usecases.reads import BatchRow, OutcomeRow
from desktop.tasks import Latest, Tasks
from desktop.viewmodels.marks_typed import read_mark


class OutcomeReads(Protocol):
    def outcomes(self, batch: Id) -> Sequence[OutcomeRow]: ...


@dataclass(frozen=True, slots=True)
class Correcting:
    """How a mark that counts is corrected."""

    correct: Callable[[CorrectMark], Outcome]
    sign_in: Callable[[str, str], Id]
    """Login and passphrase of whoever agrees. Raises RuleViolation passphrase_wrong."""
    others: Callable[[Id], Sequence[tuple[str, str]]]
    """Name and login of those who may agree with this operator."""


MAY_CORRECT = frozenset({Role.MARKS_REVIEWER, Role.SUPERVISOR})


def others_who_correct(operators: Sequence[Operator], own: Id) -> Sequence[tuple[str, str]]:
    return [(one.name, one.login) for one in operators
            if one.active and one.id != own and not one.roles.isdisjoint(MAY_CORRECT)]


class MarksResultsViewModel(QObject):
    shown = Signal()
    corrected = Signal(object)
    """The Outcome after a correction."""
    correction_refused = Signal(object)
    """RuleViolation or EnvironmentFault."""
    failed = Signal(object)
    """EnvironmentFault."""

    def __init__(self, reads: OutcomeReads, tasks: Tasks, correcting: Correcting, operator: Operator) -> None:
        super().__init__()
        self._reads, self._tasks, self._latest = reads, tasks, Latest()
        self._correcting, self._operator, self._busy = correcting, operator, False
        self.batch: BatchRow | None = None
        self.rows: Sequence[OutcomeRow] = ()
        self.only: Outcome | None = None

    def open(self, batch: BatchRow | None) -> None:
        self.batch = batch
        if batch is None:
            self._latest.take()
            self._take(())
        else:
            self._tasks.read(lambda: self._reads.outcomes(batch.id), self._on_read, self._latest)

    def counts(self) -> Mapping[Outcome, int]:
        counted = Counter(row.outcome for row in self.rows)
        return {one: counted[one] for one in Outcome}

    def filtered(self) -> list[OutcomeRow]:
        return [row for row in self.rows if self.only in {None, row.outcome}]

    def show_only(self, outcome: Outcome | None) -> None:
        self.only = outcome
        self.shown.emit()

    def may_correct(self) -> bool:
        return not self._operator.roles.isdisjoint(MAY_CORRECT)

    def others(self) -> Sequence[tuple[str, str]]:
        return self._correcting.others(self._operator.id)

    def correct(self, row: OutcomeRow, subject: str, typed: str, why: str, login: str, passphrase: str) -> None:
        if self._busy:
            return
        try:
            mark = read_mark(typed)
        except RuleViolation as refusal:
            self.correction_refused.emit(refusal)
            return
        if mark is None:
            self.correction_refused.emit(RuleViolation("field_missing", "mark"))
            return

        def work() -> Outcome:
            agreed_by = self._correcting.sign_in(login, passphrase)
            command = CorrectMark(row.enrolment, subject, mark, why.strip(), self._operator.id, agreed_by)
            return self._correcting.correct(command)

        self._busy = True
        self._tasks.write(work, self._on_corrected)

    def _on_corrected(self, done: "Future[Outcome]") -> None:
        self._busy = False
        try:
            self.corrected.emit(done.result())
        except (RuleViolation, EnvironmentFault) as problem:
            self.correction_refused.emit(problem)
        else:
            self.open(self.batch)

    def _on_read(self, done: "Future[Sequence[OutcomeRow]]") -> None:
        try:
            self._take(done.result())
        except EnvironmentFault as fault:
            self.failed.emit(fault)

    def _take(self, rows: Sequence[OutcomeRow]) -> None:
        self.rows = rows
        self.shown.emit()
