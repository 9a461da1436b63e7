"""What the service refuses and bounds: strangers, wrong parts, too much, too fast, too slow; whatever the engine."""

import contextlib
import os
import socket
import time
from dataclasses import replace
from hashlib import sha256

import pytest
from kit.desks import new_desk
from service_kit import Parcel, Service, begin_body, files, offset, wait_until

from appraisal.credential.cose import Ed25519Signer
from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.exchange.letters import MAX_BYTES
from appraisal.exchange.manifest import make_manifest, unverified
from library.web.app import Wishes
from library.web.limits import Bounds
from library.web.serving import PromptProtocol
from library.web.uploads import MOST_OPEN, PENDING, Spool, spool_in

NOWHERE = ("part-0000", "part-9999", "part-00001", "..%2fmanifest.cose", "manifest.cose.pending", ".part-0001",
           "%2e%2e", "part-0001%00")


@pytest.fixture
def engine_url(tmp_path):
    return f"sqlite:///{tmp_path / 'library.db'}"


@pytest.fixture
def desk(joined):
    desk = joined()
    for person in desk.people(20)[:2]:
        desk.photo(person)
    yield desk
    desk.engine.dispose()


@pytest.fixture
def parcel(desk, tmp_path):
    return Parcel(desk.export(tmp_path / "stick").bundle)


@pytest.fixture
def service(association, tmp_path):
    return Service(association, tmp_path / "spool")


def forged(parcel, signer, **other):
    return make_manifest(replace(parcel.manifest, **other), signer)


def test_a_whole_part_with_other_bytes_begins_again(parcel, service):
    path, data = parcel.part_path("part-0001"), parcel.part("part-0001")
    with service.running() as client:
        client.put(parcel.manifest_path, content=parcel.signed)
        answer = client.put(path, content=data[:-1] + bytes([data[-1] ^ 1]))
        assert (answer.status_code, answer.json()["error"], offset(client, path)) == (422, "upload_part_differs", 0)
        refused = client.post(parcel.complete_path)
        assert (refused.status_code, refused.json()["error"]) == (409, "upload_incomplete")
        assert parcel.send_rest(client).status_code == 200


@pytest.mark.parametrize("chunked", [False, True])
def test_no_part_gets_longer_than_its_manifest_says(parcel, service, chunked):
    path, data = parcel.part_path("part-0001"), parcel.part("part-0001")
    body = data + b"x" * 100_000
    with service.running() as client:
        client.put(parcel.manifest_path, content=parcel.signed)
        answer = client.put(path, content=iter([body]) if chunked else body)
        assert (answer.status_code, answer.json()["error"]) == (413, "upload_too_long")
        upload = service.spool.upload(parcel.manifest.desk, parcel.manifest.bundle)
        assert max(path.stat().st_size for path in upload.folder.iterdir()) <= max(len(data), len(parcel.signed))
        assert parcel.send_rest(client).status_code == 200


def test_who_is_refused_in_mid_sending_learns_why(parcel, service):
    path, rest = parcel.part_path("part-0099"), bytes(600_000)
    with service.running() as client:
        client.put(parcel.manifest_path, content=parcel.signed)
        with begin_body(service, path, 10 + len(rest), b"x" * 10) as connection:
            time.sleep(0.2)  # the answer is known long before the body has come
            connection.sendall(rest)
            said = b"".join(iter(lambda: connection.recv(4096), b""))
        assert said.startswith(b"HTTP/1.1 404")
        assert b"upload_part_unknown" in said


def test_nothing_is_stored_for_strangers(desk, parcel, service, tmp_path):
    stranger = Ed25519Signer.from_seed(bytes(32))
    unknown = new_desk(tmp_path, seed=9)
    attempts = {
        "bundle_not_signed": (401, forged(parcel, stranger)),
        "desk_unknown": (403, forged(parcel, stranger, desk=unknown.id)),
        "bundle_of_other_library": (403, forged(parcel, desk.exchange.signer, library="0" * 32)),
        "bundle_malformed": (400, parcel.signed[:-1]),
        "upload_misplaced": (400, forged(parcel, desk.exchange.signer, bundle="0" * 32)),
        "upload_too_long": (413, bytes(MAX_BYTES + 1)),
    }
    with service.running() as client:
        for code, (status, signed) in attempts.items():
            answer = client.put(parcel.manifest_path, content=signed)
            assert (answer.status_code, answer.json()["error"]) == (status, code)
        assert client.put(parcel.part_path("part-0001"), content=b"x").json()["error"] == "upload_unknown"
        assert client.head(parcel.part_path("part-0001")).status_code == 404
        assert client.post(parcel.complete_path).status_code == 404
        assert client.get(parcel.part_path("part-0001")).status_code == 405
        chinese = client.put(parcel.manifest_path, content=b"", headers={"Accept-Language": "zh-CN,zh;q=0.9"})
        assert "损坏" in chinese.json()["message"]
    assert files(service.folder) == []
    with service.association.library.engine.begin() as connection:
        assert connection.exec_driver_sql("select count(*) from quarantine").scalar() == 0
    unknown.engine.dispose()


