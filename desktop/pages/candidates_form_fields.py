"""The fields of the candidate's form, in the order of the keyboard, and what they say of themselves."""

from collections.abc import Mapping

from PySide6.QtWidgets import QLineEdit

from appraisal.domain.identity import Document, DocumentKind
from appraisal.domain.person import GUARDIAN, PROGRAMME, REGION
from appraisal.domain.problem import Problem, Weight
from appraisal.domain.scheme import Scheme
from appraisal.domain.tables import code_tables
from appraisal.sheets.wording import problem_sentence, value_word
from desktop.i18n import current_language
from desktop.pages.candidates_fields import ChoiceBox, DocumentEdit, NameEdit, SearchChoice
from desktop.viewmodels import table_choices
from desktop.viewmodels.candidates_checks import Check
from desktop.widgets.field_row import Form

SELDOM = (*PROGRAMME, "job", "email", REGION, "address")
"""Fields that are shown when they are asked for, or filled."""
KINDS = ("resident_id", "hmt_residence_permit", "foreign_pr_2023", "foreign_pr_2017", "passport")

NONE = ("", "", "")
"""Nothing is chosen, among what a table offers."""


def document_choices(first: str) -> list[tuple[str, str]]:
    """Texts and values of the kinds of document; `first` stands for none of them."""
    language = current_language()
    return [(first, ""), *((value_word(kind, language), kind) for kind in KINDS)]


