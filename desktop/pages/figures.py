"""Figures page: who came, who passed, how marks lie, how judges agree, and what somebody should look at."""

from decimal import Decimal

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QComboBox, QGridLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.exam_day import AWAY, Attendance
from appraisal.domain.figures import BIN, JudgeFigure, Pattern, Rate
from desktop.errors import sentence, sentence_of
from desktop.models.paged_table import Align, Column
from desktop.pages.exam_day_words import session_word
from desktop.pages.marks_words import level_word, subject_word
from desktop.theme import GRID
from desktop.viewmodels.figures import FiguresViewModel
from desktop.widgets.bar_chart import BarsAcross, Distribution
from desktop.widgets.basics import card, label, page_column, row
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.notice import Notice
from desktop.widgets.rows_table import RowsTable

WORK, NO_BATCH = range(2)
MOST_ORGANISATIONS = 8


class FiguresPage(QWidget):
    def __init__(self, view_model: FiguresViewModel, settings: QSettings | None = None) -> None:
        super().__init__()
        self.view_model = view_model
        self.batch, self.notice, self.subject = QComboBox(), Notice(), QComboBox()
        self.batch.setAccessibleName(self.tr("Batch"))
        self.batch.setMinimumWidth(380)
        self.subject.setAccessibleName(self.tr("Subject"))
        self.presence, self.subjects, self.levels = BarsAcross(), BarsAcross(), BarsAcross()
        self.organisations, self.distribution = BarsAcross(), Distribution()
        self.patterns = label("", wrap=True)
        self.judges: RowsTable[JudgeFigure] = RowsTable("judges", self._judge_columns(), lambda one: one.judge,
                                                        view_model.tasks, settings)
        self.judges.setAccessibleName(self.tr("Judges"))
        self.judges.setFixedHeight(5 * 28)
        self.ground = QStackedWidget()
        self.ground.addWidget(self._lay_out())
        self.ground.addWidget(EmptyState(
            "figures", self.tr("No figures yet"),
            self.tr("When a batch is examined, its presence, pass rates and marks are counted here.")))
        named = label(self.tr("&Batch"))
        named.setBuddy(self.batch)
        column = page_column(self)
        column.addLayout(row(label(self.tr("Figures"), "title"), None, named, self.batch))
        column.addWidget(self.notice)
        column.addWidget(self.ground, 1)
        self.batch.activated.connect(lambda at: view_model.open(self.batch.itemData(at)))
        self.subject.activated.connect(lambda _at: self._show_distribution())
        view_model.batches_shown.connect(self._show_batches)
        view_model.shown.connect(self._show)
        view_model.failed.connect(self._show_failed)
        view_model.refresh()

    def refresh(self) -> None:
        self.view_model.refresh()

    def go_to(self, batch: Id) -> None:
        self.view_model.open(batch)
        self.batch.setCurrentIndex(self.batch.findData(batch))

    def _lay_out(self) -> QWidget:
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(2 * GRID)
        spread = QWidget()
        column = QVBoxLayout(spread)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row(self.subject, None))
        column.addWidget(self.distribution, 1)
        for place, (title, part) in enumerate((
                (self.tr("Presence"), self.presence), (self.tr("How the marks lie"), spread),
                (self.tr("Passed by subject"), self.subjects), (self.tr("Passed by level"), self.levels),
                (self.tr("Passed by organisation"), self.organisations), (self.tr("Judges"), self.judges),
                (self.tr("To look at"), self.patterns))):
            frame, column = card()
            column.addWidget(label(title, "heading"))
            column.addWidget(part)
            column.addStretch(1)
            grid.addWidget(frame, place // 2, place % 2, 1, 2 if part is self.patterns else 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(4, 1)
        scrolled = QScrollArea()
        scrolled.setWidgetResizable(True)
        scrolled.setFrameShape(QScrollArea.Shape.NoFrame)
        scrolled.setWidget(inside)
        return scrolled

    def _judge_columns(self) -> list[Column[JudgeFigure]]:
        right = Align.AlignRight
        return [Column(self.tr("Judge"), lambda r: self._person(r.judge), width=120),
                Column(self.tr("Sheets"), lambda r: str(r.sheets), align=right, width=72),
                Column(self.tr("Against the panel"), lambda r: f"{r.severity:+}", align=right, width=150),
                Column(self.tr("Distance"), lambda r: str(r.agreement), align=right, width=88)]

    def _person(self, who: str) -> str:
        return self.view_model.book.people.get(who, who) if self.view_model.book else who

    def _show_batches(self) -> None:
        self.batch.clear()
        for one in self.view_model.batches:
            self.batch.addItem(f"{one.code}  {one.title}", one.id)
        self.batch.setCurrentIndex(self.batch.findData(self.view_model.batch))
        self.ground.setCurrentIndex(WORK if self.view_model.batch else NO_BATCH)

    def _show(self) -> None:
        book, found = self.view_model.book, self.view_model.figures
        if book is None or found is None:
            return
        bars = []
        for one in book.sessions:
            states = found.presence[one.session]
            here, all_of_it = states.get(Attendance.PRESENT, 0) + states.get(Attendance.LATE, 0), sum(states.values())
            away = sum(states.get(state, 0) for state in AWAY)
            bars.append((one.title or session_word(one), here / all_of_it if all_of_it else 0.0, self.tr(
                "{here} of {all}, {away} away").format(here=here, all=all_of_it, away=away)))
        self.presence.show_bars(bars)
        self.subjects.show_bars([self._bar(one, subject_word(one.name, book.scheme)) for one in found.subjects])
        self.levels.show_bars([self._bar(one, level_word(int(one.name) if one.name else None, book.scheme)
                                         or book.scheme.name.zh) for one in found.levels])
        self.organisations.show_bars([self._bar(one, one.name or self.tr("none given"))
                                      for one in found.organisations[:MOST_ORGANISATIONS]])
        self.judges.show_rows(found.judges)
        chosen = self.subject.currentData()
        self.subject.clear()
        for code in found.distribution:
            self.subject.addItem(subject_word(code, book.scheme), code)
        self.subject.setCurrentIndex(max(self.subject.findData(chosen), 0))
        self._show_distribution()
        said = [f"•  {self._pattern(one)}" for one in found.patterns]
        self.patterns.setText("\n".join(said) or self.tr("Nothing unusual was found."))

    def _bar(self, one: Rate, name: str) -> tuple[str, float, str]:
        share = one.share
        return name, float(share or 0), "--" if share is None else f"{one.part} / {one.whole}  {share * 100:.0f} %"

    def _pattern(self, one: Pattern) -> str:
        people = {name: self._person(str(value)) for name, value in one.detail.items() if name in ("first", "second")}
        return sentence(one.code, {**one.detail, **people})

    def _show_distribution(self) -> None:
        book, found = self.view_model.book, self.view_model.figures
        code = self.subject.currentData()
        if book is not None and found is not None and code in found.distribution:
            least = next((one.pass_mark for level in book.scheme.levels for one in level.subjects if one.code == code),
                         Decimal(0))
            self.distribution.show_counts(found.distribution[code], int(least) // BIN)

    def _show_failed(self, problem: RuleViolation | EnvironmentFault) -> None:
        self.notice.warn(sentence_of(problem))
