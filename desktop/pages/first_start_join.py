"""First start, the way in to a centre on a server: its address, an administrator of it, and that is all."""

from collections.abc import Callable

from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.theme import GRID
from desktop.viewmodels.first_start import JoinDraft
from desktop.widgets.basics import label, plain_button, primary_button, row
from desktop.widgets.field_row import Form
from desktop.widgets.passphrase_edit import PassphraseEdit

EXAMPLE = "postgresql+psycopg://centre@db.example.org/centre?sslmode=verify-full"
_NUMBER = "[0-9]{0,2}"
"""Or nothing, at which Enter goes on too; how many desks there are, the centre says."""


class JoinStep(QWidget):
    """This computer becomes a desk of a centre whose data are on a PostgreSQL server."""

    def __init__(self, on_join: Callable[[JoinDraft], None], on_back: Callable[[], None], server: str = "") -> None:
        """`server`: the address where it is given already; then there is no way back, for there is no other."""
        super().__init__()
        self._on_join, self._server = on_join, server
        self.form = Form()
        self.address, self.desk, self.login = QLineEdit(server), QLineEdit(), QLineEdit()
        self.passphrase = PassphraseEdit()
        self.address.setPlaceholderText(EXAMPLE)
        self.address.setCursorPosition(0)
        self.address.setReadOnly(bool(server))
        self.desk.setValidator(QRegularExpressionValidator(_NUMBER, self.desk))
        self.form.add("address", self.tr("Server's &address"), self.address,
                      self.tr("As whoever looks after the server gives it; its password is better kept in pgpass"))
        self.form.add("login", self.tr("&Login"), self.login, self.tr("Of an administrator of that centre"))
        self.form.add("passphrase", self.tr("&Passphrase"), self.passphrase)
        self.form.add("desk", self.tr("In place of desk &number"), self.desk,
                      self.tr("Only where that desk's computer is gone; else leave it empty"))
        self.join = primary_button(self.tr("&Join"), "check", self._submit)
        self.back = plain_button(self.tr("&Back"), "back", on_back)
        self.back.setVisible(not server)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID + GRID // 2)
        column.addWidget(label(self.tr("Join a centre on a server"), "title"))
        column.addWidget(self.form)
        column.addStretch(1)
        column.addLayout(row(self.back, None, self.join))
        self.form.finished.connect(self._submit)
        self.passphrase.caps_lock_changed.connect(
            lambda on: self.form.rows["passphrase"].set_hint(self.tr("Caps Lock is on") if on else ""))

    def start(self) -> None:
        (self.login if self._server else self.address).setFocus()

    def _submit(self) -> None:
        self.form.clear_refusals()
        desk = int(self.desk.text()) if self.desk.text() else None
        address = self._server or self.address.text().strip()  # what a server's address shows may lack its password
        self._on_join(JoinDraft(address, desk, self.login.text().strip(), self.passphrase.text()))
