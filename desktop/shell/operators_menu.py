"""A demonstration's operators take turns: a menu instead of a sign-in."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu, QWidget

from appraisal.domain.operator import Operator


class OperatorsMenu(QMenu):
    chosen = Signal(str)
    """The operator's id."""

    def __init__(self, operators: Sequence[Operator], current: str, parent: QWidget) -> None:
        super().__init__(parent)
        for one in operators:
            action = self.addAction(f"{one.name} ({one.login})")
            action.setCheckable(True)
            action.setChecked(one.id == current)
            action.setData(one.id)
        self.triggered.connect(lambda action: self.chosen.emit(action.data()))

    def open_here(self) -> None:
        self.popup(QCursor.pos())
