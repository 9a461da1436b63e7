"""What came open beside an entry is believed only for the very ciphertext that stands in it."""

from datetime import date

import pytest

from appraisal.canonical import encode
from appraisal.domain.person import Background, CandidateRegistered, Contact, Identity
from appraisal.exchange.records import Opened
from appraisal.journal import START, Entry, make, unseal
from library.reading import opened

PERSON, KEY = "ab" * 16, bytes(range(32))
SAID = CandidateRegistered(PERSON, Identity("张伟", "ZHANG Wei", "resident_id", "110101199003077715", "M",
                                            date(1990, 3, 7)), Contact(), Background())
HEAD = Entry(bytes(16), bytes(16), 1, START, (1, 0), "", "", 1, "", {}, None, None)


@pytest.fixture
def entry():
    return make(HEAD, SAID, KEY, lambda: bytes(12))


def test_of_another_ciphertext_it_is_not_believed(entry):
    forged = encode({"identity": {"name": "李四"}})
    for ciphertext in (b"", entry.sealed.ciphertext[:-1], bytes(len(entry.sealed.ciphertext))):
        assert opened(entry, {PERSON: KEY}, Opened(ciphertext, forged)) == unseal(entry, KEY) == SAID


def test_of_its_own_it_is_read_as_any(entry):
    said = opened(entry, {PERSON: KEY}, Opened(entry.sealed.ciphertext, encode({"identity": 7})))
    assert said.code == "fields_malformed"
    said = opened(entry, {PERSON: KEY}, Opened(entry.sealed.ciphertext, b"\xff"))
    assert said.code == "fields_malformed"
