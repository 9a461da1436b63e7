"""Everything but the vault is made from the journal: made again here, and compared."""

from hashlib import sha256
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, insert, select

from appraisal.journal import read, unseal
from db import journal
from db.create import allow_doubles, create_schema, is_searched
from db.engine import open_sqlite
from db.projections import PROJECTIONS, Apply, Unsearched
from db.schema import PROJECTED
from db.schema import journal as journal_table
from db.tripwires import open_from_here, shut


def differing(connection: Connection) -> tuple[str, ...]:
    """Names of the projected tables that differ from what the journal gives."""
    engine = open_sqlite(None)
    with engine.begin() as fresh:
        create_schema(fresh)
        allow_doubles(fresh)  # as a library's; a desk's has none to allow
    with engine.begin() as fresh:
        replay(connection, fresh)
        return tuple(table.name for table in PROJECTED if digest(connection, table) != digest(fresh, table))


def replay(source: Connection, target: Connection) -> None:
    aside, apply = set_aside(source), Apply if is_searched(source) else Unsearched
    open_from_here(target)
    for row in journal.walk(source):
        target.execute(insert(journal_table), row._asdict())
        if (row.desk, row.epoch, row.seq) in aside:
            continue
        entry = read(row.entry)
        happened = unseal(entry, journal.key_of(source, entry.sealed.person) if entry.sealed else None)
        PROJECTIONS[type(happened)](apply(target, row.position, entry.why), happened)
    shut(target)


def set_aside(connection: Connection) -> frozenset[tuple[str, str, int]]:
    """Desk, epoch and seq of the entries that change no table, as the journal says (db.restoring)."""
    rows = connection.scalars(select(journal_table.c.entry).where(journal_table.c.kind == "epoch.restored"))
    bodies = (read(data).body for data in rows)
    return frozenset((body["desk"], body["epoch"], one["seq"]) for body in bodies for one in body["aside"])


def digest(connection: Connection, table: Table, *, leave_out: tuple[str, ...] = ()) -> str:
    """SHA-256 over the table's rows in the order of their keys, the same on every engine."""
    columns = [c for c in table.columns if c.name not in leave_out]
    rows = sorted(_plain(row) for row in connection.execute(select(*columns)))
    return sha256(b"\n".join(rows)).hexdigest()


def _plain(row: Any) -> bytes:
    return msgspec.json.encode(list(row))
