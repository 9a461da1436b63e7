"""What a preview says is what an import does: new, known, returned, conflicting and too many people."""

import json
from pathlib import Path

import pytest
from roster_kit import EXAM_DAY, HEADER, IDS, SCHEMES, TODAY, Day, csv, row

from appraisal.domain.consent import Purpose
from appraisal.domain.enrolment import EnrolmentState
from appraisal.domain.errors import RuleViolation
from appraisal.domain.identity import check_digit
from appraisal.domain.problem import Verdict
from appraisal.sheets.roster import RosterFile
from appraisal.usecases.import_roster import ImportRoster, import_roster
from appraisal.usecases.preview_roster import PreviewRoster, preview_roster
from appraisal.usecases.submit_enrolment import ReviewEnrolments, review_enrolments

ROSTERS = Path(__file__).parents[2] / "../shared/data/rosters"
DEMO = Path(__file__).parents[2] / "resources/demo"


@pytest.fixture
def day(tmp_path):
    made = Day(tmp_path / "desk")
    yield made
    made.centre.close()


def take_in(day, reading, *consents):
    return import_roster(ImportRoster(day.batch, reading, day.ids["reg"], consents), day.desk)


def codes(reading):
    return {one.row: [p.code for p in one.problems] for one in reading.rows if one.problems}


def review(day, decision, *enrolments):
    review_enrolments(ReviewEnrolments(enrolments, decision, day.ids["rev"], "材料不全"), day.desk)


def test_an_organisations_word_is_no_guardians(day):
    """Consents of a child are taken only where the roster names who consents for it."""
    names = ",监护人,与监护人关系,监护人电话", ",王秀英,母亲,15488258301"
    for name, serial, (header, guardian), given in (("王小明", "721", ("", ""), frozenset()),
                                                    ("王小红", "738", names, {Purpose.ASSOCIATION})):
        child = f"11010120130903{serial}" + check_digit(f"11010120130903{serial}")
        take_in(day, day.preview(f"{HEADER}{header}\n{row(name, child)}{guardian}".encode()),
                Purpose.ASSOCIATION)
        found = day.reads.candidate(day.reads.holders({child})[child].records[0])
        assert found.consents == given
        assert found.person.background.extra.get("guardian_name", "") == guardian[1:4]


def test_accepted_rows_become_people_with_consents_and_enrolments(day):
    done = take_in(day, day.preview(csv(row(), row("汤琳蓉", IDS[1], "四级/中级工", "15448323175"))),
                   Purpose.ASSOCIATION, Purpose.PUBLICITY)
    assert (done.accepted, done.unchanged) == (2, 0)
    first, second = sorted(day.reads.enrolments(day.batch), key=lambda one: one.level)
    assert (first.id, second.id) == done.enrolments
    assert [(one.name, one.level, one.state) for one in (first, second)] == [
        ("沈刚峰", 3, "submitted"), ("汤琳蓉", 4, "submitted")]
    detail = day.reads.candidate(first.person)
    person = detail.person
    assert (person.identity.latin_name, person.identity.sex, str(person.identity.birth)) == (
        "SHEN Gangfeng", "M", "1989-04-02")
    assert person.contact.address == "示例路1号"
    assert person.background.extra == {"remark": "住校", "工种特长": "标注"}
    assert detail.consents == {Purpose.ASSOCIATION, Purpose.PUBLICITY}


def test_the_same_file_again_records_nothing(day):
    data = csv(row(), row("汤琳蓉", IDS[1], phone="15448323175"))
    take_in(day, day.preview(data), Purpose.ASSOCIATION)
    before = day.entries()
    done = take_in(day, day.preview(data), Purpose.ASSOCIATION)
    assert (done.accepted, done.unchanged, day.entries()) == (0, 2, before)


def test_refused_rows_stay_out_and_the_others_come_in(day):
    reading = day.preview(csv(row(), row("汤琳蓉", IDS[1][:-1] + "0", phone="15448323175")))
    assert codes(reading) == {3: ["ID_CHECKSUM"]}
    assert take_in(day, reading).accepted == len(day.reads.search("")) == 1


def test_every_row_or_none_while_a_row_is_refused(day):
    mended = row("汤琳蓉", IDS[1], phone="15448323175")
    reading, before = day.preview(csv(row(), mended.replace(IDS[1], IDS[1][:-1] + "0"))), day.entries()
    with pytest.raises(RuleViolation, match="roster_rows_refused") as refusal:
        import_roster(ImportRoster(day.batch, reading, day.ids["reg"], every_row=True), day.desk)
    assert refusal.value.detail == {"refused": 1, "rows": "3"}
    assert (day.entries(), len(day.reads.search(""))) == (before, 0)
    whole = day.preview(csv(row(), mended))
    assert import_roster(ImportRoster(day.batch, whole, day.ids["reg"], every_row=True), day.desk).accepted == 2


@pytest.mark.parametrize("since", ["another name", "refused", "places taken"])
def test_records_that_changed_since_the_preview_let_nothing_in(tmp_path, since):
    day = Day(tmp_path / "desk", places=2)
    reading = day.preview(csv(row("汤琳蓉", IDS[1], phone="15448323175"), row()))
    assert codes(reading) == {}
    if since == "another name":
        take_in(day, day.preview(csv(row("沈钢峰"))))
    elif since == "refused":
        review(day, EnrolmentState.REFUSED, *take_in(day, day.preview(csv(row()))).enrolments)
    else:
        take_in(day, day.preview(csv(row("何一", IDS[2], phone="15448323176"))))
    before = day.entries()
    with pytest.raises(RuleViolation, match="roster_overtaken") as refusal:
        take_in(day, reading)
    assert (refusal.value.detail, day.entries()) == ({"row": 3}, before)
    day.centre.close()