class CandidateFields(Form):
    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, QLineEdit | ChoiceBox] = {}
        self.filling = False
        """True while the program fills in, not a person."""
        for name, title, editor in self._titled():
            self.fields[name] = editor
            self.add(name, title, editor)
        self._fill_choices()
        self.shows_all = False
        """Whether those that are seldom filled are shown as well."""

    def _titled(self) -> tuple[tuple[str, str, QLineEdit | ChoiceBox], ...]:
        return (
            ("id_no", self.tr("&Document number"), DocumentEdit()),
            ("name", self.tr("Na&me"), NameEdit()), ("latin_name", self.tr("&Latin name"), QLineEdit()),
            ("id_type", self.tr("Document"), ChoiceBox()), ("sex", self.tr("Sex"), ChoiceBox()),
            ("birth", self.tr("Birth date"), QLineEdit()), ("nationality", self.tr("Nationality"), SearchChoice()),
            ("phone", self.tr("&Phone"), QLineEdit()),
            ("employer", self.tr("&Employer"), QLineEdit()), ("education", self.tr("Education"), SearchChoice()),
            ("ethnicity", self.tr("Ethnic group"), SearchChoice()),
            ("prior_level", self.tr("Earlier certificate"), ChoiceBox()),
            ("prior_cert", self.tr("Its number"), QLineEdit()), ("batch", self.tr("Enrol in &batch"), ChoiceBox()),
            ("level", self.tr("Level"), ChoiceBox()), ("job", self.tr("Job"), SearchChoice()),
            ("condition", self.tr("Condition"), ChoiceBox()),
            ("exam_type", self.tr("Exam"), ChoiceBox()), ("guardian_name", self.tr("Guardian"), NameEdit()),
            ("guardian_relation", self.tr("Relation"), QLineEdit()),
            ("guardian_phone", self.tr("Guardian's phone"), QLineEdit()),
            ("cohort", self.tr("Cohort"), QLineEdit()), ("referral", self.tr("Referred by"), QLineEdit()),
            ("nomination", self.tr("Nominated by"), QLineEdit()), ("email", self.tr("E-mail"), QLineEdit()),
            (REGION, self.tr("Home region"), SearchChoice()),
            ("address", self.tr("Address"), QLineEdit()), ("why", self.tr("&Reason for the correction"), QLineEdit()))

    def _fill_choices(self) -> None:
        language, tables = current_language(), code_tables()
        levels = ((self.tr("Level {n}").format(n=n), str(n)) for n in range(5, 0, -1))
        choices = {
            "id_type": document_choices(self.tr("As the number says")),
            "sex": [("", ""), *((value_word(k, language), k) for k in "MF")],
            "prior_level": [(self.tr("None"), ""), *levels],
            "exam_type": [(self.tr("First sitting"), "正考"), (self.tr("Retake"), "补考")],
        }
        for name, those in choices.items():
            self.choice(name).fill(those)
        self.table("education").offer([NONE, *table_choices.words(tables.education.choices)])
        self.table("ethnicity").offer(table_choices.words(tables.ethnicities.choices))
        self.table("nationality").offer_later(lambda: [NONE, *table_choices.countries()])
        self.table(REGION).offer_later(lambda: [NONE, *table_choices.regions()])

    # values

    def table(self, name: str) -> SearchChoice:
        editor = self.fields[name]
        assert isinstance(editor, SearchChoice)
        return editor

    def choice(self, name: str) -> ChoiceBox:
        editor = self.fields[name]
        assert isinstance(editor, ChoiceBox)
        return editor

    def value(self, name: str) -> str:
        editor = self.fields[name]
        return editor.value() if isinstance(editor, ChoiceBox) else editor.text()

    def values(self) -> dict[str, str]:
        return {name: self.value(name) for name in self.fields}

    def fill(self, values: Mapping[str, str], scheme: Scheme | None) -> None:
        """The whole form anew; what `values` does not have becomes empty. `scheme`: that of the batch in it."""
        self.put({name: values.get(name, "") for name in self.fields if name not in {"level", "job", "condition"}})
        for name in ("level", "job", "condition"):  # a level hangs on the batch, a condition on the level
            self.show_levels(scheme)
            self.put({name: values.get(name, "")})
        self.show_levels(scheme)

    def put(self, values: Mapping[str, str]) -> None:
        self.filling = True
        for name, text in values.items():
            editor = self.fields[name]
            if isinstance(editor, ChoiceBox):
                editor.choose(text)
            else:
                editor.setText(text)
        self.filling = False

    def show_levels(self, scheme: Scheme | None) -> None:
        """Levels and conditions of `scheme`; None: nobody is enrolled now."""
        chinese = current_language() == "zh_CN"
        levels = [] if scheme is None else [one for one in scheme.levels if one.level is not None]
        names = [(one.name.zh if chinese else one.name.en, str(one.level)) for one in levels]
        self.filling = True
        self.choice("level").fill([("", ""), *names])
        chosen = None if scheme is None else next(
            (one for one in scheme.levels if str(one.level or "") == self.value("level")), None)
        self.choice("condition").fill([("", ""), *((c.text, c.text) for c in (chosen.conditions if chosen else ()))])
        jobs = () if scheme is None else scheme.jobs
        self.table("job").offer([NONE, *((one.zh if chinese else one.en, one.zh, table_choices.key(one.zh))
                                         for one in jobs)])
        self.filling = False
        self.rows["level"].setVisible(bool(levels))
        self.rows["condition"].setVisible(scheme is not None)
        self.rows["exam_type"].setVisible(scheme is not None)

    # what they say

    def say_problem(self, name: str, problem: Problem) -> None:
        said = problem_sentence(problem, current_language())
        if problem.weight is Weight.REJECT:
            self.rows[name].mark(said)
        else:
            self.rows[name].warn(said)

    def show_what_the_number_says(self, check: Check) -> None:
        """Sex, birth and nationality are the number's where it says them, and asked for where it does not; a guardian
        is for a child."""
        document, language = check.document, current_language()
        asked = document is not None and document.birth is None
        for name in ("sex", "birth", "nationality"):
            self.rows[name].setVisible(asked)
        unsaid = document is None and bool(self.value("id_no"))
        self.rows["id_type"].setVisible(asked or unsaid or self.choice("id_type").hasFocus())
        child = any(one.code == "GUARDIAN_REQUIRED" for one in check.problems)
        for name in GUARDIAN:
            self.rows[name].setVisible(child or bool(self.value(name)))
        for name in SELDOM:
            self.rows[name].setVisible(self.shows_all or bool(self.value(name)) or self.fields[name].hasFocus())
        if self.table("job").count() <= 1:
            self.rows["job"].hide()
        self.rows["prior_cert"].setVisible(bool(self.value("prior_level") or self.value("prior_cert")))
        if document is None:
            hint = self.tr("18 digits, or scan the two lines of a passport")
        else:
            parts = [value_word(document.kind, language)]
            if document.birth is not None:
                foreign = check.nationality != "CHN"
                country = code_tables().countries.names.get(check.nationality, "") if foreign else ""
                parts += [value_word(document.sex or "", language), document.birth.isoformat(), country]
            parts.append(_home(document))
            hint = " · ".join(part for part in parts if part)
        self.rows["id_no"].set_hint(hint)


def _home(document: Document) -> str:
    """Where a resident's number was first given."""
    if document.kind is not DocumentKind.RESIDENT_ID:
        return ""
    table = code_tables().regions
    return table.full_names.get(table.find(document.key[:6]) or "", "")
