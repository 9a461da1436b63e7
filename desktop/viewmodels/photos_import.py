"""State of photos from a folder: its preview by the rules of the commit, and the commit of just that preview."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.domain.events import Id
from appraisal.usecases.ports import Step
from desktop.tasks import Tasks
from desktop.viewmodels.working import Working

if TYPE_CHECKING:
    from appraisal.usecases.import_photos import ImportPhotos, PhotoFate, PhotoRow, PreviewPhotos

PreviewFolder = Callable[["PreviewPhotos", Path, Step], "Sequence[PhotoRow]"]
AssignPhotos = Callable[["ImportPhotos", Step], "Mapping[PhotoFate, int]"]


@dataclass(frozen=True, slots=True)
class PhotosPreview:
    folder: Path
    rows: "Sequence[PhotoRow]"

    def assigned(self) -> int:
        return sum(row.jpeg is not None for row in self.rows)


class PhotosImportViewModel(Working):
    previewed = Signal(object)
    """A PhotosPreview."""
    imported = Signal(object)
    """PhotoFate -> how many rows."""

    def __init__(self, preview: PreviewFolder, take_in: AssignPhotos, operator: Id, tasks: Tasks) -> None:
        super().__init__()
        self._preview, self._take_in, self._operator, self._tasks = preview, take_in, operator, tasks
        self._batch, self._replace, self._overtaken = "", False, False
        self._folder: Path | None = None
        self.shown: PhotosPreview | None = None
        """What may be assigned; None where there is nothing, or it has been."""
        self.previewed.connect(self._keep)
        self.imported.connect(lambda _counts: self._keep(None))

    def choose_batch(self, batch: Id) -> None:
        if batch != self._batch:
            self._batch = batch
            self._again()

    def replace_photos(self, *, replace: bool) -> None:
        """Whether photos that people have already are replaced."""
        if replace != self._replace:
            self._replace = replace
            self._again()

    def open(self, folder: Path) -> None:
        from appraisal.usecases.import_photos import PreviewPhotos  # noqa: PLC0415 - pictures, when a folder is chosen

        if not self._batch:
            self.refused.emit("roster_batch_missing", {})
            return
        if not self.begin():
            return
        self._folder, self.shown = folder, None
        command = PreviewPhotos(self._batch, self._replace)
        self.follow(self._tasks.read_long(
            lambda progress: PhotosPreview(folder, self._preview(command, folder, progress.step)),
            self.ended(self.previewed), self.stepped.emit))

    def take_in(self) -> None:
        """All that the preview takes; where somebody has got another photo since, nothing, and it is previewed anew."""
        from appraisal.usecases.import_photos import ImportPhotos  # noqa: PLC0415 - as above

        shown = self.shown
        if shown is None or not shown.assigned() or not self.begin():
            return
        command = ImportPhotos(shown.rows, self._operator)
        self.follow(self._tasks.write_long(lambda progress: self._take_in(command, progress.step),
                                           self.ended(self.imported), self.stepped.emit))

    def tell(self, problem: RuleViolation | EnvironmentFault) -> None:
        self._overtaken = problem.code == "photos_overtaken"
        super().tell(problem)

    def refresh(self) -> None:
        if self._overtaken:
            self._overtaken = False
            self._again()

    def _again(self) -> None:
        if self._folder is not None:
            self.open(self._folder)

    def _keep(self, shown: PhotosPreview | None) -> None:
        self.shown = shown
