"""Who sits where in a batch, and who has no seat yet."""

from sqlalchemy import Connection, select

from appraisal.domain.enrolment import EnrolmentState
from appraisal.domain.events import Id
from appraisal.usecases.reads import SeatingChart, SeatRow
from db import exam_day, rows
from db.schema import enrolment, person, seat_wish

_SHOWN = (EnrolmentState.APPROVED.value, EnrolmentState.SEATED.value)


def chart(connection: Connection, of_batch: Id) -> SeatingChart:
    query = (select(enrolment.c.id, person.c.name, enrolment.c.admission_number, enrolment.c.room, enrolment.c.seat,
                    seat_wish.c.pinned, seat_wish.c.accessible)
             .join_from(enrolment, person).outerjoin(seat_wish)
             .where(enrolment.c.batch == of_batch, enrolment.c.state.in_(_SHOWN)).order_by(enrolment.c.id))
    return SeatingChart(
        [SeatRow(r.id, r.name, r.admission_number or "", rows.place_of(r), bool(r.pinned), bool(r.accessible))
         for r in connection.execute(query)], exam_day.seating(connection, of_batch))
