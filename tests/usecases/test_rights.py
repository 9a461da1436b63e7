"""Who may do what: every use case is tried by every role, and by somebody withdrawn."""

import ast
from pathlib import Path

import pytest
from day_kit import EXAM_DAY, NOBODY, candidate, present, staffed
from kit.glyphs import a_glyph

import appraisal.usecases
from appraisal.domain.batch import BatchState
from appraisal.domain.consent import Purpose
from appraisal.domain.enrolment import EnrolmentState
from appraisal.domain.errors import RuleViolation
from appraisal.domain.exam_day import Signature, Tier
from appraisal.domain.examiners import Duty
from appraisal.domain.handout import Means
from appraisal.domain.operator import Role
from appraisal.domain.person import Person
from appraisal.domain.seating import Place, Room
from appraisal.domain.staleness import Agreed
from appraisal.exchange.rotation import KeyOf
from appraisal.sheets.marks import MarksReading
from appraisal.usecases.adopt_grant import (
    AdoptGrant,
    AdoptLists,
    AskToJoin,
    adopt_grant,
    adopt_lists,
    ask_to_join,
    fingerprint_of,
)
from appraisal.usecases.adopt_updates import AdoptUpdates, adopt_updates
from appraisal.usecases.agree_to_issue import AgreeToIssue, agree_to_issue
from appraisal.usecases.check_enrolment import CheckEnrolments, check_enrolments
from appraisal.usecases.draw_glyph import DrawGlyph, draw_glyph
from appraisal.usecases.enrol_operator import (
    ChangeRoles,
    EnrolOperator,
    WithdrawOperator,
    change_roles,
    enrol_operator,
    withdraw_operator,
)
from appraisal.usecases.enter_mark import (
    CorrectMark,
    EnterMark,
    EnterMarks,
    JudgeMark,
    SettleMark,
    correct_mark,
    enter_mark,
    enter_marks,
    judge_mark,
    settle_mark,
)
from appraisal.usecases.exam_day import (
    CloseDoor,
    CountPapers,
    PlaceSession,
    PlanSession,
    RecordAttendance,
    RecordIncident,
    VoidIncident,
    close_door,
    count_papers,
    place_session,
    plan_session,
    record_attendance,
    record_incident,
    void_incident,
)
from appraisal.usecases.examine import DrawStaff, EnlistExaminer, draw_staff, enlist_examiner
from appraisal.usecases.export_bundle import ExportBundle, export_bundle
from appraisal.usecases.import_admissions import AdmissionsPreview, ImportAdmissions, import_admissions
from appraisal.usecases.import_marks import ImportMarks, import_marks
from appraisal.usecases.import_numbers import ImportNumbers, PreviewNumbers, import_numbers, preview_numbers
from appraisal.usecases.import_photos import ImportPhotos, import_photos
from appraisal.usecases.import_receipt import ImportReceipt, import_receipt
from appraisal.usecases.import_roster import ImportRoster, import_roster
from appraisal.usecases.import_short_receipt import ImportShortReceipt, import_short_receipt
from appraisal.usecases.issue_certificates import IssueCertificates, issue_certificates
from appraisal.usecases.one_person import (
    LinkCandidates,
    RecordDocument,
    TellApart,
    UnlinkCandidate,
    link_candidates,
    record_document,
    tell_apart,
    unlink_candidate,
)
from appraisal.usecases.open_batch import MoveBatch, OpenBatch, move_batch, open_batch
from appraisal.usecases.publicise import (
    AnswerRecheck,
    AskRecheck,
    Publicise,
    RaiseObjection,
    SettleObjection,
    answer_recheck,
    ask_recheck,
    close_publicity,
    publicise,
    raise_objection,
    settle_objection,
)
from appraisal.usecases.rearrange_seats import (
    ArrangeSeat,
    MergeRooms,
    MoveSeat,
    SplitRoom,
    arrange_seat,
    merge_rooms,
    move_seat,
    split_room,
)
from appraisal.usecases.record_handout import RecordHandout, record_handout
from appraisal.usecases.register_candidate import (
    AttachPhotos,
    ChangeConsent,
    CorrectCandidate,
    attach_photos,
    change_consent,
    correct_candidate,
    register_candidate,
)
from appraisal.usecases.rotate_key import RotateKey, rotate_key
from appraisal.usecases.save_candidate import SaveCandidate, save_candidate
from appraisal.usecases.seat_batch import SeatBatch, seat_batch
from appraisal.usecases.send_bundle import fetch_receipts
from appraisal.usecases.submit_enrolment import (
    ReviewEnrolments,
    SeatEnrolments,
    SubmitEnrolment,
    review_enrolments,
    seat_enrolments,
    submit_enrolment,
)
from db.bundle_files import BundleFolders

