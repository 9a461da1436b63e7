"""Sync page: send by stick, take in what came back, and see how far every record has come."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLocale, QSettings, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QInputDialog, QStackedWidget, QVBoxLayout, QWidget

from appraisal.domain.errors import EnvironmentFault
from appraisal.usecases.reads import NeedsYou
from desktop.errors import sentence, sentence_of
from desktop.models.paged_table import Column
from desktop.pages.sync_parts import JoinCard, Tiles, Timeline
from desktop.shell.entries import Command
from desktop.tasks import Progress, Tasks
from desktop.theme import GRID
from desktop.viewmodels.sync import Exported, Requested, SyncState, SyncViewModel
from desktop.viewmodels.sync_words import fate_chip, kind_word, what_to_do, when
from desktop.widgets.basics import label, page_column, plain_button, primary_button, row
from desktop.widgets.notice import Notice
from desktop.widgets.progress_panel import ProgressPanel
from desktop.widgets.rows_table import RowsTable

NumberedNeed = tuple[int, NeedsYou]
_FOLDER = "sync/folder"


class SyncPage(QWidget):
    def __init__(self, view_model: SyncViewModel, tasks: Tasks, settings: QSettings | None = None,
                 parent: QWidget | None = None) -> None:
        """`settings` remember the stick's folder and column widths."""
        super().__init__(parent)
        self._view_model, self._settings = view_model, settings
        self.setAcceptDrops(True)
        self.send = primary_button(self.tr("&Send by stick …"), "export", self._ask_where_to_send)
        self.take_file = plain_button(self.tr("&Take in a file …"), "import", self._ask_for_file)
        self.take_folder = plain_button(self.tr("Take in a &folder …"), "import", self._ask_for_folder)
        self.last = label("", "muted")
        self.notice, self.progress = Notice(), ProgressPanel()
        self.tiles, self.timeline = Tiles(), Timeline()
        self.join = JoinCard(self._ask_where_to_request, self._ask_for_file)
        self.table = self._table(tasks)
        self.nothing = label(self.tr("Nothing needs you."), "muted")
        self.states = QStackedWidget()
        self._lay_out()
        view_model.state_changed.connect(self._show_state)
        view_model.exported.connect(self._show_exported)
        view_model.taken_in.connect(self._show_taken_in)
        view_model.request_written.connect(self._show_request)
        view_model.refused.connect(self._show_refused)
        view_model.failed.connect(self._show_failed)
        view_model.cancelled.connect(self._show_cancelled)
        view_model.busy_changed.connect(self._show_busy)
        view_model.began.connect(self._follow)
        view_model.stepped.connect(self.progress.step)
        for keys, run in ((QKeySequence(QKeySequence.StandardKey.Refresh), self.refresh),
                          (QKeySequence(Qt.Key.Key_Escape), self._leave)):
            QShortcut(keys, self).activated.connect(run)  # in the window: a button that is off has no focus

    # what the shell asks

    def commands(self) -> Sequence[Command]:
        return [Command(self.tr("Send by stick"), self._ask_where_to_send, "export"),
                Command(self.tr("Take in a receipt, a grant or a list"), self._ask_for_file, "import"),
                Command(self.tr("Take in a folder"), self._ask_for_folder, "import"),
                Command(self.tr("Type a short receipt"), self._ask_for_short, "import")]

    def refresh(self) -> None:
        self._view_model.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    # laying out

    def _lay_out(self) -> None:
        column = page_column(self)
        column.addLayout(row(label(self.tr("Sync"), "title"), self.last, None, self.take_folder, self.take_file,
                             self.send))
        column.addWidget(self.notice)
        column.addWidget(self.progress)
        column.addWidget(self.tiles)
        column.addWidget(self.states, 1)
        self.states.addWidget(self.join)
        self.states.addWidget(self._exchange())
        for one, other in ((self.send, self.take_file), (self.take_file, self.take_folder),
                           (self.take_folder, self.table)):
            self.setTabOrder(one, other)

    def _table(self, tasks: Tasks) -> RowsTable[NumberedNeed]:
        return RowsTable("sync-needs", (
            Column(self.tr("State"), lambda _row: "", lambda row: fate_chip(row[1].fate), width=104),
            Column(self.tr("Record"), lambda row: kind_word(row[1].kind), width=96),
            Column(self.tr("Whom"), lambda row: row[1].name, width=128),
            Column(self.tr("What is so, and what to do"), lambda row: what_to_do(row[1]), width=320,
                   tooltip=lambda row: what_to_do(row[1])),
        ), lambda row: str(row[0]), tasks, self._settings)

    def _exchange(self) -> QWidget:
        ground, left = QWidget(), QVBoxLayout()
        left.setSpacing(GRID)
        left.addWidget(label(self.tr("What needs you"), "heading"))
        left.addWidget(self.nothing)
        left.addWidget(self.table, 1)
        left.addStretch(0)
        self.timeline.setMinimumWidth(320)
        line = QHBoxLayout(ground)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2 * GRID)
        line.addLayout(left, 3)
        line.addWidget(self.timeline, 2)
        return ground

    # what is asked of the operator

    def _ask_where_to_send(self) -> None:
        folder = self._ask_folder(self.tr("Choose the stick"))
        if folder is not None:
            self._view_model.export(folder)

    def _ask_where_to_request(self) -> None:
        folder = self._ask_folder(self.tr("Choose the stick"))
        if folder is not None:
            self._view_model.write_request(folder)

    def _ask_for_folder(self) -> None:
        folder = self._ask_folder(self.tr("Take in a folder"))
        if folder is not None:
            self._view_model.take_in(folder)

    def _ask_for_file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, self.tr("Take in a receipt, a grant or a list"), self._last_folder(),
            self.tr("Signed files and pictures (*.cose *.png *.jpg *.jpeg);;All files (*)"))
        if chosen:
            self._view_model.take_in(Path(chosen))

    def _ask_for_short(self) -> None:
        text, given = QInputDialog.getMultiLineText(
            self, self.tr("Type a short receipt"),
            self.tr("As the association reads it to you, in groups of eight, or with a scanner from its picture:"))
        if given and text.strip():
            self._view_model.take_in_typed(text)

    def _ask_folder(self, title: str) -> Path | None:
        chosen = QFileDialog.getExistingDirectory(self, title, self._last_folder())
        if chosen and self._settings is not None:
            self._settings.setValue(_FOLDER, chosen)
        return Path(chosen) if chosen else None

    def _last_folder(self) -> str:
        return str(self._settings.value(_FOLDER) or "") if self._settings is not None else ""

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        for url in event.mimeData().urls():
            if url.isLocalFile():
                self._view_model.take_in(Path(url.toLocalFile()))
                event.acceptProposedAction()
                return

    def _leave(self) -> None:
        """Esc: out of the work that runs, or away with what was said."""
        if self.progress.isVisible():
            self.progress.cancel.click()
        else:
            self.notice.clear()

    # what is shown

    def _show_state(self, state: SyncState) -> None:
        joined = state.summary.library is not None
        self.states.setCurrentIndex(1 if joined else 0)
        for part in (self.send, self.take_file, self.take_folder, self.last):
            part.setVisible(joined)
        self.last.setText(self.tr("Last sent {sent}  ·  last receipt {receipt}").format(
            sent=when(state.summary.last_export), receipt=when(state.summary.last_receipt)))
        self.tiles.show_counts(state.summary.counts)
        self.timeline.show_transfers(state.transfers)
        self._show_needs(state.needs)

    def _show_needs(self, needs: tuple[NeedsYou, ...]) -> None:
        self.nothing.setVisible(not needs)
        self.table.setVisible(bool(needs))
        self.table.show_rows(list(enumerate(needs)))

    def _show_busy(self, busy: bool) -> None:
        for part in (self.send, self.take_file, self.take_folder, self.join):
            part.setDisabled(busy)
        if busy:
            self.notice.clear()
        else:
            self.progress.finish()

    def _follow(self, progress: Progress) -> None:
        self.progress.follow(self.tr("Writing to the stick and reading it back"), progress)

    def _show_exported(self, done: Exported) -> None:
        number = QLocale().toString
        stayed = self.tr(" {n} stay here for want of consent.").format(n=number(done.withheld)) if done.withheld else ""
        self.notice.good(self.tr(
            "{n} records ({size}) are on the stick as {bundle}, read back and whole. The stick is safe to remove; take "
            "it to the association.").format(n=number(done.records), size=QLocale().formattedDataSize(done.bytes),
                                             bundle=done.bundle.name) + stayed)
        self.send.setFocus()

    def _show_taken_in(self, counts: Mapping[str, Any]) -> None:
        number, files = QLocale().toString, counts.get("files", {})
        said = []
        if files.get("grant"):
            said.append(self.tr("The grant is adopted: this desk may send, and has its lists and numbers."))
        if files.get("trust") or files.get("status"):
            said.append(self.tr("The lists are up to date."))
        if files.get("receipt"):
            waiting = int(counts["parked"]) + int(counts["held"]) + int(counts["rejected"])
            said.append(self.tr("The receipt is taken in: {n} records accepted, {waiting} wait or need you.").format(
                n=number(int(counts["accepted"]) + int(counts["duplicate"])), waiting=number(waiting)))
        if files.get("short"):
            said.append(sentence("short_receipt_taken", counts))
        if counts.get("withdrawn"):
            self.notice.warn(sentence("desk_has_been_withdrawn"))
            return
        self.notice.good(" ".join(said))

    def _show_request(self, made: Requested) -> None:
        self.notice.good(self.tr(
            "The request is saved as {file}. Give it to the association. It will call you back and ask for these "
            "words: {words}. Its answer is the grant.").format(file=str(made.file), words=made.words))
        self.join.grant.setFocus()

    def _show_refused(self, code: str, detail: Mapping[str, Any]) -> None:
        self.notice.refuse(sentence(code, detail))

    def _show_failed(self, fault: EnvironmentFault) -> None:
        self.notice.warn(sentence_of(fault))

    def _show_cancelled(self) -> None:
        self.notice.info(self.tr("Cancelled. Nothing was left on the stick, and nothing here has changed."))
