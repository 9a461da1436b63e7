"""Search as you type. Each word is one index: a B-tree for prefixes, the unigram word index for characters inside.

What is found are places, `person.registered`: they stand in every index beside the word, so that thousands of people
are found without a look at the table. A query depends on the kinds of the words alone and is made once for each:
SQLAlchemy takes ten times as long over making one as SQLite over answering it.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    CompoundSelect,
    Connection,
    Integer,
    Select,
    and_,
    bindparam,
    literal_column,
    or_,
    select,
    text,
    union,
)

from appraisal.usecases.filters import EVERYBODY, Filters
from db import statement, words
from db.schema import enrolment, further_document, person

LIMIT = 5000
"""Of what words find: who finds more has typed too little."""
MOST_WORDS = 16
"""Of what is typed; a page that was pasted is no search."""
_LAST = "\U0010ffff"
_PLACE = person.c.registered
Places = Select[Any] | CompoundSelect[Any]


class _Asked(NamedTuple):
    """Which filters are set, not to what."""

    batch: bool
    state: bool
    level: bool
    no_photo: bool


def search(connection: Connection, typed: str, filters: Filters = EVERYBODY, most: int = LIMIT) -> Sequence[int]:
    """The newest first; `most`: of what words find. All people, or all that the filters let through, where no word is
    typed."""
    typed = "".join(ch if ch.isprintable() else " " for ch in typed)  # a NUL would end the word index's query
    found = typed.split()[:MOST_WORDS]
    plain, inside = [word for word in found if word.isascii()], [word for word in found if not word.isascii()]
    if connection.dialect.name == "sqlite" and inside:
        inside = [" AND ".join(map(words.phrase, inside))]  # punctuation is a space to it, wherever it stands
    else:
        inside = [re.sub(r"([\\%_])", r"\\\1", word) for word in inside]
    asked = _Asked(bool(filters.batch), bool(filters.state), filters.level is not None, filters.no_photo)
    values: dict[str, Any] = {name: getattr(filters, name) for name in ("batch", "state", "level")
                              if getattr(asked, name)}
    for number, word in enumerate(plain):
        values |= _numbers(number, word.upper()) if _is_number(word) else _letters(number, word)
    for number, word in enumerate(inside):
        values[f"inside{number}"] = word
    if found:
        values["most"] = most
    query = _query(tuple(map(_is_number, plain)), len(inside), asked, connection.dialect.name)
    places = statement.column(connection, query, values)
    # sorted here where all are found: the database would walk the table, which lies in this order
    return places if found else sorted(places, reverse=True)


@lru_cache(maxsize=256)
def _query(numbers: tuple[bool, ...], inside: int, asked: _Asked, engine: str) -> Places:
    """`numbers`: of each ASCII word, whether it has a digit; `inside`: how many others."""
    found = [_by_number(number) if has_digit else _by_letters(number) for number, has_digit in enumerate(numbers)]
    found += [_inside(f"inside{number}", engine) for number in range(inside)]
    words_typed = bool(found)
    if any(asked):
        found.append(_filtered(asked))
    if not words_typed:
        return found[0] if found else select(_PLACE)
    query = found[0] if len(found) == 1 else select(_PLACE).where(*(_PLACE.in_(one) for one in found))
    return query.order_by(query.selected_columns[0].desc()).limit(bindparam("most", type_=Integer))


def _is_number(word: str) -> bool:
    return any(ch.isdigit() for ch in word)


def _numbers(number: int, upper: str) -> dict[str, str]:
    return _range(f"number{number}", upper) | _range(f"reversed{number}", upper[::-1])


def _letters(number: int, word: str) -> dict[str, str]:
    return _range(f"lower{number}", word.lower()) | _range(f"upper{number}", word.upper())


def _by_number(number: int) -> Places:
    return union(_prefix(person.c.document_number, f"number{number}"),
                 _prefix(person.c.number_reversed, f"reversed{number}"), _prefix(person.c.phone, f"number{number}"),
                 select(_PLACE).join_from(further_document, person).where(
                     _begins(further_document.c.number, f"number{number}")),
                 _enrolled(_begins(enrolment.c.admission_number, f"number{number}")))


def _by_letters(number: int) -> Places:
    return union(_prefix(person.c.initials, f"lower{number}"), _prefix(person.c.pinyin, f"lower{number}"),
                 _prefix(person.c.latin_name, f"upper{number}"), _prefix(person.c.name, f"upper{number}"))


def _inside(name: str, engine: str) -> Places:
    if engine == "sqlite":
        return select(literal_column("rowid")).select_from(text("person_words")).where(
            text(f"person_words MATCH :{name}"))
    word: Any = bindparam(name)
    return select(_PLACE).where(or_(person.c.name.contains(word), person.c.employer.contains(word)))


def _enrolled(condition: Any) -> Select[Any]:
    return select(_PLACE).join_from(enrolment, person).where(condition)


def _filtered(asked: _Asked) -> Select[Any]:
    wanted = [enrolment.c[name] == bindparam(name) for name in ("batch", "state", "level") if getattr(asked, name)]
    if asked.no_photo:
        wanted.append(person.c.photo.is_(None))
    return _enrolled(and_(*wanted)).distinct()


def _prefix(column: Any, name: str) -> Select[Any]:
    return select(_PLACE).where(_begins(column, name))


def _begins(column: Any, name: str) -> Any:
    """A range, not LIKE: it uses the index on every engine, and a typed % is a character."""
    return and_(column >= bindparam(name), column < bindparam(f"{name}_end"))


def _range(name: str, word: str) -> dict[str, str]:
    return {name: word, f"{name}_end": word + _LAST}
