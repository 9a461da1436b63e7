"""The columns of an organisation's sheet, each with what it means; and the words that stand for ours."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHeaderView,
    QLineEdit,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from appraisal.domain.tables import code_tables
from appraisal.sheets.header import KEPT, LEFT_OUT, SEARCHED_ROWS
from appraisal.sheets.mapping import ColumnMapping
from appraisal.sheets.wording import column_word, value_word
from desktop.i18n import current_language
from desktop.pages.candidates_fields import ChoiceBox
from desktop.theme import GRID, ROW_HEIGHT
from desktop.widgets.basics import label, plain_button, primary_button, row

SIZE = QSize(900, 600)


class SheetColumnsDialog(QDialog):
    chosen = Signal(object, str)
    """The Layout, and the organisation under whose name it is kept (empty: for this file only)."""

    def __init__(self, mapping: ColumnMapping, organisation: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Columns of {file}").format(file=mapping.file.name))
        self.resize(SIZE)
        self._mapping = mapping
        self.sheet, self.header_row, self.two_rows = ChoiceBox(), QSpinBox(), QCheckBox(self.tr("&Two rows deep"))
        self.sheet.fill([(grid.name, str(at)) for at, grid in enumerate(mapping.file.sheets)])
        self.sheet.setVisible(len(mapping.file.sheets) > 1)
        self.header_row.setRange(1, SEARCHED_ROWS)
        self.columns = _table([self.tr("Column"), self.tr("What stands in it"), self.tr("Means")])
        self.words = _table([self.tr("Column"), self.tr("Their word"), self.tr("Our word")])
        self.tabs = QTabWidget()
        self.tabs.addTab(self.columns, self.tr("Columns"))
        self.tabs.addTab(self.words, self.tr("Words"))
        self.organisation = QLineEdit(organisation)
        self.organisation.setPlaceholderText(self.tr("Organisation; empty: for this file only"))
        self.use = primary_button(self.tr("&Use"), "check", self._use)
        self._lay_out()
        self._show_place()
        self.sheet.currentIndexChanged.connect(self._place_chosen)
        self.header_row.valueChanged.connect(self._place_chosen)
        self.two_rows.toggled.connect(self._place_chosen)
        self.tabs.currentChanged.connect(self._show_words)
        self.columns.setFocus()

    def _lay_out(self) -> None:
        header, name = label(self.tr("&Header in row")), label(self.tr("&Remember for"))
        header.setBuddy(self.header_row)
        name.setBuddy(self.organisation)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(label(self.windowTitle(), "heading"))
        column.addLayout(row(self.sheet, header, self.header_row, self.two_rows, None))
        column.addWidget(self.tabs, 1)
        column.addLayout(row(name, self.organisation))
        column.addLayout(row(None, plain_button(self.tr("Cancel"), "", self.reject), self.use))

    def _show_place(self) -> None:
        for part in (self.sheet, self.header_row, self.two_rows):
            part.blockSignals(True)
        self.sheet.choose(str(self._mapping.sheet))
        self.header_row.setValue(self._mapping.row + 1)
        self.two_rows.setChecked(self._mapping.depth > 1)
        for part in (self.sheet, self.header_row, self.two_rows):
            part.blockSignals(False)
        self._show_columns()

    def _place_chosen(self) -> None:
        self._mapping.sheet = int(self.sheet.value())
        self._mapping.row = min(self.header_row.value(), len(self._mapping.grid.rows)) - 1
        self._mapping.depth = 2 if self.two_rows.isChecked() else 1
        self._show_columns()

    def _show_columns(self) -> None:
        language = current_language()
        fields = sorted((_field_word(name, language), name) for name in self._mapping.fields())
        choices = [(self.tr("Keep as it is"), KEPT), (self.tr("Leave out"), LEFT_OUT), *fields]
        found = self._mapping.columns()
        self.columns.setRowCount(len(found))
        for at, one in enumerate(found):
            _say(self.columns, at, (one.key, "  ·  ".join(one.samples)))
            box = _box(choices, one.means)
            box.setAccessibleName(one.key)
            box.currentIndexChanged.connect(lambda _index, key=one.key, box=box: self._choose(key, box.value()))
            self.columns.setCellWidget(at, 2, box)

    def _choose(self, key: str, means: str) -> None:
        self._mapping.chosen[key] = means

    def _show_words(self) -> None:
        """Of closed columns, as they are chosen by now."""
        language, closed = current_language(), code_tables().closed
        found = self._mapping.unknown_words()
        self.words.setRowCount(len(found))
        for at, (name, word) in enumerate(found):
            _say(self.words, at, (column_word(name, language), word))
            ours = [(value_word(one, language), one) for one in closed[name].choices]
            box = _box([(self.tr("Not known"), ""), *ours], self._mapping.words.get((name, word), ""))
            box.setAccessibleName(word)
            box.currentIndexChanged.connect(
                lambda _index, one=(name, word), box=box: self._mapping.words.__setitem__(one, box.value()))
            self.words.setCellWidget(at, 2, box)

    def _use(self) -> None:
        self.accept()
        self.chosen.emit(self._mapping.layout(), self.organisation.text().strip())


def _field_word(name: str, language: str) -> str:
    """A subject is no column of its own and has its own word."""
    word = column_word(name, language)
    return value_word(name, language) if word == name else word


def _table(titles: Sequence[str]) -> QTableWidget:
    made = QTableWidget(0, len(titles))
    made.setHorizontalHeaderLabels(list(titles))
    made.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    made.horizontalHeader().setStretchLastSection(True)
    made.verticalHeader().hide()
    made.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    made.verticalHeader().setDefaultSectionSize(ROW_HEIGHT + GRID)
    made.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    made.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
    made.setShowGrid(False)
    made.setColumnWidth(0, 220)
    made.setColumnWidth(1, 340)
    return made


def _say(table: QTableWidget, at: int, texts: Sequence[str]) -> None:
    for column, text in enumerate(texts):
        made = QTableWidgetItem(text)
        made.setToolTip(text)
        table.setItem(at, column, made)


def _box(choices: Sequence[tuple[str, str]], value: str) -> ChoiceBox:
    made = ChoiceBox()
    made.fill(list(choices))
    made.choose(value)
    return made
