"""A picture behind a frame of fixed proportions, with a guide for the head: dragged, zoomed, or moved with the keys."""

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from appraisal.domain.photo_rule import PhotoRule
from desktop.theme import GRID, tokens_of

STEP = 0.02
"""Of the frame's width: what one press of an arrow moves; with Shift a tenth of it."""
ZOOM = 1.05
"""What one press of + or one notch of the wheel enlarges."""
NOTCH = 120
"""Eighths of a degree in one notch (QWheelEvent.angleDelta)."""
_GROUND, _DIM = QColor("#101418"), QColor(16, 20, 24, 150)
_GUIDE, _EDGE = QColor(255, 255, 255, 210), QColor(16, 20, 24, 160)
_ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}


class PhotoFrame(QWidget):
    """The frame stays in the middle; the picture goes where it is pushed."""

    moved = Signal(float, float)
    """Right and down, in widths of the frame: how far the picture was pushed."""
    zoomed = Signal(float)

    def __init__(self, rule: PhotoRule) -> None:
        super().__init__()
        self._rule, self._image, self._part = rule, QImage(), QRectF()
        self._held: QPointF | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(360, 360)

    def show_image(self, image: QImage) -> None:
        self._image = image
        self.update()

    def show_part(self, part: QRectF) -> None:
        """What lies in the frame, in shares of the picture's width and height."""
        self._part = part
        self.update()

    def frame(self) -> QRectF:
        """In pixels of this widget."""
        height = self.height() - 6 * GRID
        width = min(height * self._rule.width / self._rule.height, self.width() - 6 * GRID)
        made = QRectF(0, 0, width, width * self._rule.height / self._rule.width)
        made.moveCenter(QRectF(self.rect()).center())
        return made

    # keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ARROWS:
            step = STEP / 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEP
            right, down = _ARROWS[Qt.Key(event.key())]
            self.moved.emit(right * step, down * step)
        elif event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoomed.emit(ZOOM)
        elif event.key() == Qt.Key.Key_Minus:
            self.zoomed.emit(1 / ZOOM)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoomed.emit(ZOOM ** (event.angleDelta().y() / NOTCH))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._held = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is not None:
            pushed, width = event.position() - self._held, self.frame().width()
            self._held = event.position()
            self.moved.emit(pushed.x() / width, pushed.y() / width)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._held = None
        self.unsetCursor()

    # painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), _GROUND)
        frame = self.frame()
        if not self._image.isNull() and not self._part.isEmpty():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self._place(frame), self._image)
        around = QPainterPath()
        around.addRect(QRectF(self.rect()))
        around.addRect(frame)
        painter.fillPath(around, _DIM)
        self._draw_guide(painter, frame)
        focus = QColor(tokens_of(self.palette()).accent) if self.hasFocus() else _GUIDE
        painter.setPen(QPen(focus, 3 if self.hasFocus() else 2))
        painter.drawRect(frame)

    def _place(self, frame: QRectF) -> QRectF:
        """Where the whole picture goes, so that its part fills the frame."""
        wide, high = frame.width() / self._part.width(), frame.height() / self._part.height()
        return QRectF(frame.left() - self._part.left() * wide, frame.top() - self._part.top() * high, wide, high)

    def _draw_guide(self, painter: QPainter, frame: QRectF) -> None:
        """Crown, eyes and chin; a dark edge keeps the lines seen on white."""
        head, scale = self._rule.head, frame.width() / self._rule.width
        middle, half = frame.center().x(), head.width * scale / 2
        crown, eyes, chin = (frame.top() + line * scale for line in (head.crown, head.eyes, head.chin))
        for pen in (QPen(_EDGE, 3), QPen(_GUIDE, 1.5, Qt.PenStyle.DashLine)):
            painter.setPen(pen)
            painter.drawEllipse(QRectF(middle - half, crown, 2 * half, chin - crown))
            painter.drawLine(QPointF(frame.left(), eyes), QPointF(frame.right(), eyes))
            for line in (crown, chin):
                painter.drawLine(QPointF(middle - half / 2, line), QPointF(middle + half / 2, line))
