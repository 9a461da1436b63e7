"""A folder of photos finds its people by the names of the files; what does not fit is listed, never guessed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from appraisal.documents.photo import check_photo, photo_owner
from appraisal.domain.events import Id
from appraisal.domain.photo_rule import PhotoRule
from appraisal.domain.problem import Problem, Verdict, problem, verdict
from appraisal.usecases.reads import EnrolmentRow


@dataclass(frozen=True, slots=True)
class PhotoRow:
    file: str
    verdict: Verdict
    problems: tuple[Problem, ...]
    person: Id | None = None
    jpeg: bytes | None = None


def preview_photos(files: Iterable[tuple[str, bytes]], enrolments: Sequence[EnrolmentRow],
                   rule: PhotoRule) -> Sequence[PhotoRow]:
    """One row a file. Of two good photos of one person the first is taken, the second refused."""
    people = {one.document_number: one.person for one in enrolments}
    rows: list[PhotoRow] = []
    taken: set[Id] = set()
    for name, data in files:
        person = people.get(photo_owner(name) or "")
        reading = check_photo(data, rule)
        problems = reading.problems
        if person is None:
            problems = (*problems, problem("PHOTO_NO_CANDIDATE", "photo", file=name))
        elif person in taken:
            problems = (*problems, problem("PHOTO_SECOND", "photo", file=name))
        weight = verdict(problems)
        good = weight is not Verdict.REJECT and person is not None and reading.jpeg is not None
        if good and person is not None:
            taken.add(person)
        rows.append(PhotoRow(name, weight, problems, person if good else None, reading.jpeg if good else None))
    return rows


def to_attach(rows: Sequence[PhotoRow]) -> tuple[tuple[Id, bytes], ...]:
    """What `attach_photos` takes."""
    return tuple((one.person, one.jpeg) for one in rows if one.person is not None and one.jpeg is not None)
