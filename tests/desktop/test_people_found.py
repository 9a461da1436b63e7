"""A search paints its first page before the rest is looked for; what is chosen stays when the rest comes."""

import pytest
from candidates_kit import Day
from PySide6.QtCore import Qt

from appraisal.domain.person import Background, Contact, Identity
from appraisal.usecases.register_candidate import RegisterCandidate, register
from desktop.models.paged_table import PAGE_ROWS

MANY = 3 * PAGE_ROWS + 7


@pytest.fixture
def day(tmp_path, tasks, qtbot, settings):
    made = Day(tmp_path / "desk", tasks, qtbot, settings)
    with made.desk.work(made.ids["reg"]) as work:
        for number in range(2 * MANY):
            name = "王李"[number % 2] + "甲乙丙丁戊"[number % 5]
            register(work, RegisterCandidate(
                Identity(name, "WANG" if number % 2 == 0 else "LI", "passport", f"P{number:07d}", "M", None, "POL"),
                Contact(), Background(employer="示范公司"), made.ids["reg"]))
    yield made
    made.close()


def click(people, row, qtbot):
    """As a hand does; selecting by a call asks which keys are held, and a test before may have left one."""
    table = people.table
    table.scrollTo(people.model.index(row, 0))
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton,
                     pos=table.visualRect(people.model.index(row, 0)).center())


def test_the_rest_follows_and_what_is_chosen_stays(day, qtbot):
    page = day.page()
    people = page.people
    sizes = []
    people.model.modelReset.connect(lambda: sizes.append(people.model.rowCount()))
    people.model.rowsInserted.connect(lambda *_: sizes.append(people.model.rowCount()))
    people.search.setText("王")
    qtbot.waitUntil(lambda: people.model.rowCount() == PAGE_ROWS)
    click(people, 7, qtbot)
    chosen = people.model.row_at(7).id
    qtbot.waitUntil(lambda: people.model.rowCount() == MANY)
    assert sizes == [PAGE_ROWS, MANY]
    assert [people.model.row_at(one.row()).id for one in people.table.selectionModel().selectedRows()] == [chosen]
    assert people.count.text() == f"{MANY} people"
    assert people.model.ids() == day.reads.search("王")
    qtbot.waitUntil(lambda: people.model.row_at(PAGE_ROWS) is not None)


def test_looking_again_moves_nothing(day, qtbot):
    page = day.page()
    people = page.people
    people.search.setText("王甲")
    qtbot.waitUntil(lambda: people.count.text() == f"{len(day.reads.search('王甲'))} people")
    before = people.model.rowCount()
    click(people, 3, qtbot)
    resets = []
    people.model.modelReset.connect(lambda: resets.append(1))
    page.refresh()
    qtbot.wait(300)
    assert (resets, people.model.rowCount()) == ([], before)
    assert [one.row() for one in people.table.selectionModel().selectedRows()] == [3]


def test_typing_on_drops_the_rest_of_the_search_before(day, qtbot):
    page = day.page()
    people = page.people
    people.search.setText("王")
    qtbot.waitUntil(lambda: people.model.rowCount() == PAGE_ROWS)
    people.search.setText("王乙")
    wanted = day.reads.search("王乙")
    qtbot.waitUntil(lambda: people.model.ids() == wanted)
    qtbot.wait(200)
    assert people.model.ids() == wanted


@pytest.mark.parametrize("most", [1, 20, 50])
@pytest.mark.parametrize("typed", ["王", "wang", "P0", "王 示范", "w"])
def test_the_first_are_the_first_of_all(day, typed, most):
    assert day.reads.search(typed, most=most) == day.reads.search(typed)[:most]
