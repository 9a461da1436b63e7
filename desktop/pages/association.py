"""The association's side on a page: how old its lists are, what is left of its numbers, and the next step beside."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QDateTime, QLocale, QSettings, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QInputDialog, QLabel, QMenu, QVBoxLayout

from appraisal.domain.errors import EnvironmentFault
from appraisal.domain.scheme import Scheme
from appraisal.domain.staleness import Agreed
from appraisal.usecases.association_state import AssociationState, next_step
from desktop.errors import sentence, sentence_of
from desktop.models.chips import Tone
from desktop.pages.association_agree import AgreePanel
from desktop.theme import GRID
from desktop.viewmodels.association import AssociationViewModel
from desktop.viewmodels.association_words import AGREED_BY_SUPERVISOR, ages, known, numbers, said, taken_words
from desktop.widgets.basics import label, plain_button
from desktop.widgets.icons import icon_pixmap
from desktop.widgets.notice import Notice
from desktop.widgets.progress_panel import ProgressPanel

_ICONS = {Tone.GOOD: "check", Tone.WARN: "warning", Tone.REFUSE: "refuse"}


class AssociationPanel(QFrame):
    """With `always`, in sight as soon as an association has granted the desk; else only where something has to be
    done."""

    changed = Signal()
    """Something was taken in, or agreed: what else the page shows may be other now."""

    def __init__(self, view_model: AssociationViewModel, schemes: Mapping[str, Scheme],
                 settings: QSettings | None = None, *, always: bool = False) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._view_model, self._schemes, self._settings, self._always = view_model, schemes, settings, always
        self._state: AssociationState | None = None
        self.picture, self.said = QLabel(), label("", wrap=True)
        self.lists, self.known = label("", "muted", wrap=True), label("", "muted", wrap=True)
        self.updates = plain_button(self.tr("Take in &updates"), "import")
        self.agree = plain_button(self.tr("Supervisor a&grees …"), "check", self.ask_supervisor)
        self.from_folder = QAction(self.tr("From a stick or a folder …"), self)
        self.from_network = QAction(self.tr("Over the network …"), self)
        self.form, self.progress, self.notice = AgreePanel(), ProgressPanel(), Notice()
        self._lay_out()
        self._bind()
        self.hide()

    def ask_supervisor(self) -> None:
        code = next_step(self._state) if self._state is not None else ""
        self._view_model.ask_for_supervisors()
        self.notice.clear()
        self.form.ask(AGREED_BY_SUPERVISOR.get(code, Agreed.STALE_LISTS))
        self._show_details()

    def refresh(self) -> None:
        self._view_model.refresh()

    def leave(self) -> bool:
        """Esc: out of what it asks or does; False where there is nothing to leave."""
        if self.progress.isVisible():
            self.progress.cancel.click()
        elif self.form.isVisible():
            self.form.leave()
        elif self.notice.isVisible():
            self.notice.clear()
            self._show_whether_needed()
        else:
            return False
        return True

    def _lay_out(self) -> None:
        menu = QMenu(self.updates)
        menu.addActions([self.from_folder, self.from_network])
        self.updates.setMenu(menu)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        column.setSpacing(GRID // 2)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        for one in (self.said, self.lists, self.known):
            texts.addWidget(one)
        line = QHBoxLayout()
        line.setSpacing(GRID)
        line.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(texts, 1)
        for button in (self.agree, self.updates):
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(line)
        for part in (self.form, self.progress, self.notice):
            column.addWidget(part)

    def _bind(self) -> None:
        view_model = self._view_model
        self.from_folder.triggered.connect(self.ask_for_folder)
        self.from_network.triggered.connect(self.over_network)
        self.form.agreed.connect(lambda reason, login, passphrase: view_model.agree(
            self.form.what, reason, login, passphrase))
        view_model.state_changed.connect(self._show_state)
        self.form.left.connect(self._show_details)
        view_model.supervisors_changed.connect(self.form.show_supervisors)
        view_model.updates_taken.connect(self._show_taken)
        view_model.agreed.connect(self._show_agreed)
        view_model.agreement_refused.connect(
            lambda field, code, detail: self.form.refuse(field, sentence(code, detail)))
        view_model.refused.connect(lambda code, detail: self._tell(Tone.REFUSE, sentence(code, detail)))
        view_model.failed.connect(self._show_failed)
        view_model.cancelled.connect(lambda: self._tell(Tone.INFO, self.tr("Cancelled. Nothing was taken in.")))
        view_model.busy_changed.connect(self._show_busy)
        view_model.began.connect(lambda progress: self.progress.follow(self.tr("Taking the updates in"), progress))
        view_model.stepped.connect(self.progress.step)

    # what is asked of the operator

    def ask_for_folder(self) -> None:
        last = str(self._settings.value("sync/folder") or "") if self._settings is not None else ""
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Take in updates"), last)
        if chosen:
            self._view_model.take_updates(chosen)

    def over_network(self) -> None:
        address = self._state.address if self._state is not None else ""
        if not address:
            typed, given = QInputDialog.getText(
                self, self.tr("Over the network"), self.tr("The library's address, as the association gives it:"),
                text="https://")
            address = typed.strip() if given else ""
        if address:
            self._view_model.take_updates(address)

    # what is shown

    def _show_state(self, state: AssociationState) -> None:
        self._state = state
        tone, text = said(state, self._schemes)
        self.said.setText(text)
        self.said.setAccessibleName(text)
        self.picture.setPixmap(icon_pixmap(_ICONS[tone], 20, self.palette(), tone.value, self.devicePixelRatioF()))
        self.lists.setText("  ·  ".join(part for part in (ages(state), numbers(state, self._schemes)) if part))
        self.known.setText(known(state))
        self._show_details()
        self.agree.setVisible(next_step(state) in AGREED_BY_SUPERVISOR)
        self.from_network.setText(self.tr("Over the network …") if not state.address else
                                  self.tr("From {address}").format(address=state.address))
        self._show_whether_needed()

    def _show_details(self) -> None:
        """Not beside the form, which needs the room on an old laptop."""
        for part in (self.lists, self.known):
            part.setVisible(self._always and bool(part.text()) and self.form.isHidden())

    def _show_whether_needed(self) -> None:
        state = self._state
        asked = not self.form.isHidden() or not self.notice.isHidden() or not self.progress.isHidden()
        self.setVisible(asked or (state is not None and state.library is not None
                                  and (self._always or bool(next_step(state)))))

    def _show_busy(self, busy: bool) -> None:
        for part in (self.updates, self.agree, self.form):
            part.setDisabled(busy)
        if busy:
            self.notice.clear()
        else:
            self.progress.finish()

    def _show_taken(self, counts: Mapping[str, Any]) -> None:
        self._tell(Tone.WARN if counts["passed_over"] else Tone.GOOD, " ".join(taken_words(counts)))
        self.changed.emit()

    def _show_agreed(self, until: int) -> None:
        stale = self.form.what is Agreed.STALE_LISTS
        self.form.leave()
        when = QLocale().toString(QDateTime.fromMSecsSinceEpoch(until), "yyyy-MM-dd HH:mm")
        self._tell(Tone.GOOD, sentence("agreement_recorded" if stale else "clock_agreed", {"until": when}))
        self.changed.emit()

    def _show_failed(self, fault: EnvironmentFault) -> None:
        self._tell(Tone.WARN, sentence_of(fault))

    def _tell(self, tone: Tone, text: str) -> None:
        self.notice.say(tone, text)
        self._show_whether_needed()
