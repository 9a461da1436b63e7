"""The rules of a day on a real desk: who must be another than whom, what comes before what, what needs a reason."""

from dataclasses import replace
from datetime import date

import pytest
from day_kit import DAY_MS, NOBODY, candidate, present, refused, staffed

from appraisal.domain.batch import ORDER, BatchState
from appraisal.domain.consent import Purpose
from appraisal.domain.enrolment import EnrolmentState
from appraisal.domain.errors import RuleViolation
from appraisal.domain.marks import Mark, MarkState, Outcome
from appraisal.domain.operator import Role
from appraisal.journal import read
from appraisal.usecases.enter_mark import (
    EnterMark,
    EnterMarks,
    SettleMark,
    enter_mark,
    enter_marks,
    settle_mark,
)
from appraisal.usecases.open_batch import MoveBatch, OpenBatch, move_batch, open_batch
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
    change_consent,
    correct_candidate,
    register_candidate,
)
from appraisal.usecases.submit_enrolment import (
    ReviewEnrolments,
    Seat,
    SeatEnrolments,
    SubmitEnrolment,
    review_enrolments,
    seat_enrolments,
    submit_enrolment,
)
from db.schema import journal


@pytest.fixture
def desk():
    one = staffed()
    yield one
    assert one.is_sound()  # whatever a test did, the tables are what the journal says
    one.engine.dispose()


@pytest.fixture
def batch(desk):
    return desk.open_batch(places=3)


def person_of(desk, person):
    with desk.desk.work(desk.who[Role.REGISTRAR]) as work:
        return work.candidates.get(person)


def review(desk, *enrolments, decision=EnrolmentState.APPROVED, by=None, why=""):
    return review_enrolments(ReviewEnrolments(enrolments, decision, by or desk.who[Role.REVIEWER], why), desk.desk)


def seat(desk, batch, *seats):
    return seat_enrolments(SeatEnrolments(batch, tuple(
        Seat(enrolment, number, "1", str(place)) for place, (enrolment, number) in enumerate(seats)),
        desk.who[Role.REGISTRAR]), desk.desk)


def enrolled(desk, batch, serial=1):
    return desk.submit(desk.register(serial), batch)


def seated(desk, batch, count=1):
    found = [enrolled(desk, batch, serial) for serial in range(1, count + 1)]
    review(desk, *found)
    seat(desk, batch, *((one, f"N{place}") for place, one in enumerate(found)))
    return found


def marking(desk, batch, count=1):
    found = seated(desk, batch, count)
    desk.until(batch, BatchState.MARKING)
    return found


def enter(desk, enrolment, entry, value, subject="theory", by=None):
    mark = value if isinstance(value, Mark) else present(value)
    who = by or desk.who[{1: Role.MARKS_A, 2: Role.MARKS_B}[entry]]
    return enter_mark(EnterMark(enrolment, subject, entry, mark, who), desk.desk)


def both(desk, enrolment, value, subject="theory"):
    enter(desk, enrolment, 1, value, subject)
    return enter(desk, enrolment, 2, value, subject)


def settle(desk, enrolment, value, why="复核原卷", by=None):
    by = by or desk.who[Role.MARKS_REVIEWER]
    return settle_mark(SettleMark(enrolment, "theory", present(value), why, by), desk.desk)


# registering and correcting


def test_a_person_is_registered_once_and_another_name_is_a_question(desk):
    one = desk.register(1)
    assert desk.register(1) == one
    with pytest.raises(RuleViolation, match="document_has_other_name"):
        register_candidate(candidate(desk, 1, "李四"), desk.desk)
    assert person_of(desk, one).identity.name == "张三"


@pytest.mark.parametrize(("changed", "name"), [({"name": " "}, "name"), ({"document_number": ""}, "document_number")])
def test_a_person_without_name_or_document_is_refused(desk, changed, name):
    command = candidate(desk, 1)
    with pytest.raises(RuleViolation) as caught:
        register_candidate(replace(command, identity=replace(command.identity, **changed)), desk.desk)
    assert (caught.value.code, caught.value.field) == ("field_missing", name)


