"""Admission numbers meet the enrolments of the batch; all accepted rows are seated, or none."""

import pytest
from roster_kit import IDS, Day, csv, row

from appraisal.domain.enrolment import EnrolmentState
from appraisal.domain.errors import RuleViolation
from appraisal.usecases.import_admissions import ImportAdmissions, import_admissions, preview_admissions
from appraisal.usecases.import_roster import ImportRoster, import_roster
from appraisal.usecases.submit_enrolment import ReviewEnrolments, review_enrolments

PEOPLE = (("沈刚峰", IDS[0]), ("汤琳蓉", IDS[1]), ("江琪艳", IDS[2]))


@pytest.fixture
def day(tmp_path):
    made = Day(tmp_path / "desk")
    yield made
    made.centre.close()


@pytest.fixture
def enrolled(day):
    """Three people; the first two approved. Their enrolments in order."""
    rows = [row(name, number, phone=f"1548825830{at}") for at, (name, number) in enumerate(PEOPLE)]
    made = import_roster(ImportRoster(day.batch, day.preview(csv(*rows)), day.ids["reg"]), day.desk).enrolments
    review_enrolments(ReviewEnrolments(made[:2], EnrolmentState.APPROVED, day.ids["rev"]), day.desk)
    return made


def preview(day, *rows):
    text = "\n".join(("准考证号,姓名,证件号码,等级,考场,座位", *rows))
    return preview_admissions(text.encode(), "admissions.csv", day.batch, day.reads)


def give(day, found):
    return import_admissions(ImportAdmissions(day.batch, found, day.ids["reg"]), day.desk)


def codes(found):
    return {one.row: [p.code for p in one.problems] for one in found.rows if one.problems}


def numbers(day):
    return {one.id: (one.admission_number, one.room, one.seat) for one in day.reads.enrolments(day.batch)}


def line(number, person, level="三级/高级工", seat="07"):
    return f"{number},{PEOPLE[person][0]},{PEOPLE[person][1]},{level},03,{seat}"


def test_accepted_rows_are_seated_and_the_same_file_again_changes_nothing(day, enrolled):
    rows = (line("2611010100001", 0), line("2611010100002", 1, "", "08"))
    done = give(day, preview(day, *rows))
    assert (done.seated, done.unchanged) == (2, 0)
    assert numbers(day) == {enrolled[0]: ("2611010100001", "03", "07"), enrolled[1]: ("2611010100002", "03", "08"),
                            enrolled[2]: (None, None, None)}
    before = day.entries()
    again = give(day, preview(day, *rows))
    assert (again.seated, again.unchanged, day.entries()) == (0, 2, before)


def test_who_is_not_approved_or_has_another_level_gets_no_number(day, enrolled):
    found = preview(day, line("2611010100003", 2), line("2611010100001", 0, "四级/中级工"))
    assert codes(found) == {2: ["NOT_APPROVED"], 3: ["LEVEL_MISMATCH"]}
    assert found.seats == ()
    assert give(day, found).seated == 0


def test_a_number_of_somebody_else_is_refused_and_a_changed_one_is_a_warning(day, enrolled):
    give(day, preview(day, line("2611010100001", 0)))
    assert codes(preview(day, line("2611010100001", 1))) == {2: ["ADM_TAKEN"]}
    changed = preview(day, line("2611010100009", 0))
    assert codes(changed) == {2: ["ADM_CHANGED"]}
    give(day, changed)
    assert numbers(day)[enrolled[0]][0] == "2611010100009"


def test_two_levels_need_the_level(day, enrolled):
    second = csv(row("沈刚峰", IDS[0], "四级/中级工", "15488258300"))
    more = import_roster(ImportRoster(day.batch, day.preview(second), day.ids["reg"]), day.desk).enrolments
    review_enrolments(ReviewEnrolments(more, EnrolmentState.APPROVED, day.ids["rev"]), day.desk)
    assert codes(preview(day, line("2611010100001", 0, ""))) == {2: ["ADM_LEVEL_NEEDED"]}
    give(day, preview(day, line("2611010100001", 0, "四级/中级工")))
    assert numbers(day)[more[0]][0] == "2611010100001"


def test_a_batch_without_enrolments_is_told_so(day):
    with pytest.raises(RuleViolation, match="nobody_enrolled"):
        preview(day, line("2611010100001", 0))
