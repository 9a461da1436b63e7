"""Enrolments: who may review, when one may be seated, and what a reviewer is told to look at."""

from datetime import date

import pytest

from appraisal.catalogue import load_schemes
from appraisal.domain.enrolment import Enrolment, EnrolmentReviewed, EnrolmentSeated, EnrolmentState, doubts
from appraisal.domain.errors import RuleViolation
from appraisal.domain.person import age

SCHEMES = load_schemes()
EXAM = date(2026, 12, 12)
S = EnrolmentState


def enrolment(state):
    return Enrolment("e1", "p1", "b1", 3, S(state), "registrar")


@pytest.mark.parametrize(("decision", "why"), [(S.APPROVED, ""), (S.RETURNED, "缺毕业证"), (S.REFUSED, "年限不足")])
def test_another_person_decides(decision, why):
    reviewed = enrolment("submitted").review(decision, "reviewer", why)
    assert reviewed == EnrolmentReviewed("e1", "p1", decision, "reviewer")


@pytest.mark.parametrize("decision", [S.APPROVED, S.REFUSED])
def test_who_entered_it_does_not_decide(decision):
    with pytest.raises(RuleViolation, match="reviewer_entered_it"):
        enrolment("submitted").review(decision, "registrar", "why")


@pytest.mark.parametrize("decision", [S.RETURNED, S.REFUSED])
def test_a_return_and_a_refusal_need_a_reason(decision):
    with pytest.raises(RuleViolation, match="reason_missing"):
        enrolment("submitted").review(decision, "reviewer", "  ")


@pytest.mark.parametrize("state", ["returned", "approved", "refused", "seated"])
def test_what_is_decided_is_not_decided_again(state):
    with pytest.raises(RuleViolation, match="enrolment_already_decided"):
        enrolment(state).review(S.APPROVED, "reviewer", "")


def test_only_the_approved_are_seated_and_may_be_seated_anew():
    for state in ("approved", "seated"):
        assert enrolment(state).seat("26", "1", "2") == EnrolmentSeated("e1", "p1", "26", "1", "2")
    for state in ("submitted", "returned", "refused"):
        with pytest.raises(RuleViolation, match="enrolment_not_approved"):
            enrolment(state).seat("26", "1", "2")


@pytest.mark.parametrize(("level", "condition", "prior", "birth", "found"), [
    (3, "累计从事本职业或相关职业工作满10年", None, date(1990, 1, 1), ()),
    (3, "取得四级/中级工证书后，累计从事本职业或相关职业工作满4年", 4, date(1990, 1, 1), ()),
    (3, "取得四级/中级工证书后，累计从事本职业或相关职业工作满4年", 5, None, ("condition_wants_certificate",)),
    (3, "没有这一条", None, None, ("condition_not_in_scheme",)),
    (5, "年满16周岁，拟从事本职业或相关职业工作", None, date(2010, 12, 12), ()),
    (5, "年满16周岁，拟从事本职业或相关职业工作", None, date(2010, 12, 13), ("condition_wants_age", "age_under_16")),
])
def test_what_a_reviewer_is_told(level, condition, prior, birth, found):
    assert doubts(SCHEMES["ai-trainer"].at(level), condition, prior, birth, EXAM) == found


@pytest.mark.parametrize(("birth", "on", "years"), [
    (date(2008, 2, 29), date(2024, 2, 28), 15), (date(2008, 2, 29), date(2024, 2, 29), 16),
    (date(2008, 2, 29), date(2026, 2, 28), 17), (date(2008, 2, 29), date(2026, 3, 1), 18)])
def test_full_years_of_somebody_born_on_a_leap_day(birth, on, years):
    assert age(birth, on) == years
