"""Sign-in page: login, passphrase, Enter. Lays out widgets, binds them to the view-model, decides nothing."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from appraisal.domain.errors import EnvironmentFault
from desktop.errors import sentence, sentence_of
from desktop.theme import GRID
from desktop.viewmodels.sign_in import SignInViewModel
from desktop.widgets.basics import card, label, primary_button, row
from desktop.widgets.field_row import Form
from desktop.widgets.passphrase_edit import PassphraseEdit

CARD_WIDTH = 460


class SignInPage(QWidget):
    def __init__(self, view_model: SignInViewModel, centre: str = "", login: str = "",
                 parent: QWidget | None = None) -> None:
        """`centre` is named above the fields; `login` is filled in, as when an operator switches."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Appraisal Desk"))
        self._view_model = view_model
        self.login, self.passphrase = QLineEdit(login), PassphraseEdit()
        self.form = Form()
        self.form.add("login", self.tr("&Login"), self.login)
        self.form.add("passphrase", self.tr("&Passphrase"), self.passphrase)
        self.enter = primary_button(self.tr("&Sign in"), "", self._submit)
        frame, column = card()
        frame.setFixedWidth(CARD_WIDTH)
        column.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 3 * GRID)
        column.setSpacing(2 * GRID)
        column.addWidget(label(self.tr("Sign in"), "title"))
        if centre:
            column.addWidget(label(centre, "muted", wrap=True))
        column.addWidget(self.form)
        column.addLayout(row(None, self.enter))
        ground = QVBoxLayout(self)
        ground.addStretch(2)
        ground.addWidget(frame, 0, Qt.AlignmentFlag.AlignHCenter)
        ground.addStretch(3)
        self.form.finished.connect(self._submit)
        self.passphrase.caps_lock_changed.connect(self._show_caps_lock)
        view_model.busy_changed.connect(self._show_busy)
        view_model.refused.connect(self._show_refused)
        view_model.failed.connect(self._show_failed)

    def show_waiting(self, said: str) -> None:
        """Signing in waits too, while another desk of the centre writes."""
        self.form.notice.info(said) if said else self.form.notice.clear()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        (self.passphrase if self.login.text() else self.login).setFocus()

    def _submit(self) -> None:
        self.form.clear_refusals()
        self._view_model.submit(self.login.text(), self.passphrase.text())

    def _show_busy(self, busy: bool) -> None:
        self.form.setDisabled(busy)
        self.enter.setDisabled(busy)
        self.enter.setText(self.tr("Opening …") if busy else self.tr("&Sign in"))

    def _show_refused(self, code: str, field: str, detail: Mapping[str, Any]) -> None:
        self.form.refuse(field, sentence(code, detail))

    def _show_failed(self, fault: EnvironmentFault) -> None:
        self.form.notice.warn(sentence_of(fault))

    def _show_caps_lock(self, on: bool) -> None:
        self.form.rows["passphrase"].set_hint(self.tr("Caps Lock is on") if on else "")
