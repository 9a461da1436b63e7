"""`talent-library` as another program runs it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from kit.desks import new_desk

from appraisal.credential.bitstring import BITS_BYTES, decoded
from appraisal.credential.cose import ED25519, verifying_key
from appraisal.credential.integrity import check_proofs
from appraisal.credential.linked_data import read_json
from appraisal.credential.status import read_status_list
from appraisal.domain.exchange import Fate, FateOf, Span
from appraisal.domain.operator import Role
from appraisal.exchange.receipt import Receipt
from appraisal.usecases.adopt_grant import AskToJoin, ask_to_join
from library.cli import main
from library.intake import TakenIn
from library.outcome import Outcome

BOTH = ("--by", "demo-a", "--by", "demo-b")


@pytest.fixture
def talent_library(engine_url, capsys):
    """Runs a command; gives its status and its one object."""

    def run(*arguments):
        status = main(["--url", engine_url, "--json", *map(str, arguments)])
        said = capsys.readouterr()
        assert said.out.count("\n") == 1
        run.said = said.err
        return status, json.loads(said.out)

    run.url = engine_url
    return run


def test_from_init_to_a_receipt_and_back(talent_library, tmp_path):
    assert talent_library("status")[0] == 3  # no library yet
    status, made = talent_library("init", "--demo", "--out", tmp_path)
    assert (status, made["new"]) == (0, True)
    assert (tmp_path / "recovery-key.txt").stat().st_mode & 0o777 == 0o600
    assert talent_library("init") == (0, {"library": made["library"], "new": False, "recovery_key": None})
    desk = new_desk(tmp_path)
    request = tmp_path / "request.cose"
    request.write_bytes(ask_to_join(AskToJoin(desk.operators[Role.SUPERVISOR]), desk.desk, desk.exchange))
    status, granted = talent_library("enrol", request, *BOTH, "--out", tmp_path / "answers")
    assert (status, granted["library"]) == (0, made["library"])
    desk.adopt(Path(granted["grant"]).read_bytes())
    desk.people(3)
    sent = desk.export(tmp_path / "stick")
    status, taken = talent_library("ingest", tmp_path / "stick")
    assert status == 0
    assert {name: taken[name] for name in taken if name != "receipts"} == {
        "bundles": 1, "applied": sent.records, "duplicate": 0, "parked": 0, "held": 0, "rejected": 0, "quarantined": 0,
        "quarantine": []}
    (receipt,) = taken["receipts"]
    assert receipt.startswith(str(sent.bundle))
    assert desk.receive(Path(receipt).read_bytes()).accepted == sent.records
    status, again = talent_library("ingest", sent.bundle, "--out", tmp_path / "receipts")
    assert (status, again["applied"], again["duplicate"]) == (0, 0, sent.records)
    status, checked = talent_library("journal", "verify")
    assert (status, checked["entries"], checked["intact"]) == (0, sent.records, True)
    status, lists = talent_library("publish", "--out", tmp_path / "lists")
    names = sorted(path.name for path in (tmp_path / "lists").iterdir())
    assert names == ["deltas", "status-1.cose", "trust-list.cose", "verify.html"]
    assert (status, len(lists["files"])) == (0, 3)
    assert talent_library("status")[1]["desks"][0]["receipts"] == 2
    desk.engine.dispose()


def test_status_lists_for_readers_of_badges(talent_library, tmp_path):
    talent_library("init", "--demo", "--out", tmp_path)
    desk = new_desk(tmp_path)
    request = tmp_path / "request.cose"
    request.write_bytes(ask_to_join(AskToJoin(desk.operators[Role.SUPERVISOR]), desk.desk, desk.exchange))
    talent_library("enrol", request, *BOTH, "--out", tmp_path)
    out, url = tmp_path / "lists", "https://lists.example.org/status"
    assert talent_library("publish", "--out", out, "--status-url", "lists.example.org")[1]["error"] == "status_url_bad"
    assert talent_library("publish", "--repository", out, "--status-url", url)[0] == 2
    assert not out.exists()
    status, lists = talent_library("publish", "--out", out, "--status-url", url + "/")
    names = ["status-1-revocation.json", "status-1-suspension.json"]
    assert (status, [Path(file).name for file in lists["files"]]) == (
        0, ["trust-list.cose", "status-1.cose", "verify.html", *names])
    assert url in talent_library.said
    issuers = set()
    for name in names:
        made = read_json((out / name).read_bytes())
        issuers.add(check_proofs(made).public)
        assert made["id"] == f"{url}/{name}"
        assert decoded(made["credentialSubject"]["encodedList"]) == bytes(BITS_BYTES)
    read_status_list((out / "status-1.cose").read_bytes(), [verifying_key(ED25519, *issuers)])  # the list key's, too
    desk.engine.dispose()


def test_refusals_have_their_sentence_and_their_status(talent_library, tmp_path):
    talent_library("init", "--demo", "--out", tmp_path)
    assert talent_library("ingest", tmp_path / "nowhere")[0] == 3
    (tmp_path / "x.skb").write_bytes(b"no bundle")
    status, answer = talent_library("ingest", tmp_path / "x.skb")
    assert (status, answer["bundles"], answer["receipts"]) == (1, 0, [])
    status, answer = talent_library("revoke", "X1", "--reason", "because")
    assert (status, answer["error"]) == (1, "certificate_unknown")
    (tmp_path / "request.cose").write_bytes(b"\xd2\x84")
    assert talent_library("enrol", tmp_path / "request.cose")[1]["error"] == "request_malformed"


def test_wrong_usage_ends_with_two(engine_url):
    done = subprocess.run([sys.executable, "-m", "library.cli", "--url", engine_url, "dance"], capture_output=True,
                          check=False)
    assert done.returncode == 2


def test_a_library_like_another_takes_the_same_bundle_in_and_goes_on_with_its_numbers(talent_library, tmp_path, capsys):
    talent_library("init", "--demo", "--out", tmp_path)
    desk = new_desk(tmp_path)
    request = tmp_path / "request.cose"
    request.write_bytes(ask_to_join(AskToJoin(desk.operators[Role.SUPERVISOR]), desk.desk, desk.exchange))
    desk.adopt(Path(talent_library("enrol", request, *BOTH, "--out", tmp_path)[1]["grant"]).read_bytes())
    desk.people(3)
    sent = desk.export(tmp_path / "stick")
    desk.receive(Path(talent_library("ingest", sent.bundle)[1]["receipts"][0]).read_bytes())
    old, new = talent_library.url, f"sqlite:///{tmp_path / 'new' / 'library.db'}"

    def at_new(*arguments):
        return main(["--url", new, "--json", *map(str, arguments)]), json.loads(capsys.readouterr().out)

    assert at_new("init", "--like", old) == (
        0, {"library": talent_library("status")[1]["library"], "new": True, "recovery_key": None})
    assert at_new("init", "--like", old)[1]["new"] is False
    status, taken = at_new("ingest", sent.bundle, "--out", tmp_path / "receipts")
    assert (status, taken["applied"], taken["duplicate"]) == (0, sent.records, 0)
    (receipt,) = taken["receipts"]
    assert receipt.endswith("-000002.cose")
    assert desk.receive(Path(receipt).read_bytes()).accepted == sent.records
    before = talent_library("publish", "--out", tmp_path / "before")[1]["files"]
    after = at_new("publish", "--out", tmp_path / "after")[1]["files"]
    assert [Path(file).name for file in after] == [Path(file).name for file in before]
    desk.engine.dispose()


def test_a_library_is_made_like_no_other_where_one_is_or_none_was(talent_library, tmp_path):
    none = f"sqlite:///{tmp_path / 'none.db'}"
    assert talent_library("init", "--like", none)[1]["error"] == "no_library_here"
    assert not (tmp_path / "none.db").exists()
    talent_library("init", "--demo", "--out", tmp_path)
    other = f"sqlite:///{tmp_path / 'other.db'}"
    assert main(["--url", other, "init", "--out", str(tmp_path)]) == 0
    assert talent_library("init", "--like", other)[1]["error"] == "library_exists"


def test_what_was_not_taken_in_is_said_in_both_languages(talent_library, tmp_path):
    talent_library("init", "--demo", "--out", tmp_path)
    desk = new_desk(tmp_path)
    request = tmp_path / "request.cose"
    request.write_bytes(ask_to_join(AskToJoin(desk.operators[Role.SUPERVISOR]), desk.desk, desk.exchange))
    desk.adopt(Path(talent_library("enrol", request, *BOTH, "--out", tmp_path)[1]["grant"]).read_bytes())
    desk.people(2)
    sent = desk.export(tmp_path / "stick").bundle
    part, manifest = sent / "part-0001", sent / "manifest.cose"
    whole, signed = part.read_bytes(), manifest.read_bytes()
    part.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    for language, words in (("en", "changed or cut"), ("zh_CN", "途中被改动")):
        status, answer = talent_library("--language", language, "ingest", sent, "--out", tmp_path / "receipts")
        (one,) = answer["quarantine"]
        assert (status, answer["bundles"], answer["quarantined"]) == (1, 1, 1)
        assert (one["bundle"], one["part"], one["code"]) == (str(sent), "part-0001", "part_changed")
        assert words in one["message"]
        assert f"{sent}" in talent_library.said
        assert "part-0001" in talent_library.said
        assert one["message"] in talent_library.said
    part.write_bytes(whole)
    manifest.write_bytes(signed[:-1] + bytes([signed[-1] ^ 1]))
    status, answer = talent_library("ingest", sent, "--out", tmp_path / "receipts", "--language", "zh_CN")
    assert (status, answer["bundles"], answer["quarantined"]) == (1, 0, 1)
    assert (answer["quarantine"][0]["part"], answer["quarantine"][0]["code"]) == ("manifest.cose", "bundle_not_signed")
    assert "不是工位" in talent_library.said
    manifest.write_bytes(signed)
    assert talent_library("ingest", sent, "--out", tmp_path / "receipts")[0] == 0
    assert talent_library.said == ""
    desk.engine.dispose()


def test_what_waits_is_said_in_counts():
    outcome = Outcome("en")
    spans = [FateOf(Span("0" * 32, 1, 3), Fate.PARKED, "key_missing"), FateOf(Span("0" * 32, 4, 4), Fate.APPLIED, ""),
             FateOf(Span("0" * 32, 5, 6), Fate.PARKED, "key_missing"), FateOf(Span("0" * 32, 7, 7), Fate.HELD, "fork")]
    receipt = Receipt("1" * 32, "2" * 32, 1, b"", 1, "3" * 32, bytes(32), tuple(spans), (), (), (), bytes(32))
    outcome.take(Path("a.skb"), TakenIn(receipt, b""), Path("r.cose"))
    held, parked = outcome.sentences()
    assert "wait: 5. " in parked
    assert "held back: 1. " in held
    assert (outcome.complete, outcome.fields()["parked"], outcome.fields()["applied"]) == (True, 5, 1)
