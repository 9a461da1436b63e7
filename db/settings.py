"""Small things that a centre remembers beside its journal, in the encrypted file."""

from dataclasses import dataclass

import msgspec
from sqlalchemy import Engine

from db.secrets import keep_secret, secret_of

_ADDRESS = "library_address"


@dataclass(frozen=True, slots=True)
class LibraryAddress:
    """Where bundles go over the network. `authority`: PEM of the one that vouches for its TLS certificate; empty: those
    that the system trusts."""

    url: str
    authority: str = ""


def library_address(engine: Engine) -> LibraryAddress | None:
    with engine.begin() as connection:
        kept = secret_of(connection, _ADDRESS)
    return None if kept is None else msgspec.json.decode(kept, type=LibraryAddress)


def keep_library_address(engine: Engine, address: LibraryAddress) -> None:
    value = msgspec.json.encode(address)
    with engine.begin() as connection:
        keep_secret(connection, _ADDRESS, value)
