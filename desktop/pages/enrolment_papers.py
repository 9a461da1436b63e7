"""The papers of one enrolment: which originals were seen; and where the fee stands."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from appraisal.domain.enrolment import Payment
from appraisal.domain.scheme import Scheme
from appraisal.sheets.wording import value_word
from appraisal.usecases.reads import EnrolmentRow
from desktop.i18n import current_language
from desktop.pages.candidates_fields import Box, ChoiceBox
from desktop.theme import GRID
from desktop.widgets.basics import label, plain_button, primary_button, row
from desktop.widgets.field_row import Form

WIDTH = 520


class PapersDialog(QDialog):
    wanted = Signal(object, str, str)
    """Codes of the materials seen, the Payment, and the receipt's number."""

    def __init__(self, enrolment: EnrolmentRow, scheme: Scheme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Papers of {name}").format(name=enrolment.name))
        self.resize(WIDTH, 0)
        chinese = current_language() == "zh_CN"
        asked = scheme.materials_for(enrolment.level, enrolment.condition)
        self.boxes = {one.code: Box(one.zh if chinese else one.en) for one in asked}
        for code, box in self.boxes.items():
            box.setChecked(code in enrolment.seen)
        self.payment, self.receipt, self.form = ChoiceBox(), QLineEdit(enrolment.receipt), Form()
        self.payment.fill([(value_word(f"payment.{one}", current_language()), one.value) for one in Payment])
        self.payment.choose(enrolment.payment.value)
        self.form.add("payment", self.tr("&Fee"), self.payment)
        self.form.add("receipt", self.tr("&Receipt number"), self.receipt)
        self.form.setVisible(scheme.fee)
        self.save = primary_button(self.tr("Sa&ve"), "check", self._save)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addWidget(label(self.windowTitle(), "heading"))
        column.addWidget(label(enrolment.condition, "muted", wrap=True))
        column.addWidget(label(self.tr("Tick what you have seen in the original; no copies are kept.") if asked else
                               self.tr("The scheme asks for no papers for this condition."), wrap=True))
        for box in self.boxes.values():
            column.addWidget(box)
        column.addWidget(self.form)
        column.addLayout(row(None, plain_button(self.tr("Cancel"), "", self.reject), self.save))
        self.form.finished.connect(self._save)
        next(iter(self.boxes.values()), self.payment).setFocus()

    def _save(self) -> None:
        self.accept()
        seen = frozenset(code for code, box in self.boxes.items() if box.isChecked())
        self.wanted.emit(seen, self.payment.value(), self.receipt.text().strip())
