"""State of the review: the enrolments of a batch with what to look at, and one decision for a selection."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from typing import Any

from PySide6.QtCore import QObject, Signal

from appraisal.domain.enrolment import EnrolmentState, from_outside
from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.scheme import Scheme
from appraisal.domain.tables import code_tables
from appraisal.usecases.check_enrolment import CheckEnrolments
from appraisal.usecases.reads import BatchRow, EnrolmentRow, Reads
from appraisal.usecases.submit_enrolment import ReviewEnrolments
from desktop.tasks import Latest, Tasks

WAITING = frozenset({EnrolmentState.SUBMITTED.value, EnrolmentState.RETURNED.value})


class ReviewViewModel(QObject):
    listed = Signal(object)
    """The EnrolmentRows to show."""
    decided = Signal(str, int)
    """The decision and how many it was for."""
    seen = Signal(int)
    """Of how many the papers were seen that were not before."""
    refused = Signal(str, str, object)
    failed = Signal(object)
    busy_changed = Signal(bool)

    def __init__(self, reads: Reads, review: Callable[[ReviewEnrolments], int],
                 check: Callable[[CheckEnrolments], int], operator: Id, schemes: Mapping[str, Scheme],
                 tasks: Tasks) -> None:
        super().__init__()
        self._reads, self._review, self._check, self._operator, self._schemes, self._tasks = (
            reads, review, check, operator, schemes, tasks)
        self._listing = Latest()
        self._batches: dict[Id, BatchRow] = {}
        self._rows: dict[Id, EnrolmentRow] = {}
        self._batch, self._only_waiting, self._busy = "", True, False

    def take_batches(self, batches: Sequence[BatchRow]) -> None:
        self._batches = {one.id: one for one in batches}

    def choose_batch(self, batch: Id) -> None:
        self._batch = batch
        self.refresh()

    def show_all(self, *, everybody: bool) -> None:
        """`everybody` or only those who wait for a decision."""
        self._only_waiting = not everybody
        self.refresh()

    def waiting(self) -> int:
        return sum(one.state in WAITING for one in self._rows.values())

    def rows(self, ids: Sequence[Id]) -> Sequence[EnrolmentRow]:
        """For the table's model."""
        rows = self._rows
        return [rows[one] for one in ids if one in rows]

    def level_name(self, row: EnrolmentRow, language: str) -> str:
        batch = self._batches.get(row.batch)
        if batch is None:
            return ""
        name = self._schemes[batch.scheme].at(row.level).name
        return name.zh if language == "zh_CN" else name.en

    def from_outside(self) -> dict[str, Any] | None:
        """The details of `many_from_outside`, where more of the batch than usual come from outside the province."""
        batch = self._batches.get(self._batch)
        if batch is None:
            return None
        scheme = self._schemes[batch.scheme]
        found = from_outside((one.province for one in self._rows.values()), scheme)
        name = code_tables().regions.names.get(f"{scheme.province}0000", "")
        return None if found is None else {"outside": found[0], "people": found[1], "province": name}

    def refresh(self) -> None:
        batch = self._batch
        if batch:
            self._tasks.read(lambda: self._reads.enrolments(batch), self._on_listed, self._listing)

    def decide(self, enrolments: Sequence[Id], decision: EnrolmentState, why: str) -> None:
        """All of the selection or nothing of it."""
        if self._busy or not enrolments:
            return
        command = ReviewEnrolments(tuple(enrolments), decision, self._operator, why.strip())
        self._set_busy(busy=True)
        self._tasks.write(lambda: self._review(command), lambda done: self._on_decided(done, decision))

    def papers_seen(self, enrolments: Sequence[Id]) -> None:
        """All that the conditions of the selection ask for was seen in the original."""
        if self._busy or not enrolments:
            return
        command = CheckEnrolments(tuple(enrolments), self._operator)
        self._set_busy(busy=True)
        self._tasks.write(lambda: self._check(command), self._on_seen)

    def _on_seen(self, done: "Future[int]") -> None:
        count = self._result(done)
        if count is not None:
            self.seen.emit(count)
            self.refresh()

    def _on_listed(self, done: "Future[Sequence[EnrolmentRow]]") -> None:
        try:
            rows = done.result()
        except EnvironmentFault as fault:
            self.failed.emit(fault)
            return
        self._rows = {one.id: one for one in rows}
        self.listed.emit([one for one in rows if not self._only_waiting or one.state in WAITING])

    def _on_decided(self, done: "Future[int]", decision: EnrolmentState) -> None:
        count = self._result(done)
        if count is not None:
            self.decided.emit(decision.value, count)
            self.refresh()

    def _result(self, done: "Future[int]") -> int | None:
        """None where a sentence says why nothing was done."""
        self._set_busy(busy=False)
        try:
            return done.result()
        except RuleViolation as refusal:
            self.refused.emit(refusal.code, refusal.field, refusal.detail)
        except EnvironmentFault as fault:
            self.failed.emit(fault)
        return None

    def _set_busy(self, *, busy: bool) -> None:
        self._busy = busy
        self.busy_changed.emit(busy)
