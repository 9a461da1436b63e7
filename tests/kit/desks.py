"""A simulated centre: a desk with its operators, people, a batch and marks, made through the real use cases."""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from sqlalchemy import Engine, select

from appraisal.catalogue import load_schemes
from appraisal.credential.cose import Ed25519Signer
from appraisal.domain.batch import BatchState
from appraisal.domain.certificate import Bilingual
from appraisal.domain.consent import Purpose
from appraisal.domain.enrolment import EnrolmentState, EnrolmentSubmitted
from appraisal.domain.marks import Mark, MarkState
from appraisal.domain.numbers import CertificateNumberGiven
from appraisal.domain.operator import Role
from appraisal.domain.person import Background, Contact, Identity
from appraisal.usecases.adopt_grant import Adopted, AdoptGrant, AskToJoin, adopt_grant, ask_to_join, fingerprint_of
from appraisal.usecases.enter_mark import EnterMark, enter
from appraisal.usecases.export_bundle import ExportBundle, Exported, export_bundle
from appraisal.usecases.found_centre import FirstOperator, FoundCentre, found_centre
from appraisal.usecases.import_receipt import ImportReceipt, ReceiptCounts, import_receipt
from appraisal.usecases.import_short_receipt import ImportShortReceipt, ShortReceiptCounts, import_short_receipt
from appraisal.usecases.open_batch import MoveBatch, OpenBatch, move_batch, open_batch
from appraisal.usecases.ports import Step, no_step
from appraisal.usecases.register_candidate import (
    AttachPhotos,
    ChangeConsent,
    RegisterCandidate,
    attach_photos,
    change_consent,
    register,
)
from appraisal.usecases.submit_enrolment import (
    ReviewEnrolments,
    Seat,
    SeatEnrolments,
    SubmitEnrolment,
    review_enrolments,
    seat_enrolments,
    submit,
)
from db import schema
from db.bundle_files import BundleFolders
from db.create import create_schema
from db.desk import SqlDesk
from db.engine import open_sqlite
from db.journal import Origin
from db.outbox import SqlExchange

EXAM_DAY = date(2026, 11, 14)
START = int(datetime(2026, 11, 1, 9, tzinfo=timezone(timedelta(hours=8))).timestamp() * 1000)
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈", "伟芳娜敏静磊洋艳勇杰娟涛明超霞平刚桂"
ROLES = (Role.ADMINISTRATOR, Role.REGISTRAR, Role.REVIEWER, Role.MARKS_A, Role.MARKS_B, Role.SUPERVISOR)


@dataclass
class Clock:
    """Milliseconds since 1970; every look takes one."""

    now: int = START

    def __call__(self) -> int:
        self.now += 1
        return self.now