REGISTRAR, REVIEWER, SUPERVISOR = {Role.REGISTRAR}, {Role.REVIEWER}, {Role.SUPERVISOR}
OFFICER, ADMINISTRATOR = {Role.CERTIFICATE_OFFICER}, {Role.ADMINISTRATOR}
DOOR = {Role.INVIGILATOR, Role.SUPERVISOR}
ADOPTERS = {Role.SUPERVISOR, Role.ADMINISTRATOR}
SENDERS = {Role.SUPERVISOR, Role.CERTIFICATE_OFFICER}


def _person(desk):
    one = candidate(desk, 900)
    return Person(NOBODY, one.identity, one.contact, one.background)


def _save(desk, by):
    one = candidate(desk, 10_000 + desk.clock.now % 10**9)
    return save_candidate(SaveCandidate(one.identity, one.contact, one.background, by), desk.desk)


def _register(desk, by):
    one = candidate(desk, 902)
    return register_candidate(type(one)(one.identity, one.contact, one.background, by), desk.desk)


CASES = {
    ask_to_join: (ADOPTERS, lambda d, by: ask_to_join(AskToJoin(by), d.desk, d.exchange)),
    fingerprint_of: (ADOPTERS, lambda d, by: fingerprint_of(AskToJoin(by), d.desk, d.exchange)),
    adopt_grant: (ADOPTERS, lambda d, by: adopt_grant(AdoptGrant(b"", by), d.desk, d.exchange)),
    adopt_lists: (ADOPTERS, lambda d, by: adopt_lists(AdoptLists(None, (), by), d.desk, d.exchange)),
    adopt_updates: (ADOPTERS, lambda d, by: adopt_updates(AdoptUpdates({}, 0, NOBODY, by), d.desk, d.exchange, bytes)),
    enrol_operator: (ADMINISTRATOR, lambda d, by: enrol_operator(
        EnrolOperator("new", "新人", frozenset(REVIEWER), by), d.desk)),
    change_roles: (ADMINISTRATOR, lambda d, by: change_roles(ChangeRoles("nobody", frozenset(REVIEWER), by), d.desk)),
    withdraw_operator: (ADMINISTRATOR, lambda d, by: withdraw_operator(WithdrawOperator("nobody", "离职", by), d.desk)),
    enter_mark: ({Role.MARKS_A}, lambda d, by: enter_mark(EnterMark(NOBODY, "theory", 1, present(1), by), d.desk)),
    enter_marks: ({Role.MARKS_B}, lambda d, by: enter_marks(EnterMarks(2, (), by), d.desk)),
    settle_mark: ({Role.MARKS_REVIEWER}, lambda d, by: settle_mark(
        SettleMark(NOBODY, "theory", present(1), "复核", by), d.desk)),
    judge_mark: ({Role.INVIGILATOR, Role.MARKS_A, Role.MARKS_B}, lambda d, by: judge_mark(
        JudgeMark(NOBODY, "defence", "1", (), by), d.desk)),
    correct_mark: ({Role.MARKS_REVIEWER} | SUPERVISOR, lambda d, by: correct_mark(
        CorrectMark(NOBODY, "theory", present(1), "登分有误", by, d.who[Role.SUPERVISOR]), d.desk)),
    plan_session: (SUPERVISOR, lambda d, by: plan_session(PlanSession(NOBODY, "理论", (), None, 90, by), d.desk)),
    place_session: (REGISTRAR | SUPERVISOR, lambda d, by: place_session(PlaceSession(NOBODY, NOBODY, by, b""), d.desk)),
    record_attendance: (DOOR, lambda d, by: record_attendance(RecordAttendance(NOBODY, NOBODY, (), by), d.desk)),
    close_door: (DOOR, lambda d, by: close_door(CloseDoor(NOBODY, NOBODY, by), d.desk)),
    record_incident: (DOOR, lambda d, by: record_incident(RecordIncident(
        NOBODY, NOBODY, NOBODY, Tier.NOTED, "离座", (Signature("甲", ""), Signature("乙", "")), by), d.desk)),
    void_incident: (SUPERVISOR, lambda d, by: void_incident(VoidIncident(NOBODY, "误记", by), d.desk)),
    count_papers: (DOOR, lambda d, by: count_papers(CountPapers(NOBODY, NOBODY, "1", 1, 1, "x", by), d.desk)),
    enlist_examiner: (SUPERVISOR, lambda d, by: enlist_examiner(
        EnlistExaminer(Duty.INVIGILATOR, "甲", "某校", by), d.desk)),
    draw_staff: (SUPERVISOR, lambda d, by: draw_staff(DrawStaff(NOBODY, NOBODY, by, b""), d.desk)),
    ask_recheck: (REGISTRAR | SUPERVISOR, lambda d, by: ask_recheck(
        AskRecheck(NOBODY, "theory", "请核对", by), d.desk)),
    answer_recheck: ({Role.MARKS_REVIEWER} | SUPERVISOR, lambda d, by: answer_recheck(
        AnswerRecheck(NOBODY, (), "无误", by), d.desk)),
    export_bundle: (SENDERS, lambda d, by: export_bundle(
        ExportBundle(Path("/nowhere"), by), d.desk, d.exchange, BundleFolders())),
    import_receipt: (SENDERS, lambda d, by: import_receipt(ImportReceipt(b"", by), d.desk, d.exchange)),
    import_short_receipt: (SENDERS, lambda d, by: import_short_receipt(
        ImportShortReceipt(b"", by), d.desk, d.exchange)),
    fetch_receipts: (SENDERS, lambda d, by: fetch_receipts(by, d.desk, d.exchange, _NoPost())),
    rotate_key: (ADOPTERS, lambda d, by: rotate_key(RotateKey(KeyOf.CERTIFICATES, by), d.desk, d.exchange)),
    import_admissions: ({Role.REGISTRAR, Role.SUPERVISOR}, lambda d, by: import_admissions(
        ImportAdmissions(NOBODY, AdmissionsPreview("", (), (), 0), by), d.desk)),
    import_marks: ({Role.MARKS_A}, lambda d, by: import_marks(
        ImportMarks(NOBODY, 1, MarksReading("", ()), by), d.desk)),
    import_numbers: (OFFICER, lambda d, by: import_numbers(ImportNumbers(NOBODY, (), by), d.desk)),
    preview_numbers: (OFFICER, lambda d, by: preview_numbers(PreviewNumbers(NOBODY, b"", "x.csv", by), d.desk)),
    import_photos: (REGISTRAR, lambda d, by: import_photos(ImportPhotos((), by), d.desk)),
    import_roster: (REGISTRAR, lambda d, by: import_roster(ImportRoster(NOBODY, _NoRows(), by), d.desk)),
    issue_certificates: (OFFICER, lambda d, by: issue_certificates(IssueCertificates(NOBODY, by), d.desk, None)),
    agree_to_issue: (SUPERVISOR, lambda d, by: agree_to_issue(AgreeToIssue(Agreed.CLOCK, "时钟", by), d.desk)),
    open_batch: (SUPERVISOR, lambda d, by: open_batch(
        OpenBatch("B9", "批次", "ai-trainer", EXAM_DAY, 5, by), d.desk)),
    move_batch: (SUPERVISOR, lambda d, by: move_batch(MoveBatch(NOBODY, BatchState.FILED, by), d.desk)),
    publicise: (SUPERVISOR, lambda d, by: publicise(Publicise(NOBODY, by), d.desk)),
    close_publicity: (SUPERVISOR, lambda d, by: close_publicity(Publicise(NOBODY, by), d.desk)),
    raise_objection: ({Role.SUPERVISOR, Role.REGISTRAR}, lambda d, by: raise_objection(
        RaiseObjection(NOBODY, NOBODY, "异议", by), d.desk)),
    settle_objection: (SUPERVISOR, lambda d, by: settle_objection(
        SettleObjection(NOBODY, True, "属实", by), d.desk)),
    register_candidate: (REGISTRAR, _register),
    correct_candidate: (REGISTRAR, lambda d, by: correct_candidate(CorrectCandidate(_person(d), "更正", by), d.desk)),
    attach_photos: (REGISTRAR, lambda d, by: attach_photos(AttachPhotos((), by), d.desk)),
    change_consent: (REGISTRAR, lambda d, by: change_consent(
        ChangeConsent(NOBODY, Purpose.PUBLICITY, True, by), d.desk)),
    save_candidate: (REGISTRAR, _save),
    record_handout: (set(Role), lambda d, by: record_handout(
        RecordHandout("考生", 3, Means.EXCEL, True, "报送主管部门", by), d.desk)),
    record_document: (REGISTRAR, lambda d, by: record_document(
        RecordDocument(NOBODY, "", "E12345678", "CHN", by), d.desk)),
    link_candidates: (REGISTRAR, lambda d, by: link_candidates(LinkCandidates(NOBODY, NOBODY, "同一人", by), d.desk)),
    unlink_candidate: (REGISTRAR, lambda d, by: unlink_candidate(UnlinkCandidate(NOBODY, "另一人", by), d.desk)),
    tell_apart: (REGISTRAR, lambda d, by: tell_apart(TellApart(NOBODY, NOBODY, by), d.desk)),
    submit_enrolment: (REGISTRAR, lambda d, by: submit_enrolment(SubmitEnrolment(NOBODY, NOBODY, 3, "", by), d.desk)),
    review_enrolments: (REVIEWER, lambda d, by: review_enrolments(
        ReviewEnrolments((), EnrolmentState.APPROVED, by), d.desk)),
    seat_batch: (REGISTRAR | SUPERVISOR, lambda d, by: seat_batch(
        SeatBatch(NOBODY, (), by, b""), d.desk)),
    move_seat: (REGISTRAR | SUPERVISOR, lambda d, by: move_seat(MoveSeat(NOBODY, Place("1", 1), by), d.desk)),
    arrange_seat: (REGISTRAR | SUPERVISOR, lambda d, by: arrange_seat(ArrangeSeat(NOBODY, by), d.desk)),
    split_room: (REGISTRAR | SUPERVISOR, lambda d, by: split_room(SplitRoom(NOBODY, "1", Room("2", 1), by), d.desk)),
    merge_rooms: (REGISTRAR | SUPERVISOR, lambda d, by: merge_rooms(MergeRooms(NOBODY, "1", "2", by, b""), d.desk)),
    draw_glyph: ({Role.REGISTRAR}, lambda d, by: draw_glyph(DrawGlyph(NOBODY, "㐂", a_glyph(), by), d.desk)),
    check_enrolments: (REGISTRAR | REVIEWER, lambda d, by: check_enrolments(CheckEnrolments((NOBODY,), by), d.desk)),
    seat_enrolments: ({Role.REGISTRAR, Role.SUPERVISOR}, lambda d, by: seat_enrolments(
        SeatEnrolments(NOBODY, (), by), d.desk)),
}
WITHIN_ANOTHER = {"found_centre", "submit"}
"""The founding names no operator: there is none yet. `submit` is asked by those that have asked for the right."""


