"""`certificates render --sign` and `--sign-by-centre`: signed files, or a refusal and no file at all."""

import io
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import pypdf
import pypdfium2
import pytest
from certificate_kit import CENTRE_NAME, certified_batch, granted_centre
from import_marks_kit import PASSPHRASE, operators

sys.path.append(str(Path(__file__).parents[1] / "documents"))

import signing_kit
from cryptography.x509 import load_der_x509_certificate
from pyhanko.pdf_utils.reader import PdfFileReader

from appraisal.credential.reading import read_payloads
from appraisal.usecases.issue_certificates import IssueCertificates, issue_certificates
from appraisal.usecases.ports import no_step
from db.centre import Surroundings
from desktop.cli import main
from desktop.press import DeskPress

NAMES = ("张伟", "陈𬱖")
DAY = 86_400_000


class Terminal:
    """A desk with two certificates, and the shell in front of it, at the centre's own time."""

    def __init__(self, folder, monkeypatch, capsys):
        self.folder, self._monkeypatch, self._capsys = folder, monkeypatch, capsys
        centre = granted_centre(folder / "desk")
        self.noon = centre.clock()
        batch = certified_batch(centre, NAMES, scheme="innovation-talent", code="Z1")
        issue_certificates(IssueCertificates(batch, operators(centre)["certificate_officer"]), centre.desk, DeskPress(),
                           no_step)
        for login in ("certificate_officer", "registrar"):
            centre.add_slot(login, PASSPHRASE)
        self.now, schemes = centre.clock(), centre.desk.schemes
        centre.close()
        self._around = lambda: Surroundings(schemes, clock=lambda: self.noon)
        monkeypatch.setenv("APPRAISAL_DESK_PASSPHRASE", PASSPHRASE)
        self.acts_as("certificate_officer")
        self.out = folder / "out"

    def acts_as(self, login):
        self._monkeypatch.setenv("APPRAISAL_DESK_OPERATOR", login)

    def render(self, *words, lines="", language="en"):
        self._monkeypatch.setattr(sys, "stdin", io.StringIO(lines))
        code = main(["--data", str(self.folder / "desk"), "--json", "--language", language, "certificates", "render",
                     "--batch", "Z1", "--out", str(self.out), *map(str, words)], self._around)
        out, said = self._capsys.readouterr()
        return code, json.loads(out) if out else None, said

    def sign_by_file(self, file, passphrase, *words, **how):
        return self.render("--sign", file, "--passphrase-stdin", *words, lines=f"{passphrase}\n", **how)


@pytest.fixture
def terminal(tmp_path, monkeypatch, capsys, dressed):
    return Terminal(tmp_path, monkeypatch, capsys)


@pytest.fixture
def press(terminal):
    """A PKCS#12 file whose certificate is good at the centre's time."""
    file, key = terminal.folder / "press.p12", signing_kit.rsa_key()
    around = moment_of(terminal)
    made = signing_kit.certificate(key, around.replace(year=around.year - 1), around.replace(year=around.year + 1))
    file.write_bytes(signing_kit.pkcs12_file(key, made))
    return file


def moment_of(terminal):
    return datetime.fromtimestamp(terminal.now / 1000, UTC)


def judged(file, terminal):
    """By the certificate in the file itself, as somebody would who has compared its fingerprint."""
    data = Path(file).read_bytes()
    (signature,) = PdfFileReader(io.BytesIO(data)).embedded_signatures
    own = load_der_x509_certificate(signature.signer_cert.dump())
    return signing_kit.validated(data, own, moment_of(terminal)), own, signature.sig_object


def names_of(file):
    return "".join(page.extract_text() for page in pypdf.PdfReader(file).pages)


def looks(data):
    document = pypdfium2.PdfDocument(data)
    document.init_forms()
    pages = [document[at].render(scale=1, may_draw_forms=True).to_numpy().tobytes() for at in range(len(document))]
    document.close()
    return pages


