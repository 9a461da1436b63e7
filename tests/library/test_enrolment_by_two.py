"""A desk is enrolled when two different officers have approved one and the same request."""

import pytest
from kit.desks import new_desk
from sqlalchemy import func, select, update

from appraisal.domain.errors import RuleViolation
from appraisal.domain.operator import Role
from appraisal.exchange.words import spoken, words_of
from appraisal.usecases.adopt_grant import AskToJoin, ask_to_join
from db.keyslots import Cost
from library.enrol import enrol
from library.officers import add_officer, officers, open_officer, withdraw_officer
from library.schema import approval, desk

QUICK = Cost(1, 8, 1)
WORDS = "four quiet words"


def request_of(made):
    return ask_to_join(AskToJoin(made.operators[Role.SUPERVISOR]), made.desk, made.exchange)


def refused(run):
    with pytest.raises(RuleViolation) as found:
        run()
    return found.value.code


@pytest.fixture
def library(association):
    return association.library


@pytest.fixture
def add(library):
    def add(*names, by=(), **more):
        for name in names:
            add_officer(library, name, f"{WORDS} {name}", by, cost=QUICK, **more)
        return [open_officer(library, name, f"{WORDS} {name}") for name in names]

    return add


@pytest.fixture
def newcomer(tmp_path):
    made = new_desk(tmp_path, 5)
    yield made
    made.engine.dispose()


def enrolled(library):
    with library.engine.begin() as connection:
        return connection.scalar(select(func.count()).select_from(desk))


def test_without_two_officers_nothing_is_enrolled(library, add, newcomer):
    request = request_of(newcomer)
    assert refused(lambda: enrol(library, request)) == "officers_missing"
    (wang,) = add("王")
    assert refused(lambda: enrol(library, request, [wang])) == "officers_missing"
    assert enrolled(library) == 0


def test_the_second_different_officer_gives_the_grant(library, add, newcomer):
    wang, li = add("王", "li")
    waits = enrol(library, request_of(newcomer))
    assert (waits.approved_by, waits.grant, waits.request.code) == ((), None, "C005")
    assert enrol(library, request_of(newcomer), [wang]).approved_by == ("王",)
    assert enrol(library, request_of(newcomer), [wang, wang]).grant is None  # one person twice is one
    assert enrolled(library) == 0
    done = enrol(library, request_of(newcomer), [li])  # made anew: the same matter
    assert set(done.approved_by) == {"王", "li"}
    newcomer.adopt(done.grant)
    again = enrol(library, request_of(newcomer))  # known by now: no officers needed for the lists of today
    assert again.grant is not None
    assert enrolled(library) == 1


def test_the_words_of_desk_and_library_are_the_same_and_anothers_are_not(library, add, newcomer, tmp_path):
    add("a1", "a2")
    other = new_desk(tmp_path, 6)
    one, two = enrol(library, request_of(newcomer)), enrol(library, request_of(other))
    assert newcomer.fingerprint() == one.fingerprint != two.fingerprint
    assert len(words_of(one.fingerprint, "zh_CN")) == 6
    assert spoken(one.fingerprint, "en") != spoken(two.fingerprint, "en")
    other.engine.dispose()


def test_an_approval_of_another_request_does_not_count(library, add, newcomer):
    """The attack that the words are for: the same centre, another key."""
    wang, li = add("王", "li")
    enrol(library, request_of(newcomer), [wang])
    impostor = new_desk(None, 5)
    impostor.exchange = new_desk(None, 8).exchange.__class__(impostor.desk, new_desk(None, 9).exchange._signer)
    assert enrol(library, request_of(impostor), [li]).grant is None
    impostor.engine.dispose()


def test_an_approval_that_a_hand_moves_to_another_matter_does_not_count(library, add, newcomer, tmp_path):
    both = add("王", "li")
    other = new_desk(tmp_path, 6)
    for one in both:
        enrol(library, request_of(newcomer), [one])
    with library.engine.begin() as connection:
        connection.execute(update(approval).values(matter=other.fingerprint().hex()))
    assert enrol(library, request_of(other)).approved_by == ()
    assert enrolled(library) == 1
    other.engine.dispose()


def test_a_changed_approval_and_one_of_somebody_withdrawn_do_not_count(library, add, newcomer):
    wang, li = add("王", "li")
    (zhao,) = add("赵", by=[wang, li])
    enrol(library, request_of(newcomer), [wang])
    with library.engine.begin() as connection:  # a hand in the database makes nobody approve
        connection.execute(update(approval).where(approval.c.what == "enrol").values(officer="li"))
    assert enrol(library, request_of(newcomer)).approved_by == ()
    assert enrol(library, request_of(newcomer), [wang]).approved_by == ("王",)
    withdraw_officer(library, "王", [li, zhao])
    assert enrol(library, request_of(newcomer)).approved_by == ()
    assert enrol(library, request_of(newcomer), [zhao]).grant is None


def test_who_joins_and_who_leaves_is_for_two_to_say(library, add, association):
    wang, li = add("王", "li")
    assert refused(lambda: add("x1")) == "officers_two_decide"
    assert refused(lambda: add("x1", by=[wang])) == "officers_two_decide"
    assert refused(lambda: add("x1", by=[wang, wang])) == "officers_two_decide"
    (zhao,) = add("赵", by=[wang, li])
    assert refused(lambda: add("赵", by=[wang, li])) == "officer_exists"
    add("钱", by=[wang, li])
    withdraw_officer(library, "钱", [wang, li])  # the two who let somebody in may see them off
    assert refused(lambda: withdraw_officer(library, "li", [wang])) == "officers_two_decide"
    withdraw_officer(library, "li", [wang, zhao])
    assert refused(lambda: open_officer(library, "li", f"{WORDS} li")) == "officer_withdrawn"
    assert refused(lambda: withdraw_officer(library, "王", [wang, zhao])) == "officers_last_two"
    assert refused(lambda: add("y1", by=[wang, li])) == "officers_two_decide"  # opened before, withdrawn since
    with library.engine.begin() as connection:
        assert [(one.name, one.withdrawn_at is None) for one in officers(connection)] == [
            ("王", True), ("li", False), ("赵", True), ("钱", False)]


def test_the_recovery_key_stands_in_for_officers_who_are_gone(library, add, association):
    add("王", "li")
    assert refused(lambda: add("x1", recovery="AGE-SECRET-KEY-1NONSENSE")) == "recovery_key_wrong"
    assert refused(lambda: add("x1", recovery=library.identity)) == "recovery_key_wrong"
    add("x1", recovery=f"{association.recovery}\n")
    with library.engine.begin() as connection:
        assert len(officers(connection)) == 3


def test_passphrases_and_names(library, add):
    assert refused(lambda: add_officer(library, "王", "short", cost=QUICK)) == "passphrase_short"
    for name in ("", " 王", "x" * 41, "a\nb"):
        assert refused(lambda name=name: add_officer(library, name, WORDS, cost=QUICK)) == "officer_name"
    add("王")
    assert refused(lambda: open_officer(library, "王", "wrong words here")) == "passphrase_wrong"
    assert refused(lambda: open_officer(library, "nobody", WORDS)) == "officer_unknown"
