"""Differences: both values beside each other, and the third person's decision with its reason."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QSettings, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QRadioButton, QStackedLayout, QVBoxLayout, QWidget

from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.domain.scheme import Scheme
from appraisal.usecases.reads import DifferenceRow
from desktop.errors import sentence_of
from desktop.models.paged_table import Align, Column, PagedTableModel
from desktop.pages.marks_words import mark_word, subject_word
from desktop.tasks import Tasks
from desktop.theme import GRID
from desktop.viewmodels.marks_settle import MarksSettleViewModel
from desktop.widgets.basics import card, label, primary_button, row
from desktop.widgets.data_table import DataTable
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.field_row import Form

FIRST, SECOND, OTHER = range(3)


class MarksSettleTab(QWidget):
    def __init__(self, view_model: MarksSettleViewModel, scheme_of: "SchemeOf", tasks: Tasks,
                 settings: QSettings | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view_model, self._scheme_of = view_model, scheme_of
        self._rows: Mapping[str, DifferenceRow] = {}
        self.table = DataTable("differences", settings)
        self.table.setAccessibleName(self.tr("Differences"))
        self._model: PagedTableModel[DifferenceRow] = PagedTableModel(
            self._columns(), lambda ids: [self._rows[one] for one in ids if one in self._rows], _key, tasks)
        self.table.show_model(self._model)  # type: ignore[arg-type]
        self.table.horizontalHeader().setStretchLastSection(False)  # a number's column stays as wide as its numbers
        self.decision = Decision()
        self.empty = EmptyState("check", self.tr("No differences to settle"),
                                self.tr("Where the first and the second entry of a mark differ, it is listed here for "
                                        "a third person."))
        listed = QWidget()
        line = QHBoxLayout(listed)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2 * GRID)
        line.addWidget(self.table, 1)
        line.addWidget(self.decision)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(listed)
        self._stack.addWidget(self.empty)
        self.table.current_id.connect(self._show_current)
        self.table.activated_id.connect(lambda _: self.decision.first.setFocus())
        self.decision.settle.clicked.connect(self._settle)
        self.decision.form.finished.connect(self._settle)
        view_model.shown.connect(self._show_rows)
        view_model.refused.connect(self._show_refused)
        view_model.failed.connect(self._show_failed)
        view_model.busy_changed.connect(self.decision.settle.setDisabled)
        self._show_rows()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.table.setFocus()

    def _columns(self) -> list[Column[DifferenceRow]]:
        return [Column(self.tr("Admission number"), lambda r: r.admission_number, width=180),
                Column(self.tr("Name"), lambda r: r.name, width=120),
                Column(self.tr("Subject"), lambda r: subject_word(r.subject, self._scheme_of()), width=120),
                Column(self.tr("First entry"), lambda r: mark_word(r.first), align=Align.AlignRight, width=128),
                Column(self.tr("Second entry"), lambda r: mark_word(r.second), align=Align.AlignRight, width=128)]

    def _show_rows(self) -> None:
        at = max(self.table.currentIndex().row(), 0)
        self._rows = {_key(one): one for one in self.view_model.rows}
        self._model.set_ids(list(self._rows))
        self._stack.setCurrentIndex(0 if self._rows else 1)
        self.table.go_to(min(at, len(self._rows) - 1))

    def _show_current(self, key: str) -> None:
        found = self._rows.get(key)
        if found is not None:
            self.decision.show_row(found, subject_word(found.subject, self._scheme_of()))

    def _settle(self) -> None:
        found = self._rows.get(self._model.id_at(self.table.currentIndex().row()))
        if found is not None:
            self.decision.form.clear_refusals()
            self.view_model.settle(found, self.decision.typed(), self.decision.why.text())

    def _show_refused(self, refusal: RuleViolation) -> None:
        self.decision.form.refuse(refusal.field, sentence_of(refusal))

    def _show_failed(self, fault: EnvironmentFault) -> None:
        self.decision.form.notice.warn(sentence_of(fault))


class Decision(QWidget):
    """Keys 1 and 2 take an entry, 3 another mark; Enter goes on to the reason, and there settles."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(400)
        self._row: DifferenceRow | None = None
        self.who, self.what = label("", "heading", wrap=True), label("", "muted")
        self.first, self.second, self.other = QRadioButton(), QRadioButton(), QRadioButton(self.tr("&3  Another mark"))
        self.choices = QButtonGroup(self)
        self.mark, self.why, self.form = QLineEdit(), QLineEdit(), Form()
        self.why.setPlaceholderText(self.tr("e.g. compared with the paper"))
        frame, column = card()
        for part in (self.who, self.what):
            column.addWidget(part)
        for place, choice in enumerate((self.first, self.second, self.other)):
            self.choices.addButton(choice, place)
            choice.installEventFilter(self)
            column.addWidget(choice)
        self.form.add("mark", self.tr("&Mark"), self.mark)
        self.form.add("why", self.tr("&Reason"), self.why)
        self.settle = primary_button(self.tr("&Settle"))
        column.addWidget(self.form)
        column.addLayout(row(None, self.settle))
        ground = QVBoxLayout(self)
        ground.setContentsMargins(0, 0, 0, 0)
        ground.addWidget(frame)
        ground.addStretch(1)
        self.choices.idToggled.connect(self._chosen)

    def show_row(self, shown: DifferenceRow, subject: str) -> None:
        self._row = shown
        self.who.setText(f"{shown.name}  ·  {subject}")
        self.what.setText(shown.admission_number)
        self.first.setText(self.tr("&1  First entry: {mark}").format(mark=mark_word(shown.first)))
        self.second.setText(self.tr("&2  Second entry: {mark}").format(mark=mark_word(shown.second)))
        self.choices.setExclusive(False)
        for choice in self.choices.buttons():
            choice.setChecked(False)
        self.choices.setExclusive(True)
        self.mark.clear()
        self.form.clear_refusals()
        self.form.rows["mark"].setVisible(False)

    def typed(self) -> str:
        """The chosen mark, as it would be typed."""
        chosen = self.choices.checkedId()
        if self._row is None or chosen not in {FIRST, SECOND}:
            return self.mark.text()
        mark = self._row.first if chosen == FIRST else self._row.second
        return str(mark.value) if mark.value is not None else mark.state.value

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            choice = {Qt.Key.Key_1: self.first, Qt.Key.Key_2: self.second, Qt.Key.Key_3: self.other}.get(
                Qt.Key(event.key()))
            if choice is not None:
                choice.setChecked(True)
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and isinstance(watched, QRadioButton):
                watched.setChecked(True)
                return True
        return super().eventFilter(watched, event)

    def _chosen(self, place: int, on: bool) -> None:
        if on:
            self.form.clear_refusals()
            self.form.rows["mark"].setVisible(place == OTHER)
            (self.mark if place == OTHER else self.why).setFocus()
            self.why.selectAll()


class SchemeOf:
    """The scheme of the batch that is open: words of subjects and levels are its."""

    def __init__(self, schemes: Mapping[str, Scheme]) -> None:
        self._schemes, self.code = schemes, ""

    def __call__(self) -> Scheme:
        return self._schemes[self.code]


def _key(one: DifferenceRow) -> str:
    return f"{one.enrolment} {one.subject}"
