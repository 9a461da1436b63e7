"""`certificates issue` warns of few numbers as the page does: on standard error, and as a field."""

import json

import pytest
from certificate_kit import certified_batch, granted_centre
from import_marks_kit import PASSPHRASE

from db.centre import Surroundings
from desktop.cli import main

NAMES = ("张伟", "欧阳娜娜", "陈𬱖", "王芳", "李强")


@pytest.fixture
def issue(tmp_path, monkeypatch, capsys):
    """Five people have passed, and there is a block of so many numbers: issues by command at the centre's own time."""

    def found(block):
        centre = granted_centre(tmp_path / "desk", block)
        noon = centre.clock()  # how far it is moved on from here, the centre remembers
        certified_batch(centre, NAMES, scheme="innovation-talent", code="Z1")
        centre.add_slot("certificate_officer", PASSPHRASE)
        schemes = centre.desk.schemes
        centre.close()
        monkeypatch.setenv("APPRAISAL_DESK_OPERATOR", "certificate_officer")
        monkeypatch.setenv("APPRAISAL_DESK_PASSPHRASE", PASSPHRASE)

        def run(*words):
            code = main(["--data", str(tmp_path / "desk"), *words, "certificates", "issue", "--batch", "Z1"],
                        lambda: Surroundings(schemes, clock=lambda: noon))
            return code, *capsys.readouterr()

        return run

    return found


def test_few_numbers_are_said_and_named(issue, dressed):
    run = issue(6)
    code, out, warned = run("--json", "--language", "zh_CN")
    answer = json.loads(out)
    assert (code, answer.get("issued")) == (0, 5), (answer, warned)
    left, = answer["numbers_few"]
    assert (left["scheme"], left["left"], left["block"]) == ("innovation-talent", 1, 6)
    assert f"所剩不多：{left['name_zh']} 1。" in warned
    code, out, warned = run("--language", "en")  # nobody is waiting; they are few all the same
    assert (code, f"Few certificate numbers are left: {left['name_en']} 1." in warned) == (0, True)
    assert "Few certificate" not in out


def test_of_enough_numbers_nothing_is_said(issue):
    code, out, warned = issue(50)("--json", "--language", "en")
    answer = json.loads(out)
    assert (code, answer.get("issued"), answer.get("numbers_few")) == (0, 5, []), (answer, warned)
    assert "numbers are left" not in warned