@dataclass
class SimulatedDesk:
    engine: Engine
    seed: int = 1
    clock: Clock = field(default_factory=Clock)
    demonstration: bool = True
    """A demonstration's clock is moved by hand, so its age and its lists' are not asked."""

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        with self.engine.begin() as connection:
            create_schema(connection)
        self.desk = SqlDesk(self.engine, Origin(self.random.randbytes(16), self.random.randbytes(16)), load_schemes(),
                            Ed25519Signer.from_seed(self.random.randbytes(32)), self.clock, self.random.randbytes)
        self.exchange = SqlExchange(self.desk, Ed25519Signer.from_seed(self.random.randbytes(32)))
        found_centre(FoundCentre(
            f"C{self.seed:03d}", Bilingual(f"示范中心{self.seed}", f"Demonstration Centre {self.seed}"),
            "verify.example.org", tuple(FirstOperator(r.value, "操作员", frozenset({r})) for r in ROLES),
            self.demonstration),
            self.desk)

    @property
    def id(self) -> str:
        return self.desk.origin.desk.hex()

    @cached_property
    def operators(self) -> dict[Role, str]:
        with self.engine.begin() as connection:
            return {Role(row.login): row.id for row in connection.execute(select(schema.operator))}

    def join(self, enrol: Callable[[bytes], bytes]) -> Adopted:
        supervisor = self.operators[Role.SUPERVISOR]
        return self.adopt(enrol(ask_to_join(AskToJoin(supervisor), self.desk, self.exchange)))

    def fingerprint(self) -> bytes:
        return fingerprint_of(AskToJoin(self.operators[Role.SUPERVISOR]), self.desk, self.exchange)

    def adopt(self, grant: bytes) -> Adopted:
        return adopt_grant(AdoptGrant(grant, self.operators[Role.SUPERVISOR]), self.desk, self.exchange)

    def open_batch(self, code: str = "B1", scheme: str = "ai-trainer", places: int = 1_000_000) -> str:
        supervisor = self.operators[Role.SUPERVISOR]
        batch = open_batch(OpenBatch(code, "十一月批次", scheme, EXAM_DAY, places, supervisor), self.desk)
        self.move(batch, BatchState.FILED, BatchState.PUBLISHED)
        return batch

    def move(self, batch: str, *states: BatchState) -> None:
        for state in states:
            move_batch(MoveBatch(batch, state, self.operators[Role.SUPERVISOR]), self.desk)

    def people(self, count: int, batch: str | None = None, consent: Callable[[int], bool] = lambda _: True,
               level: int = 3) -> list[str]:
        """Registered, and enrolled where a batch is given. Returns their ids."""
        registrar, found = self.operators[Role.REGISTRAR], []
        with self.desk.work(registrar) as work:
            for number in range(count):
                person = register(work, self._candidate(number, (Purpose.ASSOCIATION,) if consent(number) else ()))
                if batch:
                    submit(work, self.desk, SubmitEnrolment(person, batch, level, "取得四级证书", registrar))
                found.append(person)
        return found

    def photo(self, person: str, size: int = 2000) -> None:
        attach_photos(AttachPhotos(((person, self.random.randbytes(size)),), self.operators[Role.REGISTRAR]), self.desk)

    def consent(self, person: str, given: bool) -> None:
        change_consent(ChangeConsent(person, Purpose.ASSOCIATION, given, self.operators[Role.REGISTRAR]), self.desk)

    def examine(self, batch: str) -> None:
        """Reviewed, seated, and both entries of every mark."""
        with self.desk.work(self.operators[Role.REVIEWER]) as work:
            enrolments = [one.id for one in work.enrolments.in_batch(batch)]
        review_enrolments(ReviewEnrolments(tuple(enrolments), EnrolmentState.APPROVED, self.operators[Role.REVIEWER]),
                          self.desk)
        seats = tuple(Seat(one, f"26{self.seed:03d}{n:06d}", "1", str(n)) for n, one in enumerate(enrolments))
        seat_enrolments(SeatEnrolments(batch, seats, self.operators[Role.REGISTRAR]), self.desk)
        self.move(batch, BatchState.CLOSED, BatchState.SEATED)
        self.clock.now += 14 * 86_400_000
        self.move(batch, BatchState.EXAMINING, BatchState.MARKING)
        for entry, role in ((1, Role.MARKS_A), (2, Role.MARKS_B)):
            self._enter(enrolments, entry, self.operators[role])

    def export(self, out: Path, step: Step = no_step) -> Exported:
        return export_bundle(ExportBundle(out, self.operators[Role.SUPERVISOR]), self.desk, self.exchange,
                             BundleFolders(), step)

    def twin(self, copy: Path) -> "SimulatedDesk":
        """The same desk on a copy of its file: what must not happen, and does."""
        twin = object.__new__(SimulatedDesk)
        twin.engine, twin.seed, twin.clock = open_sqlite(copy), self.seed, Clock(self.clock.now + 1000)
        twin.random = random.Random(self.seed + 1000)
        twin.desk = SqlDesk(twin.engine, self.desk.origin, load_schemes(), self.desk.signer, twin.clock,
                            twin.random.randbytes)
        twin.exchange = SqlExchange(twin.desk, self.exchange._signer)
        return twin

    def record_enrolment(self, batch: str) -> None:
        """An enrolment in a batch of another desk, past the rules and the foreign key of this one."""
        registrar = self.operators[Role.REGISTRAR]
        with self.engine.begin() as connection:
            person = connection.scalar(select(schema.person.c.id))
        with self.desk.work(registrar) as work:
            chain = work._chain
            chain.append(EnrolmentSubmitted(work.new_id(), person, batch, 3, "", "x", "正考", registrar), registrar,
                         work.now, None)

    def give_number(self, batch: str, number: str) -> None:
        """The province's number for everybody in the batch."""
        registrar = self.operators[Role.REGISTRAR]
        with self.desk.work(registrar) as work:
            for one in work.enrolments.in_batch(batch):
                work.record(CertificateNumberGiven(one.id, one.person, number, EXAM_DAY))

    def receive(self, receipt: bytes) -> ReceiptCounts:
        return import_receipt(ImportReceipt(receipt, self.operators[Role.SUPERVISOR]), self.desk, self.exchange)

    def receive_short(self, data: bytes) -> ShortReceiptCounts:
        return import_short_receipt(ImportShortReceipt(data, self.operators[Role.SUPERVISOR]), self.desk, self.exchange)

    def _enter(self, enrolments: Iterable[str], entry: int, operator: str) -> None:
        with self.desk.work(operator) as work:
            for number, enrolment in enumerate(enrolments):
                for subject in ("theory", "practice"):
                    mark = Mark(MarkState.PRESENT, Decimal(60 + number % 40))
                    enter(work, EnterMark(enrolment, subject, entry, mark, operator))

    def _candidate(self, number: int, consents: tuple[Purpose, ...]) -> RegisterCandidate:
        name = SURNAMES[number % 10] + GIVEN[number // 10 % 18] + GIVEN[number // 180 % 18]
        serial = self.seed * 10_000_000 + number + self.clock.now % 1000 * 1_000_000_000
        return RegisterCandidate(
            Identity(name, "ZHANG San", "resident_id", f"9{serial:017d}", "M", date(1990, 1, 1)),
            Contact(f"154{number % 10**8:08d}"), Background(employer="某科技公司"), self.operators[Role.REGISTRAR],
            consents, "paper")


def new_desk(folder: Path | None, seed: int = 1) -> SimulatedDesk:
    """On a plain SQLite file, or in memory."""
    return SimulatedDesk(open_sqlite(folder / f"desk-{seed}.db" if folder else None), seed)


def whole_day(folder: Path, people: int = 20) -> SimulatedDesk:
    """A centre with a batch in marking; nobody has withheld consent."""
    desk = new_desk(folder)
    batch = desk.open_batch()
    for person in desk.people(people, batch):
        desk.photo(person)
    desk.examine(batch)
    return desk
