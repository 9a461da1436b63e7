"""The desk's side of HTTPS: it goes on after breaks, gives up in a sentence, believes nobody without a certificate."""

import datetime as dt
import ipaddress
import socketserver
import threading
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st
from service_kit import Parcel, Service, Waited, post_of, supervisor

from appraisal.canonical import Malformed
from appraisal.credential.cose import ED25519, BadSignature, Ed25519Signer, verifying_key
from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.exchange.asking import Ask, make_ask, read_ask
from appraisal.exchange.post import NotNow
from appraisal.usecases.send_bundle import fetch_receipts, send_bundle
from db.bundle_files import open_bundle
from desktop.library_post import require_url


@pytest.fixture
def engine_url(tmp_path):
    return f"sqlite:///{tmp_path / 'library.db'}"


@pytest.fixture
def desk(joined):
    desk = joined()
    for person in desk.people(3):
        desk.photo(person, 300_000)
    yield desk
    desk.engine.dispose()


@pytest.fixture
def sent(desk, tmp_path):
    return desk.export(tmp_path / "stick")


def test_a_bundle_goes_and_its_receipt_comes(desk, sent, association, tmp_path):
    steps = []
    with Service(association, tmp_path / "spool").running() as client, post_of(desk, str(client.base_url)) as post:
        done = send_bundle(open_bundle(sent.bundle), post, Waited(), lambda *step: steps.append(step))
        again = send_bundle(open_bundle(sent.bundle), post, Waited())
    assert (again.receipt, again.bytes) == (done.receipt, 0)
    assert steps[0][0] == 0
    assert steps[-1] == (done.bytes, done.bytes)
    assert [now for now, _ in steps] == sorted(now for now, _ in steps)
    assert desk.receive(done.receipt).accepted == sent.records


def test_only_what_is_not_there_is_sent(desk, sent, association, tmp_path):
    parcel, patience = Parcel(sent.bundle), Waited()
    with Service(association, tmp_path / "spool").running() as client, post_of(desk, str(client.base_url)) as post:
        client.put(parcel.manifest_path, content=parcel.signed)
        client.put(parcel.part_path("part-0001"), content=parcel.part("part-0001"))
        client.put(parcel.part_path("part-0002"), content=parcel.part("part-0002")[:1000])
        done = send_bundle(open_bundle(sent.bundle), post, patience)
    assert (done.bytes, patience.waits) == (len(parcel.part("part-0002")) - 1000, [])


def test_it_goes_on_when_the_service_comes_back(desk, sent, association, tmp_path):
    """The pause is what starts the service: without waiting nothing would come."""
    service, held = Service(association, tmp_path / "spool"), []
    with service.running():
        pass  # to have a port
    patience = Waited()

    def come_back(_seconds):
        if not held:
            held.append(service.running())
            held[0].__enter__()

    patience.pause = come_back
    try:
        with post_of(desk, service.url) as post:
            done = send_bundle(open_bundle(sent.bundle), post, patience)
    finally:
        held[0].__exit__(None, None, None)
    assert len(patience.waits) == 1
    assert desk.receive(done.receipt).accepted == sent.records


def test_patience_ends_and_grows_from_wait_to_wait(desk, sent):
    patience = Waited(60.0)
    with post_of(desk, "http://127.0.0.1:9") as post, pytest.raises(EnvironmentFault, match="library_unreachable"):
        send_bundle(open_bundle(sent.bundle), post, patience)
    assert [seconds for _, seconds in patience.waits] == [1.0, 2.0, 4.0, 8.0, 16.0]


def test_what_the_library_refuses_is_said_and_not_tried_again(desk, sent, association, joined, tmp_path):
    other = joined(2)
    patience = Waited()
    with Service(association, tmp_path / "spool").running() as client, post_of(desk, str(client.base_url)) as post:
        manifest = sent.bundle / "manifest.cose"
        whole = manifest.read_bytes()
        manifest.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
        with pytest.raises(RuleViolation) as refusal:
            send_bundle(open_bundle(sent.bundle), post, patience)
        assert (refusal.value.code, refusal.value.detail["reason"]) == ("library_refuses", "bundle_not_signed")
        manifest.write_bytes(whole)
        part = sent.bundle / "part-0001"
        part.write_bytes(part.read_bytes()[:-1])
        with pytest.raises(RuleViolation, match="send_part_damaged"):
            send_bundle(open_bundle(sent.bundle), post, patience)
    assert patience.waits == []
    other.engine.dispose()


def test_receipts_of_what_went_by_stick_are_fetched(desk, sent, association, tmp_path):
    association.take_in(sent.bundle)
    association.take_in(sent.bundle)
    with Service(association, tmp_path / "spool").running() as client, \
            post_of(desk, str(client.base_url), association.clock) as post:
        found = fetch_receipts(supervisor(desk), desk.desk, desk.exchange, post)
        assert [(one.number, one.accepted, one.duplicate) for one in found] == [
            (1, sent.records, 0), (2, 0, sent.records)]
        assert fetch_receipts(supervisor(desk), desk.desk, desk.exchange, post) == []
    with Service(association, tmp_path / "spool").running() as client, \
            post_of(desk, str(client.base_url), lambda: association.clock.now + 3_600_000) as late, \
            pytest.raises(RuleViolation) as refusal:
        fetch_receipts(supervisor(desk), desk.desk, desk.exchange, late)
    assert refusal.value.detail["reason"] == "ask_out_of_time"


