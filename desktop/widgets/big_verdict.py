"""One big state, in colour, shape and word, with what it means and what to do."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.models.chips import Chip, Shape, Tone
from desktop.theme import GRID, text_font, tokens_of
from desktop.widgets.basics import label
from desktop.widgets.chip import draw_shape


class _Emblem(QWidget):
    """The shape in a disc of the tone's ground."""

    def __init__(self) -> None:
        super().__init__()
        self.tone, self.shape = Tone.NEUTRAL, Shape.RING
        self.setFixedSize(72, 72)

    def sizeHint(self) -> QSize:
        return QSize(72, 72)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = tokens_of(self.palette())
        ink = self.tone.ink(tokens)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawEllipse(QRectF(2, 2, 68, 68))
        draw_shape(painter, QRectF(22, 22, 28, 28), self.shape, self.tone.ground(tokens))
        painter.end()


class BigVerdict(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._emblem = _Emblem()
        self.word, self.sentence = label(""), label("", wrap=True)
        self.word.setFont(text_font(28, bold=True))
        self.word.setStyleSheet("background: transparent;")
        self.sentence.setStyleSheet("background: transparent;")
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        texts = QVBoxLayout()
        texts.setSpacing(GRID // 2)
        texts.addStretch(1)
        texts.addWidget(self.word)
        texts.addWidget(self.sentence)
        texts.addStretch(1)
        line = QHBoxLayout(self)
        line.setContentsMargins(3 * GRID, 2 * GRID, 3 * GRID, 2 * GRID)
        line.setSpacing(2 * GRID)
        line.addWidget(self._emblem)
        line.addLayout(texts, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setMinimumHeight(112)

    def show_verdict(self, verdict: Chip, sentence: str) -> None:
        """`verdict` gives tone, shape and the big word; `sentence` says what it means and what to do."""
        self._emblem.tone, self._emblem.shape = verdict.tone, verdict.shape
        self.word.setText(verdict.word)
        self.sentence.setText(sentence)
        self.setAccessibleName(verdict.word)
        self.setAccessibleDescription(sentence)
        self._emblem.update()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._emblem.tone.ground(tokens_of(self.palette())))
        painter.drawRoundedRect(QRectF(self.rect()), 8, 8)
        painter.end()
