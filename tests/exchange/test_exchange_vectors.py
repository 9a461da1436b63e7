"""The vectors are read by our code as they say, each one, and made again to the same bytes."""

import json
from pathlib import Path

import pytest
from vectors.make_exchange import CERTIFICATES, DESK, FOLDER, FORMS, KEYS, LIBRARY, NEXT, lines, part_said, plain

from appraisal.canonical import Malformed
from appraisal.credential.cose import BadSignature
from appraisal.exchange.enrolment import fingerprint, make_grant, make_request, read_grant, read_request
from appraisal.exchange.manifest import make_manifest, read_manifest
from appraisal.exchange.parts import unseal
from appraisal.exchange.receipt import make_receipt, read_receipt
from appraisal.exchange.records import frame, read_record, read_records, unframe
from appraisal.exchange.restoration import make_restoration, read_restoration
from appraisal.exchange.rotation import make_rotation, read_rotation
from appraisal.exchange.short_receipt import Counts, Reach, make_short_receipt, read_short_receipt
from appraisal.exchange.typed import from_typed, to_typed
from appraisal.exchange.words import words_of
from appraisal.journal import read, write

CASES = [(folder, case) for folder in FORMS
         for case in json.loads((Path(FOLDER) / folder / "cases.json").read_text("utf-8"))]


def _records(data):
    found = list(unframe(data))
    for one in found:
        read_record(one)
    return found


def _chain(data):
    return [one for one in read_records(data) if isinstance(one, bytes)]


READERS = {
    "chain": (_chain, None),
    "entry": (read, write),
    "manifest": (lambda data: read_manifest(data, KEYS["desk"]), lambda one: make_manifest(one, DESK)),
    "records": (_records, lambda one: b"".join(map(frame, one))),
    "receipt": (lambda data: read_receipt(data, KEYS["library"]), lambda one: make_receipt(one, LIBRARY)),
    "restoration": (lambda data: read_restoration(data, [KEYS["library"]]), lambda one: make_restoration(one, LIBRARY)),
    "request": (read_request, lambda one: make_request(
        one.desk, one.key.public, DESK, one.code, one.centre, one.certificate_key.public, CERTIFICATES, one.made_at,
        one.recipient, one.epoch)),
    "grant": (read_grant, lambda one: make_grant(one, LIBRARY)),
    "rotation": (lambda data: read_rotation(data, KEYS["desk"]), lambda one: make_rotation(one, DESK, NEXT)),
    "short": (read_short_receipt, None),
}


def _named(wanted):
    return [pytest.param(one, id=f"{folder}: {one['name']}: {one['form']}") for folder, one in CASES if wanted(one)]


@pytest.mark.parametrize("case", _named(lambda one: "says" in one and one["form"] != "part"))
def test_what_is_valid_says_just_this_and_is_written_the_same(case):
    reader, writer = READERS[case["form"]]
    data = bytes.fromhex(case["hex"])
    found = reader(data)
    if case["says"] == "as the first":
        first = next(one for _, one in CASES if one["form"] == case["form"])
        assert plain(found) == first["says"]
        return
    assert plain(found) == case["says"]
    if writer:
        assert writer(found) == data


@pytest.mark.parametrize("case", _named(lambda one: "refused" in one))
def test_what_is_not_is_refused_by_its_reason(case):
    typed = case["form"] == "typed"
    reader, said = (from_typed, case["text"]) if typed else (READERS[case["form"]][0], bytes.fromhex(case["hex"]))
    with pytest.raises((Malformed, BadSignature)) as found:
        reader(said)
    reason = found.value.reason if isinstance(found.value, Malformed) else "bad_signature"
    assert reason == case["refused"]
    if "group" in case:
        assert found.value.group == case["group"]


@pytest.mark.parametrize("folder", FORMS)
def test_the_script_makes_the_files_that_are_here(folder):
    assert lines(FORMS[folder]()) == (Path(FOLDER) / folder / "cases.json").read_text("utf-8")


def test_the_sealed_part_opens():
    (case,) = [one for _, one in CASES if one["form"] == "part"]
    assert unseal(part_said(case), bytes.fromhex(case["hex"]), case["identity"]).hex() == case["says"]


def test_words_and_typed_characters_are_those_of_the_bytes():
    (request,) = [one for _, one in CASES if "words" in one]
    digest = fingerprint(bytes.fromhex(request["hex"]))
    assert digest.hex() == request["fingerprint"]
    assert {language: list(words_of(digest, language)) for language in request["words"]} == request["words"]
    (short,) = [one for _, one in CASES if "signed_for" in one]
    data, said = bytes.fromhex(short["hex"]), short["signed_for"]
    assert to_typed(data) == short["text"]
    assert from_typed(short["text"]) == data
    (typed,) = [one for _, one in CASES if one["form"] == "typed" and "hex" in one]
    assert from_typed(typed["text"]).hex() == typed["hex"]
    reaches = [Reach(one["epoch"], one["first"], one["last"], bytes.fromhex(one["hash"]), Counts(**one["counts"]),
                     bytes.fromhex(one["digest"])) for one in said["reaches"]]
    read_short_receipt(data).signed_for(said["library"], said["desk"], reaches, KEYS["library"])
    assert make_short_receipt(said["library"], said["desk"], 7, reaches, LIBRARY) == data