class _NoRows:
    lines = rows = ()


class _NoPost:
    """Nothing has come."""

    def receipts(self, _desk, _after):
        return []


@pytest.fixture(scope="module")
def desk():
    one = staffed()
    yield one
    one.engine.dispose()


def may(desk, case, by):
    """Whether the right was there; anything after that is another refusal's business."""
    before = desk.entries()
    try:
        case(desk, by)
    except RuleViolation as refusal:
        assert desk.entries() == before
        return refusal.code not in ("right_missing", "operator_withdrawn")
    except LookupError:  # what a rule would have named, had there been such a record
        return True
    return True


@pytest.mark.parametrize("use_case", CASES, ids=lambda one: one.__name__)
def test_only_the_roles_named_may(desk, use_case):
    allowed, case = CASES[use_case]
    assert {role for role in Role if may(desk, case, desk.who[role])} == allowed


@pytest.mark.parametrize("use_case", CASES, ids=lambda one: one.__name__)
def test_a_withdrawn_operator_may_nothing(use_case):
    desk = staffed()
    allowed, case = CASES[use_case]
    gone = desk.enrol("gone", min(allowed - ADMINISTRATOR or allowed))
    withdraw_operator(WithdrawOperator("gone", "离职", desk.who[Role.ADMINISTRATOR]), desk.desk)
    assert not may(desk, case, gone)
    desk.engine.dispose()


@pytest.mark.parametrize("use_case", CASES, ids=lambda one: one.__name__)
def test_nobody_unknown_may_anything(desk, use_case):
    _, case = CASES[use_case]
    before = desk.entries()
    with pytest.raises(RuleViolation, match="unknown_operator"):
        case(desk, NOBODY)
    assert desk.entries() == before


def test_the_second_entry_is_another_roles(desk):
    def second(_, by):
        return enter_mark(EnterMark(NOBODY, "theory", 2, present(1), by), desk.desk)

    assert {role for role in Role if may(desk, second, desk.who[role])} == {Role.MARKS_B}


def test_every_use_case_is_in_the_table():
    """A function of appraisal/usecases that takes a desk and is not here has rights that nobody has tried."""
    folder = Path(appraisal.usecases.__file__).parent
    taking = {node.name for file in folder.glob("*.py") for node in ast.parse(file.read_text("utf-8")).body
              if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
              and any(getattr(one.annotation, "id", "") in ("Desk", "Branching") for one in node.args.args)}
    assert taking - WITHIN_ANOTHER == {one.__name__ for one in CASES}
