"""Marks: the two entries, and what a third person settled."""

from decimal import Decimal

from appraisal.domain.marks import MarkEntered, MarkSettled
from db.projections.apply import Apply, Projection
from db.schema import mark_entry, mark_settled


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def entered(do: Apply, e: MarkEntered) -> None:
    do.put(mark_entry, {"enrolment": e.enrolment, "subject": e.subject, "entry": e.entry}, state=e.state.value,
           value=_text(e.value), entered_by=e.entered_by)


def settled(do: Apply, e: MarkSettled) -> None:
    do.put(mark_settled, {"enrolment": e.enrolment, "subject": e.subject}, state=e.state.value, value=_text(e.value),
           settled_by=e.settled_by, reason=do.why)


PROJECTIONS: dict[type, Projection] = {MarkEntered: entered, MarkSettled: settled}
