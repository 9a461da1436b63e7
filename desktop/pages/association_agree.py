"""A supervisor takes it upon themselves, at the desk where the question arises: who, their passphrase, and why."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QSizePolicy, QVBoxLayout

from appraisal.domain.staleness import Agreed
from desktop.theme import GRID
from desktop.viewmodels.association import Supervisor
from desktop.widgets.basics import label, plain_button, row
from desktop.widgets.field_row import Form
from desktop.widgets.passphrase_edit import PassphraseEdit


class AgreePanel(QFrame):
    """Hidden until it is asked for. Enter goes on, Enter in the last field records, Esc leaves."""

    agreed = Signal(str, str, str)
    """Reason, login, passphrase."""
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.what = Agreed.STALE_LISTS
        self._supervisors: Sequence[Supervisor] = ()
        self.heading = label("", "heading")
        self.who, self.passphrase, self.reason = QComboBox(), PassphraseEdit(), QLineEdit()
        self.form = Form()
        self.form.add("operator", self.tr("Super&visor"), self.who)
        self.form.add("passphrase", self.tr("Passp&hrase"), self.passphrase)
        self.form.add("reason", self.tr("R&eason"), self.reason)
        self.reason.setPlaceholderText(self.tr("It is kept for good."))
        self.record = plain_button(self.tr("&Agree"), "check", self._record)
        self.cancel = plain_button(self.tr("Cancel"), "", self.leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.heading)
        column.addWidget(self.form)
        column.addLayout(row(None, self.cancel, self.record))
        self.form.setMaximumWidth(720)
        for one in self.form.rows.values():  # where it is narrow, lists give way and not what is typed into
            one.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.form.finished.connect(self._record)
        self.who.currentIndexChanged.connect(self._show_whether_asked)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.leave)
        self.hide()

    def ask(self, what: Agreed) -> None:
        self.what = what
        self.heading.setText(self.tr("A supervisor agrees to issuing by these lists, for seven days")
                             if what is Agreed.STALE_LISTS else self.tr("A supervisor says that the clock is right"))
        self.form.clear_refusals()
        self.passphrase.clear()
        self.reason.clear()
        self.show()
        self._focus()

    def show_supervisors(self, found: Sequence[Supervisor]) -> None:
        if tuple(found) == tuple(self._supervisors):
            return
        self._supervisors = tuple(found)
        self.who.clear()
        for one in found:
            self.who.addItem(f"{one.name} ({one.login})", one.login)
        self.record.setEnabled(bool(found))
        if self.isVisible():
            self._focus()

    def refuse(self, field: str, sentence: str) -> None:
        self.form.refuse(field, sentence)

    def leave(self) -> None:
        self.passphrase.clear()
        self.hide()
        self.left.emit()

    def _chosen(self) -> Supervisor | None:
        at = self.who.currentIndex()
        return self._supervisors[at] if 0 <= at < len(self._supervisors) else None

    def _show_whether_asked(self) -> None:
        one = self._chosen()
        self.form.rows["passphrase"].setVisible(one is not None and one.asked)

    def _focus(self) -> None:
        one = self._chosen()
        (self.who if one is None else self.passphrase if one.asked else self.reason).setFocus()

    def _record(self) -> None:
        one = self._chosen()
        if one is None:
            return
        self.form.clear_refusals()
        if one.asked and not self.passphrase.text():
            self.form.refuse("passphrase", self.tr("Their own passphrase is needed."))
            return
        self.agreed.emit(self.reason.text(), one.login, self.passphrase.text() if one.asked else "")
