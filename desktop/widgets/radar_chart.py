"""Radar of the seven qualities (or any three and more), painted; screen readers get the figures as a sentence."""

from collections.abc import Sequence
from decimal import Decimal
from math import cos, pi, sin

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.theme import text_font, tokens_of

RINGS = (20, 40, 60, 80, 100)


class RadarChart(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._marks: tuple[Decimal | None, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Radar of qualities"))

    def show_marks(self, names: Sequence[str], marks: Sequence[Decimal | None]) -> None:
        """`marks` out of 100, None where there is none yet. Raises ValueError unless each name has its mark."""
        self._names, self._marks = tuple(names), tuple(marks)
        said = (f"{n} {self.tr('none') if m is None else m}" for n, m in zip(names, marks, strict=True))
        self.setAccessibleDescription(", ".join(said))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, 280)

    def minimumSizeHint(self) -> QSize:
        return QSize(220, 200)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if len(self._names) < 3:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = min(self.width() / 2 - 84, self.height() / 2 - 46)
        centre = QPointF(self.width() / 2, self.height() / 2)
        self._paint_web(painter, centre, radius)
        self._paint_marks(painter, centre, radius)
        self._paint_names(painter, centre, radius)
        painter.end()

    def _at(self, centre: QPointF, radius: float, number: int) -> QPointF:
        angle = 2 * pi * number / len(self._names) - pi / 2
        return QPointF(centre.x() + radius * cos(angle), centre.y() + radius * sin(angle))

    def _ring(self, centre: QPointF, radius: float) -> QPolygonF:
        return QPolygonF([self._at(centre, radius, i) for i in range(len(self._names))])

    def _paint_web(self, painter: QPainter, centre: QPointF, radius: float) -> None:
        tokens = tokens_of(self.palette())
        for ring in RINGS:
            pass_mark = ring == 60
            painter.setPen(QPen(QColor(tokens.edge if pass_mark else tokens.border), 1,
                                Qt.PenStyle.DashLine if pass_mark else Qt.PenStyle.SolidLine))
            painter.drawPolygon(self._ring(centre, radius * ring / 100))
        painter.setPen(QColor(tokens.border))
        for number in range(len(self._names)):
            painter.drawLine(centre, self._at(centre, radius, number))

    def _paint_marks(self, painter: QPainter, centre: QPointF, radius: float) -> None:
        accent = QColor(tokens_of(self.palette()).accent)
        points = [self._at(centre, radius * float(mark or 0) / 100, i) for i, mark in enumerate(self._marks)]
        fill = QColor(accent)
        fill.setAlpha(56)
        painter.setPen(QPen(accent, 2))
        painter.setBrush(fill)
        painter.drawPolygon(QPolygonF(points))
        painter.setBrush(accent)
        for point, mark in zip(points, self._marks, strict=True):
            if mark is not None:
                painter.drawEllipse(point, 3, 3)

    def _paint_names(self, painter: QPainter, centre: QPointF, radius: float) -> None:
        tokens = tokens_of(self.palette())
        for number, (name, mark) in enumerate(zip(self._names, self._marks, strict=True)):
            at = self._at(centre, radius + 10, number)
            side = (at.x() - centre.x()) / max(radius, 1)
            width, height = 72.0, 36.0
            left = at.x() if side > 0.3 else at.x() - width if side < -0.3 else at.x() - width / 2
            top = at.y() - height + 4 if at.y() < centre.y() - radius * 0.8 else at.y() - height / 2
            align = (Qt.AlignmentFlag.AlignLeft if side > 0.3 else Qt.AlignmentFlag.AlignRight
                     if side < -0.3 else Qt.AlignmentFlag.AlignHCenter)
            painter.setFont(text_font(13))
            painter.setPen(QColor(tokens.muted))
            painter.drawText(QRectF(left, top, width, height / 2), align | Qt.AlignmentFlag.AlignVCenter, name)
            painter.setFont(text_font(13, bold=True))
            painter.setPen(QColor(tokens.text))
            painter.drawText(QRectF(left, top + height / 2, width, height / 2),
                             align | Qt.AlignmentFlag.AlignVCenter, "–" if mark is None else str(mark))
