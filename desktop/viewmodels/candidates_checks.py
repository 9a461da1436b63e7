"""Live checks of the candidate's form, by the roster's own rules."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from appraisal.domain.batch import BatchState
from appraisal.domain.events import Id
from appraisal.domain.identity import Document, DocumentKind, read_document
from appraisal.domain.mrz import read_mrz
from appraisal.domain.problem import Problem, Weight
from appraisal.domain.roster import RosterLine, RosterRules
from appraisal.domain.roster_reading import read_line
from appraisal.domain.scheme import Scheme
from appraisal.domain.tables import code_tables
from appraisal.domain.text import plain_number
from appraisal.domain.typed import Typed
from appraisal.usecases.preview_roster import roster_rules
from appraisal.usecases.reads import BatchRow

NOT_ENROLLING = frozenset({"name", "id_no", "phone", "ethnicity", "education"})
"""What the form asks of somebody who is only registered, not enrolled."""
_MRZ = re.compile(r"[0-9A-Z<]{30,}")
_CHECKED = frozenset({
    "name", "id_no", "id_type", "sex", "birth", "nationality", "ethnicity", "education", "employer", "phone", "email",
    "prior_level", "prior_cert", "level", "condition", "exam_type",
})


@dataclass(frozen=True, slots=True)
class Check:
    """What the rules say of the form as it stands."""

    line: RosterLine | None
    problems: tuple[Problem, ...]
    document: Document | None
    nationality: str
    """ISO 3166 alpha-3 where document or form says it."""

    def about(self, field: str) -> Problem | None:
        """The heaviest word on a field; notes are left out."""
        theirs = [p for p in self.problems if p.field == field and p.weight is not Weight.NOTE]
        return min(theirs, key=lambda p: p.weight is Weight.WARN) if theirs else None


class FormChecks:
    def __init__(self, schemes: Mapping[str, Scheme], today: Callable[[], date],
                 can_draw: Callable[[str], bool]) -> None:
        self._schemes, self._today, self.can_draw = schemes, today, can_draw
        self._batches: dict[Id, BatchRow] = {}
        self._open: dict[Id, BatchRow] = {}

    def take_batches(self, batches: Sequence[BatchRow]) -> None:
        self._batches = {one.id: one for one in batches}
        self._open = {one.id: one for one in batches if one.state == BatchState.PUBLISHED}

    def open_batches(self) -> Sequence[BatchRow]:
        return tuple(self._open.values())

    def scheme_of(self, batch: Id) -> Scheme | None:
        return self._schemes[self._open[batch].scheme] if batch in self._open else None

    def scheme_of_any(self, batches: Iterable[Id]) -> Scheme | None:
        """Of the first of these that is known, open or not."""
        return next((self._schemes[self._batches[one].scheme] for one in batches if one in self._batches), None)

    def check(self, values: Mapping[str, str]) -> Check:
        """Fast enough for every key. `level` is `1` … `5` or empty, `id_type` a DocumentKind or empty."""
        scheme = self.scheme_of(values.get("batch", ""))
        typed = {field: Typed(text) for field, text in values.items() if text and field in _CHECKED}
        typed["has_cert"] = Typed("是" if values.get("prior_level") or values.get("prior_cert") else "否")
        number = plain_number(values.get("id_no", ""))
        if not values.get("id_type") and number.isdigit() and len(number) < 15:
            typed["id_type"] = Typed(DocumentKind.RESIDENT_ID.value)  # an ID half typed, not a short passport
        if scheme is not None:
            typed["occupation"] = Typed(scheme.occupation.zh)
        reading = read_line(typed, self._rules(scheme, values.get("batch", "")))
        document, nationality = self._read_number(typed.get("id_no"), typed.get("id_type"))
        return Check(reading.line, reading.problems, document, nationality)

    def _read_number(self, number: Typed | None, kind: Typed | None) -> tuple[Document | None, str]:
        """What the number says by itself, and the nationality that goes with it."""
        if number is None:
            return None, ""
        said = DocumentKind(kind.text) if kind else None
        document = read_document(number.text, said, self._today(), code_tables().regions.counties).document
        alone = read_line({"id_no": number}, RosterRules((), self._today(), self._today(), required=frozenset()))
        return document, alone.line.nationality if alone.line else ""

    def _rules(self, scheme: Scheme | None, batch: str) -> RosterRules:
        if scheme is None:
            return RosterRules((), self._today(), self._today(), self.can_draw, NOT_ENROLLING)
        rules = roster_rules(scheme, self._open[batch].exam_day, self._today(), self.can_draw)
        required = {name for name in _CHECKED | {"has_cert", "occupation"} if name in rules.required} - {"id_type"}
        return RosterRules(rules.occupations, rules.reference_date, rules.today, rules.can_draw, required)

    def read_mrz(self, text: str) -> Mapping[str, str] | None:
        """The fields that a scanned or pasted MRZ says, None for text that is none.

        Raises RuleViolation where a check digit is wrong or a line is missing.
        """
        plain = text.upper().split()
        if "<" not in text or not all(_MRZ.fullmatch(line) for line in plain):
            return None
        found = read_mrz("\n".join(plain), self._today())
        name = " ".join(part for part in (found.surname, found.given) if part)
        return {"id_type": DocumentKind.PASSPORT.value if found.format == "TD3" else "", "id_no": found.number,
                "latin_name": name, "name": name, "sex": found.sex or "",
                "birth": found.birth.isoformat() if found.birth else "",
                "nationality": code_tables().countries.find(found.nationality) or ""}
