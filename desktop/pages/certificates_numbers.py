"""The province's numbers before they are taken in: each row with what is wrong, one button for all that is right."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QLocale, QSettings, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from appraisal.domain.errors import EnvironmentFault
from appraisal.domain.names import mask_number
from appraisal.sheets.numbers import NumberRow
from desktop.errors import sentence, sentence_of
from desktop.models.paged_table import Column
from desktop.tasks import Progress, Tasks
from desktop.viewmodels.certificates_numbers import NumbersViewModel
from desktop.viewmodels.certificates_words import number_chip, number_sentence
from desktop.widgets.basics import label, page_column, plain_button, primary_button, row
from desktop.widgets.chip import StateChip
from desktop.widgets.notice import Notice
from desktop.widgets.progress_panel import ProgressPanel
from desktop.widgets.rows_table import RowsTable


class NumbersPanel(QWidget):
    left = Signal()
    """Back to the certificates; something may have been taken in."""

    def __init__(self, view_model: NumbersViewModel, tasks: Tasks, settings: QSettings | None = None) -> None:
        super().__init__()
        self._view_model = view_model
        self.title, self.notice, self.progress = label("", "title"), Notice(), ProgressPanel()
        self.table = self._table(tasks, settings)
        self.back = plain_button(self.tr("&Back"), "back", self.left.emit)
        self.take_in = primary_button("", "check", view_model.take_in)
        self.counts = row()
        column = page_column(self)
        column.addLayout(row(self.title, None, self.back, self.take_in))
        column.addWidget(self.notice)
        column.addWidget(self.progress)
        column.addLayout(self.counts)
        column.addWidget(self.table, 1)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.activated.connect(self._leave)
        view_model.read.connect(self._show_reading)
        view_model.taken_in.connect(self._show_taken_in)
        view_model.refused.connect(self._show_refused)
        view_model.failed.connect(self._show_failed)
        view_model.cancelled.connect(lambda: self.notice.info(self.tr("Cancelled; no number was taken in.")))
        view_model.began.connect(self._follow)
        view_model.stepped.connect(self.progress.step)
        view_model.ended.connect(self._show_ended)
        self._show_reading()

    def _table(self, tasks: Tasks, settings: QSettings | None) -> RowsTable[NumberRow]:
        return RowsTable("certificates-numbers", (
            Column(self.tr("Row"), lambda one: str(one.row), width=56),
            Column(self.tr("State"), lambda _one: "", number_chip, width=104),
            Column(self.tr("Name"), lambda one: one.name, width=128),
            Column(self.tr("Document number"), lambda one: one.id_no, width=176, mask=mask_number),
            Column(self.tr("Certificate number"), lambda one: one.number, width=204),
            Column(self.tr("Date"), lambda one: one.issued.isoformat() if one.issued else "", width=96),
            Column(self.tr("What is so"), number_sentence, width=320, tooltip=number_sentence),
        ), lambda one: str(one.row), tasks, settings)

    def _leave(self) -> None:
        if self.progress.isVisible():
            self.progress.cancel.click()
        else:
            self.left.emit()

    def _show_reading(self) -> None:
        rows = self._view_model.rows()
        self.notice.clear()
        self.title.setText(self.tr("Certificate numbers: {file}").format(file=self._view_model.file_name))
        self._show_counts(rows)
        self.table.show_rows(rows)
        count = len(self._view_model.accepted())
        self.take_in.setText(self.tr("&Take in 1 number") if count == 1
                             else self.tr("&Take in {n} numbers").format(n=QLocale().toString(count)))
        self.take_in.setEnabled(count > 0)
        (self.take_in if count else self.back).setFocus()

    def _show_counts(self, rows: tuple[NumberRow, ...]) -> None:
        while (item := self.counts.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        counted = Counter(number_chip(one) for one in rows)
        for chip, count in counted.items():
            self.counts.addWidget(StateChip(chip))
            self.counts.addWidget(label(QLocale().toString(count)))
        self.counts.addStretch(1)

    def _follow(self, progress: Progress) -> None:
        self.take_in.setEnabled(False)
        self.progress.follow(self.tr("Taking the numbers in"), progress)

    def _show_ended(self) -> None:
        self.progress.finish()
        self.take_in.setEnabled(True)

    def _show_taken_in(self, new: int) -> None:
        self.notice.good(self.tr("Numbers taken in: {n}. Now the certificates can be issued.").format(
            n=QLocale().toString(new)))
        self.take_in.setEnabled(False)
        self.back.setFocus()

    def _show_refused(self, code: str, detail: Mapping[str, Any]) -> None:
        self.notice.refuse(sentence(code, detail))

    def _show_failed(self, fault: EnvironmentFault) -> None:
        self.notice.warn(sentence_of(fault))
