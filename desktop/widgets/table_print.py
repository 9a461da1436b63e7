"""A whole table on paper: title and heads on every page, long cells wrapped, page x of y."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPageLayout, QPainter, QPen
from PySide6.QtPrintSupport import QPrinter

from appraisal.domain.errors import EnvironmentFault
from desktop.theme import FAMILIES
from desktop.widgets.table_export import Step, TableText

TEXT_POINTS, TITLE_POINTS, SMALL_POINTS = 9.0, 13.0, 8.0
WIDE = 900
"""Pixels of columns on the screen from which the paper is laid on its side."""
_PADDING = 3.0
"""Points around a cell."""
_MARGIN = 12.0
"""Millimetres: punched and filed, the text is still whole."""
_WRAP = int(Qt.TextFlag.TextWrapAnywhere | Qt.TextFlag.TextWordWrap)
_TOP_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


def suit(printer: QPrinter, table: TableText) -> None:
    """Portrait or landscape, by the columns; whoever prints may choose otherwise."""
    wide = sum(table.widths) > WIDE
    printer.setPageOrientation(QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait)
    printer.setPageMargins(QMarginsF(_MARGIN, _MARGIN, _MARGIN, _MARGIN), QPageLayout.Unit.Millimeter)
    printer.setDocName(table.title)


def print_table(table: TableText, printer: QPrinter, page_words: Callable[[int, int], str],
                step: Step) -> tuple[int, int]:
    """How many rows and pages were printed. `page_words(page, pages)` says the foot; `step` counts each row twice,
    read and printed.

    Raises EnvironmentFault print_failed, and what `step` raises: nothing is printed then, or no more.
    """
    rows: list[list[str]] = []
    for row in table.rows:
        rows.append(row)
        step(len(rows), 2 * table.count)
    painter = QPainter()
    if not painter.begin(printer):
        raise EnvironmentFault("print_failed")
    try:
        sheet = _Sheet(painter, printer, table)
        pages = sheet.pages(rows)
        done = 0
        for number, (first, last) in enumerate(pages, 1):
            if number > 1:
                _turn(printer)
            sheet.draw(rows[first:last], page_words(number, len(pages)))
            done += last - first
            step(table.count + done, 2 * table.count)
    except BaseException:
        printer.abort()
        raise
    finally:
        painter.end()
    if printer.printerState() == QPrinter.PrinterState.Error:
        raise EnvironmentFault("print_failed")
    return len(rows), len(pages)


@dataclass(frozen=True, slots=True)
class _Column:
    left: float
    width: float


class _Sheet:
    """One page's measures, in the printer's dots."""

    def __init__(self, painter: QPainter, printer: QPrinter, table: TableText) -> None:
        self._painter, self._table = painter, table
        self._dot = printer.logicalDpiY() / 72
        box = printer.pageLayout().paintRectPixels(printer.resolution())
        self._width, self._height = float(box.width()), float(box.height())
        self._fonts = {(points, bold): _font(points, bold=bold) for points, bold in (
            (TEXT_POINTS, False), (TEXT_POINTS, True), (TITLE_POINTS, True), (SMALL_POINTS, False))}
        self._metrics = QFontMetricsF(self._fonts[TEXT_POINTS, False], printer)
        self._bold = QFontMetricsF(self._fonts[TEXT_POINTS, True], printer)
        self._title_height = QFontMetricsF(self._fonts[TITLE_POINTS, True], printer).height() * 1.6
        self._foot = QFontMetricsF(self._fonts[SMALL_POINTS, False], printer).height() * 1.6
        share, left = self._width / max(1, sum(table.widths)), 0.0
        self._columns: list[_Column] = []
        for width in table.widths:
            self._columns.append(_Column(left, width * share))
            left += width * share
        self._head_height = self._height_of(table.heads, self._bold)

    def pages(self, rows: Sequence[Sequence[str]]) -> list[tuple[int, int]]:
        """First row and the one after the last, for each page; one page for a table without rows."""
        room = self._height - self._title_height - self._head_height - self._foot
        made, first, used = [], 0, 0.0
        for number, row in enumerate(rows):
            height = self._height_of(row, self._metrics)
            if used + height > room and number > first:
                made.append((first, number))
                first, used = number, 0.0
            used += height
        return [*made, (first, len(rows))]

    def draw(self, rows: Sequence[Sequence[str]], foot: str) -> None:
        top = self._title_height
        self._say(QRectF(0, 0, self._width, top), self._table.title, TITLE_POINTS, bold=True)
        self._say(QRectF(0, 0, self._width, top), self._table.made, SMALL_POINTS, right=True)
        self._draw_row(top, self._head_height, self._table.heads, bold=True)
        top += self._head_height
        self._line(top, 0.8)
        for row in rows:
            height = self._height_of(row, self._metrics)
            self._draw_row(top, height, row, bold=False)
            top += height
            self._line(top, 0.25)
        self._say(QRectF(0, self._height - self._foot, self._width, self._foot), foot, SMALL_POINTS, right=True,
                  low=True)

    def _draw_row(self, top: float, height: float, row: Sequence[str], *, bold: bool) -> None:
        self._painter.setFont(self._fonts[TEXT_POINTS, bold])
        pad = _PADDING * self._dot
        for column, text in zip(self._columns, row, strict=True):
            box = QRectF(column.left + pad, top + pad, column.width - 2 * pad, height - pad)
            self._painter.drawText(box, _TOP_LEFT | _WRAP, text)

    def _height_of(self, row: Sequence[str], metrics: QFontMetricsF) -> float:
        pad, lines = _PADDING * self._dot, metrics.height()
        for column, text in zip(self._columns, row, strict=True):
            width = column.width - 2 * pad
            if metrics.horizontalAdvance(text) > width:
                lines = max(lines, metrics.boundingRect(QRectF(0, 0, width, 1e6), _TOP_LEFT | _WRAP, text).height())
        return lines + 2 * pad

    def _say(self, box: QRectF, text: str, points: float, *, bold: bool = False, right: bool = False,
             low: bool = False) -> None:
        self._painter.setFont(self._fonts[points, bold])
        self._painter.setPen(QColor("black"))
        across = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        down = Qt.AlignmentFlag.AlignBottom if low else Qt.AlignmentFlag.AlignTop
        self._painter.drawText(box, int(across | down | Qt.TextFlag.TextSingleLine), text)

    def _line(self, height: float, points: float) -> None:
        self._painter.setPen(QPen(QColor("black"), points * self._dot))
        self._painter.drawLine(QPointF(0, height), QPointF(self._width, height))


def _turn(printer: QPrinter) -> None:
    if not printer.newPage():
        raise EnvironmentFault("print_failed")


def _font(points: float, *, bold: bool) -> QFont:
    font = QFont()
    font.setFamilies(FAMILIES)
    font.setPointSizeF(points)
    font.setBold(bold)
    return font
