"""Questions for an officer: listed, shown, decided; what was decided reaches tables, journal and desks."""

import io
import json
from decimal import Decimal

import pytest
from kit.branches import branch, correct, issue, record
from kit.desks import new_desk
from kit.libraries import fates
from sqlalchemy import insert, select

from appraisal.domain.certificate import CertificateRevoked
from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import kinds
from appraisal.domain.marks import MarkEntered, MarkState
from appraisal.domain.operator import Role
from appraisal.domain.person import PhotoAttached
from appraisal.domain.question import QuestionDecided, QuestionKind
from db.rebuild import differing
from db.schema import certificate, decision, enrolment, mark_entry, person, person_key
from db.schema import journal as journal_table
from library import schema
from library.cli import main
from library.questions import decide, open_questions, question
from library.releasing import LIBRARY, list_desks, release
from library.verify import verify


def sound(association):
    with association.library.engine.begin() as connection:
        assert verify(connection).damage == ()
        assert differing(connection) == ()


def told(taken):
    return sorted((one.fate.value, one.code) for one in taken.receipt.fates if one.fate.value != "duplicate")


def row_of(association, name):
    with association.library.engine.begin() as connection:
        return connection.execute(select(person).where(person.c.id == name)).one()


@pytest.fixture
def officer(association):
    return association.officers()[0]


@pytest.fixture
def contested(association, joined, tmp_path):
    """One field, two corrections; both bundles are in. Gives both epochs' desks and the person."""
    one = joined()
    (who,) = one.people(1)
    association.take_in(one.export(tmp_path / "0").bundle)
    two = branch(one, tmp_path, 31)
    correct(one, who, "identity", name="王甲")
    correct(two, who, "identity", name="王乙")
    first = association.take_in(one.export(tmp_path / "1").bundle)
    one.receive(first.data)
    second = association.take_in(two.export(tmp_path / "2").bundle)
    yield one, two, who, second
    two.engine.dispose()
    one.engine.dispose()


def test_a_contested_field_is_shown_and_decided_and_both_desks_learn_of_it(association, contested, officer, tmp_path):
    _, two, who, second = contested
    assert ("held", "field_contested") in told(second)
    (row,) = open_questions(association.library)
    found = question(association.library, row.id[:8])
    assert row.kind is QuestionKind.FIELD
    assert {side.value for side in found.sides} == {"王甲", "王乙"}
    assert all(side.centre.startswith("C001") and side.why == "typing error" and side.operator for side in found.sides)
    assert found.choices == ("1", "2", "before")
    assert found.stands == row_of(association, who).name
    number = next(n for n, side in enumerate(found.sides, 1) if side.value == "王乙")
    done = decide(association.library, row.id, str(number), "passport seen", officer)
    assert (done.state, done.decided.officer, done.decided.reason) == ("decided", officer.name, "passport seen")
    assert row_of(association, who).name == "王乙"
    assert open_questions(association.library) == []
    sound(association)
    two.people(1)
    last = association.take_in(two.export(tmp_path / "3").bundle)
    assert ("applied", "") in told(last)
    assert ("rejected", "not_chosen") in told(last)
    with pytest.raises(RuleViolation, match="question_decided"):
        decide(association.library, row.id, "1", "again", officer)


def test_what_stood_before_may_stand_on(association, contested, officer):
    _, _, who, _ = contested
    before = row_of(association, who).name
    (row,) = open_questions(association.library)
    decide(association.library, row.id, "before", "neither is right", officer)
    assert row_of(association, who).name == before
    sound(association)


@pytest.mark.parametrize(("choice", "reason", "code"), [
    ("3", "because", "question_choice"), ("same", "because", "question_choice"),
    ("1", "  ", "question_reason_missing")])
def test_a_decision_needs_a_choice_and_a_reason(association, contested, officer, choice, reason, code):
    (row,) = open_questions(association.library)
    with pytest.raises(RuleViolation, match=code):
        decide(association.library, row.id, choice, reason, officer)
    with pytest.raises(RuleViolation, match="question_unknown"):
        question(association.library, "0" * 32)
    assert len(open_questions(association.library)) == 1


