"""Desks in data folders of their own, as the program opens them, and the world they are copied from: made once, then
had again for each example by copying files."""

import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from kit.branches import NOTHING
from kit.desks import Clock, SimulatedDesk
from kit.libraries import SimulatedLibrary
from sqlalchemy import Connection, Engine, event, select

from appraisal.catalogue import load_schemes
from appraisal.domain.batch import BatchState
from appraisal.domain.certificate import Bilingual, CertificateFace, CertificateIssued, CertificateRevoked
from appraisal.domain.consent import Purpose
from appraisal.domain.enrolment import EnrolmentState
from appraisal.domain.marks import Mark, MarkState
from appraisal.domain.operator import Role
from appraisal.domain.person import Background, Contact, Identity
from appraisal.usecases.adopt_grant import AskToJoin, ask_to_join
from appraisal.usecases.enter_mark import EnterMark, enter_mark
from appraisal.usecases.found_centre import FirstOperator, FoundCentre
from appraisal.usecases.register_candidate import RegisterCandidate, register_candidate
from appraisal.usecases.submit_enrolment import (
    ReviewEnrolments,
    Seat,
    SeatEnrolments,
    review_enrolments,
    seat_enrolments,
)
from db.bundle_files import open_bundle
from db.centre import Surroundings, create_centre, open_centre
from db.create import allow_doubles, create_schema
from db.engine import open_sqlite
from db.epochs import Incarnations
from db.keyslots import Cost
from db.rebuild import digest, replay
from db.restoring import Restored, take_restoration
from db.schema import PROJECTED, certificate, enrolment
from library.moving import create_like
from library.opening import open_library

OPENER, PASSPHRASE, SCHEME, CODE, PEOPLE = "administrator", "four quiet words", "ai-trainer", "B1", 2
TWO_WEEKS = 14 * 86_400_000
ENTRY_OF = {1: Role.MARKS_A, 2: Role.MARKS_B}
SCHEMES = load_schemes()


def name_of(serial: int) -> str:
    """Under which a serial is registered."""
    return "赵钱孙李"[serial % 4] + "伟"


class RealDesk(SimulatedDesk):
    """The desk in `folder`, on a machine that keeps what it knows in `settings`."""

    def __init__(self, folder: Path, settings: Path, seed: int, clock: Clock, spelt: "Spelt") -> None:
        self.folder, self.settings, self.seed, self.clock = folder, settings, seed, clock
        self.random, self.spelt = random.Random(seed), spelt
        self.open()

    @property
    def around(self) -> Surroundings:
        return Surroundings(SCHEMES, self.clock, self.random.randbytes, Cost(1, 8, 1), self.settings)

    def open(self) -> None:
        self.centre = open_centre(self.folder, OPENER, PASSPHRASE, self.around)
        self.engine, self.desk, self.exchange = self.centre.writer, self.centre.desk, self.centre.exchange
        self.spelt.share(self.engine, "desk")

    def close(self) -> None:
        self.centre.close()

    def die(self) -> None:
        """As killed: nothing is noted beside the machine."""
        self.centre._copy = None
        self.centre.close()

    def register_one(self, serial: int, *, agrees: bool) -> str:
        """The same serial is the same document."""
        return register_candidate(RegisterCandidate(
            Identity(name_of(serial), "ZHAO Wei", "resident_id", f"9{serial:017d}", "M",
                     date(1990, 1, 1)),
            Contact(f"154{serial:08d}"), Background(employer="示例"), self.operators[Role.REGISTRAR],
            (Purpose.ASSOCIATION,) if agrees else (), "paper"), self.desk)

    def seated(self) -> list[Any]:
        """Enrolments that may get marks: id, person, batch."""
        with self.engine.begin() as connection:
            return list(connection.execute(select(enrolment.c.id, enrolment.c.person, enrolment.c.batch).where(
                enrolment.c.state == "seated").order_by(enrolment.c.id)).all())

    def mark(self, who: str, entry: int, value: int) -> None:
        role = ENTRY_OF[entry]
        enter_mark(EnterMark(who, "theory", entry, Mark(MarkState.PRESENT, Decimal(value)), self.operators[role]),
                   self.desk)

    def issue(self, row: Any) -> str | None:
        """With the first number that this desk may use; None where it has none, or the certificate is there."""
        with self.desk.work(self.operators[Role.SUPERVISOR]) as work:
            slot = next(iter(work.certificates.free_slots(SCHEME)), None)
            if slot is None or work.certificates.of_enrolment(row.id) is not None:
                return None
            face = CertificateFace(slot.number, "张三", "ZHANG San", "resident_id", "1", SCHEME, NOTHING, NOTHING,
                                   NOTHING, NOTHING, 3, NOTHING, (), (), work.today, None, "")
            work.record(CertificateIssued(work.new_id(), row.id, row.person, slot.number, SCHEME, row.batch, "t@1",
                                          None, b"", slot.status, face))
        return str(slot.number)

    def issued(self) -> list[Any]:
        with self.engine.begin() as connection:
            return list(connection.execute(select(certificate).order_by(certificate.c.number)).all())

    def revoke(self, row: Any) -> None:
        with self.desk.work(self.operators[Role.SUPERVISOR]) as work:
            work.record(CertificateRevoked(row.id, row.person, "x"), why="misprint")

    def request(self) -> bytes:
        return ask_to_join(AskToJoin(self.operators[Role.SUPERVISOR]), self.desk, self.exchange)

    def take_back(self, given: Path) -> Restored:
        return take_restoration(self.desk, self.exchange, str(self.centre.age), open_bundle(given, "restoration.cose"),
                                self.operators[Role.SUPERVISOR])

    def image(self, folder: Path, settings: Path) -> None:
        """The whole machine a second time, with all that it knows: no copy can tell. The desk is closed."""
        shutil.copytree(self.folder, folder)
        known = Incarnations(self.settings).of(self.desk.origin.desk.hex(), self.folder)
        assert known is not None
        Incarnations(settings).keep(type(known)(**{name: getattr(known, name) for name in known.__slots__}
                                                | {"folder": str(folder.resolve())}))


