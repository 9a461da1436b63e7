"""What was done to a person's record, in words: one line for each thing, and for each field that was corrected."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from appraisal.domain.consent import ConsentGiven, ConsentWithdrawn
from appraisal.domain.enrolment import EnrolmentReviewed, EnrolmentSeated
from appraisal.domain.person import REGION, CandidateCorrected, Change, DocumentRecorded
from appraisal.domain.tables import code_tables
from appraisal.sheets.wording import column_word, value_word
from appraisal.usecases.reads import HistoryRow
from desktop.i18n import current_language
from desktop.viewmodels.sync_words import when

_COLUMNS = {"document_number": "id_no", "document_kind": "id_type", "prior_certificate": "prior_cert"}
"""Field of a person -> column of a roster that has its word, where they differ."""


@dataclass(frozen=True, slots=True)
class HistoryLine:
    number: int
    when: str
    who: str
    what: str
    before: str
    after: str
    why: str


def history_lines(history: Iterable[HistoryRow]) -> Sequence[HistoryLine]:
    """The newest first."""
    language = current_language()
    said = [(one, *words) for one in history for words in _said(one, language)]
    return [HistoryLine(number, when(one.at), one.login, what, before, after, one.why or "")
            for number, (one, what, before, after) in reversed(list(enumerate(said)))]


def _said(one: HistoryRow, language: str) -> Iterator[tuple[str, str, str]]:
    """What, before and after."""
    happened, what = one.happened, value_word(f"event.{one.kind}", language)
    if isinstance(happened, CandidateCorrected):
        for change in happened.changes:
            yield from _changed(change, language)
    elif isinstance(happened, ConsentGiven | ConsentWithdrawn):
        yield what, "", value_word(f"purpose.{happened.purpose}", language)
    elif isinstance(happened, DocumentRecorded):
        document = happened.document
        yield what, "", f"{value_word(document.kind, language)} {document.number}"
    elif isinstance(happened, EnrolmentReviewed):
        yield what, "", value_word(f"enrolment.{happened.decision}", language)
    elif isinstance(happened, EnrolmentSeated):
        yield what, "", happened.admission_number
    else:
        yield what, "", ""


def _changed(change: Change, language: str) -> Iterator[tuple[str, str, str]]:
    name = change.field.partition(".")[2]
    if isinstance(change.before, dict) and isinstance(change.after, dict):
        for key in {**change.before, **change.after}:
            before, after = change.before.get(key, ""), change.after.get(key, "")
            if before != after:
                yield column_word(key, language), _value(key, before, language), _value(key, after, language)
    else:
        word = column_word(_COLUMNS.get(name, name), language)
        yield word, _value(name, change.before, language), _value(name, change.after, language)


def _value(name: str, value: object, language: str) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if name == "nationality":
        return code_tables().countries.names.get(str(value), str(value))
    if name == REGION:
        return code_tables().regions.full_names.get(str(value), str(value))
    return value_word(str(value), language)
