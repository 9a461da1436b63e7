"""Working days with the State Council's holidays and make-up days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appraisal.domain.tables import check_tables, use_tables
from appraisal.domain.workdays import is_holiday, is_noticed, is_workday, working_days_after

known = st.dates(date(2020, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(("day", "works"), [
    (date(2026, 12, 11), True), (date(2026, 12, 12), False), (date(2025, 10, 1), False), (date(2025, 9, 28), True),
    (date(2025, 1, 26), True), (date(2025, 1, 28), False),
    (date(2099, 1, 1), True), (date(2099, 1, 3), False)])  # no notice known: the week alone
def test_holidays_make_up_days_and_years_to_come(day, works):
    assert is_workday(day) is works


NOTICE = 'years = [2027]\nholidays = ["2027-10-01"]\nworkdays = ["2027-10-09", "2026-10-03"]\n'


@pytest.fixture
def noticed():
    use_tables({"workdays.toml": NOTICE})
    yield
    use_tables({})


def test_a_new_years_notice_counts_before_everything_else(noticed):
    assert [is_workday(date(2027, 10, day)) for day in (1, 8, 9, 10)] == [False, True, True, False]
    assert is_workday(date(2026, 10, 3))  # the calendar has it as a holiday
    assert working_days_after(date(2027, 9, 30), 6) == date(2027, 10, 9)
    assert [is_noticed(year) for year in (2026, 2027, 2028)] == [True, True, False]


def test_without_it_the_year_is_not_noticed():
    assert is_workday(date(2027, 10, 1))
    assert not is_noticed(2027)


@pytest.mark.parametrize("text", [
    'years = [2027]', 'years = []\nholidays = ["2027-02-30"]\nworkdays = []',
    'years = []\nholidays = ["2027-10-01"]\nworkdays = ["2027-10-01"]'])
def test_a_notice_that_cannot_be_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011 - of three kinds
        check_tables({"workdays.toml": text})


def test_over_the_national_day():
    assert working_days_after(date(2025, 9, 30), 1) == date(2025, 10, 9)
    assert working_days_after(date(2025, 10, 9), -1) == date(2025, 9, 30)
    assert working_days_after(date(2025, 9, 30), 0) == date(2025, 9, 30)


@given(known, st.integers(-25, 25))
def test_so_many_working_days_lie_between(day, count):
    found = working_days_after(day, count)
    low, high = (day, found) if count >= 0 else (found, day)
    span = [low + timedelta(days=n) for n in range((high - low).days + 1)]
    inside = span[1:] if count >= 0 else span[:-1]
    assert sum(map(is_workday, inside)) == abs(count)
    assert count == 0 or is_workday(found)


@given(known, st.integers(1, 10), st.integers(1, 10))
def test_counting_on_is_counting_once(day, one, other):
    assert working_days_after(working_days_after(day, one), other) == working_days_after(day, one + other)


@pytest.mark.parametrize(("day", "holiday"), [
    (date(2026, 10, 1), True), (date(2026, 11, 21), False), (date(2026, 11, 23), False), (date(2190, 10, 1), False)])
def test_a_holiday_is_more_than_a_weekend(day, holiday):
    assert is_holiday(day) is holiday