def test_a_correction_needs_a_reason_that_the_journal_keeps(desk):
    one = person_of(desk, desk.register(1))
    after = replace(one, contact=replace(one.contact, phone="15487654321"))
    by = desk.who[Role.REGISTRAR]
    before = desk.entries()
    for empty in ("", "  "):
        assert refused(correct_candidate, CorrectCandidate(after, empty, by), desk.desk) == "reason_missing"
    assert not correct_candidate(CorrectCandidate(one, "", by), desk.desk)  # nothing differs
    assert desk.entries() == before
    assert correct_candidate(CorrectCandidate(after, "本人来电更正", by), desk.desk)
    assert person_of(desk, one.id) == after
    with desk.engine.begin() as connection:
        last = read(connection.scalar(journal.select().order_by(journal.c.position.desc()).limit(1)
                                      .with_only_columns(journal.c.entry)))
    assert (last.kind, last.why, last.operator) == ("candidate.corrected", "本人来电更正", by)


def test_a_correction_to_another_persons_document_is_refused(desk):
    one, other = person_of(desk, desk.register(1)), person_of(desk, desk.register(2))
    after = replace(one, identity=replace(one.identity, document_number=other.identity.document_number))
    command = CorrectCandidate(after, "录入错误", desk.who[Role.REGISTRAR])
    assert refused(correct_candidate, command, desk.desk) == "document_is_another_persons"
    assert person_of(desk, one.id) == one


def test_consent_is_given_and_withdrawn_by_purpose(desk):
    one, by = desk.register(1, consents=(Purpose.ASSOCIATION,)), desk.who[Role.REGISTRAR]

    def consents():
        with desk.desk.work(by) as work:
            return work.candidates.consents(one)

    assert consents() == {Purpose.ASSOCIATION}
    change_consent(ChangeConsent(one, Purpose.PUBLICITY, True, by), desk.desk)
    change_consent(ChangeConsent(one, Purpose.ASSOCIATION, False, by), desk.desk)
    assert consents() == {Purpose.PUBLICITY}
    before = desk.entries()
    change_consent(ChangeConsent(one, Purpose.ASSOCIATION, False, by), desk.desk)
    change_consent(ChangeConsent(one, Purpose.PUBLICITY, True, by), desk.desk)
    assert desk.entries() == before
    change_consent(ChangeConsent(one, Purpose.ASSOCIATION, True, by), desk.desk)
    assert consents() == {Purpose.PUBLICITY, Purpose.ASSOCIATION}
    assert refused(change_consent, ChangeConsent(NOBODY, Purpose.PUBLICITY, True, by), desk.desk) == "unknown_person"


# batches


def test_a_batch_goes_step_by_step_and_only_a_draft_is_cancelled(desk):
    by = desk.who[Role.SUPERVISOR]
    batch = open_batch(OpenBatch("B2", "批次", "ai-trainer", date(2026, 11, 14), 5, by), desk.desk)
    for state in BatchState:
        if state not in (BatchState.FILED, BatchState.CANCELLED, BatchState.PUBLICISED, BatchState.CERTIFYING):
            assert refused(move_batch, MoveBatch(batch, state, by), desk.desk) == "batch_step", state
    for state in (BatchState.PUBLICISED, BatchState.CERTIFYING):
        assert refused(move_batch, MoveBatch(batch, state, by), desk.desk) == "batch_step_by_publicity"
    desk.move(batch, BatchState.FILED)
    assert refused(move_batch, MoveBatch(batch, BatchState.CANCELLED, by, "重排"), desk.desk) == "batch_step"
    other = open_batch(OpenBatch("B3", "批次", "ai-trainer", date(2026, 11, 14), 5, by), desk.desk)
    assert refused(move_batch, MoveBatch(other, BatchState.CANCELLED, by), desk.desk) == "reason_missing"
    move_batch(MoveBatch(other, BatchState.CANCELLED, by, "计划取消"), desk.desk)
    assert ORDER[0] is BatchState.DRAFT


def test_no_examination_before_its_day(desk, batch):
    desk.until(batch, BatchState.SEATED)
    command = MoveBatch(batch, BatchState.EXAMINING, desk.who[Role.SUPERVISOR])
    assert refused(move_batch, command, desk.desk) == "exam_day_not_reached"
    desk.clock.now += 14 * DAY_MS
    move_batch(command, desk.desk)


