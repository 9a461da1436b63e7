"""The refused rows of a previewed roster, as a workbook for the organisation to mend. Changes nothing."""

from appraisal.domain.errors import RuleViolation
from appraisal.domain.problem import Verdict
from appraisal.sheets.refusals import refused_workbook
from appraisal.sheets.roster import RosterReading
from appraisal.usecases.import_roster import PreviewRoster, roster_table


def return_roster(previewed: PreviewRoster, reading: RosterReading, language: str) -> bytes:
    """An .xlsx (see refused_workbook). Raises RuleViolation `roster_nothing_refused`."""
    refused = [row for row in reading.rows if row.verdict is Verdict.REJECT]
    if not refused:
        raise RuleViolation("roster_nothing_refused", "file", file=previewed.file_name)
    return refused_workbook(roster_table(previewed), refused, language)
