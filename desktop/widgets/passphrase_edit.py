"""A passphrase field that notices Caps Lock and can show what was typed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.widgets.icons import icon


class PassphraseEdit(QLineEdit):
    caps_lock_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._caps_lock = False
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        self.reveal = self.addAction(icon("eye", "muted"), QLineEdit.ActionPosition.TrailingPosition)
        self.reveal.setToolTip(self.tr("Show or hide the passphrase"))
        self.reveal.triggered.connect(self._toggle)

    def caps_lock(self) -> bool:
        """As the last key told: no system asks Qt for the lock itself, a capital letter without Shift shows it."""
        return self._caps_lock

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed, shift = event.text(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() == Qt.Key.Key_CapsLock:
            self._notice(on=not self._caps_lock)
        elif len(typed) == 1 and typed.isascii() and typed.isalpha():
            self._notice(on=typed.isupper() != shift)
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._notice(on=False)
        super().focusOutEvent(event)

    def _notice(self, *, on: bool) -> None:
        if on != self._caps_lock:
            self._caps_lock = on
            self.caps_lock_changed.emit(on)

    def _toggle(self) -> None:
        hidden = self.echoMode() == QLineEdit.EchoMode.Password
        self.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
