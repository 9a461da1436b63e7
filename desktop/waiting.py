"""A desk that waits for its turn in a centre on a server, in words; the window's way of showing it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from appraisal.domain.errors import EnvironmentFault
from desktop.errors import sentence

if TYPE_CHECKING:
    from db.turns import Holder


def waiting_words(holder: "Holder | None") -> str:
    """Who has the turn, since when, and that nothing has to be done; empty where nobody waits any more."""
    if holder is None:
        return ""
    code = "turn_awaited_unknown" if holder.desk is None else "turn_awaited"
    return sentence(code, {"desk": holder.desk, "since": holder.since_when})


class Waiting(QObject):
    """Told on the writer's thread, it says on the window's; once ended, whoever waits is let go with nothing saved."""

    said = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ended = False

    def tell(self, holder: "Holder | None") -> None:
        if self._ended and holder is not None:
            raise EnvironmentFault("centre_busy")
        self.said.emit(waiting_words(holder))

    def end(self) -> None:
        self._ended = True
