"""Bars: across with their names, or upright as a distribution; screen readers get the figures as a sentence."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.theme import GRID, text_font, tokens_of

ROW = 28
NAMES = 132
FIGURES = 108


class BarsAcross(QWidget):
    """Each bar is a share of its row; the words stand beside it."""

    def __init__(self) -> None:
        super().__init__()
        self._bars: tuple[tuple[str, float, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_bars(self, bars: Sequence[tuple[str, float, str]]) -> None:
        """Name, share from 0 to 1, and the figure in words."""
        self._bars = tuple(bars)
        self.setAccessibleDescription(", ".join(f"{name} {words}" for name, _, words in bars))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(360, ROW * max(len(self._bars), 1))

    def minimumSizeHint(self) -> QSize:
        return QSize(280, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, tokens = QPainter(self), tokens_of(self.palette())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(text_font(13))
        metrics, room = painter.fontMetrics(), self.width() - NAMES - FIGURES - 2 * GRID
        for at, (name, share, words) in enumerate(self._bars):
            top = at * ROW
            painter.setPen(QColor(tokens.text))
            painter.drawText(QRectF(0, top, NAMES, ROW), Qt.AlignmentFlag.AlignVCenter,
                             metrics.elidedText(name, Qt.TextElideMode.ElideRight, NAMES - GRID))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.border))
            painter.drawRoundedRect(QRectF(NAMES, top + 9, room, 10), 5, 5)
            painter.setBrush(QColor(tokens.accent))
            if share > 0:
                painter.drawRoundedRect(QRectF(NAMES, top + 9, max(room * min(share, 1.0), 4), 10), 5, 5)
            painter.setPen(QColor(tokens.muted))
            painter.drawText(QRectF(NAMES + room + GRID, top, FIGURES, ROW), Qt.AlignmentFlag.AlignVCenter, words)
        painter.end()


class Distribution(QWidget):
    """Upright bars of equal steps, their counts above and their bounds below; those below the pass mark are paler."""

    def __init__(self) -> None:
        super().__init__()
        self._counts: tuple[int, ...] = ()
        self._pass_from = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_counts(self, counts: Sequence[int], pass_from: int) -> None:
        """`pass_from`: the first bar that passes."""
        self._counts, self._pass_from = tuple(counts), pass_from
        step = 100 // max(len(counts), 1)
        self.setAccessibleDescription(", ".join(f"{at * step}-{(at + 1) * step}: {n}" for at, n in enumerate(counts)))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(420, 200)

    def minimumSizeHint(self) -> QSize:
        return QSize(280, 140)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._counts:
            return
        painter, tokens = QPainter(self), tokens_of(self.palette())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(text_font(13))
        wide, base, most = self.width() / len(self._counts), self.height() - 22, max(*self._counts, 1)
        step = 100 // len(self._counts)
        for at, count in enumerate(self._counts):
            high = (base - 24) * count / most
            colour = QColor(tokens.accent)
            colour.setAlpha(255 if at >= self._pass_from else 96)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawRect(QRectF(at * wide + 4, base - high, wide - 8, high))
            painter.setPen(QColor(tokens.text))
            painter.drawText(QRectF(at * wide, base - high - 20, wide, 18), Qt.AlignmentFlag.AlignCenter,
                             str(count) if count else "")
            painter.setPen(QColor(tokens.muted))
            painter.drawText(QRectF(at * wide, base + 2, wide, 20), Qt.AlignmentFlag.AlignCenter, str(at * step))
        painter.setPen(QColor(tokens.edge))
        painter.drawLine(0, base, self.width(), base)
        painter.end()
