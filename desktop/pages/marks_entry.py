"""One entry's tab: search, grid, what is refused beneath it, and the strip that confirms a void mark."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from appraisal.domain.errors import EnvironmentFault, RuleViolation
from desktop.errors import sentence_of
from desktop.models.chips import Tone
from desktop.models.marks_cells import CellState
from desktop.pages.marks_grid import MarksGrid
from desktop.theme import GRID
from desktop.viewmodels.marks_entry import MarksEntryViewModel
from desktop.widgets.basics import label, plain_button, restyle, row
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.notice import Notice
from desktop.widgets.search_box import SearchBox

VOID = "违纪"


class MarksEntryTab(QWidget):
    import_asked = Signal(int)
    """Which entry a sheet is to be imported as."""

    def __init__(self, view_model: MarksEntryViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view_model = view_model
        self.search = SearchBox(self.tr("Admission number, name or initials"))
        self.search.setMinimumWidth(300)
        self.grid = MarksGrid(view_model)
        self.progress, self.nobody = label("", "muted"), label("", "refusal")
        self.sheet = plain_button(self.tr("&Import a marks sheet …"), "import",
                                  lambda: self.import_asked.emit(view_model.entry))
        self.notice, self.confirm = Notice(), VoidStrip()
        self.empty = EmptyState(
            "marks", self.tr("Nobody is seated in this batch"),
            self.tr("Give the candidates their admission numbers first, and move the batch on to the exam. "
                    "Then their rows stand here."))
        listed = QWidget()
        column = QVBoxLayout(listed)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(row(self.search, self.nobody, None, self.progress, self.sheet))
        column.addWidget(self.grid, 1)
        column.addWidget(self.confirm)
        column.addWidget(self.notice)
        column.addLayout(self._keys())
        self._stack = QStackedLayout(self)
        self._stack.addWidget(listed)
        self._stack.addWidget(self.empty)
        self._bind()
        self._show_rows()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.grid.setFocus()

    def give_up_or_mend(self) -> bool:
        """True when nothing refused is left; else the cursor goes to the first of them."""
        left = self.view_model.refusals()
        if left:
            self.grid.go_to(*left[0])
            self.grid.setFocus()
            self.notice.refuse(self.tr("{n} marks were refused and are not saved. Type them again, or press Esc on "
                                       "each to give it up.").format(n=len(left)))
        return not left

    def _bind(self) -> None:
        view_model = self.view_model
        self.search.serve(self)
        self.search.asked.connect(self._find)
        self.search.left.connect(self._to_grid)
        self.grid.void_asked.connect(self._ask_void)
        self.grid.came_to.connect(self._show_refusal_at)
        self.confirm.answered.connect(self._void)
        view_model.shown.connect(self._show_rows)
        view_model.cell_changed.connect(self._count)
        view_model.refused.connect(self._show_refused)
        view_model.failed.connect(self._show_failed)

    def _keys(self) -> QHBoxLayout:
        said = ((self.tr("Enter"), self.tr("next candidate")), (self.tr("Tab"), self.tr("next subject")),
                ("Q", self.tr("absent")), ("W", self.tr("void")), ("Esc", self.tr("give up what was refused")),
                ("Ctrl+V", self.tr("paste a block")), ("/", self.tr("search")))
        line = row()
        for key, does in said:
            line.addWidget(label(key, "key"))
            line.addWidget(label(does, "muted"))
            line.addSpacing(GRID)
        line.addStretch(1)
        return line

    def _show_rows(self) -> None:
        self._stack.setCurrentIndex(0 if self.view_model.rows else 1)
        self.notice.clear()
        self.confirm.hide()
        self._count()

    def _count(self) -> None:
        saved, of = self.view_model.counts()
        text = self.tr("{saved} of {of} marks entered").format(saved=saved, of=of)
        waiting = self.view_model.waiting()
        self.progress.setText(text + ("  ·  " + self.tr("saving {n}").format(n=waiting) if waiting else ""))

    def _find(self, typed: str) -> None:
        found = self.view_model.find(typed)
        self.nobody.setText(self.tr("Nobody here matches") if typed and found < 0 else "")
        if found >= 0:
            self.grid.go_to(found)

    def _to_grid(self) -> None:
        if not self.nobody.text():
            self.grid.setFocus()

    def _ask_void(self, at_row: int, column: int) -> None:
        candidate = self.view_model.rows[at_row]
        self.confirm.ask(at_row, column, self.tr("Make this mark of {name} ({number}) void for a violation?").format(
            name=candidate.name, number=candidate.admission_number))

    def _void(self, at_row: int, column: int, agreed: bool) -> None:
        self.grid.setFocus()
        self.grid.go_to(at_row, column)
        if agreed and self.view_model.enter(at_row, column, VOID):
            self.grid.step(1, 0)

    def _show_refused(self, at_row: int, column: int, refusal: RuleViolation) -> None:
        where = ""
        if at_row >= 0:
            candidate = self.view_model.rows[at_row]
            where = self.tr("{name}, {number}: ").format(name=candidate.name, number=candidate.admission_number)
        if at_row >= 0 and (self.grid.currentIndex().row() != at_row):
            self.notice.say(Tone.REFUSE, where + sentence_of(refusal), self.tr("Go there"),
                            lambda: self._go(at_row, column))
        else:
            self.notice.refuse(where + sentence_of(refusal))

    def _show_refusal_at(self, at_row: int, column: int) -> None:
        cell = self.view_model.cell(at_row, column)
        if cell.state is CellState.REFUSED and cell.refusal is not None:
            self.notice.refuse(sentence_of(cell.refusal))
        elif not self.view_model.refusals():
            self.notice.clear()

    def _go(self, at_row: int, column: int) -> None:
        self.grid.setFocus()
        self.grid.go_to(at_row, column)

    def _show_failed(self, fault: EnvironmentFault) -> None:
        self.notice.warn(sentence_of(fault))


class VoidStrip(QFrame):
    """Enter confirms, Esc leaves. Hidden while nothing is asked."""

    answered = Signal(int, int, bool)
    """Row, subject column, and whether it is to be void."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "notice")
        self._at = (-1, -1)
        self.question = label("")
        self.agree = plain_button(self.tr("Make it &void"), "", lambda: self._answer(agreed=True))
        self.leave = plain_button(self.tr("&Leave it"), "", lambda: self._answer(agreed=False))
        line = QHBoxLayout(self)
        line.setContentsMargins(GRID + 4, GRID // 2, GRID, GRID // 2)
        line.addWidget(self.question, 1)
        line.addWidget(self.agree)
        line.addWidget(self.leave)
        for button in (self.agree, self.leave):
            button.installEventFilter(self)
        restyle(self, "tone", "warn")
        self.hide()

    def ask(self, at_row: int, column: int, question: str) -> None:
        self._at = (at_row, column)
        self.question.setText(question)
        self.show()
        self.agree.setFocus()

    def eventFilter(self, button: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self._answer(agreed=False)
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._answer(agreed=button is self.agree)
                return True
        return super().eventFilter(button, event)

    def _answer(self, *, agreed: bool) -> None:
        self.hide()
        self.answered.emit(*self._at, agreed)
