"""State chips, painted: in a cell, or as a widget."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from desktop.models.chips import Chip, Shape
from desktop.theme import Tokens, text_font, tokens_of

CHIP_HEIGHT = 20


def chip_width(chip: Chip) -> int:
    return _width(chip, text_font(13))


def _width(chip: Chip, font: QFont) -> int:
    return QFontMetrics(font).horizontalAdvance(chip.word) + 32


def draw_shape(painter: QPainter, box: QRectF, shape: Shape, ink: QColor) -> None:
    """`shape` within `box`, a square, in `ink`."""
    pen = QPen(ink, max(1.6, box.width() / 7), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap,
               Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    at = [QPointF(box.left() + box.width() * x, box.top() + box.height() * y) for x, y in _POINTS.get(shape, ())]
    if shape in {Shape.RING, Shape.HALF}:
        painter.drawEllipse(box)
    if shape is Shape.DISC:
        painter.setBrush(QBrush(ink))
        painter.drawEllipse(box)
    elif shape is Shape.HALF:
        painter.setBrush(QBrush(ink))
        painter.drawPie(box, 90 * 16, 180 * 16)
    elif shape is Shape.TRIANGLE:
        painter.setBrush(QBrush(ink))
        painter.drawPolygon(QPolygonF(at))
    elif shape is Shape.CROSS:
        painter.drawLine(at[0], at[1])
        painter.drawLine(at[2], at[3])
    elif at:
        painter.drawPolyline(QPolygonF(at))


_POINTS = {
    Shape.TICK: ((0.05, 0.55), (0.38, 0.88), (0.98, 0.15)),
    Shape.TRIANGLE: ((0.5, 0.08), (0.98, 0.92), (0.02, 0.92)),
    Shape.CROSS: ((0.1, 0.1), (0.9, 0.9), (0.9, 0.1), (0.1, 0.9)),
    Shape.BAR: ((0.05, 0.5), (0.95, 0.5)),
}


def draw_chip(painter: QPainter, left: float, middle: float, chip: Chip, tokens: Tokens) -> None:
    """The chip from `left`, centred on height `middle`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font = text_font(13)
    box = QRectF(left, middle - CHIP_HEIGHT / 2, _width(chip, font), CHIP_HEIGHT)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(chip.tone.ground(tokens))
    painter.drawRoundedRect(box, CHIP_HEIGHT / 2, CHIP_HEIGHT / 2)
    ink = chip.tone.ink(tokens)
    draw_shape(painter, QRectF(left + 9, middle - 4, 8, 8), chip.shape, ink)
    painter.setPen(ink)
    painter.setFont(font)
    painter.drawText(box.adjusted(22, -1, 0, -1), Qt.AlignmentFlag.AlignVCenter, chip.word)
    painter.restore()


class StateChip(QWidget):
    """One chip as a widget; screen readers are told its word."""

    def __init__(self, chip: Chip, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chip = chip
        self.set_chip(chip)

    def chip(self) -> Chip:
        return self._chip

    def set_chip(self, chip: Chip) -> None:
        self._chip = chip
        self.setAccessibleName(chip.word)
        self.setFixedSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(chip_width(self._chip) + 1, CHIP_HEIGHT + 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_chip(painter, 0, self.height() / 2, self._chip, tokens_of(self.palette()))
        painter.end()
