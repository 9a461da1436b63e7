"""The form that opens a batch."""

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QIntValidator, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QComboBox, QDateEdit, QLineEdit, QVBoxLayout, QWidget

from appraisal.domain.workdays import is_holiday
from appraisal.usecases.reads import BatchRow
from desktop.pages.batches_words import scheme_word
from desktop.theme import GRID
from desktop.viewmodels.batches import BatchesViewModel
from desktop.widgets.basics import card, label, plain_button, primary_button, row
from desktop.widgets.field_row import Form

USUAL_PLACES, MOST_PLACES, USUAL_WEEKS = 150, 99_999, 4


class BatchForm(QWidget):
    """Enter goes on, Enter in the last field opens the batch, Esc leaves."""

    left = Signal()

    def __init__(self, view_model: BatchesViewModel) -> None:
        super().__init__()
        self.view_model = view_model
        self.code, self.title, self.scheme = QLineEdit(), QLineEdit(), QComboBox()
        self.exam_day, self.places, self.form = QDateEdit(), QLineEdit(), Form()
        for one in view_model.schemes.values():
            self.scheme.addItem(scheme_word(one), one.code)
        self.exam_day.setCalendarPopup(True)
        self.exam_day.setDisplayFormat("yyyy-MM-dd")
        self.places.setValidator(QIntValidator(0, MOST_PLACES, self))
        self.form.add("code", self.tr("&Code"), self.code, self.tr("Short and unique, e.g. 2026-AI-04"))
        self.form.add("title", self.tr("&Title"), self.title)
        self.form.add("scheme", self.tr("&Scheme"), self.scheme)
        self.form.add("exam_day", self.tr("&Exam day"), self.exam_day)
        self.form.add("places", self.tr("&Places"), self.places)
        self.open = primary_button(self.tr("&Open the batch"), "", self._submit)
        frame, column = card()
        frame.setMaximumWidth(640)
        column.addWidget(label(self.tr("New batch"), "heading"))
        column.addWidget(self.form)
        column.addSpacing(GRID)
        column.addLayout(row(None, plain_button(self.tr("Cancel"), "", self.left.emit), self.open))
        ground = QVBoxLayout(self)
        ground.setContentsMargins(0, 0, 0, 0)
        ground.addWidget(frame)
        ground.addStretch(1)
        self._on(Qt.Key.Key_Escape, self, self.left.emit)
        self._on(Qt.Key.Key_Return, self.scheme, self.exam_day.setFocus)
        self._on(Qt.Key.Key_Return, self.exam_day, self.places.setFocus)
        self.form.finished.connect(self._submit)
        self.exam_day.dateChanged.connect(self._look_at_day)
        view_model.busy_changed.connect(self.open.setDisabled)

    def _on(self, key: Qt.Key, where: QWidget, act: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(key), where)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)

    def begin_copy(self, row: BatchRow) -> None:
        """Another batch of the same kind, with a code and a day of its own."""
        self.begin()
        self.title.setText(row.title)
        self.scheme.setCurrentIndex(max(self.scheme.findData(row.scheme), 0))
        self.places.setText(str(row.places))

    def begin(self) -> None:
        """An empty form, with a likely day and number of places."""
        self.form.clear_refusals()
        self.code.clear()
        self.title.clear()
        day = self.view_model.today() + timedelta(weeks=USUAL_WEEKS)
        self.exam_day.setDate(QDate(day.year, day.month, day.day))
        self.places.setText(str(USUAL_PLACES))
        self.code.setFocus()

    def _look_at_day(self, day: QDate) -> None:
        """An exam on a holiday is seldom meant, and may be."""
        if is_holiday(date(day.year(), day.month(), day.day())):
            self.form.rows["exam_day"].warn(self.tr("That day is a public holiday. Is it meant?"))
        else:
            self.form.rows["exam_day"].accept()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.code.setFocus()

    def _submit(self) -> None:
        self.form.clear_refusals()
        typed = self.exam_day.date()
        self.view_model.open(self.code.text(), self.title.text(), str(self.scheme.currentData()),
                             date(typed.year(), typed.month(), typed.day()), int(self.places.text() or 0))
