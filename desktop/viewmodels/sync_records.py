"""Where a record that needs somebody is opened: the page, the batch, the record on it."""

from dataclasses import dataclass

from appraisal.usecases.reads import NeedsYou

_OF_PERSON = frozenset({"candidate", "consent", "photo", "enrolment", "certificate_number"})
_OF_BATCH = frozenset({"batch", "publicity", "objection", "recheck"})
_OF_THE_DAY = frozenset({"session", "attendance", "incident", "papers"})


@dataclass(frozen=True, slots=True)
class Whereabouts:
    page: str
    """The key of the page."""
    batch: str = ""
    record: str = ""
    """As the page names its rows: a person, an enrolment, a certificate; empty on a page of batches."""


def whereabouts(one: NeedsYou) -> Whereabouts | None:
    """None for what no page shows, as the beginning of an epoch."""
    noun = one.kind.partition(".")[0]
    if noun in _OF_PERSON and one.person is not None:
        return Whereabouts("candidates", record=one.person)
    if noun == "mark" and one.batch is not None:
        return Whereabouts("marks", one.batch, one.subject)
    if noun == "certificate" and one.batch is not None:
        return Whereabouts("certificates", one.batch, one.subject)
    if noun in _OF_THE_DAY and one.batch is not None:
        return Whereabouts("exam-day", one.batch)
    if noun in _OF_BATCH and one.batch is not None:
        return Whereabouts("batches", one.batch)
    return None
