"""A template of the association prints once it is taken in; what was issued before keeps the one it was issued with."""

import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from certificate_kit import certified_batch
from import_marks_kit import open_marks_centre, operators
from kit.libraries import SimulatedLibrary
from pypdf import PdfReader

from appraisal.domain.errors import RuleViolation
from appraisal.usecases.adopt_grant import AdoptGrant, AskToJoin, adopt_grant, ask_to_join
from appraisal.usecases.issue_certificates import IssueCertificates, issue_certificates
from db.engine import open_sqlite
from db.rebuild import differing
from db.templates import AdoptedTemplates
from db.updates import FolderFetcher
from desktop.commands.updates import take_updates
from desktop.press import DeskPress

sys.path.append(str(Path(__file__).parents[1] / "library"))  # where a repository of updates is made

from updates_kit import Publisher

NAMES = ("张伟", "欧阳娜娜", "王芳")
SHIPPED = Path(__file__).parents[2] / "resources" / "templates" / "innovation-talent.toml"
OLD, NEW = "证书编号　No. ", "协会编号　No. "


class Scene:
    def __init__(self, folder):
        (folder / "library").mkdir()
        self.association = SimulatedLibrary(open_sqlite(folder / "library" / "library.db"))
        self.centre = open_marks_centre(folder / "desk")
        self.association.clock.now = self.centre.clock()
        self.publisher, self.given = Publisher(self.association, folder / "updates"), folder / "given"
        (self.given / "templates").mkdir(parents=True)
        self.who = operators(self.centre)
        self.publisher.publish()
        grant = self.association.enrol(ask_to_join(
            AskToJoin(self.who["supervisor"]), self.centre.desk, self.centre.exchange))
        adopt_grant(AdoptGrant(grant, self.who["supervisor"]), self.centre.desk, self.centre.exchange)
        self.press = DeskPress(adopted=AdoptedTemplates(self.centre.reader, self.centre.clock))

    def give(self, name, text):
        (self.given / "templates" / f"{name}.toml").write_bytes(text.encode())
        self.publisher.publish(self.given)
        return take_updates(self.centre, self.who["supervisor"], FolderFetcher(self.publisher.folder))

    def issue(self, batch, enrolment):
        done = issue_certificates(IssueCertificates(batch, self.who["certificate_officer"], (enrolment,)),
                                  self.centre.desk, self.press)
        return self.centre.reads.certificate(done.issued[0])

    def text_of(self, press, one):
        return PdfReader(BytesIO(press.print_issued([one], [None], self.centre.reads.centre()))).pages[0].extract_text()

    def close(self):
        self.centre.close()
        self.association.library.engine.dispose()


@pytest.fixture
def scene(tmp_path):
    made = Scene(tmp_path)
    yield made
    made.close()


def test_the_associations_template_prints_and_an_issued_certificate_keeps_its_own(scene):
    batch = certified_batch(scene.centre, NAMES, scheme="innovation-talent")
    scene.association.clock.now = scene.centre.clock()
    waiting = [one.enrolment for one in scene.centre.reads.to_issue(batch)]
    first = scene.issue(batch, waiting[0])
    shipped = SHIPPED.read_text("utf-8").replace("\r\n", "\n")
    assert scene.give("innovation-talent", shipped.replace(OLD, NEW))["templates"] == ("innovation-talent",)
    second = scene.issue(batch, waiting[1])
    assert scene.give("innovation-talent", shipped.replace(OLD, "新编号　No. "))["templates"] == ("innovation-talent",)
    third = scene.issue(batch, waiting[2])
    assert len({one.template for one in (first, second, third)}) == 3
    assert scene.press.version("innovation-talent")[0] == third.template
    again = DeskPress(adopted=AdoptedTemplates(scene.centre.reader, scene.centre.clock))  # as after another start
    for one, words in ((first, "证书编号"), (second, "协会编号"), (third, "新编号")):
        said = scene.text_of(again, one)
        assert [word for word in ("证书编号", "协会编号", "新编号") if word in said] == [words]
    with pytest.raises(RuleViolation, match="template_unknown"):
        scene.text_of(DeskPress(), second)  # another desk's certificate, say: never by another template
    with scene.centre.reader.begin() as connection:
        assert differing(connection) == ()


def test_a_dated_template_waits_for_its_day(scene):
    shipped = SHIPPED.read_text("utf-8").replace("\r\n", "\n")
    clock = [int(datetime(2026, 12, 31, 15, 59, tzinfo=UTC).timestamp() * 1000)]  # one minute before midnight in China
    press = DeskPress(adopted=AdoptedTemplates(scene.centre.reader, lambda: clock[0]))
    released = DeskPress().version("innovation-talent")
    scene.give("innovation-talent@2027-01-01", shipped.replace(OLD, NEW))
    assert press.version("innovation-talent") == released
    clock[0] += 60_000
    dated = press.version("innovation-talent")
    assert dated != released
    assert scene.give("innovation-talent", shipped + "\n# undated\n")["templates"] == ("innovation-talent",)
    assert press.version("innovation-talent") == dated  # the latest day counts
    clock[0] -= 60_000
    assert press.version("innovation-talent") not in (dated, released)


def test_a_template_that_this_release_cannot_print_is_passed_over_and_the_rest_comes_in(scene):
    shipped = SHIPPED.read_text("utf-8")
    for name, text in (("innovation-talent", shipped.replace('family = "', 'family = "Unheard of ', 1)),
                       ("skill-level", shipped), ("innovation-talent@soon", shipped)):
        done = scene.give(name, text)
        assert (done["templates"], done["passed_over"]) == ((), (name,)), name
        (scene.given / "templates" / f"{name}.toml").unlink()
    assert done["trust_version"] > 1
    assert scene.press.version("innovation-talent") == DeskPress().version("innovation-talent")