class Spelt:
    """Statements that one engine has spelt out serve all engines of its kind: an example opens a dozen of them."""

    def __init__(self) -> None:
        self._first: dict[str, Engine] = {}

    def share(self, engine: Engine, kind: str) -> Engine:
        first = self._first.setdefault(kind, engine)
        engine.dialect, engine._compiled_cache = first.dialect, first._compiled_cache
        return engine


def found(folder: Path, settings: Path, number: int, clock: Clock, spelt: Spelt) -> RealDesk:
    """A centre with people who sit an examination, in marking."""
    roles = tuple(FirstOperator(one.value, "操作员", frozenset({one})) for one in Role)
    around = Surroundings(SCHEMES, clock, random.Random(number).randbytes, Cost(1, 8, 1), settings)
    create_centre(folder, FoundCentre(f"C{number:03d}", Bilingual(f"示例中心{number}", f"Centre {number}"),
                                      "v.example.com", roles, demonstration=True), {OPENER: PASSPHRASE}, around)
    return RealDesk(folder, settings, 100 + number, clock, spelt)


def begin_marking(desk: RealDesk) -> None:
    batch = desk.open_batch(CODE)
    desk.people(PEOPLE, batch)
    with desk.desk.work(desk.operators[Role.REVIEWER]) as work:
        enrolments = [one.id for one in work.enrolments.in_batch(batch)]
    review_enrolments(ReviewEnrolments(tuple(enrolments), EnrolmentState.APPROVED, desk.operators[Role.REVIEWER]),
                      desk.desk)
    seats = tuple(Seat(one, f"26{desk.seed:03d}{n:06d}", "1", str(n)) for n, one in enumerate(enrolments))
    seat_enrolments(SeatEnrolments(batch, seats, desk.operators[Role.REGISTRAR]), desk.desk)
    desk.move(batch, BatchState.CLOSED, BatchState.SEATED)
    desk.clock.now += TWO_WEEKS
    desk.move(batch, BatchState.EXAMINING, BatchState.MARKING)


def careless(engine: Engine) -> Engine:
    """What a cut of power leaves is the business of other tests."""
    event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=OFF"))
    return engine


