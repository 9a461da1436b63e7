"""Search for a rare character, off the GUI thread."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future

from PySide6.QtCore import QObject, Signal

from appraisal.domain.rare_characters import Han, han_table
from desktop.tasks import Latest, Tasks


class RareCharactersViewModel(QObject):
    found = Signal(object)
    """Those that fit, as Han with whether a font of ours draws it; those that none does last."""

    def __init__(self, can_draw: Callable[[str], bool], tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._can_draw, self._tasks, self._latest = can_draw, tasks, Latest()
        tasks.read(lambda: han_table().find("中"), lambda _done: None)  # read before anybody types

    def search(self, typed: str) -> None:
        def find() -> Sequence[tuple[Han, bool]]:
            found = [(one, self._can_draw(one.character)) for one in han_table().find(typed)]
            return sorted(found, key=lambda pair: not pair[1])

        self._tasks.read(find, self._tell, self._latest)

    def _tell(self, done: "Future[Sequence[tuple[Han, bool]]]") -> None:
        self.found.emit(done.result())
