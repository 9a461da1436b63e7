"""The association's updates, from the library's command to the desk's journal."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pyrage
import pytest
from sqlalchemy import select
from updates_kit import DAY_MS, EXAM_DAY, Publisher, Reader, new_centre, root_keys, surroundings

from appraisal.credential.cose import Ed25519Signer
from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.domain.tables import code_tables, use_tables
from appraisal.exchange.enrolment import make_grant, read_grant
from appraisal.usecases.adopt_grant import AdoptLists, adopt_lists
from appraisal.usecases.open_batch import OpenBatch, open_batch
from db.association import times_now
from db.schema import journal, trust_list
from library.offering import offer
from library.publish import publish
from library.repository import begin, root_key_from, root_key_to_pem, write_state
from library.schema import desk as enrolled


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


def test_updates_bring_lists_numbers_and_a_signed_time(reader, publisher, association):
    association.clock.now += 5 * DAY_MS
    published = publisher.publish()
    assert {"trust-list.cose", "status-1.cose", "library.cose"} < set(published.targets)
    done = reader.take(publisher.folder)
    assert (done["trust_version"], done["status_lists"], done["leases"], done["new"]) == (2, 1, 0, True)
    assert (done["issued"], done["sealing"]) == (published.issued, False)
    with reader.centre.reader.begin() as connection:
        times = times_now(connection, 0)
    assert times.lists == published.issued
    assert times.signed >= published.issued
    before = reader.adopted()
    again = reader.take(publisher.folder)
    assert (again["new"], again["status_lists"], again["fetched"]) == (False, 0, 2)  # library and leases, always
    assert reader.adopted() == before


def test_a_desk_that_was_away_goes_to_the_newest(reader, publisher, association):
    reader.take((publisher.publish(), publisher.folder)[1])
    for _ in range(4):
        association.clock.now += DAY_MS
        publisher.publish()
    assert reader.take(publisher.folder)["trust_version"] == 6
    assert len(list((publisher.folder / "metadata").glob("*.targets.json"))) == 2  # older ones are cleared away
    assert len(list((publisher.folder / "targets").glob("*.trust-list.cose"))) == 2


def test_a_grant_without_a_root_gives_no_updates(association, publisher, tmp_path):
    centre = new_centre(tmp_path, association.clock)
    reader = Reader(centre)
    publisher.publish()
    with pytest.raises(RuleViolation, match="no_library_recognised"):
        reader.take(publisher.folder)
    grant = association.enrol(reader.request())
    fields = read_grant(grant)
    assert fields.root is not None
    old = type(fields)(**{name: getattr(fields, name) for name in fields.__slots__} | {"root": None})
    reader.adopt(make_grant(old, association.library.receipts))
    with pytest.raises(RuleViolation, match="updates_without_root"):
        reader.take(publisher.folder)
    reader.adopt(grant)
    assert reader.take(publisher.folder)["trust_version"] == 2  # the grant's: it is newer than the folder's first
    publisher.publish()
    assert reader.take(publisher.folder)["trust_version"] == 3
    centre.close()


def test_a_list_longer_than_an_entry_is_kept_beside_the_journal(reader, publisher, association):
    """Two thousand desks: more than the mebibyte that an entry may have."""
    names = "长" * 120
    with association.library.engine.begin() as connection:
        row = connection.execute(select(enrolled)).one()._asdict()
        connection.execute(enrolled.insert(), [row | {
            "desk": f"{n:032x}", "ordinal": n, "certificate_key": Ed(n), "name_zh": names, "name_en": "L" * 128,
            "state": "withdrawn"} for n in range(2, 2002)])
    publisher.publish()
    assert reader.take(publisher.folder)["trust_version"] == 2
    with reader.centre.reader.begin() as connection:
        data = connection.scalar(select(trust_list.c.data).where(trust_list.c.version == 2))
        longest = max(len(one) for one in connection.scalars(select(journal.c.entry)))
    assert (data, longest < 1 << 16) == (b"", True)
    assert len(reader.centre.reads.trust().keys) == 2001
    assert reader.adopted()["version"] == 2


def Ed(number):  # noqa: N802 - a key
    return Ed25519Signer.from_seed(number.to_bytes(32, "big")).public


def test_schemes_and_templates_travel(reader, publisher, association, tmp_path):
    schemes = tmp_path / "given" / "schemes"
    templates = tmp_path / "given" / "templates"
    shutil.copytree("resources/schemes", schemes)
    shutil.copytree("resources/templates", templates)
    publisher.publish(tmp_path / "given")
    done = reader.take(publisher.folder)
    assert (done["schemes"], done["templates"]) == (
        ("ai-trainer", "innovation-talent"), ("innovation-talent", "skill-level"))
    assert reader.adopted()["adopted"] == 4
    assert reader.reopened().desk.schemes == reader.centre.desk.schemes  # as shipped: the same bytes
    for file in schemes.iterdir():
        file.write_text(re.sub(r'(?m)^version = .*$', 'version = "2099-01"', file.read_text("utf-8")), "utf-8")
    old = reader.centre.desk.schemes["ai-trainer"].version
    batch = open_batch(OpenBatch("B1", "批次", "ai-trainer", EXAM_DAY, 9, reader.operator), reader.centre.desk)
    publisher.publish(tmp_path / "given")
    assert reader.take(publisher.folder)["schemes"] == ("ai-trainer", "innovation-talent")
    assert reader.reopened().desk.schemes["innovation-talent"].version == "2099-01"
    assert reader.centre.reads._schemes["innovation-talent"].version == "2099-01"
    assert reader.reopened().desk.schemes["ai-trainer"].version == old  # a batch of it is under way
    assert batch
    (schemes / "ai-trainer.toml").write_text('code = "ai-trainer"', "utf-8")
    publisher.publish(tmp_path / "given")
    before = reader.adopted()
    with pytest.raises(RuleViolation, match="updates_file_malformed"):
        reader.take(publisher.folder)
    assert reader.adopted() == before


def test_code_tables_travel_and_one_without_what_rules_know_is_refused(reader, publisher, tmp_path):
    tables = tmp_path / "given" / "tables"
    tables.mkdir(parents=True)
    shipped = Path("resources/tables/values.toml").read_text("utf-8")
    values = tables / "values.toml"
    values.write_text(shipped.replace('"小学" = []', '"小学" = []\n"开放大学" = ["电大"]'), "utf-8")
    publisher.publish(tmp_path / "given")
    try:
        assert reader.take(publisher.folder)["tables"] == ("values.toml",)
        assert code_tables().education.find("电大") is None  # not while the desk is open
        reader.reopened()
        assert code_tables().education.find("电大") == "开放大学"
        for broken in (shipped.replace('passport = [', 'passports = ['), shipped[:300], "ethnicities = 5"):
            values.write_text(broken, "utf-8")
            publisher.publish(tmp_path / "given")
            before = reader.adopted()
            with pytest.raises(RuleViolation, match="updates_file_malformed"):
                reader.take(publisher.folder)
            assert reader.adopted() == before
        assert code_tables().education.find("电大") == "开放大学"
    finally:
        use_tables({})
    assert code_tables().education.find("电大") is None


def test_new_recipients_reach_the_desk(reader, publisher, association):
    new = str(pyrage.x25519.Identity.generate().to_public())
    association.library = replace(association.library, recipients=(association.library.recipients[0], new))
    publisher.publish()
    assert reader.take(publisher.folder)["sealing"]
    with reader.centre.desk.work(reader.operator) as work:
        present = reader.centre.exchange.outbox(work).libraries()[0]
    assert present.recipients[1] == new
    assert present.root is not None


def test_lists_by_hand_and_updates_go_together(reader, publisher, association):
    publisher.publish()
    lists = publish(association.library)
    adopt_lists(AdoptLists(lists["trust-list.cose"], (), reader.operator), reader.centre.desk, reader.centre.exchange)
    done = reader.take(publisher.folder)  # what came by hand is newer, and stands
    assert (done["trust_version"], done["status_lists"], reader.adopted()["version"]) == (3, 0, 3)
    publisher.publish()
    assert reader.take(publisher.folder)["trust_version"] == 4


def test_keys_of_the_root_are_files_under_a_passphrase(tmp_path, association, publisher):
    key = root_keys(1)[0]
    file = tmp_path / "root-1.pem"
    file.write_bytes(root_key_to_pem(key, "one passphrase"))
    assert root_key_from(file, "one passphrase").public_key.keyid == key.public_key.keyid
    with pytest.raises(RuleViolation, match="root_key_wrong"):
        root_key_from(file, "another")
    with pytest.raises(RuleViolation, match="repository_exists"):
        begin(association.library, root_keys())


def test_a_folder_without_updates_is_named(reader, tmp_path):
    with pytest.raises(EnvironmentFault, match="no_updates_here"):
        reader.take(tmp_path)


def test_without_a_repository_nothing_is_published(association, tmp_path):
    with pytest.raises(RuleViolation, match="no_repository"):
        write_state(association.library, tmp_path, offer(association.library))
