"""A list to choose from by typing any part of an item."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QCompleter


class FindBox(QComboBox):
    def __init__(self) -> None:
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)
        self.setCurrentIndex(-1)

    def offer(self, items: Iterable[tuple[str, str]]) -> None:
        """Words and what they stand for; what was typed stays."""
        typed = self.currentText()
        self.clear()
        for words, data in items:
            self.addItem(words, data)
        at = self.findText(typed)
        self.setCurrentIndex(at)
        if at < 0:
            self.setEditText(typed)

    def chosen(self) -> str:
        """What the typed words stand for; empty where they are no item."""
        at = self.findText(self.currentText())
        return str(self.itemData(at)) if at >= 0 else ""

    def choose_nothing(self) -> None:
        self.setCurrentIndex(-1)
        self.setEditText("")
