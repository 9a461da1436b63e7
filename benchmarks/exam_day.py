"""From seat to archive: a marks sheet of --n marks imported, a mark typed among --rows candidates until the next
cell is painted, every register of --people as PDF, and their archive with photos; with the peak memory of the papers.

The desk is the product's own: encrypted file, use cases, view-model and grid, offscreen.
"""

import argparse
import io
import json
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import xlsxwriter
from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from appraisal.documents.fonts import FontBook, shipped_fonts
from appraisal.documents.portrait import drawn_portrait
from appraisal.domain.batch import BatchState
from appraisal.domain.operator import Role
from appraisal.usecases.enter_mark import enter_mark, enter_marks
from appraisal.usecases.import_marks import ImportMarks, import_marks, preview_marks
from appraisal.usecases.open_batch import MoveBatch, move_batch
from appraisal.usecases.ports import no_step
from appraisal.usecases.register_candidate import AttachPhotos, attach_photos
from appraisal.usecases.seat_batch import SeatBatch, seat_batch
from benchmarks import crowd
from benchmarks.seating import FIELDS, enrolled, rooms
from db.centre import Centre
from desktop.binder import DOCUMENTS, Binder, Wanted
from desktop.pages.marks_grid import MarksGrid
from desktop.tasks import Tasks
from desktop.theme import Scheme, apply_theme, register_fonts
from desktop.viewmodels.marks_entry import EntryCommands, MarksEntryViewModel

PATIENCE = 10_000
"""Milliseconds."""


@contextmanager
def examined(people: int) -> Iterator[tuple[Centre, str]]:
    """A desk with one batch, seated and in marking."""
    with tempfile.TemporaryDirectory() as folder:
        crowd.found(Path(folder) / "desk")
        centre = crowd.open_desk(Path(folder) / "desk")
        batch = enrolled(centre, people, in_days=-1)
        supervisor = crowd.operator(centre, Role.SUPERVISOR)
        seat_batch(SeatBatch(batch, rooms(people), supervisor, b"lot", fields=FIELDS), centre.desk)
        for state in (BatchState.CLOSED, BatchState.SEATED, BatchState.EXAMINING, BatchState.MARKING):
            move_batch(MoveBatch(batch, state, supervisor), centre.desk)
        yield centre, batch
        centre.close()


def sheet(centre: Centre, batch: str) -> bytes:
    """The province's marks sheet with everybody in it."""
    out, chance = io.BytesIO(), Random(3)
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet()
    page.write_row(0, 0, ["序号", "准考证号", "姓名", "证件号码", "等级", "成绩"])
    page.write_row(1, 5, ["理论", "技能"])
    for at, row in enumerate(centre.reads.enrolments(batch), 2):
        page.write_row(at, 0, [str(at - 1), row.admission_number, row.name, row.document_number, str(row.level),
                               str(chance.randint(40, 100)), str(chance.randint(40, 100))])
    book.close()
    return out.getvalue()


