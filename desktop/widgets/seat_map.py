"""The seats of one room from the front: people are dragged to another seat, or moved with the keys."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.theme import text_font, tokens_of

ACROSS = 6
HIGH, GAP = 46, 6
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -ACROSS, Qt.Key.Key_Down: ACROSS}


@dataclass(frozen=True, slots=True)
class Sitting:
    """Who sits on a seat, as the map shows them."""

    id: str
    name: str
    number: str
    pinned: bool = False
    accessible: bool = False


class SeatMap(QWidget):
    """Arrows choose a seat; Space takes up who sits there, and puts them down on the seat chosen then."""

    moved = Signal(str, int)
    """Who was put on which seat."""
    chosen = Signal(str)
    """Who sits on the seat that was chosen; empty for nobody."""

    def __init__(self) -> None:
        super().__init__()
        self._sitting: Mapping[int, Sitting] = {}
        self._seats, self._at, self._held = 0, 1, 0
        self._dragged: QPointF | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Seat map"))

    def show_seats(self, seats: int, sitting: Mapping[int, Sitting]) -> None:
        """`sitting`: seat, from 1, and who has it."""
        self._seats, self._sitting, self._held = seats, sitting, 0
        self._at = min(max(self._at, 1), max(seats, 1))
        self.updateGeometry()
        self.update()

    def current(self) -> str:
        found = self._sitting.get(self._at)
        return found.id if found else ""

    def box(self, seat: int) -> QRectF:
        """In pixels of this widget."""
        down, across = divmod(seat - 1, ACROSS)
        wide = self.width() / ACROSS
        return QRectF(across * wide + GAP / 2, down * (HIGH + GAP) + GAP / 2, wide - GAP, HIGH)

    def sizeHint(self) -> QSize:
        return QSize(520, max(-(-self._seats // ACROSS), 1) * (HIGH + GAP))

    # keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if (step := _STEPS.get(Qt.Key(event.key()))) is not None:
            self._choose(self._at + step)
        elif event.key() == Qt.Key.Key_Space:
            self._take_or_put()
        elif event.key() == Qt.Key.Key_Escape and self._held:
            self._held = 0
            self.update()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if (seat := self._seat_at(event.position())) and event.button() == Qt.MouseButton.LeftButton:
            self._choose(seat)
            self._held = seat if seat in self._sitting else 0

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held:
            self._dragged = event.position()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        seat, held, self._held, self._dragged = self._seat_at(event.position()), self._held, 0, None
        if seat and held and seat != held:
            self._at = seat
            self.moved.emit(self._sitting[held].id, seat)
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def _take_or_put(self) -> None:
        if not self._held:
            self._held = self._at if self._at in self._sitting else 0
            self.update()
        elif self._held == self._at:
            self._held = 0
            self.update()
        else:
            self.moved.emit(self._sitting[self._held].id, self._at)

    def _choose(self, seat: int) -> None:
        if 1 <= seat <= self._seats:
            self._at = seat
            self.chosen.emit(self.current())
            self.update()

    def _seat_at(self, point: QPointF) -> int:
        return next((seat for seat in range(1, self._seats + 1) if self.box(seat).contains(point)), 0)

    # painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for seat in range(1, self._seats + 1):
            self._paint(painter, seat, self.box(seat))
        if self._held and self._dragged is not None:
            box = self.box(self._held)
            box.moveCenter(self._dragged)
            painter.setOpacity(0.8)
            self._paint(painter, self._held, box)
        painter.end()

    def _paint(self, painter: QPainter, seat: int, box: QRectF) -> None:
        tokens, one = tokens_of(self.palette()), self._sitting.get(seat)
        here = seat == self._at and self.hasFocus()
        painter.setPen(QPen(QColor(tokens.accent if here or seat == self._held else tokens.border), 2 if here else 1))
        painter.setBrush(QColor(tokens.info_soft if one and one.pinned else tokens.base if one else tokens.window))
        painter.drawRoundedRect(box, 4, 4)
        painter.setFont(text_font(12))
        painter.setPen(QColor(tokens.muted))
        marks = f"{seat}{' ⚲' if one and one.pinned else ''}{' ♿' if one and one.accessible else ''}"
        painter.drawText(box.adjusted(6, 2, -4, 0), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, marks)
        if one is not None:
            painter.setFont(text_font(14))
            painter.setPen(QColor(tokens.text))
            name = painter.fontMetrics().elidedText(one.name, Qt.TextElideMode.ElideRight, int(box.width()) - 8)
            painter.drawText(box.adjusted(4, 14, -4, 0), Qt.AlignmentFlag.AlignCenter, name)
