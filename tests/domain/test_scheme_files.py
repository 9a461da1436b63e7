"""Schemes: the files shipped say what the design says; a bad file is refused."""

import tomllib
from decimal import Decimal
from importlib.resources import files

import msgspec
import pytest

from appraisal.catalogue import load_schemes
from appraisal.domain.errors import RuleViolation
from appraisal.domain.photo_rule import photo_rule, photo_rules
from appraisal.domain.scheme import NumberSource, scheme_from

SCHEMES = load_schemes()


def data(name):
    return tomllib.loads((files("resources") / "schemes" / f"{name}.toml").read_text("utf-8"))


def test_the_seven_qualities_and_their_weights():
    talent = SCHEMES["innovation-talent"]
    level = talent.at(None)
    assert [s.zh for s in level.subjects] == ["创新意识", "创新精神", "创新理念", "创新思维", "创新知识", "创新能力",
                                              "创新人格"]
    assert sum(s.weight for s in level.subjects) == 1
    assert (talent.qualities, talent.number_source) == (True, NumberSource.LEASE)


@pytest.mark.parametrize(("level", "subjects"), [
    (5, ["theory", "practice"]), (4, ["theory", "practice"]), (3, ["theory", "practice"]),
    (2, ["theory", "practice", "comprehensive"]), (1, ["theory", "practice", "comprehensive"])])
def test_the_subjects_of_each_level(level, subjects):
    found = SCHEMES["ai-trainer"].at(level)
    assert [s.code for s in found.subjects] == subjects
    assert all(s.pass_mark == 60 and isinstance(s.pass_mark, Decimal) for s in found.subjects)


@pytest.mark.parametrize("scheme", SCHEMES.values(), ids=lambda s: s.code)
def test_every_scheme_shows_results_five_working_days_and_names_itself_in_both_languages(scheme):
    assert scheme.publicity_days >= 5
    assert all((scheme.name.zh, scheme.name.en, scheme.title.zh, scheme.title.en))
    assert len({level.level for level in scheme.levels}) == len(scheme.levels)


@pytest.mark.parametrize("scheme", SCHEMES.values(), ids=lambda s: s.code)
def test_every_scheme_names_a_photo_rule_that_is_here(scheme):
    assert photo_rule(scheme.photo_rule) in photo_rules().values()


def test_a_photo_rule_of_a_later_release_is_refused_by_its_name():
    with pytest.raises(RuleViolation) as refused:
        photo_rule("three-inch")
    assert (refused.value.code, refused.value.detail) == ("photo_rule_unknown", {"rule": "three-inch"})


@pytest.mark.parametrize(("scheme", "level"), [("ai-trainer", 6), ("ai-trainer", None), ("innovation-talent", 3)])
def test_a_level_that_the_scheme_does_not_have(scheme, level):
    with pytest.raises(RuleViolation) as refused:
        SCHEMES[scheme].at(level)
    assert (refused.value.code, refused.value.detail) == (
        "level_not_in_scheme", {"level": str(level), "scheme": scheme})


def test_weights_that_do_not_add_up_and_short_publicity_are_refused():
    bad = data("innovation-talent")
    bad["levels"][0]["subjects"][0]["weight"] = "0.16"
    with pytest.raises(ValueError, match="weights"):
        scheme_from(bad)
    with pytest.raises(ValueError, match="five working days"):
        scheme_from(data("ai-trainer") | {"publicity_days": 4})


@pytest.mark.parametrize("missing", ["code", "levels", "number_source", "photo_required"])
def test_a_file_that_lacks_something_is_refused(missing):
    bad = data("ai-trainer")
    del bad[missing]
    with pytest.raises(msgspec.ValidationError):
        scheme_from(bad)
