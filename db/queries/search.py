"""Search as you type. Each word is one index: a B-tree for prefixes, the unigram word index for characters inside."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, literal_column, or_, select, text

from appraisal.domain.events import Id
from db import words
from db.schema import enrolment, person

LIMIT = 5000
_LAST = "\U0010ffff"


def search(connection: Connection, typed: str, batch: Id | None = None) -> Sequence[Id]:
    typed = "".join(ch if ch.isprintable() else " " for ch in typed)  # a NUL would end the word index's query
    plain = [word for word in typed.split() if word.isascii()]
    inside = [word for word in typed.split() if not word.isascii()]
    conditions = [_ascii(word) for word in plain] + (
        [_inside(connection, inside, alone=not plain and batch is None)] if inside else [])
    if batch is not None:
        conditions.append(person.c.id.in_(select(enrolment.c.person).where(enrolment.c.batch == batch)))
    query = select(person.c.id).order_by(person.c.registered.desc())
    if plain or inside:
        query = query.where(and_(*conditions)).limit(LIMIT)
    elif conditions:
        query = query.where(*conditions)
    return connection.scalars(query).all()  # at once: walked one by one, each row takes the interpreter's lock anew


def _inside(connection: Connection, typed: Sequence[str], *, alone: bool) -> ColumnElement[bool]:
    """One question to the word index for all words; it takes punctuation for a space, wherever it stands. `alone`:
    nothing else is asked, so the index itself, which lies in the order of registering, gives no more than are shown."""
    if connection.dialect.name == "sqlite":
        found: Select[Any] = select(literal_column("rowid")).select_from(text("person_words")).where(
            text("person_words MATCH :phrases").bindparams(phrases=" AND ".join(map(words.phrase, typed))))
        if alone:
            found = found.order_by(text("rowid DESC")).limit(LIMIT)
        return person.c.registered.in_(found)
    return and_(*(or_(person.c.name.contains(word, autoescape=True), person.c.employer.contains(word, autoescape=True))
                  for word in typed))


def _ascii(word: str) -> ColumnElement[bool]:
    upper, lower = word.upper(), word.lower()
    if any(ch.isdigit() for ch in word):
        seated = select(enrolment.c.person).where(_prefix(enrolment.c.admission_number, upper))
        return or_(_prefix(person.c.document_number, upper), _prefix(person.c.number_reversed, upper[::-1]),
                   _prefix(person.c.phone, upper), person.c.id.in_(seated))
    return or_(_prefix(person.c.initials, lower), _prefix(person.c.pinyin, lower), _prefix(person.c.latin_name, upper),
               _prefix(person.c.name, upper))


def _prefix(column: Any, value: str) -> ColumnElement[bool]:
    """A range, not LIKE: it uses the index on every engine, and a typed % is a character."""
    return and_(column >= value, column < value + _LAST)
