"""A PAdES signature on a certificate: a validator that is not ours accepts it, and sees what was done to the file."""

import io
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import dsa, ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption, pkcs12
from cryptography.x509.oid import NameOID
from documents_kit import face, pdf, portrait, template_of, text_of
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import SignatureCoverageLevel
from signing_kit import (
    CENTRE,
    MOMENT,
    PASSPHRASE,
    SIGNER,
    certificate,
    ec_key,
    pkcs12_file,
    rsa_key,
    trust,
    validated,
)

from appraisal.credential.cose import Ed25519Signer
from appraisal.credential.reading import read_payloads
from appraisal.documents.pades import DocumentSigner, Said, sign, signer_from_pkcs12, signer_of_centre
from appraisal.documents.preflight import read_matches
from appraisal.domain.certificate import Bilingual
from appraisal.domain.errors import RuleViolation
from appraisal.sentences import LANGUAGES, say

SAID = Said("按签发内容打印", CENTRE.zh)


def by_rsa() -> DocumentSigner:
    return signer_from_pkcs12(pkcs12_file(), PASSPHRASE)


def by_ecdsa() -> DocumentSigner:
    return signer_from_pkcs12(pkcs12_file(ec_key()), PASSPHRASE)


def by_centre() -> DocumentSigner:
    return signer_of_centre(SIGNER, trust())


EVERY_SIGNER = pytest.mark.parametrize("make", [by_rsa, by_ecdsa, by_centre])


@pytest.fixture(scope="module")
def printed() -> bytes:
    return pdf(face(name="陈𬱖"), face(name="王䶮"), photo=portrait())


def refusal(code: str, attempt, *given) -> RuleViolation:
    """The refusal, once it is the one that was expected and has its sentence in both languages."""
    with pytest.raises(RuleViolation) as refused:
        attempt(*given)
    assert refused.value.code == code
    sentences = [say(code, language, **refused.value.detail) for language in LANGUAGES]
    assert ["nothing was written" in sentences[1].lower(), "没有写入任何文件" in sentences[0]] == [True, True]
    return refused.value


@EVERY_SIGNER
def test_a_validator_accepts_it_as_covering_the_whole_file(make, printed):
    signer = make()
    status = validated(sign(printed, signer, SAID, MOMENT), signer.certificate)
    assert (status.intact, status.valid, status.trusted) == (True, True, True)
    assert status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    assert status.bottom_line


@pytest.mark.parametrize("make", [by_rsa, by_ecdsa])
def test_poppler_finds_it_good_too(make, printed, tmp_path):
    """A second reader, over Mozilla's NSS. It does not know Ed25519 in a PDF (docs/manual says so)."""
    file = tmp_path / "signed.pdf"
    file.write_bytes(sign(printed, make(), SAID, MOMENT))
    said = subprocess.run(["pdfsig", "-nocert", file], capture_output=True, check=True).stdout.decode()
    assert "Signature Validation: Signature is Valid." in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said


@pytest.mark.parametrize(("kind", "what"), [(rsa_key, 3072), (ec_key, ec.SECP384R1), (ec_key, ec.SECP521R1)])
def test_a_signature_of_any_length_fits_its_room(kind, what, printed):
    signer = signer_from_pkcs12(pkcs12_file(kind(what)), PASSPHRASE)
    for second in range(8):  # an ECDSA signature's length varies
        data = sign(printed, signer, SAID, MOMENT + timedelta(seconds=second))
    assert validated(data, signer.certificate).bottom_line


@EVERY_SIGNER
def test_it_is_pades_baseline_b_and_says_who_where_why_and_when(make, printed):
    signer = make()
    (signature,) = PdfFileReader(io.BytesIO(sign(printed, signer, SAID, MOMENT))).embedded_signatures
    said = signature.sig_object
    assert said["/SubFilter"] == "/ETSI.CAdES.detached"
    assert (said["/Name"], said["/Location"], said["/Reason"]) == (signer.name, SAID.location, SAID.reason)
    assert (said["/M"], signature.self_reported_timestamp) == ("D:20261122093000+08'00'", MOMENT)
    attributes = {one["type"].native for one in signature.signer_info["signed_attrs"]}
    # ETSI EN 319 142-1, 6.3; no signing_time: the time stands in /M alone
    assert attributes == {"content_type", "message_digest", "signing_certificate_v2"}
    assert not signature.signer_info["unsigned_attrs"].native  # where a timestamp would be
    wanted = {"rsa": "sha256", "ec": "sha256", "ed25519": "sha512"}  # RFC 8419, 3.1
    assert signature.md_algorithm == wanted[signature.signer_cert.public_key.algorithm]


