"""Pictures of the marks, batches and today pages, with a day's data in them, to be looked at."""

import csv
from datetime import date
from decimal import Decimal

import pytest
from marks_kit import PEOPLE, commands, go, number, open_marks_centre, operators, seat_batch

from appraisal.domain.marks import Mark, MarkState
from appraisal.usecases.enter_mark import EnterMarks, enter_marks
from appraisal.usecases.open_batch import OpenBatch, move_batch, open_batch
from appraisal.usecases.publicise import (
    Publicise,
    RaiseObjection,
    SettleObjection,
    close_publicity,
    publicise,
    raise_objection,
    settle_objection,
)
from desktop.pages.batches import BatchesPage
from desktop.pages.marks import MarksPage
from desktop.pages.today import TodayPage
from desktop.viewmodels.batches import BatchCommands, BatchesViewModel
from desktop.viewmodels.marks import DIFFERENCES, RESULTS, MarksViewModel
from desktop.viewmodels.today import TodayViewModel

DAY = date(2026, 12, 14)


@pytest.fixture(scope="module")
def centre(tmp_path_factory):
    """One for all pictures: they only look."""
    opened = open_marks_centre(tmp_path_factory.mktemp("pictures") / "desk")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def batch(centre):
    made = seat_batch(centre, PEOPLE, code="2026-AI-04")
    rows = centre.reads.mark_rows(made, 1)
    who = operators(centre)
    for entry, login in ((1, "marks_a"), (2, "marks_b")):
        marks = [(row.enrolment, subject, points((place * 7 + 31 * column) % 41 + 58.5))
                 for place, row in enumerate(rows[:18]) for column, subject in enumerate(("theory", "practice"))]
        marks[7] = (*marks[7][:2], Mark(MarkState.ABSENT))
        marks[12] = (*marks[12][:2], Mark(MarkState.VOID))
        if entry == 2:
            marks[3], marks[20] = (*marks[3][:2], points(85)), (*marks[20][:2], Mark(MarkState.ABSENT))
        enter_marks(EnterMarks(entry, tuple(marks), who[login]), centre.desk)
    return made


def points(value):
    return Mark(MarkState.PRESENT, Decimal(str(value)))


@pytest.fixture
def marks_of(centre, batch, busy, tasks, qtbot):
    def build(login):
        operator = next(one for one in centre.reads.operators() if one.login == login)
        page = MarksPage(MarksViewModel(centre.reads, commands(centre.desk), centre.desk.schemes, tasks, operator))
        qtbot.addWidget(page)
        qtbot.waitUntil(lambda: page.batch.count() == 2)
        assert page.batch.currentData() == batch
        return page

    return build


def picture_of_an_entry(marks_of, shoot, qtbot):
    page = marks_of("marks_a")
    tab = page.entries[1]
    qtbot.waitUntil(lambda: len(tab.view_model.rows) == len(PEOPLE))
    tab.grid.go_to(18, 0)
    tab.view_model.enter(19, 0, "100.5")
    tab.grid.go_to(19, 0)
    shoot(page, "marks-entry")


def picture_of_the_differences(marks_of, shoot, qtbot):
    page = marks_of("marks_reviewer")
    page.tabs.setCurrentIndex(DIFFERENCES)
    qtbot.waitUntil(lambda: len(page.differences.view_model.rows) == 2)
    page.show()
    page.differences.decision.other.setChecked(True)
    shoot(page, "marks-differences")


def picture_of_the_results(marks_of, shoot, qtbot):
    page = marks_of("supervisor")
    page.tabs.setCurrentIndex(RESULTS)
    qtbot.waitUntil(lambda: len(page.results.view_model.rows) == len(PEOPLE))
    shoot(page, "marks-results")


