"""What the day asks for: dates by working days, what waits for somebody, what is unsent; each leads to its page."""

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from marks_kit import PEOPLE, day_page, number, open_marks_centre, operators, seat_batch
from PySide6.QtCore import Qt

from appraisal.domain.marks import Mark, MarkState
from appraisal.usecases.enter_mark import EnterMarks, enter_marks
from appraisal.usecases.open_batch import OpenBatch, open_batch
from appraisal.usecases.publicise import Publicise, RaiseObjection, publicise, raise_objection
from desktop.models.chips import Tone
from desktop.pages.today import TodayPage
from desktop.viewmodels.today import TodayViewModel, working_days_between

CHINA = timezone(timedelta(hours=8))


@pytest.fixture
def centre(tmp_path):
    opened = open_marks_centre(tmp_path / "desk")
    yield opened
    opened.close()


def today_of(centre):
    return lambda: datetime.fromtimestamp(centre.clock() / 1000, CHINA).date()


def clock_of(centre):
    return lambda day: centre.move_clock((day - today_of(centre)()).days * 86_400_000)


@pytest.fixture
def page_of(centre, tasks, qtbot):
    def build(*, demonstration=False):
        went = []
        move = clock_of(centre) if demonstration else None
        page = day_page(lambda _: TodayPage(TodayViewModel(centre.reads, tasks, today_of(centre), move),
                                            lambda *where: went.append(where)),
                        centre, tasks, qtbot, "supervisor", lambda made: made.view_model.shown)
        return page, went

    return build


def titles(section):
    return [one.title.text() for one in section.items]


def test_a_new_centre_is_told_to_open_a_batch(page_of, qtbot):
    page, went = page_of()
    assert page.ground.currentIndex() == 1
    qtbot.mouseClick(page.ground.currentWidget().button, Qt.MouseButton.LeftButton)
    assert went == [("batches", "")]


def test_dates_differences_and_unsent_records_lead_to_their_pages(page_of, centre, qtbot):
    batch = seat_batch(centre, PEOPLE[:2])
    planned = open_batch(OpenBatch("2027-01", "新的一批", "innovation-talent", date(2027, 1, 15), 30,
                                   operators(centre)["supervisor"]), centre.desk)
    rows = {row.admission_number: row.enrolment for row in centre.reads.mark_rows(batch, 1)}
    for entry, login, value in ((1, "marks_a", 70), (2, "marks_b", 80)):
        enter_marks(EnterMarks(entry, ((rows[number(1)], "theory", Mark(MarkState.PRESENT, Decimal(value))),),
                               operators(centre)[login]), centre.desk)
    page, went = page_of()
    assert titles(page.due) == ["Marks entered", "Plan filed"]
    assert page.due.items[0].chip.chip().word == "in 3 working days"
    assert titles(page.waiting) == ["Marks that differ"]
    assert page.waiting.items[0].chip.chip().word == "1"
    assert titles(page.sending) == ["Records not sent"]
    qtbot.keyClick(page.due.items[0], Qt.Key.Key_Space)
    qtbot.mouseClick(page.due.items[1], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.waiting.items[0], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.sending.items[0], Qt.MouseButton.LeftButton)
    assert went == [("marks", batch), ("batches", planned), ("marks", batch), ("sync", "")]
    assert not page.clock.isVisible()


def test_a_demonstration_moves_its_clock_to_the_next_due_day(page_of, centre, qtbot):
    batch = seat_batch(centre, PEOPLE[:2])
    page, _ = page_of(demonstration=True)
    assert page.clock.text() == "Move the &demonstration's clock on to 12-16 Wed"
    with qtbot.waitSignal(page.view_model.shown, timeout=3000):
        qtbot.mouseClick(page.clock, Qt.MouseButton.LeftButton)
    assert today_of(centre)() == date(2026, 12, 16)
    assert page.due.items[0].chip.chip().word == "today"
    publicise(Publicise(batch, operators(centre)["supervisor"]), centre.desk)
    raise_objection(RaiseObjection(batch, centre.reads.outcomes(batch)[0].person, "年限不符",
                                   operators(centre)["supervisor"]), centre.desk)
    with qtbot.waitSignal(page.view_model.shown, timeout=3000):
        page.refresh()
    assert titles(page.due) == ["Publicity may be closed"]
    assert titles(page.waiting) == ["Objections to settle"]
    with qtbot.waitSignal(page.view_model.shown, timeout=3000):
        page.commands()[0].run()
    assert today_of(centre)() == date(2026, 12, 23)


def test_a_date_that_has_passed_is_said_to_be_late(page_of, centre):
    seat_batch(centre, PEOPLE[:1])
    centre.move_clock(9 * 86_400_000)
    page, _ = page_of()
    chip = page.due.items[0].chip.chip()
    assert (chip.word, chip.tone) == ("3 working days late", Tone.WARN)


@pytest.mark.parametrize(("start", "end", "days"), [
    (date(2026, 12, 12), date(2026, 12, 12), 0), (date(2026, 12, 11), date(2026, 12, 14), 1),
    (date(2026, 12, 14), date(2026, 12, 11), -1), (date(2026, 9, 30), date(2026, 10, 9), 2)])
def test_working_days_between_two_days(start, end, days):
    assert working_days_between(start, end) == days