def test_the_desk_that_comes_round_ends_its_rejection(association, contested, officer, tmp_path):
    one, _, who, _ = contested
    (row,) = open_questions(association.library)
    number = next(n for n, side in enumerate(question(association.library, row.id).sides, 1) if side.value == "王乙")
    decide(association.library, row.id, str(number), "passport seen", officer)
    correct(one, who, "identity", name="王乙")
    association.take_in(one.export(tmp_path / "round").bundle)
    with association.library.engine.begin() as connection:
        assert set(connection.scalars(select(schema.inbox.c.state).where(schema.inbox.c.desk == one.id))) <= {
            "applied", "withheld"}
    assert open_questions(association.library) == []
    sound(association)


def test_no_desk_decides(association, joined, tmp_path):
    desk = joined()
    desk.people(1)
    from dataclasses import replace  # noqa: PLC0415

    from appraisal.domain import events  # noqa: PLC0415
    kind = events.kind_of(QuestionDecided("0" * 32, QuestionKind.FIELD, "m", None, (), "1", "x"))
    events._by_class[QuestionDecided] = replace(kind, local=False)
    events._by_name[kind.name, 1] = replace(kind, local=False)
    try:
        with desk.desk.work(desk.operators[Role.SUPERVISOR]) as work:
            work.record(QuestionDecided("0" * 32, QuestionKind.FIELD, "m", None, (), "1", "x"))
        sent = desk.export(tmp_path)
    finally:
        events._by_class[QuestionDecided] = events._by_name[kind.name, 1] = kind
    taken = association.take_in(sent.bundle)
    assert ("rejected", "entry_local") in told(taken)
    with association.library.engine.begin() as connection:
        assert connection.execute(select(decision)).all() == []


def test_one_number_on_two_certificates_is_a_question_and_the_other_is_revoked(association, joined, officer, tmp_path):
    one, two = joined(1), joined(2)
    made = {}
    for desk in (one, two):
        batch = desk.open_batch(f"B{desk.seed}")
        (who,) = desk.people(1, batch)
        made[desk.seed] = issue(desk, who, batch, "ZG000001", desk.seed)
    association.take_in(one.export(tmp_path / "1").bundle)
    taken = association.take_in(two.export(tmp_path / "2").bundle)
    assert ("held", "conflict") in told(taken)
    row = next(one for one in open_questions(association.library) if one.kind is QuestionKind.CERTIFICATE)
    assert [side.value for side in question(association.library, row.id).sides] == ["ZG000001 · ai-trainer · 张三"] * 2
    right = next(n for n, ref in enumerate(row.over, 1) if ref.startswith(two.id))
    decide(association.library, row.id, str(right), "the first was a test print", officer)
    with association.library.engine.begin() as connection:
        states = dict(connection.execute(select(certificate.c.id, certificate.c.state)).all())
    assert states == {made[1]: "revoked", made[2]: "issued"}
    sound(association)
    one.people(1)
    assert ("rejected", "not_chosen") in told(association.take_in(one.export(tmp_path / "3").bundle))


def test_a_revocation_before_its_certificate_waits_and_wins(association, joined, tmp_path):
    one = joined()
    batch = one.open_batch()
    (who,) = one.people(1, batch)
    association.take_in(one.export(tmp_path / "0").bundle)
    certificate_id = "ab" * 16
    two = branch(one, tmp_path, 31)
    one.desk.random = two.desk.random
    real = issue(one, who, batch, "ZG000002", 5)
    # the other epoch, restored, revokes what only the first epoch has issued
    with two.desk.work(two.operators[Role.SUPERVISOR]) as work:
        work._chain.append(CertificateRevoked(real, who, "x"), work.operator.id, work.now, "misprint")
    waiting = association.take_in(two.export(tmp_path / "2").bundle)
    assert ("parked", "dependency_missing") in told(waiting)
    association.take_in(one.export(tmp_path / "1").bundle)
    with association.library.engine.begin() as connection:
        assert connection.execute(select(certificate.c.id, certificate.c.state)).all() == [(real, "revoked")]
    assert certificate_id != real
    sound(association)
    two.engine.dispose()


