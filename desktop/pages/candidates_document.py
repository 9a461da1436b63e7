"""A further document of a person, or the one that takes the place of theirs."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from appraisal.domain.errors import RuleViolation
from desktop.errors import sentence
from desktop.pages.candidates_fields import Box, ChoiceBox, DocumentEdit, SearchChoice
from desktop.pages.candidates_form_fields import NONE, document_choices
from desktop.theme import GRID
from desktop.viewmodels.candidates_checks import FormChecks
from desktop.viewmodels.table_choices import countries
from desktop.widgets.basics import label, plain_button, primary_button, row
from desktop.widgets.field_row import Form

WIDTH = 520


class DocumentDialog(QDialog):
    wanted = Signal(str, str, str, str)
    """Kind, number, nationality (ISO 3166 alpha-3), and the reason where it replaces the one in the form."""

    def __init__(self, name: str, checks: FormChecks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Another document of {name}").format(name=name))
        self.resize(WIDTH, 0)
        self._checks = checks
        self.number, self.kind, self.nationality, self.why = DocumentEdit(), ChoiceBox(), SearchChoice(), QLineEdit()
        self.kind.fill(document_choices(self.tr("As the number says")))
        self.form = Form()
        self.form.add("number", self.tr("&Number"), self.number, self.tr("Type it, or scan the lines of a passport"))
        self.form.add("kind", self.tr("&Kind"), self.kind)
        self.nationality.offer_later(lambda: [NONE, *countries()])
        self.form.add("nationality", self.tr("N&ationality"), self.nationality)
        self.replaces = Box(self.tr("It &replaces the one in the form, which is kept as an earlier one"))
        self.form.add("why", self.tr("Reas&on"), self.why)
        self.save = primary_button(self.tr("Sa&ve"), "check", self._save)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(label(self.windowTitle(), "heading"))
        column.addWidget(self.replaces)
        column.addWidget(self.form)
        column.addLayout(row(None, plain_button(self.tr("Cancel"), "", self.reject), self.save))
        self.number.textEdited.connect(self._typed)
        self.kind.currentIndexChanged.connect(self._look)
        self.replaces.toggled.connect(self.form.rows["why"].setVisible)
        self.form.finished.connect(self._save)
        self.form.rows["why"].hide()
        self._look()
        self.number.setFocus()

    def refuse(self, field: str, said: str) -> None:
        self.form.refuse(field, said)

    def _typed(self, text: str) -> None:
        try:
            found = self._checks.read_mrz(text)
        except RuleViolation:  # half a passport's lines, as they come from a scanner
            return
        if found is not None:
            self.number.setText(found["id_no"])
            self.kind.choose(found["id_type"])
            self.nationality.choose(found["nationality"])
        self._look()

    def _look(self) -> None:
        """The nationality is asked for where the number does not say it."""
        self.form.rows["nationality"].setVisible(bool(self.number.text()) and not self._said_by_number())

    def _said_by_number(self) -> str:
        return self._checks.check({"id_no": self.number.text(), "id_type": self.kind.value()}).nationality

    def _save(self) -> None:
        why = self.why.text().strip() if self.replaces.isChecked() else ""
        if self.replaces.isChecked() and not why:
            self.form.refuse("why", sentence("reason_missing"))
            return
        nationality = self._said_by_number() or self.nationality.value()
        if not nationality:
            self.form.rows["nationality"].show()
        self.wanted.emit(self.kind.value(), self.number.text(), nationality, why)
