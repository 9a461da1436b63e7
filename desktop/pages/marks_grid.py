"""The grid that marks are typed into, like a spreadsheet: a digit replaces the cell, Enter goes down, Tab right."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from appraisal.domain.errors import RuleViolation
from appraisal.domain.marks import MarkState
from desktop.models.chips import Shape
from desktop.models.marks_cells import CLOSED, Cell, CellState
from desktop.models.marks_grid import CELL_ROLE, FIRST_SUBJECT, LEVEL, NAME, NUMBER, MarksGridModel
from desktop.theme import ROW_HEIGHT, tokens_of
from desktop.viewmodels.marks_entry import MarksEntryViewModel
from desktop.viewmodels.marks_typed import read_mark
from desktop.widgets.chip import draw_shape

Index = QModelIndex | QPersistentModelIndex
MARK_WIDTH, GLYPH = 116, 9
_SHAPES = {CellState.SAVING: Shape.HALF, CellState.SAVED: Shape.TICK, CellState.REFUSED: Shape.CROSS}
_STEPS = {Qt.Key.Key_Return: (1, 0), Qt.Key.Key_Enter: (1, 0), Qt.Key.Key_Down: (1, 0), Qt.Key.Key_Up: (-1, 0),
          Qt.Key.Key_Tab: (0, 1), Qt.Key.Key_Backtab: (0, -1)}


class MarksGrid(QTableView):
    void_asked = Signal(int, int)
    """Row and subject column of a mark that somebody wants to make void: the page asks them to confirm it."""
    came_to = Signal(int, int)

    def __init__(self, view_model: MarksEntryViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view_model = view_model
        self._model = MarksGridModel(view_model)
        self.setModel(self._model)
        self.setItemDelegate(_MarkDelegate(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.AnyKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked
                             | QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)  # digits and Q, not 全 and 期
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self.horizontalHeader().setHighlightSections(False)
        self.setAccessibleName(self.tr("Marks"))
        self.setAccessibleDescription(self.tr("Type a mark and press Enter; Q for absent, W for void"))
        self._model.modelReset.connect(self._set_up)
        self._set_up()

    # moving

    def go_to(self, row: int, column: int | None = None) -> None:
        """`column`: subject column; None: the first mark still missing."""
        if 0 <= row < len(self._view_model.rows):
            subject = self._view_model.first_open(row) if column is None else column
            self.setCurrentIndex(self._model.index(row, FIRST_SUBJECT + subject))

    def step(self, down: int, right: int) -> None:
        """Down past the last row begins the next subject; right past the last subject begins the next row. Subjects
        that the level does not examine are passed over.
        """
        rows, columns = self._model.rowCount(), self._model.columnCount() - FIRST_SUBJECT
        row, column = self.currentIndex().row(), self.currentIndex().column() - FIRST_SUBJECT
        for _ in range(rows * columns):
            row, column = row + down, column + right
            if row in {-1, rows}:
                row, column = row % rows, column + down
            if column in {-1, columns}:
                row, column = row + right, column % columns
            if not (0 <= row < rows and 0 <= column < columns):
                return
            if self._view_model.cell(row, column).state not in CLOSED:
                self.go_to(row, column)
                return

    def put(self, row: int, column: int, typed: str) -> bool:
        """What was typed into a cell. A scanned admission number goes to its row. False: refused."""
        scanned = self._view_model.row_of(typed)
        if scanned >= 0:
            self._view_model.revert(row, column)
            self.go_to(scanned)
            return True
        try:
            mark = read_mark(typed)
        except RuleViolation:
            mark = None
        if mark is not None and mark.state is MarkState.VOID and self._view_model.cell(row, column).mark != mark:
            self.void_asked.emit(row, column)
            return True
        return self._view_model.enter(row, column, typed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        row, column = index.row(), index.column() - FIRST_SUBJECT
        on_mark = index.isValid() and column >= 0
        if event.matches(QKeySequence.StandardKey.Paste) and on_mark:
            self._view_model.paste(row, column, QGuiApplication.clipboard().text())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape and on_mark:
            self._view_model.revert(row, column)
        elif event.key() in {Qt.Key.Key_Q, Qt.Key.Key_W} and on_mark:
            if self.put(row, column, event.text()) and event.key() == Qt.Key.Key_Q:
                self.step(1, 0)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab} and on_mark:
            self.step(*_STEPS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """The selected cells, tab separated."""
        chosen = sorted((i.row(), i.column()) for i in self.selectedIndexes())
        lines: dict[int, list[str]] = {}
        for row, column in chosen:
            lines.setdefault(row, []).append(str(self._model.index(row, column).data() or ""))
        QGuiApplication.clipboard().setText("\n".join("\t".join(line) for line in lines.values()))

    def keyboardSearch(self, search: str) -> None:
        """Letters are no search here: the search box is."""

    def focusNextPrevChild(self, _forward: bool) -> bool:
        """Tab moves between subjects; the search keys and the mnemonics leave the grid."""
        return not self.currentIndex().isValid() and super().focusNextPrevChild(_forward)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.column() >= FIRST_SUBJECT:
            self.came_to.emit(current.row(), current.column() - FIRST_SUBJECT)

    def _set_up(self) -> None:
        self.setColumnWidth(NUMBER, 184)
        self.setColumnWidth(NAME, 132)
        self.setColumnWidth(LEVEL, 124)
        self.setColumnHidden(LEVEL, all(row.level is None for row in self._view_model.rows))
        for column in range(FIRST_SUBJECT, self._model.columnCount()):
            self.setColumnWidth(column, MARK_WIDTH)
        if self._model.rowCount():
            self.go_to(0)


class _MarkDelegate(QStyledItemDelegate):
    """Edits in place and paints each mark with a small sign of how far its saving is."""

    def __init__(self, grid: MarksGrid) -> None:
        super().__init__(grid)
        self._grid = grid

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        editor.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        editor.setAccessibleName(self.tr("Mark"))
        return editor

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(editor, QLineEdit):
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None:
                self._leave(editor, step)
                return True
        return super().eventFilter(editor, event)

    def setModelData(self, editor: QWidget, _model: object, index: Index) -> None:
        """Left by the mouse: what was typed is saved all the same."""
        if isinstance(editor, QLineEdit):
            self._grid.put(index.row(), index.column() - FIRST_SUBJECT, editor.text())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell = index.data(CELL_ROLE)
        if not isinstance(cell, Cell):
            super().paint(painter, option, index)
            return
        tokens = tokens_of(option.palette)
        box = QStyleOptionViewItem(option)
        self.initStyleOption(box, index)
        box.text = ""
        if cell.state is CellState.REFUSED:
            painter.fillRect(option.rect, QColor(tokens.refuse_soft))
        else:
            self._grid.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, box, painter, self._grid)
        if index == self._grid.currentIndex():
            painter.setPen(QColor(tokens.accent))
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))
            painter.drawRect(option.rect.adjusted(1, 1, -2, -2))
        void = cell.mark is not None and cell.mark.state is MarkState.VOID
        ink = (tokens.refuse if cell.state is CellState.REFUSED else tokens.muted if cell.state in
               CLOSED else tokens.warn if void else tokens.text)
        painter.setPen(QColor(ink))
        painter.drawText(option.rect.adjusted(6, 0, -26, 0), int(Qt.AlignmentFlag.AlignRight
                         | Qt.AlignmentFlag.AlignVCenter), self._grid.model().data(index))
        shape = _SHAPES.get(cell.state)
        if shape is not None:
            sign = {CellState.SAVING: tokens.info, CellState.SAVED: tokens.good}.get(cell.state, tokens.refuse)
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw_shape(painter, QRectF(option.rect.right() - 18, option.rect.center().y() - GLYPH // 2, GLYPH, GLYPH),
                       shape, QColor(sign))
            painter.restore()

    def _leave(self, editor: QLineEdit, step: tuple[int, int]) -> None:
        """Enter, Tab or an arrow: save and go on; what is refused keeps the editor open, all of it chosen."""
        index = self._grid.currentIndex()
        if self._grid.put(index.row(), index.column() - FIRST_SUBJECT, editor.text()):
            self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
            if self._grid.currentIndex() == index and self._grid.hasFocus():
                self._grid.step(*step)
        else:
            editor.selectAll()
