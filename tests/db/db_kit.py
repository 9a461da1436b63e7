"""A desk on which everything has happened: a row in every projected table, through the real use cases where there are
such, and by their events alone where a printer or an association would be needed."""

from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal

from kit.desks import SimulatedDesk
from sqlalchemy import Engine, text

from appraisal.domain.centre import (
    Lease,
    LibraryRecognised,
    SchemeAdopted,
    StatusAdopted,
    TableAdopted,
    TemplateAdopted,
    TrustAdopted,
    UpdatesTaken,
)
from appraisal.domain.certificate import (
    Bilingual,
    CertificateDrawn,
    CertificateFace,
    CertificateIssued,
    CertificateRevoked,
)
from appraisal.domain.consent import Purpose
from appraisal.domain.enrolment import EnrolmentChecked, EnrolmentState, Payment
from appraisal.domain.epochs import Aside, Beginning, EpochBegan, EpochRestored, Gap, RestorationTaken
from appraisal.domain.exam_day import (
    Attendance,
    AttendanceRecorded,
    IncidentRecorded,
    IncidentVoided,
    PapersCounted,
    SessionPlaced,
    SessionPlanned,
    Signature,
    Tier,
)
from appraisal.domain.examiners import Assigned, Duty, ExaminerEnlisted, StaffDrawn
from appraisal.domain.exchange import BundleExported, DeskKeyRotated, Fate, FateOf, Place, ReceiptAccepted, Span
from appraisal.domain.glyph import Glyph, GlyphDrawn
from appraisal.domain.handout import HandoutMade, Means
from appraisal.domain.judging import MarkJudged
from appraisal.domain.marks import Mark, MarkCarried, MarkCorrected, MarkState
from appraisal.domain.numbers import CertificateNumberGiven
from appraisal.domain.operator import Role
from appraisal.domain.person import Background, Contact, Identity, Person
from appraisal.domain.publicity import Finding, RecheckAnswered, RecheckAsked
from appraisal.domain.question import QuestionDecided, QuestionKind
from appraisal.domain.seating import Room, SeatArranged, SeatingPlanned, SeatingRules
from appraisal.domain.staleness import Agreed, IssuingAgreed
from appraisal.usecases.enrol_operator import (
    ChangeRoles,
    EnrolOperator,
    WithdrawOperator,
    change_roles,
    enrol_operator,
    withdraw_operator,
)
from appraisal.usecases.enter_mark import SettleMark, settle_mark
from appraisal.usecases.one_person import (
    LinkCandidates,
    RecordDocument,
    UnlinkCandidate,
    link_candidates,
    record_document,
    unlink_candidate,
)
from appraisal.usecases.publicise import (
    Publicise,
    RaiseObjection,
    SettleObjection,
    close_publicity,
    publicise,
    raise_objection,
    settle_objection,
)
from appraisal.usecases.register_candidate import (
    ChangeConsent,
    CorrectCandidate,
    RegisterCandidate,
    change_consent,
    correct_candidate,
    register_candidate,
)
from appraisal.usecases.submit_enrolment import ReviewEnrolments, SubmitEnrolment, review_enrolments, submit_enrolment

KEY = bytes(range(32))
DAY_MS = 86_400_000
SECRETS = ("欧阳娜娜", "OUYANG Nana", "11010119900307721X", "E12345678", "G62126861", "15412345678",
           "nana@example.org", "静安里7号", "示例科技公司", "不同意公示的原因", "陈秘书", "携带手机入场", "郑监考",
           "合分请再核对", "分数无误", "钱考评", "考评员大学", "K-0815", "钱小明")
"""Personal data of the busy day; none of it may be read from a journal's bytes."""
NANA = RegisterCandidate(
    Identity("欧阳娜娜", "OUYANG Nana", "resident_id", "11010119900307721X", "F", date(1990, 3, 7)),
    Contact("15412345678", "nana@example.org", "静安里7号"),
    Background("汉族", "大学本科", "示例科技公司", 4, "Y000001234567", {"备注": "E12345678"}), "",
    (Purpose.ASSOCIATION,))


