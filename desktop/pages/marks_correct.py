"""A mark that counts is corrected: which, to what, why, and a second person who agrees with their own passphrase."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QVBoxLayout, QWidget

from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.domain.marks import Outcome
from appraisal.domain.scheme import Scheme
from appraisal.usecases.reads import OutcomeRow
from desktop.errors import sentence_of
from desktop.pages.marks_words import mark_word, subject_word
from desktop.theme import GRID
from desktop.viewmodels.marks_results import MarksResultsViewModel
from desktop.widgets.basics import label, plain_button, primary_button, row
from desktop.widgets.field_row import Form
from desktop.widgets.passphrase_edit import PassphraseEdit

WIDTH = 480


class CorrectDialog(QDialog):
    corrected = Signal(object)
    """The Outcome after it."""

    def __init__(self, view_model: MarksResultsViewModel, shown: OutcomeRow, scheme: Scheme,
                 people: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        """`people`: name and login of those who may agree."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Correct a mark"))
        self.resize(WIDTH, 0)
        self.view_model, self._shown = view_model, shown
        self.subject, self.mark, self.why = QComboBox(), QLineEdit(), QLineEdit()
        self.who, self.passphrase, self.form = QComboBox(), PassphraseEdit(), Form()
        for code, mark in shown.marks:
            if mark is not None:
                self.subject.addItem(f"{subject_word(code, scheme)}  {mark_word(mark)}", code)
        for name, login in people:
            self.who.addItem(f"{name} ({login})", login)
        self.form.add("subject", self.tr("Sub&ject"), self.subject)
        self.form.add("mark", self.tr("Right &mark"), self.mark, self.tr("A number, Q for absent, W for void."))
        self.form.add("why", self.tr("Reas&on"), self.why, self.tr("It is kept for good, with both names."))
        self.form.add("agreed_by", self.tr("&Agreed by"), self.who)
        self.form.add("passphrase", self.tr("Their &passphrase"), self.passphrase)
        self.go_on = primary_button(self.tr("&Correct the mark"), "check", self._go_on)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(label(f"{shown.name}  {shown.admission_number or ''}", "heading"))
        column.addWidget(self.form)
        column.addLayout(row(None, plain_button(self.tr("Back"), "", self.reject), self.go_on))
        self.form.finished.connect(self._go_on)
        view_model.corrected.connect(self._done)
        view_model.correction_refused.connect(self._show_refused)
        self.mark.setFocus()

    def _go_on(self) -> None:
        self.form.clear_refusals()
        self.view_model.correct(self._shown, str(self.subject.currentData() or ""), self.mark.text(), self.why.text(),
                                str(self.who.currentData() or ""), self.passphrase.text())

    def _done(self, outcome: Outcome) -> None:
        self.passphrase.clear()
        self.accept()
        self.corrected.emit(outcome)

    def _show_refused(self, problem: RuleViolation | EnvironmentFault) -> None:
        field = problem.field if isinstance(problem, RuleViolation) else ""
        self.form.refuse({"operator": "agreed_by"}.get(field, field), sentence_of(problem))
