"""Candidates: an instant list beside the form, the roster import, photos, the review, the admission numbers."""

from collections.abc import Sequence

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QSplitter, QTabWidget, QVBoxLayout, QWidget

from appraisal.domain.errors import EnvironmentFault
from appraisal.usecases.reads import BatchRow
from desktop.errors import sentence_of
from desktop.pages.admissions_import import AdmissionsImportPage
from desktop.pages.candidates_form import CandidateForm
from desktop.pages.candidates_list import PeopleList
from desktop.pages.enrolments_review import ReviewPage
from desktop.pages.photos_import import PhotosImportPage
from desktop.pages.roster_import import RosterImportPage
from desktop.shell.entries import Command
from desktop.theme import GRID
from desktop.viewmodels.candidates import CandidatesViewModel

FORM_WIDTH = 460


class CandidatesPage(QWidget):
    def __init__(self, view_model: CandidatesViewModel, settings: QSettings | None = None) -> None:
        """`settings` remember the widths of columns."""
        super().__init__()
        self._view_model = view_model
        self.people = PeopleList(view_model, settings)
        self.form = CandidateForm(view_model.form, view_model.one_person, view_model.drafts)
        self.roster = RosterImportPage(view_model.roster)
        self.review = ReviewPage(view_model.review, view_model.tasks, settings)
        self.admissions = AdmissionsImportPage(view_model.admissions, lambda batch: view_model.seating(batch, settings))
        self.photos = PhotosImportPage(view_model.photos)
        self.desk = QSplitter(Qt.Orientation.Horizontal)
        self.desk.addWidget(self.people)
        self.desk.addWidget(self.form)
        self.form.setMinimumWidth(FORM_WIDTH)
        self.desk.setStretchFactor(0, 1)
        self.desk.setStretchFactor(1, 0)
        self.desk.setChildrenCollapsible(False)
        ground = QWidget()
        around = QVBoxLayout(ground)
        around.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        around.addWidget(self.desk)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        for page, title in ((ground, self.tr("Candidates")), (self.roster, self.tr("Roster import")),
                            (self.photos, self.tr("Photos")), (self.review, self.tr("Review")),
                            (self.admissions, self.tr("Admission numbers"))):
            self.tabs.addTab(page, title)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tabs)
        self._bind()
        self._looked_for_draft = False
        view_model.refresh()

    def _bind(self) -> None:
        self._view_model.batches_changed.connect(self._take_batches)
        self._view_model.failed.connect(self._show_failed)
        self.people.opened.connect(self.form.open)
        self.people.looked_at.connect(self._look_at)
        self.people.import_asked.connect(self.import_roster)
        self.form.wanted.connect(self.form.open)
        self.form.saved.connect(lambda _person: self._view_model.refresh())
        for changed in (self.roster.imported, self.photos.imported, self.admissions.imported):
            changed.connect(self._view_model.refresh)
        self._view_model.review.decided.connect(lambda _decision, _count: self._view_model.refresh())
        for keys, run in (("Ctrl+N", self.next_person), ("Ctrl+I", self.import_roster), ("Ctrl+R", self.show_review)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(run)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous() and self.tabs.currentIndex() == 0:
            self.form.fields["id_no"].setFocus()

    # what the shell asks

    def commands(self) -> Sequence[Command]:
        return (
            Command(self.tr("Register the next candidate"), self.next_person, "add", "Ctrl+N"),
            Command(self.tr("Import a roster"), self.import_roster, "import", "Ctrl+I"),
            Command(self.tr("Photos from a folder"), self.import_photos, "camera"),
            Command(self.tr("Review enrolments"), self.show_review, "check", "Ctrl+R"),
            Command(self.tr("Import admission numbers"), lambda: self.tabs.setCurrentWidget(self.admissions), "import"))

    def refresh(self) -> None:
        self._view_model.refresh()

    def open_record(self, person: str) -> None:
        """What is being typed stays, and the page says so."""
        self.tabs.setCurrentIndex(0)
        if self.form.is_dirty():
            self.form.say_unsaved()
        else:
            self.form.open(person)

    def may_close(self) -> bool:
        """A form that is not saved keeps the window open, and says so."""
        if not self.form.is_dirty():
            return True
        self.tabs.setCurrentIndex(0)
        self.form.say_unsaved()
        return False

    def next_person(self) -> None:
        self.tabs.setCurrentIndex(0)
        self.form.ask_new()

    def import_roster(self) -> None:
        self.tabs.setCurrentWidget(self.roster)
        self.roster.choose.setFocus()

    def import_photos(self) -> None:
        self.tabs.setCurrentWidget(self.photos)
        self.photos.choose.setFocus()

    def show_review(self) -> None:
        self.tabs.setCurrentWidget(self.review)
        self.review.table.setFocus()

    def _look_at(self, person: str) -> None:
        """The row under the cursor is shown, unless something is being typed."""
        if person and not self.form.is_dirty():
            self.form.open(person)

    def _take_batches(self, batches: Sequence[BatchRow]) -> None:
        self.people.take_batches(batches)
        self.form.take_batches(batches)
        if not self._looked_for_draft:  # once a batch in it can be chosen
            self._looked_for_draft = True
            self._view_model.drafts.look()
        self.roster.take_batches(batches)
        self.photos.take_batches(batches)
        self.review.take_batches(batches)
        self.admissions.take_batches(batches)

    def _show_failed(self, fault: EnvironmentFault) -> None:
        self.people.notice.warn(sentence_of(fault))
