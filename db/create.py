"""A new database: the tables, the word index, the tripwires."""

from sqlalchemy import Connection, inspect

from db import tripwires, words
from db.schema import certificate, certificate_number, metadata, person

_BY_DOCUMENT, _BY_LETTERS = "ix_person_document", "ix_person_pinyin"


def create_schema(connection: Connection) -> None:
    metadata.create_all(connection)
    words.create(connection)
    tripwires.install(connection)


def leave_out_search(connection: Connection) -> None:
    """For a library: nobody searches there as they type, and what serves that costs each intake nearly as much as the
    table of persons itself. People are still found by their documents."""
    words.drop(connection)
    for index in person.indexes:
        if index.name != _BY_DOCUMENT:
            index.drop(connection)


def is_searched(connection: Connection) -> bool:
    """False for a library."""
    return any(one["name"] == _BY_LETTERS for one in inspect(connection).get_indexes(person.name))


def allow_doubles(connection: Connection) -> None:
    """For a library: what two desks claim of one number or one enrolment is kept, both, whichever came first; an
    officer decides (docs/decisions/merging.md)."""
    for table in (certificate, certificate_number):
        for index in [one for one in table.indexes if one.unique]:
            index.drop(connection)
            columns = ", ".join(column.name for column in index.columns)
            connection.exec_driver_sql(f"CREATE INDEX {index.name} ON {table.name} ({columns})")
