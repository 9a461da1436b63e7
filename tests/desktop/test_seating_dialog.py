"""Seats and admission numbers made at the desk, by keys, in the window's own page."""

import pytest
from candidates_kit import Day, line
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from appraisal.domain.enrolment import EnrolmentState
from appraisal.domain.errors import RuleViolation
from appraisal.domain.seating import Room
from appraisal.usecases.submit_enrolment import ReviewEnrolments, review_enrolments
from desktop.pages.seating_dialog import SeatingDialog
from desktop.pages.seating_panel import SplitDialog
from desktop.viewmodels.seating import WAITING, fields_of, rooms_of, rooms_text

CODES = {"city": "1", "body": "12", "batch": "4", "subject": "1"}


@pytest.fixture
def day(tmp_path, tasks, qtbot, settings):
    made = Day(tmp_path / "desk", tasks, qtbot, settings)
    enrolments = made.import_lines(*(line(at) for at in range(4)))
    review_enrolments(ReviewEnrolments(enrolments, EnrolmentState.APPROVED, made.ids["rev"]), made.desk)
    yield made
    made.close()


def dialog(qtbot, page):
    page.tabs.setCurrentWidget(page.admissions)
    qtbot.mouseClick(page.admissions.here, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), SeatingDialog))
    return QApplication.activeWindow()


def seats(day):
    return {one.name: (one.room, one.seat, one.admission_number) for one in day.reads.enrolments(day.batch)}


def test_everybody_gets_a_seat_and_what_was_typed_is_there_next_time(day, qtbot):
    page = day.page()
    shown = dialog(qtbot, page)
    assert shown.rooms.toPlainText() == "1 30"
    shown.rooms.setPlainText("1 2\n2 3")
    for name, text in CODES.items():
        qtbot.keyClicks(shown.fields[name], text)
    qtbot.mouseClick(shown.go_on, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "4 people sit" in shown.form.notice.text.text())
    found = seats(day)
    assert {one[:2] for one in found.values()} == {("1", "1"), ("1", "2"), ("2", "1"), ("2", "2")}
    assert all(number.startswith("2601012004001") for *_, number in found.values())
    shown.close()
    again = dialog(qtbot, page)
    assert {name: again.fields[name].text() for name in CODES} == CODES
    qtbot.waitUntil(lambda: again.rooms.toPlainText() == "1 2\n2 3")
    again.rooms.setPlainText("1 10")
    qtbot.mouseClick(again.go_on, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: again.form.rows["rooms"].refusal() != "")
    assert "2 people sit where there is no seat" in again.form.rows["rooms"].refusal()
    assert seats(day) == found
    qtbot.mouseClick(again.elsewhere, Qt.MouseButton.LeftButton, pos=again.elsewhere.rect().topLeft() + QPoint(8, 8))
    qtbot.mouseClick(again.go_on, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "2 of them have a new seat" in again.form.notice.text.text())
    assert {one[0] for one in seats(day).values()} == {"1"}
    assert not again.elsewhere.isChecked()


@pytest.mark.parametrize(("rooms", "fields", "row"), [
    ("1 2", CODES, "rooms"), ("what", CODES, "rooms"), ("", CODES, "rooms"), ("1 30", {}, "city"),
    ("1 30", {**CODES, "body": "1234"}, "body"), ("1 30", {**CODES, "body": "x"}, "body")])
def test_what_cannot_be_is_said_beside_its_field_and_nobody_is_seated(day, qtbot, rooms, fields, row):
    shown = dialog(qtbot, day.page())
    shown.rooms.setPlainText(rooms)
    for name, text in fields.items():
        shown.fields[name].setText(text)
    qtbot.mouseClick(shown.go_on, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(shown.form.rows[row].refusal()))
    assert {one[2] for one in seats(day).values()} == {None}
    assert shown.go_on.isEnabled()


def test_only_the_fields_of_the_pattern_are_asked_for(day, qtbot):
    shown = dialog(qtbot, day.page())
    assert all(shown.form.rows[name].isVisible() for name in CODES)
    shown.pattern.setText("9{batch:2}{seat:4}")
    assert [name for name in CODES if shown.form.rows[name].isVisible()] == ["batch"]


