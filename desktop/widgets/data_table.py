"""The house's table: 28-pixel rows, widths remembered, chips drawn, Enter opens; copy, export, print by keys."""

import math

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QSettings, Qt, Signal
from PySide6.QtGui import QGuiApplication, QHelpEvent, QKeyEvent, QKeySequence, QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from desktop.models.chips import Chip
from desktop.models.paged_table import CHIP_ROLE, Key, PagedTableModel
from desktop.theme import ROW_HEIGHT, TEXT_PIXELS, TOKENS, Scheme, scheme_of
from desktop.widgets.chip import chip_width, draw_chip
from desktop.widgets.table_tools import TableTools

Index = QModelIndex | QPersistentModelIndex

PADDING = 8
"""Between a cell's edge and its words, as house.qss and the style make it."""
CHIP_LEFT = 6
_GROUND = int(Qt.ItemDataRole.BackgroundRole)
_State = QStyle.StateFlag
_PLAIN = _State.State_Enabled.value
_MARKED = (_State.State_Enabled | _State.State_Selected | _State.State_HasFocus | _State.State_MouseOver).value


class CellDelegate(QStyledItemDelegate):
    """Draws words. A cell neither chosen nor under the cursor is only its words, and drawing them straight takes half
    the time of the style's way; the style draws the others."""

    def __init__(self, align: Qt.AlignmentFlag, parent: QWidget) -> None:
        super().__init__(parent)
        self._flags = int(align | Qt.AlignmentFlag.AlignVCenter) | Qt.TextFlag.TextSingleLine.value

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        words = index.data()
        if option.state.value & _MARKED != _PLAIN or (words and not words.isprintable()):
            super().paint(painter, option, index)
        elif words:
            box = option.rect.adjusted(PADDING, 0, -PADDING, 0)
            width = box.width()
            if len(words) * TEXT_PIXELS > width:  # else they fit: measuring costs half of drawing
                words = option.fontMetrics.elidedText(words, Qt.TextElideMode.ElideRight, width)
            painter.drawText(box, self._flags, words)  # the painter comes with the colour of words


