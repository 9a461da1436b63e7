"""Connections to a centre on PostgreSQL, its tables, and whose turn it is (docs/decisions/centre-on-postgresql.md)."""

from collections.abc import Callable

from sqlalchemy import Connection, Engine, String, bindparam, create_engine, event, insert, inspect, make_url, select
from sqlalchemy.engine.interfaces import ExceptionContext
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.ddl import sort_tables

from appraisal.domain.errors import EnvironmentFault
from appraisal.domain.events import Id
from db import migrate, schema, secrets
from db.desk import Turn
from db.schema import secret
from db.secrets import Share
from db.server_faults import of_server
from db.statement import first
from db.turns import IDLE, LOOK_EVERY, Told, application_name, nobody, take_turn

CONNECT = 10
SLOTS = "key_slots"
_SESSION = (
    "synchronous_commit=on", f"lock_timeout={LOOK_EVERY}s", "idle_in_transaction_session_timeout=0",
    # a computer that loses power within its turn: the server notices after some 25 seconds
    "tcp_keepalives_idle=10", "tcp_keepalives_interval=5", "tcp_keepalives_count=3")
_KEEPALIVES = {"keepalives": 1, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3,
               "connect_timeout": CONNECT}
_OPENED = select(secrets.desk.c.session).where(secrets.desk.c.id == bindparam("desk"))


def connect(url: str, *, reads: bool = False, desk: Id | None = None) -> Engine:
    """`desk`: whose connections the others see. `reads`: each transaction sees one state and changes nothing. Of 32
    desks each keeps two connections open, more for moments only: a server takes 100 unless told otherwise. Its faults
    are EnvironmentFaults: server_unreachable, server_lost, centre_busy, disk_full."""
    parsed = make_url(url)
    given = parsed.query.get("options", "")
    named = {} if desk is None else {"application_name": application_name(desk)}
    options = " ".join((*(f"-c {one}" for one in _SESSION), *((given,) if isinstance(given, str) else given)))
    engine = create_engine(
        parsed, pool_pre_ping=True, pool_size=1, max_overflow=3 if reads else 1, hide_parameters=True,
        connect_args={**_KEEPALIVES, "options": options.strip(), **named},
        # whoever has waited for the turn has to see what was committed meanwhile, whatever the server's default
        isolation_level="REPEATABLE READ" if reads else "READ COMMITTED")
    if reads:
        engine.update_execution_options(postgresql_readonly=True)
    event.listen(engine, "handle_error", _say)
    return engine


def _say(context: ExceptionContext) -> None:
    fault = context.sqlalchemy_exception
    if isinstance(fault, DBAPIError) and not context.is_pre_ping:
        said = of_server(fault, at_connecting=context.connection is None)
        if said is not None:
            raise said from context.original_exception


def turn_of(share: Share, told: Told = nobody, idle: float = IDLE) -> Turn:
    """Raises EnvironmentFault as take_turn; desk_open_elsewhere where another process has opened the desk since."""
    def take(connection: Connection) -> None:
        take_turn(connection, told, idle)
        found = first(connection, _OPENED, {"desk": share.desk})
        if found is None or bytes(found.session) != share.session:
            raise EnvironmentFault("desk_open_elsewhere")

    return take


def require_empty(connection: Connection) -> None:
    """Raises EnvironmentFault server_has_centre, server_not_utf8, server_not_empty."""
    encoding = connection.exec_driver_sql("SHOW server_encoding").scalar()
    if encoding != "UTF8":
        raise EnvironmentFault("server_not_utf8", encoding=encoding)
    if has_centre(connection):
        raise EnvironmentFault("server_has_centre")
    if not {secret.name, schema.journal.name}.isdisjoint(inspect(connection).get_table_names()):
        raise EnvironmentFault("server_not_empty")


def has_centre(connection: Connection) -> bool:
    return inspect(connection).has_table(secrets.turn.name)


def create_tables(connection: Connection) -> None:
    migrate.create(connection)
    secrets.metadata.create_all(connection)
    for table in sort_tables([*schema.metadata.tables.values(), *secrets.metadata.tables.values()]):
        # text in the order of its code points, as SQLite has it, whatever the server's own order
        changes = [f'ALTER COLUMN "{column.name}" TYPE {column.type.compile(connection.dialect)} COLLATE "C"'
                   for column in table.columns if isinstance(column.type, String)]
        if changes:
            connection.exec_driver_sql(f'ALTER TABLE "{table.name}" {", ".join(changes)}')
    connection.execute(insert(secrets.turn).values(id=1))


class ServerSlots:
    """Key slots in the centre's database: a passphrase serves at every desk, a withdrawal counts at every desk."""

    def __init__(self, engine: Engine, name: str, told: Told = nobody) -> None:
        self._engine, self.name, self._told = engine, name, told

    def read(self) -> bytes | None:
        with self._engine.begin() as connection:
            return secrets.secret_of(connection, SLOTS)

    def change(self, change: Callable[[bytes | None], bytes]) -> None:
        with self._engine.begin() as connection:
            take_turn(connection, self._told)
            secrets.keep_secret(connection, SLOTS, change(secrets.secret_of(connection, SLOTS)))
