"""A centre of several desks on one PostgreSQL: founded, joined, opened (docs/decisions/centre-on-postgresql.md)."""

import json
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, cast

from pyrage import x25519
from sqlalchemy import Connection, Engine, func, insert, select, update
from sqlalchemy.exc import IntegrityError, ProgrammingError

from appraisal.credential.cose import Ed25519Signer
from appraisal.domain.centre import DeskJoined
from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.operator import Role
from appraisal.usecases.found_centre import FoundCentre, found_centre
from db import migrate, secrets, server
from db.desk import SqlDesk, Turn
from db.epochs import Copy, Incarnations
from db.files import locked, write_durably, writing
from db.folder import DESK, LOCK, Server, is_here
from db.journal import Origin
from db.keyslots import KeySlots, encode, wrap
from db.repositories import SqlOperators
from db.secrets import SHARE, Share
from db.server import ServerSlots
from db.surroundings import Kept, Surroundings
from db.turns import take_turn

MOST_DESKS = 32


@dataclass(frozen=True, slots=True)
class Joined:
    desk: Id
    number: int
    """Of the centre's desks, from 1."""
    again: bool = False
    """That desk was there already; it begins a new epoch on this computer."""


def found_on_server(at: Server, command: FoundCentre, passphrases: Mapping[str, str], around: Surroundings) -> None:
    """The centre's tables and its first desk, which is this computer: all or nothing. Raises EnvironmentFault
    centre_exists, server_has_centre, server_not_empty, server_not_utf8, and those of db.server.connect."""
    if is_here(at):
        raise EnvironmentFault("centre_exists", folder=str(at))
    key = around.random(32)
    slots = encode(wrap(login, words, key, around.random, around.cost) for login, words in passphrases.items())
    with _on_this_computer(at), _engine(at) as engine:
        made = _New(at, key, around)
        try:
            with engine.begin() as connection:
                server.require_empty(connection)
                server.create_tables(connection)
                secrets.keep_secret(connection, server.SLOTS, slots)
                desk = made.desk(_one_transaction(connection), None)
                made.enter(connection, 1)
                found_centre(command, desk)
                write_desk(at, made.share.desk)
        except (ProgrammingError, IntegrityError) as fault:  # another computer was making the same tables
            (at.folder / DESK).unlink(missing_ok=True)
            raise EnvironmentFault("server_has_centre") from fault
        made.note(desk)


def join_on_server(at: Server, login: str, passphrase: str, around: Surroundings, number: int | None = None) -> Joined:
    """This computer becomes a desk of the centre, a new one or, by its `number`, one whose computer is gone: that goes
    on here in a new epoch, and can send what it had not sent. By an administrator. Raises EnvironmentFault
    no_centre_here, desk_here_already; RuleViolation passphrase_wrong, operator_withdrawn, centre_desks_full,
    no_such_desk."""
    with _on_this_computer(at), _engine(at) as engine:
        key = _slots(engine, at, around).open(login, passphrase)
        with engine.begin() as connection:
            known = dict(connection.execute(select(secrets.desk.c.id, secrets.desk.c.number)).all())
            operator = SqlOperators(connection).by_login(login)
        if operator is None or not operator.active:
            raise RuleViolation("operator_withdrawn", "operator", login=login)
        operator.require(Role.ADMINISTRATOR)
        named = read_desk(at.folder)
        if named in known:
            raise EnvironmentFault("desk_here_already", number=known[named])
        before = _desk_before(at, known, number)
        if before is not None:
            write_desk(at, before)
            return Joined(before, known[before], again=True)
        return _joined(engine, _New(at, key, around, named), operator.id)


def _desk_before(at: Server, known: Mapping[Id, int], number: int | None) -> Id | None:
    """The desk that this computer is to take the place of, or was under another address of the server."""
    if number is not None:
        for desk, its in known.items():
            if its == number:
                return desk
        raise RuleViolation("no_such_desk", "desk", number=number, desks=len(known))
    named = (read_desk(file.parent) for file in sorted(at.folder.parent.glob(f"*/{DESK}")))
    return next((desk for desk in named if desk is not None and desk in known), None)


def _joined(engine: Engine, made: "_New", operator: Id) -> Joined:
    """The computer knows first which desk it will be: killed at any step, joining again goes on from there."""
    write_desk(made.at, made.share.desk)
    desk = made.desk(engine, partial(take_turn, told=made.told))
    try:
        with desk.work(operator) as work:
            number = _next_number(work.connection)
            made.enter(work.connection, number)
            work.record(DeskJoined(made.share.desk, number))
    except RuleViolation:
        (made.at.folder / DESK).unlink(missing_ok=True)
        raise
    made.note(desk)
    return Joined(made.share.desk, number)


def _next_number(connection: Connection) -> int:
    taken = connection.scalars(select(secrets.desk.c.number)).all()
    if len(taken) >= MOST_DESKS:
        raise RuleViolation("centre_desks_full", "desk", most=MOST_DESKS)
    return max(taken, default=0) + 1