def test_one_file_signed_by_the_centre(terminal):
    assert terminal.render()[:2] == (0, {"certificates": 2, "files": [str(terminal.out / "Z1.pdf")], "signed": None})
    printed = (terminal.out / "Z1.pdf").read_bytes()
    code, answer, said = terminal.render("--sign-by-centre")
    file, = answer["files"]
    status, own, about = judged(file, terminal)
    assert (code, status.bottom_line, status.coverage.name) == (0, True, "ENTIRE_FILE")
    assert answer["signed"]["name"] == about["/Name"] == CENTRE_NAME.zh
    assert bytes.fromhex(answer["signed"]["fingerprint"].replace(":", "")) == own.fingerprint(signing_kit.SHA256())
    assert answer["signed"]["fingerprint"] in said
    assert about["/Reason"] == "Skills certificate as issued; the QR is what is verified"
    assert about["/Location"] == "Centre"
    signed = Path(file).read_bytes()
    assert signed.startswith(printed)
    assert looks(signed) == looks(printed)
    assert read_payloads(signed) == read_payloads(printed)
    assert all(name in names_of(file) for name in NAMES)


def test_a_file_each_signed_by_a_pkcs12_file(terminal, press):
    code, answer, said = terminal.sign_by_file(press, signing_kit.PASSPHRASE, "--single", language="zh_CN")
    assert (code, len(answer["files"])) == (0, 2)
    for file in answer["files"]:
        status, _, about = judged(file, terminal)
        assert (status.bottom_line, about["/Name"]) == (True, "示例印务 Example Press")
        assert about["/Reason"] == "按签发内容打印的证书；查验以二维码为准"
        assert about["/Location"] == "示例中心"
        assert names_of(file).count("ZGC-2026-0001-") == 1
    assert all(any(name in names_of(file) for file in answer["files"]) for name in NAMES)
    assert "示例印务 Example Press" in said
    assert "电子签章" not in said


@pytest.mark.parametrize(("data", "passphrase", "refusal"), [
    (signing_kit.pkcs12_file(), "杜鹃 7 rue", "signature_passphrase_wrong"),
    (b"%PDF-1.7", signing_kit.PASSPHRASE, "signature_file_unknown"),
    (None, signing_kit.PASSPHRASE, "file_unreadable")])
def test_a_file_that_does_not_open_writes_nothing(terminal, data, passphrase, refusal):
    file = terminal.folder / "given.p12"
    if data is not None:
        file.write_bytes(data)
    code, answer, said = terminal.sign_by_file(file, passphrase, "--single")
    assert (code, answer["error"]) == (3 if refusal == "file_unreadable" else 1, refusal)
    assert not terminal.out.exists()
    assert passphrase not in said


def test_an_expired_certificate_writes_nothing_not_even_the_folder(terminal):
    key, since = signing_kit.rsa_key(), moment_of(terminal).replace(year=2020)
    file = terminal.folder / "old.p12"
    file.write_bytes(signing_kit.pkcs12_file(key, signing_kit.certificate(key, since, since.replace(year=2021))))
    code, answer, said = terminal.sign_by_file(file, signing_kit.PASSPHRASE)
    assert (code, answer["error"]) == (1, "signature_certificate_not_valid")
    assert f"to {since.replace(year=2021):%Y-%m-%d}" in said
    assert not terminal.out.exists()


def test_only_who_may_issue_signs_with_the_centres_key(terminal, press):
    terminal.acts_as("registrar")
    code, answer, _ = terminal.render("--sign-by-centre")
    assert (code, answer["error"]) == (1, "right_missing")
    assert not terminal.out.exists()
    assert terminal.sign_by_file(press, signing_kit.PASSPHRASE)[0] == 0  # whoever has a key of their own


def test_two_signers_at_once_are_a_wrong_usage(terminal, press):
    assert terminal.render("--sign", press, "--sign-by-centre")[0] == 2
