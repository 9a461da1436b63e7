"""A folder of photos finds its people by the names of the files; what does not fit is listed, never guessed, and who
has a photo keeps it unless it is to be replaced."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from appraisal.documents.photo import check_photo, photo_owner
from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.operator import Role
from appraisal.domain.person import PhotoAttached
from appraisal.domain.photo_rule import PhotoRule, photo_rule
from appraisal.domain.problem import Problem, Verdict, Weight, problem, verdict
from appraisal.domain.scheme import Scheme
from appraisal.usecases.ports import Desk, Step, no_step
from appraisal.usecases.reads import BatchRow, EnrolmentRow

UNREADABLE = {"file_unreadable": "PHOTO_UNREADABLE", "picture_file_too_large": "PHOTO_FILE_TOO_LARGE"}
"""What kept a file from being read -> the word in its row."""
NOT_READ_HERE = frozenset({"heic", "heif", "avif"})


class PhotoFile(Protocol):
    @property
    def name(self) -> str: ...
    def read(self) -> bytes:
        """Raises EnvironmentFault."""


class KnownPhotos(Protocol):
    """What a preview asks of the desk: a part of Reads."""

    def batches(self) -> Sequence[BatchRow]: ...
    def enrolments(self, batch: Id) -> Sequence[EnrolmentRow]: ...
    def photos(self, batch: Id) -> Mapping[Id, str]: ...
    def picture(self, attachment: str) -> bytes: ...


class PhotoFate(StrEnum):
    NEW = "new"
    REPLACES = "replaces"
    """The person has another photo, which this one takes the place of."""
    KEPT = "kept"
    """The person has another photo, which stays."""
    UNCHANGED = "unchanged"
    """The person has this very photo."""
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class PhotoRow:
    file: str
    fate: PhotoFate
    verdict: Verdict
    problems: tuple[Problem, ...]
    enrolment: EnrolmentRow | None = None
    """One of the person whose number the file's name has."""
    jpeg: bytes | None = None
    """What is attached; None where nothing is."""
    before: str | None = None
    """Attachment id of the person's photo at the preview."""


@dataclass(frozen=True, slots=True)
class PreviewPhotos:
    batch: Id
    replace: bool = False
    """Photos that are there already are replaced; else they stay."""


def preview_photos(command: PreviewPhotos, files: Sequence[PhotoFile], reads: KnownPhotos,
                   schemes: Mapping[str, Scheme], step: Step = no_step) -> Sequence[PhotoRow]:
    """One row a file, each looked at by itself. Of two good photos of one person the first is taken, the second
    refused. Changes nothing. Raises RuleViolation unknown_batch, photo_rule_unknown."""
    batch = next((one for one in reads.batches() if one.id == command.batch), None)
    if batch is None:
        raise RuleViolation("unknown_batch", "batch")
    looking = _Looking(command, photo_rule(schemes[batch.scheme].photo_rule), reads)
    rows = []
    for done, file in enumerate(files, 1):
        rows.append(looking.at(file))
        step(done, len(files))
    return rows


class _Looking:
    def __init__(self, command: PreviewPhotos, rule: PhotoRule, reads: KnownPhotos) -> None:
        self._rule, self._reads, self._replace = rule, reads, command.replace
        self._people = {one.document_number: one for one in reads.enrolments(command.batch)}
        self._photos = reads.photos(command.batch)
        self._taken: set[Id] = set()

    def at(self, file: PhotoFile) -> PhotoRow:
        found = self._people.get(photo_owner(file.name) or "")
        jpeg, problems = self._read(file)
        if found is None:
            problems = (*problems, problem("PHOTO_NO_CANDIDATE", "photo", file=file.name))
        elif found.person in self._taken:
            problems = (*problems, problem("PHOTO_SECOND", "photo", file=file.name))
        if found is None or jpeg is None or verdict(problems) is Verdict.REJECT:
            return PhotoRow(file.name, PhotoFate.REFUSED, Verdict.REJECT, problems, found)
        self._taken.add(found.person)
        return self._given(file.name, found, jpeg, problems)

    def _read(self, file: PhotoFile) -> tuple[bytes | None, tuple[Problem, ...]]:
        ending = file.name.rpartition(".")[2].lower()
        if ending in NOT_READ_HERE:
            return None, (problem("PHOTO_FORMAT_NOT_READ", "photo", format=ending.upper()),)
        try:
            data = file.read()
        except EnvironmentFault as fault:
            return None, (problem(UNREADABLE[fault.code], "photo", **fault.detail),)
        reading = check_photo(data, self._rule)
        return reading.jpeg, reading.problems

    def _given(self, name: str, to: EnrolmentRow, jpeg: bytes, problems: tuple[Problem, ...]) -> PhotoRow:
        before = self._photos.get(to.person)
        if before is None:
            return PhotoRow(name, PhotoFate.NEW, verdict(problems), problems, to, jpeg)
        if self._reads.picture(before) == jpeg:
            return PhotoRow(name, PhotoFate.UNCHANGED, Verdict.ACCEPT, (), to)
        if not self._replace:
            kept = problem("PHOTO_KEPT", "photo", name=to.name)
            return PhotoRow(name, PhotoFate.KEPT, Verdict.REJECT, (*problems, kept), to)
        replaced = Problem("PHOTO_REPLACES", "photo", Weight.WARN, {"name": to.name})
        return PhotoRow(name, PhotoFate.REPLACES, Verdict.WARN, (*problems, replaced), to, jpeg, before)


@dataclass(frozen=True, slots=True)
class ImportPhotos:
    rows: Sequence[PhotoRow]
    """As previewed."""
    operator: Id


def import_photos(command: ImportPhotos, desk: Desk, step: Step = no_step) -> Mapping[PhotoFate, int]:
    """All photos that the preview takes, in one unit of work, and how many rows had which fate; `step` may raise to
    cancel, which undoes all of them. A photo that is replaced stays in the journal.

    Raises RuleViolation `photos_overtaken` where somebody has got another photo since: then nothing is taken in.
    """
    taken = [(row.file, row.enrolment.person, row.jpeg, row.before) for row in command.rows
             if row.enrolment is not None and row.jpeg is not None]
    with desk.work(command.operator) as work:
        work.operator.require(Role.REGISTRAR)
        for done, (file, person, jpeg, before) in enumerate(taken, 1):
            if work.candidates.photo(person) != before:
                raise RuleViolation("photos_overtaken", "file", file=file)
            work.record(PhotoAttached(person, work.attach(person, jpeg)))
            step(done, len(taken))
    return Counter(row.fate for row in command.rows)
