"""Whose turn it is to write in a centre that several desks share on one PostgreSQL, and how long the others wait: as
long as whoever has it goes on (docs/decisions/centre-on-postgresql.md)."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, text
from sqlalchemy.exc import DBAPIError

from appraisal.domain.errors import EnvironmentFault
from appraisal.domain.events import Id
from db.desk import CHINA
from db.secrets import turn
from db.server_faults import of_server
from db.statement import first

LOOK_EVERY = 2
"""Seconds between two looks at who has the turn; the connections' lock_timeout."""
IDLE = 20
"""Seconds: whoever has the turn and has not sent a statement for so long does not go on."""
_TURN = select(turn.c.id).with_for_update()
_HOLDER = text(
    # who waits has the table's lock too, but waits; other desks' statements show to an account of the same role
    "SELECT desk.number, extract(epoch FROM seen.xact_start) * 1000 AS since, CASE WHEN seen.state = 'active' THEN 0 "
    "ELSE extract(epoch FROM clock_timestamp() - seen.state_change) END AS idle "
    "FROM pg_locks held JOIN pg_stat_activity seen ON seen.pid = held.pid "
    "LEFT JOIN desk ON seen.application_name = :named || desk.id "
    "WHERE held.relation = 'turn'::regclass AND held.mode = 'RowShareLock' AND held.granted "
    "AND held.database = (SELECT oid FROM pg_database WHERE datname = current_database()) "
    "AND held.pid <> pg_backend_pid() AND seen.wait_event_type IS DISTINCT FROM 'Lock' "
    "ORDER BY seen.xact_start LIMIT 1")
_NAMED = "appraisal-desk "


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has the turn."""

    desk: int | None
    """Its number; None: no desk of the centre, or one that is only joining."""
    since: int
    """Milliseconds since 1970, by the server's clock."""
    idle: float
    """Seconds since its last statement; 0 while one runs."""

    @property
    def since_when(self) -> str:
        """In China."""
        return datetime.fromtimestamp(self.since / 1000, CHINA).strftime("%Y-%m-%d %H:%M")


Told = Callable[[Holder | None], None]
"""Told from the writer's thread who has the turn, at every look; None: the waiting is over. What it raises ends it."""


def nobody(_holder: Holder | None) -> None:
    """Is told."""


def application_name(desk: Id) -> str:
    """By which other desks know this one's connections."""
    return _NAMED + desk


def take_turn(connection: Connection, told: Told = nobody, idle: float = IDLE) -> None:
    """Nothing was written in this transaction yet: each look begins it anew. Raises EnvironmentFault centre_held,
    centre_held_unknown, centre_busy where whoever has it did nothing for more than `idle` seconds."""
    if _taken(connection):
        return
    try:
        _wait(connection, told, idle)
    finally:
        told(None)


def _wait(connection: Connection, told: Told, idle: float) -> None:
    seen_at = time.monotonic()
    while True:
        holder = _holder(connection)
        if holder is not None:
            _require_going_on(holder, idle)
            seen_at = time.monotonic()
            told(holder)
        elif time.monotonic() - seen_at > idle:  # of another role, whose doings this account is not shown
            raise EnvironmentFault("centre_busy")
        if _taken(connection):
            return


def _taken(connection: Connection) -> bool:
    try:
        first(connection, _TURN, {})
    except DBAPIError as fault:
        said = of_server(fault)
        if said is None or said.code != "centre_busy":
            raise
        connection.connection.rollback()
        return False
    return True


def _holder(connection: Connection) -> Holder | None:
    """None: it was given back meanwhile, or cannot be seen."""
    row = connection.execute(_HOLDER, {"named": _NAMED}).first()
    connection.connection.rollback()  # the table's lock that the look at the desks took
    return None if row is None or row.since is None else Holder(row.number, int(row.since), float(row.idle or 0))


def _require_going_on(holder: Holder, idle: float) -> None:
    if holder.idle > idle:
        code = "centre_held_unknown" if holder.desk is None else "centre_held"
        raise EnvironmentFault(code, desk=holder.desk, since=holder.since_when, seconds=int(holder.idle))
