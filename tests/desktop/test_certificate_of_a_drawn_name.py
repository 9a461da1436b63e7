"""A name with a character that no font has: no certificate before its picture is there, and the same one ever after."""

import pytest
from certificate_kit import certified_batch, granted_centre, operators
from kit.glyphs import a_glyph

from appraisal.domain.errors import RuleViolation
from appraisal.usecases.draw_glyph import DrawGlyph, draw_glyph
from appraisal.usecases.issue_certificates import IssueCertificates, issue_certificates

UNKNOWN = "\U000323af"
NAMES = ("张伟", f"欧阳{UNKNOWN}")


@pytest.fixture
def centre(tmp_path):
    made = granted_centre(tmp_path / "desk", 50)
    yield made
    made.close()


def draw(centre, person, **how):
    draw_glyph(DrawGlyph(person, UNKNOWN, a_glyph(**how), operators(centre)["registrar"]), centre.desk)


def issue(centre, press, batch):
    return issue_certificates(IssueCertificates(batch, operators(centre)["certificate_officer"]), centre.desk, press)


def printed(centre, press, certificate):
    return press.print_issued([centre.reads.certificate(certificate)], [None], centre.reads.centre())


def test_it_is_issued_with_the_picture_and_keeps_it(centre, press):
    batch = certified_batch(centre, NAMES, scheme="innovation-talent", code="Z1")
    with pytest.raises(RuleViolation, match="glyph_missing"):
        issue(centre, press, batch)
    assert not centre.reads.certificate_rows(batch)
    person = next(one.person for one in centre.reads.enrolments(batch) if one.name == NAMES[1])
    draw(centre, person)
    assert len(issue(centre, press, batch).issued) == 2
    drawn = next(one.id for one in centre.reads.certificate_rows(batch) if one.name == NAMES[1])
    [glyph] = centre.reads.certificate(drawn).glyphs
    before = printed(centre, press, drawn)
    draw(centre, person, side=700)
    draw(centre, person, ink="#222222", side=150)
    assert centre.reads.candidate(person).glyphs != (glyph,)
    assert centre.reads.certificate(drawn).glyphs == (glyph,)
    assert printed(centre, press, drawn) == before
