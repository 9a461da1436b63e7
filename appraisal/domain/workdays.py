"""Working days 工作日, with the State Council's holidays and make-up days 调休."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

import chinese_calendar

from appraisal.domain.tables import notices

_LAST_YEAR = max(chinese_calendar.constants.holidays).year
IsWorkday = Callable[[date], bool]


def is_workday(day: date) -> bool:
    """By the notices in the tables, then by chinese-calendar; a year that neither knows counts by the week alone."""
    said = notices()
    if day in said.workdays or day in said.holidays:
        return day in said.workdays
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5


def is_holiday(day: date) -> bool:
    """Whether it is a public holiday 法定节假日, and not a weekend alone."""
    said = notices()
    if day in said.workdays or day in said.holidays:
        return day in said.holidays
    try:
        off, name = chinese_calendar.get_holiday_detail(day)
    except NotImplementedError:
        return False
    return bool(off and name)


def is_noticed(year: int) -> bool:
    """Whether the State Council's notice of this year is known here."""
    return year in notices().years or year <= _LAST_YEAR


def working_days_after(day: date, count: int, workday: IsWorkday = is_workday) -> date:
    """The `count`-th working day after `day` (before it, for a negative count)."""
    step = timedelta(days=1 if count > 0 else -1)
    left = abs(count)
    while left:
        day += step
        left -= workday(day)
    return day


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier; the last of a month that is too short for it."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
