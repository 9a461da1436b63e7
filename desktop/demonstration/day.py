"""The steps of the demonstration's day that handle files: rosters, photos, admission numbers, marks."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from appraisal.documents.portrait import drawn_portrait
from appraisal.domain.consent import Purpose
from appraisal.domain.events import Id
from appraisal.domain.operator import Role
from appraisal.domain.photo_rule import photo_rule
from appraisal.domain.problem import Problem, Verdict
from appraisal.sheets.roster import open_roster
from appraisal.sheets.wording import problem_sentence
from appraisal.usecases.enter_mark import ENTRY_ROLE
from appraisal.usecases.import_admissions import ImportAdmissions, import_admissions, preview_admissions
from appraisal.usecases.import_marks import ImportMarks, import_marks, preview_marks
from appraisal.usecases.import_photos import ImportPhotos, PhotoFate, PreviewPhotos, import_photos, preview_photos
from appraisal.usecases.import_roster import ImportRoster, import_roster
from appraisal.usecases.preview_roster import PreviewRoster, preview_roster
from appraisal.usecases.reads import EnrolmentRow
from appraisal.usecases.register_candidate import AttachPhotos, attach_photos
from appraisal.usecases.submit_enrolment import Seat, SeatEnrolments, seat_enrolments
from db.desk import CHINA
from db.files import pictures_in, read_file
from desktop.demonstration.script import DemoBatch, Demonstration, batch_digits, shipped
from desktop.i18n import current_language
from desktop.press import DeskPress
from desktop.session import Session

ROOM_SEATS = 30


@dataclass(frozen=True, slots=True)
class Given:
    """Files of one's own; None: the shipped ones."""

    roster: Path | None = None
    admissions: Path | None = None
    marks: Path | None = None
    photos: Path | None = None


@dataclass(slots=True)
class Day:
    """`counts` and `problems` grow as the day goes on."""

    session: Session
    press: DeskPress
    seed: int
    counts: Counter[str] = field(default_factory=lambda: Counter(candidates=0, refused_rows=0, enrolled=0))
    problems: list[dict[str, Any]] = field(default_factory=list)

    def register(self, batch: Id, script: DemoBatch, given: Given) -> None:
        """Roster, review, photos, admission numbers."""
        self._take_roster(batch, *_file(given.roster, script.roster))
        Demonstration(self.session.centre).approve(batch)
        self._photograph(batch, given.photos)
        self._seat(batch, script, given)

    def mark(self, batch: Id, script: DemoBatch, given: Given) -> None:
        """The same sheet typed in by two people. A file of one's own roster without marks has none."""
        if given.roster and not given.marks:
            return
        centre = self.session.centre
        data, name = _file(given.marks, script.marks)
        enrolments = [one for one in centre.reads.enrolments(batch) if one.admission_number]
        reading = preview_marks(data, name, enrolments, centre.desk.schemes[self.session.batch(batch).scheme])
        self._report(name, reading.rows)
        for entry, role in ENTRY_ROLE.items():
            import_marks(ImportMarks(batch, entry, reading, self.session.operator(role)), centre.desk)

    def _take_roster(self, batch: Id, data: bytes, name: str) -> None:
        centre = self.session.centre
        today = datetime.fromtimestamp(centre.clock() / 1000, CHINA).date()
        wanted = PreviewRoster(open_roster(data, name), batch)
        reading = preview_roster(wanted, centre.reads, centre.desk.schemes, today, self.press.can_draw)
        done = import_roster(ImportRoster(batch, reading, self.session.operator(Role.REGISTRAR), tuple(Purpose)),
                             centre.desk)
        self._report(name, reading.rows)
        self.counts["candidates"] += done.accepted + done.unchanged
        self.counts["enrolled"] += done.accepted
        self.counts["refused_rows"] += reading.counts[Verdict.REJECT]

    def _photograph(self, batch: Id, folder: Path | None) -> None:
        """Who has no photo among those given gets a drawn one: in a demonstration only."""
        centre = self.session.centre
        rule = photo_rule(centre.desk.schemes[self.session.batch(batch).scheme].photo_rule)
        registrar = self.session.operator(Role.REGISTRAR)
        rows = preview_photos(PreviewPhotos(batch), pictures_in(folder) if folder else (), centre.reads,
                              centre.desk.schemes)
        for row in rows:
            self._report_problems(row.file, None, row.problems)
        self.counts["photos"] += import_photos(ImportPhotos(rows, registrar), centre.desk)[PhotoFate.NEW]
        drawn, there = random.Random(self.seed), centre.reads.photos(batch)  # noqa: S311 - a drawing, not a secret
        missing = dict.fromkeys(one.person for one in centre.reads.enrolments(batch) if one.person not in there)
        photos = tuple((one, drawn_portrait(drawn.getrandbits(32), (rule.width, rule.height))) for one in missing)
        attach_photos(AttachPhotos(photos, registrar), centre.desk)

    def _seat(self, batch: Id, script: DemoBatch, given: Given) -> None:
        centre, registrar = self.session.centre, self.session.operator(Role.REGISTRAR)
        if given.roster and not given.admissions:
            enrolments = [one for one in centre.reads.enrolments(batch) if one.state == "approved"]
            seats = made_seats(batch, script.exam_day, enrolments)
            seat_enrolments(SeatEnrolments(batch, tuple(seats), registrar), centre.desk)
            return
        data, name = _file(given.admissions, script.admissions)
        preview = preview_admissions(data, name, batch, centre.reads)
        self._report(name, preview.rows)
        import_admissions(ImportAdmissions(batch, preview, registrar), centre.desk)

    def _report(self, file: str, rows: Sequence[Any]) -> None:
        for row in rows:
            self._report_problems(file, row.row, row.problems)

    def _report_problems(self, file: str, row: int | None, problems: Sequence[Problem]) -> None:
        self.problems += [{"file": file, "row": row, "cell": one.cell, "code": one.code,
                           "message": problem_sentence(one, current_language())} for one in problems]


def _file(given: Path | None, name: str) -> tuple[bytes, str]:
    return (read_file(given), given.name) if given else (shipped(name), name)


def made_seats(batch: Id, day: date, enrolments: Sequence[EnrolmentRow]) -> list[Seat]:
    """Admission numbers of 19 digits: year 2, city 2, centre 3, batch 3, subject 3, room 3, seat 3."""
    ordered = sorted(enrolments, key=lambda one: (one.level or 0, one.id))
    seats = []
    for place, one in enumerate(ordered):
        room, seat = place // ROOM_SEATS + 1, place % ROOM_SEATS + 1
        number = f"{day:%y}01001{batch_digits(batch)}{one.level or 0:03d}{room:03d}{seat:03d}"
        seats.append(Seat(one.id, number, f"{room:03d}", f"{seat:03d}"))
    return seats
