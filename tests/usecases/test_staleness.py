"""How old the association's lists may be, and a clock that is wrong: only issuing asks, and says what to do."""

from datetime import date

import pytest
from day_kit import DAY_MS, NOBODY, StaffedDesk, candidate, refused
from hypothesis import given
from hypothesis import strategies as st
from kit.libraries import SimulatedLibrary

from appraisal.domain.errors import RuleViolation
from appraisal.domain.operator import Role
from appraisal.domain.staleness import Agreed, Grade, Policy, Times, may_issue
from appraisal.usecases.adopt_grant import AdoptLists, adopt_lists
from appraisal.usecases.agree_to_issue import AgreeToIssue, agree_to_issue
from appraisal.usecases.issue_certificates import IssueCertificates, issue_certificates
from appraisal.usecases.publicise import Publicise, close_publicity, publicise
from appraisal.usecases.register_candidate import register_candidate
from db.engine import open_sqlite
from library.publish import publish

POLICY = Policy()
LET_THROUGH = "unknown_batch"
"""What issuing says next, of a batch that is not there."""


class NoPrinter:
    """Prints nothing and finds every proof good: what is asked here comes before printing."""

    def version(self, template):
        return f"{template}@0", 0

    def check(self, template, host, proofs, step):
        assert proofs


@pytest.fixture
def association():
    library = SimulatedLibrary(open_sqlite(None))
    yield library
    library.library.engine.dispose()


@pytest.fixture
def desk(association):
    one = StaffedDesk(open_sqlite(None), demonstration=False)
    association.clock.now = one.clock.now
    one.join(association.enrol)
    yield one
    assert one.is_sound()
    one.engine.dispose()


def issue(desk, batch=NOBODY):
    return issue_certificates(IssueCertificates(batch, desk.who[Role.CERTIFICATE_OFFICER]), desk.desk, NoPrinter())


def agree(desk, what, reason="雪灾断路", role=Role.SUPERVISOR):
    return agree_to_issue(AgreeToIssue(what, reason, desk.who[role]), desk.desk)


def test_registering_goes_on_and_issuing_is_graded(desk):
    start = desk.clock.now
    for days, code in ((0, LET_THROUGH), (59, LET_THROUGH), (60, "lists_need_agreement"), (179, "lists_need_agreement"),
                       (180, "lists_too_old"), (600, "lists_too_old")):
        desk.clock.now = start + days * DAY_MS
        assert refused(issue, desk) == code, days
    register_candidate(candidate(desk), desk.desk)


def test_a_demonstration_is_not_asked(association):
    one = StaffedDesk(open_sqlite(None), seed=2)
    one.join(association.enrol)
    one.clock.now += 400 * DAY_MS
    assert refused(issue, one) == LET_THROUGH
    one.engine.dispose()


def test_a_supervisor_agrees_for_a_week_with_a_reason(desk):
    assert refused(agree, desk, Agreed.STALE_LISTS) == "agreement_not_needed"
    desk.clock.now += 61 * DAY_MS
    assert refused(agree, desk, Agreed.STALE_LISTS, " ") == "agreement_reason_missing"
    assert refused(agree, desk, Agreed.STALE_LISTS, "急", Role.CERTIFICATE_OFFICER) == "right_missing"
    agree(desk, Agreed.STALE_LISTS)
    assert refused(issue, desk) == LET_THROUGH
    desk.clock.now += 6 * DAY_MS
    assert refused(issue, desk) == LET_THROUGH
    desk.clock.now += 2 * DAY_MS
    assert refused(issue, desk) == "lists_need_agreement"
    desk.clock.now += 120 * DAY_MS
    assert refused(agree, desk, Agreed.STALE_LISTS) == "lists_too_old"


def test_new_lists_make_everything_fresh(desk, association):
    desk.clock.now += 200 * DAY_MS
    assert refused(issue, desk) == "lists_too_old"
    association.clock.now = desk.clock.now
    lists = publish(association.library)
    adopt_lists(AdoptLists(lists["trust-list.cose"], (), desk.who[Role.SUPERVISOR]), desk.desk, desk.exchange)
    assert refused(issue, desk) == LET_THROUGH


