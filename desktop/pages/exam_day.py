"""Exam day page: the door, incidents, papers, sittings, and the people who examine."""

from collections.abc import Sequence

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QComboBox, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.domain.events import Id
from desktop.errors import sentence_of
from desktop.pages.exam_day_door import DoorTab
from desktop.pages.exam_day_examiners import ExaminersTab
from desktop.pages.exam_day_incidents import IncidentsTab
from desktop.pages.exam_day_papers import PapersTab
from desktop.pages.exam_day_sittings import SittingsTab
from desktop.pages.exam_day_words import session_word
from desktop.shell.entries import Command
from desktop.theme import GRID
from desktop.viewmodels.exam_day import ExamDayViewModel
from desktop.widgets.basics import label, page_column, row
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.notice import Notice

DOOR, INCIDENTS, PAPERS, SITTINGS, EXAMINERS = range(5)
WORK, NO_BATCH = range(2)


class ExamDayPage(QWidget):
    def __init__(self, view_model: ExamDayViewModel, settings: QSettings | None = None) -> None:
        super().__init__()
        self.view_model = view_model
        self.batch, self.session, self.tabs, self.notice = QComboBox(), QComboBox(), QTabBar(), Notice()
        for box, name, width in ((self.batch, self.tr("Batch"), 280), (self.session, self.tr("Sitting"), 260)):
            box.setAccessibleName(name)
            box.setMinimumWidth(width)
        self.door, self.incidents = DoorTab(view_model, settings), IncidentsTab(view_model, settings)
        self.papers, self.sittings = PapersTab(view_model, settings), SittingsTab(view_model, settings)
        self.examiners = ExaminersTab(view_model, settings)
        self.views, self.ground = QStackedWidget(), QStackedWidget()
        for title, view in ((self.tr("Sign-in"), self.door), (self.tr("Incidents"), self.incidents),
                            (self.tr("Papers"), self.papers), (self.tr("Sittings"), self.sittings),
                            (self.tr("Examiners"), self.examiners)):
            self.tabs.addTab(title)
            self.views.addWidget(view)
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        work = QWidget()
        inside = QVBoxLayout(work)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(GRID)
        inside.addWidget(self.tabs)
        inside.addWidget(self.views, 1)
        self.ground.addWidget(work)
        self.ground.addWidget(EmptyState(
            "batches", self.tr("No batch is open yet"),
            self.tr("On the Batches page, open a batch and its enrolment. Then sittings are planned here, and people "
                    "signed in on the day.")))
        batch_label, session_label = label(self.tr("&Batch")), label(self.tr("&Sitting"))
        batch_label.setBuddy(self.batch)
        session_label.setBuddy(self.session)
        column = page_column(self)
        column.addLayout(row(label(self.tr("Exam day"), "title"), None, batch_label, self.batch, session_label,
                             self.session))
        column.addWidget(self.notice)
        column.addWidget(self.ground, 1)
        self._bind()
        view_model.refresh()

    def refresh(self) -> None:
        self.view_model.refresh()

    def go_to(self, batch: Id) -> None:
        self.view_model.open(batch)
        self.batch.setCurrentIndex(self.batch.findData(batch))

    def commands(self) -> Sequence[Command]:
        return [Command(self.tr("Sign in candidates"), lambda: self.tabs.setCurrentIndex(DOOR), "exam-day"),
                Command(self.tr("Record an incident"), lambda: self.tabs.setCurrentIndex(INCIDENTS), "warning")]

    def _bind(self) -> None:
        view_model = self.view_model
        self.tabs.currentChanged.connect(self._show_view)
        self.batch.activated.connect(lambda at: view_model.open(self.batch.itemData(at)))
        self.session.activated.connect(lambda at: view_model.choose(self.session.itemData(at)))
        view_model.batches_shown.connect(self._show_batches)
        view_model.shown.connect(self._show_sessions)
        view_model.closed.connect(self._show_closed)
        view_model.recorded.connect(self._show_recorded)
        view_model.refusal.connect(self._show_refusal)
        view_model.failed.connect(self._show_failed)

    def _show_view(self, view: int) -> None:
        self.notice.clear()
        self.views.setCurrentIndex(view)

    def _show_batches(self) -> None:
        self.batch.clear()
        for one in self.view_model.batches:
            self.batch.addItem(f"{one.code}  {one.title}", one.id)
        self.batch.setCurrentIndex(self.batch.findData(self.view_model.batch))
        self.ground.setCurrentIndex(WORK if self.view_model.batch else NO_BATCH)

    def _show_sessions(self) -> None:
        book = self.view_model.book
        self.session.clear()
        for one in book.sessions if book else ():
            self.session.addItem(session_word(one), one.session)
        self.session.setCurrentIndex(self.session.findData(self.view_model.session))

    def _show_closed(self, count: int) -> None:
        self.notice.good(self.tr("{count} people are marked absent.").format(count=count))

    def _show_recorded(self, what: str) -> None:
        self.notice.good({
            "attendance": self.tr("The sign-in list is changed."), "incident": self.tr("The incident is recorded."),
            "voided": self.tr("The incident is voided."), "papers": self.tr("The count is recorded."),
            "session": self.tr("The sitting is planned."), "placed": self.tr("Everybody has a seat at this sitting."),
            "examiner": self.tr("The list of examiners is changed."), "drawn": self.tr("The staff is drawn."),
        }[what])

    def _show_refusal(self, refusal: RuleViolation) -> None:
        """Beside its field, where the tab has one."""
        form = getattr(self.views.currentWidget(), "form", None)
        if form is not None and refusal.field in form.rows:
            form.refuse(refusal.field, sentence_of(refusal))
        else:
            self.notice.refuse(sentence_of(refusal))

    def _show_failed(self, fault: EnvironmentFault) -> None:
        self.notice.warn(sentence_of(fault))