def test_only_parts_of_the_manifest_have_a_place(parcel, service):
    with service.running() as client:
        client.put(parcel.manifest_path, content=parcel.signed)
        for name in NOWHERE:
            assert client.put(parcel.part_path(name), content=b"x").status_code in (404, 405)
            assert client.head(parcel.part_path(name)).status_code in (404, 405)
    assert files(service.folder) == [PENDING]


def test_another_manifest_of_the_same_bundle_is_refused(desk, parcel, service):
    with service.running() as client:
        client.put(parcel.manifest_path, content=parcel.signed)
        other = client.put(parcel.manifest_path, content=forged(parcel, desk.exchange.signer, made_at=1))
        assert (other.status_code, other.json()["error"]) == (409, "upload_differs")
        assert parcel.send(client).status_code == 200


def test_a_second_body_ends_the_first(parcel, service):
    path, data = parcel.part_path("part-0001"), parcel.part("part-0001")
    with service.running() as client:
        client.put(parcel.manifest_path, content=parcel.signed)
        with begin_body(service, path, len(data), data[:500]) as first:
            wait_until(lambda: offset(client, path) == 500)
            assert client.put(path, content=data[500:], headers={"Upload-Offset": "500"}).status_code == 204
            first.sendall(data[500:])
            assert b"409 Conflict" in first.recv(1000)
        assert parcel.send_rest(client).status_code == 200


def test_of_many_uploads_of_a_desk_the_oldest_goes(desk, parcel, service):
    ids = [f"{number:032x}" for number in range(1, MOST_OPEN + 2)]
    with service.running() as client:
        for one in ids:
            signed = forged(parcel, desk.exchange.signer, bundle=one)
            path = parcel.manifest_path.replace(parcel.manifest.bundle, one)
            assert client.put(path, content=signed).status_code == 201
    assert sorted(path.parent.name for path in service.folder.rglob(PENDING)) == ids[1:]


def test_room_is_asked_for_before_anything_is_stored(association, parcel, tmp_path):
    free = os.statvfs(tmp_path).f_bavail * os.statvfs(tmp_path).f_frsize
    with Service(association, tmp_path / "spool", reserve=2 * free).running() as client:
        answer = client.put(parcel.manifest_path, content=parcel.signed)
        assert (answer.status_code, answer.json()["error"]) == (507, "spool_full")
        assert int(answer.headers["Retry-After"]) > 0
        assert client.get("/healthz").status_code == 503
    assert files(tmp_path / "spool") == []


def test_what_is_promised_to_one_upload_is_not_free_for_another(desk, parcel, tmp_path):
    other = replace(parcel.manifest, bundle="f" * 32)
    signed = make_manifest(other, desk.exchange.signer)
    (tmp_path / "spool").mkdir()
    spool = Spool(tmp_path / "spool", 0)
    upload, _ = spool.admit(parcel.manifest, parcel.signed)
    assert upload.left == sum(part.length for part in parcel.manifest.parts)
    upload.left = spool.free()
    with pytest.raises(EnvironmentFault, match="spool_full"):
        spool.admit(other, signed)
    upload.left = sum(part.length for part in parcel.manifest.parts)
    for name in parcel.names:
        writing = upload.begin(name, 0)
        writing.write(parcel.part(name))
        assert writing.finish() == len(parcel.part(name))
    assert upload.left == 0
    assert spool.admit(other, signed)[1]


def test_uploads_that_nobody_touches_are_removed(parcel, tmp_path):
    with spool_in(tmp_path / "spool") as spool:
        spool.admit(parcel.manifest, parcel.signed)
        assert (spool.clear_away(time.time() - 60), spool.under_way()) == (0, 1)
        assert (spool.clear_away(time.time() + 60), spool.under_way()) == (1, 0)
        with pytest.raises(RuleViolation, match="upload_unknown"):
            spool.upload(parcel.manifest.desk, parcel.manifest.bundle)
    assert files(tmp_path / "spool") == []