def test_a_clock_behind_the_association_stops_issuing_and_nothing_else(desk, association):
    association.clock.now = desk.clock.now + 3 * DAY_MS
    lists = publish(association.library)
    statuses = tuple(data for name, data in lists.items() if name.startswith("status"))
    adopt_lists(AdoptLists(None, statuses, desk.who[Role.SUPERVISOR]), desk.desk, desk.exchange)  # a status list counts
    assert refused(issue, desk) == "clock_behind_association"
    assert refused(agree, desk, Agreed.CLOCK) == "clock_behind_association"  # the association's word stands
    register_candidate(candidate(desk), desk.desk)
    desk.clock.now += 3 * DAY_MS
    assert refused(issue, desk) == LET_THROUGH


def test_a_receipt_is_a_signed_time(desk, association, tmp_path):
    desk.people(1)
    association.clock.now = desk.clock.now + DAY_MS
    desk.receive(association.take_in(desk.export(tmp_path).bundle).data)
    assert refused(issue, desk) == "clock_behind_association"


def test_a_clock_that_was_ahead_is_said_to_be_right_now(desk):
    right = desk.clock.now
    desk.clock.now += 90 * DAY_MS
    register_candidate(candidate(desk), desk.desk)
    desk.clock.now = right
    assert refused(issue, desk) == "clock_behind_journal"
    agree(desk, Agreed.CLOCK)
    assert refused(issue, desk) == LET_THROUGH
    register_candidate(candidate(desk, 2), desk.desk)  # its time in the chain is still the wrong clock's
    assert refused(issue, desk) == LET_THROUGH
    desk.clock.now += 100 * DAY_MS  # past the wrong time, the chain's own time counts again
    register_candidate(candidate(desk, 3), desk.desk)
    desk.clock.now -= DAY_MS
    assert refused(issue, desk) == "clock_behind_journal"


def test_issuing_by_lists_a_month_old_warns(desk, association):
    batch = desk.open_batch()
    for person in desk.people(1, batch):
        desk.photo(person)
    desk.examine(batch)
    publicise(Publicise(batch, desk.who[Role.SUPERVISOR]), desk.desk)
    desk.clock.now += 21 * DAY_MS
    close_publicity(Publicise(batch, desk.who[Role.SUPERVISOR]), desk.desk)
    desk.give_number(batch, "Y000032110100000000001")
    done = issue(desk, batch)
    assert (len(done.issued), done.warned, done.list_days) == (1, "lists_old", 35)


@given(st.integers(0, 400), st.integers(0, 23))
def test_every_age_has_its_grade(days, hours):
    lists = 1_790_000_000_000
    times = Times(lists + days * DAY_MS + hours * 3_600_000, lists, 0, lists)
    expected = (Grade.STOPS if days >= 180 else Grade.ASKS if days >= 60 else Grade.WARNS if days >= 30
                else Grade.FRESH)
    assert (times.days, times.grade(POLICY)) == (days, expected)
    if expected in (Grade.STOPS, Grade.ASKS):
        with pytest.raises(RuleViolation):
            may_issue(times, POLICY)
    else:
        assert may_issue(times, POLICY) == (None if expected is Grade.FRESH else "lists_old")


@given(st.integers(-10**9, 10**9), st.integers(-10**9, 10**9))
def test_a_clock_may_be_ten_minutes_behind_and_no_more(signed, own):
    now = 1_790_000_000_000
    times = Times(now, now + signed, now + own, now)
    late = max(signed, own)
    if late <= 600_000:
        assert may_issue(times, POLICY) is None
        return
    with pytest.raises(RuleViolation, match="clock_behind_association" if signed > 600_000 else "clock_behind_journal"):
        may_issue(times, POLICY)


def test_age_is_counted_from_the_latest_time_known():
    """A clock put back does not make old lists young."""
    lists = int(date(2026, 1, 1).strftime("%s")) * 1000
    assert Times(lists, lists + 70 * DAY_MS, 0, lists).grade(POLICY) is Grade.ASKS
