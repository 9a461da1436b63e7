"""Statements run on the driver give what SQLAlchemy gives, and the same faults without the values."""

from datetime import date

import pytest
from sqlalchemy import Boolean, Column, Date, Integer, LargeBinary, MetaData, String, Table, bindparam, insert, select
from sqlalchemy import update as change
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError

from db.statement import drive, every, first, write

ONE = Table("one", MetaData(), Column("id", Integer, primary_key=True), Column("day", Date), Column("given", Boolean),
            Column("data", LargeBinary), Column("name", String, unique=True))
ADD = insert(ONE).returning(ONE.c.id)
BY_NAME = select(ONE).where(ONE.c.name == bindparam("key"))
ROW = {"day": date(2026, 1, 5), "given": True, "data": b"\0\1", "name": "100% 欧阳"}


@pytest.fixture
def connection(engine):
    ONE.metadata.create_all(engine)
    with engine.begin() as connection:
        yield connection


def test_a_row_comes_back_as_it_was_given_and_as_sqlalchemy_reads_it(connection):
    id_ = first(connection, ADD, ROW).id
    found = first(connection, BY_NAME, {"key": ROW["name"]})
    assert found._asdict() == {"id": id_, **ROW}
    assert type(found.given) is bool
    assert tuple(connection.execute(BY_NAME, {"key": ROW["name"]}).one()) == found
    nothing = dict.fromkeys(ROW)
    first(connection, ADD, nothing)
    assert [row[1:] for row in every(connection, select(ONE).order_by(ONE.c.id), {})] == [
        tuple(ROW.values()), tuple(nothing.values())]


def test_the_values_go_where_their_names_say_in_any_order(connection):
    first(connection, ADD, dict(reversed(ROW.items())))
    given = change(ONE).where(ONE.c.name == bindparam("key"), ONE.c.given == True).values(  # noqa: E712 - it is SQL
        {"day": bindparam("day"), "given": False})
    assert write(connection, given, {"day": date(2027, 2, 3), "key": ROW["name"]}) == 1
    assert write(connection, given, {"day": date(2027, 2, 3), "key": ROW["name"]}) == 0
    row = first(connection, BY_NAME, {"key": ROW["name"]})
    assert (row.day, row.given, row.data) == (date(2027, 2, 3), False, ROW["data"])
    assert first(connection, BY_NAME, {"key": "nobody"}) is None


def test_a_fault_is_sqlalchemys_and_does_not_tell_the_values(connection):
    first(connection, ADD, ROW)
    with pytest.raises(IntegrityError) as caught, connection.begin_nested():
        first(connection, ADD, ROW)
    assert "欧阳" not in str(caught.value).partition("[SQL")[2]
    with pytest.raises((OperationalError, ProgrammingError)):
        drive(connection, "SELECT 1 FROM nowhere")
