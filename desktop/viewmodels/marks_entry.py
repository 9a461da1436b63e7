"""One entry of a batch's marks: what each cell holds, and how far it is on its way to the disk. Knows no widget.

Every cell is saved by itself as it is left. What is refused stays in its cell, as typed, until mended or given up.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.latin_names import initials
from appraisal.domain.marks import Mark, Outcome
from appraisal.domain.scheme import Level, Scheme, Subject
from appraisal.domain.text import compact, is_dash
from appraisal.usecases.enter_mark import EnterMark, EnterMarks
from appraisal.usecases.reads import BatchRow, MarkRow
from desktop.models.marks_cells import CLOSED, Cell, CellState, why_closed
from desktop.tasks import Latest, Tasks
from desktop.viewmodels.marks_typed import read_mark


class MarkReads(Protocol):
    def mark_rows(self, batch: Id, entry: int) -> Sequence[MarkRow]: ...


@dataclass(frozen=True, slots=True)
class EntryCommands:
    enter: Callable[[EnterMark], Outcome]
    enter_many: Callable[[EnterMarks], int]


@dataclass(slots=True)
class _Sheet:
    rows: tuple[MarkRow, ...] = ()
    subjects: tuple[Subject, ...] = ()
    cells: tuple[tuple[Cell, ...], ...] = ()
    levels: Mapping[int | None, Level] = field(default_factory=dict)
    keys: tuple[str, ...] = field(default=(), repr=False)
    """Initials of each name, for the search."""
    by_number: Mapping[str, int] = field(default_factory=dict)
    saved: int = 0
    examined: int = 0
    refused: set[tuple[int, int]] = field(default_factory=set)
    """Counted as they change: a batch has tens of thousands of cells, and this is asked at every key."""


class MarksEntryViewModel(QObject):
    shown = Signal()
    """Other rows than before."""
    cell_changed = Signal(int, int)
    """Row and subject column."""
    refused = Signal(int, int, object)
    """Row, subject column and the RuleViolation; -1, -1 where no cell of this batch is meant."""
    failed = Signal(object)
    """EnvironmentFault."""

    def __init__(self, entry: int, reads: MarkReads, commands: EntryCommands, schemes: Mapping[str, Scheme],
                 tasks: Tasks, operator: Id) -> None:
        super().__init__()
        self.entry, self._reads, self._commands = entry, reads, commands
        self._schemes, self._tasks, self._operator = schemes, tasks, operator
        self._sheet, self._latest, self._waiting = _Sheet(), Latest(), 0

    # what is shown

    @property
    def rows(self) -> Sequence[MarkRow]:
        return self._sheet.rows

    @property
    def subjects(self) -> Sequence[Subject]:
        return self._sheet.subjects

    def level(self, row: int) -> Level | None:
        """None where the scheme has no levels."""
        level = self._sheet.rows[row].level
        return None if level is None else self._sheet.levels[level]

    def cell(self, row: int, column: int) -> Cell:
        return self._sheet.cells[row][column]

    def counts(self) -> tuple[int, int]:
        """Marks saved, and marks that the batch has in all."""
        return self._sheet.saved, self._sheet.examined

    def waiting(self) -> int:
        """Saves on their way."""
        return self._waiting

    def refusals(self) -> list[tuple[int, int]]:
        """Row and subject column of each, from the top."""
        return sorted(self._sheet.refused)

    def open(self, batch: BatchRow | None) -> None:
        if batch is None:
            self._latest.take()
            self._show(_Sheet())
            return
        scheme = self._schemes[batch.scheme]
        self._tasks.read(lambda: _sheet(self._reads.mark_rows(batch.id, self.entry), scheme), self._on_read,
                         self._latest)

    def find(self, typed: str) -> int:
        """Row of the first admission number, name or initials that match, a whole number first; -1: nobody."""
        wanted = compact(typed).lower()
        if not wanted:
            return -1
        rows = self._sheet.rows
        tests: tuple[Callable[[int], bool], ...] = (
            lambda at: rows[at].admission_number.lower() == wanted,
            lambda at: compact(rows[at].name).lower().startswith(wanted),
            lambda at: rows[at].admission_number.lower().endswith(wanted),
            lambda at: self._sheet.keys[at].startswith(wanted),
            lambda at: wanted in compact(rows[at].name).lower() or wanted in rows[at].admission_number.lower())
        return next((at for test in tests for at in range(len(rows)) if test(at)), -1)

    def row_of(self, number: str) -> int:
        """Row of an admission number as a scanner types it; -1: not in this batch."""
        return self._sheet.by_number.get(compact(number), -1)

    def first_open(self, row: int) -> int:
        """Subject column of the first mark that is still missing; else the first that is examined."""
        examined = [column for column, cell in enumerate(self._sheet.cells[row])
                    if cell.state not in CLOSED]
        return next((column for column in examined if self.cell(row, column).saved is None), next(iter(examined), 0))

    # what is typed

    def enter(self, row: int, column: int, typed: str) -> bool:
        """Save what was typed. False: refused at once, and nothing was sent."""
        cell = self.cell(row, column)
        try:
            mark = self._readable(cell, typed)
        except RuleViolation as refusal:
            self._refuse(row, column, typed.strip(), refusal)
            return False
        if mark is None:
            self.revert(row, column)
        elif mark != cell.mark or cell.state is CellState.REFUSED:
            self._send(((row, column, mark),))
        return True

    def paste(self, row: int, column: int, text: str) -> bool:
        """A block as spreadsheets copy it, from this cell on; empty cells and dashes change nothing. All or nothing."""
        lines = [line.split("\t") for line in text.rstrip("\r\n").splitlines()]
        widest = max((len(line) for line in lines), default=0)
        left = len(self.subjects) - column
        if widest > left:
            self.refused.emit(row, column, RuleViolation("marks_paste_too_wide", "mark", columns=widest, left=left))
            return False
        if len(lines) > len(self.rows) - row:
            self.refused.emit(row, column, RuleViolation(
                "marks_paste_too_long", "mark", rows=len(lines), left=len(self.rows) - row))
            return False
        found = []
        for down, line in enumerate(lines):
            for across, typed in enumerate(line):
                try:
                    mark = self._readable(self.cell(row + down, column + across), typed)
                except RuleViolation as refusal:
                    self.refused.emit(row + down, column + across, refusal)
                    return False
                if mark is not None and mark != self.cell(row + down, column + across).saved:
                    found.append((row + down, column + across, mark))
        if found:
            self._send(tuple(found))
        return True

    def revert(self, row: int, column: int) -> None:
        """Give up what was refused; the saved mark is shown again."""
        cell = self.cell(row, column)
        if cell.state is CellState.REFUSED:
            self._settle(cell, cell.saved)
            self._sheet.refused.discard((row, column))
            self.cell_changed.emit(row, column)

    # saving

    def _readable(self, cell: Cell, typed: str) -> Mark | None:
        if cell.state not in CLOSED:
            return read_mark(typed)
        if compact(typed) and not is_dash(typed):
            raise RuleViolation(why_closed(cell), "mark")
        return None

    def _send(self, marks: tuple[tuple[int, int, Mark], ...]) -> None:
        """One mark is one command; a block is one command too, entered whole or not at all."""
        sheet, turns = self._sheet, []
        for row, column, mark in marks:
            cell = self.cell(row, column)
            cell.mark, cell.state, cell.refusal, cell.turn = mark, CellState.SAVING, None, cell.turn + 1
            turns.append(cell.turn)
            sheet.refused.discard((row, column))
        triples = tuple((sheet.rows[row].enrolment, sheet.subjects[column].code, mark) for row, column, mark in marks)
        self._waiting += 1
        if len(triples) == 1:
            one = EnterMark(triples[0][0], triples[0][1], self.entry, triples[0][2], self._operator)
            self._tasks.write(lambda: self._commands.enter(one), partial(self._on_saved, sheet, marks, turns))
        else:
            many = EnterMarks(self.entry, triples, self._operator)
            self._tasks.write(lambda: self._commands.enter_many(many), partial(self._on_saved, sheet, marks, turns))
        for row, column, _ in marks:
            self.cell_changed.emit(row, column)

    def _on_saved(self, sheet: _Sheet, marks: tuple[tuple[int, int, Mark], ...], turns: list[int],
                  done: "Future[Outcome] | Future[int]") -> None:
        self._waiting -= 1
        problem = done.exception()
        if problem is not None and not isinstance(problem, RuleViolation | EnvironmentFault):
            raise problem
        for (row, column, mark), turn in zip(marks, turns, strict=True):
            cell = sheet.cells[row][column]
            if problem is None:
                sheet.saved += cell.saved is None
                cell.saved = mark
            if cell.turn == turn:
                self._answer(cell, mark, problem, alone=len(marks) == 1)
                if cell.state is CellState.REFUSED:
                    sheet.refused.add((row, column))
            if sheet is self._sheet:
                self.cell_changed.emit(row, column)
        if isinstance(problem, EnvironmentFault):
            self.failed.emit(problem)
        elif problem is not None:
            here = marks[0][:2] if sheet is self._sheet else (-1, -1)
            self.refused.emit(*here, problem)

    def _answer(self, cell: Cell, mark: Mark, problem: RuleViolation | EnvironmentFault | None, *, alone: bool) -> None:
        if problem is None or not alone:  # a block that was refused is as it was
            self._settle(cell, cell.saved)
        else:
            cell.state, cell.refusal, cell.mark = CellState.REFUSED, problem, cell.saved
            cell.typed = mark.state.value if mark.value is None else f"{mark.value:f}"

    def _settle(self, cell: Cell, mark: Mark | None) -> None:
        cell.mark, cell.refusal, cell.typed = mark, None, ""
        cell.state = CellState.EMPTY if mark is None else CellState.SAVED

    def _refuse(self, row: int, column: int, typed: str, refusal: RuleViolation) -> None:
        cell = self.cell(row, column)
        if cell.state not in CLOSED:
            cell.state, cell.typed, cell.refusal = CellState.REFUSED, typed, refusal
            cell.turn += 1
            self._sheet.refused.add((row, column))
            self.cell_changed.emit(row, column)
        self.refused.emit(row, column, refusal)

    def _on_read(self, done: "Future[_Sheet]") -> None:
        try:
            self._show(done.result())
        except EnvironmentFault as fault:
            self.failed.emit(fault)

    def _show(self, sheet: _Sheet) -> None:
        self._sheet = sheet
        self.shown.emit()


def _sheet(rows: Sequence[MarkRow], scheme: Scheme) -> _Sheet:
    """Columns are the subjects of the levels that sit in this batch, in the scheme's order."""
    seated = {row.level for row in rows}
    subjects = tuple({s.code: s for level in scheme.levels if level.level in seated for s in level.subjects}.values())
    cells = tuple(tuple(_cell(row, subject.code) for subject in subjects) for row in rows)
    states = [cell.state for row in cells for cell in row]
    return _Sheet(
        tuple(rows), subjects, cells, {level.level: level for level in scheme.levels},
        tuple(initials(row.name) for row in rows), {row.admission_number: at for at, row in enumerate(rows)},
        states.count(CellState.SAVED), sum(one not in CLOSED for one in states))


def _cell(row: MarkRow, subject: str) -> Cell:
    marks = dict(row.marks)
    if subject not in marks:
        return Cell(CellState.NOT_EXAMINED)
    mark = marks[subject]
    for state, those in ((CellState.CARRIED, row.carried), (CellState.DAY, row.day), (CellState.JUDGED, row.judged)):
        if subject in those:
            return Cell(state, mark, mark)
    return Cell(CellState.EMPTY if mark is None else CellState.SAVED, mark, mark)
