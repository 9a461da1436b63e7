"""What may be fetched: a desk's receipts by its own signature, lists and updates by everybody; health and figures."""

from base64 import b64encode

import pytest
from kit.desks import new_desk
from kit.libraries import SimulatedLibrary
from service_kit import Parcel, Service, ask

from appraisal.credential.cose import Ed25519Signer
from appraisal.exchange.asking import LEEWAY
from appraisal.exchange.receipt import read_receipt
from db.engine import open_sqlite
from library.publish import publish
from library.web.app import Wishes


@pytest.fixture
def desk(joined):
    desk = joined()
    desk.people(2)
    yield desk
    desk.engine.dispose()


@pytest.fixture
def service(association, tmp_path):
    return Service(association, tmp_path / "spool")


def test_a_desk_fetches_its_receipts(desk, association, service, tmp_path):
    sent = [desk.export(tmp_path / f"stick-{n}") for n in range(3)]
    given = [association.take_in(one.bundle) for one in sent]
    now = association.clock.now
    base = f"/v1/desks/{desk.id}/receipts"
    with service.running() as client:
        def numbers(query):
            return client.get(base + query, headers=ask(desk, base + query, now)).json()["receipts"]

        assert (numbers(""), numbers("?after=1"), numbers("?after=3")) == ([1, 2, 3], [2, 3], [])
        answer = client.get(f"{base}/2", headers=ask(desk, f"{base}/2", now))
        assert answer.content == given[1].data
        assert read_receipt(answer.content, association.library.receipt_key).number == 2
        for path, status in ((f"{base}/4", 404), (f"{base}/x", 400), (f"{base}?after=-1", 400)):
            assert client.get(path, headers=ask(desk, path, now)).status_code == status
    assert desk.receive(given[0].data).accepted == sent[0].records


def test_nobody_else_gets_them(desk, joined, association, service, tmp_path):
    association.take_in(desk.export(tmp_path / "stick").bundle)
    other, stranger = joined(2), new_desk(tmp_path, seed=3)
    path, now = f"/v1/desks/{desk.id}/receipts/1", association.clock.now
    right = ask(desk, path, now)["Authorization"]
    refused = {
        "": 401, "Bearer x": 401, "Appraisal =": 401, "Appraisal !!!": 401, right[:-4]: 401, right + "AA": 401,
        ask(other, path, now)["Authorization"]: 401,
        ask(desk, path, now, Ed25519Signer.from_seed(bytes(32)))["Authorization"]: 401,
        ask(desk, path + "0", now)["Authorization"]: 401,
        ask(desk, path, now, method="PUT")["Authorization"]: 401,
        ask(desk, path, now + LEEWAY + 60_000)["Authorization"]: 401,
        ask(desk, path, now - LEEWAY - 60_000)["Authorization"]: 401,
        ask(stranger, path, now)["Authorization"]: 403,
    }
    with service.running() as client:
        for header, status in refused.items():
            assert client.get(path, headers={"Authorization": header}).status_code == status, header
        late = client.get(path, headers={"Authorization": ask(desk, path, now - 2 * LEEWAY)["Authorization"]})
        assert (late.json()["error"], "UTC" in late.json()["message"]) == ("ask_out_of_time", True)
        assert client.get(path, headers={"Authorization": right}).status_code == 200
    for one in (other, stranger):
        one.engine.dispose()


def test_lists_and_updates_are_everybodys(desk, association, tmp_path):
    published = publish(association.library)
    updates = tmp_path / "updates"
    (updates / "targets").mkdir(parents=True)
    (updates / "targets" / "1.root.json").write_bytes(b"{}")
    (tmp_path / "secret").write_bytes(b"secret")
    (updates / "link").symlink_to(tmp_path / "secret")
    with Service(association, tmp_path / "spool", Wishes(updates=updates)).running() as client:
        for name, data in published.items():
            assert client.get(f"/v1/lists/{name}").content == data
        assert client.get("/v1/updates/targets/1.root.json").content == b"{}"
        for path in ("/v1/lists/status-99.cose", "/v1/lists/secret", "/v1/updates/none", "/v1/updates/link",
                     "/v1/updates/..%2fsecret", "/v1/updates/%2e%2e/secret", "/v1/updates/targets", "/v1/x", "/x"):
            assert client.get(path).status_code == 404, path
        assert client.get("/v1/updates/targets/1.root.json", headers={"Range": "bytes=1-"}).content == b"}"
    assert desk.id


def test_where_a_certificates_code_leads_stands_the_page_with_the_newest_lists(association, desk, service):
    with service.running() as client:
        first = publish(association.library)
        answer = client.get("/")
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
        assert b64encode(first["trust-list.cose"]) in answer.content
        known = {"If-None-Match": answer.headers["ETag"]}
        assert client.get("/", headers=known).status_code == 304
        association.clock.now += 1000
        second = publish(association.library)
        newer = client.get("/", headers=known)
        assert newer.status_code == 200
        assert all(b64encode(one) in newer.content for one in second.values())
        assert b64encode(first["trust-list.cose"]) not in newer.content
        assert 'route="page",status="304"' in client.get("/metrics").text
    assert desk.id


def test_health_and_figures(desk, association, service, tmp_path):
    parcel = Parcel(desk.export(tmp_path / "stick").bundle)
    with service.running() as client:
        assert client.get("/healthz").json()["well"] is True
        client.put(parcel.manifest_path, content=parcel.signed)
        assert "library_uploads_open 1\n" in client.get("/metrics").text
        assert parcel.send(client).status_code == 200
        client.request("BREW", "/pot")
        text = client.get("/metrics").text
        association.library.engine.dispose()
    figures = dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    assert figures['library_records_total{fate="applied"}'] == str(parcel.manifest.records)
    assert figures["library_received_bytes_total"] == str(sum(part.length for part in parcel.manifest.parts))
    assert figures['library_bundles_total{outcome="taken"}'] == "1"
    assert figures['library_requests_total{method="PUT",route="manifest",status="201"}'] == "1"
    assert figures['library_requests_total{method="other",route="other",status="404"}'] == "1"
    assert (figures["library_intake_seconds_count"], figures["library_uploads_open"]) == ("1", "0")
    assert desk.id not in text


def test_before_anything_is_published_there_is_no_page(tmp_path):
    with Service(SimulatedLibrary(open_sqlite(tmp_path / "library.db")), tmp_path / "spool").running() as client:
        assert (client.get("/").status_code, client.get("/").json()["error"]) == (404, "not_published")


def test_a_database_that_does_not_answer_is_said_to_be_ill(tmp_path):
    association = SimulatedLibrary(open_sqlite(tmp_path / "library.db"))
    with Service(association, tmp_path / "spool").running() as client:
        (tmp_path / "library.db").rename(tmp_path / "away.db")
        (tmp_path / "library.db").mkdir()
        answer = client.get("/healthz")
        assert (answer.status_code, answer.json()["database"]) == (503, False)
        refused = client.get("/v1/lists/trust-list.cose")
        assert (refused.status_code, int(refused.headers["Retry-After"]) > 0) == (503, True)
