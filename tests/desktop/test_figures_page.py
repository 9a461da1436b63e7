"""The figures of a batch on their page; what is shown is what was counted."""

import pytest
from kit.desks import SimulatedDesk
from kit.exam_days import ExamDay

from db.engine import open_sqlite
from db.queries.reads import SqlReads
from desktop.pages.figures import NO_BATCH, WORK, FiguresPage
from desktop.viewmodels.figures import FiguresViewModel


@pytest.fixture
def exam(tmp_path):
    made = ExamDay(open_sqlite(tmp_path / "desk.db"), people=12, photos=False).enrol().seat().examine().mark()
    yield made
    made.engine.dispose()


def page_of(reads, tasks, qtbot):
    page = FiguresPage(FiguresViewModel(reads, tasks))
    qtbot.addWidget(page)
    page.resize(1186, 720)
    page.show()
    return page


def test_what_was_counted_is_shown(exam, tasks, qtbot):
    page = page_of(exam.reads, tasks, qtbot)
    qtbot.waitUntil(lambda: page.view_model.figures is not None and page.patterns.text() != "")
    assert page.ground.currentIndex() == WORK
    assert "10 of 12, 2 away" in page.presence.accessibleDescription()
    assert page.judges.model().rowCount() == 3
    assert page.subject.count() == 3
    assert "within a minute" in page.patterns.text()
    before = page.distribution.accessibleDescription()
    page.subject.setCurrentIndex(page.subject.findData("comprehensive"))
    page.subject.activated.emit(page.subject.currentIndex())
    assert page.distribution.accessibleDescription() != before


def test_without_a_batch_the_page_says_so(tmp_path, tasks, qtbot):
    desk = SimulatedDesk(open_sqlite(tmp_path / "desk.db"))
    page = page_of(SqlReads(desk.engine, desk.desk.schemes), tasks, qtbot)
    qtbot.waitUntil(lambda: page.ground.currentIndex() == NO_BATCH)
    desk.engine.dispose()
