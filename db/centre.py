"""A centre: a data folder with `centre.db` (SQLCipher), `centre.keys` (key slots) and `centre.lock` (one process); or
a part in a database on a server (db.several)."""

from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from pyrage import x25519
from sqlalchemy import Engine

from appraisal.credential.cose import Ed25519Signer
from appraisal.domain.epochs import Beginning
from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.operator import Operator
from appraisal.domain.tables import use_tables
from appraisal.usecases.found_centre import FoundCentre, found_centre
from db import association, migrate
from db.desk import SqlDesk, disk_faults
from db.desk_keys import certificate_signer
from db.engine import create_sqlcipher, open_sqlcipher
from db.epochs import Copy, Incarnations
from db.files import locked, sync_folder, writing
from db.folder import DATABASE, KEYS, LOCK, Place, Server, is_here
from db.journal import Origin
from db.keyslots import KeySlots
from db.outbox import SqlExchange
from db.queries.reads import SqlReads
from db.repositories import SqlOperators
from db.secrets import drop_secret, keep_secret, secret_of, secrets_of, share_of
from db.surroundings import Kept, Surroundings, system_clock

if TYPE_CHECKING:
    from db.several import Joined

__all__ = ["READERS", "Centre", "Surroundings", "create_centre", "join_centre", "open_centre", "system_clock"]

READERS = 4
DRAFT = "draft-"
"""Begins the names of the secrets that hold what operators were typing."""


class Centre:
    """An open centre. `desk` writes, `reads` reads; `desk_signer` signs what leaves, `certificate_signer` certificates.
    Close it."""

    def __init__(self, kept: Kept, login: str, around: Surroundings, *, only_look: bool = False) -> None:
        self._kept = kept
        self.writer, self.reader, self.slots = kept.writer, kept.reader, kept.slots
        secrets = _secrets(self.writer, around)
        self.desk_signer = Ed25519Signer.from_seed(secrets["desk_seed"])
        self._ahead = int(secrets.get("clock_ahead", b"0"))
        self._clock = around.clock
        with self.writer.begin() as connection:
            schemes = association.schemes_in_force(connection, around.schemes)
            use_tables(association.tables_in_force(connection))
            self.certificate_signer = certificate_signer(connection)
        self.desk = SqlDesk(self.writer, Origin(secrets["desk"], secrets["epoch"]), schemes,
                            self.certificate_signer, self.clock, around.random, around.announce, kept.turn)
        self.age = x25519.Identity.from_str(secrets["desk_age"].decode())
        """Opens what the library gives back to this desk."""
        self.exchange = SqlExchange(self.desk, self.desk_signer, str(self.age.to_public()))
        self.reads = SqlReads(self.reader, schemes)
        self.opened_by = self._active(login)
        self._copy = None if only_look else Copy.settled(
            self.desk, secrets["incarnation"], kept.folder, Incarnations(around.settings))

    @property
    def folder(self) -> Path:
        """This computer's files of the centre; its database too, unless that is on a server."""
        return self._kept.folder

    @property
    def on_server(self) -> bool:
        """Whether other desks write into the same database."""
        return self._kept.turn is not None

    @property
    def began(self) -> Beginning | None:
        """Why a new epoch has begun at this opening; to be said."""
        return self._copy.began if self._copy else None

    @property
    def origin(self) -> Origin:
        return self.desk.origin

    def clock(self) -> int:
        return self._clock() + self._ahead

    def move_clock(self, milliseconds: int) -> None:
        """A demonstration's clock, moved on to the next due day. A real centre's is never moved."""
        with disk_faults(), self.writer.begin() as connection:
            keep_secret(connection, "clock_ahead", str(self._ahead + milliseconds).encode())
        self._ahead += milliseconds

    def to_real_time(self) -> None:
        self.move_clock(-self._ahead)

    def note_backup(self) -> None:
        with disk_faults(), self.writer.begin() as connection:
            keep_secret(connection, "last_backup", str(self.clock()).encode())

    def last_backup(self) -> int | None:
        """Milliseconds since 1970, by this desk's clock; None: never."""
        with self.reader.begin() as connection:
            kept = secret_of(connection, "last_backup")
        return None if kept is None else int(kept)

    def keep_draft(self, operator: Id, draft: bytes | None) -> None:
        """What an operator is typing, encrypted as everything here; None: nothing any more."""
        with disk_faults(), self.writer.begin() as connection:
            if draft is None:
                drop_secret(connection, DRAFT + operator)
            else:
                keep_secret(connection, DRAFT + operator, draft)

    def draft(self, operator: Id) -> bytes | None:
        with self.reader.begin() as connection:
            return secret_of(connection, DRAFT + operator)

    def sign_in(self, login: str, passphrase: str) -> Operator:
        """Raises RuleViolation passphrase_wrong, operator_withdrawn."""
        self.slots.open(login, passphrase)
        return self._active(login)

    def _active(self, login: str) -> Operator:
        with self.reader.begin() as connection:
            operator = SqlOperators(connection).by_login(login)
        if operator is None:
            raise RuleViolation("passphrase_wrong", "passphrase")
        if not operator.active:
            raise RuleViolation("operator_withdrawn", "operator", login=login)
        return operator

    def add_slot(self, login: str, passphrase: str) -> None:
        self.slots.add(login, passphrase, self._kept.key)

    def close(self) -> None:
        try:
            if self._copy is not None:
                self._copy.note(self.origin, self.desk.end)
        finally:
            self._kept.held.close()