@pytest.mark.parametrize(("text", "rooms"), [
    ("1 30", (Room("1", 30),)), ("1-3 30", (Room("1", 30), Room("2", 30), Room("3", 30))),
    (" 7：25，2 \n\n8, 5", (Room("7", 25, 2), Room("8", 5)))])
def test_rooms_as_people_write_them(text, rooms):
    assert rooms_of(text) == rooms
    assert rooms_of(rooms_text(rooms)) == rooms


def test_rooms_alike_that_follow_each_other_take_one_line():
    assert rooms_text(rooms_of("1-3 30\n4 30 2\n6 30\n7 30")) == "1-3 30\n4 30 2\n6-7 30"


@pytest.mark.parametrize("text", ["", "1", "3-1 30", "1 0", "1 5 6", "1-99999 30", "A 30", "1 30 2 4"])
def test_what_is_no_room(text):
    with pytest.raises(RuleViolation, match="rooms_"):
        rooms_of(text)


def test_a_pattern_that_is_none_asks_for_nothing():
    assert fields_of("{x") == ()
    assert fields_of("") == ["city", "body", "batch", "subject"]


# who sits where

def seated(day, qtbot, rooms="1 6"):
    shown = dialog(qtbot, day.page())
    shown.rooms.setPlainText(rooms)
    for name, text in CODES.items():
        shown.fields[name].setText(text)
    qtbot.mouseClick(shown.go_on, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shown.map.current() == "1")
    return shown


