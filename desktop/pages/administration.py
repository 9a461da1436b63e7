"""Administration page: the operators of this desk, one's own passphrase, copies of the data."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QLocale, QSettings, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from appraisal.domain.errors import EnvironmentFault
from desktop.errors import sentence, sentence_of
from desktop.models.chips import Chip, Shape, Tone
from desktop.models.paged_table import Column, PagedTableModel
from desktop.pages.administration_cards import BackupCard, OwnCard
from desktop.pages.administration_forms import (
    EnrolForm,
    GivePassphraseForm,
    OwnPassphraseForm,
    RolesForm,
    StaffForm,
    WithdrawForm,
    role_word,
)
from desktop.shell.entries import Command
from desktop.staff import StaffRow
from desktop.theme import GRID
from desktop.viewmodels.administration import AdministrationViewModel
from desktop.widgets.basics import label, page_column, plain_button, primary_button, row
from desktop.widgets.data_table import DataTable
from desktop.widgets.notice import Notice

SIDE_WIDTH = 504


def state_chip(one: StaffRow) -> Chip:
    if not one.active:
        return Chip(Tone.NEUTRAL, Shape.BAR, sentence("staff.withdrawn"))
    if not one.has_key:
        return Chip(Tone.WARN, Shape.TRIANGLE, sentence("staff.without_key"))
    return Chip(Tone.GOOD, Shape.TICK, sentence("staff.active"))


def roles_words(one: StaffRow) -> str:
    return "、".join(map(role_word, sorted(one.roles))) if QLocale().language() == QLocale.Language.Chinese \
        else ", ".join(map(role_word, sorted(one.roles)))


class AdministrationPage(QWidget):
    def __init__(self, view_model: AdministrationViewModel, settings: QSettings | None = None) -> None:
        super().__init__()
        self._view_model = view_model
        self.form: StaffForm | None = None
        self._wanted, self._order = "", ("", False)
        self.notice, self.gaps = Notice(), Notice()
        self.gaps.dismiss.hide()
        self.enrol = primary_button(self.tr("&Enrol an operator …"), "add", self.start_enrolling)
        self._make_table(settings)
        self._make_side()
        column = page_column(self)
        column.addLayout(row(label(self.tr("Administration"), "title"), None, self.enrol))
        column.addWidget(self.notice)
        column.addWidget(self.gaps)
        if not view_model.may_change:
            column.addWidget(self._read_only())
        body = QHBoxLayout()
        body.setSpacing(2 * GRID)
        body.addLayout(self._left(), 1)
        body.addWidget(self.side)
        column.addLayout(body, 1)
        self._bind()
        self._show_choice()
        view_model.refresh()

    # parts

    def _make_table(self, settings: QSettings | None) -> None:
        view_model = self._view_model
        self.table = DataTable("operators", settings)
        self.table.set_title(self.tr("Operators"))
        columns: list[Column[StaffRow]] = [
            Column(self.tr("Login"), lambda one: one.login, width=120, key="login"),
            Column(self.tr("Name"), lambda one: one.name, width=130, key="name"),
            Column(self.tr("State"), lambda _one: "", state_chip, width=130),
            Column(self.tr("Roles"), roles_words, width=200)]
        self.model = PagedTableModel(columns, view_model.load, lambda one: one.id, view_model.tasks)
        self.model.setParent(self.table)
        self.table.show_model(self.model)  # type: ignore[arg-type]
        self.change = plain_button(self.tr("&Change roles …"), "edit", self._start_roles)
        self.withdraw = plain_button(self.tr("&Withdraw …"), "close", self._start_withdrawing)
        self.give = plain_button(self.tr("&Give passphrase …"), "lock", self._start_giving)

    def _left(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(GRID)
        column.addWidget(self.table, 1)
        column.addLayout(row(self.change, self.withdraw, self.give, None))
        return column

    def _make_side(self) -> None:
        """What stands beside the table: two cards, or the form that is being filled in."""
        me = self._view_model.me
        self.backup, self.own = BackupCard(self._view_model), OwnCard(me.name, me.login, self._start_own)
        cards = QWidget()
        column = QVBoxLayout(cards)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        column.addWidget(self.backup)
        column.addWidget(self.own)
        column.addStretch(1)
        self.side, self._form_place = QStackedWidget(), QScrollArea()
        self.side.setFixedWidth(SIDE_WIDTH)
        self._form_place.setWidgetResizable(True)
        self._form_place.setFrameShape(QFrame.Shape.NoFrame)
        self._form_place.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._form_place.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.side.addWidget(cards)
        self.side.addWidget(self._form_place)

    def _read_only(self) -> Notice:
        made = Notice()
        made.dismiss.hide()
        made.info(self.tr("You may read this page. Operators and copies are the administrator's; your own passphrase "
                          "you change yourself."))
        return made

    def _bind(self) -> None:
        view_model = self._view_model
        view_model.rows_changed.connect(self._show_rows)
        view_model.done.connect(self._show_done)
        view_model.refused.connect(self._show_refused)
        view_model.failed.connect(self._show_failed)
        view_model.busy_changed.connect(self._show_busy)
        self.table.current_id.connect(lambda _record: self._show_choice())
        self.table.activated_id.connect(lambda _record: self._start_roles())
        self.model.sort_asked.connect(self._sort)
        new = QShortcut(QKeySequence(QKeySequence.StandardKey.New), self)
        new.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        new.activated.connect(self.start_enrolling)
        self.enrol.setToolTip(new.key().toString(QKeySequence.SequenceFormat.NativeText))

    # the shell's protocols

    def commands(self) -> Sequence[Command]:
        own = Command(self.tr("Change my passphrase"), self._start_own, "lock")
        if not self._view_model.may_change:
            return [own]
        return [Command(self.tr("Enrol an operator"), self.start_enrolling, "add", "Ctrl+N"),
                Command(self.tr("Back up now"), self.backup.ask_folder, "export"), own]

    def refresh(self) -> None:
        self._view_model.refresh()

    def may_close(self) -> bool:
        if self.form is None or not self.form.is_begun():
            return True
        self.notice.warn(self.tr("A form on this page is not saved. Save it, or leave it with Esc; then close."))
        self.form.start()
        return False

    # forms

    def start_enrolling(self) -> None:
        if self._view_model.may_change and self.form is None:
            self._open(EnrolForm(self._view_model.enrol))

    def _start_roles(self) -> None:
        self._start_for(self.change, lambda whose: RolesForm(whose, self._view_model.change_roles))

    def _start_withdrawing(self) -> None:
        self._start_for(self.withdraw, lambda whose: WithdrawForm(whose, self._view_model.withdraw))

    def _start_giving(self) -> None:
        self._start_for(self.give, lambda whose: GivePassphraseForm(whose, self._view_model.give_passphrase))

    def _start_own(self) -> None:
        if self.form is None:
            self._open(OwnPassphraseForm(self._view_model.change_own))

    def _start_for(self, button: QWidget, make: Callable[[StaffRow], StaffForm]) -> None:
        whose = self._chosen()
        if whose is not None and button.isEnabled():
            self._open(make(whose))

    def _open(self, form: StaffForm) -> None:
        self.notice.clear()
        self.form = form
        form.left.connect(self._leave)
        self._form_place.setWidget(form)
        self.side.setCurrentWidget(self._form_place)
        self._show_choice()
        form.start()

    def _leave(self) -> None:
        if self._view_model.busy or self.form is None:
            return
        self.form = None
        self.side.setCurrentIndex(0)
        self._form_place.takeWidget().deleteLater()  # its passphrases with it
        self._show_choice()
        self.table.take_focus()

    # what is shown

    def _chosen(self) -> StaffRow | None:
        current = self.table.currentIndex()
        return self._view_model.row(self.model.id_at(current.row())) if current.isValid() else None

    def _show_choice(self) -> None:
        """What may be done about the chosen row now; while a form is open it is the one thing to do."""
        may, whose = self._view_model.may_change and self.form is None, self._chosen()
        active = whose is not None and whose.active
        self.enrol.setVisible(may)
        self.table.setEnabled(self.form is None)
        for button, wanted in ((self.change, active), (self.withdraw, active and whose is not None
                                                       and whose.id != self._view_model.me.id)):
            button.setVisible(self._view_model.may_change)
            button.setEnabled(may and wanted)
        self.give.setVisible(self._view_model.may_change and active and whose is not None and not whose.has_key)
        self.give.setEnabled(may)

    def _show_rows(self, rows: tuple[StaffRow, ...]) -> None:
        chosen = self._chosen()
        wanted = self._wanted or (chosen.login if chosen is not None else "")
        self._wanted = ""
        self._fill()
        place = next((self.model.row_of(one.id) for one in rows if one.login == wanted), 0)
        self.table.go_to(place)
        self._show_gaps()
        self.backup.show_last()
        self._show_choice()

    def _sort(self, key: str, descending: bool) -> None:
        self._order = (key, descending)
        self._fill()

    def _fill(self) -> None:
        key, descending = self._order
        self.model.set_ids(self._view_model.sorted_ids(key, descending=descending))

    def _show_gaps(self) -> None:
        gaps, listed = self._view_model.gaps(), QLocale().createSeparatedList
        said = []
        if gaps.unheld:
            said.append(self.tr("Nobody can sign in as: {roles}. A batch needs them all before it can be finished.")
                        .format(roles=listed([role_word(role) for role in gaps.unheld])))
        said.extend(self.tr("{roles} take {n} different people, and fewer hold them: nobody checks their own work.")
                    .format(roles=listed([role_word(role) for role in roles]), n=len(roles)) for roles in gaps.short)
        if said:
            self.gaps.warn("\n".join(said))
        else:
            self.gaps.clear()

    def _show_done(self, what: str, login: str) -> None:
        self._leave()
        self._wanted = login
        said = {"enrolled": self.tr("{login} is enrolled and can sign in."),
                "roles": self.tr("The roles of {login} are changed."),
                "withdrawn": self.tr("{login} is withdrawn and cannot sign in any more."),
                "given": self.tr("{login} has a passphrase and can sign in."),
                "own": self.tr("Your passphrase is changed. The next sign-in asks for the new one.")}
        self.notice.good(said[what].format(login=login))

    def _show_refused(self, code: str, field: str, detail: Mapping[str, Any]) -> None:
        if self.form is not None:
            self.form.form.refuse(field, sentence(code, detail))
        else:
            self.notice.refuse(sentence(code, detail))

    def _show_failed(self, fault: EnvironmentFault) -> None:
        if self.form is not None and fault.code == "operator_without_key":
            self._leave()
            self._wanted = str(fault.detail["login"])
        self.notice.warn(sentence_of(fault))

    def _show_busy(self, busy: bool) -> None:
        if self.form is not None:
            self.form.show_busy(busy=busy)
