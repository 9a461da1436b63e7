"""Re-checks of marks while a publicity runs: asked, answered, and the reply slip."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Signal

from appraisal.domain.batch import BatchState
from appraisal.domain.errors import EnvironmentFault
from appraisal.domain.events import Id
from appraisal.domain.publicity import Finding, RecheckAsked
from appraisal.usecases.publicise import AnswerRecheck, AskRecheck
from appraisal.usecases.reads import BatchRow, OutcomeRow, RecheckRow
from desktop.tasks import Latest, Tasks
from desktop.viewmodels.working import Working

Read = tuple[Sequence[RecheckRow], Sequence[OutcomeRow]]


class RecheckReads(Protocol):
    def rechecks(self, batch: Id) -> Sequence[RecheckRow]: ...
    def outcomes(self, batch: Id) -> Sequence[OutcomeRow]: ...


@dataclass(frozen=True, slots=True)
class RecheckCommands:
    ask: Callable[[AskRecheck], RecheckAsked]
    answer: Callable[[AnswerRecheck], None]
    slip: Callable[[Id, RecheckRow, Path], None]
    """Writes the reply slip of an answered one."""


class RechecksViewModel(Working):
    shown = Signal()
    recorded = Signal(object)
    answered = Signal(object)
    slip_written = Signal(object)

    def __init__(self, reads: RecheckReads, commands: RecheckCommands, tasks: Tasks, operator: Id) -> None:
        super().__init__()
        self._reads, self._commands, self._tasks, self._operator = reads, commands, tasks, operator
        self._latest = Latest()
        self.batch: BatchRow | None = None
        self.rows: Sequence[RecheckRow] = ()
        self.candidates: Sequence[OutcomeRow] = ()

    def open(self, batch: BatchRow) -> None:
        self.batch = batch
        self.refresh()

    def running(self) -> bool:
        return self.batch is not None and self.batch.state == BatchState.PUBLICISED

    def refresh(self) -> None:
        if self.batch is not None:
            batch = self.batch.id
            self._tasks.read(lambda: (self._reads.rechecks(batch), self._reads.outcomes(batch)), self._on_read,
                             self._latest)

    def _on_read(self, done: "Future[Read]") -> None:
        try:
            self.rows, self.candidates = done.result()
        except EnvironmentFault as fault:
            self.failed.emit(fault)
        else:
            self.shown.emit()

    def ask(self, enrolment: Id, subject: str, text: str) -> None:
        if self.begin():
            command = AskRecheck(enrolment, subject, text, self._operator)
            self._tasks.write(lambda: self._commands.ask(command), self.ended(self.recorded))

    def answer(self, recheck: Id, findings: Sequence[Finding], text: str) -> None:
        if self.begin():
            command = AnswerRecheck(recheck, tuple(findings), text, self._operator)
            self._tasks.write(lambda: self._commands.answer(command), self.ended(self.answered))

    def write_slip(self, recheck: RecheckRow, file: Path) -> None:
        if self.begin() and self.batch is not None:
            batch = self.batch.id
            self._tasks.read(lambda: self._commands.slip(batch, recheck, file), self.ended(self.slip_written))
