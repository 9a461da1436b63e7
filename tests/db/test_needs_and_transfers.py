"""What needs somebody, with the batch it belongs to; what the library has beyond this copy; the list of what went."""

from kit.desks import whole_day
from test_record_states import Exchange

from appraisal.domain.centre import LibraryRecognised
from appraisal.domain.exchange import Fate, FateOf, Place, ReceiptAccepted, ShortReceiptAccepted, Span
from appraisal.domain.operator import Role
from appraisal.exchange.receipt import SHORT
from db.queries.reads import SqlReads
from db.queries.transfers import transfers


def reads(exchange):
    return SqlReads(exchange.desk.engine, exchange.desk.desk.schemes)


def needing(exchange):
    return {(one.kind, one.fate, one.code) for one in reads(exchange).needs_you()}


def test_only_what_the_newest_receipt_leaves_open_needs_somebody():
    made = Exchange()
    person = next(iter(made.people))
    at = made.registered(person)
    last = len(made.entries())
    made.sent(1, last)
    assert reads(made).needs_you() == []
    made.answered((1, at - 1, Fate.APPLIED), (at, at, Fate.HELD), (at + 1, last, Fate.APPLIED))
    (one,) = reads(made).needs_you()
    assert (one.kind, one.subject, one.person, one.fate, one.code) == (
        "candidate.registered", person, person, "held", "code")
    assert one.batch is None
    made.answered((at, at, Fate.REJECTED))
    assert needing(made) == {("candidate.registered", "rejected", "")}
    made.answered((at, at, Fate.DUPLICATE))
    assert reads(made).needs_you() == []


def test_each_has_the_batch_that_it_is_opened_in(tmp_path):
    day = whole_day(tmp_path, people=2)
    epoch = day.desk.origin.epoch.hex()
    with day.desk.work(day.operators[Role.SUPERVISOR]) as work:
        work.record(LibraryRecognised("1" * 32, bytes(32), bytes(32), ("age1",)))
        work.record(ReceiptAccepted("2" * 32, "1" * 32, 1, "e" * 64, (FateOf(Span(epoch, 1, 500), Fate.HELD),)))
    found = SqlReads(day.engine, day.desk.schemes).needs_you()
    (batch,) = {one.subject for one in found if one.kind == "batch.opened"}
    assert {one.kind.partition(".")[0]: one.batch for one in found} == {
        "centre": None, "candidate": None, "consent": None, "photo": None,
        **dict.fromkeys(("batch", "enrolment", "mark"), batch)}


def test_a_short_receipt_asks_for_nobody_and_stands_in_the_list():
    made = Exchange()
    last = len(made.entries())
    made.sent(1, last)
    said = (FateOf(made.span(1, last), Fate.PARKED, SHORT),)
    made.record(ShortReceiptAccepted("a" * 32, "1" * 32, 7, "b" * 64, said))
    assert reads(made).needs_you() == []
    newest, before = transfers(made.desk.engine)
    assert (newest.way.value, newest.number, newest.waiting, newest.short) == ("came", 7, last, True)
    assert (before.way.value, before.records) == ("left", 1)
    assert [one.way.value for one in transfers(made.desk.engine, 1)] == ["came"]


def test_what_the_library_has_beyond_this_copy_is_counted():
    made = Exchange()
    epoch, last = made.span(1, 1).epoch, len(made.entries())
    for beyond in (0, 40):
        made.record(ReceiptAccepted(f"{beyond + 1:032x}", "1" * 32, beyond + 1, "e" * 64, (),
                                    (Place(epoch, last + beyond, bytes(32)),)))
        reach = len(made.entries())
        assert reads(made).sync_summary().lacking == max(0, last + beyond - reach)
    assert reads(made).sync_summary().lacking > 0