def busy_day(engine: Engine, seed: int = 1, kind: type[SimulatedDesk] = SimulatedDesk) -> SimulatedDesk:
    """Two candidates from enrolment to publicity and beyond; the clock stands after the publicity."""
    day = kind(engine, seed)
    registrar, supervisor = day.operators[Role.REGISTRAR], day.operators[Role.SUPERVISOR]
    administrator = day.operators[Role.ADMINISTRATOR]
    third = enrol_operator(EnrolOperator("chen", "陈秘书", frozenset({Role.MARKS_REVIEWER}), administrator), day.desk)
    batch = day.open_batch()
    others = day.people(3, batch)
    nana = register_candidate(
        RegisterCandidate(NANA.identity, NANA.contact, NANA.background, registrar, NANA.consents), day.desk)
    day.photo(nana)
    moved = Person(nana, NANA.identity, Contact("15487654321", "nana@example.org", "静安里7号"), NANA.background)
    correct_candidate(CorrectCandidate(moved, "手机号变更", registrar), day.desk)
    change_consent(ChangeConsent(others[0], Purpose.ASSOCIATION, False, registrar), day.desk)
    record_document(RecordDocument(nana, "passport", "G62126861", "CHN", registrar), day.desk)
    link_candidates(LinkCandidates(others[1], others[2], "像同一人", registrar), day.desk)
    unlink_candidate(UnlinkCandidate(max(others[1:]), "是两兄弟", registrar), day.desk)
    with day.desk.work(registrar) as work:
        enrolments = [work.enrolments.of_person(one)[0].id for one in others]
    review_enrolments(ReviewEnrolments(
        (enrolments[0],), EnrolmentState.RETURNED, day.operators[Role.REVIEWER], "材料不全"), day.desk)
    submit_enrolment(SubmitEnrolment(others[0], batch, 3, "取得四级证书", registrar), day.desk)
    day.examine(batch)
    settled = _settle_one(day, enrolments[0], third)
    opened = publicise(Publicise(batch, supervisor), day.desk)
    objection = raise_objection(RaiseObjection(batch, others[1], "不同意公示的原因", registrar), day.desk)
    settle_objection(SettleObjection(objection, False, "查无此事", supervisor), day.desk)
    day.clock.now += 20 * DAY_MS
    close_publicity(Publicise(batch, supervisor), day.desk)
    _certify_and_send(day, batch, others[1], settled)
    change_roles(ChangeRoles("chen", frozenset({Role.REVIEWER}), administrator), day.desk)
    withdraw_operator(WithdrawOperator("chen", "离职", administrator), day.desk)
    assert opened.passed
    return day


def _settle_one(day, enrolment, third):
    """The comprehensive part is not in level 3: one subject gets two entries that differ by an event of their own."""
    with day.desk.work(day.operators[Role.MARKS_B]) as work:
        sheet = work.marks.sheet(enrolment)
        first = next(e for e in sheet.entries if (e.subject, e.entry) == ("theory", 1))
        work.record(type(first)(enrolment, sheet.person, "theory", 2, MarkState.PRESENT, Decimal("61.5"),
                                day.operators[Role.MARKS_B]))
    settle_mark(SettleMark(enrolment, "theory", Mark(MarkState.PRESENT, Decimal(61)), "复核原卷", third), day.desk)
    return enrolment


