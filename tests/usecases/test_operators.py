"""Operators on a real desk: who may enrol and withdraw, what the journal keeps, event and key slot together."""

import os
from io import StringIO

import pytest
from sqlalchemy import text
from staff_kit import NAMES, PASSPHRASES, entries, found_small, ids, open_small

from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.domain.operator import Role
from appraisal.journal import unseal
from appraisal.usecases.enrol_operator import (
    ChangeRoles,
    EnrolOperator,
    WithdrawOperator,
    change_roles,
    enrol_operator,
    withdraw_operator,
)
from db.centre import KEYS
from db.rebuild import differing
from db.terminal import Passphrases
from desktop.commands.operators import enrol, list_operators, staff_of, withdraw
from desktop.session import Session

WORDS = "five new quiet words"


@pytest.fixture
def centre(tmp_path):
    found_small(tmp_path / "desk")
    opened = open_small(tmp_path / "desk")
    yield opened
    opened.close()


def new(centre, login="li", name="李晓东", roles=(Role.MARKS_A,), by="qian"):
    return EnrolOperator(login, name, frozenset(roles), ids(centre)[by])


def refused(call, *arguments):
    with pytest.raises(RuleViolation) as caught:
        call(*arguments)
    return caught.value.code, caught.value.field


def count(centre):
    return len(entries(centre))


def test_an_administrator_enrols_and_the_journal_seals_the_name(centre):
    enrolled = enrol_operator(new(centre, roles=(Role.MARKS_B, Role.MARKS_A)), centre.desk)
    entry = entries(centre)[-1]
    assert (entry.kind, entry.subject, entry.operator) == ("operator.enrolled", enrolled, ids(centre)["qian"])
    assert entry.body == {"person": enrolled, "login": "li", "roles": ["marks_a", "marks_b"]}
    with centre.reader.begin() as connection:
        key = connection.scalar(text("SELECT key FROM person_key WHERE person = :p"), {"p": enrolled})
        raw = connection.scalar(text("SELECT entry FROM journal ORDER BY position DESC LIMIT 1"))
        assert differing(connection) == ()
    assert "李晓东".encode() not in raw
    assert unseal(entry, key).name == "李晓东"


def test_no_entry_of_the_founding_says_a_name_in_the_open(centre):
    for entry in entries(centre):
        assert "name" not in entry.body or entry.kind == "centre.founded"
        assert not any(name in str(entry.body) for name in NAMES.values())


@pytest.mark.parametrize("by", ["zhao", "sun"])
def test_nobody_but_an_administrator_touches_operators(centre, by):
    before = count(centre)
    who = ids(centre)[by]
    assert refused(enrol_operator, new(centre, by=by), centre.desk) == ("right_missing", "operator")
    assert refused(change_roles, ChangeRoles("sun", frozenset({Role.SUPERVISOR}), who), centre.desk)[0] \
        == "right_missing"
    assert refused(withdraw_operator, WithdrawOperator("sun", "离职", who), centre.desk)[0] == "right_missing"
    assert count(centre) == before


@pytest.mark.parametrize(("changed", "expected"), [
    ({"login": " "}, ("field_missing", "login")),
    ({"name": ""}, ("field_missing", "name")),
    ({"roles": ()}, ("role_missing", "roles")),
    ({"roles": (Role.ADMINISTRATOR, Role.REGISTRAR)}, ("administrator_has_no_business_rights", "roles")),
    ({"login": "zhao"}, ("login_taken", "login")),
])
def test_an_enrolment_that_the_rules_refuse_leaves_nothing(centre, changed, expected):
    before = count(centre), centre.slots.logins()
    assert refused(enrol_operator, new(centre, **changed), centre.desk) == expected
    assert refused(staff_of(centre).enrol, new(centre, **changed), WORDS) == expected
    assert (count(centre), centre.slots.logins()) == before
    centre.slots.open("zhao", PASSPHRASES["zhao"])  # nobody's passphrase was put over another's


def test_roles_change_and_a_withdrawn_operator_acts_no_more(centre):
    who = ids(centre)
    change_roles(ChangeRoles("zhao", frozenset({Role.REGISTRAR, Role.SUPERVISOR}), who["qian"]), centre.desk)
    assert next(one for one in centre.reads.operators() if one.login == "zhao").roles \
        == {Role.REGISTRAR, Role.SUPERVISOR}
    withdraw_operator(WithdrawOperator("zhao", "调离", who["qian"]), centre.desk)
    entry = entries(centre)[-1]
    assert (entry.kind, entry.why, entry.subject) == ("operator.withdrawn", "调离", who["zhao"])
    with centre.desk.work(who["zhao"]) as work:
        assert refused(work.operator.require, Role.REGISTRAR) == ("operator_withdrawn", "operator")


def test_refused_changes_and_withdrawals(centre):
    who = ids(centre)
    assert refused(withdraw_operator, WithdrawOperator("zhao", " ", who["qian"]), centre.desk) \
        == ("reason_missing", "why")
    assert refused(withdraw_operator, WithdrawOperator("qian", "x", who["qian"]), centre.desk) \
        == ("nobody_withdraws_themselves", "login")
    for verb, command in ((withdraw_operator, WithdrawOperator("wu", "x", who["qian"])),
                          (change_roles, ChangeRoles("wu", frozenset({Role.REVIEWER}), who["qian"]))):
        assert refused(verb, command, centre.desk) == ("unknown_operator", "login")