def test_seating_is_over_when_everybody_approved_has_a_seat(desk, batch):
    one = enrolled(desk, batch)
    desk.until(batch, BatchState.CLOSED)
    command = MoveBatch(batch, BatchState.SEATED, desk.who[Role.SUPERVISOR])
    assert refused(move_batch, command, desk.desk) == "candidates_not_seated"
    review(desk, one)
    assert refused(move_batch, command, desk.desk) == "candidates_not_seated"
    seat(desk, batch, (one, "N1"))
    move_batch(command, desk.desk)


# enrolments


def test_enrolment_only_while_the_batch_is_published(desk):
    by, person = desk.who[Role.SUPERVISOR], desk.register(1)
    batch = open_batch(OpenBatch("B2", "批次", "ai-trainer", date(2026, 11, 14), 5, by), desk.desk)
    assert refused(desk.submit, person, batch) == "batch_state"
    desk.move(batch, BatchState.FILED, BatchState.PUBLISHED)
    desk.submit(person, batch)
    desk.move(batch, BatchState.CLOSED)
    assert refused(desk.submit, desk.register(2), batch) == "batch_state"


def test_one_enrolment_a_level_two_at_most_and_no_more_than_places(desk, batch):
    person = desk.register(1)
    desk.submit(person, batch, 3)
    assert refused(desk.submit, person, batch, 3) == "already_enrolled"
    desk.submit(person, batch, 4)
    assert refused(desk.submit, person, batch, 5) == "two_enrolments_at_most"
    desk.submit(desk.register(2), batch)
    assert refused(desk.submit, desk.register(3), batch) == "batch_full"


def test_a_refused_enrolment_gives_its_place_back_and_stays_refused(desk, batch):
    found = [enrolled(desk, batch, serial) for serial in (1, 2, 3)]
    review(desk, found[0], decision=EnrolmentState.REFUSED, why="条件不符")
    enrolled(desk, batch, 4)
    assert refused(desk.submit, desk.register(1), batch) == "already_enrolled"
    assert refused(review, desk, found[0]) == "enrolment_already_decided"


def test_who_entered_it_may_not_review_it(desk, batch):
    two_hats = desk.enrol("two", Role.REGISTRAR, Role.REVIEWER)
    person = desk.register(1)
    mine = submit_enrolment(SubmitEnrolment(person, batch, 3, "", two_hats), desk.desk)
    others = enrolled(desk, batch, 2)
    before = desk.entries()
    assert refused(lambda: review(desk, others, mine, by=two_hats)) == "reviewer_entered_it"
    assert desk.entries() == before  # the other one of the selection is undone with it
    assert review(desk, others, by=two_hats) == 1
    assert review(desk, mine) == 1


@pytest.mark.parametrize("decision", [EnrolmentState.RETURNED, EnrolmentState.REFUSED])
def test_a_return_and_a_refusal_need_a_reason(desk, batch, decision):
    one = enrolled(desk, batch)
    assert refused(lambda: review(desk, one, decision=decision, why=" ")) == "reason_missing"
    review(desk, one, decision=decision, why="材料不全")


def test_a_returned_enrolment_is_submitted_again_under_its_own_id(desk, batch):
    one = enrolled(desk, batch)
    review(desk, one, decision=EnrolmentState.RETURNED, why="材料不全")
    assert refused(review, desk, one) == "enrolment_already_decided"
    assert desk.submit(desk.register(1), batch) == one
    review(desk, one)
    assert refused(desk.submit, desk.register(1), batch) == "already_enrolled"


def test_only_the_approved_are_seated_and_a_number_serves_one(desk, batch):
    one, two = enrolled(desk, batch, 1), enrolled(desk, batch, 2)
    assert refused(seat, desk, batch, (one, "N1")) == "enrolment_not_approved"
    review(desk, one, two)
    before = desk.entries()
    assert refused(seat, desk, batch, (one, "N1"), (two, "N1")) == "admission_number_taken"
    assert desk.entries() == before
    assert seat(desk, batch, (one, "N1"), (two, "N2")) == 2
    after = desk.entries()
    assert seat(desk, batch, (one, "N1"), (two, "N2")) == 2
    assert desk.entries() == after


