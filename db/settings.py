"""Small things that a centre remembers beside its journal, in the encrypted file."""

from dataclasses import dataclass

import msgspec
from sqlalchemy import Engine, insert, select, update

from db.schema import secret

_ADDRESS = "library_address"


@dataclass(frozen=True, slots=True)
class LibraryAddress:
    """Where bundles go over the network. `authority`: PEM of the one that vouches for its TLS certificate; empty: those
    that the system trusts."""

    url: str
    authority: str = ""


def library_address(engine: Engine) -> LibraryAddress | None:
    with engine.begin() as connection:
        kept = connection.scalar(select(secret.c.value).where(secret.c.name == _ADDRESS))
    return None if kept is None else msgspec.json.decode(kept, type=LibraryAddress)


def keep_library_address(engine: Engine, address: LibraryAddress) -> None:
    value = msgspec.json.encode(address)
    with engine.begin() as connection:
        if not connection.execute(update(secret).where(secret.c.name == _ADDRESS).values(value=value)).rowcount:
            connection.execute(insert(secret).values(name=_ADDRESS, value=value))
