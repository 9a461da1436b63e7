"""Bundles over HTTPS, on each engine: what arrives stays, and what is broken off goes on."""

import time
from dataclasses import replace

import pytest
from kit.libraries import SimulatedLibrary
from service_kit import Parcel, Service, begin_body, files, offset, wait_until
from sqlalchemy import update

from appraisal.domain.errors import EnvironmentFault
from db.engine import open_sqlite
from library.moving import create_like
from library.schema import desk as enrolled
from library.web.uploads import spool_in


@pytest.fixture
def parcel(day, tmp_path):
    return Parcel(day.export(tmp_path / "stick").bundle)


@pytest.fixture
def service(association, tmp_path):
    return Service(association, tmp_path / "spool")


def test_a_bundle_in_parts_is_taken_in_as_from_a_stick(day, parcel, service, association, tmp_path):
    by_stick = object.__new__(SimulatedLibrary)
    engine = open_sqlite(tmp_path / "like.db")
    create_like(engine, association.library.engine)
    by_stick.library = replace(association.library, engine=engine)
    by_stick.take_in(parcel.path)
    with service.running() as client:
        first = client.put(parcel.manifest_path, content=parcel.signed)
        assert (first.status_code, first.json()) == (201, {"offsets": dict.fromkeys(parcel.names, 0), "taken": False})
        answer = parcel.send(client)
        assert (answer.status_code, answer.headers["content-type"]) == (200, 'application/cose; cose-type="cose-sign1"')
        again = client.put(parcel.manifest_path, content=parcel.signed)
        lengths = {n: part.length for n, part in zip(parcel.names, parcel.manifest.parts, strict=True)}
        assert (again.status_code, again.json()) == (200, {"offsets": lengths, "taken": True})
        assert client.post(parcel.complete_path).content == answer.content
    assert files(service.folder) == ["manifest.cose", "receipt.cose"]
    assert day.receive(answer.content).accepted == parcel.manifest.records > 100
    assert association.digests() == by_stick.digests()


def test_a_body_that_breaks_off_leaves_what_has_come_also_for_the_next_start(parcel, service):
    name = parcel.names[0]
    path, data = parcel.part_path(name), parcel.part(name)
    with service.running() as client:
        client.put(parcel.manifest_path, content=parcel.signed)
        with begin_body(service, path, len(data), data[:1000]):
            wait_until(lambda: offset(client, path) == 1000)
        wait_until(lambda: not service.spool.upload(parcel.manifest.desk, parcel.manifest.bundle).writers)
        assert client.head(path).headers["Upload-Length"] == str(len(data))
    with service.running() as client:
        assert offset(client, path) == 1000  # the manifest need not come again for that
        assert client.put(parcel.manifest_path, content=parcel.signed).json()["offsets"][name] == 1000
        for wrong in (0, 999, 1001, len(data)):
            refused = client.put(path, content=data[1000:], headers={"Upload-Offset": str(wrong)})
            assert (refused.status_code, refused.headers["Upload-Offset"]) == (409, "1000")
        assert client.put(path, content=data[1000:2500], headers={"Upload-Offset": "1000"}).headers[
            "Upload-Offset"] == "2500"
        assert client.put(path, content=data[2500:], headers={"Upload-Offset": "2500"}).status_code == 204
        assert parcel.send_rest(client).status_code == 200


def test_a_whole_bundle_that_an_intake_was_killed_over_is_taken_in_at_the_next_start(day, parcel, service):
    with spool_in(service.folder) as spool:
        upload, _ = spool.admit(parcel.manifest, parcel.signed)
        for name in parcel.names:
            writing = upload.begin(name, 0)
            writing.write(parcel.part(name))
            writing.finish()
        with pytest.raises(EnvironmentFault, match="spool_in_use"), spool_in(service.folder):
            pass
        upload.complete()
        assert spool.clear_away(time.time() + 1e6) == 0  # nobody has its receipt yet
    with service.running():
        wait_until(lambda: "receipt.cose" in files(service.folder))
        wait_until(lambda: files(service.folder) == ["manifest.cose", "receipt.cose"])
        receipt = service.spool.upload(parcel.manifest.desk, parcel.manifest.bundle).receipt()
    assert day.receive(receipt).accepted == parcel.manifest.records


def test_a_desk_that_is_withdrawn_meanwhile_gets_no_further(parcel, service):
    with service.running() as client:
        client.put(parcel.manifest_path, content=parcel.signed)
        for name in parcel.names:
            client.put(parcel.part_path(name), content=parcel.part(name))
        with service.association.library.engine.begin() as connection:
            connection.execute(update(enrolled).values(state="withdrawn"))
        answer = client.post(parcel.complete_path)
        assert (answer.status_code, answer.json()["error"]) == (403, "desk_withdrawn")
    assert files(service.folder) == []