@dataclass(frozen=True, slots=True)
class Seen:
    desks: int
    key_slots: bool


def look_at(at: Server) -> Seen:
    """What can be seen without a passphrase. Raises EnvironmentFault no_centre_here, server_unreachable."""
    with _engine(at) as engine, engine.begin() as connection:
        if not server.has_centre(connection):
            raise EnvironmentFault("no_centre_here", folder=str(at))
        desks = connection.scalar(select(func.count()).select_from(secrets.desk)) or 0
        return Seen(desks, secrets.secret_of(connection, server.SLOTS) is not None)


def open_on_server(at: Server, login: str, passphrase: str, around: Surroundings, held: ExitStack, *,
                   only_look: bool) -> Kept:
    """Raises EnvironmentFault desk_not_joined, no_centre_here, desk_already_open; RuleViolation passphrase_wrong."""
    named = read_desk(at.folder)
    if named is None:
        raise EnvironmentFault("desk_not_joined")
    held.enter_context(locked(at.folder / LOCK))
    engines = [server.connect(at.url, desk=named), server.connect(at.url, reads=True, desk=named)]
    for engine in engines:
        held.callback(engine.dispose)
    writer, reader = engines
    slots = _slots(writer, at, around)
    key = slots.open(login, passphrase)
    migrate.upgrade(writer, None)
    share = Share(named, key, around.random(16))
    with writer.begin() as connection:
        if connection.scalar(select(secrets.desk.c.id).where(secrets.desk.c.id == named)) is None:
            raise EnvironmentFault("desk_not_joined")
        if not only_look:
            take_turn(connection, around.waiting, around.idle)
            connection.execute(update(secrets.desk).where(secrets.desk.c.id == named).values(session=share.session))
    for engine in engines:
        engine.update_execution_options(**{SHARE: share})
    return Kept(at.folder, key, slots, writer, reader, held, server.turn_of(share, around.waiting, around.idle))


class _New:
    """A desk in the making, with keys of its own."""

    def __init__(self, at: Server, key: bytes, around: Surroundings, named: Id | None = None) -> None:
        self.at, self._around, self.told = at, around, around.waiting
        self.share = Share(named or around.random(16).hex(), key, around.random(16))
        self.origin = Origin(bytes.fromhex(self.share.desk), around.random(16))
        self._incarnation, self._seed = around.random(16), around.random(32)

    def desk(self, engine: Engine, turn: Turn | None) -> SqlDesk:
        engine.update_execution_options(**{SHARE: self.share})
        return SqlDesk(engine, self.origin, self._around.schemes, Ed25519Signer.from_seed(self._seed),
                       self._around.clock, self._around.random, turn=turn)

    def enter(self, connection: Connection, number: int) -> None:
        connection.execute(insert(secrets.desk).values(id=self.share.desk, number=number, session=self.share.session))
        age = str(x25519.Identity.generate()).encode()
        for name, value in (("desk", self.origin.desk), ("epoch", self.origin.epoch),
                            ("incarnation", self._incarnation), ("centre_seed", self._seed),
                            ("desk_seed", self._around.random(32)), ("desk_age", age)):
            secrets.keep_secret(connection, name, value)

    def note(self, desk: SqlDesk) -> None:
        copy = Copy(desk, self._incarnation, self.at.folder, Incarnations(self._around.settings), None)
        copy.note(desk.origin, desk.end)


class _OneTransaction:
    """An engine whose transactions are parts of one that is open."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def begin(self) -> Any:
        return nullcontext(self._connection)

    def update_execution_options(self, **options: Any) -> None:
        self._connection.execution_options(**options)


def _one_transaction(connection: Connection) -> Engine:
    return cast(Engine, _OneTransaction(connection))


@contextmanager
def _engine(at: Server) -> Iterator[Engine]:
    engine = server.connect(at.url)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def _on_this_computer(at: Server) -> Iterator[None]:
    with writing(at.folder):
        at.folder.mkdir(parents=True, exist_ok=True)
    with locked(at.folder / LOCK):
        yield


def _slots(engine: Engine, at: Server, around: Surroundings) -> KeySlots:
    with engine.begin() as connection:
        if not server.has_centre(connection):
            raise EnvironmentFault("no_centre_here", folder=str(at))
    return KeySlots(ServerSlots(engine, str(at), around.waiting), around.random, around.cost)


def write_desk(at: Server, desk: Id) -> None:
    write_durably(at.folder / DESK, json.dumps({"format": 1, "desk": desk}).encode(), mode=0o600)


def read_desk(folder: Path) -> Id | None:
    """A file that cannot be read names no desk."""
    try:
        found = json.loads((folder / DESK).read_bytes())["desk"]
        return str(found) if len(bytes.fromhex(found)) == 16 else None
    except (OSError, ValueError, KeyError, TypeError):
        return None
