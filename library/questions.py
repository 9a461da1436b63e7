"""Questions for an officer: listed, shown with both sides, decided. For the command line and for the console alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, select, tuple_, update

from appraisal.domain.certificate import CertificateIssued, CertificateRevoked
from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.question import BEFORE, QuestionDecided, QuestionKind
from db.schema import certificate, decision
from library.evidence import evidence_of
from library.held_entries import again, keep_key, reject
from library.looking import mark_unsettled
from library.merging import Known
from library.officers import Officer, approve, matter, require_active
from library.opening import Library
from library.own_chain import OwnChain, appending
from library.question_rows import Decided, QuestionRow
from library.retry import retry_parked
from library.schema import question as table
from library.settling import DECIDED, OPEN, settle_waiting
from library.sides import Side, sides_of, standing_value

SAME, DIFFERENT = "same", "different"
OURS, THEIRS = "ours", "theirs"
AGAIN, REJECT = "again", "reject"
_WORDS: Mapping[QuestionKind, tuple[str, ...]] = {
    QuestionKind.FIELD: (BEFORE,), QuestionKind.SAME_PERSON: (SAME, DIFFERENT),
    QuestionKind.PERSON_KEY: (OURS, THEIRS), QuestionKind.ENTRY: (AGAIN, REJECT)}
_OF_SIDES = frozenset({QuestionKind.FIELD, QuestionKind.MARK, QuestionKind.CERTIFICATE, QuestionKind.NUMBER})


@dataclass(frozen=True, slots=True)
class Question:
    row: QuestionRow
    stands: str | None
    """What the tables say meanwhile, in plain words."""
    sides: tuple[Side, ...]
    choices: tuple[str, ...]
    """What `decide` takes: the number of a side, counted from 1, or a word. Empty where another command decides."""


def open_questions(library: Library, after: tuple[int, Id] | None = None, limit: int = 100) -> list[QuestionRow]:
    """The oldest first. `after`: `opened_at` and id of the last one seen."""
    query = _select().where(table.c.state == OPEN).order_by(table.c.opened_at, table.c.id).limit(limit)
    if after is not None:
        query = query.where(tuple_(table.c.opened_at, table.c.id) > after)
    with library.engine.begin() as connection:
        return [_row(row) for row in connection.execute(query)]


def question(library: Library, name: Id) -> Question:
    """Raises RuleViolation question_unknown."""
    with library.engine.begin() as connection:
        row = _find(connection, name)
        return Question(row, standing_value(connection, row.matter, row.person), sides_of(connection, library.id, row),
                        _choices(row))


def decide(library: Library, name: Id, choice: str, reason: str, officer: Officer) -> QuestionRow:
    """The decision is an entry of the library's own chain, signed by the officer; desks learn of it by their receipts.
    That two people are one or two may be decided anew, all else once.

    Raises RuleViolation officer_withdrawn, question_unknown, question_decided, question_choice,
    question_reason_missing, key_in_use."""
    if not reason.strip():
        raise RuleViolation("question_reason_missing", "reason")
    with library.engine.begin() as connection, appending(library, connection) as own:
        require_active(connection, officer)
        row = _find(connection, name)
        if row.state == DECIDED and row.kind is not QuestionKind.SAME_PERSON:
            raise RuleViolation("question_decided", "id", officer=row.decided.officer if row.decided else "")
        chosen = _chosen(row, choice)
        _take_effect(connection, library, own, row, chosen, reason.strip(), officer.name)
        write_decision(library, connection, own, row, chosen, reason.strip(), officer)
    retry_parked(library, library.new_id())
    settle_waiting(library)
    with library.engine.begin() as connection:
        return _find(connection, name)


def write_decision(library: Library, connection: Connection, own: OwnChain, row: QuestionRow, chosen: str,
                   reason: str, officer: Officer) -> None:
    approve(library, connection, matter("question.decide", [row.id, chosen, reason]), [officer])
    own.record(QuestionDecided(row.id, row.kind, row.matter, row.person, row.over, chosen, officer.name),
               why=reason, by=officer.name)
    connection.execute(update(table).where(table.c.id == row.id).values(state=DECIDED))


def _take_effect(connection: Connection, library: Library, own: OwnChain, row: QuestionRow, chosen: str, reason: str,
                 officer: str) -> None:
    if row.kind is QuestionKind.PERSON_KEY:
        assert row.person is not None
        keep_key(connection, row.person, row.over, theirs=chosen == THEIRS)
    elif row.kind is QuestionKind.ENTRY:
        (again if chosen == AGAIN else reject)(connection, row.over[0])
    elif row.kind in _OF_SIDES:
        if row.kind is QuestionKind.CERTIFICATE:
            lost = [one for one in _claims(connection, library, row) if one.ref != chosen]
            _revoke(connection, own, lost, reason, officer)
        mark_unsettled(connection, library, {one for one in (row.person, row.other) if one} | {
            one.event.person for one in _claims(connection, library, row)})


def _claims(connection: Connection, library: Library, row: QuestionRow) -> Sequence[Known]:
    found = []
    for side in sides_of(connection, library.id, row):
        if side.person:
            found += [one for one in evidence_of(connection, library.id, side.person).told if one.ref == side.ref]
    return found


def _revoke(connection: Connection, own: OwnChain, lost: Sequence[Known], reason: str, officer: str) -> None:
    """The association revokes what was issued beside the certificate that counts."""
    for one in lost:
        assert isinstance(one.event, CertificateIssued)
        state = connection.scalar(select(certificate.c.state).where(certificate.c.id == one.event.certificate))
        if state != "revoked":
            own.record(CertificateRevoked(one.event.certificate, one.event.person, officer), why=reason, by=officer)


def _choices(row: QuestionRow) -> tuple[str, ...]:
    numbers = tuple(str(n) for n in range(1, len(row.over) + 1)) if row.kind in _OF_SIDES else ()
    return numbers + _WORDS.get(row.kind, ())


def _chosen(row: QuestionRow, choice: str) -> str:
    choices = _choices(row)
    if choice not in choices:
        raise RuleViolation("question_choice", "choice", choices=", ".join(choices) or "talent-library desk release")
    return row.over[int(choice) - 1] if choice.isdecimal() else choice


def _select() -> Any:
    return select(table, decision.c.choice, decision.c.officer, decision.c.reason).join_from(
        table, decision, decision.c.question == table.c.id, isouter=True)


def _find(connection: Connection, name: Id) -> QuestionRow:
    """By its id, or by the beginning of it."""
    rows = connection.execute(_select().where(table.c.id.startswith(name, autoescape=True)).limit(2)).all()
    if len(rows) != 1 or len(name) < 6:
        raise RuleViolation("question_unknown", "id", id=name)
    return _row(rows[0])


def _row(row: Any) -> QuestionRow:
    decided = Decided(row.choice, row.officer, row.reason or "") if row.choice is not None else None
    return QuestionRow(row.id, QuestionKind(row.kind), row.opened_at, row.matter, row.person, row.other, row.desk,
                       tuple(msgspec.json.decode(row.over)), row.state, decided)
