"""Characters anywhere in a name or employer: a unigram FTS5 index beside `person`, at a desk on SQLite only.

FTS5's trigram tokenizer finds nothing for two characters, and most names have two or three; so each character is a
word of its own and a part of a name is a phrase. PostgreSQL scans with LIKE: the library's officers do not search as
they type.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection

from appraisal.domain.person import Person

Index = Callable[[str, tuple[Any, ...]], None]
"""Runs a statement where there is such an index."""


COLUMNS = frozenset({"name", "employer"})
"""Columns of `person` that the index is made of."""


def create(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(
            "CREATE VIRTUAL TABLE person_words USING fts5(name, employer, content='', contentless_delete=1, "
            "tokenize='unicode61')")


def drop(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("DROP TABLE person_words")


def write(index: Index, registered: int, name: str, employer: str) -> None:
    index("INSERT INTO person_words(rowid, name, employer) VALUES (?, ?, ?)",
          (registered, spaced(name), spaced(employer)))


def rewrite(index: Index, registered: int, person: Person) -> None:
    index("DELETE FROM person_words WHERE rowid = ?", (registered,))
    write(index, registered, person.identity.name, person.background.employer)


def spaced(text: str) -> str:
    return " ".join(text)


def phrase(text: str) -> str:
    """An FTS5 phrase that matches `text` as typed."""
    return '"' + " ".join(text.replace('"', "")) + '"'
