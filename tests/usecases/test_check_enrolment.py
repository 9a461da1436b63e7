"""Papers seen and the fee: what is missing is a doubt, what is not paid keeps the certificate back."""

from dataclasses import replace

import pytest
from day_kit import DAY_MS, staffed
from roster_kit import CONDITION, IDS, SCHEMES, Day, csv, row

from appraisal.domain.enrolment import Payment
from appraisal.domain.errors import RuleViolation
from appraisal.domain.operator import Role
from appraisal.domain.scheme import scheme_from
from appraisal.usecases.check_enrolment import CheckEnrolments, check_enrolments
from appraisal.usecases.import_roster import ImportRoster, import_roster
from appraisal.usecases.issue_certificates import IssueCertificates, issue_certificates
from appraisal.usecases.publicise import Publicise, close_publicity, publicise
from db.queries.reads import SqlReads

PAPERS = ("identity", "work-years")


@pytest.fixture
def day(tmp_path):
    made = Day(tmp_path / "desk")
    yield made
    made.centre.close()


def enrol(day, *rows):
    return import_roster(ImportRoster(day.batch, day.preview(csv(*rows)), day.ids["reg"]), day.desk).enrolments


def check(day, *enrolments, by="reg", **said):
    return check_enrolments(CheckEnrolments(enrolments, day.ids[by], **said), day.desk)


def enrolled(day):
    return {one.document_number: one for one in day.reads.enrolments(day.batch)}


def test_what_was_not_seen_is_a_doubt_until_it_is(day):
    first, second = enrol(day, row(), row("汤琳蓉", IDS[1], phone="15448323175"))
    assert "materials_missing" in enrolled(day)[IDS[0]].doubts
    assert check(day, first, seen=frozenset({"identity"})) == 1
    assert enrolled(day)[IDS[0]].seen == ("identity",)
    assert "materials_missing" in enrolled(day)[IDS[0]].doubts
    assert check(day, first, second, by="rev") == 2  # all that the condition asks for
    assert enrolled(day)[IDS[0]].seen == PAPERS
    assert "materials_missing" not in enrolled(day)[IDS[0]].doubts
    before = day.entries()
    assert check(day, first, second) == 0
    assert day.entries() == before


def test_of_a_condition_that_the_scheme_does_not_know_no_paper_is_asked(day):
    (one,) = enrol(day, row(condition="自拟条件"))
    assert check(day, one) == 0
    assert "materials_missing" not in enrolled(day)[IDS[0]].doubts


def test_an_unknown_paper_is_refused_and_nobody_is_checked(day):
    first, second = enrol(day, row(), row("汤琳蓉", IDS[1], "四级/中级工", "15448323175"))
    before = day.entries()
    with pytest.raises(RuleViolation, match="unknown_material"):
        check(day, first, second, seen=frozenset({"identity", "passport"}))
    assert day.entries() == before


def test_the_fee_is_kept_with_its_receipt_and_papers_stay(day):
    (one,) = enrol(day, row())
    check(day, one)
    check(day, one, seen=frozenset(PAPERS), payment=Payment.DEFERRED)
    check(day, one, seen=frozenset(PAPERS), payment=Payment.PAID, receipt=" R-17 ")
    found = enrolled(day)[IDS[0]]
    assert (found.seen, found.payment, found.receipt) == (PAPERS, Payment.PAID, "R-17")


def test_a_scheme_that_names_unknown_papers_is_refused():
    import msgspec  # noqa: PLC0415

    said = msgspec.to_builtins(replace(SCHEMES["ai-trainer"], materials=()))
    with pytest.raises(ValueError, match="unknown materials"):
        scheme_from(said)
    assert SCHEMES["ai-trainer"].materials_for(3, CONDITION)


def test_who_has_not_paid_gets_no_certificate():
    desk = staffed()
    scheme = replace(SCHEMES["ai-trainer"], fee=True, photo_required=False)
    desk.desk.schemes = {**desk.desk.schemes, scheme.code: scheme}
    batch = desk.open_batch()
    enrolment = desk.submit(desk.register(), batch)
    desk.examine(batch)
    officer = desk.who[Role.SUPERVISOR]
    publicise(Publicise(batch, officer), desk.desk)
    desk.clock.now += 30 * DAY_MS
    close_publicity(Publicise(batch, officer), desk.desk)

    def blocked():
        found = SqlReads(desk.engine, desk.desk.schemes).to_issue(batch)
        command = IssueCertificates(batch, desk.who[Role.CERTIFICATE_OFFICER])
        issuing = issue_certificates(command, desk.desk, NoPrinter())
        assert issuing.blocked == tuple((one.enrolment, one.blocked) for one in found)
        return [one.blocked for one in found]

    assert blocked() == ["payment_outstanding"]
    for payment, code in ((Payment.DEFERRED, "payment_outstanding"), (Payment.PAID, "national_number_missing"),
                          (Payment.WAIVED, "national_number_missing")):
        check_enrolments(CheckEnrolments((enrolment,), desk.who[Role.REGISTRAR], payment=payment), desk.desk)
        assert blocked() == [code]
    desk.engine.dispose()


class NoPrinter:
    """Nobody is ready: nothing is printed."""

    def version(self, template):
        return f"{template}@0", 0

    def check(self, _template, _host, proofs, _step):
        assert proofs == []
