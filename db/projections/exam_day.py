"""Sittings, who came to them, incidents, papers; the people who examine."""

from appraisal.domain.exam_day import (
    AttendanceRecorded,
    IncidentRecorded,
    IncidentVoided,
    PapersCounted,
    SessionPlaced,
    SessionPlanned,
)
from appraisal.domain.examiners import ExaminerEnlisted, StaffDrawn
from db.projections.apply import Apply, Projection, text
from db.schema import attendance, examiner, incident, papers, session, session_place, staff_draw


def planned(do: Apply, e: SessionPlanned) -> None:
    do.add(session, id=e.session, batch=e.batch, title=e.title, subjects=text(e.subjects), starts=e.starts,
           minutes=e.minutes, rooms=text(e.rooms), replaces=e.replaces)


def placed(do: Apply, e: SessionPlaced) -> None:
    do.put(session_place, {"enrolment": e.enrolment, "session": e.session}, room=e.room, seat=e.seat)


def came(do: Apply, e: AttendanceRecorded) -> None:
    do.put(attendance, {"enrolment": e.enrolment, "session": e.session}, subjects=text(e.subjects),
           state=e.state.value, minutes=e.minutes, recorded_by=e.recorded_by, reason=do.why)


def happened(do: Apply, e: IncidentRecorded) -> None:
    do.add(incident, id=e.incident, batch=e.batch, person=e.person, enrolment=e.enrolment, session=e.session,
           subjects=text(e.subjects), tier=e.tier.value, text=e.text, signatures=text(e.signatures), voided=False)


def voided(do: Apply, e: IncidentVoided) -> None:
    do.change(incident, {"id": e.incident}, voided=True, reason=do.why)


def counted(do: Apply, e: PapersCounted) -> None:
    do.add(papers, id=e.counting, batch=e.batch, session=e.session, room=e.room, handed_out=e.handed_out,
           returned=e.returned, counted_by=e.counted_by, checked_by=e.checked_by, reason=do.why)


def enlisted(do: Apply, e: ExaminerEnlisted) -> None:
    do.put(examiner, {"id": e.person}, duty=e.duty.value, expires=e.expires, active=e.active, name=e.name,
           organisation=e.organisation, card=e.card, relatives=text(e.relatives))


def drawn(do: Apply, e: StaffDrawn) -> None:
    do.put(staff_draw, {"session": e.session}, batch=e.batch, seed=e.seed, assigned=text(e.assigned), reason=do.why)


PROJECTIONS: dict[type, Projection] = {
    SessionPlanned: planned, SessionPlaced: placed, AttendanceRecorded: came, IncidentRecorded: happened,
    IncidentVoided: voided, PapersCounted: counted, ExaminerEnlisted: enlisted, StaffDrawn: drawn}
