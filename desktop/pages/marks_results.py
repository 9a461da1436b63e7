"""Results: how many passed, failed, are incomplete or void, and everybody's confirmed marks."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QSettings
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton, QStackedLayout, QVBoxLayout, QWidget

from appraisal.domain.errors import EnvironmentFault
from appraisal.domain.marks import Outcome
from appraisal.domain.sensitivity import turns
from appraisal.usecases.reads import OutcomeRow
from desktop.errors import sentence_of
from desktop.models.chips import outcome_chip
from desktop.models.paged_table import Align, Column, PagedTableModel
from desktop.pages.marks_correct import CorrectDialog
from desktop.pages.marks_settle import SchemeOf
from desktop.pages.marks_words import level_word, mark_word, subject_word
from desktop.tasks import Tasks
from desktop.theme import GRID
from desktop.viewmodels.marks_results import MarksResultsViewModel
from desktop.widgets.basics import label, plain_button, row
from desktop.widgets.data_table import DataTable
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.notice import Notice


class MarksResultsTab(QWidget):
    def __init__(self, view_model: MarksResultsViewModel, scheme_of: SchemeOf, tasks: Tasks,
                 settings: QSettings | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view_model, self._scheme_of, self._tasks = view_model, scheme_of, tasks
        self._rows: Mapping[str, OutcomeRow] = {}
        self._wanted = ""
        self._model: PagedTableModel[OutcomeRow] | None = None
        self._columns_shown: tuple[str, ...] = ()
        self.table, self.notice = DataTable("results", settings), Notice()
        self.table.setAccessibleName(self.tr("Results"))
        self.table.horizontalHeader().setStretchLastSection(False)  # a number's column stays as wide as its numbers
        self.counts: dict[Outcome | None, QPushButton] = {one: self._count(one) for one in (None, *Outcome)}
        self.copy = plain_button(self.tr("&Copy the list"), "copy", self._copy)
        self.correct = plain_button(self.tr("C&orrect a mark …"), "edit", self.ask_correction)
        self.correct.setVisible(view_model.may_correct())
        self.near = label("", "muted", wrap=True)
        self.empty = EmptyState("marks", self.tr("No results yet"),
                                self.tr("When candidates are seated, their results stand here as marks are confirmed."))
        listed = QWidget()
        column = QVBoxLayout(listed)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self.notice)
        column.addLayout(row(*self.counts.values(), None, self.correct, self.copy))
        column.addWidget(self.table, 1)
        column.addWidget(self.near)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(listed)
        self._stack.addWidget(self.empty)
        self.table.current_id.connect(self._show_near)
        view_model.shown.connect(self._show_rows)
        view_model.failed.connect(self._show_failed)
        self._show_rows()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.table.setFocus()

    def look_for(self, enrolment: str) -> None:
        """Put the cursor on this one, now or when the results have been read."""
        self._wanted = enrolment
        self.view_model.show_only(None)

    def _count(self, outcome: Outcome | None) -> QPushButton:
        made = plain_button("", "", lambda: self.view_model.show_only(outcome))
        made.setCheckable(True)
        return made

    def _columns(self, subjects: Sequence[str]) -> list[Column[OutcomeRow]]:
        scheme = self._scheme_of()
        made: list[Column[OutcomeRow]] = [
            Column(self.tr("Admission number"), lambda r: r.admission_number or "", width=180),
            Column(self.tr("Name"), lambda r: r.name, width=120)]
        if any(one.level is not None for one in scheme.levels):
            made.append(Column(self.tr("Level"), lambda r: level_word(r.level, scheme), width=160))
        made.append(Column(self.tr("Result"), lambda r: r.outcome.value, lambda r: outcome_chip(r.outcome.value),
                           width=110))
        made.extend(Column(subject_word(code, scheme), _mark_text(code), align=Align.AlignRight, width=104)
                    for code in subjects)
        return made

    def _show_rows(self) -> None:
        rows = self.view_model.filtered()
        self._rows = {one.enrolment: one for one in rows}
        self._stack.setCurrentIndex(0 if self.view_model.rows else 1)
        counts = self.view_model.counts()
        for outcome, button in self.counts.items():
            word = self.tr("All") if outcome is None else outcome_chip(outcome.value).word
            number = len(self.view_model.rows) if outcome is None else counts[outcome]
            button.setText(f"{word}  {number}")
            button.setChecked(self.view_model.only is outcome)
        if self.view_model.rows:
            subjects = tuple(dict.fromkeys(code for one in self.view_model.rows for code, _ in one.marks))
            self._model_for(subjects).set_ids(list(self._rows))
            if self._wanted in self._rows:
                self.table.go_to(list(self._rows).index(self._wanted))
                self._wanted = ""

    def _model_for(self, subjects: tuple[str, ...]) -> PagedTableModel[OutcomeRow]:
        """Made anew for a batch of another scheme or other levels only: the cursor stays where it is."""
        columns = (self._scheme_of.code, *subjects)
        if self._model is None or columns != self._columns_shown:
            self._columns_shown = columns
            self._model = PagedTableModel(
                self._columns(subjects), lambda ids: [self._rows[one] for one in ids if one in self._rows],
                lambda r: r.enrolment, self._tasks)
            self.table.show_model(self._model)  # type: ignore[arg-type]
        return self._model

    def ask_correction(self) -> None:
        """Of the candidate that the cursor is on."""
        found = self._current()
        if found is not None and any(mark is not None for _, mark in found.marks):
            dialog = CorrectDialog(self.view_model, found, self._scheme_of(), self.view_model.others(), self)
            dialog.corrected.connect(lambda outcome: self.notice.good(
                self.tr("The mark is corrected. Result: {result}").format(result=outcome_chip(outcome.value).word)))
            dialog.open()

    def _current(self) -> OutcomeRow | None:
        at = self.table.currentIndex().row()
        return self._rows.get(str(self._model.id_at(at))) if self._model is not None and at >= 0 else None

    def _show_near(self, enrolment: str) -> None:
        """What another mark would change: who re-checks begins where little is missing."""
        found, scheme = self._rows.get(enrolment), self._scheme_of()
        marks = dict(found.marks) if found else {}
        said = [self.tr("{subject} {mark} → {other}: {result}").format(
            subject=subject_word(turn.subject, scheme), mark=mark_word(marks[turn.subject]), other=f"{turn.mark:f}",
            result=outcome_chip(turn.outcome.value).word)
            for turn in (turns(scheme.at(found.level), marks) if found else ())]
        self.near.setText("    ".join([self.tr("Another result with:"), *said]) if said else "")

    def _copy(self) -> None:
        self.table.selectAll()
        self.table.copy()
        self.notice.good(self.tr("The list is on the clipboard; paste it into a spreadsheet."))

    def _show_failed(self, fault: EnvironmentFault) -> None:
        self.notice.warn(sentence_of(fault))


def _mark_text(code: str) -> Callable[[OutcomeRow], str]:
    """The confirmed mark of one subject; `--` where the level does not examine it."""

    def text(found: OutcomeRow) -> str:
        marks = dict(found.marks)
        return mark_word(marks[code]) if code in marks else "--"

    return text
