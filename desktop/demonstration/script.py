"""The demonstration centre: invented people, a public passphrase, a clock that can be moved on."""

import csv
import io
import tomllib
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from importlib.resources import files
from typing import Any

import msgspec

from appraisal.domain.batch import ORDER, BatchState
from appraisal.domain.certificate import Bilingual
from appraisal.domain.enrolment import EnrolmentState
from appraisal.domain.events import Id
from appraisal.domain.operator import Role
from appraisal.usecases.found_centre import FirstOperator, FoundCentre
from appraisal.usecases.open_batch import MoveBatch, OpenBatch, move_batch, open_batch
from appraisal.usecases.publicise import Publicise, close_publicity, publicise
from appraisal.usecases.reads import BatchRow
from appraisal.usecases.submit_enrolment import ReviewEnrolments, review_enrolments
from db.centre import Centre, Surroundings, create_centre
from db.desk import CHINA
from db.folder import DEMONSTRATION_MEMORY, Place
from db.keyslots import Cost

HOUR = 9


@dataclass(frozen=True, slots=True)
class DemoCentre:
    code: str
    host: str
    name: Bilingual


@dataclass(frozen=True, slots=True)
class DemoBatch:
    code: str
    title: str
    title_en: str
    scheme: str
    exam_day: date
    places: int
    roster: str
    admissions: str
    marks: str


@dataclass(frozen=True, slots=True)
class DemoOperator:
    login: str
    name: str
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """resources/demo/demo.toml."""

    passphrase: str
    seed: int
    centre: DemoCentre
    association: dict[str, Any]
    batches: tuple[DemoBatch, ...]
    operators: tuple[DemoOperator, ...]


def load_script() -> Script:
    return msgspec.convert(tomllib.loads((files("resources") / "demo" / "demo.toml").read_text("utf-8")), Script)


def shipped(name: str) -> bytes:
    return (files("resources") / "demo" / name).read_bytes()


def create_demonstration(place: Place, script: Script, around: Surroundings) -> None:
    """Its passphrase is public, so its slots cost nothing to open."""
    around = replace(around, cost=Cost(time=1, memory=DEMONSTRATION_MEMORY, lanes=1))
    create_centre(place, FoundCentre(
        script.centre.code, script.centre.name, script.centre.host,
        tuple(FirstOperator(one.login, one.name, frozenset(one.roles)) for one in script.operators),
        demonstration=True), {one.login: script.passphrase for one in script.operators}, around)


class Demonstration:
    """Plays the people whose turn it is, each under their own name, so that a day can be gone through by one person."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre
        self._operators = centre.reads.operators()

    def operator(self, role: Role) -> Id:
        return next(one.id for one in self._operators if role in one.roles)

    def open(self, batch: DemoBatch, exam_day: date) -> Id:
        """A batch that takes enrolments."""
        supervisor = self.operator(Role.SUPERVISOR)
        opened = open_batch(OpenBatch(batch.code, batch.title, batch.scheme, exam_day, batch.places, supervisor),
                            self._centre.desk)
        for state in (BatchState.FILED, BatchState.PUBLISHED):
            move_batch(MoveBatch(opened, state, supervisor), self._centre.desk)
        return opened

    def approve(self, batch: Id) -> int:
        waiting = tuple(one.id for one in self._centre.reads.enrolments(batch)
                        if one.state == EnrolmentState.SUBMITTED.value)
        review_enrolments(ReviewEnrolments(waiting, EnrolmentState.APPROVED, self.operator(Role.REVIEWER)),
                          self._centre.desk)
        return len(waiting)

    def bring(self, batch: Id, to: BatchState) -> None:
        """Every step up to `to`, with the clock moved on to the day that the step may be taken."""
        while (row := self._row(batch)).state != to.value and ORDER.index(BatchState(row.state)) < ORDER.index(to):
            self._step(row, ORDER[ORDER.index(BatchState(row.state)) + 1])

    def be_on(self, day: date) -> None:
        """Not before nine o'clock of this day; the clock never goes back."""
        wanted = int(datetime.combine(day, time(HOUR), CHINA).timestamp() * 1000)
        self._centre.move_clock(max(0, wanted - self._centre.clock()))

    def _step(self, row: BatchRow, to: BatchState) -> None:
        supervisor, desk = self.operator(Role.SUPERVISOR), self._centre.desk
        if to is BatchState.PUBLICISED:
            publicise(Publicise(row.id, supervisor), desk)
        elif to is BatchState.CERTIFYING:
            assert row.publicity_ends is not None
            self.be_on(date.fromordinal(row.publicity_ends.toordinal() + 1))
            close_publicity(Publicise(row.id, supervisor), desk)
        else:
            if to is BatchState.EXAMINING:
                self.be_on(row.exam_day)
            move_batch(MoveBatch(row.id, to, supervisor), desk)

    def _row(self, batch: Id) -> BatchRow:
        return next(one for one in self._centre.reads.batches() if one.id == batch)

    def province_numbers(self, batch: Id, day: date) -> bytes:
        """A file of national certificate numbers as a province would send it for those who passed: CSV, UTF-8 with BOM.
        The numbers begin with `S0000`, which no body has, and are for the demonstration only."""
        rows = [one for one in self._centre.reads.to_issue(batch) if one.blocked == "national_number_missing"]
        about = {one.id: one for one in self._centre.reads.enrolments(batch)}
        taken = len(self._centre.reads.certificate_rows(batch))
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(("姓名", "证件号码", "证书编号", "证书版面发证日期"))
        for serial, one in enumerate(rows, taken + 1):
            number = f"S000011{day:%y}{day:%m%d}{one.level or 0}{batch_digits(batch)}{serial:05d}"
            writer.writerow((one.name, about[one.enrolment].document_number, number, day.isoformat()))
        return out.getvalue().encode("utf-8-sig")


def batch_digits(batch: Id) -> str:
    """Three digits that tell batches of one day apart."""
    return f"{int(batch, 16) % 1000:03d}"


