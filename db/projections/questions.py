"""What officers of the association have decided."""

from appraisal.domain.question import QuestionDecided
from db.projections.apply import Apply, Projection, text
from db.schema import decision


def decided(do: Apply, e: QuestionDecided) -> None:
    do.put(decision, {"question": e.question}, kind=e.kind.value, matter=e.matter, person=e.person,
           over=text(e.over), choice=e.choice, officer=e.officer, reason=do.why)


PROJECTIONS: dict[type, Projection] = {QuestionDecided: decided}