@pytest.mark.parametrize("late", [False, True], ids=["both_known", "the_second_joins_later"])
def test_one_person_in_two_centres_is_asked_and_may_be_decided_anew(association, joined, officer, tmp_path, late):
    one = joined(1)
    (first,) = one.people(1)
    if late:
        association.take_in(one.export(tmp_path / "before").bundle)
    two = joined(2)
    (second,) = two.people(1)  # the kit gives both one name and one birth date
    for desk in (one, two):
        association.take_in(desk.export(tmp_path / str(desk.seed)).bundle)
    (row,) = open_questions(association.library)
    assert (row.kind, set(row.over)) == (QuestionKind.SAME_PERSON, {first, second})
    decide(association.library, row.id, "same", "photos compared", officer)
    assert open_questions(association.library) == []
    association.take_in(two.export(tmp_path / "again").bundle)
    assert open_questions(association.library) == []  # what was decided is not asked again
    assert decide(association.library, row.id, "different", "twins", officer).decided.choice == "different"
    with association.library.engine.begin() as connection:
        assert connection.scalar(select(decision.c.choice)) == "different"
    sound(association)


def test_whoever_came_while_one_centre_alone_had_sent_is_asked_about_too(association, joined, tmp_path):
    """Two bundles of the first centre, of which marks have the first looked through; then the second centre's."""
    one, two = joined(1), joined(2)
    batch = one.open_batch()
    (early,) = one.people(1, batch)
    one.examine(batch)
    association.take_in(one.export(tmp_path / "1").bundle)
    one.clock.now += 7  # another document under the same name
    (later,) = one.people(1)
    association.take_in(one.export(tmp_path / "2").bundle)
    (alike,) = two.people(1)
    association.take_in(two.export(tmp_path / "3").bundle)
    asked = {frozenset(row.over) for row in open_questions(association.library)}
    assert asked == {frozenset((alike, early)), frozenset((alike, later))}


def test_people_of_one_centre_are_not_asked_about(association, joined, tmp_path):
    desk = joined()
    desk.people(1)
    desk.clock.now += 7  # another document
    desk.people(1)
    association.take_in(desk.export(tmp_path).bundle)
    assert open_questions(association.library) == []


def test_two_keys_of_one_person(association, joined, officer, tmp_path):
    desk = joined()
    someone = desk.people(1)[0]
    sent = desk.export(tmp_path)
    with association.library.engine.begin() as connection:
        connection.execute(insert(person_key).values(person=someone, key=bytes(32)))
    association.take_in(sent.bundle)
    (row,) = open_questions(association.library)
    assert (row.kind, question(association.library, row.id).choices) == (QuestionKind.PERSON_KEY, ("ours", "theirs"))
    decide(association.library, row.id, "theirs", "nothing was ever under ours", officer)
    assert row_of(association, someone).id == someone
    with association.library.engine.begin() as connection:
        assert connection.execute(select(schema.kept)).all() == []
    assert open_questions(association.library) == []
    sound(association)


def test_ours_rejects_what_the_other_key_sealed(association, joined, officer, tmp_path):
    desk = joined()
    someone = desk.people(1)[0]
    sent = desk.export(tmp_path)
    with association.library.engine.begin() as connection:
        connection.execute(insert(person_key).values(person=someone, key=bytes(32)))
    association.take_in(sent.bundle)
    (row,) = open_questions(association.library)
    decide(association.library, row.id, "ours", "the other copy is a forgery", officer)
    again = association.take_in(sent.bundle)
    assert ("rejected", "wrong_key") in told(again)


