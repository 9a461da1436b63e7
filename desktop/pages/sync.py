"""Sync page: send by stick or over HTTPS, take in what came back, and see how far every record has come."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QLocale, QSettings, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from appraisal.domain.errors import EnvironmentFault
from desktop.errors import sentence, sentence_of
from desktop.models.chips import Tone
from desktop.pages.association import AssociationPanel
from desktop.pages.sync_asking import SyncAsking
from desktop.pages.sync_parts import JoinCard, Tiles, Timeline
from desktop.pages.sync_places import PlacesPanel
from desktop.pages.sync_record import NeedsList, OpenAt
from desktop.pages.sync_said import say_exported, say_sent, say_taken_in
from desktop.shell.entries import Command
from desktop.tasks import Progress, Tasks
from desktop.theme import GRID
from desktop.viewmodels.sync import Exported, Requested, SyncState, SyncViewModel
from desktop.viewmodels.sync_words import when
from desktop.widgets.basics import label, page_column, plain_button, primary_button, row
from desktop.widgets.notice import Notice
from desktop.widgets.progress_panel import ProgressPanel


class SyncPage(QWidget):
    def __init__(self, view_model: SyncViewModel, association: AssociationPanel, tasks: Tasks,
                 settings: QSettings | None = None, open_at: OpenAt = lambda _where, _remedy: None,
                 parent: QWidget | None = None) -> None:
        """`settings` remember the stick's folder and column widths; `open_at` shows a record on its own page."""
        super().__init__(parent)
        self._view_model = view_model
        self._joined = False
        self.setAcceptDrops(True)
        self.places, self.tiles, self.timeline = PlacesPanel(), Tiles(), Timeline()
        self.asking, self.association = SyncAsking(self, view_model, self.places, settings), association
        asking = self.asking
        self.send = primary_button(self.tr("&Send by stick …"), "export", self._ask_where_to_send)
        self.take_file = plain_button(self.tr("&Take in a file …"), "import", asking.file)
        self.take_folder = plain_button(self.tr("Take in a &folder …"), "import", asking.folder)
        self.take_short = plain_button(self.tr("Short &receipt …"), "edit", asking.short)
        self.last = label("", "muted")
        self.lacking, self.notice, self.progress = Notice(), Notice(), ProgressPanel()
        self.lacking.dismiss.hide()
        self.join = JoinCard(asking.where_to_request, asking.file)
        self.needs = NeedsList(tasks, settings, open_at)
        self.states = QStackedWidget()
        self._lay_out()
        self._bind()

    def _bind(self) -> None:
        view_model, places = self._view_model, self.places
        view_model.state_changed.connect(self._show_state)
        view_model.places_changed.connect(places.show_sticks)
        view_model.exported.connect(self._show_exported)
        view_model.sent.connect(self._show_sent)
        view_model.send_stopped.connect(self._show_send_stopped)
        view_model.waits.connect(self._show_waits)
        view_model.taken_in.connect(self._show_taken_in)
        view_model.request_written.connect(self._show_request)
        view_model.refused.connect(self._show_refused)
        view_model.failed.connect(self._show_failed)
        view_model.cancelled.connect(self._show_cancelled)
        view_model.busy_changed.connect(self._show_busy)
        view_model.began.connect(self._follow)
        view_model.stepped.connect(self.progress.step)
        places.seen.connect(lambda seen: self.send.setVisible(self._joined and not seen))
        places.look.connect(view_model.look_for_sticks)
        self.association.changed.connect(view_model.refresh)
        for keys, run in ((QKeySequence(QKeySequence.StandardKey.Refresh), self.refresh),
                          (QKeySequence(Qt.Key.Key_Escape), self._leave)):
            QShortcut(keys, self).activated.connect(run)  # in the window: a button that is off has no focus

    # what the shell asks

    def commands(self) -> Sequence[Command]:
        more = [Command(self.tr("Take in the association's updates"), self.association.ask_for_folder, "import"),
                Command(self.tr("Take in updates over the network"), self.association.over_network, "sync")]
        return [*self.asking.commands(joined=self._joined), *(more if self._joined else ())]

    def refresh(self) -> None:
        self._view_model.refresh()
        self.association.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.asking.entered(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.asking.dropped(event)

    # laying out

    def _lay_out(self) -> None:
        column = page_column(self)
        column.addLayout(row(label(self.tr("Sync"), "title"), None, self.take_short, self.take_folder, self.take_file,
                             self.send))
        for part in (self.lacking, self.notice, self.progress, self.places, self.association, self.tiles):
            column.addWidget(part)
        column.addWidget(self.states, 1)
        self.states.addWidget(self.join)
        self.states.addWidget(self._exchange())
        for one, other in ((self.send, self.take_file), (self.take_file, self.take_folder),
                           (self.take_folder, self.take_short), (self.take_short, self.needs.table)):
            self.setTabOrder(one, other)

    def _exchange(self) -> QWidget:
        ground = QWidget()
        self.timeline.setMinimumWidth(320)
        self.timeline.add_foot(self.last)
        line = QHBoxLayout(ground)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2 * GRID)
        line.addWidget(self.needs, 3)
        line.addWidget(self.timeline, 2)
        return ground

    # what the operator does

    def _ask_where_to_send(self) -> None:
        self.notice.clear()
        self.asking.where_to_send()

    def _leave(self) -> None:
        """Esc: out of the work that runs, or of the choice of a place, or away with what was said."""
        if self.progress.isVisible():
            self.progress.cancel.click()
        elif self.places.isVisible():
            self.places.hide()
            self.send.setFocus()
        elif not self.association.leave():
            self.notice.clear()

    # what is shown

    def _show_state(self, state: SyncState) -> None:
        summary = state.summary
        self._joined, self.asking.address = summary.library is not None, state.address
        self.states.setCurrentIndex(1 if self._joined else 0)
        self.send.setVisible(self._joined and not self.places.isVisible())
        for part in (self.take_file, self.take_folder, self.take_short):
            part.setVisible(self._joined)
        self.last.setText(self.tr("Last sent {sent}  ·  last receipt {receipt}").format(
            sent=when(summary.last_export), receipt=when(summary.last_receipt)))
        if summary.lacking:
            self.lacking.say(Tone.WARN, sentence("library_knows_more", {"count": QLocale().toString(summary.lacking)}),
                             self.tr("Take it in …"), self.asking.restoration)
        else:
            self.lacking.clear()
        self.tiles.show_counts(summary.counts)
        self.timeline.show_transfers(state.transfers, dict(summary.counts))
        self.needs.show_needs(state.needs)

    def _show_busy(self, busy: bool) -> None:
        for part in (self.send, self.take_file, self.take_folder, self.take_short, self.join, self.association):
            part.setDisabled(busy)
        if busy:
            self.notice.clear()
            self.places.hide()
        else:
            self.progress.finish()
            self.association.refresh()

    def _follow(self, progress: Progress) -> None:
        self.progress.follow(
            self.tr("Sending over HTTPS") if self._view_model.is_sending()
            else self.tr("Writing to the stick and reading it back"), progress)

    def _show_waits(self, reason: str, seconds: float) -> None:
        self.progress.how_far.setText(sentence("send_waits", {"reason": reason, "seconds": f"{seconds:.0f}"}))

    def _show_exported(self, done: Exported) -> None:
        say_exported(self.notice, done)
        self.send.setFocus()

    def _show_sent(self, counts: Mapping[str, Any]) -> None:
        say_sent(self.notice, counts)

    def _show_send_stopped(self) -> None:
        self.notice.info(self.tr(
            "Stopped. What has arrived at the library stays there; sending again goes on from it."))

    def _show_taken_in(self, counts: Mapping[str, Any]) -> None:
        say_taken_in(self.notice, counts)

    def _show_request(self, made: Requested) -> None:
        self.join.show_words(made.words)
        self.notice.good(self.tr("The request is saved as {file}.").format(file=str(made.file)))
        self.join.grant.setFocus()

    def _show_refused(self, code: str, detail: Mapping[str, Any]) -> None:
        if code == "nothing_to_send":
            self.notice.info(sentence(code))
        else:
            self.notice.refuse(sentence(code, detail))

    def _show_failed(self, fault: EnvironmentFault) -> None:
        self.notice.warn(sentence_of(fault))

    def _show_cancelled(self) -> None:
        self.notice.info(self.tr("Cancelled. Nothing was left on the stick, and nothing here has changed."))
