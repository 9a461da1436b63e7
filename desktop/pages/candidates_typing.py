"""What is typed into a candidate's form: said under its field, when the field is left, and taken from a passport."""

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit

from appraisal.domain.errors import RuleViolation
from appraisal.domain.problem import Weight
from appraisal.domain.scheme import Scheme
from appraisal.sheets.wording import problem_sentence, value_word
from desktop.errors import sentence
from desktop.i18n import current_language
from desktop.pages.candidates_fields import ChoiceBox, NameEdit
from desktop.pages.candidates_form_fields import CandidateFields
from desktop.pages.rare_characters import RareCharactersDialog
from desktop.viewmodels.candidates_checks import Check
from desktop.viewmodels.candidates_form import CandidateFormViewModel

TYPING = frozenset({"ID_FORMAT", "PHONE_FORMAT", "MISSING_REQUIRED", "CERT_NO_FORMAT", "NAME_INVALID"})
"""What half-typed text looks like: said when the field is left, not before."""


class CandidateTyping(QObject):
    touched = Signal()
    """Somebody, not the program, has changed something."""

    def __init__(self, form: CandidateFields, view_model: CandidateFormViewModel) -> None:
        super().__init__(form)
        self._form, self._view_model = form, view_model
        self._left: set[str] = set()
        self._refused: set[str] = set()
        """Fields refused at the last save: their sentence stays until they are changed."""
        self._suggested = ""
        for name, editor in form.fields.items():
            if isinstance(editor, ChoiceBox):
                editor.currentIndexChanged.connect(partial(self._chosen, name))
            else:
                editor.textEdited.connect(partial(self._typed, name))
                editor.editingFinished.connect(partial(self._leave, name))
            if isinstance(editor, NameEdit):
                editor.rare_asked.connect(partial(self._open_rare, editor))
        view_model.suggested.connect(self._show_suggestion)

    # what the form asks

    def scheme(self) -> Scheme | None:
        """Of the batch that is chosen."""
        return self._view_model.checks.scheme_of(self._form.value("batch"))

    def forget(self) -> None:
        """Another person is in the form: nothing of theirs has been left or refused."""
        self._left.clear()
        self._refused.clear()
        for one in self._form.rows.values():
            one.accept()
        self.look()

    def forget_suggestion(self) -> None:
        self._suggested = ""

    def forget_refusals(self) -> None:
        self._refused.clear()
        self._form.clear_refusals()

    def look(self) -> Check:
        """Sentences under the fields, and what the number says, as the form stands."""
        check = self._view_model.checks.check(self._form.values())
        self._form.show_what_the_number_says(check)
        for name, one in self._form.rows.items():
            if name in self._refused:
                continue
            problem = check.about(name)
            if problem is None or (problem.code in TYPING and name not in self._left) or not self._form.value(name):
                one.accept()
            else:
                self._form.say_problem(name, problem)
        return check

    def refuse(self, field: str, said: str) -> None:
        self._refused.add(field)
        self._form.refuse(field, said)

    def show_problems(self, check: Check) -> None:
        """Every field that keeps the form from being saved; the focus in the first."""
        first = ""
        for name in self._form.rows:
            problem = check.about(name)
            if problem is not None and problem.weight is Weight.REJECT:
                self._form.rows[name].setVisible(True)
                self._form.say_problem(name, problem)
                self._refused.add(name)
                first = first or name
        if first:
            self._form.fields[first].setFocus()
        else:
            self._form.notice.refuse("  ".join(problem_sentence(p, current_language()) for p in check.problems))

    # what is typed

    def _typed(self, name: str, text: str) -> None:
        self._left.discard(name)
        self._refused.discard(name)
        if name == "id_no" and self._take_mrz(text):
            return
        self.touched.emit()
        if name == "name" and self._form.value("latin_name") == self._suggested:
            self._view_model.suggest(text)
        check = self.look()
        if name == "id_no" and self._view_model.person is None:
            self._view_model.look_up(check.document.key if check.document else "")

    def _open_rare(self, editor: NameEdit) -> None:
        dialog = RareCharactersDialog(self._view_model.rare_characters(), editor.window())
        dialog.chosen.connect(editor.insert)
        dialog.open()

    def _leave(self, name: str) -> None:
        if self._form.value(name):
            self._left.add(name)
            self.look()

    def _chosen(self, name: str, _index: int) -> None:
        if self._form.filling:
            return
        self._refused.discard(name)
        self.touched.emit()
        if name in {"batch", "level"}:
            self._form.show_levels(self.scheme())
        self.look()

    def _take_mrz(self, text: str) -> bool:
        """Whether `text` is what a reader of passports gives."""
        try:
            found = self._view_model.checks.read_mrz(text)
        except RuleViolation as refusal:
            self.touched.emit()
            lines = text.split()
            if len(lines) > 1 and len(lines[-1]) >= len(lines[0]):
                self._form.rows["id_no"].mark(sentence(refusal.code, {
                    name: value_word(str(value), current_language()) for name, value in refusal.detail.items()}))
            return True
        if found is None:
            return False
        self._suggested = found["latin_name"]
        self._form.put(found)
        self.touched.emit()
        self.look()
        self._view_model.look_up(found["id_no"])
        self._form.fields["name"].setFocus()
        return True

    def _show_suggestion(self, latin: str) -> None:
        """Only over an empty field or an earlier suggestion: what somebody typed stays."""
        editor = self._form.fields["latin_name"]
        if isinstance(editor, QLineEdit) and editor.text() in {"", self._suggested}:
            editor.setText(latin)
            self._suggested = latin
