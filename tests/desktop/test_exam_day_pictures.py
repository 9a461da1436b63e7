"""Pictures of the exam day, the judges' sheets, the figures and the seats, to be looked at."""

import pytest
from exam_day_kit import exam_page, marks_page_of
from kit.exam_days import ExamDay
from PySide6.QtCore import Qt

from appraisal.domain.operator import Role
from db.engine import open_sqlite
from desktop.pages.exam_day import DOOR, EXAMINERS, INCIDENTS, PAPERS, SITTINGS
from desktop.pages.figures import FiguresPage
from desktop.viewmodels.figures import FiguresViewModel
from desktop.viewmodels.marks import JUDGING

TABS = {"door": DOOR, "incidents": INCIDENTS, "papers": PAPERS, "sittings": SITTINGS, "examiners": EXAMINERS}


@pytest.fixture(scope="module")
def exam(tmp_path_factory):
    """One for all pictures: they only look, but for scans of who is in already."""
    made = ExamDay(open_sqlite(tmp_path_factory.mktemp("pictures") / "desk.db")).enrol().seat().examine().mark()
    yield made
    made.engine.dispose()


@pytest.mark.parametrize("tab", TABS)
def test_the_exam_day(tab, look, exam, tasks, qtbot, shoot):
    page = exam_page(exam, Role.SUPERVISOR, tasks, qtbot)
    page.tabs.setCurrentIndex(TABS[tab])
    if tab == "door":
        qtbot.keyClicks(page.door.scanner, exam.reads.book(exam.batch).seated()[4].number)
        with qtbot.waitSignal(page.view_model.photo_shown, timeout=5000):
            qtbot.keyClick(page.door.scanner, Qt.Key.Key_Return)
    if tab == "papers":
        qtbot.waitUntil(lambda: page.papers.room.text() != "")
    shoot(page, f"exam-day-{tab}")


def test_judges_sheets(look, exam, tasks, qtbot, shoot):
    page = marks_page_of(exam, Role.INVIGILATOR, tasks, qtbot)
    page.tabs.setCurrentIndex(JUDGING)
    qtbot.waitUntil(lambda: len(page.judging.view_model.rows) > 0)
    shoot(page, "judges-sheets")


def test_figures(look, exam, tasks, qtbot, shoot):
    page = FiguresPage(FiguresViewModel(exam.reads, tasks))
    qtbot.addWidget(page)
    qtbot.waitUntil(lambda: page.patterns.text() != "")
    shoot(page, "figures")