class ChipDelegate(QStyledItemDelegate):
    """Draws the chip of a cell. Set on chip columns only. Each chip is painted once, and copied after that."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._painted: dict[tuple[Chip, Scheme, int, float], QPixmap] = {}

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        widget: QWidget = option.widget
        if option.state.value & _MARKED != _PLAIN or index.data(_GROUND) is not None:
            box = QStyleOptionViewItem(option)
            self.initStyleOption(box, index)
            box.text = ""
            widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, box, painter, widget)
        chip = index.data(CHIP_ROLE)
        if isinstance(chip, Chip):
            rect = option.rect
            painter.drawPixmap(rect.topLeft(), self._picture(chip, widget, rect.height()))

    def _picture(self, chip: Chip, widget: QWidget, height: int) -> QPixmap:
        """The chip in a row of this height, where the row begins at the left."""
        scheme, scale = scheme_of(widget.palette()), widget.devicePixelRatioF()
        found = self._painted.get((chip, scheme, height, scale))
        if found is None:
            found = QPixmap(math.ceil((chip_width(chip) + CHIP_LEFT + 2) * scale), math.ceil(height * scale))
            found.setDevicePixelRatio(scale)
            found.fill(Qt.GlobalColor.transparent)
            painter = QPainter(found)
            draw_chip(painter, CHIP_LEFT, (height - 1) // 2 + 0.5, chip, TOKENS[scheme])
            painter.end()
            self._painted[chip, scheme, height, scale] = found
        return found


class DataTable(QTableView):
    activated_id = Signal(object)
    """Enter or a double click on a row: its id."""
    current_id = Signal(object)
    """The row the cursor came to; empty when there is none."""

    def __init__(self, name: str, settings: QSettings | None = None, parent: QWidget | None = None) -> None:
        """`name` keys the column widths in `settings`, which outlive the table."""
        super().__init__(parent)
        self._name, self._settings = name, settings
        self._chips = ChipDelegate(self)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        # one that came and went with the number of rows would move columns, and cost a second painting
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().rangeChanged.connect(self._show_handle)
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        rows.hide()
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setStretchLastSection(True)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.sectionResized.connect(self._remember)
        self._filling = False
        self.doubleClicked.connect(self._activate)
        self.tools = TableTools(self, self.copy)

    def show_model(self, model: "PagedTableModel[object]") -> None:
        """Set the model with its column widths, remembered ones first. Sorting starts with a click on a head."""
        self._filling = True
        self.setModel(model)
        for number, column in enumerate(model.columns()):
            kept = self._settings.value(self._key(number)) if self._settings is not None else None
            self.setColumnWidth(number, int(str(kept)) if kept is not None else column.width)
            self.setItemDelegateForColumn(number, self._chips if column.chip else CellDelegate(column.align, self))
        self._filling = False
        head = self.horizontalHeader()
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(True)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        head.sortIndicatorChanged.connect(model.sort)
        self.selectionModel().currentRowChanged.connect(self._tell_current)

    def reset(self) -> None:
        """Lay out at once: left to Qt, the rows are painted, then laid out, then painted again."""
        super().reset()
        self.executeDelayedItemsLayout()

    def set_title(self, title: str) -> None:
        """What heads an exported file and a printed page, and what a screen reader says."""
        self.tools.title = title
        self.setAccessibleName(title)

    def selected_ids(self) -> list[Key]:
        """In the order of the table."""
        model = self.model()
        if not isinstance(model, PagedTableModel):
            return []
        return [model.id_at(i) for i in sorted(index.row() for index in self.selectionModel().selectedRows())]

    def go_to(self, row: int) -> None:
        """Select `row` and bring it into sight."""
        if 0 <= row < self.model().rowCount():
            self.selectRow(row)
            self.scrollTo(self.model().index(row, 0))

    def take_focus(self) -> None:
        """Focus, and the cursor on the first row if it is nowhere yet."""
        self.setFocus()
        if not self.currentIndex().isValid():
            self.go_to(0)

    def copy(self) -> None:
        """The selected rows with their heads, tab separated, onto the clipboard."""
        model = self.model()
        columns = [i for i in range(model.columnCount()) if not self.isColumnHidden(i)]
        lines = [[str(model.headerData(i, Qt.Orientation.Horizontal)) for i in columns]]
        chosen = sorted(index.row() for index in self.selectionModel().selectedRows())
        masks = [model.columns()[i].mask if isinstance(model, PagedTableModel) and self.tools.is_protected() else None
                 for i in columns]
        lines.extend([mask(text) if mask else text for text, mask in zip(
            (str(model.index(number, i).data() or "") for i in columns), masks, strict=True)] for number in chosen)
        clean = ("\t".join(" ".join(cell.split()) for cell in line) for line in lines)
        QGuiApplication.clipboard().setText("\n".join(clean))
        self.tools.tell_copied(len(chosen))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self._activate(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) \
                and event.matches(QKeySequence.StandardKey.Copy):
            event.accept()
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """A cell that is cut off tells its whole text."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            text = index.data(Qt.ItemDataRole.ToolTipRole)
            if text is None and isinstance(whole := index.data(), str):
                width = self.fontMetrics().horizontalAdvance(whole) + ROW_HEIGHT // 2
                text = whole if width > self.columnWidth(index.column()) else None
            QToolTip.showText(event.globalPos(), str(text or ""), self)
            return True
        return super().viewportEvent(event)

    def _activate(self, index: QModelIndex) -> None:
        model = self.model()
        if isinstance(model, PagedTableModel):
            self.activated_id.emit(model.id_at(index.row()))

    def _tell_current(self, current: QModelIndex) -> None:
        model = self.model()
        if isinstance(model, PagedTableModel):
            self.current_id.emit(model.id_at(current.row()) if current.isValid() else "")

    def _show_handle(self, least: int, most: int) -> None:
        """A scroll bar with nowhere to go is a bare groove."""
        self.verticalScrollBar().setEnabled(most > least)

    def _key(self, number: int) -> str:
        return f"tables/{self._name}/{number}"

    def _remember(self, number: int, _old: int, width: int) -> None:
        if self._settings is not None and not self._filling and self.isVisible():
            self._settings.setValue(self._key(number), width)
