"""Today page: what is due, what waits for a second person, what is unsent. Every item leads to its page."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QDate, QDateTime, QLocale, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from appraisal.domain.errors import EnvironmentFault
from desktop.errors import sentence_of
from desktop.models.chips import Chip, Shape, Tone
from desktop.pages.batches_words import day_word, node_word
from desktop.shell.entries import Command
from desktop.theme import GRID
from desktop.viewmodels.today import Due, TodayViewModel, Waiting
from desktop.widgets.basics import label, page_column, plain_button, row
from desktop.widgets.chip import StateChip
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.notice import Notice

SOON = 2
"""Working days from which a date is told in the colour of warnings."""
GoTo = Callable[[str, str], None]


class TodayPage(QWidget):
    def __init__(self, view_model: TodayViewModel, go_to: GoTo, parent: QWidget | None = None) -> None:
        """`go_to(page key, batch id)`: the batch is empty where none is meant."""
        super().__init__(parent)
        self.view_model, self._go_to = view_model, go_to
        self.date, self.notice = label("", "muted"), Notice()
        self.clock = plain_button("", "demonstration", view_model.move_clock)
        self.clock.hide()
        self.due = Section(self.tr("Due"), self.tr("No batch has a date ahead."))
        self.waiting = Section(self.tr("Waits for a second person"), self.tr("Nothing waits."))
        self.sending = Section(self.tr("To the association"), self.tr("Everything is sent and accepted."))
        self.sections = (self.due, self.waiting, self.sending)
        self.ground = QStackedWidget()
        self.ground.addWidget(self._columns())
        self.ground.addWidget(EmptyState(
            "batches", self.tr("Open a batch to begin"),
            self.tr("A batch has a scheme, an exam day and a number of places. What is due stands here."),
            self.tr("Go to the batches"), lambda: go_to("batches", "")))
        column = page_column(self)
        column.addLayout(row(label(self.tr("Today"), "title"), self.date, None, self.clock))
        column.addWidget(self.notice)
        column.addWidget(self.ground, 1)
        view_model.shown.connect(self._show)
        view_model.failed.connect(self._show_failed)
        view_model.refresh()

    def refresh(self) -> None:
        self.view_model.refresh()

    def commands(self) -> Sequence[Command]:
        if self.view_model.next_day() is None:
            return []
        return [Command(self.clock.text().replace("&", ""), self.view_model.move_clock, "demonstration")]

    def _columns(self) -> QWidget:
        columns = QWidget()
        line = QHBoxLayout(columns)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2 * GRID)
        for section in self.sections:
            line.addWidget(section, 1, Qt.AlignmentFlag.AlignTop)
        return columns

    def _show(self) -> None:
        found = self.view_model.found
        day = QDate(found.day.year, found.day.month, found.day.day)
        self.date.setText(QLocale().toString(day, QLocale.FormatType.LongFormat))
        self.ground.setCurrentIndex(0 if found.batches else 1)
        self.due.show_items([self._due(one) for one in found.due])
        self.waiting.show_items([self._waiting(one) for one in found.waiting])
        self.sending.show_items(self._sending())
        ahead = self.view_model.next_day()
        self.clock.setVisible(ahead is not None)
        if ahead is not None:
            self.clock.setText(self.tr("Move the &demonstration's clock on to {day}").format(day=day_word(ahead)))

    def _due(self, one: Due) -> "Item":
        return self._item(node_word(one.node), f"{day_word(one.day)}  ·  {one.batch.code}", self._distance(one),
                          one.page, one.batch.id, one.batch.title)

    def _distance(self, one: Due) -> Chip:
        if one.day == self.view_model.found.day:
            return Chip(Tone.WARN, Shape.DISC, self.tr("today"))
        if one.days < 0:
            return Chip(Tone.WARN, Shape.TRIANGLE, self.tr("{n} working days late").format(n=-one.days))
        if one.day < self.view_model.found.day:
            return Chip(Tone.WARN, Shape.TRIANGLE, self.tr("late"))
        tone, shape = (Tone.INFO, Shape.HALF) if one.days <= SOON else (Tone.NEUTRAL, Shape.RING)
        return Chip(tone, shape, self.tr("in {n} working days").format(n=one.days))

    def _waiting(self, one: Waiting) -> "Item":
        words = {"submitted": self.tr("Enrolments to review"), "differing": self.tr("Marks that differ"),
                 "objected": self.tr("Objections to settle"), "issuable": self.tr("Certificates to issue"),
                 "blocked": self.tr("Passed, but something is missing")}
        return self._item(words[one.kind], one.batch.code, Chip(Tone.INFO, Shape.DISC, str(one.count)), one.page,
                          one.batch.id, one.batch.title)

    def _sending(self) -> list["Item"]:
        found, items = self.view_model.found, []
        if found.needs_you:
            items.append(self._item(self.tr("Records that need you"), self.tr("The library asks about them"),
                                    Chip(Tone.WARN, Shape.TRIANGLE, str(found.needs_you)), "sync", ""))
        if found.sync is not None and found.sync.unsent:
            last = found.sync.last_export
            when = (self.tr("Nothing was sent yet") if last is None else
                    self.tr("Last sent {day}").format(day=QLocale().toString(
                        _day(last), QLocale.FormatType.ShortFormat)))
            items.append(self._item(self.tr("Records not sent"), when,
                                    Chip(Tone.INFO, Shape.HALF, QLocale().toString(found.sync.unsent)), "sync", ""))
        return items

    def _item(self, title: str, below: str, chip: Chip, page: str, batch: str, tip: str = "") -> "Item":
        made = Item(title, below, chip, lambda: self._go_to(page, batch))
        made.setToolTip(tip)
        return made

    def _show_failed(self, fault: EnvironmentFault) -> None:
        self.notice.warn(sentence_of(fault))


class Section(QFrame):
    """A heading over the items that lead somewhere; a quiet line where there are none."""

    def __init__(self, title: str, nothing: str) -> None:
        super().__init__()
        self.setMinimumWidth(280)
        self.items: list[Item] = []
        self.nothing = label(nothing, "muted", wrap=True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GRID)
        self._column.addWidget(label(title, "heading"))
        self._column.addWidget(self.nothing)

    def show_items(self, items: "list[Item]") -> None:
        for old in self.items:
            self._column.removeWidget(old)
            old.deleteLater()
        self.items = items
        for one in items:
            self._column.addWidget(one)
        self.nothing.setVisible(not items)


class Item(QPushButton):
    """Two lines and a chip, all of it one button."""

    def __init__(self, title: str, below: str, chip: Chip, on_click: Callable[[], None]) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.setAccessibleName(f"{title}, {chip.word}, {below}")
        self.setAutoDefault(True)
        self.chip = StateChip(chip)
        self.title, self.below = label(title), label(below, "muted")
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self.title)
        texts.addWidget(self.below)
        line = QHBoxLayout(self)
        line.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        line.addLayout(texts, 1)
        line.addWidget(self.chip)
        for part in (self.title, self.below, self.chip):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setMinimumHeight(60)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda: on_click())  # noqa: PLW0108  keeps Qt's `checked` away


def _day(milliseconds: int) -> QDate:
    return QDateTime.fromMSecsSinceEpoch(milliseconds).date()