def press(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def wishes(day, who):
    return next((one.pinned, one.accessible) for one in day.reads.seating(day.batch).people if one.id == who)


def where(day):
    return {name: place[:2] for name, place in seats(day).items()}


def by_seat(day):
    return {int(seat): name for name, (_, seat, _) in seats(day).items()}


def test_somebody_is_dragged_to_another_seat(day, qtbot):
    shown = seated(day, qtbot)
    before, numbers = by_seat(day), {name: number for name, (_, _, number) in seats(day).items()}
    chart = shown.map.map
    start, end = (chart.box(seat).center().toPoint() for seat in (1, 3))
    qtbot.mousePress(chart, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(chart, (start + end) / 2)
    qtbot.mouseRelease(chart, Qt.MouseButton.LeftButton, pos=end)
    qtbot.waitUntil(lambda: by_seat(day) == before | {1: before[3], 3: before[1]})
    assert {name: number for name, (_, _, number) in seats(day).items()} == numbers


def test_and_with_the_keys_to_a_free_seat(day, qtbot):
    shown = seated(day, qtbot)
    before, chart = by_seat(day), shown.map.map
    chart.setFocus()
    qtbot.keyClick(chart, Qt.Key.Key_Space)
    for _ in range(4):
        qtbot.keyClick(chart, Qt.Key.Key_Right)
    qtbot.keyClick(chart, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: by_seat(day) == {2: before[2], 3: before[3], 4: before[4], 5: before[1]})


def test_who_is_pinned_stays_when_the_others_are_drawn_anew(day, qtbot):
    shown = seated(day, qtbot)
    chart = shown.map.map
    chart.setFocus()
    first = by_seat(day)[1]
    press(qtbot, shown.map.pin)
    qtbot.waitUntil(lambda: wishes(day, chart.current()) == (True, False))
    for _ in range(3):  # a lot may draw the same once
        shown.anew.setChecked(True)
        shown.rooms.setPlainText("1 6")
        shown.form.notice.clear()
        qtbot.mouseClick(shown.go_on, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(shown.form.notice.isVisible)
        assert by_seat(day)[1] == first


def test_who_needs_an_accessible_seat_gets_one_in_the_first_lot_and_it_is_known_next_time(day, qtbot):
    page = day.page()
    shown = dialog(qtbot, page)
    qtbot.waitUntil(lambda: shown.map.rooms.count() == 1)
    assert (shown.map.current(), shown.map.rooms.item(0).text().split()[-1]) == (WAITING, "4")
    assert not shown.map.pin.isEnabled()
    person = day.reads.seating(day.batch).people[2]
    shown.map.search.setText(person.name)
    qtbot.keyClick(shown.map.search, Qt.Key.Key_Return)
    assert not shown.form.rows["city"].refusal()  # nobody was to be seated by Enter
    press(qtbot, shown.map.accessible)
    qtbot.waitUntil(lambda: wishes(day, person.id) == (False, True))
    shown.rooms.setPlainText("1 6 1")
    for name, text in CODES.items():
        shown.fields[name].setText(text)
    press(qtbot, shown.go_on)
    qtbot.waitUntil(lambda: where(day).get(person.name) == ("1", "1"))
    shown.close()
    again = dialog(qtbot, page)
    qtbot.waitUntil(lambda: again.map.map.current() == person.id)
    assert again.map.accessible.isChecked()
    press(qtbot, again.map.accessible)
    qtbot.waitUntil(lambda: wishes(day, person.id) == (False, False))


def test_somebody_is_dragged_onto_another_room_and_the_room_opens(day, qtbot):
    shown = seated(day, qtbot, "1 4\n2 3")
    panel, chart = shown.map, shown.map.map
    name = next(name for name, place in where(day).items() if place == ("1", "2"))
    qtbot.mousePress(chart, Qt.MouseButton.LeftButton, pos=chart.box(2).center().toPoint())
    on_list = panel.rooms.visualItemRect(panel.rooms.item(1)).center()
    target = chart.mapFromGlobal(panel.rooms.viewport().mapToGlobal(on_list))
    qtbot.mouseMove(chart, target)
    qtbot.waitUntil(lambda: panel.current() == "2")
    qtbot.mouseRelease(chart, Qt.MouseButton.LeftButton, pos=target)
    qtbot.waitUntil(lambda: where(day)[name] == ("2", "1"))


def test_somebody_is_taken_to_a_seat_of_another_room_with_the_keys(day, qtbot):
    shown = seated(day, qtbot, "1 4\n2 3")
    panel, chart = shown.map, shown.map.map
    name = next(name for name, place in where(day).items() if place == ("1", "1"))
    chart.setFocus()
    qtbot.keyClick(chart, Qt.Key.Key_Space)
    panel.rooms.setFocus()
    qtbot.keyClick(panel.rooms, Qt.Key.Key_Down)
    chart.setFocus()
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    qtbot.keyClick(chart, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: where(day)[name] == ("2", "2"))


def test_a_room_is_split_and_merged_again(day, qtbot):
    shown = seated(day, qtbot)
    before = where(day)
    press(qtbot, shown.map.split)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), SplitDialog))
    asked = QApplication.activeWindow()
    assert (asked.code.text(), asked.seats.value()) == ("2", 6)
    qtbot.keyClicks(asked.code, "7")
    press(qtbot, asked.go_on)
    gone = {name for name, (_, seat) in before.items() if seat in "34"}
    qtbot.waitUntil(lambda: {name for name, (room, _) in where(day).items() if room == "7"} == gone)
    qtbot.waitUntil(lambda: shown.rooms.toPlainText() == "1 6\n7 6")
    shown.map.rooms.setCurrentRow(1)
    assert [one.text() for one in shown.map.merge.menu().actions()] == ["Room 1, 4 seats are free"]
    shown.map.merge.menu().actions()[0].trigger()
    qtbot.waitUntil(lambda: {room for room, _ in where(day).values()} == {"1"})
    qtbot.waitUntil(lambda: shown.rooms.toPlainText() == "1 6")


def test_what_cannot_be_done_with_a_room_is_said(day, qtbot):
    shown = seated(day, qtbot)
    press(qtbot, shown.map.split)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), SplitDialog))
    asked = QApplication.activeWindow()
    asked.code.setText("1")
    press(qtbot, asked.go_on)
    qtbot.waitUntil(lambda: "same number" in shown.form.rows["rooms"].refusal())
    assert {room for room, _ in where(day).values()} == {"1"}


def test_nobody_is_found_and_that_is_said(day, qtbot):
    shown = seated(day, qtbot)
    shown.map.search.setText("nobody")
    qtbot.keyClick(shown.map.search, Qt.Key.Key_Return)
    assert "Nobody here" in shown.map.who.text()
