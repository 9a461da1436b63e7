"""State of the dialog for a glyph picture: an image, made black on white and square off the GUI thread."""

from collections.abc import Callable
from concurrent.futures import Future

from PySide6.QtCore import QObject, Signal

from appraisal.documents.glyph import glyph_picture
from appraisal.domain.errors import EnvironmentFault, RuleViolation
from desktop.tasks import Latest, Tasks
from desktop.viewmodels.chosen_file import bytes_of


class GlyphViewModel(QObject):
    made = Signal(bytes)
    """The PNG that would be kept."""
    refused = Signal(object)
    """RuleViolation or EnvironmentFault; the picture before it stays."""

    def __init__(self, character: str, tasks: Tasks) -> None:
        super().__init__()
        self.character, self._tasks, self._latest = character, tasks, Latest()
        self.picture = b""

    def open_file(self, path: str) -> None:
        self._open(lambda: bytes_of(path))

    def open_data(self, data: bytes) -> None:
        self._open(lambda: data)

    def _open(self, read: Callable[[], bytes]) -> None:
        self._tasks.read(lambda: glyph_picture(read()), self._on_made, self._latest)

    def _on_made(self, done: "Future[bytes]") -> None:
        try:
            self.picture = done.result()
        except (RuleViolation, EnvironmentFault) as refusal:
            self.refused.emit(refusal)
        else:
            self.made.emit(self.picture)
