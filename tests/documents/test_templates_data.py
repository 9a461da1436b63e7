"""Templates are data: what they say is checked when they are read, and their version is their content."""

from datetime import date
from decimal import Decimal
from importlib.resources import files

import pytest
from documents_kit import face

from appraisal.catalogue import load_schemes
from appraisal.documents.templates import load_template, template_from
from appraisal.documents.wording import mark, places
from appraisal.domain.errors import RuleViolation
from appraisal.domain.identity import DocumentKind


def raw(name: str) -> bytes:
    return (files("resources") / "templates" / f"{name}.toml").read_bytes()


def test_every_scheme_has_its_template_with_words_for_every_document():
    for scheme in load_schemes().values():
        template = load_template(scheme.template)
        assert set(template.kinds) == set(DocumentKind)
        assert template.radar is not None or not scheme.qualities


def test_a_version_is_name_and_content():
    template = load_template("skill-level")
    name, _, digest = template.version.partition("@")
    assert (name, len(digest)) == ("skill-level", 16)
    assert template.number == int(digest[:8], 16)
    assert load_template(template.version) == template
    assert template_from(raw("skill-level") + b"\n").version != template.version


def test_another_version_is_never_printed_in_its_place():
    with pytest.raises(RuleViolation, match="template_unknown"):
        load_template("skill-level@0000000000000000")
    with pytest.raises(RuleViolation, match="template_unknown"):
        load_template("skill")


@pytest.mark.parametrize("name", ["skill-level", "innovation-talent"])
def test_every_place_that_a_template_names_is_filled(name):
    template = load_template(name)
    scheme = "ai-trainer" if name == "skill-level" else "innovation-talent"
    words = places(face(scheme), template)
    for text in template.texts:
        text.text.format_map(words)
        assert not text.needs or text.needs in words


def test_a_template_with_an_unknown_style_or_ornament_is_refused():
    data = raw("skill-level")
    with pytest.raises(ValueError, match="no style"):
        template_from(data.replace(b'style = "sublabel"', b'style = "subtle"'))
    with pytest.raises(ValueError, match="family"):
        template_from(data.replace(b'family = "serif"', b'family = "kai"'))


def test_a_latin_name_is_not_said_twice():
    template = load_template("skill-level")
    assert places(face(name="NGUYỄN VĂN MẪU", latin_name="NGUYỄN VĂN MẪU"), template)["latin_name"] == ""
    assert places(face(), template)["latin_name"] == "OUYANG Nana"


def test_a_term_is_said_or_its_absence():
    template = load_template("innovation-talent")
    assert places(face(), template)["validity_zh"] == "长期有效"
    limited = places(face(expires=date(2029, 2, 28)), template)
    assert limited["validity_zh"] == "有效期至 2029年2月28日"
    assert limited["validity_en"] == "Valid until 28 February 2029"


def test_marks_are_printed_without_needless_zeros():
    assert [mark(Decimal(one)) for one in ("86", "86.0", "79.50", "100", "0")] == ["86", "86", "79.5", "100", "0"]
