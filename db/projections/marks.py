"""Marks: the two entries, what a third person settled, what an earlier sitting left."""

from decimal import Decimal

from appraisal.domain.marks import MarkCarried, MarkEntered, MarkSettled
from db.projections.apply import Apply, Projection
from db.schema import mark_carried, mark_entry, mark_settled


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


PROJECTIONS: dict[type, Projection] = {MarkEntered: entered, MarkSettled: settled, MarkCarried: carried}