def _certify_and_send(day, batch, person, enrolment):
    """What an association and a printer would have a part in, as bare events."""
    library, bundle, receipt = (f"{n:032x}" for n in (1, 2, 3))
    epoch, both = day.desk.origin.epoch.hex(), Bilingual("甲", "A")
    face = CertificateFace("N-1", "欧阳娜娜", "OUYANG Nana", "resident_id", "11010119900307721X", "ai-trainer", both,
                           both, both, both, 3, both, (), (Decimal("90.5"),), date(2026, 12, 1), None, "https://v.example.org/")
    with day.desk.work(day.operators[Role.SUPERVISOR]) as work:
        person = work.enrolments.get(enrolment).person
        certificate = work.new_id()
        work.record(
            EnrolmentChecked(enrolment, person, ("identity",), Payment.PAID, "R-20261123"),
            GlyphDrawn(person, Glyph("\U0003ffff", b"picture")),
            MarkCarried(enrolment, person, "comprehensive", Decimal("77.5"), "e" * 32),
            LibraryRecognised(library, bytes(32), bytes(32), ("age1example",)), DeskKeyRotated("f" * 64, b"rotation"),
            TrustAdopted("a" * 64, 1, b"trust"), StatusAdopted("b" * 64, 1, 1_790_000_000, b"status"),
            Lease("c" * 32, "ai-trainer", "ZGC-", 1, 2, 1, (5, 9)),
            CertificateNumberGiven(enrolment, person, "Y000000000000000000001", date(2026, 12, 1)),
            CertificateIssued(certificate, enrolment, person, "N-1", "ai-trainer", batch, "skill@1", None, b"cose",
                              (1, 5), face),
            BundleExported(bundle, library, (Span(epoch, 1, 3),), 3, 0, 0, ("candidate",), "d" * 64),
            ReceiptAccepted(receipt, library, 1, "e" * 64, (FateOf(Span(epoch, 1, 2), Fate.APPLIED),
                                                            FateOf(Span(epoch, 3, 3), Fate.HELD, "person_differs")),
                            (Place(epoch, 3, bytes(32)),), 1_790_000_000_000),
            UpdatesTaken("7" * 32, library, 1_790_000_000_000), SchemeAdopted("ai-trainer", "2026-12", "8" * 64),
            TableAdopted("values.toml", "8" * 64), TemplateAdopted("skill-level", "9" * 64),
            HandoutMade("5" * 32, "考生", 3, Means.EXCEL, masked=True),
            IssuingAgreed("6" * 32, Agreed.STALE_LISTS, 1_790_000_000_000, day.operators[Role.SUPERVISOR]))
        _examine_by_events(work, batch, enrolment, person)
        _give_back(work, library, "a" * 32, "b" * 32)
        work.record(CertificateDrawn(certificate, person, (Glyph("\U0003ffff", b"picture"),)))
        work.record(CertificateRevoked(certificate, person, day.operators[Role.SUPERVISOR]), why="信息有误")
        work.record(QuestionDecided("5" * 32, QuestionKind.SAME_PERSON, person, None, (person, "4" * 32),
                                    "different", "王馆员"), why="两人均已到场核对")


def _examine_by_events(work, batch, enrolment, person):
    """An exam day of which the rest of the day knows nothing."""
    session, incident, recheck, judge = (f"{n:032x}" for n in (11, 12, 13, 14))
    work.record(
        SessionPlanned(session, batch, "理论", ("theory",), datetime.fromisoformat("2026-11-14T09:00"), 90,
                       (Room("1", 30),)),
        SessionPlaced(enrolment, person, session, "工位A", "3"),
        AttendanceRecorded(enrolment, person, session, ("theory",), Attendance.LATE, 12, judge),
        IncidentRecorded(incident, batch, person, enrolment, session, ("theory",), Tier.SESSION, "携带手机入场",
                         (Signature("郑监考", "1,2 3,4"), Signature("陈秘书", ""))),
        IncidentVoided(incident, person),
        PapersCounted(f"{15:032x}", batch, session, "1", 30, 30, judge, work.operator.id),
        MarkJudged(enrolment, person, "comprehensive", 1, judge, (Decimal(80), Decimal(90)), Decimal(86), judge),
        MarkCorrected(enrolment, person, "theory", MarkState.PRESENT, Decimal(62), judge, work.operator.id),
        RecheckAsked(recheck, batch, person, enrolment, "theory", date(2026, 12, 1), "合分请再核对"),
        RecheckAnswered(recheck, person, (Finding.SUM,), judge, "分数无误"),
        ExaminerEnlisted(judge, Duty.SENIOR, date(2028, 1, 1), True, "钱考评", "考评员大学", "K-0815", ("钱小明",)),
        SeatingPlanned(batch, (Room("1", 30, 2), Room("2", 20)), SeatingRules(mixed=False), "26{room:3}{seat:3}!", {}),
        SeatArranged(enrolment, person, pinned=True, accessible=True),
        StaffDrawn(session, batch, b"seed", (Assigned("1", Duty.SENIOR, judge),)))


def _give_back(work, library, lost, epoch):
    """A copy's epoch, and what came back of a desk that was lost: a gap and an entry set aside."""
    work.record(
        EpochBegan("c" * 32, lost, Beginning.CLONED, Place(epoch, 9, bytes(32))),
        RestorationTaken("d" * 32, library, lost, b"signed"),
        EpochRestored(epoch, "d" * 32, lost, 1, 9, (Gap(4, bytes(32)),), (Aside(5, "aside_refused"),),
                      (FateOf(Span(epoch, 1, 9), Fate.APPLIED),), 3))


@contextmanager
def without_tripwires(engine: Engine):
    """A hand with an SQL shell that has taken the triggers away: damage can be made on purpose. SQLite."""
    with engine.begin() as connection:
        for name in connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
            connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
        yield connection
