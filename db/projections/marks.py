"""Marks: the two entries, what a third person settled, judges' sheets, what an earlier sitting left, corrections."""

from decimal import Decimal

from appraisal.domain.judging import MarkJudged
from appraisal.domain.marks import MarkCarried, MarkCorrected, MarkEntered, MarkSettled
from db.projections.apply import Apply, Projection, text
from db.schema import mark_carried, mark_corrected, mark_entry, mark_judged, mark_settled


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def entered(do: Apply, e: MarkEntered) -> None:
    do.put(mark_entry, {"enrolment": e.enrolment, "subject": e.subject, "entry": e.entry}, state=e.state.value,
           value=_text(e.value), entered_by=e.entered_by)


def settled(do: Apply, e: MarkSettled) -> None:
    do.put(mark_settled, {"enrolment": e.enrolment, "subject": e.subject}, state=e.state.value, value=_text(e.value),
           settled_by=e.settled_by, reason=do.why)


def carried(do: Apply, e: MarkCarried) -> None:
    do.put(mark_carried, {"enrolment": e.enrolment, "subject": e.subject}, value=str(e.value), earlier=e.earlier)


def judged(do: Apply, e: MarkJudged) -> None:
    do.put(mark_judged, {"enrolment": e.enrolment, "subject": e.subject, "turn": e.turn, "judge": e.judge},
           scores=text(e.scores), value=str(e.value), entered_by=e.entered_by)


def corrected(do: Apply, e: MarkCorrected) -> None:
    do.put(mark_corrected, {"enrolment": e.enrolment, "subject": e.subject}, state=e.state.value, value=_text(e.value),
           asked_by=e.asked_by, agreed_by=e.agreed_by, reason=do.why)


PROJECTIONS: dict[type, Projection] = {
    MarkEntered: entered, MarkSettled: settled, MarkCarried: carried, MarkJudged: judged, MarkCorrected: corrected}