def test_what_is_left_of_a_start_cut_short_is_no_upload(parcel, tmp_path):
    folder = tmp_path / "spool" / parcel.manifest.desk / parcel.manifest.bundle
    folder.mkdir(parents=True)
    (folder / PENDING).write_bytes(parcel.signed[:100])
    other = folder.parent / ("0" * 32)
    other.mkdir()
    (other / PENDING).write_bytes(parcel.signed)  # in a place that is not its own
    with spool_in(tmp_path / "spool") as spool:
        assert (spool.under_way(), folder.exists(), other.exists()) == (0, False, False)
        assert spool.admit(parcel.manifest, parcel.signed)[1]


def test_more_than_a_desk_may_do_at_once_is_sent_away_for_a_while(association, parcel, tmp_path):
    path, data = parcel.part_path("part-0001"), parcel.part("part-0001")
    service = Service(association, tmp_path / "spool", Wishes(Bounds(desk_bodies=1, manifests=0.001)))
    with service.running() as client:
        assert client.put(parcel.manifest_path, content=parcel.signed).status_code == 201
        assert client.put(parcel.manifest_path, content=parcel.signed).status_code == 429
        with begin_body(service, path, len(data), data[:500]):
            wait_until(lambda: offset(client, path) == 500)
            refused = client.put(path, content=data[500:], headers={"Upload-Offset": "500"})
            assert (refused.status_code, refused.json()["error"]) == (429, "too_many_requests")
            assert int(refused.headers["Retry-After"]) >= 1
        wait_until(lambda: client.put(path, content=data[500:], headers={"Upload-Offset": "500"}).status_code == 204)


def test_a_rate_holds_bodies_back(association, parcel, tmp_path):
    path, data = parcel.part_path("part-0001"), parcel.part("part-0001")
    service = Service(association, tmp_path / "spool", Wishes(Bounds(desk_rate=len(data) / 1.5)))
    with service.running() as client:
        client.put(parcel.manifest_path, content=parcel.signed)
        began = time.monotonic()
        assert client.put(path, content=data).status_code == 204
        assert 0.4 <= time.monotonic() - began < 5.0  # a second's worth is free


def test_a_silent_body_and_a_slow_one_are_cut_off_and_what_came_stays(association, parcel, tmp_path):
    path, data = parcel.part_path("part-0001"), parcel.part("part-0001")
    service = Service(association, tmp_path / "spool", Wishes(Bounds(silent=0.3, slowest=1e6)))
    with service.running() as client:
        client.put(parcel.manifest_path, content=parcel.signed)
        with begin_body(service, path, len(data), data[:500]) as connection:
            assert b"408 Request Timeout" in connection.recv(1000)
        assert offset(client, path) == 500
        with begin_body(service, path, len(data) - 500, b"", at=500) as connection:
            for at in range(500, 504):
                connection.sendall(data[at:at + 1])
                time.sleep(0.1)
            assert b"408 Request Timeout" in connection.recv(1000)
        assert 500 < offset(client, path) <= 504


class Impatient(PromptProtocol):
    head_seconds = 0.2


@pytest.mark.parametrize("words", [b"", b"PUT / HTTP/1.1\r\nHost:"])
@pytest.mark.parametrize("second", [False, True])
def test_a_head_that_does_not_come_to_its_end_is_not_waited_for(association, tmp_path, words, second):
    service = Service(association, tmp_path / "spool", protocol=Impatient)
    with service.running(), socket.create_connection(("127.0.0.1", service.port)) as connection:
        if second:
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
            assert b"200 OK" in connection.recv(4000)
            words = words or b"G"
        connection.sendall(words)
        connection.settimeout(3)
        rest = b""  # of the first answer's body, perhaps
        with contextlib.suppress(ConnectionResetError):
            while some := connection.recv(1000):
                rest += some
        assert b"HTTP/" not in rest


def test_hash_and_name_of_a_part_agree_on_the_disk(parcel, service):
    with service.running() as client:
        client.put(parcel.manifest_path, content=parcel.signed)
        client.put(parcel.part_path("part-0001"), content=parcel.part("part-0001"))
        upload = service.spool.upload(parcel.manifest.desk, parcel.manifest.bundle)
        assert sha256((upload.folder / "part-0001").read_bytes()).digest() == parcel.manifest.parts[0].digest
        assert unverified((upload.folder / PENDING).read_bytes()) == parcel.manifest
