"""An examined batch, made through the real use cases: two sittings, a draw, late and absent people, an incident,
papers, marks entered twice, judges' sheets; and its book."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from kit.desks import EXAM_DAY, GIVEN, START, SURNAMES, SimulatedDesk
from sqlalchemy import Engine

from appraisal.documents.portrait import drawn_portrait
from appraisal.domain.batch import BatchState
from appraisal.domain.enrolment import EnrolmentState
from appraisal.domain.exam_day import Signature, Tier
from appraisal.domain.examiners import Duty
from appraisal.domain.marks import Mark, MarkState
from appraisal.domain.operator import Role
from appraisal.domain.person import Background, Contact, Identity
from appraisal.domain.seating import Room
from appraisal.usecases.enrol_operator import EnrolOperator, enrol_operator
from appraisal.usecases.enter_mark import EnterMarks, JudgeMark, enter_marks, judge_mark
from appraisal.usecases.exam_day import (
    CloseDoor,
    CountPapers,
    PlaceSession,
    PlanSession,
    RecordAttendance,
    RecordIncident,
    close_door,
    count_papers,
    place_session,
    plan_session,
    record_attendance,
    record_incident,
)
from appraisal.usecases.examine import DrawStaff, EnlistExaminer, draw_staff, enlist_examiner
from appraisal.usecases.register_candidate import AttachPhotos, RegisterCandidate, attach_photos, register
from appraisal.usecases.seat_batch import SeatBatch, seat_batch
from appraisal.usecases.submit_enrolment import ReviewEnrolments, SubmitEnrolment, review_enrolments, submit
from db.queries.reads import SqlReads

NINE = datetime.combine(EXAM_DAY, time(9))
MINUTE = 60_000
NUMBER_FIELDS = {"year": 26, "city": 1, "body": 12, "batch": 3, "subject": 1}


@dataclass
class ExamDay:
    """Every fourth is at level 2, the others at level 3. The first two in the list are absent, the third is late, the
    fourth is sent out of theory."""

    engine: Engine
    people: int = 60
    seed: int = 1
    photos: bool = True
    ids: list[str] = field(default_factory=list)
    """Enrolments, by the order of registering."""

    def __post_init__(self) -> None:
        self.day = SimulatedDesk(self.engine, self.seed)
        self.desk, self.who = self.day.desk, dict(self.day.operators)
        for role in (Role.INVIGILATOR, Role.MARKS_REVIEWER, Role.CERTIFICATE_OFFICER):
            self.who[role] = enrol_operator(EnrolOperator(role.value, f"操作员{role.value}", frozenset({role}),
                                                          self.who[Role.ADMINISTRATOR]), self.desk)
        self.batch = self.day.open_batch()
        self.reads = SqlReads(self.engine, self.desk.schemes)

    def enrol(self) -> "ExamDay":
        who, random = self.who, Random(self.seed)
        with self.desk.work(who[Role.REGISTRAR]) as work:
            persons = [register(work, RegisterCandidate(
                Identity(random.choice(SURNAMES) + "".join(random.choices(GIVEN, k=2)), "NAME", "resident_id",
                         f"{110101199003070000 + n}", "FM"[n % 2], date(1990, 3, 7)),
                Contact(f"154{n:08d}"), Background(employer=f"示范公司{n % 7}"), who[Role.REGISTRAR]))
                for n in range(self.people)]
            self.ids = [submit(work, self.desk, SubmitEnrolment(one, self.batch, 3 if n % 4 else 2, "取得四级证书",
                                                                who[Role.REGISTRAR]))
                        for n, one in enumerate(persons)]
        if self.photos:
            attach_photos(AttachPhotos(tuple((one, drawn_portrait(n)) for n, one in enumerate(persons)),
                                       who[Role.REGISTRAR]), self.desk)
        review_enrolments(ReviewEnrolments(tuple(self.ids), EnrolmentState.APPROVED, who[Role.REVIEWER]), self.desk)
        return self

    def seat_numbers(self) -> int:
        """Returns the number of rooms."""
        rooms = tuple(Room(str(n), 30) for n in range(1, -(-self.people // 30) + 1))
        seat_batch(SeatBatch(self.batch, rooms, self.who[Role.SUPERVISOR], b"seed", fields=NUMBER_FIELDS), self.desk)
        return len(rooms)

    def seat(self) -> "ExamDay":
        supervisor, half, rooms = self.who[Role.SUPERVISOR], self.people // 2 + 1, self.seat_numbers()
        theory = PlanSession(self.batch, "理论知识考试", ("theory",), NINE, 90, supervisor)
        self.theory = plan_session(theory, self.desk)
        self.practice = plan_session(PlanSession(
            self.batch, "操作技能考核", ("practice", "comprehensive"), NINE + timedelta(hours=4), 60, supervisor,
            (Room("工位A", half), Room("工位B", half))), self.desk)
        place_session(PlaceSession(self.practice, self.batch, supervisor, b"place"), self.desk)
        for number in range(4 * rooms + 20):
            enlist_examiner(EnlistExaminer(
                Duty.SENIOR if number % 2 else Duty.INVIGILATOR, f"考评{number}", "示范学校", supervisor,
                f"K{number:04d}", date(2028, 1, 1)), self.desk)
        draw_staff(DrawStaff(self.batch, self.theory, supervisor, b"theory"), self.desk)
        draw_staff(DrawStaff(self.batch, self.practice, supervisor, b"practice"), self.desk)
        return self

    def examine(self) -> "ExamDay":
        staff = self.who[Role.INVIGILATOR]
        self.day.move(self.batch, BatchState.CLOSED, BatchState.SEATED)
        self.at(-10)
        self.day.move(self.batch, BatchState.EXAMINING)
        for session in (self.theory, self.practice):
            record_attendance(RecordAttendance(self.batch, session, tuple(self.ids[3:]), staff), self.desk)
        self.at(12)
        for session in (self.theory, self.practice):
            record_attendance(RecordAttendance(self.batch, session, (self.ids[2],), staff), self.desk)
        self.at(300)
        for session in (self.theory, self.practice):
            close_door(CloseDoor(self.batch, session, staff), self.desk)
        record_incident(RecordIncident(
            self.batch, self.theory, self.ids[3], Tier.SESSION, "携带手机入场，监考员当场收存",
            (Signature("郑监考", "100,200 300,100 500,200;600,100 700,250"), Signature("吴监考", "")), staff),
            self.desk)
        for session in self.reads.book(self.batch).sessions:
            for room, people in self.reads.book(self.batch).by_room(session).items():
                count_papers(CountPapers(self.batch, session.session, room, len(people), len(people),
                                         self.who[Role.SUPERVISOR], staff), self.desk)
        return self

    def mark(self) -> "ExamDay":
        """Everybody who came gets 60 to 95 in both entries; three judges are within five points."""
        came = [(n, one) for n, one in enumerate(self.ids) if n > 1]
        marks = {(one, subject): Mark(MarkState.PRESENT, Decimal(60 + (7 * n + len(subject)) % 36))
                 for n, one in came for subject in ("theory", "practice") if (n, subject) != (3, "theory")}
        for entry, role in ((1, Role.MARKS_A), (2, Role.MARKS_B)):
            typed = tuple((*key, mark) for key, mark in marks.items())
            enter_marks(EnterMarks(entry, typed, self.who[role]), self.desk)
        for n, one in came:
            if n % 4 == 0:
                for judge in range(3):
                    judge_mark(JudgeMark(one, "comprehensive", f"{judge}", (Decimal(70 + judge), Decimal(75 + judge)),
                                         self.who[Role.INVIGILATOR]), self.desk)
        return self

    def at(self, minutes: int) -> None:
        """So many minutes after nine on the exam day."""
        self.day.clock.now = START + (EXAM_DAY - date(2026, 11, 1)).days * 1440 * MINUTE + minutes * MINUTE
