"""The vectors of updates, asks, approvals and rotations: read as they say, made again to the same bytes."""

import json
from pathlib import Path

import pytest
from vectors.make_exchange import CERTIFICATES, DESK, FOLDER, KEYS, LIBRARY, NEXT, lines, plain
from vectors.make_updates import cases, repository

from appraisal.canonical import Malformed, encode
from appraisal.credential.cose import BadSignature, sign1
from appraisal.domain.errors import RuleViolation
from appraisal.exchange import letters
from appraisal.exchange.asking import make_ask, read_ask
from appraisal.exchange.rotation import make_rotation, read_rotation
from appraisal.exchange.updates import make_refill, make_sealing, read_refill, read_sealing
from db.updates import FolderFetcher, Memory, read_repository

UPDATES = Path(FOLDER) / "updates"
CASES = json.loads((UPDATES / "cases.json").read_text("utf-8"))
READERS = {
    "sealing": (lambda data: read_sealing(data, [KEYS["library"]]), lambda one: make_sealing(one, LIBRARY)),
    "refill": (lambda data: read_refill(data, [KEYS["library"]]), lambda one: make_refill(one, LIBRARY)),
    "ask": (lambda text: read_ask(text, lambda _desk: KEYS["desk"]), lambda one: make_ask(one, DESK)),
    "approval": (lambda data: letters.payload_of(data, letters.APPROVAL, [KEYS["desk"]]),
                 lambda one: sign1(encode(one), DESK, content_type=letters.APPROVAL)),
    "rotation": (lambda data: read_rotation(data, KEYS["desk"]),
                 lambda one: make_rotation(one, DESK, NEXT, CERTIFICATES)),
}


def given(case):
    return case["text"] if "text" in case else bytes.fromhex(case["hex"])


def named(wanted):
    return [pytest.param(one, id=f"{one['form']}: {one['name']}") for one in CASES if wanted in one]


@pytest.mark.parametrize("case", named("says"))
def test_what_is_valid_says_just_this_and_is_written_the_same(case):
    reader, writer = READERS[case["form"]]
    found = reader(given(case))
    if case["says"] == "as the first":
        assert plain(found) == next(one["says"] for one in CASES if one["form"] == case["form"])
    else:
        assert plain(found) == case["says"]
        assert writer(found) == given(case)


@pytest.mark.parametrize("case", named("refused"))
def test_what_is_not_is_refused_by_its_reason(case):
    with pytest.raises((Malformed, BadSignature)) as found:
        READERS[case["form"]][0](given(case))
    assert (found.value.reason if isinstance(found.value, Malformed) else "bad_signature") == case["refused"]


def test_the_script_makes_the_files_that_are_here():
    assert lines(cases()) == (UPDATES / "cases.json").read_text("utf-8")
    assert repository() == json.loads((UPDATES / "repository.json").read_text("utf-8"))


@pytest.fixture
def state(tmp_path):
    """The repository of the vector as a folder, and what the vector says."""
    kept = json.loads((UPDATES / "repository.json").read_text("utf-8"))
    for name, data in kept["files"].items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bytes.fromhex(data))
    return tmp_path, kept


def test_the_repository_is_read_as_it_says(state):
    folder, kept = state
    found = read_repository(FolderFetcher(folder), bytes.fromhex(kept["root"]), Memory(), kept["at"], lambda *_: True)
    assert (found.issued, found.root) == (kept["says"]["issued"], kept["says"]["root"])
    assert {path: data.hex() for path, data in found.files.items()} == kept["says"]["targets"]


def test_another_byte_in_any_file_of_it_is_refused(state):
    folder, kept = state
    for name, data in kept["files"].items():
        if name == "metadata/1.root.json":
            continue  # pinned: the reader has its own
        path, whole = folder / name, bytes.fromhex(data)
        path.write_bytes(whole.replace(b"a", b"b", 1) if b"a" in whole else whole + b" ")
        with pytest.raises(RuleViolation):
            read_repository(FolderFetcher(folder), bytes.fromhex(kept["root"]), Memory(), kept["at"], lambda *_: True)
        path.write_bytes(whole)
