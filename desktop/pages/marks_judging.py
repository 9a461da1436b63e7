"""Judges' sheets: the list of who is to be scored, and beside it one judge's scores for one candidate."""

from PySide6.QtCore import QSettings
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QStackedLayout, QVBoxLayout, QWidget

from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.domain.judging import Judgement
from desktop.errors import sentence_of
from desktop.i18n import current_language
from desktop.models.chips import Chip, Shape, Tone
from desktop.models.marks_cells import shortest
from desktop.models.paged_table import Align, Column
from desktop.tasks import Tasks
from desktop.theme import GRID
from desktop.viewmodels.marks_judging import JudgedRow, MarksJudgingViewModel
from desktop.widgets.basics import card, label, primary_button, row
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.field_row import Form
from desktop.widgets.rows_table import RowsTable

WIDTH = 400


class MarksJudgingTab(QWidget):
    def __init__(self, view_model: MarksJudgingViewModel, tasks: Tasks, settings: QSettings | None = None) -> None:
        super().__init__()
        self.view_model, self._shown, self._made_for = view_model, "", ""
        self.table: RowsTable[JudgedRow] = RowsTable("judging", self._columns(), lambda one: one.id, tasks, settings)
        self.table.setAccessibleName(self.tr("Candidates whom judges score"))
        self.who, self.so_far = label("", "heading", wrap=True), label("", "muted", wrap=True)
        self.judge, self.form = QComboBox(), Form()
        self.scores: dict[str, QLineEdit] = {}
        self.put = primary_button(self.tr("&Put the sheet in"), "check", self._put)
        self._frame, self._column = card()
        self._frame.setFixedWidth(WIDTH)
        for part in (self.who, self.so_far, self.form):
            self._column.addWidget(part)
        self._column.addLayout(row(None, self.put))
        self._column.addStretch(1)
        listed = QWidget()
        line = QHBoxLayout(listed)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2 * GRID)
        left = QVBoxLayout()
        left.addWidget(self.table, 1)
        line.addLayout(left, 1)
        line.addWidget(self._frame)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(listed)
        self._stack.addWidget(EmptyState(
            "marks", self.tr("Nobody is scored by judges in this batch"),
            self.tr("Where the scheme has judges for a subject, their sheets are put in here: the mean of all counts, "
                    "and where they are too far apart they judge again.")))
        self.table.current_id.connect(lambda key: self._show(str(key)))
        self.table.activated_id.connect(lambda _key: self.judge.setFocus())
        view_model.shown.connect(self._show_rows)
        view_model.judged.connect(self._show_judged)
        view_model.refused.connect(self._show_refused)
        view_model.failed.connect(self._show_failed)
        view_model.busy_changed.connect(self.put.setDisabled)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.table.setFocus()

    def _columns(self) -> list[Column[JudgedRow]]:
        return [Column(self.tr("Admission number"), lambda r: r.entrant.number, width=170),
                Column(self.tr("Name"), lambda r: r.entrant.name, width=100),
                Column(self.tr("Subject"), lambda r: _words(r.subject.zh, r.subject.en), width=170),
                Column(self.tr("Sheets"), lambda r: f"{len(r.judgement.sheets)} / {r.subject.judges}",
                       align=Align.AlignRight, width=72),
                Column(self.tr("Mean"), lambda r: f"{shortest(r.judgement.mean):f}" if r.judgement.mean else "",
                       align=Align.AlignRight, width=80),
                Column(self.tr("State"), lambda r: self._chip(r).word, self._chip, width=150)]

    def _chip(self, one: JudgedRow) -> Chip:
        if one.closed:
            return Chip(Tone.NEUTRAL, Shape.BAR, self.tr("not scored"))
        if one.judgement.remark:
            return Chip(Tone.WARN, Shape.TRIANGLE, self.tr("{points} apart: again").format(
                points=f"{shortest(one.judgement.spread):f}"))
        if one.judgement.mean is not None:
            return Chip(Tone.GOOD, Shape.TICK, self.tr("complete"))
        return Chip(Tone.NEUTRAL, Shape.RING if not one.judgement.sheets else Shape.HALF, self.tr("sheets missing"))

    def _show_rows(self) -> None:
        rows = self.view_model.rows
        self._stack.setCurrentIndex(0 if rows else 1)
        self.table.show_rows(rows)
        if rows and self.table.currentIndex().row() < 0:
            self.table.go_to(0)
        elif rows:
            self._describe(self._row())

    def _row(self) -> JudgedRow | None:
        return next((one for one in self.view_model.rows if one.id == self._shown), None)

    def _show(self, key: str) -> None:
        """Another candidate: empty fields, the judge stays."""
        if key == self._shown:
            return
        self._shown = key
        found = self._row()
        if found is not None:
            self._make_fields(found)
            for field in self.scores.values():
                field.clear()
            self.form.clear_refusals()
        self._describe(found)

    def _describe(self, found: JudgedRow | None) -> None:
        if found is None:
            return
        subject, now = found.subject, found.judgement
        self.who.setText(f"{found.entrant.name}  ·  {_words(subject.zh, subject.en)}")
        turn = now.turn + now.remark
        names = {code: name for name, code in self.view_model.judges(found)}
        said = [f"{names.get(one.judge, one.judge)}: {shortest(one.value):f}" for one in now.sheets]
        self.so_far.setText("\n".join([found.entrant.number, self.tr("Turn {turn}").format(turn=turn), *said]))
        self.put.setEnabled(not found.closed)

    def _make_fields(self, found: JudgedRow) -> None:
        kept = self.judge.currentData()
        if self._made_for != found.subject.code:
            self._made_for = found.subject.code
            old, self.form, self.judge = self.form, Form(), QComboBox()
            self.form.add("judge", self.tr("&Judge"), self.judge)
            self.scores = {}
            for number, criterion in enumerate(found.subject.criteria, 1):
                field = self.scores[criterion.code] = QLineEdit()
                title = f"&{number}  {_words(criterion.zh, criterion.en)}"
                self.form.add(criterion.code, title, field, self.tr("Counts {share} %").format(
                    share=f"{shortest(criterion.weight * 100):f}"))
            self.form.finished.connect(self._put)
            self._column.replaceWidget(old, self.form)
            old.deleteLater()
        self.judge.clear()
        for name, code in self.view_model.judges(found):
            self.judge.addItem(name, code)
        self.judge.setCurrentIndex(max(self.judge.findData(kept), 0))

    def _put(self) -> None:
        found = self._row()
        if found is not None:
            self.form.clear_refusals()
            typed = [one.text() for one in self.scores.values()]
            self.view_model.put(found, str(self.judge.currentData() or ""), typed)

    def _show_judged(self, _done: Judgement) -> None:
        for field in self.scores.values():
            field.clear()
        self.table.setFocus()

    def _show_refused(self, refusal: RuleViolation) -> None:
        first = next(iter(self.scores), "judge")
        self.form.refuse(first if refusal.field == "scores" else refusal.field, sentence_of(refusal))

    def _show_failed(self, fault: EnvironmentFault) -> None:
        self.form.notice.warn(sentence_of(fault))


def _words(zh: str, en: str) -> str:
    return zh if current_language() == "zh_CN" else en
