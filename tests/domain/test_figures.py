"""Figures of a batch, compared with a plain count; patterns that are there are said, and no others."""

from dataclasses import replace
from decimal import Decimal

import pytest
from kit.exam_days import ExamDay

from appraisal.domain.exam_day import Attendance
from appraisal.domain.figures import EntryTimes, figures
from appraisal.domain.marks import Outcome
from appraisal.domain.operator import Role
from db.engine import open_sqlite


@pytest.fixture(scope="module")
def exam():
    made = ExamDay(open_sqlite(None), photos=False).enrol().seat().examine().mark()
    yield made
    made.engine.dispose()


@pytest.fixture(scope="module")
def book(exam):
    return exam.reads.book(exam.batch)


def test_presence_of_each_sitting(exam, book):
    found = figures(book, ()).presence
    assert found[exam.theory] == {Attendance.PRESENT: 57, Attendance.LATE: 1, Attendance.ABSENT: 2}
    assert sum(found[exam.practice].values()) == 60


def test_rates_are_what_a_count_gives(book):
    found = figures(book, ())
    people = book.seated()
    for rate in found.levels:
        those = [one for one in people if str(one.enrolment.level) == rate.name]
        assert (rate.part, rate.whole) == (sum(one.outcome() is Outcome.PASS for one in those), len(those))
    sizes = [one.whole for one in found.organisations]
    assert sizes == sorted(sizes, reverse=True)
    assert sum(one.whole for one in found.organisations) == 60
    theory = next(one for one in found.subjects if one.name == "theory")
    marks = [mark for one in people if (mark := one.mark("theory"))]
    assert (theory.part, theory.whole) == (sum(one.value is not None and one.value >= 60 for one in marks), len(marks))


def test_every_mark_is_in_one_bar(book):
    bars = figures(book, ()).distribution
    for code, counts in bars.items():
        values = [mark.value for one in book.seated() if (mark := one.mark(code)) and mark.value is not None]
        assert sum(counts) == len(values)
        for at, count in enumerate(counts):
            assert count == sum(at * 10 <= value < (at + 1) * 10 + (at == 9) for value in values)


def test_judges_stand_to_their_panel(book):
    """Of the builder's judges, 0 is a point below the mean and 2 a point above, always."""
    found = {one.judge: one for one in figures(book, ()).judges}
    assert {one: found[one].severity for one in found} == {"0": Decimal(-1), "1": Decimal(0), "2": Decimal(1)}
    assert {one: found[one].agreement for one in found} == {"0": Decimal(1), "1": Decimal(0), "2": Decimal(1)}


def codes(book, times=()):
    return [one.code for one in figures(book, times).patterns]


def test_second_entries_within_seconds_are_said(exam, book):
    """The builder enters both at once."""
    times = exam.reads.entry_times(exam.batch)
    assert len(times) == 57 + 58
    assert "pattern_quick_equal" in codes(book, times)
    one = next(one for one in figures(book, times).patterns if one.code == "pattern_quick_equal")
    assert one.detail["first"] == exam.who[Role.MARKS_A]


def pairs(count, apart, *, desks=("d", "d"), equal=True):
    return [EntryTimes(f"e{n}", "theory", n * 1000, n * 1000 + apart, desks, ("a", "b"), equal) for n in range(count)]


@pytest.mark.parametrize(("times", "said"), [
    (pairs(20, 5_000), ["pattern_quick_equal"]), (pairs(20, 5_000, equal=False), ["pattern_quick"]),
    (pairs(20, 3_600_000), []), (pairs(9, 5_000), []), (pairs(20, 5_000, desks=("d", "e")), []),
    (pairs(4, 5_000) + pairs(16, 3_600_000), []), (pairs(20, -5_000), ["pattern_quick_equal"])])
def test_what_is_quick_and_what_is_not(book, times, said):
    assert [one for one in codes(replace(book, entrants=[]), times) if one.startswith("pattern_quick")] == said


def test_neighbours_with_the_same_marks_and_scores_are_said(book, exam):
    """Two of level 2 beside each other whose sheets were made alike."""
    seated = [one for one in book.seated() if one.enrolment.level == 2 and one.outcome() is Outcome.PASS]
    first = seated[0]
    other = next(one for one in book.seated() if one is not first)
    twin = replace(other, sheet=replace(first.sheet, enrolment=other.id), room=first.room, seat="1000")
    alone = replace(first, seat="999")
    assert codes(replace(book, entrants=[alone, twin])).count("pattern_neighbours") >= 1
    apart = replace(twin, seat="1", room="9", places={})
    assert "pattern_neighbours" not in codes(replace(book, entrants=[replace(alone, places={}), apart]))


def test_one_mark_many_times_in_a_row_is_said(book):
    first = next(one for one in book.seated() if one.outcome() is Outcome.PASS)
    same = [replace(first, enrolment=replace(first.enrolment, id=f"e{n}", admission_number=f"{n:04d}"), seat=str(3 * n))
            for n in range(10)]
    assert "pattern_run" in codes(replace(book, entrants=same))
    assert "pattern_run" not in codes(replace(book, entrants=same[:9]))
