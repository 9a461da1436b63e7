"""A library on another engine with the same identity: what was made for the one can be taken in by the other."""

from collections.abc import Sequence

from sqlalchemy import Connection, Engine, Table, insert, select

from appraisal.domain.errors import EnvironmentFault
from db.schema import secret
from library.opening import create_tables, is_made
from library.schema import (
    approval,
    cursor,
    desk,
    given_lease,
    officer,
    past_key,
    published,
    revocation,
    suspension,
    withdrawal,
)

IDENTITY: Sequence[Table] = (secret, desk, cursor, given_lease, published, revocation, suspension, officer, approval,
                             past_key, withdrawal)
"""What no bundle brings: keys, desks with the number of their last receipt, numbers given, lists, the association's own
revocations, officers and what they decided. Records, inbox and receipts are not among them: the bundles bring the first
two again."""
_ROWS = 100


def create_like(engine: Engine, old: Engine) -> bool:
    """Makes the library of `engine` as a second one of `old`'s identity, in one transaction; False where that was done
    before. Raises EnvironmentFault no_library_here (`old` has none), library_exists (another one is in `engine`)."""
    with old.begin() as source, engine.begin() as target:
        if not is_made(source):
            raise EnvironmentFault("no_library_here")
        if is_made(target):
            if _secrets(source) != _secrets(target):
                raise EnvironmentFault("library_exists")
            return False
        create_tables(target)
        for table in IDENTITY:
            _copy(source, target, table)
    return True


def _copy(source: Connection, target: Connection, table: Table) -> None:
    found = source.execution_options(yield_per=_ROWS).execute(select(table))
    for rows in found.mappings().partitions():
        target.execute(insert(table), [dict(row) for row in rows])


def _secrets(connection: Connection) -> dict[str, bytes]:
    return dict(connection.execute(select(secret.c.name, secret.c.value)).all())