def test_the_only_administrator_stays_one(centre):
    alone = ChangeRoles("qian", frozenset({Role.REGISTRAR}), ids(centre)["qian"])
    assert refused(staff_of(centre).change_roles, alone) == ("last_administrator", "roles")
    staff_of(centre).enrol(new(centre, "wu", "吴", (Role.ADMINISTRATOR,)), WORDS)
    staff_of(centre).change_roles(alone)
    assert {one.login: one.roles for one in centre.reads.operators()}["qian"] == {Role.REGISTRAR}


def test_event_and_slot_together(centre, tmp_path):
    staff = staff_of(centre)
    staff.enrol(new(centre, " li ", " 李晓东 "), WORDS)
    assert {one.login: (one.name, one.active, one.has_key) for one in staff.rows()}["li"] == ("李晓东", True, True)
    assert centre.sign_in("li", WORDS).roles == {Role.MARKS_A}
    staff.withdraw(WithdrawOperator("zhao", "离职", ids(centre)["qian"]))
    assert [(one.login, one.active, one.has_key) for one in staff.rows()][-1] == ("zhao", False, False)
    assert centre.slots.logins() == ("qian", "sun", "li")
    centre.close()
    assert refused(open_small, tmp_path / "desk", "zhao") == ("passphrase_wrong", "passphrase")
    open_small(tmp_path / "desk", "li", WORDS).close()


def test_a_short_passphrase_is_refused_before_anything_is_written(centre):
    before = count(centre)
    assert refused(staff_of(centre).enrol, new(centre), "short") == ("passphrase_short", "passphrase")
    assert count(centre) == before


def test_enrolled_but_the_slot_was_not_written(centre, tmp_path):
    """As after a crash between the two: no signing in; the administrator gives the passphrase, and only then."""
    staff, in_the_way = staff_of(centre), tmp_path / "desk" / f".{KEYS}.{os.getpid()}.tmp"
    in_the_way.mkdir()
    with pytest.raises(EnvironmentFault) as caught:
        staff.enrol(new(centre), WORDS)
    in_the_way.rmdir()
    assert (caught.value.code, caught.value.detail["login"]) == ("operator_without_key", "li")
    assert not next(one for one in staff.rows() if one.login == "li").has_key
    assert refused(centre.sign_in, "li", WORDS) == ("passphrase_wrong", "passphrase")
    who = ids(centre)
    assert refused(staff.give_passphrase, "li", WORDS, who["zhao"])[0] == "right_missing"
    staff.give_passphrase("li", WORDS, who["qian"])
    assert centre.sign_in("li", WORDS).name == "李晓东"
    assert refused(staff.give_passphrase, "li", WORDS, who["qian"]) == ("operator_has_key", "login")


def test_withdrawn_but_the_slot_was_left(centre):
    staff, who = staff_of(centre), ids(centre)
    withdraw_operator(WithdrawOperator("zhao", "离职", who["qian"]), centre.desk)  # and then the power went
    assert refused(centre.sign_in, "zhao", PASSPHRASES["zhao"]) == ("operator_withdrawn", "operator")
    assert staff.clear_left_keys(who["sun"]) == ()
    assert staff.clear_left_keys(who["qian"]) == ("zhao",)
    assert centre.slots.logins() == ("qian", "sun")
    assert refused(staff.give_passphrase, "zhao", WORDS, who["qian"]) == ("operator_withdrawn", "login")


def test_the_last_key_is_not_withdrawn(centre):
    staff, who = staff_of(centre), ids(centre)
    for login in ("zhao", "qian"):
        centre.slots.withdraw(login)
    before = count(centre)
    assert refused(staff.withdraw, WithdrawOperator("sun", "离职", who["qian"])) == ("last_key_slot", "login")
    assert count(centre) == before


def test_ones_own_passphrase(centre):
    staff = staff_of(centre)
    assert refused(staff.change_passphrase, "zhao", "wrong wrong wrong", WORDS) == ("old_passphrase_wrong", "old")
    assert refused(staff.change_passphrase, "zhao", WORDS, WORDS)[0] == "passphrase_unchanged"
    staff.change_passphrase("zhao", PASSPHRASES["zhao"], WORDS)
    assert centre.sign_in("zhao", WORDS).login == "zhao"
    assert refused(centre.sign_in, "zhao", PASSPHRASES["zhao"]) == ("passphrase_wrong", "passphrase")
    assert centre.sign_in("sun", PASSPHRASES["sun"]).login == "sun"


def test_the_commands(centre, monkeypatch):
    monkeypatch.setattr("sys.stdin", StringIO(f"{WORDS}\n"))
    session = Session(centre, demonstration=False, login="qian")
    done = enrol(session, "li", "李晓东", ["marks_b", "marks_a"], Passphrases(from_input=True))
    assert done.result["roles"] == ["marks_a", "marks_b"]
    assert done.exit == 0
    listed = list_operators(session)
    assert [(one["login"], one["roles"]) for one in listed.result["operators"]] \
        == [("li", ["marks_a", "marks_b"]), ("qian", ["administrator"]), ("sun", ["reviewer"]), ("zhao", ["registrar"])]
    assert all(one["active"] and one["has_key"] for one in listed.result["operators"])
    assert "李晓东" in listed.said[0]
    assert withdraw(session, "li", "误录").result == {"login": "li", "active": False}
    assert refused(enrol, session, "he", "何", ["king"], WORDS) == ("unknown_role", "roles")
    assert refused(withdraw, Session(centre, demonstration=False, login="sun"), "zhao", "x")[0] == "right_missing"
