"""The desk's database: one writer, one unit of work for each command."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import date, datetime, timedelta, timezone
from functools import cached_property
from hashlib import sha256
from threading import Lock

from sqlalchemy import Connection, Engine, insert, select
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlcipher3 import dbapi2

from appraisal.credential.cose import Signer
from appraisal.credential.trust import TrustList
from appraisal.domain.centre import CentreFounded, Lease
from appraisal.domain.epochs import Beginning, EpochBegan
from appraisal.domain.errors import EnvironmentFault
from appraisal.domain.events import Id
from appraisal.domain.exchange import BundleExported, Place
from appraisal.domain.ids import uuid7
from appraisal.domain.operator import Operator
from appraisal.domain.scheme import Scheme
from appraisal.domain.staleness import Times
from appraisal.journal import open_attachment, seal_attachment
from db import association, journal, repositories
from db.exam_day import SqlExamDay
from db.journal import Origin
from db.projections import PROJECTIONS, Apply
from db.schema import adopted_file, attachment
from db.secrets import keep_secret
from db.server_faults import of_server
from db.tripwires import open_from_here, shut

CHINA = timezone(timedelta(hours=8))
Turn = Callable[[Connection], None]
"""Waits until nobody else writes into the database that several desks share, until this transaction ends."""


class SqlWork:
    """One transaction. Leaving `SqlDesk.work` commits it; an exception undoes all of it."""

    def __init__(self, connection: Connection, desk: "SqlDesk", operator: Id, end: journal.End,
                 late: Turn | None = None) -> None:
        """`late`: the turn that is to be taken when something is recorded."""
        self.connection, self._desk, self._late = connection, desk, late
        self.now = desk.clock()
        self.sends = False
        """Whether entries leave the desk by what is recorded here."""
        self._chain = journal.Chain(connection, desk.origin, desk.random, end)
        self._began_at = end.at[0]
        self.candidates = repositories.SqlCandidates(connection)
        self.batches = repositories.SqlBatches(connection)
        self.enrolments = repositories.SqlEnrolments(connection)
        self.exam_day = SqlExamDay(connection, desk.schemes)
        self.marks = repositories.SqlMarks(connection, desk.schemes)
        self.certificates = repositories.SqlCertificates(connection)
        self.operators = repositories.SqlOperators(connection)
        self._operator = operator

    @cached_property
    def operator(self) -> Operator:
        return self.operators.get(self._operator)

    @property
    def today(self) -> date:
        return datetime.fromtimestamp(self.now / 1000, CHINA).date()

    @property
    def centre(self) -> CentreFounded:
        return repositories.centre(self.connection)

    @property
    def trust(self) -> TrustList | None:
        return repositories.trust(self.connection)

    @property
    def leases(self) -> Sequence[Lease]:
        return repositories.leases(self.connection)

    @property
    def times(self) -> Times:
        return association.times(self.connection, self.now, self._began_at)

    def new_id(self) -> Id:
        return uuid7(self.now, self._desk.random(10))

    def take_turn(self) -> bool:
        """From here on nobody else writes. Whether others may have written since this unit of work began."""
        late, self._late = self._late, None
        if late is not None:
            late(self.connection)  # looks at who has the turn have ended what was open, and others may have written
            shut(self.connection)
            open_from_here(self.connection)
        return late is not None

    def record(self, *happened: object, why: str | None = None) -> None:
        if self._late is not None:
            self.take_turn()
        for one in happened:
            position = self._chain.append(one, self._operator, self.now, why)
            PROJECTIONS[type(one)](Apply(self.connection, position, why), one)
            self.sends |= type(one) is BundleExported

    def close(self) -> journal.End:
        """Closes the entries; where the chain will end once this is committed."""
        self._chain.close()
        return self._chain.end

    def keep_file(self, data: bytes) -> str:
        self.take_turn()
        name = sha256(data).hexdigest()
        if self.connection.scalar(select(adopted_file.c.digest).where(adopted_file.c.digest == name)) is None:
            self.connection.execute(insert(adopted_file).values(digest=name, data=data))
        return name

    def attach(self, person: Id, data: bytes) -> str:
        self.take_turn()
        name, sealed = seal_attachment(data, self._chain.key(person), self._desk.random(12))
        self.connection.execute(insert(attachment).values(id=name, person=person, sealed=sealed))
        return name

    def attached(self, name: str) -> bytes:
        return read_attachment(self.connection, name)


class SqlDesk:
    """`clock` gives milliseconds since 1970, UTC; `random` gives so many random bytes; `signer` is the centre's."""

    def __init__(self, engine: Engine, origin: Origin, schemes: Mapping[str, Scheme], signer: Signer,
                 clock: Callable[[], int], random: Callable[[int], bytes],
                 announce: Callable[[], None] = lambda: None, turn: Turn | None = None) -> None:
        self.engine, self.origin, self.schemes, self.signer = engine, origin, schemes, signer
        self.clock, self.random, self._announce, self._turn = clock, random, announce, turn
        self._one_writer = Lock()
        self.after_sending: Callable[[Origin, journal.End], None] = lambda *_: None
        """Told where the chain ended when entries have left: a copy must never write these places a second time."""
        self._end: journal.End | None = None
        """Where the chain ended when this desk last committed. Nobody else appends to it: one process holds the file,
        and were it otherwise, (desk, epoch, seq) is unique and the second writer refused."""

    def work(self, operator: Id) -> AbstractContextManager[SqlWork]:
        """Raises EnvironmentFault where the disk refuses; nothing is kept then."""
        return self._working(operator, self._turn, None)

    def work_late(self, operator: Id) -> AbstractContextManager[SqlWork]:
        """As `work`, for what takes its time before it records: other desks may write meanwhile."""
        return self._working(operator, None, self._turn)

    @contextmanager
    def _working(self, operator: Id, turn: Turn | None, late: Turn | None) -> Iterator[SqlWork]:
        with self._one_writer, disk_faults():
            end, self._end = self._end, None
            with self.engine.begin() as connection:
                if turn is not None:
                    turn(connection)
                work = SqlWork(connection, self, operator, end or journal.end_of(connection, self.origin), late)
                yield work
                end = work.close()
            self._end = end
            if work.sends:
                self.after_sending(self.origin, end)
        self._announce()

    @property
    def end(self) -> journal.End:
        """Where the chain ends."""
        with self._one_writer:
            if self._end is None:
                with self.engine.begin() as connection:
                    self._end = journal.end_of(connection, self.origin)
            return self._end

    def begin_epoch(self, reason: Beginning, incarnation: bytes | None = None) -> None:
        """A new epoch, whose first entry says which one it follows. `incarnation`: new too, in the same transaction."""
        with self._one_writer, disk_faults():
            old, self._end = self.origin, None
            new = Origin(old.desk, self.random(16))
            try:
                with self.engine.begin() as connection:
                    if self._turn is not None:
                        self._turn(connection)
                    last = journal.end_of(connection, old)
                    self.origin = new
                    work = SqlWork(connection, self, "", journal.End(at=last.at))
                    work.record(EpochBegan(new.epoch.hex(), new.desk.hex(), reason,
                                           Place(old.epoch.hex(), last.seq, last.hash)))
                    keep_secret(connection, "epoch", new.epoch)
                    if incarnation is not None:
                        keep_secret(connection, "incarnation", incarnation)
                    end = work.close()
            except BaseException:
                self.origin = old
                raise
            self._end = end
        self._announce()


@contextmanager
def disk_faults() -> Iterator[None]:
    try:
        yield
    except OperationalError as fault:
        if (lost := of_server(fault)) is not None:
            raise lost from fault
        if not isinstance(fault.orig, dbapi2.OperationalError):
            raise
        full = "full" in str(fault.orig)
        raise EnvironmentFault("disk_full" if full else "database_fault", reason=str(fault.orig)) from fault
    except DBAPIError as fault:
        if (lost := of_server(fault)) is not None:
            raise lost from fault
        if isinstance(fault.orig, dbapi2.DatabaseError) and (
                "malformed" in str(fault.orig) or "not a database" in str(fault.orig)):
            raise EnvironmentFault("database_fault", reason=str(fault.orig)) from fault
        raise


def read_attachment(connection: Connection, name: str) -> bytes:
    row = connection.execute(select(attachment).where(attachment.c.id == name)).one()
    key = journal.key_of(connection, row.person)
    if key is None:
        raise EnvironmentFault("attachment_erased")
    return open_attachment(row.sealed, key)