def test_an_enrolment_of_another_batch_gets_no_seat_here(desk, batch):
    one = enrolled(desk, batch)
    review(desk, one)
    other = desk.open_batch("B2")
    assert refused(seat, desk, other, (one, "N1")) == "enrolment_of_other_batch"


# marks


def test_marks_only_while_the_batch_is_examined_or_marked(desk, batch):
    one, = seated(desk, batch)
    for state in (BatchState.CLOSED, BatchState.SEATED):
        desk.until(batch, state)
        assert refused(enter, desk, one, 1, 80) == "batch_state"
    for state in (BatchState.EXAMINING, BatchState.MARKING):
        desk.until(batch, state)
        enter(desk, one, 1, 80)
    both_of_practice = both(desk, one, 90, "practice")
    assert both_of_practice is Outcome.INCOMPLETE
    assert enter(desk, one, 2, 80) is Outcome.PASS
    publicise(Publicise(batch, desk.who[Role.SUPERVISOR]), desk.desk)
    assert refused(enter, desk, one, 1, 80) == "batch_state"


def test_nobody_without_a_seat_gets_a_mark(desk, batch):
    one = enrolled(desk, batch)
    assert refused(enter, desk, one, 1, 80) == "candidate_not_seated"


def test_the_second_entry_is_another_persons(desk, batch):
    one, = marking(desk, batch)
    both_hats = desk.enrol("both", Role.MARKS_A, Role.MARKS_B)
    enter(desk, one, 1, 80, by=both_hats)
    assert refused(lambda: enter(desk, one, 2, 80, by=both_hats)) == "second_entry_needs_another_person"
    assert enter(desk, one, 2, 80) is Outcome.INCOMPLETE
    enter(desk, one, 2, 90, "practice", by=both_hats)
    assert refused(lambda: enter(desk, one, 1, 90, "practice", by=both_hats)) == "second_entry_needs_another_person"


def test_whoever_made_an_entry_mends_it_until_the_other_is_there(desk, batch):
    one, = marking(desk, batch)
    enter(desk, one, 1, 80)
    enter(desk, one, 1, 81)
    before = desk.entries()
    enter(desk, one, 1, 81)
    assert desk.entries() == before
    assert refused(lambda: enter(desk, one, 1, 82, by=desk.enrol("a2", Role.MARKS_A))) == "mark_already_entered"
    enter(desk, one, 2, 81)
    assert refused(enter, desk, one, 1, 83) == "mark_already_entered"
    assert refused(enter, desk, one, 2, 83) == "mark_already_entered"


def test_a_difference_is_settled_once_by_a_third_with_a_reason(desk, batch):
    one, = marking(desk, batch)
    assert refused(settle, desk, one, 70) == "no_difference_to_settle"
    enter(desk, one, 1, 70)
    assert refused(settle, desk, one, 70) == "no_difference_to_settle"
    enter(desk, one, 2, 75)
    assert refused(lambda: settle(desk, one, 70, why=" ")) == "reason_missing"
    settle(desk, one, 72)
    assert refused(settle, desk, one, 75) == "mark_already_entered"


def test_neither_of_the_two_who_entered_settles(desk, batch):
    one, = marking(desk, batch)
    first = desk.enrol("first", Role.MARKS_A, Role.MARKS_REVIEWER)
    second = desk.enrol("second", Role.MARKS_B, Role.MARKS_REVIEWER)
    enter(desk, one, 1, 70, by=first)
    enter(desk, one, 2, 75, by=second)
    for who in (first, second):
        assert refused(lambda by=who: settle(desk, one, 70, by=by)) == "settling_needs_a_third_person"
    settle(desk, one, 70)


def test_marks_that_agree_need_no_third(desk, batch):
    one, = marking(desk, batch)
    both(desk, one, 70)
    assert refused(settle, desk, one, 70) == "no_difference_to_settle"


@pytest.mark.parametrize(("theory", "practice", "outcome"), [
    (present(60), present(60), Outcome.PASS), (present(100), present("59.99"), Outcome.FAIL),
    (Mark(MarkState.ABSENT), present(100), Outcome.FAIL), (Mark(MarkState.VOID), present(10), Outcome.VOID),
    (present(100), None, Outcome.INCOMPLETE), (present(0), None, Outcome.FAIL),
])
def test_outcomes(desk, batch, theory, practice, outcome):
    one, = marking(desk, batch)
    last = both(desk, one, theory)
    if practice is not None:
        last = both(desk, one, practice, "practice")
    assert last is outcome


