"""A simulated centre on a server with several desks, which draw their random numbers and their time from one source:
what is done at any of them is what one desk on SQLite would have done."""

import random
from dataclasses import dataclass, field
from datetime import date

from kit.desks import ROLES, SimulatedDesk
from sqlalchemy import Engine, insert

from appraisal.catalogue import load_schemes
from appraisal.credential.cose import Ed25519Signer
from appraisal.domain.centre import Lease
from appraisal.domain.certificate import Bilingual
from appraisal.domain.numbers import CertificateNumberGiven
from appraisal.domain.operator import Role
from appraisal.usecases.enrol_operator import EnrolOperator, enrol_operator
from appraisal.usecases.found_centre import FirstOperator, FoundCentre, found_centre
from appraisal.usecases.publicise import Publicise, close_publicity, publicise
from db import secrets, server
from db.desk import SqlDesk, keep_secret
from db.journal import Origin
from db.outbox import SqlExchange
from db.secrets import SHARE, Share

KEY = bytes(range(32))


@dataclass
class OnServer(SimulatedDesk):
    """The first desk. `engine` is for an empty database."""

    others: list[SimulatedDesk] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        with self.engine.begin() as connection:
            server.create_tables(connection)
        origin = Origin(self.random.randbytes(16), self.random.randbytes(16))
        self.desk = seated(self, self.engine, origin, 1, self.random.randbytes(32))
        self.exchange = SqlExchange(self.desk, Ed25519Signer.from_seed(self.random.randbytes(32)))
        found_centre(FoundCentre(
            f"C{self.seed:03d}", Bilingual(f"示范中心{self.seed}", f"Demonstration Centre {self.seed}"),
            "verify.example.org", tuple(FirstOperator(r.value, "操作员", frozenset({r})) for r in ROLES),
            self.demonstration), self.desk)

    def another(self) -> SimulatedDesk:
        number = len(self.others) + 2
        own = random.Random(self.seed * 100 + number)
        made = object.__new__(SimulatedDesk)
        made.__dict__.update({name: value for name, value in self.__dict__.items() if name != "operators"})
        made.engine = server.connect(self.engine.url.render_as_string(hide_password=False))
        made.desk = seated(made, made.engine, Origin(own.randbytes(16), own.randbytes(16)), number, own.randbytes(32))
        made.exchange = SqlExchange(made.desk, Ed25519Signer.from_seed(own.randbytes(32)))
        self.others.append(made)
        return made

    def dispose(self) -> None:
        for one in (self, *self.others):
            one.engine.dispose()


def seated(simulated: SimulatedDesk, engine: Engine, origin: Origin, number: int, seed: bytes) -> SqlDesk:
    """A desk in the database's table of desks, with its secrets."""
    share = Share(origin.desk.hex(), KEY, bytes([number]) * 16)
    engine.update_execution_options(**{SHARE: share})
    with engine.begin() as connection:
        connection.execute(insert(secrets.desk).values(id=share.desk, number=number, session=share.session))
        for name, value in (("desk", origin.desk), ("epoch", origin.epoch), ("centre_seed", seed)):
            keep_secret(connection, name, value)
    return SqlDesk(engine, origin, load_schemes(), Ed25519Signer.from_seed(seed), simulated.clock,
                   simulated.random.randbytes, turn=server.turn_of(share))


def to_certifying(first: SimulatedDesk, people: int) -> str:
    """A batch whose publicity is over; everybody has passed, and has a photo and a number of the province."""
    batch = first.open_batch()
    for person in first.people(people, batch):
        first.photo(person)
    first.examine(batch)
    supervisor = first.operators[Role.SUPERVISOR]
    publicise(Publicise(batch, supervisor), first.desk)
    first.clock.now += 20 * 86_400_000
    close_publicity(Publicise(batch, supervisor), first.desk)
    with first.desk.work(supervisor) as work:
        for serial, one in enumerate(work.enrolments.in_batch(batch)):
            work.record(CertificateNumberGiven(one.id, one.person, f"Y{serial:021d}", date(2026, 12, 1)))
    return batch


def certificate_officer(desk: SimulatedDesk) -> str:
    role = Role.CERTIFICATE_OFFICER
    return enrol_operator(
        EnrolOperator(role.value, "操作员", frozenset({role}), desk.operators[Role.ADMINISTRATOR]), desk.desk)


def lease(desk: SimulatedDesk, name: str, scheme: str = "ai-trainer", count: int = 20) -> None:
    """Numbers for this desk's epoch."""
    with desk.desk.work(desk.operators[Role.SUPERVISOR]) as work:
        number = int(name, 16)
        work.record(Lease(name * 32, scheme, f"Z{number}-", 1, count, number, tuple(range(count)),
                          desk.desk.origin.epoch.hex()))

