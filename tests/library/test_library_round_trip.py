"""A bundle there, a receipt back: on SQLite and on PostgreSQL."""

from pathlib import Path

import pytest
from kit.desks import SimulatedDesk, whole_day
from kit.libraries import SimulatedLibrary, fates
from sqlalchemy import Engine, func, select

from db.rebuild import differing
from db.schema import attachment, journal, mark_entry, person
from library.verify import verify


@pytest.fixture
def association(engine: Engine) -> SimulatedLibrary:
    return SimulatedLibrary(engine)


@pytest.fixture
def desk(tmp_path: Path, association: SimulatedLibrary) -> SimulatedDesk:
    desk = whole_day(tmp_path, people=20)
    desk.join(association.enrol)
    return desk


def count(engine: Engine, table: object) -> int:
    with engine.begin() as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0  # type: ignore[arg-type]


def test_everything_arrives_and_the_receipt_says_so(association, desk, tmp_path):
    sent = desk.export(tmp_path / "stick")
    taken = association.take_in(sent.bundle)
    assert fates(taken) == {"applied": sent.records}
    assert (sent.withheld, sent.attachments) == (0, 20)
    back = desk.receive(taken.data)
    assert (back.accepted, back.duplicate, back.parked, back.held, back.rejected) == (sent.records, 0, 0, 0, 0)
    engine = association.library.engine
    assert (count(engine, person), count(engine, attachment), count(engine, mark_entry)) == (20, 20, 80)
    with engine.begin() as connection:
        assert verify(connection).damage == ()
        assert verify(connection).entries == sent.records
        assert differing(connection) == ()


def test_twice_is_all_duplicate_and_changes_no_table(association, desk, tmp_path):
    sent = desk.export(tmp_path)
    association.take_in(sent.bundle)
    before, entries = association.digests(), count(association.library.engine, journal)
    again = association.take_in(sent.bundle)
    assert fates(again) == {"duplicate": sent.records}
    assert association.digests() == before
    assert count(association.library.engine, journal) == entries
    assert again.receipt.number == 2
