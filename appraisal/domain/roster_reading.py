"""Reads one line field by field. A field that cannot be read adds a problem and gives an empty value."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from unicodedata import normalize

from appraisal.domain.identity import FOREIGN_PR, Document, DocumentKind, read_document
from appraisal.domain.names import check_name, clean_name
from appraisal.domain.person import GUARDED_AGE, age
from appraisal.domain.problem import Problem, Verdict, Weight, problem, verdict
from appraisal.domain.roster import RULED, LineReading, RosterLine, RosterRules
from appraisal.domain.tables import Words
from appraisal.domain.text import plain_number, without_invisible
from appraisal.domain.typed import NOTHING, Typed, begins_like_formula, read_day, read_month

_PHONE = re.compile(r"1[0-9]{10}")
_COUNTRY_CODE = re.compile(r"^(\+|00)86")
_CERT_NUMBER = re.compile(r"[A-Z][0-9]{21}|[0-9]{16}")
"""National skill-level certificates have a letter and 21 digits, the older qualification certificates 16 digits."""


def read_line(values: Mapping[str, Typed], rules: RosterRules) -> LineReading:
    """`values` by field; columns that no rule reads may be among them and end in `extra`."""
    form = _Form(values, rules)
    name = form.name()
    document = form.document()
    line = _line(form, name, document)
    form.look_at_extra()
    problems = tuple(form.problems)
    rejected = verdict(problems) is Verdict.REJECT
    return LineReading(None if rejected else line, problems, document.key if document else None, name)


def _line(form: "_Form", name: str, document: Document | None) -> RosterLine:
    sex, birth, nationality = form.sex(document), form.birth(document), form.nationality(document)
    has_cert = form.word("has_cert", form.rules.tables.has_cert) == "是"
    level = form.level("level", required="level" in form.rules.required)
    return RosterLine(
        name=name, sex=sex, birth=birth, document=document or Document(DocumentKind.PASSPORT, ""),
        nationality=nationality, ethnicity=form.word("ethnicity", form.rules.tables.ethnicities), level=level,
        occupation=form.occupation(), condition=form.text("condition"),
        exam_type=form.word("exam_type", form.rules.tables.exam_types), phone=form.phone(), email=form.text("email"),
        employer=form.text("employer"), education=form.word("education", form.rules.tables.education),
        has_cert=has_cert, prior_level=form.level("prior_level", required=has_cert),
        prior_cert=form.prior_cert(required=has_cert), remark=form.text("remark"), extra=form.extra())


@dataclass(slots=True)
class _Form:
    """The line being read, and the problems found so far."""

    values: Mapping[str, Typed]
    rules: RosterRules
    problems: list[Problem] = field(default_factory=list)

    def add(self, code: str, about: str, **detail: object) -> None:
        self.problems.append(problem(code, about, **detail))

    def given(self, about: str, *, required: bool | None = None) -> Typed | None:
        """None when nothing usable stands there; says so when the field is required."""
        required = about in self.rules.required if required is None else required
        typed = self.values.get(about, NOTHING)
        if typed.fault:
            fault = problem("CELL_ERROR", about, value=typed.fault)
            self.problems.append(fault if required else replace(fault, weight=Weight.NOTE))
            return None
        if typed.formula:
            self.add("FORMULA_CELL", about, value=typed.plain)
        if not typed.plain:
            if required:
                self.add("MISSING_REQUIRED", about)
            return None
        return typed

    def text(self, about: str) -> str:
        typed = self.given(about)
        if typed is None:
            return ""
        if typed.number is None and begins_like_formula(typed.plain):
            self.add("FORMULA_TEXT", about, value=typed.plain)
        return typed.plain

    def word(self, about: str, words: Words, *, required: bool | None = None) -> str:
        typed = self.given(about, required=required)
        if typed is None:
            return ""
        found = words.find(typed.text)
        if found is None:
            self.add("VALUE_UNKNOWN", about, value=typed.plain)
        return found or ""

    def level(self, about: str, *, required: bool) -> int | None:
        typed = self.given(about, required=required)
        if typed is None:
            return None
        found = self.rules.tables.levels.find(typed.text)
        if found is None:
            self.add("LEVEL_UNKNOWN", about, value=typed.plain)
        return int(found) if found else None

    def name(self) -> str:
        typed = self.given("name")
        if typed is None:
            return ""
        name = clean_name(typed.text)
        if name != " ".join(normalize("NFC", without_invisible(typed.text)).split()):
            self.add("NAME_NORMALISED", "name", value=name)
        wrong = check_name(name)
        self.problems += wrong
        missing = "".join(c for c in name if not self.rules.can_draw(c)) if not wrong else ""
        if missing:
            self.add("NAME_NO_GLYPH", "name", characters=missing, codes=" ".join(f"U+{ord(c):04X}" for c in missing))
        return name

    def document(self) -> Document | None:
        said = self.word("id_type", self.rules.tables.id_types)
        kind = DocumentKind(said) if said else None
        typed = self.given("id_no")
        if typed is None:
            return None
        if typed.digits_lost:
            self.add("ID_PRECISION_LOST", "id_no", value=typed.text)
            return None
        reading = read_document(typed.text, kind, self.rules.today, self.rules.tables.regions.counties)
        self.problems += reading.problems
        if reading.document and plain_number(typed.text) != "".join(typed.text.split()).upper():
            self.add("CELL_NORMALISED", "id_no", value=reading.document.number)
        return reading.document

    def sex(self, document: Document | None) -> str | None:
        by_number = document.sex if document else None
        typed = self.word("sex", self.rules.tables.sexes, required=_is_passport(document)) or None
        if by_number and typed and typed != by_number:
            self.add("SEX_MISMATCH", "sex", typed=typed, found=by_number)
        return by_number or typed

    def birth(self, document: Document | None) -> date | None:
        by_number = document.birth if document else None
        typed = self.given("birth", required=_is_passport(document))
        day = read_day(typed) if typed else None
        if typed and day is None:
            self._birth_without_day(typed, by_number, needed=_is_passport(document))
        elif day and by_number and day != by_number:
            self.add("BIRTH_MISMATCH", "birth", typed=day, found=by_number)
        elif day and by_number is None and day > self.rules.today:
            self.add("ID_DATE", "birth", value=day, date=day)
            day = None
        birth = by_number or day
        if birth:
            self._age(birth)
        return birth

    def _birth_without_day(self, typed: Typed, by_number: date | None, *, needed: bool) -> None:
        month = read_month(typed)
        if month and by_number and month != (by_number.year, by_number.month):
            self.add("BIRTH_MISMATCH", "birth", typed=typed.plain, found=by_number)
        elif month is None or by_number is None:
            self.add("BIRTH_UNREADABLE", "birth", value=typed.plain)
        if needed:
            self.add("MISSING_REQUIRED", "birth")

    def _age(self, birth: date) -> None:
        years = age(birth, self.rules.reference_date)
        for code, limit in (("AGE_UNDER_16", 16), ("GUARDIAN_REQUIRED", GUARDED_AGE)):
            if years < limit:
                self.add(code, "birth", age=years, date=self.rules.reference_date)

    def nationality(self, document: Document | None) -> str:
        countries = self.rules.tables.countries
        typed = self.given("nationality", required=_is_passport(document))
        if typed:
            found = countries.find(typed.text)
            if found is None:
                self.add("VALUE_UNKNOWN", "nationality", value=typed.plain)
            return found or ""
        if document and document.kind in FOREIGN_PR:
            return countries.find(document.number[:3]) or countries.by_number.get(document.number[3:6], "")
        return "" if _is_passport(document) else "CHN"

    def occupation(self) -> str:
        typed = self.given("occupation")
        if typed is None:
            return ""
        found = "".join(typed.plain.split())
        if found not in self.rules.occupations:
            self.add("OCCUPATION_UNKNOWN", "occupation", value=typed.plain)
        return found

    def phone(self) -> str:
        typed = self.given("phone")
        if typed is None:
            return ""
        number = _COUNTRY_CODE.sub("", plain_number(typed.text), count=1)
        if not _PHONE.fullmatch(number):
            self.add("PHONE_FORMAT", "phone", value=typed.plain)
        return number

    def prior_cert(self, *, required: bool) -> str:
        typed = self.given("prior_cert", required=required)
        if typed is None:
            return ""
        if typed.digits_lost:
            self.add("CERT_NO_FORMAT", "prior_cert", value=typed.text)
            return typed.text
        number = plain_number(typed.text)
        if not _CERT_NUMBER.fullmatch(number):
            self.add("CERT_NO_FORMAT", "prior_cert", value=number)
        return number

    def extra(self) -> Mapping[str, str]:
        return {name: typed.plain for name, typed in self.values.items() if name not in RULED and typed.plain}

    def look_at_extra(self) -> None:
        for name in self.values:
            if name not in RULED:
                self.text(name)


def _is_passport(document: Document | None) -> bool:
    return document is not None and document.kind is DocumentKind.PASSPORT


