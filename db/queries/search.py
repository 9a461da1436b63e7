"""Search as you type. Each word is one index: a B-tree for prefixes, the unigram word index for characters inside.

What is found are places, `person.registered`: they stand in every index beside the word, so that thousands of people
are found without a look at the table.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import CompoundSelect, Connection, Select, and_, literal_column, or_, select, text, union

from appraisal.domain.events import Id
from db import words
from db.schema import enrolment, person

LIMIT = 5000
_LAST = "\U0010ffff"
_PLACE = person.c.registered
Places = Select[Any] | CompoundSelect[Any]


def search(connection: Connection, typed: str, batch: Id | None = None) -> Sequence[int]:
    typed = "".join(ch if ch.isprintable() else " " for ch in typed)  # a NUL would end the word index's query
    plain = [word for word in typed.split() if word.isascii()]
    inside = [word for word in typed.split() if not word.isascii()]
    found = [_ascii(word) for word in plain]
    if inside:
        found.append(_inside(connection, inside))
    if batch is not None:
        found.append(_enrolled(enrolment.c.batch == batch))
    if not plain and not inside:  # sorted here: the database would walk the table, which lies in this order
        return sorted(connection.scalars(found[0] if found else select(_PLACE)).all(), reverse=True)
    query = found[0] if len(found) == 1 else select(_PLACE).where(*(_PLACE.in_(one) for one in found))
    newest_first = query.order_by(query.selected_columns[0].desc()).limit(LIMIT)
    return connection.scalars(newest_first).all()  # at once: walked one by one, each row takes the interpreter's lock


def _inside(connection: Connection, typed: Sequence[str]) -> Places:
    """One question to the word index for all words; it takes punctuation for a space, wherever it stands."""
    if connection.dialect.name == "sqlite":
        return select(literal_column("rowid")).select_from(text("person_words")).where(
            text("person_words MATCH :phrases").bindparams(phrases=" AND ".join(map(words.phrase, typed))))
    return select(_PLACE).where(and_(
        *(or_(person.c.name.contains(word, autoescape=True), person.c.employer.contains(word, autoescape=True))
          for word in typed)))


def _ascii(word: str) -> Places:
    upper, lower = word.upper(), word.lower()
    if any(ch.isdigit() for ch in word):
        return union(_prefix(person.c.document_number, upper), _prefix(person.c.number_reversed, upper[::-1]),
                     _prefix(person.c.phone, upper), _enrolled(_begins(enrolment.c.admission_number, upper)))
    return union(_prefix(person.c.initials, lower), _prefix(person.c.pinyin, lower),
                 _prefix(person.c.latin_name, upper), _prefix(person.c.name, upper))


def _enrolled(condition: Any) -> Select[Any]:
    return select(_PLACE).join_from(enrolment, person).where(condition)


def _prefix(column: Any, value: str) -> Select[Any]:
    return select(_PLACE).where(_begins(column, value))


def _begins(column: Any, value: str) -> Any:
    """A range, not LIKE: it uses the index on every engine, and a typed % is a character."""
    return and_(column >= value, column < value + _LAST)
