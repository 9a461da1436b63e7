"""First start: choose a language and how to begin; then the one form that the choice needs."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from appraisal.domain.errors import EnvironmentFault
from desktop.errors import sentence, sentence_of
from desktop.i18n import LANGUAGES, current_language
from desktop.pages.first_start_join import JoinStep
from desktop.theme import GRID
from desktop.viewmodels.first_start import CentreDraft, FirstStartViewModel, strength
from desktop.widgets.basics import card, label, plain_button, primary_button, row
from desktop.widgets.field_row import Form
from desktop.widgets.icons import icon
from desktop.widgets.notice import Notice
from desktop.widgets.passphrase_edit import PassphraseEdit

CARD_WIDTH = 620


class WelcomeStep(QWidget):
    """Language, and four ways to begin."""

    language_chosen = Signal(str)

    def __init__(self, on_new: Callable[[], None], on_demonstration: Callable[[], None],
                 on_restore: Callable[[], None], on_join: Callable[[], None]) -> None:
        super().__init__()
        self.notice = Notice()
        self.languages = QButtonGroup(self)
        radios = [self._language(code) for code in LANGUAGES]
        self.new = self._way("centre", self.tr("&New centre"), self.tr("Set up this computer for your centre"), on_new)
        self.demonstration = self._way("demonstration", self.tr("&Try with a demonstration centre"),
                                       self.tr("Made-up people and one open batch; nothing is real"),
                                       on_demonstration)
        self.restore = self._way("restore", self.tr("&Restore a backup"),
                                 self.tr("Bring back a centre from its backup file"), on_restore)
        self.join = self._way("sync", self.tr("&Join a centre on a server"),
                              self.tr("Several desks share one database; an administrator lets this computer in"),
                              on_join)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID + GRID // 2)
        column.addWidget(label(self.tr("Welcome to Appraisal Desk"), "title"))
        column.addWidget(label(self.tr("Everything stays on this computer until you send it yourself."), "muted",
                               wrap=True))
        column.addLayout(row(*radios, None))
        for way in (self.new, self.join, self.demonstration, self.restore):
            column.addWidget(way)
        column.addWidget(self.notice)
        column.addStretch(1)

    def _language(self, code: str) -> QRadioButton:
        radio = QRadioButton(LANGUAGES[code])
        radio.setChecked(code == current_language())
        radio.setProperty("language", code)
        radio.clicked.connect(lambda: self.language_chosen.emit(code))
        self.languages.addButton(radio)
        return radio

    def _way(self, icon_name: str, title: str, what: str, run: Callable[[], None]) -> QPushButton:
        made = plain_button(f"  {title}\n  {what}", "", run)
        made.setIcon(icon(icon_name, "accent"))
        made.setIconSize(QSize(28, 28))
        made.setProperty("card", True)
        made.setAccessibleName(title.replace("&", ""))
        made.setAccessibleDescription(what)
        return made


class CentreStep(QWidget):
    """The new centre and its first operator."""

    def __init__(self, on_found: Callable[[CentreDraft, str], None], on_back: Callable[[], None]) -> None:
        super().__init__()
        self._on_found = on_found
        self.form = Form()
        self.editors = {field: QLineEdit() for field in ("name_zh", "name_en", "code", "qr_host", "operator", "login")}
        self.passphrase, self.again = PassphraseEdit(), PassphraseEdit()
        self.editors["qr_host"].setPlaceholderText("verify.example.org")
        titles = {
            "name_zh": (self.tr("Name, &Chinese"), self.tr("As filed; it is printed on every certificate")),
            "name_en": (self.tr("Name, &English"), ""),
            "code": (self.tr("Centre c&ode"), ""),
            "qr_host": (self.tr("QR &host"), self.tr("Where a phone that reads a QR goes; may stay empty")),
            "operator": (self.tr("&Your name"), self.tr("The first operator looks after the others")),
            "login": (self.tr("&Login"), ""),
        }
        for field, editor in self.editors.items():
            self.form.add(field, titles[field][0], editor, titles[field][1])
        self.form.add("passphrase", self.tr("&Passphrase"), self.passphrase)
        self.form.add("again", self.tr("Once &more"), self.again)
        self.found = primary_button(self.tr("&Found the centre"), "check", self._submit)
        self.back = plain_button(self.tr("&Back"), "back", on_back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(label(self.tr("New centre"), "title"))
        column.addWidget(self.form)
        column.addSpacing(GRID)
        column.addStretch(1)
        column.addLayout(row(self.back, None, self.found))
        self.form.finished.connect(self._submit)
        self.passphrase.textChanged.connect(self._show_strength)
        self.passphrase.caps_lock_changed.connect(lambda _on: self._show_strength(self.passphrase.text()))
        self._show_strength("")

    def _submit(self) -> None:
        self.form.clear_refusals()
        typed = {field: editor.text().strip() for field, editor in self.editors.items()}
        self._on_found(CentreDraft(passphrase=self.passphrase.text(), **typed), self.again.text())

    def _show_strength(self, passphrase: str) -> None:
        hints = (self.tr("At least 10 characters; four words that do not belong together are good"),
                 self.tr("Weak: easy to guess"), self.tr("Fair"), self.tr("Strong"))
        hint = hints[strength(passphrase)]
        if self.passphrase.caps_lock():
            hint = self.tr("Caps Lock is on") + "  ·  " + hint
        self.form.rows["passphrase"].set_hint(hint)


class RestoreStep(QWidget):
    """A backup file and the passphrase of an operator of that centre."""

    def __init__(self, on_restore: Callable[[str, str], None], on_back: Callable[[], None]) -> None:
        super().__init__()
        self._on_restore = on_restore
        self.form = Form()
        self.file, self.passphrase = QLineEdit(), PassphraseEdit()
        self.form.add("file", self.tr("Backup &file"), self.file)
        self.form.add("passphrase", self.tr("&Passphrase"), self.passphrase,
                      self.tr("Of any operator of that centre"))
        self.choose = plain_button(self.tr("&Choose …"), "import", self._choose)
        self.restore = primary_button(self.tr("&Restore"), "check", self._submit)
        self.back = plain_button(self.tr("&Back"), "back", on_back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID + GRID // 2)
        column.addWidget(label(self.tr("Restore a backup"), "title"))
        column.addWidget(self.form)
        column.addStretch(1)
        column.addLayout(row(self.back, None, self.choose, self.restore))
        self.form.finished.connect(self._submit)

    def _submit(self) -> None:
        self.form.clear_refusals()
        self._on_restore(self.file.text(), self.passphrase.text())

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("Restore a backup"))
        if chosen:
            self.file.setText(chosen)
            self.passphrase.setFocus()


class FirstStartPage(QWidget):
    """Esc goes back. In another language the steps are made anew (only the first one can choose it)."""

    language_chosen = Signal(str)
    """Whoever made the page calls desktop.i18n.choose_language; the page then speaks it."""

    def __init__(self, view_model: FirstStartViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view_model, self._waiting = view_model, Notice()
        self.setWindowTitle(self.tr("Appraisal Desk"))
        self.steps = QStackedWidget()
        frame, column = card()
        frame.setFixedWidth(CARD_WIDTH)
        column.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 3 * GRID)
        column.addWidget(self._waiting)
        column.addWidget(self.steps)
        ground = QVBoxLayout(self)
        ground.addStretch(1)
        ground.addWidget(frame, 0, Qt.AlignmentFlag.AlignHCenter)
        ground.addStretch(1)
        self._build()
        view_model.busy_changed.connect(self._show_busy)
        view_model.refused.connect(self._show_refused)
        view_model.failed.connect(self._show_failed)

    def _build(self) -> None:
        while (old := self.steps.widget(0)) is not None:
            self.steps.removeWidget(old)
            old.deleteLater()
        self.welcome = WelcomeStep(lambda: self._go(self.centre), self._view_model.make_demonstration,
                                   lambda: self._go(self.restore), lambda: self._go(self.join))
        self.welcome.language_chosen.connect(self.language_chosen)
        self.centre = CentreStep(self._view_model.found, self._go_back)
        self.restore = RestoreStep(self._view_model.restore, self._go_back)
        self.join = JoinStep(self._view_model.join, self._go_back, self._view_model.server)
        for step in (self.welcome, self.centre, self.restore, self.join):
            self.steps.addWidget(step)
        self._go_back()

    def _go(self, step: WelcomeStep | CentreStep | RestoreStep | JoinStep) -> None:
        self.steps.setCurrentWidget(step)
        if isinstance(step, JoinStep):
            step.start()
            return
        first = {self.welcome: self.welcome.new, self.centre: self.centre.editors["name_zh"],
                 self.restore: self.restore.file}[step]
        first.setFocus()

    def _go_back(self) -> None:
        self._go(self.join if self._view_model.server else self.welcome)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.steps.currentWidget() is not self.welcome:
            self._go_back()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._build()
        super().changeEvent(event)

    def _show_busy(self, busy: bool) -> None:
        self.steps.setDisabled(busy)
        if busy:
            self.show_waiting("")
        else:
            self._waiting.clear()

    def show_waiting(self, said: str) -> None:
        """A centre on a server lets one desk write at a time."""
        self._waiting.info(said or self.tr("Working; this takes a few seconds …"))

    def _show_refused(self, code: str, field: str, detail: Mapping[str, Any]) -> None:
        step = self.steps.currentWidget()
        if isinstance(step, CentreStep | RestoreStep | JoinStep):
            step.form.refuse(field, sentence(code, detail))
        else:
            self.welcome.notice.refuse(sentence(code, detail))

    def _show_failed(self, fault: EnvironmentFault) -> None:
        step = self.steps.currentWidget()
        notice = step.form.notice if isinstance(step, CentreStep | RestoreStep | JoinStep) else self.welcome.notice
        notice.warn(sentence_of(fault))
