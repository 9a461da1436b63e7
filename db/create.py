"""A new database: the tables, the word index, the tripwires."""

from sqlalchemy import Connection

from db import tripwires, words
from db.schema import metadata


def create_schema(connection: Connection) -> None:
    metadata.create_all(connection)
    words.create(connection)
    tripwires.install(connection)
