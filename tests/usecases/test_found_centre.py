"""Founding a centre: what it wants, and that its entries tell no name."""

from dataclasses import replace

import pytest
from staff_kit import around, entries, found_small, open_small

from appraisal.domain.certificate import Bilingual
from appraisal.domain.errors import RuleViolation
from appraisal.domain.operator import Role
from appraisal.usecases.found_centre import FirstOperator, FoundCentre
from db.centre import create_centre
from db.folder import is_here

ADMINISTRATOR = FirstOperator("qian", "钱敏", frozenset({Role.ADMINISTRATOR}))
COMMAND = FoundCentre("C1", Bilingual("示例中心", "Centre"), "v.example.com", (ADMINISTRATOR,))


def test_the_founding_entries(tmp_path):
    found_small(tmp_path)
    centre = open_small(tmp_path)
    try:
        first, *others = entries(centre)
        assert (first.kind, first.seq, first.operator) == ("centre.founded", 1, "")
        assert first.body["name"] == {"zh": "示例中心", "en": "Centre"}
        assert [one.kind for one in others] == ["operator.enrolled"] * 3
        assert {frozenset(one.body) for one in others} == {frozenset({"person", "login", "roles"})}
        assert centre.reads.centre().code == "C1"
    finally:
        centre.close()


@pytest.mark.parametrize(("changed", "expected"), [
    ({"code": " "}, ("field_missing", "code")),
    ({"name": Bilingual("", "Centre")}, ("field_missing", "name_zh")),
    ({"name": Bilingual("示例中心", " ")}, ("field_missing", "name_en")),
    ({"host": ""}, ("field_missing", "host")),
    ({"operators": ()}, ("administrator_missing", "operators")),
    ({"operators": (replace(ADMINISTRATOR, roles=frozenset({Role.SUPERVISOR})),)},
     ("administrator_missing", "operators")),
    ({"operators": (ADMINISTRATOR, replace(ADMINISTRATOR, name="另一人"))}, ("login_taken", "operators")),
    ({"operators": (ADMINISTRATOR, FirstOperator("li", " ", frozenset({Role.REGISTRAR})))},
     ("field_missing", "operators")),
    ({"operators": (ADMINISTRATOR, FirstOperator("li", "李", frozenset()))}, ("role_missing", "roles")),
    ({"operators": (replace(ADMINISTRATOR, roles=frozenset(Role)),)},
     ("administrator_has_no_business_rights", "roles")),
])
def test_a_founding_that_the_rules_refuse_leaves_no_centre(tmp_path, changed, expected):
    command = replace(COMMAND, **changed)
    with pytest.raises(RuleViolation) as caught:
        create_centre(tmp_path, command, {"qian": "four quiet words"}, around())
    assert (caught.value.code, caught.value.field) == expected
    assert not is_here(tmp_path)
    create_centre(tmp_path, COMMAND, {"qian": "four quiet words"}, around())
    assert is_here(tmp_path)
