"""Whoever has not agreed to the association: neither entries nor key nor picture of theirs leave the desk, and a
consent taken back is told to whom it was given."""

import pytest
from kit.desks import new_desk
from kit.libraries import SimulatedLibrary
from sqlalchemy import select

from appraisal.exchange.manifest import FILE, part_name, unverified
from appraisal.exchange.parts import unseal
from appraisal.exchange.records import Attachment, PersonKey, read_records
from appraisal.journal import read
from db.engine import open_sqlite
from db.schema import attachment, consent, person, person_key


@pytest.fixture
def library(tmp_path):
    return SimulatedLibrary(open_sqlite(tmp_path / "library.db"))


@pytest.fixture
def desk(library, tmp_path):
    desk = new_desk(tmp_path)
    desk.join(library.enrol)
    return desk


def persons_in(library, bundle):
    """Of whom anything is in the bundle, by what it is."""
    manifest, found = unverified((bundle / FILE).read_bytes()), {"entry": set(), "key": set(), "picture": set()}
    for number, part in enumerate(manifest.parts, 1):
        for record in read_records(unseal(part, (bundle / part_name(number)).read_bytes(), library.library.identity)):
            if isinstance(record, bytes):
                found["entry"].add(read(record).person)
            elif isinstance(record, PersonKey):
                found["key"].add(record.person)
            elif isinstance(record, Attachment):
                found["picture"].add(record.person)
    found["entry"].discard(None)
    return found


def test_nothing_of_them_leaves(library, desk, tmp_path):
    agreed, not_agreed = desk.people(2, consent=lambda n: n == 0)
    for who in (agreed, not_agreed):
        desk.photo(who)
    bundle = desk.export(tmp_path / "1").bundle
    assert persons_in(library, bundle) == {"entry": {agreed}, "key": {agreed}, "picture": {agreed}}
    library.take_in(bundle)
    with library.library.engine.begin() as connection:
        for column in (person.c.id, person_key.c.person, attachment.c.person):
            assert set(connection.scalars(select(column))) == {agreed}


def test_a_consent_taken_back_is_told(library, desk, tmp_path):
    told, untold = desk.people(2, consent=lambda n: n == 0)
    desk.receive(library.take_in(desk.export(tmp_path / "1").bundle).data)
    for who in (told, untold):
        desk.consent(who, given=True)
        desk.consent(who, given=False)
        desk.photo(who)
    desk.people(1)
    bundle = desk.export(tmp_path / "2").bundle
    library.take_in(bundle)
    assert persons_in(library, bundle)["picture"] == set()
    with library.library.engine.begin() as connection:
        given = dict(connection.execute(select(consent.c.person, consent.c.given)).all())
    assert given[told] is False
    assert untold not in given
