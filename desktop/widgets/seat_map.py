"""The seats of one room from the front: people are dragged to another seat, or moved with the keys."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
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
    """Arrows choose a seat; Space takes up who sits there, and puts them down on the seat chosen then. Whoever is held
    stays so while another room is shown."""

    moved = Signal(str, int)
    """Who was put on which seat."""
    chosen = Signal(str)
    """Who sits on the seat that was chosen; empty for nobody."""
    dragged = Signal(QPoint)
    """Somebody is dragged, and is here on the screen."""
    dropped = Signal(str, QPoint)
    """Who was let go where on the screen, beside every seat."""

    def __init__(self) -> None:
        super().__init__()
        self._sitting: Mapping[int, Sitting] = {}
        self._seats, self._easy, self._at, self._places = 0, 0, 1, True
        self._held: Sitting | None = None
        self._dragged: QPointF | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Seat map"))

    def show_seats(self, seats: int, sitting: Mapping[int, Sitting], easy: int = 0, *, places: bool = True) -> None:
        """`sitting`: seat, from 1, and who has it. `easy`: so many from the front are accessible. Without `places` it
        is a list of people, and nobody can be put anywhere in it."""
        self._seats, self._sitting, self._easy, self._places = seats, sitting, easy, places
        self._at = min(max(self._at, 1), max(seats, 1))
        self.updateGeometry()
        self.update()

    def current(self) -> str:
        found = self._sitting.get(self._at)
        return found.id if found else ""

    def choose(self, seat: int) -> None:
        if 1 <= seat <= self._seats:
            self._at = seat
            self.chosen.emit(self.current())
            self.update()

    def let_go(self) -> None:
        self._held = self._dragged = None
        self.update()

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
            self.choose(self._at + step)
        elif event.key() == Qt.Key.Key_Space:
            self._take_or_put()
        elif event.key() == Qt.Key.Key_Escape and self._held:
            self.let_go()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if (seat := self._seat_at(event.position())) and event.button() == Qt.MouseButton.LeftButton:
            self.choose(seat)
            self._held = self._sitting.get(seat)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is not None:
            self._dragged = event.position()
            self.dragged.emit(event.globalPosition().toPoint())
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        seat, held, at = self._seat_at(event.position()), self._held, event.globalPosition().toPoint()
        dragged = self._dragged is not None
        self.let_go()
        if held is None or not dragged:
            return
        if seat:
            self._put(held, seat)
        else:
            self.dropped.emit(held.id, at)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def _take_or_put(self) -> None:
        held, self._held = self._held, None
        if held is None:
            self._held = self._sitting.get(self._at)
        else:
            self._put(held, self._at)
        self.update()

    def _put(self, held: Sitting, seat: int) -> None:
        if self._places and self._sitting.get(seat) != held:
            self._at = seat
            self.moved.emit(held.id, seat)

    def _seat_at(self, point: QPointF) -> int:
        """0 for none, in one step whatever the number of seats."""
        down, across = int(point.y() // (HIGH + GAP)), int(point.x() // (self.width() / ACROSS))
        seat = down * ACROSS + across + 1
        inside = 0 <= across < ACROSS and 1 <= seat <= self._seats and self.visibleRegion().contains(point.toPoint())
        return seat if inside and self.box(seat).contains(point) else 0

    # painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        high, seen = HIGH + GAP, event.rect()
        for seat in range(max(seen.top() // high, 0) * ACROSS + 1,
                          min((seen.bottom() // high + 1) * ACROSS, self._seats) + 1):
            self._paint(painter, self.box(seat), self._sitting.get(seat), seat)
        if self._held is not None and self._dragged is not None:
            box = self.box(1)
            box.moveCenter(self._dragged)
            painter.setOpacity(0.8)
            self._paint(painter, box, self._held)
        painter.end()

    def _paint(self, painter: QPainter, box: QRectF, one: Sitting | None, seat: int = 0) -> None:
        """`seat`: 0 for somebody who is being dragged."""
        tokens = tokens_of(self.palette())
        here, held = seat == self._at and self.hasFocus(), one is not None and one == self._held
        painter.setPen(QPen(QColor(tokens.accent if here or held else tokens.border), 2 if here or held else 1))
        painter.setBrush(QColor(tokens.info_soft if one and one.pinned else tokens.base if one else tokens.window))
        painter.drawRoundedRect(box, 4, 4)
        painter.setFont(text_font(12))
        painter.setPen(QColor(tokens.muted))
        marks = f"{seat if seat and self._places else ''}{' ⚲' if one and one.pinned else ''}"
        painter.drawText(box.adjusted(6, 2, -4, 0), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, marks)
        if (one and one.accessible) or 1 <= seat <= self._easy:
            painter.setPen(QColor(tokens.accent if one and one.accessible else tokens.muted))
            painter.drawText(box.adjusted(6, 2, -6, 0), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, "♿")
        if one is not None:
            painter.setFont(text_font(14))
            painter.setPen(QColor(tokens.text))
            name = painter.fontMetrics().elidedText(one.name, Qt.TextElideMode.ElideRight, int(box.width()) - 8)
            painter.drawText(box.adjusted(4, 14, -4, 0), Qt.AlignmentFlag.AlignCenter, name)
