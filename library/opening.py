"""An open library: its database, its keys, and what it is given from outside."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pyrage
from sqlalchemy import Connection, Engine, insert, inspect, select

from appraisal.credential.cose import ED25519, Ed25519Signer, VerifyingKey, verifying_key
from appraisal.domain.errors import EnvironmentFault
from appraisal.domain.events import Id
from appraisal.domain.ids import uuid7
from appraisal.domain.scheme import Scheme
from db import migrate
from db.create import allow_doubles, leave_out_search
from db.schema import secret
from library.schema import metadata

LIST_SEED = "list_seed"


@dataclass(frozen=True, slots=True)
class Library:
    """`clock`: milliseconds since 1970, UTC. `identity`: age's, opens what desks seal."""

    engine: Engine
    id: Id
    receipts: Ed25519Signer
    identity: str
    recipients: tuple[str, ...]
    schemes: Mapping[str, Scheme]
    clock: Callable[[], int]
    random: Callable[[int], bytes]

    @property
    def receipt_key(self) -> VerifyingKey:
        return verifying_key(ED25519, self.receipts.public)

    @property
    def list_key(self) -> VerifyingKey:
        """Not for within a transaction: see `list_signer`."""
        with self.engine.begin() as connection:
            return verifying_key(ED25519, list_signer(connection).public)

    def new_id(self) -> Id:
        return uuid7(self.clock(), self.random(10))


def create_library(engine: Engine, recovery: str, clock: Callable[[], int], random: Callable[[int], bytes]) -> None:
    """`recovery`: age recipient of the association's recovery key. Raises EnvironmentFault library_exists."""
    identity = pyrage.x25519.Identity.generate()
    made = {"library": bytes.fromhex(uuid7(clock(), random(10))), "receipt_seed": random(32), LIST_SEED: random(32),
            "identity": str(identity).encode(), "recipients": f"{identity.to_public()} {recovery}".encode()}
    with engine.begin() as connection:
        if is_made(connection):
            raise EnvironmentFault("library_exists")
        create_tables(connection)
        connection.execute(insert(secret), [{"name": name, "value": value} for name, value in made.items()])


def create_tables(connection: Connection) -> None:
    migrate.create(connection)
    leave_out_search(connection)
    allow_doubles(connection)
    metadata.create_all(connection)


def exists(engine: Engine) -> bool:
    with engine.begin() as connection:
        return is_made(connection)


def open_library(engine: Engine, schemes: Mapping[str, Scheme], clock: Callable[[], int],
                 random: Callable[[int], bytes]) -> Library:
    """Raises EnvironmentFault no_library_here."""
    with engine.begin() as connection:
        if not is_made(connection):
            raise EnvironmentFault("no_library_here")
        found = dict(connection.execute(select(secret.c.name, secret.c.value)).all())
    return Library(
        engine, found["library"].hex(), Ed25519Signer.from_seed(found["receipt_seed"]), found["identity"].decode(),
        tuple(found["recipients"].decode().split()), schemes, clock, random)


def list_signer(connection: Connection) -> Ed25519Signer:
    """The one of today: it may be replaced while the library is open elsewhere."""
    return Ed25519Signer.from_seed(connection.execute(
        select(secret.c.value).where(secret.c.name == LIST_SEED)).scalar_one())


def is_made(connection: Connection) -> bool:
    return inspect(connection).has_table("inbox")
