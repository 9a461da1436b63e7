"""Two fresh folders and nobody's help: officers, enrolment by words, a short receipt, a new key, a withdrawal."""

from pathlib import Path

import pytest

WANG, LI = ("王芳", "four quiet words"), ("li", "five other quiet words")


@pytest.fixture
def talent_library(tmp_path, shell):
    """Runs a command with lines for its standard input; gives its one object."""

    def run(*arguments, lines=(), code=0):
        answer = shell.library(f"sqlite:///{tmp_path / 'library.db'}", *arguments, lines=lines)
        assert shell.code == code, shell.said
        return answer

    return run


@pytest.fixture
def centre(shell):
    """A demonstration centre, which has a library already: this one is to take its place."""
    shell.desk("init", "--demo")
    assert shell.code == 0, shell.said
    return shell


def test_from_two_officers_to_a_withdrawal(centre, talent_library, tmp_path):
    talent_library("init", "--out", tmp_path)
    asked = centre.desk("bundle", "request", "--out", tmp_path / "request.cose", "--qr", tmp_path / "request.png")
    assert talent_library("enrol", tmp_path / "request.cose", code=1)["error"] == "officers_missing"
    for name, words in (WANG, LI):
        talent_library("officer", "add", name, "--passphrase-stdin", lines=[words])
    assert talent_library("officer", "add", "x1", "--passphrase-stdin", lines=["yet another words"],
                          code=1)["error"] == "officers_two_decide"
    assert [one["name"] for one in talent_library("officer", "list")["officers"]] == ["王芳", "li"]

    looked = talent_library("enrol", tmp_path / "request.png", "--out", tmp_path)
    assert (looked["state"], looked["approvals"], looked["grant"]) == ("waits", 0, None)
    assert (looked["words_zh"], looked["words_en"]) == (asked["words_zh"], asked["words_en"])
    approve = ("enrol", tmp_path / "request.cose", "--passphrase-stdin", "--out", tmp_path, "--by")
    assert talent_library(*approve, "li", lines=["wrong words here"], code=1)["error"] == "officer_passphrase_wrong"
    assert talent_library(*approve, *WANG[:1], lines=WANG[1:])["approvals"] == 1
    assert not (tmp_path / "grant.cose").exists()
    granted = talent_library("enrol", tmp_path / "request.png", "--passphrase-stdin", "--out", tmp_path, "--by", "li",
                             lines=LI[1:])
    assert (granted["state"], set(granted["approved_by"])) == ("granted", {"王芳", "li"})
    assert centre.desk("bundle", "import", granted["grant"])["error"] == "grant_of_second_library"
    centre.desk("bundle", "import", granted["grant"], "--replace")
    assert centre.code == 0, centre.said

    _a_short_receipt(centre, talent_library, tmp_path)
    _a_new_key(centre, talent_library, tmp_path)
    desk = looked["desk"][:8]
    gone = ("desk", "withdraw", desk, "--reason", "遗失", "--passphrase-stdin")
    assert talent_library(*gone, code=2)["error"] == "withdrawal_place"
    assert talent_library(*gone, "--at", "1:2", code=2)["error"] == "withdrawal_place"
    waits = talent_library(*gone, "--at-head", "--by", "王芳", lines=WANG[1:])
    assert (waits["state"], waits["approvals"]) == ("waits", 1)
    done = talent_library(*gone, "--at", *waits["at"], "--by", "li", lines=LI[1:])
    assert (done["state"], done["at"]) == ("withdrawn", waits["at"])
    assert centre.desk("journal", "verify")["intact"]
    assert centre.desk("journal", "rebuild", "--check")["equal"]


def _a_short_receipt(centre, talent_library, tmp_path):
    sent = centre.desk("bundle", "export", "--out", tmp_path / "stick")
    talent_library("ingest", sent["bundle"], "--out", tmp_path / "receipts")
    desk = Path(sent["bundle"]).stem.rpartition("-")[2]
    short = talent_library("receipt", "short", desk, "1", "--qr", tmp_path / "short.png")
    assert short["bytes"] <= 120
    wrong = ("0" if short["text"][3] != "0" else "2").join((short["text"][:3], short["text"][4:]))
    assert centre.desk("bundle", "import", "--short", wrong)["error"] == "short_receipt_mistyped"
    assert centre.code == 1
    taken = centre.desk("bundle", "import", "--short", short["text"].replace("-", " ").lower())
    assert (taken["accepted"], taken["received"], taken["new"]) == (sent["records"], 0, True)
    assert centre.desk("bundle", "import", "--short", tmp_path / "short.png")["new"] is False
    assert centre.desk("bundle", "import", tmp_path / "short.png")["new"] is False
    assert centre.desk("bundle", "export", "--out", tmp_path / "again")["error"] == "nothing_to_send"
    talent_library("ingest", sent["bundle"])  # the receipt goes into the bundle; the desk names the stick
    assert centre.desk("bundle", "import", tmp_path / "stick")["files"]["receipt"] == 1


def _a_new_key(centre, talent_library, tmp_path):
    changed = centre.desk("key", "rotate")
    assert changed["old"] != changed["new"]
    centre.desk("key", "rotate", "--certificates")
    assert centre.desk("key", "rotate", "--certificates")["error"] == "rotation_pending"
    centre.desk("operators", "list")
    assert len(talent_library("status")["desks"]) == 1
