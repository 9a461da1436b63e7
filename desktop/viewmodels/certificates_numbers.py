"""The province's list of certificate numbers: read, looked at, then taken in whole."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.problem import Verdict
from appraisal.sheets.numbers import NumberRow, NumbersReading
from appraisal.usecases.import_numbers import NationalNumber, accepted
from appraisal.usecases.ports import Step
from desktop.tasks import Cancelled, Tasks

MOST_BYTES = 100 << 20


class NumbersViewModel(QObject):
    read = Signal()
    """There is a `reading` to look at."""
    taken_in = Signal(int)
    """How many numbers are new."""
    refused = Signal(str, object)
    """Code and the details of its sentence; nothing was taken in."""
    failed = Signal(object)
    """The EnvironmentFault."""
    cancelled = Signal()
    began = Signal(object)
    """The Progress of taking in."""
    stepped = Signal(int, int)
    ended = Signal()

    def __init__(self, tasks: Tasks, preview: Callable[[Id, bytes, str], NumbersReading],
                 take_in: Callable[[Id, tuple[NationalNumber, ...], Step], int]) -> None:
        """`preview(batch, data, file_name)` and `take_in(batch, rows, step)` raise RuleViolation."""
        super().__init__()
        self._tasks, self._preview, self._take_in = tasks, preview, take_in
        self._busy, self._batch = False, ""
        self.file_name = ""
        self.reading: NumbersReading | None = None

    def choose(self, batch: Id, path: Path) -> None:
        if self._busy:
            return
        self._busy, self._batch, self.file_name, self.reading = True, batch, path.name, None
        self._tasks.write(lambda: self._read(batch, path), self._on_read)

    def rows(self) -> tuple[NumberRow, ...]:
        """Rows that hold data."""
        return tuple(row for row in self.reading.rows if row.verdict is not Verdict.SKIP) if self.reading else ()

    def accepted(self) -> tuple[NationalNumber, ...]:
        """Those that can be taken in and are not here yet."""
        if self.reading is None:
            return ()
        return accepted(replace(self.reading, rows=tuple(
            row for row in self.reading.rows if all(p.code != "NUMBER_KNOWN" for p in row.problems))))

    def take_in(self) -> None:
        rows, batch = self.accepted(), self._batch
        if rows and not self._busy:
            self._busy = True
            self.began.emit(self._tasks.write_long(
                lambda progress: self._take_in(batch, rows, progress.step), self._on_taken, self.stepped.emit))

    def _read(self, batch: Id, path: Path) -> NumbersReading:
        try:
            if path.stat().st_size > MOST_BYTES:
                raise RuleViolation("verify_file_too_large", "file", file=path.name, most=MOST_BYTES >> 20)
            data = path.read_bytes()
        except OSError as fault:
            raise EnvironmentFault(
                "file_unreadable", file=path.name, reason=fault.strerror or str(fault)) from fault
        return self._preview(batch, data, path.name)

    def _on_read(self, done: "Future[NumbersReading]") -> None:
        self._busy = False
        try:
            self.reading = done.result()
        except (RuleViolation, EnvironmentFault) as problem:
            self._tell(problem)
        else:
            self.read.emit()

    def _on_taken(self, done: "Future[int]") -> None:
        self._busy = False
        self.ended.emit()
        try:
            self.taken_in.emit(done.result())
        except Cancelled:
            self.cancelled.emit()
        except (RuleViolation, EnvironmentFault) as problem:
            self._tell(problem)

    def _tell(self, problem: RuleViolation | EnvironmentFault) -> None:
        if isinstance(problem, RuleViolation):
            self.refused.emit(problem.code, problem.detail)
        else:
            self.failed.emit(problem)
