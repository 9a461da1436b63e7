"""One person once: further documents, records linked and taken apart again, and questions that come once."""

from datetime import date

import pytest
from roster_kit import CONDITION, IDS, Day, csv, row

from appraisal.domain.enrolment import EnrolmentState
from appraisal.domain.errors import RuleViolation
from appraisal.domain.person import Background, Contact, FurtherDocument, Identity
from appraisal.domain.problem import Verdict
from appraisal.usecases.import_roster import ImportRoster, import_roster
from appraisal.usecases.one_person import (
    LinkCandidates,
    RecordDocument,
    TellApart,
    UnlinkCandidate,
    link_candidates,
    record_document,
    tell_apart,
    unlink_candidate,
)
from appraisal.usecases.save_candidate import EnrolIn, SaveCandidate, save_candidate

NAME, BIRTH = "沈刚峰", date(1989, 4, 2)


@pytest.fixture
def day(tmp_path):
    made = Day(tmp_path / "desk")
    yield made
    made.centre.close()


def save(day, number, kind="passport", nationality="VNM", name=NAME, apart_from=(), enrol=True):
    identity = Identity(name, "", kind, number, "M", BIRTH, nationality)
    enrolment = EnrolIn(day.batch, 3, CONDITION, "正考") if enrol else None
    return save_candidate(SaveCandidate(identity, Contact("15488258303"), Background("汉族", "高中"), day.ids["reg"],
                                        enrol=enrolment, apart_from=frozenset(apart_from)), day.desk)


def refused(code):
    return pytest.raises(RuleViolation, match=code)


def record(day, person, number, **more):
    given = {"kind": "passport", "nationality": "VNM"} | more
    return record_document(RecordDocument(person, given.pop("kind"), number, given.pop("nationality"), day.ids["reg"],
                                          **given), day.desk)


def test_a_further_document_finds_the_person(day):
    person = save(day, IDS[0], "resident_id", "CHN", enrol=False)
    assert record(day, person, "C1234567")
    assert not record(day, person, "C1234567")
    assert day.reads.candidate(person).documents == (FurtherDocument("passport", "C1234567", "VNM"),)
    with refused("already_registered"):
        save(day, "C1234567")
    assert day.reads.holders({"C1234567"})["C1234567"].records == (person,)


def test_a_renewed_passport_takes_the_place_of_the_old_one_which_still_finds_the_person(day):
    person = save(day, "C1234567")
    with refused("reason_missing"):
        record(day, person, "D7654321", replaces=True)
    assert record(day, person, "D7654321", replaces=True, why="renewed")
    found = day.reads.candidate(person)
    assert found.person.identity.document_number == "D7654321"
    assert found.documents == (FurtherDocument("passport", "C1234567", "VNM", current=False),)
    with refused("already_registered"):
        save(day, "C1234567")


def test_a_document_is_one_persons_and_says_what_the_record_says(day):
    person = save(day, "C1234567")
    other = save(day, IDS[1], "resident_id", "CHN", name="汤琳蓉", enrol=False)
    with refused("document_is_another_persons"):
        record(day, other, "C1234567")
    with refused("document_says_otherwise"):  # born in 1999
        record(day, person, "659002199902189985", kind="", nationality="CHN")
    with refused("ID_CHECKSUM"):
        record(day, person, IDS[0][:17] + "0", kind="", nationality="CHN")
    assert record(day, person, IDS[0], kind="", nationality="CHN")  # born on that day


def test_the_same_name_and_birth_date_is_asked_about_once(day):
    first = save(day, "C1234567")
    with refused("looks_registered"):
        save(day, "D7654321")
    second = save(day, "D7654321", apart_from={first})
    assert day.reads.candidate(first).alike == day.reads.candidate(second).alike == ()
    third = save(day, "E1111111", apart_from={first, second})
    assert day.reads.candidate(third).alike == ()


def test_linked_records_are_one_person_until_the_link_is_taken_back(day):
    first = save(day, "C1234567")
    second = save(day, "D7654321", apart_from={first}, enrol=False)
    with refused("reason_missing"):
        link_candidates(LinkCandidates(first, second, " ", day.ids["reg"]), day.desk)
    earlier, later = sorted((first, second))
    assert link_candidates(LinkCandidates(second, first, "same face", day.ids["reg"]), day.desk) == earlier
    with refused("linked_already"):
        link_candidates(LinkCandidates(first, second, "again", day.ids["reg"]), day.desk)
    assert [one.id for one in day.reads.candidate(first).same] == [second]
    assert [day.reads.candidate(one).linked for one in (earlier, later)] == [False, True]
    assert [one.level for one in day.reads.candidate(second).enrolments] == [3]
    with refused("reason_missing"):
        unlink_candidate(UnlinkCandidate(later, "", day.ids["reg"]), day.desk)
    unlink_candidate(UnlinkCandidate(later, "two brothers", day.ids["reg"]), day.desk)
    assert day.reads.candidate(first).same == ()
    assert day.reads.candidate(first).alike == ()  # and they are not asked about again
    with refused("not_linked"):
        unlink_candidate(UnlinkCandidate(later, "again", day.ids["reg"]), day.desk)


def test_one_person_enrols_once_a_level_whichever_record_is_used(day):
    first = save(day, "C1234567", enrol=False)
    second = save(day, IDS[0], "resident_id", "CHN", apart_from={first}, enrol=False)
    link_candidates(LinkCandidates(first, second, "same person", day.ids["reg"]), day.desk)
    data = csv(row(NAME, IDS[0]))
    for enrolled in (1, 0):
        done = import_roster(ImportRoster(day.batch, day.preview(data), day.ids["reg"]), day.desk)
        assert (done.accepted, done.unchanged) == (enrolled, 1 - enrolled)
    assert {one.person for one in day.reads.enrolments(day.batch)} == {min(first, second)}


def test_three_records_hang_together(day):
    first, second, third = [save(day, number, name=name, enrol=False) for number, name in (
        ("C1234567", "甲"), ("D7654321", "乙"), ("E1111111", "丙"))]
    link_candidates(LinkCandidates(second, third, "one", day.ids["reg"]), day.desk)
    link_candidates(LinkCandidates(third, first, "one", day.ids["reg"]), day.desk)
    for one in (first, second, third):
        assert {first, second, third} == {one, *(other.id for other in day.reads.candidate(one).same)}
        assert day.reads.candidate(one).linked is (one != min(first, second, third))


def test_a_roster_names_those_who_look_registered_and_the_reviewer_is_told(day):
    save(day, "C1234567", enrol=False)
    reading = day.preview(csv(row(NAME, IDS[0])))
    assert (reading.rows[0].verdict, [one.code for one in reading.rows[0].problems]) == (
        Verdict.WARN, ["LOOKS_REGISTERED"])
    import_roster(ImportRoster(day.batch, reading, day.ids["reg"]), day.desk)
    [enrolled] = day.reads.enrolments(day.batch)
    assert enrolled.state == EnrolmentState.SUBMITTED
    assert "looks_registered_twice" in enrolled.doubts
    [other] = day.reads.candidate(enrolled.person).alike
    tell_apart(TellApart(other.id, enrolled.person, day.ids["reg"]), day.desk)
    assert "looks_registered_twice" not in day.reads.enrolments(day.batch)[0].doubts
