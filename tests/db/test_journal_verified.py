"""The journal of a busy day: damage is found and named, personal data is sealed, tables can be made again."""

from dataclasses import replace

import pytest
from db_kit import KEY, SECRETS, busy_day, without_tripwires
from msgspec import structs
from sqlalchemy import create_engine, delete, select, text, update

from appraisal.domain.consent import ConsentWithdrawn, Purpose
from appraisal.domain.operator import Role
from appraisal.journal import digest as sha256
from appraisal.journal import read, unseal, write
from appraisal.usecases.register_candidate import CorrectCandidate, correct_candidate
from db import journal
from db.engine import create_sqlcipher, open_sqlite
from db.rebuild import differing, digest
from db.schema import PROJECTED, attachment, person_key
from db.schema import journal as table


@pytest.fixture
def busy(tmp_path):
    engine = create_sqlcipher(tmp_path / "desk.db", KEY)
    yield busy_day(engine)
    engine.dispose()


@pytest.fixture
def plain():
    """The same day in memory."""
    engine = open_sqlite(None)
    yield busy_day(engine)
    engine.dispose()


def entry_at(connection, seq):
    return connection.scalar(select(table.c.entry).where(table.c.seq == seq))


def rewrite(connection, seq, data, hash_=None):
    connection.execute(update(table).where(table.c.seq == seq).values(entry=data, hash=hash_ or sha256(data)))


def verified(day):
    with day.engine.begin() as connection:
        return journal.verify(connection)


def where(day, seq):
    return f"{day.desk.origin.desk.hex()[:8]}/{day.desk.origin.epoch.hex()[:8]}/{seq}"


def test_a_busy_day_verifies_and_can_be_made_again(busy):
    found = verified(busy)
    with busy.engine.begin() as connection:
        rows = connection.execute(select(table.c.hash, table.c.seq).order_by(table.c.seq.desc())).all()
        assert differing(connection) == ()
    assert found.intact
    assert (found.entries, found.head) == (len(rows), rows[0].hash.hex())
    assert found.entries == rows[0].seq > 60


def test_the_same_day_is_the_same_on_postgresql(plain, postgresql_url):
    other = create_engine(postgresql_url)
    busy_day(other)
    with plain.engine.begin() as one, other.begin() as two:
        for each in (*PROJECTED, table, person_key, attachment):
            assert digest(one, each) == digest(two, each), each.name
        assert differing(two) == ()
        assert journal.verify(two) == journal.verify(one)
    other.dispose()


@pytest.mark.parametrize("at", [0, 20, 60, -40, -1])
def test_one_flipped_bit_is_found_and_named(plain, at):
    with without_tripwires(plain.engine) as connection:
        seq = 30
        data = bytearray(entry_at(connection, seq))
        data[at] ^= 1
        connection.execute(update(table).where(table.c.seq == seq).values(entry=bytes(data)))
    assert any(one.startswith(f"{where(plain, seq)}: ") for one in verified(plain).damage)


def test_a_bit_flipped_with_its_hash_put_right_breaks_the_next_link(plain):
    with without_tripwires(plain.engine) as connection:
        entry = read(entry_at(connection, 30))
        rewrite(connection, 30, write(structs.replace(entry, why="another reason")))
    assert verified(plain).damage == (f"{where(plain, 31)}: chain",)


@pytest.mark.parametrize("seq", [1, 2, 30])
def test_a_missing_entry_is_named_by_the_one_after_it(plain, seq):
    with plain.engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    with without_tripwires(plain.engine) as connection:
        before = journal.verify(connection).entries
        connection.exec_driver_sql("CREATE TABLE kept AS SELECT * FROM journal WHERE seq <> ?", (seq,))
        connection.exec_driver_sql("ALTER TABLE journal RENAME TO whole")
        connection.exec_driver_sql("ALTER TABLE kept RENAME TO journal")
        found = journal.verify(connection)
    assert (found.entries, found.damage) == (before - 1, (f"{where(plain, seq + 1)}: chain",))


def test_two_swapped_entries_are_named(plain):
    with without_tripwires(plain.engine) as connection:
        one, two = entry_at(connection, 10), entry_at(connection, 11)
        rewrite(connection, 10, two)
        connection.execute(update(table).where(table.c.seq == 11).values(entry=one, hash=b"\0" * 32))
        rewrite(connection, 11, one)
    assert {f"{where(plain, 10)}: index", f"{where(plain, 11)}: index"} <= set(verified(plain).damage)


@pytest.mark.parametrize("column", ["kind", "person", "epoch"])
def test_an_index_column_that_lies_is_named(plain, column):
    with without_tripwires(plain.engine) as connection:
        connection.execute(update(table).where(table.c.seq == 20).values({column: "0" * 32}))
    assert any(one.endswith("/20: index") for one in verified(plain).damage)


