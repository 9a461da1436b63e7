"""The forms of the Administration page: enrol, change roles, withdraw, passphrases. Enter goes on, Esc leaves."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget

from appraisal.domain.errors import RuleViolation
from appraisal.domain.operator import SHORTEST_PASSPHRASE, Role, check_roles
from desktop.errors import sentence
from desktop.staff import StaffRow
from desktop.theme import GRID
from desktop.widgets.basics import card, label, plain_button, primary_button, row
from desktop.widgets.field_row import Form
from desktop.widgets.passphrase_edit import PassphraseEdit


def _fits(role: Role, chosen: frozenset[Role]) -> bool:
    """Beside those, as `check_roles` has it."""
    try:
        check_roles(chosen | {role})
    except RuleViolation:
        return False
    return True


def role_word(role: Role) -> str:
    return sentence(f"value.{role.value}")


class RolesEdit(QWidget):
    """A box for each role. The administrator's goes with no other: ticking it takes the others out of reach."""

    entered = Signal()
    changed = Signal()

    def __init__(self, roles: frozenset[Role] = frozenset()) -> None:
        super().__init__()
        self.boxes = {role: QCheckBox(role_word(role)) for role in Role}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 2, 0, 0)
        grid.setVerticalSpacing(2)
        grid.setHorizontalSpacing(2 * GRID)
        for place, (role, box) in enumerate(self.boxes.items()):
            grid.addWidget(box, place // 2, place % 2)
            box.setChecked(role in roles)
            box.toggled.connect(self._suit)
        grid.setColumnStretch(1, 1)
        self.setFocusProxy(next(iter(self.boxes.values())))
        self._suit()

    def roles(self) -> frozenset[Role]:
        return frozenset(role for role, box in self.boxes.items() if box.isChecked())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def _suit(self) -> None:
        chosen = self.roles()
        for role, box in self.boxes.items():
            box.setEnabled(role in chosen or _fits(role, chosen))
        proxy = next(box for box in self.boxes.values() if box.isEnabled())
        self.setFocusProxy(proxy)
        self.changed.emit()


class StaffForm(QWidget):
    """A card with a form, its one primary button and a way back; each form lays it out with its own words."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.form = Form()

    def lay_out(self, title: str, said: str, action: str, submit: Callable[[], None]) -> None:
        self.save = primary_button(action, "check", self.submit)
        self.cancel = plain_button(self.tr("Cancel"), "", self.left.emit)
        self._submit = submit
        frame, column = card()
        column.addWidget(label(title, "heading", wrap=True))
        if said:
            column.addWidget(label(said, "muted", wrap=True))
        column.addWidget(self.form)
        column.addLayout(row(None, self.cancel, self.save))
        ground = QGridLayout(self)
        ground.setContentsMargins(0, 0, 0, 0)
        ground.addWidget(frame, 0, 0)
        ground.setRowStretch(1, 1)
        self.form.finished.connect(self.submit)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self.left)

    def submit(self) -> None:
        if self.save.isEnabled():
            self.form.clear_refusals()
            self._submit()

    def start(self) -> None:
        """The focus into the first field."""
        next(iter(self.form.rows.values())).editor.setFocus()

    def show_busy(self, *, busy: bool) -> None:
        self.form.setDisabled(busy)
        self.save.setDisabled(busy)

    def is_begun(self) -> bool:
        """Something was typed that leaving would lose."""
        return any(isinstance(one.editor, QLineEdit) and one.editor.isModified() for one in self.form.rows.values())

    def _add_passphrases(self, title: str) -> tuple[PassphraseEdit, PassphraseEdit]:
        one, again = PassphraseEdit(), PassphraseEdit()
        hint = self.tr("At least {n} characters; four unrelated words are good").format(n=SHORTEST_PASSPHRASE)
        below = self.form.add("passphrase", title, one, hint)
        self.form.add("again", self.tr("Once &more"), again)
        one.caps_lock_changed.connect(lambda on: below.set_hint(self.tr("Caps Lock is on") if on else hint))
        return one, again


class EnrolForm(StaffForm):
    def __init__(self, enrol: Callable[[str, str, frozenset[Role], str, str], None]) -> None:
        super().__init__()
        self.lay_out(self.tr("Enrol an operator"), self.tr("They sign in with the login and the passphrase, and "
                     "change the passphrase afterwards."), self.tr("&Enrol"), self._enrol)
        self._ask = enrol
        self.login, self.name, self.roles = QLineEdit(), QLineEdit(), RolesEdit()
        self.form.add("login", self.tr("&Login"), self.login, self.tr("For good: it stands in every record"))
        self.form.add("name", self.tr("&Name"), self.name)
        roles = self.form.add("roles", self.tr("&Roles"), self.roles,
                              self.tr("An administrator looks after accounts and has no other role"))
        self.passphrase, self.again = self._add_passphrases(self.tr("&Passphrase"))
        self.roles.changed.connect(roles.accept)
        self.roles.entered.connect(self.passphrase.setFocus)

    def _enrol(self) -> None:
        self._ask(self.login.text(), self.name.text(), self.roles.roles(), self.passphrase.text(), self.again.text())


class RolesForm(StaffForm):
    def __init__(self, whose: StaffRow, change: Callable[[str, frozenset[Role]], None]) -> None:
        super().__init__()
        self.lay_out(self.tr("Roles of {name}").format(name=whose.name),
                     self.tr("The rights change at once, what the windows offer with the next sign-in. What was done "
                             "before stays."),
                     self.tr("&Save"), lambda: change(whose.login, self.roles.roles()))
        self.roles = RolesEdit(whose.roles)
        added = self.form.add("roles", self.tr("&Roles"), self.roles,
                              self.tr("An administrator looks after accounts and has no other role"))
        self._before = whose.roles
        self.roles.changed.connect(added.accept)
        self.roles.entered.connect(self.submit)

    def is_begun(self) -> bool:
        return self.roles.roles() != self._before


class WithdrawForm(StaffForm):
    def __init__(self, whose: StaffRow, withdraw: Callable[[str, str], None]) -> None:
        super().__init__()
        self.lay_out(self.tr("Withdraw {name}").format(name=whose.name),
                     self.tr("They cannot sign in any more, and their passphrase opens the data no more. What they "
                             "did stays under their name. An account is never put back: enrol a new one."),
                     self.tr("With&draw"), lambda: withdraw(whose.login, self.why.text()))
        self.why = QLineEdit()
        self.form.add("why", self.tr("&Reason"), self.why, self.tr("It is kept with the record"))


class GivePassphraseForm(StaffForm):
    """For an operator whose key slot is missing."""

    def __init__(self, whose: StaffRow, give: Callable[[str, str, str], None]) -> None:
        super().__init__()
        self.lay_out(self.tr("Passphrase for {name}").format(name=whose.name), "", self.tr("&Save"),
                     lambda: give(whose.login, self.passphrase.text(), self.again.text()))
        self.passphrase, self.again = self._add_passphrases(self.tr("&Passphrase"))


class OwnPassphraseForm(StaffForm):
    def __init__(self, change: Callable[[str, str, str], None]) -> None:
        super().__init__()
        self.lay_out(self.tr("My passphrase"), "", self.tr("&Save"),
                     lambda: change(self.old.text(), self.passphrase.text(), self.again.text()))
        self.old = PassphraseEdit()
        self.form.add("old", self.tr("&Old passphrase"), self.old)
        self.passphrase, self.again = self._add_passphrases(self.tr("&New passphrase"))


