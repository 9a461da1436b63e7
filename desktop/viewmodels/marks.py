"""The marks page: which batch is open, who may do what with it, and the four views of its marks."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from appraisal.domain.batch import BatchState
from appraisal.domain.errors import EnvironmentFault
from appraisal.domain.events import Id
from appraisal.domain.judging import Judgement
from appraisal.domain.marks import Outcome
from appraisal.domain.operator import Operator, Role
from appraisal.domain.scheme import Scheme
from appraisal.usecases.enter_mark import EnterMark, EnterMarks, JudgeMark, SettleMark
from appraisal.usecases.import_marks import Entered, ImportMarks
from appraisal.usecases.ports import Step
from appraisal.usecases.reads import BatchRow
from desktop.tasks import Latest, Tasks
from desktop.viewmodels.layout_presets import LayoutPresets
from desktop.viewmodels.marks_entry import EntryCommands, MarkReads, MarksEntryViewModel
from desktop.viewmodels.marks_import import EnrolmentReads, MarksImportViewModel
from desktop.viewmodels.marks_judging import BookReads, MarksJudgingViewModel
from desktop.viewmodels.marks_results import Correcting, MarksResultsViewModel, OutcomeReads
from desktop.viewmodels.marks_settle import DifferenceReads, MarksSettleViewModel

FIRST, SECOND, DIFFERENCES, RESULTS, JUDGING = range(5)
SHOWS = {FIRST: (Role.MARKS_A,), SECOND: (Role.MARKS_B,), DIFFERENCES: (Role.MARKS_REVIEWER, Role.SUPERVISOR),
         JUDGING: (Role.INVIGILATOR, Role.MARKS_A, Role.MARKS_B)}
"""Who sees a view: the second entry is blind, so whoever makes one entry is not shown the other."""
MARKED = tuple(state for state in BatchState if state not in {
    BatchState.DRAFT, BatchState.FILED, BatchState.PUBLISHED, BatchState.CANCELLED})


class MarksReads(MarkReads, DifferenceReads, OutcomeReads, EnrolmentReads, BookReads, Protocol):
    def batches(self) -> Sequence[BatchRow]: ...


@dataclass(frozen=True, slots=True)
class MarksCommands:
    """The use cases on the open desk."""

    enter: Callable[[EnterMark], Outcome]
    enter_many: Callable[[EnterMarks], int]
    settle: Callable[[SettleMark], Outcome]
    import_marks: Callable[[ImportMarks, Step], Entered]
    judge: Callable[[JudgeMark], Judgement]
    correcting: Correcting
    presets: LayoutPresets
    """How sheets of marks are to be read."""


class MarksViewModel(QObject):
    batches_shown = Signal()
    batch_opened = Signal()
    failed = Signal(object)
    """EnvironmentFault."""

    def __init__(self, reads: MarksReads, commands: MarksCommands, schemes: Mapping[str, Scheme], tasks: Tasks,
                 operator: Operator) -> None:
        super().__init__()
        self._reads, self.schemes, self.tasks, self._operator = reads, schemes, tasks, operator
        self._latest = Latest()
        self.batches: Sequence[BatchRow] = ()
        self.batch: BatchRow | None = None
        self._wanted: Id = ""
        entering = EntryCommands(commands.enter, commands.enter_many)
        self.entries = {entry: MarksEntryViewModel(entry, reads, entering, schemes, tasks, operator.id)
                        for entry in (1, 2)}
        self.differences = MarksSettleViewModel(reads, commands.settle, tasks, operator.id)
        self.results = MarksResultsViewModel(reads, tasks, commands.correcting, operator)
        self.judging = MarksJudgingViewModel(reads, commands.judge, tasks, operator.id)
        self.importing = MarksImportViewModel(reads, commands.import_marks, schemes, commands.presets, tasks,
                                              operator.id)

    def sees(self, view: int) -> bool:
        return view not in SHOWS or not self._operator.roles.isdisjoint(SHOWS[view])

    def first_view(self) -> int:
        """Where this operator's work is."""
        return next(view for view in (FIRST, SECOND, DIFFERENCES, JUDGING, RESULTS) if self.sees(view))

    def refresh(self) -> None:
        """Read the batches anew; the open one stays open."""
        self.tasks.read(self._reads.batches, self._on_read, self._latest)

    def open(self, batch: Id) -> None:
        """At once, or when the batches have been read; a batch that has no marks yet changes nothing."""
        found = next((one for one in self.batches if one.id == batch), None)
        self._wanted = "" if found else batch
        if found is not None:
            self.batch = found
            self.batch_opened.emit()

    def show(self, view: int) -> None:
        """Read what a view shows, anew."""
        if view in {FIRST, SECOND}:
            if self.sees(view) and not self.entries[view + 1].waiting():
                self.entries[view + 1].open(self.batch)
        elif view == DIFFERENCES:
            if self.sees(view):
                self.differences.open(self.batch)
        elif view == JUDGING:
            if self.sees(view):
                self.judging.open(self.batch)
        else:
            self.results.open(self.batch)

    def _on_read(self, done: "Future[Sequence[BatchRow]]") -> None:
        try:
            self.batches = [one for one in done.result() if one.state in MARKED]
        except EnvironmentFault as fault:
            self.failed.emit(fault)
            return
        wanted = self._wanted or (self.batch.id if self.batch else "")
        self._wanted = ""
        kept = next((one for one in self.batches if one.id == wanted), None)
        self.batch = kept or next((one for one in self.batches if one.state in {"examining", "marking"}),
                                  self.batches[0] if self.batches else None)
        self.batches_shown.emit()
        self.batch_opened.emit()