@EVERY_SIGNER
def test_what_was_printed_stays_byte_for_byte_and_reads_back(make, printed):
    data = sign(printed, make(), SAID, MOMENT)
    assert data.startswith(printed)
    template = template_of(face())
    assert list(read_matches(data, template, [text_of(0), text_of(1)])) == [True, True]
    assert read_payloads(data) == [text_of(0), text_of(1)]


def test_it_shows_nothing(printed):
    seen = []
    for data in (printed, sign(printed, by_centre(), SAID, MOMENT)):
        document = pypdfium2.PdfDocument(data)
        document.init_forms()
        seen.append([document[page].render(scale=1.5, may_draw_forms=True).to_numpy().copy() for page in (0, 1)])
        document.close()
    assert all(np.array_equal(before, after) for before, after in zip(*seen, strict=True))


@EVERY_SIGNER
def test_a_changed_byte_is_seen_wherever_it_was_signed(make, printed):
    signer = make()
    data = sign(printed, signer, SAID, MOMENT)
    (signature,) = PdfFileReader(io.BytesIO(data)).embedded_signatures
    first, length, second, rest = (int(one) for one in signature.byte_range)
    assert (first, second + rest) == (0, len(data))
    stream = data.index(b"stream\n", data.index(b"/DCTDecode")) + 2000  # within the photo
    reason = data.index(b"/Reason (") + 14
    for at in (stream, reason):
        assert at < length or at > second
        broken = bytearray(data)
        broken[at] ^= 1
        status = validated(bytes(broken), signer.certificate)
        assert (status.intact, status.bottom_line) == (False, False), at


def test_another_signature_in_its_place_is_seen(printed):
    """A forger with the same name and another key."""
    other = pkcs12_file(ec_key(ec.SECP384R1))
    forged = signer_from_pkcs12(other, PASSPHRASE)
    assert forged.name == by_ecdsa().name
    status = validated(sign(printed, forged, SAID, MOMENT), by_ecdsa().certificate)
    assert (status.intact, status.trusted, status.bottom_line) == (True, False, False)


def test_what_is_added_behind_it_is_seen(printed):
    signer = by_centre()
    data = sign(printed, signer, SAID, MOMENT)
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    page = writer.root["/Pages"]["/Kids"].raw_get(0).get_object()
    page["/Rotate"] = writer.root["/Pages"]["/Count"]
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)
    status = validated(out.getvalue(), signer.certificate)
    assert status.intact
    assert status.coverage is not SignatureCoverageLevel.ENTIRE_FILE
    assert status.modification_level is ModificationLevel.OTHER
    assert not status.bottom_line


def test_the_same_moment_gives_the_same_bytes(printed):
    for make in (by_rsa, by_centre):
        assert sign(printed, make(), SAID, MOMENT) == sign(printed, make(), SAID, MOMENT + timedelta(microseconds=5))
    assert sign(printed, by_centre(), SAID, MOMENT) != sign(printed, by_centre(), SAID, MOMENT + timedelta(seconds=1))


def test_the_centres_certificate_has_the_filed_name_the_keys_window_and_a_number_of_its_own():
    one = by_centre().certificate
    assert one == by_centre().certificate
    assert [(name.oid, name.value) for name in one.subject] == [
        (NameOID.ORGANIZATION_NAME, CENTRE.zh), (NameOID.COMMON_NAME, CENTRE.zh)]
    assert one.issuer == one.subject
    one.verify_directly_issued_by(one)
    assert one.public_key() == SIGNER.key.public_key()
    assert one.serial_number.to_bytes(16).startswith(SIGNER.kid)
    assert (one.not_valid_before_utc.timestamp(), one.not_valid_after_utc.year) == (1_760_000_000, 9999)
    windows = {"sign_to": 1_800_000_000, "trust_to": 1_850_000_000}
    closed = signer_of_centre(SIGNER, trust(**windows)).certificate
    assert closed.not_valid_after_utc.timestamp() == 1_800_000_000
    assert closed.serial_number != one.serial_number
    assert not one.extensions.get_extension_for_class(x509.BasicConstraints).value.ca


