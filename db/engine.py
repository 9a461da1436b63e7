"""Engines: the desk's SQLCipher file, a plain SQLite file, PostgreSQL. One way to begin a transaction on each."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import NullPool, QueuePool, StaticPool
from sqlcipher3 import dbapi2

from appraisal.domain.errors import EnvironmentFault
from db.statement import drive
from db.tripwires import watch

_DRIVER = SimpleNamespace(**(vars(dbapi2) | {"Binary": bytearray}))
"""For each `bytes` and `memoryview` the driver looks for an adapter, which takes longer than to write them."""
_PRAGMAS = ("foreign_keys=ON", "recursive_triggers=ON", "synchronous=FULL", "cache_size=-16384",
            "temp_store=MEMORY", "busy_timeout=10000")
_PLAIN = ("page_size=8192",)
"""Of a new file: a library writes long rows, many at a time, and a page of double length is handled half as often."""


def open_sqlcipher(path: Path, key: bytes, *, readers: int = 0) -> Engine:
    """`key` is 32 raw bytes: no key derivation at each open. With `readers`, an engine that only reads, of that many
    connections; else the one writer."""
    if not path.exists():
        raise EnvironmentFault("no_centre_here", folder=str(path.parent))
    return _sqlite(f"file:{path.as_posix()}?mode=rw", _raw(key), readers)


def create_sqlcipher(path: Path, key: bytes) -> Engine:
    if path.exists():
        raise EnvironmentFault("file_exists", file=str(path))
    return _sqlite(f"file:{path.as_posix()}?mode=rwc", _raw(key), 0)


def open_sqlite(path: Path | None) -> Engine:
    """A plain file, made if need be; None is a database in memory. Without a key, SQLCipher is SQLite: one version of
    it everywhere, where the interpreter's own may be too old for our word index."""
    return _sqlite(f"file:{path.as_posix()}?mode=rwc" if path else ":memory:", (), 0)


def open_url(url: str) -> Engine:
    """`sqlite:///FILE` or `postgresql+psycopg://…`."""
    if url.startswith("sqlite:///"):
        return open_sqlite(Path(url.removeprefix("sqlite:///")))
    return create_engine(url, pool_pre_ping=True)


def _raw(key: bytes) -> tuple[str, ...]:
    return (f"key = \"x'{key.hex()}'\"",)


def _sqlite(target: str, first: tuple[str, ...], readers: int) -> Engine:
    def connect() -> Any:
        connection = dbapi2.connect(target, uri=target != ":memory:", isolation_level=None, check_same_thread=False)
        try:
            for pragma in (*(first or _PLAIN), *_PRAGMAS, "query_only=ON" if readers else "journal_mode=WAL"):
                connection.execute(f"PRAGMA {pragma}")
        except dbapi2.DatabaseError as fault:
            connection.close()
            file = target.removeprefix("file:").partition("?")[0]
            raise EnvironmentFault("database_unreadable", file=file) from fault
        return connection

    pool: dict[str, Any] = {"poolclass": StaticPool} if target == ":memory:" else {"poolclass": NullPool}
    if readers:
        # the connection used last comes first: each has a cache of its own, and a page costs its decryption
        pool = {"poolclass": QueuePool, "pool_size": readers, "max_overflow": 0, "pool_use_lifo": True}
    elif first:
        pool = {"poolclass": StaticPool}
    engine = create_engine("sqlite://", module=_DRIVER, creator=connect, **pool)
    watch(engine)
    event.listen(engine, "begin", _begin("BEGIN" if readers else "BEGIN IMMEDIATE"))
    return engine


def _begin(statement: str) -> Callable[[Any], None]:
    def begin(connection: Any) -> None:
        drive(connection, statement)

    return begin
