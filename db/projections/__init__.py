"""From events to rows, on the desk and in the library alike. Projections are dumb: the rules came before."""

from db.projections import (
    batches,
    candidates,
    centre,
    certificates,
    enrolments,
    epochs,
    exam_day,
    exchange,
    marks,
    operators,
    questions,
)
from db.projections.apply import Apply, Projection, Unsearched

PROJECTIONS: dict[type, Projection] = {
    **centre.PROJECTIONS,
    **operators.PROJECTIONS,
    **batches.PROJECTIONS,
    **candidates.PROJECTIONS,
    **enrolments.PROJECTIONS,
    **exam_day.PROJECTIONS,
    **marks.PROJECTIONS,
    **certificates.PROJECTIONS,
    **exchange.PROJECTIONS,
    **questions.PROJECTIONS,
    **epochs.PROJECTIONS,
}

__all__ = ["PROJECTIONS", "Apply", "Projection", "Unsearched"]
