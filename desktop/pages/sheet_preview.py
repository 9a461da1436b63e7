"""The table of a previewed sheet, with counts by verdict, a filter, and the list of refusals to copy."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from appraisal.domain.problem import Problem, Verdict
from appraisal.sheets.wording import column_word, problem_sentence
from desktop.i18n import current_language
from desktop.models.chips import Chip, Shape, Tone
from desktop.models.sheet_preview import FIRST, Index, SheetPreviewModel
from desktop.models.sheet_rows import SheetRow
from desktop.theme import GRID, ROW_HEIGHT
from desktop.widgets.basics import label, plain_button, row
from desktop.widgets.chip import StateChip
from desktop.widgets.data_table import ChipDelegate

WIDTHS = {0: 56, 1: 100, 2: 420}
FIELD_WIDTHS = {"file": 220, "photo": 150, "id_no": 176, "name": 120, "condition": 220, "phone": 120,
                "admission_no": 176}


class _CellDelegate(QStyledItemDelegate):
    """Asks the model itself, once for a cell: Qt would ask for each role, and wait each time for its turn among the
    threads while a file is read."""

    def __init__(self, model: SheetPreviewModel, parent: QTableView) -> None:
        super().__init__(parent)
        self._model = model

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        face = self._model.face(index)
        option.index = index  # type: ignore[assignment]  # as Qt itself does
        option.features |= QStyleOptionViewItem.ViewItemFeature.HasDisplay
        option.displayAlignment = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        option.text = face.text
        if face.mended:
            option.font.setBold(True)
        if face.ground is not None:
            option.backgroundBrush = face.ground
        if face.ink is not None:
            option.palette.setBrush(QPalette.ColorRole.Text, face.ink)


class PreviewTable(QTableView):
    def __init__(self, model: SheetPreviewModel, *, mendable: bool) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(_CellDelegate(model, self))
        self.setItemDelegateForColumn(1, ChipDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.EditKeyPressed | triggers.DoubleClicked if mendable
                             else triggers.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        rows.hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class SheetPreview(QWidget):
    """`shown` rows are kept; nothing here changes the desk. Where it is `mendable`, cells can be typed into."""

    def __init__(self, name: str, listed_by: str = "", *, mendable: bool = False) -> None:
        """`listed_by`: the field that the copied list names each row by; without one it is its number in the sheet, and
        rows without a word are left out."""
        super().__init__()
        self._listed_by = listed_by
        self.model = SheetPreviewModel((self.tr("Row"), self.tr("Verdict"), self.tr("What to look at")), self._title,
                                       self.chip, self._say, self._say_in_file, self.palette, mendable=mendable)
        self.table = PreviewTable(self.model, mendable=mendable)
        self.table.setAccessibleName(name)
        self.counts = {one: StateChip(self.chip(one)) for one in (Verdict.ACCEPT, Verdict.WARN, Verdict.REJECT)}
        self.only = QCheckBox(self.tr("Only rows with a &word"))
        self.only.toggled.connect(lambda on: self.model.only_problems(only=on))
        self.copy = plain_button(self.tr("&Copy the list"), "copy", self.copy_problems)
        self.below = label("", "", wrap=True)
        self.below.setFixedHeight(2 * ROW_HEIGHT - GRID)
        self.below.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.below.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        self.tools = row(*self.counts.values(), None, self.only, self.copy)
        column.addLayout(self.tools)
        column.addWidget(self.table, 1)
        column.addWidget(self.below)
        if mendable:
            column.addWidget(label(self.tr("F2, or typing, mends a cell; Del takes it back to what the file says."),
                                   "muted"))

    def show_rows(self, fields: Sequence[str], rows: Sequence[SheetRow]) -> None:
        self.only.setChecked(False)
        self.model.show_rows(fields, rows)
        for column in range(self.model.columnCount()):
            field = "" if column < FIRST else fields[column - FIRST]
            width = WIDTHS.get(column, FIELD_WIDTHS.get(field, 110))
            self.table.setColumnWidth(column, max(width, self.table.horizontalHeader().sectionSizeHint(column)))
        self._count(rows)
        self.table.selectionModel().currentRowChanged.connect(self._tell)
        first = next((at for at, one in enumerate(rows) if one.verdict is Verdict.REJECT), 0)
        if rows:
            self._go_to(self.model.doubtful_after(first - 1) or (first, FIRST))

    def update_rows(self, rows: Sequence[SheetRow]) -> None:
        """After a cell was mended: the cursor goes on to the next refused one."""
        self.model.update_rows(rows)
        self._count(rows)
        here = self.table.currentIndex()
        if here.isValid() and self.model.row_at(here.row()).verdict is not Verdict.REJECT:
            self._go_to(self.model.doubtful_after(here.row()) or (here.row(), here.column()))
        self._tell(self.table.currentIndex())

    def _go_to(self, place: tuple[int, int]) -> None:
        index = self.model.index(*place)
        self.table.setCurrentIndex(index)
        self.table.scrollTo(index)

    def _count(self, rows: Sequence[SheetRow]) -> None:
        counted = Counter(one.verdict for one in rows)
        for verdict, chip in self.counts.items():
            face = self.chip(verdict)
            chip.set_chip(Chip(face.tone, face.shape, f"{face.word} {counted[verdict]}"))

    def problems_text(self) -> str:
        """What names the row, verdict and sentence, tab separated."""
        key = self._listed_by
        return "\n".join("\t".join((one.cells[key] if key else str(one.row), self.chip(one.verdict).word,
                                    self.model.sentence(one))) for one in self.model.rows() if key or one.shown())

    def copy_problems(self) -> None:
        QGuiApplication.clipboard().setText(self.problems_text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_problems()
        elif event.key() == Qt.Key.Key_Delete and self.table.currentIndex().isValid():
            self.model.take_back(self.table.currentIndex())
        else:
            super().keyPressEvent(event)

    def chip(self, verdict: Verdict) -> Chip:
        return {
            Verdict.ACCEPT: Chip(Tone.GOOD, Shape.TICK, self.tr("Accepted")),
            Verdict.WARN: Chip(Tone.WARN, Shape.TRIANGLE, self.tr("Check")),
            Verdict.REJECT: Chip(Tone.REFUSE, Shape.CROSS, self.tr("Refused")),
        }[verdict]

    def _tell(self, current: QModelIndex) -> None:
        self.below.setText(self.model.sentence(self.model.row_at(current.row())) if current.isValid() else "")

    def _say(self, problem: Problem) -> str:
        return problem_sentence(problem, current_language())

    def _say_in_file(self, text: str) -> str:
        return self.tr("In the file: {text}").format(text=text or "–")

    def _title(self, field: str) -> str:
        return column_word(field, current_language())