@pytest.fixture
def forked(association, joined, tmp_path):
    """A desk and a copy of it that went on in one and the same chain."""
    desk = joined()
    desk.people(2)
    desk.engine.dispose()
    copy = tmp_path / "copy.db"
    copy.write_bytes((tmp_path / "desk-1.db").read_bytes())
    twin = desk.twin(copy)
    desk.people(1)
    twin.people(2)
    first, second = desk.export(tmp_path / "1"), twin.export(tmp_path / "2")
    association.take_in(first.bundle)
    association.take_in(second.bundle)
    yield desk, twin, second
    twin.engine.dispose()


def test_a_held_desk_goes_on_along_what_is_in_force(association, forked, officer, tmp_path):
    desk, _, second = forked
    held = desk.people(1)
    association.take_in(desk.export(tmp_path / "3").bundle)
    (row,) = [one for one in open_questions(association.library) if one.kind is QuestionKind.FORK]
    assert question(association.library, row.id).choices == ()
    with pytest.raises(RuleViolation, match="question_choice"):
        decide(association.library, row.id, "1", "no", officer)
    (listed,) = list_desks(association.library)
    assert (listed.state, listed.question, len(listed.sides)) == ("held", row.id, 2)
    other = listed.sides[1].rpartition("/")[2]
    with pytest.raises(RuleViolation, match="fork_side_in_force"):
        release(association.library, desk.id, other[:16], "the copy is right", officer)
    done = release(association.library, desk.id, LIBRARY, "the copy is switched off", officer)
    assert done.taken > 0
    assert done.rejected > 0
    assert row_of(association, held[0]).id == held[0]
    assert open_questions(association.library) == [] or all(
        one.kind is not QuestionKind.FORK for one in open_questions(association.library))
    sound(association)
    again = association.take_in(second.bundle)  # the copy's old bundle, found on a stick
    assert ("rejected", "fork_not_taken") in told(again)
    assert list_desks(association.library)[0].state == "active"
    desk.people(1)
    assert "held" not in fates(association.take_in(desk.export(tmp_path / "4").bundle))
    with pytest.raises(RuleViolation, match="desk_not_held"):
        release(association.library, desk.id, LIBRARY, "again", officer)


def test_a_copy_that_is_still_in_use_holds_the_desk_again(association, forked, officer, tmp_path):
    desk, twin, _ = forked
    release(association.library, desk.id, LIBRARY, "the copy is switched off", officer)
    twin.people(1)
    association.take_in(twin.export(tmp_path / "still").bundle)
    assert list_desks(association.library)[0].state == "held"


def test_an_unknown_version_waits_and_does_not_write_over_what_is_newer(association, joined, tmp_path, monkeypatch):
    desk = joined()
    (who,) = desk.people(1)
    desk.photo(who)
    later = kinds()["photo.attached", 1]
    monkeypatch.delitem(kinds(), ("photo.attached", 1))
    taken = association.take_in(desk.export(tmp_path / "1").bundle)
    assert set(told(taken)) == {("applied", ""), ("parked", "kind_unknown")}
    monkeypatch.setitem(kinds(), ("photo.attached", 1), later)
    first = row_of(association, who).photo
    with association.library.engine.begin() as connection:
        connection.execute(schema.kept.update().values(kind="photo.attached/9"))  # waits on, as of version 9
    desk.photo(who)
    association.take_in(desk.export(tmp_path / "2").bundle)
    newest = row_of(association, who).photo
    with association.library.engine.begin() as connection:
        connection.execute(schema.kept.update().values(kind="photo.attached/1"))  # the upgrade
    desk.people(1)
    association.take_in(desk.export(tmp_path / "3").bundle)
    assert (first, row_of(association, who).photo) == (None, newest)
    with association.library.engine.begin() as connection:
        assert connection.execute(select(schema.kept)).all() == []
        names = [row.kind for row in connection.execute(select(journal_table).order_by(journal_table.c.position))]
    assert names.count("photo.attached") == 3  # the late one, and the newest once more in the library's own chain
    sound(association)


