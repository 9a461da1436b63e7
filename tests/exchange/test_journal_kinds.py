"""Every event kind and version ever released stays readable: one entry of each is kept for good."""

import json

import pytest
from vectors.make_journal_kinds import FILE, KEY, fields_of, released

from appraisal.canonical import Malformed
from appraisal.journal import make, read, unseal, write

GOLDEN = json.loads(FILE.read_text("utf-8"))


def test_each_kind_of_this_release_has_its_entry():
    """`python tests/vectors/make_journal_kinds.py` adds those that are missing."""
    assert {(one["kind"], one["version"]) for one in GOLDEN} == set(released())


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda one: f"{one['kind']} {one['version']}")
def test_what_was_released_reads_as_it_did_and_is_written_the_same(golden):
    data = bytes.fromhex(golden["hex"])
    found = read(data)
    kind = released()[golden["kind"], golden["version"]]
    assert (found.kind, found.version, kind.local) == (golden["kind"], golden["version"], golden["local"])
    assert fields_of(data) == golden["fields"]
    assert write(found) == data
    assert write(make(found, unseal(found, KEY), KEY, lambda: bytes(12))) == data
    if found.sealed is not None:
        with pytest.raises(Malformed, match="wrong_key"):
            unseal(found, bytes(32))
