"""The press of the desk: proofs read back before they count, and certificates printed as they were issued."""

import io
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "documents"))

from documents_kit import HOST, face, portrait

from appraisal.credential.digits import payload_text
from appraisal.credential.reading import read_payloads
from appraisal.credential.symbol import symbol
from appraisal.domain.centre import CentreFounded
from appraisal.domain.certificate import Bilingual
from appraisal.domain.errors import RuleViolation
from appraisal.sentences import LANGUAGES, say
from appraisal.usecases.issue_certificates import Proof
from appraisal.usecases.ports import Issued, no_step
from desktop.press import DeskPress

CENTRE = CentreFounded("c1", "0001", Bilingual("示范中心", "Demonstration Centre"), HOST, demonstration=False)


def cose(seed: int) -> bytes:
    return bytes((seed * 57 + at * 11) % 256 for at in range(200))


def proofs(scheme: str = "innovation-talent", count: int = 3) -> list[Proof]:
    return [Proof(face(scheme, number=f"ZGC-{at}"), cose(at), portrait()) for at in range(count)]


def issued(press: DeskPress, scheme: str, template: str, count: int = 2) -> list[Issued]:
    version, _ = press.version(template)
    return [Issued(f"i{at}", "e", "p", one.face.number, "issued", version, None, one.cose, one.face)
            for at, one in enumerate(proofs(scheme, count))]


def test_proofs_pass_and_progress_counts_the_second_half():
    seen = []
    DeskPress().check("innovation-talent", HOST, proofs(), lambda done, total: seen.append((done, total)))
    assert seen == [(4, 6), (5, 6), (6, 6)]


def test_a_proof_that_does_not_say_what_it_should_is_named():
    """A fault of the printing: one symbol comes out as another's."""
    wrong = payload_text(cose(1), HOST)
    press = DeskPress(draw=lambda text: symbol(text[:-3] + "000" if text == wrong else text, by="zxing"))
    with pytest.raises(RuleViolation) as refused:
        press.check("innovation-talent", HOST, proofs(), no_step)
    assert refused.value.code == "certificate_unreadable"
    assert refused.value.detail == {"number": "ZGC-1"}
    assert all("ZGC-1" in say(refused.value.code, language, **refused.value.detail) for language in LANGUAGES)


def test_a_missing_glyph_stops_the_proof_with_its_sentence():
    one = proofs(count=1)[0]
    bad = replace(one, face=replace(one.face, name="王\U000323af"))
    with pytest.raises(RuleViolation) as refused:
        DeskPress().check("innovation-talent", HOST, [bad], no_step)
    assert refused.value.code == "glyph_missing"
    assert all("U+323AF" in say("glyph_missing", language, **refused.value.detail) for language in LANGUAGES)


def test_certificates_of_two_templates_print_in_one_file():
    press = DeskPress()
    ones = issued(press, "ai-trainer", "skill-level") + issued(press, "innovation-talent", "innovation-talent")
    data = press.print_issued(ones, [portrait(), None, portrait(), None], CENTRE)
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    assert [round(page.mediabox.width) for page in pages] == [842, 842, 595, 595]
    # the two pairs have the same envelopes, which read once each
    assert read_payloads(data) == [payload_text(cose(at), HOST) for at in (0, 1)]


def test_a_certificate_of_another_template_version_is_not_printed_by_this_one():
    press = DeskPress()
    old = replace(issued(press, "ai-trainer", "skill-level", 1)[0], template="skill-level@0123456789abcdef")
    with pytest.raises(RuleViolation, match="template_unknown"):
        press.print_issued([old], [None], CENTRE)


def test_a_demonstration_says_so():
    press = DeskPress()
    ones = issued(press, "ai-trainer", "skill-level", 1)
    plain = press.print_issued(ones, [None], CENTRE)
    marked = press.print_issued(ones, [None], replace(CENTRE, demonstration=True))
    assert b"/Remark." not in plain
    assert b"/Remark." in marked


def test_several_threads_take_turns_and_get_the_same():
    press = DeskPress()
    ones = issued(press, "innovation-talent", "innovation-talent", 1)
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: press.print_issued(ones, [portrait()], CENTRE), range(8)))
        pool.submit(press.check, "innovation-talent", HOST, proofs(), no_step).result()
    assert len(set(made)) == 1


def test_it_knows_what_it_can_draw():
    press = DeskPress()
    assert press.can_draw("𬱖")
    assert not press.can_draw("\U000323af")
