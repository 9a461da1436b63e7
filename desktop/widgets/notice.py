"""An inline notice: what happened, what was kept, what to do. Never a window in the way."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from desktop.models.chips import Tone
from desktop.theme import GRID
from desktop.widgets.basics import restyle
from desktop.widgets.icons import icon, icon_pixmap

_ICONS = {Tone.INFO: "info", Tone.GOOD: "check", Tone.WARN: "warning", Tone.REFUSE: "refuse", Tone.NEUTRAL: "info"}


class Notice(QFrame):
    """Hidden until something is shown in it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "notice")
        self._tone = Tone.INFO
        self.picture, self.text = QLabel(), QLabel()
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.action, self.dismiss = QPushButton(), QToolButton()
        self.dismiss.setIcon(icon("close"))
        self.dismiss.setAccessibleName(self.tr("Dismiss"))
        self.dismiss.setToolTip(self.tr("Dismiss"))
        line = QHBoxLayout(self)
        line.setContentsMargins(GRID + 4, GRID // 2, GRID // 2, GRID // 2)
        line.setSpacing(GRID)
        line.addWidget(self.picture)
        line.addWidget(self.text, 1)
        line.addWidget(self.action)
        line.addWidget(self.dismiss)
        self._on_action: Callable[[], None] | None = None
        self.action.clicked.connect(self._act)
        self.dismiss.clicked.connect(self.hide)
        self.hide()

    def say(self, tone: Tone, sentence: str, action: str = "", on_action: Callable[[], None] | None = None) -> None:
        """Show `sentence`; `action` is the text of a button, if there is something to press."""
        self._tone, self._on_action = tone, on_action
        self.text.setText(sentence)
        self.action.setText(action)
        self.action.setVisible(bool(action))
        self.setAccessibleName(sentence)
        restyle(self, "tone", "info" if tone is Tone.NEUTRAL else tone.value)
        self._paint_picture()
        self.show()

    def info(self, sentence: str) -> None:
        self.say(Tone.INFO, sentence)

    def good(self, sentence: str) -> None:
        self.say(Tone.GOOD, sentence)

    def warn(self, sentence: str) -> None:
        self.say(Tone.WARN, sentence)

    def refuse(self, sentence: str) -> None:
        self.say(Tone.REFUSE, sentence)

    def clear(self) -> None:
        self.text.clear()
        self.hide()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._paint_picture()
        super().changeEvent(event)

    def _paint_picture(self) -> None:
        role = "info" if self._tone is Tone.NEUTRAL else self._tone.value
        self.picture.setPixmap(icon_pixmap(_ICONS[self._tone], 20, self.palette(), role, self.devicePixelRatioF()))

    def _act(self) -> None:
        if self._on_action is not None:
            self._on_action()
