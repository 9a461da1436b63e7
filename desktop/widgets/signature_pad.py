"""A field to sign in with a finger, a pen or the mouse."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.theme import GRID, tokens_of

FIELD = (1000, 300)
"""What strokes are measured in, whatever the size on the screen."""
NEAR = 4
"""Points nearer than this to the last one say nothing new."""


class SignaturePad(QWidget):
    signed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._strokes: list[list[QPointF]] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(self.tr("Sign here with a finger, a pen or the mouse. Delete clears it."))

    def sizeHint(self) -> QSize:
        return QSize(240, 72)

    def strokes(self) -> str:
        """`x,y x,y …` for each stroke, strokes apart by `;`; empty where nobody has signed."""
        return ";".join(" ".join(f"{point.x():.0f},{point.y():.0f}" for point in stroke) for stroke in self._strokes)

    def clear(self) -> None:
        self._strokes = []
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._strokes.append([self._inside(event.position())])
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = self._inside(event.position())
        if self._strokes and (point - self._strokes[-1][-1]).manhattanLength() >= NEAR:
            self._strokes[-1].append(point)
            self.update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self.signed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = tokens_of(self.palette())
        painter.setPen(QPen(QColor(tokens.accent if self.hasFocus() else tokens.edge), 1))
        painter.setBrush(QColor(tokens.base))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setPen(QPen(QColor(tokens.muted), 1, Qt.PenStyle.DotLine))
        line = self.height() - 2 * GRID
        painter.drawLine(GRID, line, self.width() - GRID, line)
        painter.setPen(QPen(QColor(tokens.text), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        scale = self._scale()
        for stroke in self._strokes:
            painter.drawPolyline(QPolygonF([point * scale for point in stroke]))

    def _scale(self) -> float:
        return min(self.width() / FIELD[0], self.height() / FIELD[1])

    def _inside(self, point: QPointF) -> QPointF:
        scaled = point / self._scale()
        return QPointF(min(max(scaled.x(), 0), FIELD[0]), min(max(scaled.y(), 0), FIELD[1]))
