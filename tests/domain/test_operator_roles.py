"""Rights are asked by role; an administrator has no part in the appraisal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appraisal.domain.errors import RuleViolation
from appraisal.domain.operator import MARKS_STAFF, Operator, Role, check_roles

roles = st.frozensets(st.sampled_from(Role))


@given(roles, roles)
def test_any_one_of_the_roles_asked_is_enough_and_none_is_refused(mine, asked):
    operator = Operator("o1", "li", "李", mine)
    if mine & asked:
        operator.require(*asked)
    else:
        with pytest.raises(RuleViolation, match="right_missing"):
            operator.require(*asked)


@given(roles)
def test_who_is_withdrawn_may_do_nothing(mine):
    with pytest.raises(RuleViolation, match="operator_withdrawn"):
        Operator("o1", "li", "李", mine, active=False).require(*Role)


def test_the_refusal_names_the_person_and_the_roles():
    with pytest.raises(RuleViolation) as refused:
        Operator("o1", "li", "李", frozenset({Role.REGISTRAR})).require(Role.MARKS_A, Role.MARKS_B)
    assert refused.value.detail == {"login": "li", "roles": "marks_a / marks_b"}


@given(roles)
def test_an_administrator_has_no_other_role_and_marks_staff_are_not_exam_staff(mine):
    if not mine:
        with pytest.raises(RuleViolation, match="role_missing"):
            check_roles(mine)
    elif Role.ADMINISTRATOR in mine and len(mine) > 1:
        with pytest.raises(RuleViolation, match="administrator_has_no_business_rights"):
            check_roles(mine)
    elif Role.INVIGILATOR in mine and mine & MARKS_STAFF:
        with pytest.raises(RuleViolation, match="marks_staff_not_exam_staff"):
            check_roles(mine)
    else:
        check_roles(mine)
