"""Publicity lasts its working days and closes only when it has run and no objection is open."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appraisal.domain.errors import RuleViolation
from appraisal.domain.publicity import Publicity, PublicityClosed, open_publicity
from appraisal.domain.workdays import is_workday

known = st.dates(date(2024, 1, 1), date(2026, 12, 31))


def shown(**changed):
    usual = {"batch": "b1", "starts": date(2026, 12, 14), "ends": date(2026, 12, 18), "passed": ()}
    return Publicity(**usual | changed)


def test_five_working_days_from_a_monday_and_from_a_saturday():
    assert open_publicity("b1", date(2026, 12, 14), 5, ("e1",)).ends == date(2026, 12, 18)
    assert open_publicity("b1", date(2026, 12, 12), 5, ()).ends == date(2026, 12, 18)
    assert open_publicity("b1", date(2025, 9, 30), 5, ()).ends == date(2025, 10, 13)


@given(known, st.integers(5, 15))
def test_it_shows_so_many_working_days(starts, days):
    opened = open_publicity("b1", starts, days, ("e1", "e2"))
    span = [starts + timedelta(days=n) for n in range((opened.ends - starts).days + 1)]
    assert sum(map(is_workday, span)) == days
    assert is_workday(opened.ends)
    assert (opened.starts, opened.passed) == (starts, ("e1", "e2"))


def test_it_closes_from_the_day_after_its_last():
    assert shown().close(date(2026, 12, 19)) == PublicityClosed("b1")
    with pytest.raises(RuleViolation) as refused:
        shown().close(date(2026, 12, 18))
    assert (refused.value.code, refused.value.detail) == ("publicity_lasts", {"ends": "2026-12-18"})


def test_an_open_objection_or_an_end_before_keeps_it():
    with pytest.raises(RuleViolation) as refused:
        shown(open_objections=2).close(date(2027, 1, 4))
    assert (refused.value.code, refused.value.detail) == ("objection_open", {"count": 2})
    with pytest.raises(RuleViolation, match="publicity_closed"):
        shown(closed=True).close(date(2027, 1, 4))
