"""Registers of a batch: which are wanted, in which language, and their files."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.usecases.reads import BatchRow
from desktop.tasks import Cancelled, Progress, Tasks


@dataclass(frozen=True, slots=True)
class RegisterCommands:
    """What makes them, for one batch."""

    names: Sequence[tuple[str, str]]
    """Code and title of every document, as they follow each other in a batch."""
    write: Callable[[Sequence[str], Path, str, bool, Progress], Sequence[Path]]
    """Names, folder, language, workbooks too."""
    archive: Callable[[Path, str, Progress], int]


class RegistersViewModel(QObject):
    began = Signal(object)
    stepped = Signal(int, int)
    ended = Signal()
    written = Signal(int, str)
    """How many files, and the folder or file that they are in."""
    archived = Signal(int, str)
    refused = Signal(object)
    """RuleViolation or EnvironmentFault."""

    def __init__(self, batch: BatchRow, commands: RegisterCommands, tasks: Tasks) -> None:
        super().__init__()
        self.batch, self.names, self._commands, self._tasks = batch, commands.names, commands, tasks

    def write(self, names: Sequence[str], folder: Path, language: str, *, sheets: bool) -> None:
        self._begin(lambda progress: self._commands.write(names, folder, language, sheets, progress),
                    lambda files: self.written.emit(len(files), str(folder)))

    def archive(self, file: Path, language: str) -> None:
        self._begin(lambda progress: self._commands.archive(file, language, progress),
                    lambda count: self.archived.emit(count, str(file)))

    def _begin(self, work: Callable[[Progress], Any], tell: Callable[[Any], object]) -> None:
        self.began.emit(self._tasks.read_long(work, lambda done: self._on_done(tell, done), self.stepped.emit))

    def _on_done(self, tell: Callable[[Any], object], done: "Future[Any]") -> None:
        self.ended.emit()
        try:
            tell(done.result())
        except Cancelled:
            return
        except (RuleViolation, EnvironmentFault) as problem:
            self.refused.emit(problem)