def test_a_filed_name_of_any_length_fits_a_certificate():
    (key,) = trust().keys
    long = replace(trust(), keys=(replace(key, centre=Bilingual("中心" * 60, "Centre " * 18)),))
    signer = signer_of_centre(SIGNER, long)
    assert [one.value for one in signer.certificate.subject] == ["中心" * 32, "中心" * 10 + "中"]
    assert signer.name == "中心" * 60  # in full in the signature itself


def test_a_key_that_the_trust_list_does_not_name_or_has_closed_signs_nothing():
    refusal("signature_key_unlisted", signer_of_centre, SIGNER, None)
    refusal("signature_key_unlisted", signer_of_centre, Ed25519Signer.from_seed(bytes(32)), trust())
    refusal("signature_key_compromised", signer_of_centre, SIGNER, trust(allowed=frozenset()))


def test_out_of_its_window_a_certificate_signs_nothing(printed):
    past = signer_of_centre(SIGNER, trust(sign_to=1_790_000_000))
    refused = refusal("signature_certificate_not_valid", sign, printed, past, SAID, MOMENT)
    assert (refused.detail["name"], refused.detail["until"], refused.detail["day"]) == (
        CENTRE.zh, "2026-09-21", "2026-11-22")
    made = certificate(rsa_key(), since=MOMENT + timedelta(seconds=1))
    ahead = signer_from_pkcs12(pkcs12_file(rsa_key(), made), PASSPHRASE)
    refusal("signature_certificate_not_valid", sign, printed, ahead, SAID, MOMENT)
    assert sign(printed, ahead, SAID, MOMENT + timedelta(seconds=1))


def test_a_pkcs12_file_that_does_not_open_says_why():
    data = pkcs12_file()
    refusal("signature_passphrase_wrong", signer_from_pkcs12, data, "wrong")
    refusal("signature_passphrase_wrong", signer_from_pkcs12, data, "")
    refusal("signature_passphrase_wrong", signer_from_pkcs12, data[:-40], PASSPHRASE)
    for other in (b"", b"%PDF-1.7\n", by_rsa().certificate.public_bytes(Encoding.DER),
                  by_rsa().certificate.public_bytes(Encoding.PEM)):
        refusal("signature_file_unknown", signer_from_pkcs12, other, PASSPHRASE)


def test_a_pkcs12_file_without_a_key_says_so():
    alone = pkcs12.serialize_key_and_certificates(
        b"press", None, by_rsa().certificate, None, BestAvailableEncryption(PASSPHRASE.encode()))
    refusal("signature_file_without_key", signer_from_pkcs12, alone, PASSPHRASE)
    keyed = pkcs12.serialize_key_and_certificates(
        b"press", rsa_key(), None, None, BestAvailableEncryption(PASSPHRASE.encode()))
    refusal("signature_file_without_key", signer_from_pkcs12, keyed, PASSPHRASE)


def test_a_key_that_readers_would_not_take_is_refused():
    weak, strange, old = rsa_key(1024), ec_key(ec.SECP256K1), dsa.generate_private_key(2048)
    for key in (weak, strange, old):
        refusal("signature_key_unsuitable", signer_from_pkcs12, pkcs12_file(key, certificate(key)), PASSPHRASE)
    made = certificate(rsa_key(), usage=("key_encipherment",))
    refusal("signature_key_unsuitable", signer_from_pkcs12, pkcs12_file(rsa_key(), made), PASSPHRASE)


def by_openssl(folder, *making, export=()) -> bytes:
    """A PKCS#12 file by OpenSSL's own tool, passphrase abc; `making`: its words for a new key."""
    key, made, file = (str(folder / name) for name in ("key.pem", "own.crt", "own.p12"))
    for words in ([*making, "-out", key],
                  ["req", "-x509", "-new", "-key", key, "-subj", "/CN=made", "-out", made],
                  ["pkcs12", "-export", *export, "-inkey", key, "-in", made, "-passout", "pass:abc", "-out", file]):
        subprocess.run(["openssl", *words], check=True, capture_output=True)
    return Path(file).read_bytes()


