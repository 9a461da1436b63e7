"""`certificates badge`: what it writes verifies; what it must not sign is refused, and nothing is written."""

import json

import pytest
from certificate_kit import DAY, LIST, certified_batch, exchange_of, granted_centre, operators
from import_marks_kit import PASSPHRASE

from appraisal.credential.integrity import check_proofs
from appraisal.credential.jose import from_jwt
from appraisal.credential.status import Status, StatusList, make_status_list
from appraisal.domain.certificate import CertificateRevoked
from appraisal.usecases.adopt_grant import AdoptLists, adopt_lists
from appraisal.usecases.issue_certificates import IssueCertificates, issue_certificates
from db.centre import Surroundings
from desktop.cli import main
from desktop.press import DeskPress

URL = "https://lists.example.cn/s"


@pytest.fixture
def centre(tmp_path, monkeypatch, dressed):
    """Three certificates are issued; `centre.badge(…)` closes the centre and runs the command."""
    opened = granted_centre(tmp_path / "desk", 50)
    noon, schemes = opened.clock(), opened.desk.schemes
    batch = certified_batch(opened, ("张伟", "欧阳娜娜", "陈𬱖"), scheme="innovation-talent", code="Z1")
    issue_certificates(IssueCertificates(batch, operators(opened)["certificate_officer"]), opened.desk, DeskPress())
    rows = opened.reads.certificate_rows(batch)
    opened.numbers, opened.names = [one.number for one in rows], [one.name for one in rows]
    for login in ("certificate_officer", "registrar"):
        opened.add_slot(login, PASSPHRASE)
    opened.around = lambda: Surroundings(schemes, clock=lambda: noon)
    monkeypatch.setenv("APPRAISAL_DESK_OPERATOR", "certificate_officer")
    monkeypatch.setenv("APPRAISAL_DESK_PASSPHRASE", PASSPHRASE)
    yield opened
    opened.close()


@pytest.fixture
def badge(centre, tmp_path, capsys):
    def run(*words):
        centre.close()
        capsys.readouterr()
        code = main(["--data", str(tmp_path / "desk"), "--json", "--language", "en", "certificates", "badge",
                     *words, "--out", str(tmp_path / "out")], centre.around)
        out, said = capsys.readouterr()
        return code, json.loads(out), said

    return run


def adopt_status(centre, state, index):
    now = centre.clock() // 1000
    made = StatusList(1, now - 60, now - 1).changed({index: state}, now - 30, now + DAY)
    adopt_lists(AdoptLists(None, (make_status_list(made, LIST),), operators(centre)["supervisor"]), centre.desk,
                exchange_of(centre))


def test_badges_are_written_and_hold(centre, badge, tmp_path):
    issuer = centre.desk.signer.public
    code, answer, said = badge(*centre.numbers, "--jwt", "--status-url", URL + "/")
    assert (code, answer["badges"], answer["status_url"]) == (0, 3, URL), said
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(
        f"{number}.{kind}" for number in centre.numbers for kind in ("json", "jwt"))
    assert sorted(answer["files"]) == sorted(map(str, (tmp_path / "out").iterdir()))
    for number, name in zip(centre.numbers, centre.names, strict=True):
        made = json.loads((tmp_path / "out" / f"{number}.json").read_text("utf-8"))
        assert check_proofs(made).public == issuer
        assert made["credentialSubject"]["identifier"][0]["identityHash"] == name
        assert made["evidence"][0]["id"].startswith("https://v.example.com/#")
        assert made["credentialStatus"][0]["statusListCredential"] == f"{URL}/status-1-revocation.json"
        said_there, key = from_jwt((tmp_path / "out" / f"{number}.jwt").read_text("ascii").strip())
        assert (said_there, key.public) == (
            {field: value for field, value in made.items() if field != "proof"}, issuer)
        assert "11010119900307" not in json.dumps(made)  # identity numbers begin so
        assert "1990-" not in json.dumps(made)


def test_verify_gives_a_badge_its_certificates_verdict_and_says_whether_it_holds(centre, badge, tmp_path, capsys):
    number, name = centre.numbers[1], centre.names[1]
    badge(number)
    file = tmp_path / "out" / f"{number}.json"

    def verified():
        code = main(["--data", str(tmp_path / "desk"), "--json", "--language", "en", "verify", str(file)],
                    centre.around)
        out, said = capsys.readouterr()
        found, = json.loads(out)["results"]
        return code, found["verdict"], found["number"], found["name"], found["badge"], said

    assert verified()[:5] == (0, "VALID", number, name, True)
    file.write_text(file.read_text("utf-8").replace(name, "李四"), "utf-8")
    *found, said = verified()
    assert found == [1, "VALID", number, name, False]
    assert "not as the certificate's centre signed it" in said


def test_without_an_address_of_lists_it_says_what_is_missing(centre, badge, tmp_path):
    code, answer, said = badge(centre.numbers[0])
    assert (code, answer["status_url"], len(answer["files"])) == (0, None, 1)
    assert "give their address with --status-url" in said
    assert "credentialStatus" not in json.loads((tmp_path / "out" / f"{centre.numbers[0]}.json").read_text("utf-8"))


def refused(answer, code, tmp_path):
    status, said, sentence = answer
    assert (status, said["error"]) == (1, code), sentence
    assert not (tmp_path / "out").exists()
    return sentence


def test_an_unknown_number_is_refused_and_nothing_is_written(centre, badge, tmp_path):
    sentence = refused(badge(centre.numbers[0], "X-1"), "certificate_number_unknown", tmp_path)
    assert "no certificate X-1" in sentence


@pytest.mark.parametrize("state", [Status.REVOKED, Status.SUSPENDED, Status.REPLACED])
def test_what_the_lists_speak_against_is_refused(centre, badge, tmp_path, state):
    with centre.desk.work(operators(centre)["supervisor"]) as work:
        left = {slot.status[1] for slot in work.certificates.free_slots("innovation-talent")}
        (lease,) = [one for one in work.leases if one.scheme == "innovation-talent"]
    first = next(index for index in lease.status_indices if index not in left)  # the first that was given out
    adopt_status(centre, state, first)
    sentence = refused(badge(*centre.numbers), "badge_refused", tmp_path)
    assert f"its verdict is {state.name}" in sentence


def test_what_the_desk_has_revoked_is_refused_before_any_list_says_so(centre, badge, tmp_path):
    one = centre.reads.certificate_numbered(centre.numbers[2])
    supervisor = operators(centre)["supervisor"]
    with centre.desk.work(supervisor) as work:
        work.record(CertificateRevoked(one.certificate, one.person, supervisor))
    sentence = refused(badge(centre.numbers[2]), "badge_refused", tmp_path)
    assert "its verdict is REVOKED" in sentence


def test_only_a_certificate_officer_signs_badges(centre, badge, tmp_path, monkeypatch):
    monkeypatch.setenv("APPRAISAL_DESK_OPERATOR", "registrar")
    refused(badge(centre.numbers[0]), "right_missing", tmp_path)


def test_an_address_that_is_none_is_refused(centre, badge, tmp_path):
    refused(badge(centre.numbers[0], "--status-url", "lists.example.cn"), "status_url_bad", tmp_path)
