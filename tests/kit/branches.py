"""One desk twice: a copy of its file that goes on in an epoch of its own, as after a restore. And what both may do."""

import random
from dataclasses import replace
from pathlib import Path

from kit.desks import Clock, SimulatedDesk
from sqlalchemy import select

from appraisal.catalogue import load_schemes
from appraisal.domain.certificate import Bilingual, CertificateFace, CertificateIssued
from appraisal.domain.operator import Role
from appraisal.domain.person import differences
from appraisal.usecases.register_candidate import CorrectCandidate, correct_candidate
from db.desk import SqlDesk
from db.engine import open_sqlite
from db.journal import Origin
from db.outbox import SqlExchange
from db.rows import person_of
from db.schema import person

NOTHING = Bilingual("", "")


def branch(desk: SimulatedDesk, folder: Path, seed: int, later: int = 1000) -> SimulatedDesk:
    """The desk on a copy of its file, `later` milliseconds on, in a new epoch."""
    desk.engine.dispose()
    copy = folder / f"branch-{seed}.db"
    copy.write_bytes(Path(folder / f"desk-{desk.seed}.db").read_bytes())
    other = object.__new__(SimulatedDesk)
    other.engine, other.seed, other.clock = open_sqlite(copy), seed, Clock(desk.clock.now + later)
    other.random = random.Random(seed)
    origin = Origin(desk.desk.origin.desk, other.random.randbytes(16))
    other.desk = SqlDesk(other.engine, origin, load_schemes(), desk.desk.signer, other.clock, other.random.randbytes)
    other.exchange = SqlExchange(other.desk, desk.exchange._signer)
    return other


def correct(desk: SimulatedDesk, who: str, part: str, why: str = "typing error", **values: object) -> None:
    """`correct(desk, person, "identity", name="…")`, through the use case."""
    with desk.engine.begin() as connection:
        before = person_of(connection.execute(select(person).where(person.c.id == who)).one())
    after = replace(before, **{part: replace(getattr(before, part), **values)})
    assert differences(before, after)
    correct_candidate(CorrectCandidate(after, why, desk.operators[Role.REGISTRAR]), desk.desk)


def record(desk: SimulatedDesk, role: Role, *events: object, why: str | None = None) -> None:
    """Past the rules of this desk: as a desk gone wrong would."""
    with desk.desk.work(desk.operators[role]) as work:
        work.record(*events, why=why)


def issue(desk: SimulatedDesk, name: str, batch: str, number: str, slot: int, cose: bytes = b"") -> str:
    """A certificate in the journal, as issuing leaves it; without `cose` nobody may look at its envelope."""
    with desk.desk.work(desk.operators[Role.SUPERVISOR]) as work:
        enrolment = next(one for one in work.enrolments.in_batch(batch) if one.person == name)
        certificate = work.new_id()
        face = CertificateFace(number, "张三", "ZHANG San", "resident_id", "1", "ai-trainer", NOTHING, NOTHING, NOTHING,
                               NOTHING, 3, NOTHING, (), (), work.today, None, "")
        work.record(CertificateIssued(certificate, enrolment.id, name, number, "ai-trainer", batch, "t@1", None, cose,
                                      (1, slot), face))
    return certificate