def test_keys_that_only_openssl_makes_are_refused_as_such(tmp_path):
    """SM2, which `cryptography` does not know, and RSA bound to PSS, which pyHanko does not."""
    for making in (("ecparam", "-genkey", "-name", "SM2", "-noout"), ("genpkey", "-algorithm", "RSA-PSS")):
        refusal("signature_key_unsuitable", signer_from_pkcs12, by_openssl(tmp_path, *making), "abc")


def test_an_old_pkcs12_file_opens(tmp_path, printed):
    """As Windows and many authorities have written them: RC2 and triple DES, SHA-1."""
    old = ("-legacy", "-certpbe", "PBE-SHA1-RC2-40", "-keypbe", "PBE-SHA1-3DES", "-macalg", "sha1")
    signer = signer_from_pkcs12(by_openssl(tmp_path, "genrsa", export=old), "abc")
    now = signer.certificate.not_valid_before_utc
    assert validated(sign(printed, signer, SAID, now), signer.certificate, now).bottom_line


def test_a_pkcs12_file_without_a_passphrase_and_one_with_its_authority():
    key, authority = ec_key(), rsa_key()
    root = certificate(authority, usage=("key_cert_sign",))
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Example Press")])
    own = (x509.CertificateBuilder().subject_name(name).issuer_name(root.subject).public_key(key.public_key())
           .serial_number(8).not_valid_before(root.not_valid_before_utc).not_valid_after(root.not_valid_after_utc)
           .sign(authority, SHA256()))
    signer = signer_from_pkcs12(
        pkcs12.serialize_key_and_certificates(b"p", key, own, [root], NoEncryption()), "")
    assert (signer.name, signer.others) == ("Example Press", (root,))
    (signature,) = PdfFileReader(io.BytesIO(sign(pdf(face()), signer, SAID, MOMENT))).embedded_signatures
    assert len(signature.other_embedded_certs) == 1


def test_a_subject_without_a_common_name_is_named_whole():
    key = ec_key()
    name = x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Press"),
                      x509.NameAttribute(NameOID.COUNTRY_NAME, "CN")])
    made = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
            .serial_number(9).not_valid_before(MOMENT).not_valid_after(MOMENT)
            .sign(key, SHA256()))
    assert signer_from_pkcs12(pkcs12_file(key, made), PASSPHRASE).name == "C=CN,O=Press"


def test_the_field_shows_nothing_and_prints_as_pdf_a_wants_it(printed):
    with pikepdf.open(io.BytesIO(sign(printed, by_centre(), SAID, MOMENT))) as signed:
        (field,) = signed.Root.AcroForm.Fields
        assert [float(one) for one in field.Rect] == [0, 0, 0, 0]
        assert int(field.F) & 0b100  # Print
        assert not int(field.F) & 0b100011  # neither Invisible, Hidden nor NoView
        assert "/NeedAppearances" not in signed.Root.AcroForm
        assert "/A" not in field
        assert "/AA" not in field
        assert "/Version" not in signed.Root


def test_a_signing_speaks_with_nobody(tmp_path, printed):
    """In a process where asking for a name or a connection is an error."""
    (tmp_path / "printed.pdf").write_bytes(printed)
    (tmp_path / "press.p12").write_bytes(pkcs12_file())
    script = (
        "import sys\nfrom datetime import UTC, datetime\nfrom pathlib import Path\n"
        "from appraisal.documents.pades import Said, sign, signer_from_pkcs12\n"
        "def hook(event, given):\n"
        "    if event in ('socket.connect', 'socket.getaddrinfo', 'socket.gethostbyname', 'socket.sendto'):\n"
        "        raise SystemExit(f'{event} {given}')\n"
        "sys.addaudithook(hook)\n"
        f"folder = Path({str(tmp_path)!r})\n"
        f"signer = signer_from_pkcs12((folder / 'press.p12').read_bytes(), {PASSPHRASE!r})\n"
        f"moment = datetime.fromtimestamp({MOMENT.timestamp()}, UTC)\n"
        "sign((folder / 'printed.pdf').read_bytes(), signer, Said('a', 'b'), moment)\n")
    subprocess.run([sys.executable, "-W", "error", "-c", script], check=True, cwd=Path(__file__).parents[2])


def test_pyhanko_waits_until_something_is_signed():
    script = "import sys\nimport desktop.bootstrap\nassert not {'pyhanko', 'aiohttp'} & sys.modules.keys()"
    subprocess.run([sys.executable, "-c", script], check=True, cwd=Path(__file__).parents[2])
