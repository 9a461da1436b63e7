"""Marks page: first entry, second entry, differences, results; a sheet can be imported as either entry."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QComboBox, QFileDialog, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from appraisal.domain.errors import EnvironmentFault
from appraisal.domain.events import Id
from appraisal.usecases.import_marks import Entered
from desktop.errors import sentence_of
from desktop.pages.marks_entry import MarksEntryTab
from desktop.pages.marks_import import MarksImportPanel
from desktop.pages.marks_judging import MarksJudgingTab
from desktop.pages.marks_results import MarksResultsTab
from desktop.pages.marks_settle import MarksSettleTab, SchemeOf
from desktop.shell.entries import Command
from desktop.theme import GRID
from desktop.viewmodels.marks import DIFFERENCES, FIRST, JUDGING, RESULTS, SECOND, MarksViewModel
from desktop.widgets.basics import label, page_column, row
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.notice import Notice

WORK, IMPORT, NO_BATCH = range(3)


class MarksPage(QWidget):
    def __init__(self, view_model: MarksViewModel, settings: QSettings | None = None,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view_model = view_model
        self._scheme_of = SchemeOf(view_model.schemes)
        self.batch, self.tabs, self.notice = QComboBox(), QTabBar(), Notice()
        self.batch.setAccessibleName(self.tr("Batch"))
        self.batch.setMinimumWidth(380)
        named = label(self.tr("&Batch"))
        named.setBuddy(self.batch)
        self.entries = {entry: MarksEntryTab(one) for entry, one in view_model.entries.items()}
        self.differences = MarksSettleTab(view_model.differences, self._scheme_of, view_model.tasks, settings)
        self.results = MarksResultsTab(view_model.results, self._scheme_of, view_model.tasks, settings)
        self.judging = MarksJudgingTab(view_model.judging, view_model.tasks, settings)
        self.importing = MarksImportPanel(view_model.importing)
        self.views, self.ground = QStackedWidget(), QStackedWidget()
        self._add_views()
        self._lay_out(named)
        self.setAcceptDrops(True)
        self._bind()
        view_model.refresh()

    # what the shell asks

    def refresh(self) -> None:
        self.view_model.refresh()

    def go_to(self, batch: Id) -> None:
        """Open a batch, as when another page leads here."""
        self.view_model.open(batch)
        self.batch.setCurrentIndex(self.batch.findData(batch))

    def open_record(self, enrolment: Id) -> None:
        """Among the results, which everybody may see."""
        self.results.look_for(enrolment)
        self.tabs.setCurrentIndex(RESULTS)

    def may_close(self) -> bool:
        """A mark that is still being typed is saved; one that was refused keeps the window open."""
        for view in (FIRST, SECOND):
            tab = self.entries[view + 1]
            tab.setFocus()  # an open cell is left, and saved
            if self.view_model.sees(view) and tab.view_model.refusals():
                self.tabs.setCurrentIndex(view)
                tab.give_up_or_mend()
                return False
        return True

    def commands(self) -> Sequence[Command]:
        entries = [Command(self.tr("Import a marks sheet …"), lambda: self.choose_sheet(self._entry()), "import")]
        return entries if self._entry() else []

    # sheets

    def choose_sheet(self, entry: int) -> None:
        dialog = QFileDialog(self, self.tr("Marks sheet"), "", self.tr("Sheets (*.xlsx *.xls *.csv)"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.take_sheet(Path(path), entry))
        dialog.open()

    def take_sheet(self, path: Path, entry: int) -> None:
        batch = self.view_model.batch
        if batch is not None:
            self.view_model.importing.choose(batch, entry, path)
            self.importing.begin()
            self.ground.setCurrentIndex(IMPORT)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._entry() and event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = next((url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()), "")
        if path and self._entry():
            self.take_sheet(Path(path), self._entry())

    # making

    def _add_views(self) -> None:
        titles = (self.tr("First entry"), self.tr("Second entry"), self.tr("Differences"), self.tr("Results"),
                  self.tr("Judges' sheets"))
        widgets = (self.entries[1], self.entries[2], self.differences, self.results, self.judging)
        whose = {FIRST: self.tr("first entry"), SECOND: self.tr("second entry"),
                 DIFFERENCES: self.tr("review of marks"), JUDGING: self.tr("exam staff, or entry of marks")}
        for view, (title, widget) in enumerate(zip(titles, widgets, strict=True)):
            self.tabs.addTab(title)
            if self.view_model.sees(view):
                self.views.addWidget(widget)
            else:
                widget.setParent(None)
                self.views.addWidget(EmptyState(
                    "lock", self.tr("This is not yours to see"),
                    self.tr("Two people enter each mark without seeing the other's, and a third settles differences. "
                            "Sign in with the role: {role}.").format(role=whose[view])))
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setCurrentIndex(self.view_model.first_view())
        self.views.setCurrentIndex(self.view_model.first_view())

    def _lay_out(self, named: QWidget) -> None:
        work = QWidget()
        inside = QVBoxLayout(work)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(GRID)
        inside.addWidget(self.tabs)
        inside.addWidget(self.views, 1)
        self.ground.addWidget(work)
        self.ground.addWidget(self.importing)
        self.ground.addWidget(EmptyState(
            "marks", self.tr("No batch has come to its marks yet"),
            self.tr("On the Batches page, close the enrolment, confirm the seating and start the exam. "
                    "Then marks are entered here.")))
        column = page_column(self)
        column.addLayout(row(label(self.tr("Marks"), "title"), None, named, self.batch))
        column.addWidget(self.notice)
        column.addWidget(self.ground, 1)

    def _bind(self) -> None:
        view_model = self.view_model
        self.tabs.currentChanged.connect(self._show_view)
        self.batch.activated.connect(lambda at: view_model.open(self.batch.itemData(at)))
        view_model.batches_shown.connect(self._show_batches)
        view_model.batch_opened.connect(self._show_batch)
        view_model.failed.connect(self._show_failed)
        view_model.differences.shown.connect(self._count_differences)
        for tab in self.entries.values():
            tab.import_asked.connect(self.choose_sheet)
        self.importing.left.connect(self._leave_import)
        self.importing.entered.connect(self._show_entered)

    # showing

    def _entry(self) -> int:
        """The entry whose tab is shown and may be used; 0: none."""
        view = self.tabs.currentIndex()
        return view + 1 if view in {FIRST, SECOND} and self.view_model.sees(view) and self.view_model.batch else 0

    def _show_batches(self) -> None:
        self.batch.clear()
        for one in self.view_model.batches:
            self.batch.addItem(f"{one.code}  {one.title}", one.id)
        open_one = self.view_model.batch
        self.batch.setCurrentIndex(self.batch.findData(open_one.id) if open_one else -1)
        if self.ground.currentIndex() != IMPORT:
            self.ground.setCurrentIndex(WORK if open_one else NO_BATCH)

    def _show_batch(self) -> None:
        if self.view_model.batch is not None:
            self._scheme_of.code = self.view_model.batch.scheme
            self._show_view(self.tabs.currentIndex())
            if self.view_model.sees(DIFFERENCES) and self.tabs.currentIndex() != DIFFERENCES:
                self.view_model.show(DIFFERENCES)

    def _show_view(self, view: int) -> None:
        self.views.setCurrentIndex(view)
        if self.view_model.batch is not None:
            self.view_model.show(view)

    def _count_differences(self) -> None:
        count = len(self.view_model.differences.rows)
        title = self.tr("Differences")
        self.tabs.setTabText(DIFFERENCES, f"{title}  {count}" if count else title)

    def _leave_import(self) -> None:
        self.ground.setCurrentIndex(WORK)
        self._show_view(self.tabs.currentIndex())

    def _show_entered(self, entered: Entered) -> None:
        self._leave_import()
        self.notice.good(self.tr("{marks} marks of {rows} candidates are entered.").format(
            marks=entered.marks, rows=entered.rows))

    def _show_failed(self, fault: EnvironmentFault) -> None:
        self.notice.warn(sentence_of(fault))


