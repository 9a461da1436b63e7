"""Whom a list of candidates shows, beside the words typed."""

from dataclasses import dataclass, replace

from appraisal.domain.events import Id


@dataclass(frozen=True, slots=True)
class Filters:
    """What everybody listed has in common; what is empty asks for nothing. All of it is of one and the same
    enrolment."""

    batch: Id = ""
    state: str = ""
    """An EnrolmentState."""
    level: int | None = None
    no_photo: bool = False
    """Enrolled, and without a photo."""

    def without(self, name: str) -> "Filters":
        return replace(self, **{name: getattr(EVERYBODY, name)})


EVERYBODY = Filters()
