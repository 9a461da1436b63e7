"""Certificates page: issue what is ready, look at each as it prints, save, print; take in the province's numbers."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLocale, QSettings, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from appraisal.domain.errors import EnvironmentFault
from appraisal.usecases.reads import BatchRow
from desktop.errors import sentence, sentence_of
from desktop.models.chips import Tone
from desktop.pages.association import AssociationPanel
from desktop.pages.certificates_numbers import NumbersPanel
from desktop.pages.certificates_output import OutputMenus
from desktop.pages.certificates_parts import IssuedTable, Preview, WaitingTable
from desktop.shell.entries import Command
from desktop.tasks import Progress, Tasks
from desktop.viewmodels.association_words import AGREED_BY_SUPERVISOR, BY_UPDATES
from desktop.viewmodels.certificates import BatchContent, CertificatesViewModel, Issued
from desktop.viewmodels.certificates_numbers import NumbersViewModel
from desktop.widgets.basics import label, page_column, plain_button, primary_button, row
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.notice import Notice
from desktop.widgets.progress_panel import ProgressPanel


class CertificatesPage(QWidget):
    """Ctrl+Enter issues, Ctrl+P prints, Ctrl+S saves, Esc leaves what runs."""

    def __init__(self, view_model: CertificatesViewModel, numbers: NumbersViewModel, association: AssociationPanel,
                 tasks: Tasks, settings: QSettings | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.association = association
        self._view_model, self._numbers, self._tasks, self._settings = view_model, numbers, tasks, settings
        self._wanted = ""
        self.batch = QComboBox()
        self.batch.setAccessibleName(self.tr("Batch"))
        self.batch.setMinimumWidth(260)
        self.issue = primary_button("", "certificates", self._issue)
        self.issue.setEnabled(False)  # until a batch says who can have a certificate
        self.import_numbers = plain_button(self.tr("Import &numbers …"), "import", self._ask_for_numbers)
        self.notice, self.progress = Notice(), ProgressPanel()
        self.waiting, self.issued = WaitingTable(tasks, settings), IssuedTable(tasks, settings)
        self.output = OutputMenus(view_model, self.issued, self, settings)
        self.tabs, self.preview, self.states = QTabWidget(), Preview(), QStackedWidget()
        self.numbers = NumbersPanel(numbers, tasks, settings)
        self._lay_out()
        self._bind()
        for keys, run in (("Ctrl+Return", self._issue), ("Ctrl+P", self.output.print_chosen.trigger),
                          ("Ctrl+S", self.output.save_all.trigger), ("Esc", self._leave), ("F5", self.refresh)):
            QShortcut(QKeySequence(keys), self.list).activated.connect(run)

    # what the shell asks

    def commands(self) -> Sequence[Command]:
        return [Command(self.tr("Issue certificates"), self._issue, "certificates", "Ctrl+Enter"),
                Command(self.tr("Import the province's numbers"), self._ask_for_numbers, "import"),
                Command(self.tr("Print the chosen certificates"), self.output.print_chosen.trigger, "print", "Ctrl+P"),
                Command(self.tr("Print all certificates of the batch"), self.output.print_all.trigger, "print"),
                Command(self.tr("Save all as one PDF"), self.output.save_all.trigger, "export", "Ctrl+S"),
                Command(self.tr("Save a PDF for each"), self.output.save_each_of_all.trigger, "export")]

    def refresh(self) -> None:
        self._view_model.refresh()
        self.association.refresh()

    def go_to(self, batch: str) -> None:
        self._view_model.open_batch(batch)

    def open_record(self, certificate: str) -> None:
        """Put the cursor on it, once its batch has been read."""
        self._wanted = certificate

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    # laying out

    def _lay_out(self) -> None:
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.waiting, "")
        self.tabs.addTab(self.issued, "")
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.addWidget(self.tabs)
        halves.addWidget(self.preview)
        halves.setSizes([640, 480])
        halves.setChildrenCollapsible(False)
        self.list = QWidget()
        column = page_column(self.list)
        column.addLayout(row(label(self.tr("Certificates"), "title"), self.batch, None, self.import_numbers,
                             self.output.save, self.output.print, self.issue))
        for part in (self.association, self.notice, self.progress):
            column.addWidget(part)
        column.addWidget(halves, 1)
        nothing = EmptyState("certificates", self.tr("No batch yet"), self.tr(
            "Certificates are issued for a batch whose publicity has been closed. Open a batch on the Batches page."))
        ground = QVBoxLayout(self)
        ground.setContentsMargins(0, 0, 0, 0)
        ground.addWidget(self.states)
        for one in (nothing, self.list, self.numbers):
            self.states.addWidget(one)
        order: Sequence[QWidget] = (self.batch, self.tabs, self.waiting, self.issued, self.issue, self.import_numbers,
                                    self.output.save, self.output.print)
        for before, after in pairwise(order):
            self.setTabOrder(before, after)

    def _bind(self) -> None:
        view_model = self._view_model
        self.batch.activated.connect(self._choose_batch)
        self.waiting.selectionModel().selectionChanged.connect(self._show_count)
        self.issued.current_id.connect(view_model.look_at)
        self.issued.activated_id.connect(view_model.look_at)
        self.tabs.currentChanged.connect(self._show_tab)
        self.numbers.left.connect(self._show_list)
        self.association.changed.connect(self._show_changed)
        self._numbers.read.connect(lambda: self.states.setCurrentWidget(self.numbers))
        self._numbers.refused.connect(self._show_refused)
        self._numbers.failed.connect(self._show_failed)
        view_model.batches_changed.connect(self._show_batches)
        view_model.content_changed.connect(self._show_content)
        view_model.preview_changed.connect(self.preview.show_pdf)
        view_model.issued.connect(self._show_issued)
        view_model.saved.connect(self._show_saved)
        view_model.signer_changed.connect(self._show_signer)
        view_model.printed.connect(self._show_printed)
        view_model.print_stopped.connect(self._show_print_stopped)
        view_model.refused.connect(self._show_refused)
        view_model.failed.connect(self._show_failed)
        view_model.cancelled.connect(self._show_cancelled)
        view_model.busy_changed.connect(self._show_busy)
        view_model.began.connect(self._follow)
        view_model.stepped.connect(self.progress.step)

    # what the operator does

    def _choose_batch(self, place: int) -> None:
        self.notice.clear()
        self._view_model.choose_batch(str(self.batch.itemData(place)))

    def _issue(self) -> None:
        if self.issue.isEnabled() and self.states.currentWidget() is self.list:
            self._view_model.issue(self._chosen_waiting())

    def _chosen_waiting(self) -> Sequence[str]:
        """More than one row chosen means these; otherwise all that are ready."""
        chosen = self.waiting.selected_ids()
        return chosen if len(chosen) > 1 else ()

    def _ask_for_numbers(self) -> None:
        batch = self._view_model.batch
        if batch is None:
            return
        chosen, _ = QFileDialog.getOpenFileName(
            self, self.tr("Import the province's numbers"), "", self.tr("Sheets (*.xlsx *.xls *.csv)"))
        if chosen:
            self.notice.clear()
            self._numbers.choose(batch.id, Path(chosen))

    def _leave(self) -> None:
        if self.progress.isVisible():
            self.progress.cancel.click()
        elif not self.association.leave():
            self.notice.clear()

    # what is shown

    def _show_changed(self) -> None:
        """Lists or numbers are other now, or a supervisor has agreed."""
        self.notice.clear()
        self._view_model.refresh()

    def _show_batches(self, batches: tuple[BatchRow, ...]) -> None:
        if self.states.currentWidget() is not self.numbers:
            self.states.setCurrentIndex(1 if batches else 0)
        self.batch.clear()
        if self._view_model.batch is None and batches:
            self.batch.addItem(self.tr("Choose a batch"), "")
        for one in batches:
            self.batch.addItem(f"{one.code}  {one.title}", one.id)
        self.batch.setCurrentIndex(max(0, self.batch.findData(self._view_model.batch.id if self._view_model.batch
                                                              else "")))

    def _show_content(self, content: BatchContent | None) -> None:
        waiting, issued = (content.waiting, content.issued) if content is not None else ((), ())
        scheme, number = self._view_model.scheme(), QLocale().toString
        self.waiting.show_waiting(waiting, scheme)
        self.issued.show_issued(issued, scheme)
        self.tabs.setTabText(0, self.tr("To issue  {n}").format(n=number(len(waiting))))
        self.tabs.setTabText(1, self.tr("Issued  {n}").format(n=number(len(issued))))
        if self._wanted in [one.id for one in issued] or (not waiting and issued):
            self.tabs.setCurrentWidget(self.issued)
        self.import_numbers.setVisible(self._view_model.numbers_awaited())
        for part in (self.output.save, self.output.print):
            part.setEnabled(bool(issued))
        self._show_count()
        if self._wanted in [one.id for one in issued]:
            self.issued.go_to(self.issued.rows_model.row_of(self._wanted))
            self._wanted = ""
        if self.tabs.currentWidget() is self.issued and not self.issued.currentIndex().isValid():
            self.issued.go_to(0)

    def _show_count(self) -> None:
        count = len(self._view_model.ready(self._chosen_waiting()))
        self.issue.setText(self.tr("&Issue 1 certificate") if count == 1
                           else self.tr("&Issue {n} certificates").format(n=QLocale().toString(count)))
        self.issue.setEnabled(count > 0 and self._view_model.may_issue())
        self.issue.setToolTip("" if self._view_model.may_issue() else self.tr(
            "Certificates can be issued once the batch's publicity is closed."))

    def _show_tab(self, _place: int) -> None:
        if self.tabs.currentWidget() is self.issued:
            self.issued.take_focus()

    def _show_list(self) -> None:
        self.states.setCurrentWidget(self.list)
        self.refresh()

    def _show_busy(self, busy: bool) -> None:
        for part in (self.issue, self.import_numbers, self.output.save, self.output.print, self.batch,
                     self.association):
            part.setDisabled(busy)
        if busy:
            self.notice.clear()
        else:
            self.progress.finish()
            self.association.refresh()

    def _follow(self, progress: Progress) -> None:
        self.progress.follow(self.tr("Working on the certificates"), progress)

    def _show_issued(self, done: Issued) -> None:
        self.notice.good(self.tr(
            "{n} certificates issued. Each was printed as a proof and its code read back before it counted.").format(
                n=QLocale().toString(len(done.issued))))
        self.tabs.setCurrentWidget(self.issued)

    def _show_saved(self, files: Sequence[Path]) -> None:
        if len(files) == 1:
            self.notice.good(self.tr("Saved as {file}.").format(file=str(files[0])))
        else:
            self.notice.good(self.tr("{n} files saved in {folder}.").format(
                n=QLocale().toString(len(files)), folder=str(files[0].parent)))

    def _show_signer(self, name: str) -> None:
        if name:
            self.notice.good(self.tr("PDFs that are saved from now on are signed by {name}.").format(name=name))
        else:
            self.notice.info(self.tr("PDFs that are saved from now on are not signed."))

    def _show_printed(self, pages: int) -> None:
        self.notice.good(self.tr("{n} pages were given to the printer.").format(n=QLocale().toString(pages)))

    def _show_print_stopped(self) -> None:
        self.notice.info(self.tr("Printing was cancelled; look what lies in the printer."))

    def _show_refused(self, code: str, detail: Mapping[str, Any]) -> None:
        if code in AGREED_BY_SUPERVISOR:  # what is so stands in the panel, and there the question is asked
            self.association.ask_supervisor()
        elif code in BY_UPDATES:
            self.notice.say(Tone.REFUSE, self.tr("Nothing was issued. First take the association's updates in."),
                            self.tr("Take in updates …"), self.association.ask_for_folder)
        else:
            self.notice.refuse(sentence(code, detail))

    def _show_failed(self, fault: EnvironmentFault) -> None:
        self.notice.warn(sentence_of(fault))

    def _show_cancelled(self) -> None:
        self.notice.info(self.tr("Cancelled; nothing of it was kept."))