def test_an_intake_that_was_killed_is_looked_through_by_the_next(association, joined, tmp_path, monkeypatch):
    one = joined()
    (who,) = one.people(1)
    association.take_in(one.export(tmp_path / "0").bundle)
    two = branch(one, tmp_path, 31)
    correct(one, who, "identity", name="王甲")
    correct(two, who, "identity", name="王乙")
    association.take_in(one.export(tmp_path / "1").bundle)

    def dies(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as killed:
        killed.setattr("library.intake.settle", dies)
        with pytest.raises(KeyboardInterrupt):
            association.take_in(two.export(tmp_path / "2").bundle)
    assert open_questions(association.library) == []
    one.people(1)
    association.take_in(one.export(tmp_path / "3").bundle)
    assert [row.kind for row in open_questions(association.library)] == [QuestionKind.FIELD]
    sound(association)
    two.engine.dispose()


def test_questions_and_desks_on_the_command_line(association, contested, engine_url, capsys, monkeypatch):
    _, _, who, _ = contested
    association.officers()
    association.library.engine.dispose()

    def run(*words):
        status = main(["--url", engine_url, "--json", "--language", "en", *words])
        said = capsys.readouterr()
        return status, json.loads(said.out), said.err

    status, listed, said = run("questions", "list")
    assert (status, listed["open"], listed["questions"][0]["kind"]) == (0, 1, "field")
    assert "corrected differently" in said
    name = listed["questions"][0]["id"]
    status, shown, said = run("questions", "show", name[:10])
    assert (status, [side["person"] for side in shown["sides"]]) == (0, [who, who])
    assert "王甲" in said
    assert "--choose one of: 1, 2, before" in said
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    status, answer, _ = run("questions", "decide", name, "--choose", "1", "--reason", "seen", "--by", "nobody",
                            "--passphrase-stdin")
    assert (status, answer["error"]) == (1, "officer_unknown")
    status, answer, _ = run("questions", "decide", name, "--choose", "1", "--reason", "seen", "--by", "demo-a")
    assert (status, answer["state"], answer["decided"]["officer"]) == (0, "decided", "demo-a")
    status, desks, _ = run("desk", "list")
    assert (status, desks["desks"][0]["state"]) == (0, "active")
    status, answer, _ = run("desk", "release", desks["desks"][0]["desk"][:8], "--reason", "r", "--by", "demo-a")
    assert (status, answer["error"]) == (1, "desk_not_held")


@pytest.mark.parametrize(("role", "why", "stands"), [
    (Role.MARKS_A, "slip", "60"), (Role.MARKS_B, None, "60"), (Role.MARKS_B, "slip", "88")])
def test_a_mark_is_corrected_with_its_reason_by_another_person_or_not_at_all(association, joined, tmp_path, role, why,
                                                                             stands):
    desk = joined()
    batch = desk.open_batch()
    (who,) = desk.people(1, batch)
    desk.examine(batch)
    with desk.engine.begin() as connection:
        seat = connection.scalar(select(enrolment.c.id))
    record(desk, role, MarkEntered(seat, who, "theory", 1, MarkState.PRESENT, Decimal(88), desk.operators[role]),
           why=why)
    taken = association.take_in(desk.export(tmp_path).bundle)
    assert (("rejected", "mark_correction_unfounded") in told(taken)) == (stands == "60")
    with association.library.engine.begin() as connection:
        assert connection.scalar(select(mark_entry.c.value).where(
            mark_entry.c.subject == "theory", mark_entry.c.entry == 1)) == stands
    sound(association)


def test_photos_and_marks_of_nobody_are_left_alone(association, joined, tmp_path):
    """A person whom the library does not have is no reason to stop."""
    desk = joined()
    (who,) = desk.people(1, consent=lambda _: False)
    record(desk, Role.REGISTRAR, PhotoAttached(who, "0" * 64))
    association.take_in(desk.export(tmp_path).bundle)
    assert open_questions(association.library) == []


def test_the_kit_registers_alike(tmp_path):
    desks = [new_desk(tmp_path, seed) for seed in (1, 2)]
    people = [desk.people(1) for desk in desks]
    assert people[0] != people[1]
    for desk in desks:
        desk.engine.dispose()
