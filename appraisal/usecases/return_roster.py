"""The refused rows of a previewed roster, as a workbook for the organisation to mend. Changes nothing."""

from appraisal.domain.errors import RuleViolation
from appraisal.domain.problem import Verdict
from appraisal.sheets.refusals import refused_workbook
from appraisal.sheets.roster import RosterReading


def return_roster(reading: RosterReading, file_name: str, language: str) -> bytes:
    """An .xlsx (see refused_workbook). Raises RuleViolation `roster_nothing_refused`."""
    if not reading.counts[Verdict.REJECT]:
        raise RuleViolation("roster_nothing_refused", "file", file=file_name)
    return refused_workbook(reading, language)