def test_a_clock_that_goes_back_is_found(plain):
    """Whoever writes the chain anew, hashes and all, still cannot order time otherwise."""
    with without_tripwires(plain.engine) as connection:
        last = connection.scalar(select(table.c.seq).order_by(table.c.seq.desc()))
        entry = read(entry_at(connection, last))
        rewrite(connection, last, write(structs.replace(entry, at=(1, 0))))
    assert verified(plain).damage == (f"{where(plain, last)}: chain",)


def test_a_desk_whose_clock_goes_back_does_not_follow_it(busy):
    person = busy.people(1)[0]
    busy.clock.now -= 365 * 86_400_000
    with busy.desk.work(busy.operators[Role.REGISTRAR]) as work:
        one = work.candidates.get(person)
    for phone in ("15400000001", "15400000002"):
        changed = replace(one, contact=replace(one.contact, phone=phone))
        correct_candidate(CorrectCandidate(changed, "更正", busy.operators[Role.REGISTRAR]), busy.desk)
    with busy.engine.begin() as connection:
        times = [read(data).at for data in connection.scalars(select(table.c.entry).order_by(table.c.position))]
    assert times == sorted(set(times))
    assert times[-1][0] == times[-3][0] > busy.clock.now
    assert times[-1][1] == times[-3][1] + 2
    assert verified(busy).intact


@pytest.mark.parametrize(("change", "named"), [
    ("UPDATE person SET phone = '1' WHERE document_number LIKE '1101%'", ("person",)),
    ("UPDATE enrolment SET state = 'refused'", ("enrolment",)),
    ("DELETE FROM mark_entry WHERE entry = 2", ("mark_entry",)),
    ("UPDATE certificate SET state = 'issued'", ("certificate",)),
    ("UPDATE operator SET roles = 'supervisor' WHERE login = 'registrar'", ("operator",)),
])
def test_a_table_changed_by_hand_is_named(plain, change, named):
    with without_tripwires(plain.engine) as connection:
        connection.exec_driver_sql(change)
        assert differing(connection) == named


def test_no_entry_says_anything_personal(plain):
    with plain.engine.begin() as connection:
        entries = list(connection.scalars(select(table.c.entry)))
        names = connection.scalars(text("SELECT name FROM person UNION SELECT document_number FROM person "
                                        "UNION SELECT phone FROM person")).all()
    assert len(names) > 8
    for secret in (*SECRETS, *names):
        assert not any(secret.encode() in data for data in entries), secret


def test_the_file_says_nothing_at_all(busy, tmp_path):
    raw = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert len(raw) > 100_000
    assert not raw.startswith(b"SQLite format 3")
    for word in (*SECRETS, "candidate.registered", "CREATE TABLE", "registrar"):
        assert word.encode() not in raw, word


def test_an_erased_key_erases_one_person_and_breaks_nothing(plain):
    with plain.engine.begin() as connection:
        person = connection.scalar(text("SELECT id FROM person WHERE name = '欧阳娜娜'"))
        before = journal.verify(connection)
        connection.execute(delete(person_key).where(person_key.c.person == person))
        assert journal.verify(connection) == before
        sealed = [entry for row in journal.walk(connection) if (entry := read(row.entry)).sealed]
        for entry in sealed:
            key = journal.key_of(connection, entry.sealed.person)
            assert (key is None) == (entry.sealed.person == person)
            if key is not None:
                unseal(entry, key)
    assert sum(entry.sealed.person == person for entry in sealed) >= 2


def test_a_key_of_another_person_opens_nothing(plain):
    with plain.engine.begin() as connection:
        one, two = [e for row in journal.walk(connection)
                    if (e := read(row.entry)).kind == "candidate.registered"][:2]
        with pytest.raises(Exception, match="wrong_key"):
            unseal(one, journal.key_of(connection, two.sealed.person))
        moved = structs.replace(one, sealed=two.sealed)
        with pytest.raises(Exception, match="wrong_key"):
            unseal(moved, journal.key_of(connection, two.sealed.person))


def test_a_command_that_fails_leaves_no_entry(busy):
    before = verified(busy)
    with pytest.raises(ZeroDivisionError):
        _withdraw_and_fail(busy)
    assert verified(busy) == before
    with busy.engine.begin() as connection:
        assert differing(connection) == ()


def _withdraw_and_fail(day):
    with day.desk.work(day.operators[Role.REGISTRAR]) as work:
        person = next(iter(work.candidates.by_document("11010119900307721X")))
        work.record(ConsentWithdrawn(person.id, Purpose.ASSOCIATION))
        raise ZeroDivisionError