def test_a_block_of_marks_is_entered_whole_or_not_at_all(desk, batch):
    one, two = marking(desk, batch, 2)
    before = desk.entries()
    bad = EnterMarks(1, ((one, "theory", present(70)), (two, "painting", present(70))), desk.who[Role.MARKS_A])
    assert refused(enter_marks, bad, desk.desk) == "subject_not_in_scheme"
    assert desk.entries() == before

    def stop(done, _total):
        if done == 2:
            raise KeyboardInterrupt

    good = EnterMarks(1, ((one, "theory", present(70)), (two, "theory", present(70))), desk.who[Role.MARKS_A])
    with pytest.raises(KeyboardInterrupt):
        enter_marks(good, desk.desk, stop)
    assert desk.entries() == before
    assert enter_marks(good, desk.desk) == 2


# publicity


def publicised(desk, batch):
    one, two = marking(desk, batch, 2)
    for subject in ("theory", "practice"):
        both(desk, one, 80, subject)
        both(desk, two, 50, subject)
    return one, two, publicise(Publicise(batch, desk.who[Role.SUPERVISOR]), desk.desk)


def test_publicity_names_those_who_passed_and_lasts_its_days(desk, batch):
    one, _, opened = publicised(desk, batch)
    close = Publicise(batch, desk.who[Role.SUPERVISOR])
    assert opened.passed == (one,)
    with desk.desk.work(desk.who[Role.SUPERVISOR]) as work:
        first, last = work.today, opened.ends
    assert (last - first).days >= 4
    assert refused(publicise, close, desk.desk) == "batch_state"
    while first <= last:
        assert refused(close_publicity, close, desk.desk) == "publicity_lasts"
        desk.clock.now += DAY_MS
        with desk.desk.work(desk.who[Role.SUPERVISOR]) as work:
            first = work.today
    close_publicity(close, desk.desk)
    assert refused(close_publicity, close, desk.desk) == "publicity_closed"


def test_marks_that_differ_hold_the_publicity_back(desk, batch):
    one, = marking(desk, batch)
    enter(desk, one, 1, 70)
    enter(desk, one, 2, 75)
    command = Publicise(batch, desk.who[Role.SUPERVISOR])
    assert refused(publicise, command, desk.desk) == "marks_differ"
    settle(desk, one, 72)
    publicise(command, desk.desk)


def test_an_open_objection_holds_the_closing_back(desk, batch):
    one, _, _ = publicised(desk, batch)
    by = desk.who[Role.SUPERVISOR]
    with desk.desk.work(by) as work:
        person = work.enrolments.get(one).person
    assert refused(raise_objection, RaiseObjection(batch, person, " ", by), desk.desk) == "field_missing"
    assert refused(raise_objection, RaiseObjection(batch, NOBODY, "代考", by), desk.desk) == "person_not_in_batch"
    objection = raise_objection(RaiseObjection(batch, person, "代考", by), desk.desk)
    desk.clock.now += 30 * DAY_MS
    assert refused(close_publicity, Publicise(batch, by), desk.desk) == "objection_open"
    unsaid = SettleObjection(objection, True, "", by)
    assert refused(settle_objection, unsaid, desk.desk) == "reason_missing"
    settle_objection(replace(unsaid, why="查实"), desk.desk)
    assert refused(settle_objection, replace(unsaid, upheld=False, why="再议"), desk.desk) == "objection_settled"
    close_publicity(Publicise(batch, by), desk.desk)
    with desk.desk.work(by) as work:
        assert work.batches.upheld_objections(batch) == {person}
    assert refused(raise_objection, RaiseObjection(batch, person, "迟到", by), desk.desk) == "publicity_closed"


def test_without_publicity_there_is_nothing_to_object_to_or_close(desk, batch):
    by = desk.who[Role.SUPERVISOR]
    assert refused(close_publicity, Publicise(batch, by), desk.desk) == "publicity_not_open"
    assert refused(raise_objection, RaiseObjection(batch, NOBODY, "异议", by), desk.desk) == "publicity_not_open"
