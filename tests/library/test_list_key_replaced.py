"""The list key is replaced by two officers: desks follow, and whoever stole the old one is believed by nobody who has
seen the new root document."""

from dataclasses import replace

import pytest
from updates_kit import Publisher, Reader, new_centre, root_keys, surroundings

from appraisal.credential.cose import ED25519, verifying_key
from appraisal.credential.root import read_root
from appraisal.credential.status import make_status_list, vouched_status
from appraisal.credential.trust import make_trust_list, vouched_trust_list
from appraisal.domain.errors import RuleViolation
from appraisal.usecases.adopt_grant import AdoptLists, adopt_lists
from library.opening import list_signer
from library.publish import publish, root_documents


@pytest.fixture
def publisher(association, tmp_path):
    return Publisher(association, tmp_path / "repository")


@pytest.fixture
def reader(association, publisher, tmp_path):
    centre = new_centre(tmp_path, association.clock)
    one = Reader(centre, surroundings(tmp_path, association.clock))
    one.join(association)
    yield one
    one.centre.close()


def stolen_key(library):
    with library.engine.begin() as connection:
        return list_signer(connection)


def adopt(reader, lists):
    trust = lists.get("trust-list.cose")
    rest = tuple(data for name, data in lists.items() if name.startswith("status-"))
    return adopt_lists(AdoptLists(trust, rest, reader.operator), reader.centre.desk, reader.centre.exchange)


@pytest.mark.parametrize("by", ["updates", "hand"])
def test_a_desk_follows_to_the_new_key(reader, publisher, association, by):
    old = association.library.list_key
    publisher.rotate(new_list_key=True)
    assert association.library.list_key != old
    if by == "updates":
        publisher.publish()
        reader.take(publisher.folder)
    else:
        adopt(reader, publish(association.library))
    reads = reader.centre.reads
    assert reads.list_keys() == [association.library.list_key]
    assert len(reads.trust().root_documents) == 2
    assert set(reads.statuses()) == {1}
    reader.adopted()
    assert reader.reopened().reads.trust().version == reads.trust().version
    publisher.publish()
    assert reader.take(publisher.folder)["trust_version"] > 3


def test_lists_of_the_old_key_count_no_more(reader, publisher, association):
    """A new trust list without its status lists: what became of a certificate is unknown, not as a thief may say."""
    assert set(reader.centre.reads.statuses()) == {1}
    publisher.rotate(new_list_key=True)
    lists = publish(association.library)
    adopt(reader, {"trust-list.cose": lists["trust-list.cose"]})
    assert reader.centre.reads.statuses() == {}
    adopt(reader, lists)
    assert set(reader.centre.reads.statuses()) == {1}


def test_whoever_stole_the_old_key_is_refused(reader, publisher, association):
    thief = stolen_key(association.library)
    old = publish(association.library)
    adopt(reader, old)
    known = vouched_trust_list(old["trust-list.cose"])
    far = replace(known, version=1 << 30, previous=known.digest)
    publisher.rotate(new_list_key=True)
    adopt(reader, publish(association.library))
    for forged, code in ((far, "trust_list_older"), (replace(far, root_documents=()), "trust_list_not_ours")):
        with pytest.raises(RuleViolation, match=code):
            adopt(reader, {"trust-list.cose": make_trust_list(forged, thief)})
    status = vouched_status(old["status-1.cose"])
    with pytest.raises(RuleViolation, match="status_list_not_ours"):
        adopt(reader, {"status-1.cose": make_status_list(replace(status, issued=status.expires - 1), thief)})


def test_a_desk_that_a_thief_led_astray_comes_back(reader, publisher, association):
    thief = stolen_key(association.library)
    known = vouched_trust_list(publish(association.library)["trust-list.cose"])
    adopt(reader, {"trust-list.cose": make_trust_list(
        replace(known, version=1 << 30, previous=bytes(32)), thief)})
    assert reader.centre.reads.trust().version == 1 << 30
    with pytest.raises(RuleViolation, match="trust_list_older"):
        adopt(reader, publish(association.library))
    publisher.rotate(new_list_key=True)
    adopt(reader, publish(association.library))
    assert reader.centre.reads.trust().version == 5


def test_lost_root_keys_are_replaced_and_desks_of_every_age_follow(reader, publisher, association, tmp_path):
    spare = root_keys(2, first=40)
    ids = [key.public_key.keyid for key in publisher.keys]
    publisher.rotate(in_place={ids[2]: spare[0]})
    late = Reader(new_centre(tmp_path / "late", association.clock, seed=2),
                  surroundings(tmp_path / "late", association.clock))
    late.join(association)
    publisher.rotate([publisher.keys[0], spare[0]], in_place={ids[1]: spare[1]}, new_list_key=True)
    publisher.publish()
    for one in (reader, late):
        one.take(publisher.folder)
        assert one.centre.reads.list_keys() == [association.library.list_key]
        assert len(one.centre.reads.trust().root_documents) == 3
    late.centre.close()


def test_one_officer_replaces_nothing(publisher, association):
    before = association.library.list_key
    with pytest.raises(RuleViolation, match="root_keys_missing"):
        publisher.rotate(publisher.keys[:1], new_list_key=True)
    assert association.library.list_key == before
    with association.library.engine.begin() as connection:
        assert len(root_documents(connection)) == 1


def test_an_old_grant_does_not_bring_the_old_key_back(reader, publisher, association):
    grant = association.enrol(reader.request())
    publisher.rotate(new_list_key=True)
    adopt(reader, publish(association.library))
    with pytest.raises(RuleViolation, match="trust_list_older"):
        reader.adopt(grant)
    assert reader.centre.reads.list_keys() == [association.library.list_key]
    reader.adopt(association.enrol(reader.request()))
    assert reader.centre.reads.list_keys() == [association.library.list_key]


def test_renewing_for_longer_needs_no_new_document(publisher, association):
    publisher.rotate()
    with association.library.engine.begin() as connection:
        documents = root_documents(connection)
    assert len(documents) == 1
    keys = {verifying_key(ED25519, bytes.fromhex(key.public_key.keyval["public"])) for key in publisher.keys}
    assert (set(read_root(documents[0]).root_keys), read_root(documents[0]).threshold) == (keys, 2)