@dataclass
class World:
    """A library, and desks that it has enrolled, in files: `fresh` makes them what they were."""

    folder: Path
    desks: int
    postgresql: "Databases | None" = None
    clock: int = field(init=False)

    def __post_init__(self) -> None:
        self.kept, self.work, self.spelt = self.folder / "kept", self.folder / "work", Spelt()
        self.work.mkdir(parents=True)
        library, clock = SimulatedLibrary(careless(open_sqlite(self.work / "library.db"))), Clock()
        for number in range(self.desks):
            desk = found(self.desk(number), self.settings(number), number, clock, self.spelt)
            desk.adopt(library.enrol(desk.request()))
            begin_marking(desk)
            desk.close()
        self.clock = clock.now
        if self.postgresql is not None:
            self.postgresql.begin(library.library.engine)
        library.library.engine.dispose()
        empty = open_sqlite(self.work / "empty.db")
        with empty.begin() as connection:
            create_schema(connection)
            allow_doubles(connection)
        empty.dispose()
        self.work.rename(self.kept)

    def desk(self, number: int) -> Path:
        return self.work / f"{number}" / "desk"

    def settings(self, number: int) -> Path:
        return self.work / f"{number}" / "settings"

    def fresh(self) -> None:
        shutil.rmtree(self.work, ignore_errors=True)
        self.work.mkdir()

    def open_desk(self, number: int, clock: Clock) -> RealDesk:
        """Copied now: an example needs few of them."""
        shutil.copytree(self.kept / f"{number}", self.work / f"{number}")
        return RealDesk(self.desk(number), self.settings(number), 200 + number, clock, self.spelt)

    def clone(self, number: int, desk: RealDesk, settings: Path) -> RealDesk:
        """On the folder that is copied already."""
        return RealDesk(self.desk(number), settings, 200 + number, Clock(desk.clock.now), self.spelt)

    def library(self, name: str) -> SimulatedLibrary:
        """A new one, with nothing taken in."""
        file = self.work / f"{name}.db"
        shutil.copyfile(self.kept / "library.db", file)
        return opened(self._open(file), self.clock)

    def on_postgresql(self) -> SimulatedLibrary:
        assert self.postgresql is not None
        return opened(self.spelt.share(self.postgresql.fresh(), "postgresql"), self.clock)

    def differing(self, connection: Connection) -> tuple[str, ...]:
        """As db.rebuild's, which makes its tables anew each time."""
        file = self.work / "rebuilt.db"
        shutil.copyfile(self.kept / "empty.db", file)
        engine = self._open(file)
        with engine.begin() as fresh:
            replay(connection, fresh)
            found = tuple(table.name for table in PROJECTED if digest(connection, table) != digest(fresh, table))
        engine.dispose()
        return found

    def _open(self, file: Path) -> Engine:
        return self.spelt.share(careless(open_sqlite(file)), "library")


class Databases:
    """Libraries on a PostgreSQL server: one is the pattern of the others."""

    def __init__(self, admin: Engine, opener: Callable[[str], Engine]) -> None:
        self._admin, self._opener = admin, opener

    def begin(self, old: Engine) -> None:
        self._run("DROP DATABASE IF EXISTS machine WITH (FORCE)", "CREATE DATABASE machine")
        engine = self._opener("machine")
        assert create_like(engine, old)
        engine.dispose()

    def fresh(self) -> Engine:
        self._run("DROP DATABASE IF EXISTS machine_work WITH (FORCE)",
                  "CREATE DATABASE machine_work TEMPLATE machine")
        return self._opener("machine_work")

    def end(self) -> None:
        self._run(*(f"DROP DATABASE IF EXISTS {one} WITH (FORCE)" for one in ("machine", "machine_work")))

    def _run(self, *statements: str) -> None:
        with self._admin.connect() as connection:
            for one in statements:
                connection.exec_driver_sql(one)


def opened(engine: Engine, clock: int) -> SimulatedLibrary:
    """The same clock and the same chance on every engine."""
    library = object.__new__(SimulatedLibrary)
    library.random, library.clock = random.Random(7), Clock(clock)
    library.library = open_library(engine, SCHEMES, library.clock, library.random.randbytes)
    return library