def create_centre(place: Place, command: FoundCentre, passphrases: Mapping[str, str], around: Surroundings) -> None:
    """A new centre in a folder or on a server, whole or not at all. `passphrases` by login."""
    if isinstance(place, Server):
        from db.several import found_on_server  # noqa: PLC0415 - most desks have a file, and start without a driver

        return found_on_server(place, command, passphrases, around)
    return _create_in(place, command, passphrases, around)


def join_centre(server: Server, login: str, passphrase: str, around: Surroundings,
                number: int | None = None) -> "Joined":
    """This computer becomes another desk of a centre on a server (db.several.join_on_server)."""
    from db.several import join_on_server  # noqa: PLC0415

    return join_on_server(server, login, passphrase, around, number)


def _create_in(folder: Path, command: FoundCentre, passphrases: Mapping[str, str], around: Surroundings) -> None:
    """The database gets its name last."""
    if is_here(folder):
        raise EnvironmentFault("centre_exists", folder=str(folder))
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    with locked(folder / LOCK):
        _clear_away(folder)
        key = around.random(32)
        engine = create_sqlcipher(folder / f"{DATABASE}.new", key)
        try:
            _found(engine, folder, command, around)
        finally:
            engine.dispose()
        slots = KeySlots(folder / KEYS, around.random, around.cost)
        for login, passphrase in passphrases.items():
            slots.add(login, passphrase, key)
        (folder / f"{DATABASE}.new").replace(folder / DATABASE)
        sync_folder(folder)


def open_centre(place: Place, login: str, passphrase: str, around: Surroundings, *, only_look: bool = False) -> Centre:
    """Raises EnvironmentFault no_centre_here, desk_already_open; RuleViolation passphrase_wrong. `only_look`: a backup
    that is to stay one; nothing is to be written into it."""
    held = ExitStack()
    try:
        if isinstance(place, Server):
            from db.several import open_on_server  # noqa: PLC0415

            kept = open_on_server(place, login, passphrase, around, held, only_look=only_look)
        else:
            kept = _open_in(place, login, passphrase, around, held)
        return Centre(kept, login, around, only_look=only_look)
    except BaseException:
        held.close()
        raise


def _open_in(folder: Path, login: str, passphrase: str, around: Surroundings, held: ExitStack) -> Kept:
    if not is_here(folder):
        raise EnvironmentFault("no_centre_here", folder=str(folder))
    held.enter_context(locked(folder / LOCK))
    slots = KeySlots(folder / KEYS, around.random, around.cost)
    key = slots.open(login, passphrase)
    writer = open_sqlcipher(folder / DATABASE, key)
    held.callback(writer.dispose)
    migrate.upgrade(writer, folder / DATABASE)
    reader = open_sqlcipher(folder / DATABASE, key, readers=READERS)
    held.callback(reader.dispose)
    return Kept(folder, key, slots, writer, reader, held)


def _found(engine: Engine, folder: Path, command: FoundCentre, around: Surroundings) -> None:
    origin, incarnation = Origin(around.random(16), around.random(16)), around.random(16)
    seed = around.random(32)
    with engine.begin() as connection:
        migrate.create(connection)
        for name, value in (("desk", origin.desk), ("epoch", origin.epoch), ("incarnation", incarnation),
                            ("centre_seed", seed), ("desk_seed", around.random(32)), ("desk_age", _age())):
            keep_secret(connection, name, value)
    desk = SqlDesk(engine, origin, around.schemes, Ed25519Signer.from_seed(seed), around.clock, around.random)
    found_centre(command, desk)
    Copy(desk, incarnation, folder, Incarnations(around.settings), None).note(origin, desk.end)


def _secrets(engine: Engine, around: Surroundings) -> Mapping[str, bytes]:
    """Those that a database from before their time lacks are made."""
    with engine.begin() as connection:
        found = dict(secrets_of(connection))
        if share_of(connection) is not None:
            found |= secrets_of(connection, "clock_ahead")
        lacking = {"incarnation", "desk_age"} - found.keys()
        for name in sorted(lacking):
            found[name] = _age() if name == "desk_age" else around.random(16)
            keep_secret(connection, name, found[name])
    return found


def _age() -> bytes:
    return str(x25519.Identity.generate()).encode()


def _clear_away(folder: Path) -> None:
    """What a founding that was cut short has left."""
    with writing(folder):
        for left in (KEYS, *(f"{DATABASE}.new{end}" for end in ("", "-wal", "-shm"))):
            (folder / left).unlink(missing_ok=True)