def picture_of_an_import(marks_of, shoot, qtbot, tmp_path):
    page = marks_of("marks_a")
    with (tmp_path / "2026年12月 成绩登记表.csv").open("w", encoding="utf-8-sig", newline="") as file:
        rows = [(number(place), name, 60 + place, 88 - place) for place, (name, *_) in enumerate(PEOPLE, 1)]
        rows[2] = (number(3), "常瑶", 70, 80)
        rows[5] = (*rows[5][:2], 100.5, "缺考")
        rows[8] = (*rows[8][:2], "", 77)
        csv.writer(file).writerows([("准考证号", "姓名", "理论", "技能", "综合评审"),
                                    *((*row, "88" if place == 7 else "--") for place, row in enumerate(rows))])
    with qtbot.waitSignal(page.importing.view_model.read, timeout=3000):
        page.take_sheet(tmp_path / "2026年12月 成绩登记表.csv", 1)
    shoot(page, "marks-import")


def picture_of_what_is_not_yours(marks_of, shoot):
    page = marks_of("marks_a")
    page.tabs.setCurrentIndex(1)
    shoot(page, "marks-not-yours")


@pytest.fixture(scope="module")
def busy(centre, batch):
    """The batch in publicity with objections, and two others."""
    supervisor = operators(centre)["supervisor"]
    other = seat_batch(centre, [(f"{name}甲", f"B{at}", f"26010010051010010{at:02d}", None)
                                for at, (name, *_) in enumerate(PEOPLE[:6])], "innovation-talent", "2026-CX-02")
    publicise(Publicise(other, supervisor), centre.desk)
    people = [row.person for row in centre.reads.outcomes(other)]
    first = raise_objection(RaiseObjection(other, people[0], "反映其工作年限不足，材料中的单位证明与社保记录不一致。",
                                           supervisor), centre.desk)
    raise_objection(RaiseObjection(other, people[1], "成绩总分疑有误，请复核。", supervisor), centre.desk)
    settle_objection(SettleObjection(first, False, "已核对社保记录，年限符合。", supervisor),
                     centre.desk)
    draft = open_batch(OpenBatch("2027-AI-01", "2027年第一批人工智能训练师职业技能等级认定", "ai-trainer",
                                 date(2027, 1, 23), 120, supervisor), centre.desk)
    go(centre, draft, "filed")
    return other


def picture_of_the_batches(centre, busy, tasks, qtbot, shoot):
    verbs = (open_batch, move_batch, publicise, close_publicity, raise_objection, settle_objection)
    page = BatchesPage(BatchesViewModel(
        centre.reads, BatchCommands(*((lambda c, v=v: v(c, centre.desk)) for v in verbs)), centre.desk.schemes, tasks,
        operators(centre)["supervisor"], lambda: DAY))
    qtbot.addWidget(page)
    with qtbot.waitSignal(page.view_model.shown, timeout=3000):
        page.show()
    page.go_to(busy)
    qtbot.waitUntil(lambda: len(page.detail.objections.listed) == 2)
    page.detail.step.click()
    qtbot.waitUntil(page.detail.notice.isVisible)
    shoot(page, "batches")
    page.begin_new()
    shoot(page, "batches-new")


def picture_of_today(centre, busy, tasks, qtbot, shoot):
    page = TodayPage(TodayViewModel(centre.reads, tasks, lambda: DAY, lambda _: None), lambda *_: None)
    qtbot.addWidget(page)
    with qtbot.waitSignal(page.view_model.shown, timeout=3000):
        page.show()
    shoot(page, "today")


def test_pictures_of_marks_batches_and_today(marks_of, centre, busy, tasks, qtbot, shoot, look, tmp_path):
    """All in one look before the next: a change of looks costs more than a picture."""
    picture_of_an_entry(marks_of, shoot, qtbot)
    picture_of_the_differences(marks_of, shoot, qtbot)
    picture_of_the_results(marks_of, shoot, qtbot)
    picture_of_an_import(marks_of, shoot, qtbot, tmp_path)
    picture_of_what_is_not_yours(marks_of, shoot)
    picture_of_the_batches(centre, busy, tasks, qtbot, shoot)
    picture_of_today(centre, busy, tasks, qtbot, shoot)
