"""`talent-library` as another program runs it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from kit.desks import new_desk

from appraisal.domain.operator import Role
from appraisal.usecases.adopt_grant import AskToJoin, ask_to_join
from library.cli import main


@pytest.fixture
def talent_library(engine_url, capsys):
    """Runs a command; gives its status and its one object."""

    def run(*arguments):
        status = main(["--url", engine_url, "--json", *map(str, arguments)])
        said = capsys.readouterr().out
        assert said.count("\n") == 1
        return status, json.loads(said)

    return run


def test_from_init_to_a_receipt_and_back(talent_library, tmp_path):
    assert talent_library("status")[0] == 3  # no library yet
    status, made = talent_library("init", "--out", tmp_path)
    assert (status, made["new"]) == (0, True)
    assert (tmp_path / "recovery-key.txt").stat().st_mode & 0o777 == 0o600
    assert talent_library("init") == (0, {"library": made["library"], "new": False, "recovery_key": None})
    desk = new_desk(tmp_path)
    request = tmp_path / "request.cose"
    request.write_bytes(ask_to_join(AskToJoin(desk.operators[Role.SUPERVISOR]), desk.desk, desk.exchange))
    status, granted = talent_library("enrol", request, "--out", tmp_path / "answers")
    assert (status, granted["library"]) == (0, made["library"])
    desk.adopt(Path(granted["grant"]).read_bytes())
    desk.people(3)
    sent = desk.export(tmp_path / "stick")
    status, taken = talent_library("ingest", tmp_path / "stick")
    assert status == 0
    assert {name: taken[name] for name in taken if name != "receipts"} == {
        "bundles": 1, "applied": sent.records, "duplicate": 0, "parked": 0, "held": 0, "rejected": 0, "quarantined": 0}
    (receipt,) = taken["receipts"]
    assert receipt.startswith(str(sent.bundle))
    assert desk.receive(Path(receipt).read_bytes()).accepted == sent.records
    status, again = talent_library("ingest", sent.bundle, "--out", tmp_path / "receipts")
    assert (status, again["applied"], again["duplicate"]) == (0, 0, sent.records)
    status, checked = talent_library("journal", "verify")
    assert (status, checked["entries"], checked["intact"]) == (0, sent.records, True)
    status, lists = talent_library("publish", "--out", tmp_path / "lists")
    assert sorted(path.name for path in (tmp_path / "lists").iterdir()) == ["status-1.cose", "trust-list.cose"]
    assert (status, len(lists["files"])) == (0, 2)
    assert talent_library("status")[1]["desks"][0]["receipts"] == 2
    desk.engine.dispose()


def test_refusals_have_their_sentence_and_their_status(talent_library, tmp_path):
    talent_library("init", "--out", tmp_path)
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
