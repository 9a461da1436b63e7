"""Both sides of a question, as a person reads them: who wrote what, when and where."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from appraisal.canonical import Malformed
from appraisal.domain.events import Id
from appraisal.domain.person import CandidateCorrected
from appraisal.domain.question import QuestionKind
from appraisal.journal import read
from db.rows import person_of
from db.schema import person
from library.evidence import evidence_of
from library.likeness import centre_of
from library.merging import Known
from library.question_rows import QuestionRow
from library.schema import desk, kept


@dataclass(frozen=True, slots=True)
class Side:
    ref: str
    desk: Id
    centre: str
    """The centre's code and name."""
    at: int | None
    """Milliseconds since 1970, UTC, by the clock of the desk."""
    operator: Id
    why: str
    value: str
    """What this side says, in plain words."""
    person: Id | None


def sides_of(connection: Connection, library: Id, row: QuestionRow) -> tuple[Side, ...]:
    """In the order of `row.over`."""
    if row.kind is QuestionKind.SAME_PERSON:
        return tuple(_person(connection, name) for name in row.over)
    if row.kind in (QuestionKind.PERSON_KEY, QuestionKind.FORK):
        return tuple(Side(ref, row.desk or "", _centre(connection, row.desk or ""), None, "", "", ref, row.person)
                     for ref in row.over)
    if row.kind is QuestionKind.ENTRY:
        return tuple(_kept(connection, ref) for ref in row.over)
    persons = [one for one in dict.fromkeys((row.person, row.other)) if one]
    known = {one.ref: one for name in persons for one in evidence_of(connection, library, name).told}
    return tuple(_entry(connection, known[ref], row.matter) for ref in row.over if ref in known)


def standing_value(connection: Connection, matter: str, name: Id | None) -> str | None:
    """What the tables say of a person's field that is in doubt."""
    what, _, rest = matter.partition("/")
    row = connection.execute(select(person).where(person.c.id == name)).first() if what == "person" else None
    if row is None:
        return None
    part, _, field = rest.partition("/")[2].partition(".")
    return str(getattr(getattr(person_of(row), part), field))


def _entry(connection: Connection, one: Known, matter: str) -> Side:
    return Side(one.ref, one.desk, _centre(connection, one.desk), one.at[0], one.operator, one.why or "",
                _said(one.event, matter), one.event.person)


def _said(event: Any, matter: str) -> str:
    if isinstance(event, CandidateCorrected):
        field = matter.rpartition("/")[2]
        return next((str(change.after) for change in event.changes if change.field == field), "")
    plain = msgspec.to_builtins(event, builtin_types=(bytes,))
    named = [plain.get("state"), plain.get("value"), plain.get("number"), plain.get("scheme"), _name(plain)]
    return " · ".join(str(one) for one in named if one)


def _name(plain: dict[str, Any]) -> str:
    return str((plain.get("face") or {}).get("name", ""))


def _person(connection: Connection, name: Id) -> Side:
    row = connection.execute(select(person).where(person.c.id == name)).one()
    birth = row.birth.isoformat() if row.birth else "-"
    centre = centre_of(connection, row.registered)
    return Side(name, "", centre, None, "", "", f"{row.name} · {row.document_kind} {row.document_number} · {birth}",
                name)


def _kept(connection: Connection, ref: str) -> Side:
    of, epoch, seq = ref.split("/")
    raw: Sequence[bytes] = connection.scalars(select(kept.c.entry).where(
        kept.c.desk == of, kept.c.epoch == epoch, kept.c.seq == int(seq))).all()
    try:
        entry = read(raw[0])
    except (IndexError, Malformed):
        return Side(ref, of, _centre(connection, of), None, "", "", "", None)
    return Side(ref, of, _centre(connection, of), entry.at[0], entry.operator, entry.why or "",
                f"{entry.kind} {entry.subject}", entry.person)


def _centre(connection: Connection, name: Id) -> str:
    row = connection.execute(select(desk).where(desk.c.desk == name)).first()
    return f"{row.code} {row.name_zh}" if row else ""
