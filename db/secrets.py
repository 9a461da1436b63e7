"""Small things kept beside the journal, and the keys of persons. A file is encrypted as a whole; on a server each value
is sealed under the centre's key by itself, and most belong to one desk (docs/decisions/centre-on-postgresql.md).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from os import urandom
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    delete,
    insert,
    select,
    update,
)

from appraisal.domain.errors import EnvironmentFault
from appraisal.domain.events import Id
from db.schema import secret

SHARE = "share"
"""Name of the engine's option that has the Share."""
CENTRES = frozenset({"clock_ahead", "last_backup", "library_address", "key_slots"})
"""Secrets of the whole centre, of which none has to be kept from who reads the server."""
_NONCE = 12

metadata = MetaData()
"""Tables of a centre on a server, beside those that every desk has."""

desk = Table(
    "desk", metadata,
    Column("id", String(32), primary_key=True), Column("number", Integer, nullable=False, unique=True),
    Column("session", LargeBinary, nullable=False))
"""`session`: of the process that has it open."""
desk_secret = Table(
    "desk_secret", metadata,
    Column("desk", ForeignKey("desk.id"), primary_key=True), Column("name", String(40), primary_key=True),
    Column("value", LargeBinary, nullable=False))
turn = Table("turn", metadata, Column("id", Integer, primary_key=True))
"""One row: whoever has locked it writes."""


@dataclass(frozen=True, slots=True)
class Share:
    """This desk's part in a centre on a server."""

    desk: Id
    key: bytes
    """The centre's, 32 bytes: what key slots open."""
    session: bytes


def share_of(connection: Connection) -> Share | None:
    """None: the database is this desk's alone."""
    found: Share | None = connection.get_execution_options().get(SHARE)
    return found


def secret_of(connection: Connection, name: str) -> bytes | None:
    return secrets_of(connection, name).get(name)


def secrets_of(connection: Connection, *names: str) -> Mapping[str, bytes]:
    """All where none is named; on a server this desk's."""
    share = share_of(connection)
    if share is None or (names and CENTRES.issuperset(names)):
        query = select(secret.c.name, secret.c.value)
        return dict(connection.execute(query.where(secret.c.name.in_(names)) if names else query).all())
    query = select(desk_secret.c.name, desk_secret.c.value).where(desk_secret.c.desk == share.desk)
    found = connection.execute(query.where(desk_secret.c.name.in_(names)) if names else query)
    return {row.name: _opened(share, row.value, f"{share.desk}/{row.name}") for row in found}


def keep_secret(connection: Connection, name: str, value: bytes) -> None:
    share = share_of(connection)
    table, key = _row(share, name)
    if share is not None and table is desk_secret:
        value = _sealed(share, value, f"{share.desk}/{name}")
    conditions: list[ColumnElement[bool]] = [table.c[column] == what for column, what in key.items()]
    if not connection.execute(update(table).where(*conditions).values(value=value)).rowcount:
        connection.execute(insert(table).values(**key, value=value))


def drop_secret(connection: Connection, name: str) -> None:
    table, key = _row(share_of(connection), name)
    connection.execute(delete(table).where(*(table.c[column] == what for column, what in key.items())))


def person_key_kept(connection: Connection, person: Id, key: bytes) -> bytes:
    """As the table has it."""
    share = share_of(connection)
    return key if share is None else _sealed(share, key, f"person/{person}")


def person_key_found(connection: Connection, person: Id, kept: bytes) -> bytes:
    share = share_of(connection)
    return kept if share is None else _opened(share, kept, f"person/{person}")


def person_keys_found(connection: Connection, rows: Iterable[tuple[Id, bytes]]) -> dict[Id, bytes]:
    share = share_of(connection)
    if share is None:
        return dict(rows)
    return {person: _opened(share, kept, f"person/{person}") for person, kept in rows}


def _row(share: Share | None, name: str) -> tuple[Table, dict[str, Any]]:
    if share is None or name in CENTRES:
        return secret, {"name": name}
    return desk_secret, {"desk": share.desk, "name": name}


def _sealed(share: Share, value: bytes, about: str) -> bytes:
    nonce = urandom(_NONCE)
    return nonce + AESGCM(share.key).encrypt(nonce, value, about.encode())


def _opened(share: Share, kept: bytes, about: str) -> bytes:
    try:
        return AESGCM(share.key).decrypt(kept[:_NONCE], kept[_NONCE:], about.encode())
    except (InvalidTag, ValueError) as fault:
        raise EnvironmentFault("server_secret_damaged", name=about) from fault
