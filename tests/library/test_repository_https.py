"""The same repository over the library's service, and a clock of age that the desk's command tells."""

import pytest
from service_kit import Service
from updates_kit import Publisher, Reader, new_centre

from appraisal.domain.errors import EnvironmentFault, RuleViolation
from db.settings import LibraryAddress
from desktop.commands.updates import take_updates
from desktop.library_updates import HttpFetcher
from library.web.app import Wishes


@pytest.fixture
def scene(association, tmp_path):
    publisher = Publisher(association, tmp_path / "repository")
    publisher.publish()
    centre = new_centre(tmp_path, association.clock)
    Reader(centre).join(association)
    publisher.publish()
    yield Service(association, tmp_path / "spool", Wishes(updates=publisher.folder)), Reader(centre)
    centre.close()


def take(reader, url):
    fetcher = HttpFetcher(LibraryAddress(url))
    try:
        return take_updates(reader.centre, reader.operator, fetcher)
    finally:
        fetcher.close()


def test_updates_come_over_the_service(scene):
    service, reader = scene
    with service.running():
        assert take(reader, f"{service.url}/v1/updates")["trust_version"] == 3
        with pytest.raises(RuleViolation, match="updates_incomplete"):
            take(reader, f"{service.url}/v1/elsewhere")
    before = reader.adopted()
    with pytest.raises(EnvironmentFault, match="updates_unreachable"):
        take(reader, f"{service.url}/v1/updates")
    assert reader.adopted() == before


def test_an_address_that_is_not_https_is_refused(scene):
    _, reader = scene
    with pytest.raises(RuleViolation, match="library_url_refused"):
        take(reader, "http://updates.example.org/")