def test_a_known_number_under_another_name_is_refused_in_the_preview_already(day):
    take_in(day, day.preview(csv(row())))
    reading = day.preview(csv(row("沈钢峰")))
    assert codes(reading) == {2: ["DOCUMENT_HAS_OTHER_NAME"]}
    assert (reading.rows[0].problems[0].detail["name"], reading.rows[0].problems[0].cell) == ("沈刚峰", "C2")
    assert take_in(day, reading).accepted == 0


def test_a_returned_enrolment_is_submitted_again_and_a_refused_one_is_not(day):
    data = csv(row(), row("汤琳蓉", IDS[1], phone="15448323175"))
    first, second = take_in(day, day.preview(data)).enrolments
    review(day, EnrolmentState.RETURNED, first)
    review(day, EnrolmentState.REFUSED, second)
    reading = day.preview(data)
    assert codes(reading) == {3: ["REFUSED_IN_BATCH"]}
    assert take_in(day, reading).enrolments == (first,)
    assert {one.id: one.state for one in day.reads.enrolments(day.batch)} == {first: "submitted", second: "refused"}


def test_a_third_level_and_a_level_that_the_scheme_lacks_are_refused(day):
    levels = ("五级/初级工", "四级/中级工", "三级/高级工", "特级技师")
    reading = day.preview(csv(*(row(level=one) for one in levels[:3])))
    assert codes(reading) == {4: ["TWO_ENROLMENTS_AT_MOST"]}
    assert take_in(day, reading).accepted == 2
    assert codes(day.preview(csv(row(level=levels[3])))) == {2: ["LEVEL_UNKNOWN"]}


def test_rows_beyond_the_places_are_refused_and_the_refused_free_theirs(tmp_path):
    day = Day(tmp_path / "desk", places=2)
    people = csv(*(row(f"沈刚{c}", number, phone=f"1548825830{at}")
                   for at, (c, number) in enumerate(zip("甲乙丙丁", IDS, strict=True))))
    reading = day.preview(people)
    assert codes(reading) == {4: ["PLACES_TAKEN"], 5: ["PLACES_TAKEN"]}
    done = take_in(day, reading)
    assert (done.accepted, codes(day.preview(people))) == (2, {4: ["PLACES_TAKEN"], 5: ["PLACES_TAKEN"]})
    review(day, EnrolmentState.REFUSED, done.enrolments[0])
    assert codes(day.preview(people)) == {2: ["REFUSED_IN_BATCH"], 5: ["PLACES_TAKEN"]}
    day.centre.close()


def test_cancelling_at_a_record_undoes_all(day):
    class Enough(Exception):
        pass

    def step(done, total):
        if done == 2:
            raise Enough

    before = day.entries()
    reading = day.preview(csv(row(), row("汤琳蓉", IDS[1], phone="15448323175")))
    with pytest.raises(Enough):
        import_roster(ImportRoster(day.batch, reading, day.ids["reg"]), day.desk, step)
    assert (day.entries(), len(day.reads.search(""))) == (before, 0)


def test_only_a_registrar_imports_and_only_into_an_open_batch(day):
    reading = day.preview(csv(row()))
    with pytest.raises(RuleViolation, match="role"):
        import_roster(ImportRoster(day.batch, reading, day.ids["rev"]), day.desk)
    with pytest.raises(RuleViolation, match="unknown_batch"):
        preview_roster(PreviewRoster(RosterFile("x", ()), "0" * 32), day.reads, SCHEMES, TODAY)


def test_a_scheme_without_levels_wants_none(tmp_path):
    day = Day(tmp_path / "desk", "innovation-talent")
    file = DEMO / "roster-innovation-talent.xlsx"
    reading = day.preview(file.read_bytes(), file.name)
    assert (codes(reading), reading.counts[Verdict.ACCEPT]) == ({}, 36)
    assert take_in(day, reading).accepted == 36
    assert codes(day.preview(csv(row(occupation="创新人才")))) == {2: ["LEVEL_NOT_IN_SCHEME"]}
    day.centre.close()


def test_an_old_number_is_kept_in_its_18_digits(day):
    reading = day.preview(csv(row("何旧证", "140405750112993")))
    assert codes(reading) == {2: ["ID_OLD_15"]}
    take_in(day, reading)
    person = day.reads.candidate(day.reads.candidate_rows(day.reads.search(""))[0].id).person
    assert (len(person.identity.document_number), person.background.extra["id_no_15"]) == (18, "140405750112993")
    assert take_in(day, day.preview(csv(row("何旧证", person.identity.document_number)))).unchanged == 1


@pytest.mark.skipif(not ROSTERS.is_dir(), reason="../shared/data is not there")
def test_the_messy_sheet_is_read_as_expected_and_taken_in_as_previewed(day):
    expected = json.loads((ROSTERS / "roster-messy.expected.json").read_text("utf-8"))
    file = ROSTERS / "roster-messy.xlsx"
    reading = day.preview(file.read_bytes(), file.name, lambda char: not "\U0002ebf0" <= char <= "\U0002ee5f")
    assert str(EXAM_DAY) == "2026-12-12"
    verdicts = {one["row"]: one["expect"] for one in expected["rows"]}
    assert {one.row: str(one.verdict) for one in reading.rows} == verdicts
    wanted = sum(verdict in {"accept", "warn"} for verdict in verdicts.values())
    assert take_in(day, reading).accepted == wanted == len(day.reads.enrolments(day.batch))