ODD = {
    "words": (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", EnvironmentFault),
    "page": (b"HTTP/1.1 404 Not Found\r\nContent-Length: 6\r\n\r\n<html>", EnvironmentFault),
    "elsewhere": (b"HTTP/1.1 302 Found\r\nLocation: http://x.example/\r\nContent-Length: 0\r\n\r\n", EnvironmentFault),
    "endless": (b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n" + bytes(9 << 20), EnvironmentFault),
    "no HTTP": (b"SSH-2.0-OpenSSH_9.2\r\n", NotNow),
    "overloaded": (b"HTTP/1.1 503 Busy\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n", NotNow),
    "cut": (b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{", NotNow),
}


@contextmanager
def answering(words):
    class Answer(socketserver.BaseRequestHandler):
        def handle(self):
            self.request.settimeout(0.1)
            with suppress(TimeoutError):  # what is left unread would end the connection before its answer
                while self.request.recv(1 << 20):
                    pass
            self.request.settimeout(5)
            with suppress(OSError):  # the desk has heard enough
                self.request.sendall(words)

    with socketserver.TCPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize("name", ODD)
def test_what_is_no_library_is_not_believed(desk, name):
    words, kind = ODD[name]
    with answering(words) as url, post_of(desk, url) as post, pytest.raises(kind) as refusal:
        post.admit(desk.id, "0" * 32, b"x")
    if name == "overloaded":
        assert refusal.value.seconds == 7.0


def test_negative_offsets_are_not_believed(desk, sent):
    body = b'{"offsets":{"part-0001":-1},"taken":false}'
    head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    with answering(head + body) as url, post_of(desk, url) as post, \
            pytest.raises(EnvironmentFault, match="library_answers_oddly"):
        send_bundle(open_bundle(sent.bundle), post, Waited())


def certificate(folder):
    """A certificate for 127.0.0.1 that vouches for itself: PEM files of it and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "library")])
    now = dt.datetime.now(dt.UTC)
    made = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
            .serial_number(1).not_valid_before(now - dt.timedelta(1)).not_valid_after(now + dt.timedelta(1))
            .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .sign(key, hashes.SHA256()))
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    return str(folder / "cert.pem"), str(folder / "key.pem")


def test_only_a_certificate_that_is_vouched_for_is_spoken_to(desk, sent, association, tmp_path):
    cert, key = certificate(tmp_path)
    service = Service(association, tmp_path / "spool")
    with service.running(ssl_certfile=cert, ssl_keyfile=key):
        url = f"https://127.0.0.1:{service.port}"
        with post_of(desk, url) as post, pytest.raises(EnvironmentFault, match="library_certificate_refused"):
            send_bundle(open_bundle(sent.bundle), post, Waited())
        with post_of(desk, url, authority=Path(cert).read_text("ascii")) as post:
            assert send_bundle(open_bundle(sent.bundle), post, Waited()).bytes > 900_000
    with pytest.raises(EnvironmentFault, match="library_certificate_refused"), post_of(desk, url, authority="no PEM"):
        pass


@pytest.mark.parametrize("url", ["http://example.org", "ftp://127.0.0.1", "https://", "https://a:b@x", "https://x/?q=1",
                                 "https://x/#f", "x", "", "https://x:99999", "http://127.0.0.1.example.org"])
def test_addresses_that_are_none(url):
    with pytest.raises(RuleViolation, match="library_url_refused"):
        require_url(url)


def test_addresses_that_are_some():
    assert [require_url(url) for url in ("https://x/", " https://x/y ", "http://127.0.0.1:1", "http://localhost",
                                         "http://[::1]:5")] == [
        "https://x", "https://x/y", "http://127.0.0.1:1", "http://localhost", "http://[::1]:5"]


SIGNER = Ed25519Signer.from_seed(b"1" * 32)


@given(st.binary(max_size=16).map(lambda some: (some + bytes(16))[:16].hex()), st.sampled_from(["GET", "PUT"]),
       st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7e), max_size=200), st.integers(0, (1 << 48) - 1),
       st.data())
def test_an_ask_is_read_as_it_was_made_and_no_other_way(desk, method, path, at, data):
    said = Ask(desk, method, "/" + path, at)
    header, key = make_ask(said, SIGNER), verifying_key(ED25519, SIGNER.public)
    assert read_ask(header, lambda _desk: key) == said
    place = data.draw(st.integers(0, len(header) - 1))
    other = data.draw(st.characters(min_codepoint=0x20, max_codepoint=0x7e).filter(lambda c: c != header[place]))
    try:
        read = read_ask(header[:place] + other + header[place + 1:], lambda _desk: key)
    except (Malformed, BadSignature):
        return
    assert read == said  # the last character's unused bits
