"""State of the import of admission numbers: file, preview, commit of just that preview."""

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.domain.events import Id
from appraisal.usecases.import_admissions import AdmissionsPreview, Admitted, ImportAdmissions
from desktop.tasks import Tasks
from desktop.viewmodels.chosen_file import bytes_of


class AdmissionsImportViewModel(QObject):
    previewed = Signal(object)
    """An AdmissionsPreview."""
    imported = Signal(object)
    """What was Admitted."""
    refused = Signal(str, str, object)
    failed = Signal(object)
    busy_changed = Signal(bool)

    def __init__(self, preview: Callable[[bytes, str, Id], AdmissionsPreview],
                 take_in: Callable[[ImportAdmissions], Admitted], operator: Id, tasks: Tasks) -> None:
        super().__init__()
        self._preview, self._take_in, self._operator, self._tasks = preview, take_in, operator, tasks
        self._batch, self._path, self._busy = "", "", False
        self.shown: AdmissionsPreview | None = None

    def choose_batch(self, batch: Id) -> None:
        if batch != self._batch:
            self._batch = batch
            if self._path:
                self.open(self._path)

    def open(self, path: str) -> None:
        if self._busy or not path:
            return
        self._path, self.shown = path, None
        if not self._batch:
            self.refused.emit("roster_batch_missing", "batch", {})
            return
        batch = self._batch
        self._set_busy(busy=True)
        self._tasks.read(lambda: self._preview(bytes_of(path), Path(path).name, batch), self._on_previewed)

    def take_in(self) -> None:
        if self._busy or self.shown is None or not self.shown.seats:
            return
        command = ImportAdmissions(self._batch, self.shown, self._operator)
        self._set_busy(busy=True)
        self._tasks.write(lambda: self._take_in(command), self._on_imported)

    def _on_previewed(self, done: "Future[AdmissionsPreview]") -> None:
        self._set_busy(busy=False)
        try:
            self.shown = done.result()
        except RuleViolation as refusal:
            self.refused.emit(refusal.code, refusal.field, refusal.detail)
        except EnvironmentFault as fault:
            self.failed.emit(fault)
        else:
            self.previewed.emit(self.shown)

    def _on_imported(self, done: "Future[Admitted]") -> None:
        self._set_busy(busy=False)
        try:
            admitted = done.result()
        except RuleViolation as refusal:
            self.refused.emit(refusal.code, refusal.field, refusal.detail)
        except EnvironmentFault as fault:
            self.failed.emit(fault)
        else:
            self._path, self.shown = "", None
            self.imported.emit(admitted)

    def _set_busy(self, *, busy: bool) -> None:
        self._busy = busy
        self.busy_changed.emit(busy)
