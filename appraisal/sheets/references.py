"""What admission and certificate numbers have in common: a number for one person, found by the ID number."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from appraisal.domain.problem import Problem, Verdict, problem, verdict
from appraisal.domain.text import plain_number
from appraisal.sheets.fields import Row
from appraisal.sheets.table import Table


@dataclass(frozen=True, slots=True)
class Given:
    """A number given to the person with this ID number."""

    row: int
    id_no: str
    name: str
    number: str
    problems: tuple[Problem, ...]

    @property
    def verdict(self) -> Verdict:
        return verdict(self.problems)


def read_person(form: Row, people: Mapping[str, str]) -> tuple[str, str]:
    """ID number and name of somebody in `people` (ID number -> name); problems say when there is nobody."""
    id_no = form.number("id_no", lost="ID_PRECISION_LOST")
    expected = people.get(id_no)
    if id_no and expected is None:
        form.add("ID_UNKNOWN", "id_no", value=id_no)
    return id_no, form.name(expected)


def people_by_number(people: Mapping[str, str]) -> dict[str, str]:
    return {plain_number(number): name for number, name in people.items()}


def compare_given(given: Sequence[Given], about: str, table: Table) -> list[Given]:
    """The same again is refused; one number for two people, or two numbers for one, refuses all rows concerned."""
    more: dict[int, Problem] = {}
    usable = [at for at, one in enumerate(given) if one.verdict is not Verdict.REJECT]
    for key in ("number", "id_no"):
        groups: dict[str, list[int]] = defaultdict(list)
        for at in usable:
            groups[getattr(given[at], key)].append(at)
        for group in groups.values():
            same = len({(given[at].number, given[at].id_no) for at in group}) == 1
            for at in group[1:] if same else group if len(group) > 1 else ():
                rows = ", ".join(str(given[other].row) for other in group if other != at)
                more[at] = (problem("DUP_ROW", about, row=given[group[0]].row) if same
                            else problem("DUP_CONFLICT", about, rows=rows))
    together = (replace(one, problems=(*one.problems, more[at])) if at in more else one for at, one in enumerate(given))
    return [replace(one, problems=tuple(table.place(p, one.row) for p in one.problems)) for one in together]