def importing(marks: int) -> float:
    """Seconds of reading the sheet and of entering it, two marks a candidate."""
    with examined(marks // 2) as (centre, batch):
        data, scheme = sheet(centre, batch), centre.desk.schemes["ai-trainer"]
        enrolments = centre.reads.enrolments(batch)
        begun = time.perf_counter()
        reading = preview_marks(data, "marks.xlsx", enrolments, scheme)
        done = import_marks(ImportMarks(batch, 1, reading, crowd.operator(centre, Role.MARKS_A)), centre.desk)
        seconds = time.perf_counter() - begun
        assert done.marks == marks, done
    return seconds


class Painted(QObject):
    """Stops a loop when the grid has been painted after the cursor came to another cell."""

    def __init__(self, grid: MarksGrid) -> None:
        super().__init__()
        self._grid, self.wanted, self.at, self.loop = grid, -1, 0.0, QEventLoop()
        grid.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.Paint and self.wanted == self._grid.currentIndex().row():
            watched.removeEventFilter(self)
            QApplication.sendEvent(watched, event)
            watched.installEventFilter(self)
            self.wanted, self.at = -1, time.perf_counter()
            self.loop.quit()
            return True
        return False


def typing(rows: int, keys: int) -> list[float]:
    """Seconds from Enter after a mark to the painted cell below, the mark on its way into the journal."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    register_fonts()
    apply_theme(app, Scheme.LIGHT)
    with examined(rows) as (centre, batch):
        tasks, desk = Tasks(), centre.desk
        commands = EntryCommands(lambda c: enter_mark(c, desk), lambda c: enter_marks(c, desk))
        model = MarksEntryViewModel(1, centre.reads, commands, desk.schemes, tasks,
                                    crowd.operator(centre, Role.MARKS_A))
        grid = MarksGrid(model)
        grid.resize(1100, 700)
        grid.show()
        loop = QEventLoop()
        model.shown.connect(loop.quit)
        model.open(next(one for one in centre.reads.batches() if one.id == batch))
        loop.exec()
        painted, found = Painted(grid), []
        grid.setFocus()
        grid.setCurrentIndex(grid.model().index(0, 3))
        for at in range(keys):
            QTest.keyClicks(_focused(app), f"{60 + at % 40}")
            painted.wanted = at + 1
            begun = time.perf_counter()
            QTest.keyClick(_focused(app), Qt.Key.Key_Return)
            if painted.wanted >= 0:
                QTimer.singleShot(PATIENCE, painted.loop.quit)
                painted.loop.exec()
            assert painted.wanted < 0, "the next cell was not painted"
            found.append(painted.at - begun)
        tasks.close()
        assert sum(mark is not None for row in centre.reads.mark_rows(batch, 1) for _, mark in row.marks) == keys
    return found


def _focused(app: QApplication) -> QWidget:
    found = app.focusWidget()
    assert found is not None
    return found


def papers(people: int) -> tuple[float, float, int]:
    """Seconds of all registers, tickets and stickers, seconds of the archive, and bytes at the peak of the process."""
    with examined(people) as (centre, batch), tempfile.TemporaryDirectory() as out:
        registrar = crowd.operator(centre, Role.REGISTRAR)
        photos = [drawn_portrait(at) for at in range(20)]
        persons = [one.person for one in centre.reads.enrolments(batch)]
        attach_photos(AttachPhotos(tuple((one, photos[at % 20]) for at, one in enumerate(persons)), registrar),
                      centre.desk)
        binder = Binder(centre.reads, FontBook(shipped_fonts()), centre.clock, lambda *_: None)
        begun = time.perf_counter()
        files = binder.write(Wanted(batch, DOCUMENTS, Path(out), "zh_CN"), no_step)
        registers = time.perf_counter() - begun
        assert len(files) == len(DOCUMENTS) + 1  # the page of the publicity
        begun = time.perf_counter()
        binder.archive(batch, Path(out) / "archive.zip", "zh_CN", no_step)
        archive = time.perf_counter() - begun
    return registers, archive, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--n", type=int, default=10_000, help="marks of the sheet")
    arguments.add_argument("--rows", type=int, default=5_000, help="candidates in the grid")
    arguments.add_argument("--people", type=int, default=500, help="candidates on paper")
    arguments.add_argument("--only", choices=("import", "grid", "papers"))
    arguments.add_argument("--json", action="store_true")
    chosen = arguments.parse_args()
    result: dict[str, object] = {"benchmark": "exam_day"}
    if chosen.only in (None, "papers"):  # first: the peak is the process's
        registers, archive, peak = papers(chosen.people)
        result |= {"registers_s": round(registers, 3), "archive_s": round(archive, 3), "peak_mb": round(peak / 1e6)}
    if chosen.only in (None, "import"):
        result["import_s"] = round(importing(chosen.n), 3)
    if chosen.only in (None, "grid"):
        found = sorted(typing(chosen.rows, 200))
        result |= {"key_p50_ms": round(statistics.median(found) * 1000, 2),
                   "key_p95_ms": round(found[int(len(found) * 0.95)] * 1000, 2)}
    print(json.dumps(result) if chosen.json else "\n".join(f"{name}: {value}" for name, value in result.items()))


if __name__ == "__main__":
    main()
