"""A backup put back, work gone on, and what was lost given back by the library: as somebody at a shell does it."""

import shutil
from pathlib import Path

import pytest

ROSTER = Path(__file__).parents[2] / "resources" / "demo" / "roster-ai-trainer.xlsx"


@pytest.fixture
def centre(shell):
    """A demonstration centre with its library; a backup from before the roster came."""
    shell.batch = shell.desk("init", "--demo")["batch"]
    shutil.move(shell.folder / "desk" / "association", shell.folder / "association")
    shell.url = f"sqlite:///{shell.folder / 'association' / 'library.db'}"
    shell.backup = shell.folder / "backup"
    shell.desk("backup", "create", shell.backup)
    assert shell.code == 0, shell.said
    return shell


def sync(centre, stick):
    """Sent by stick, taken in, and the receipt read; None where there was nothing to send."""
    sent = centre.desk("bundle", "export", "--out", stick)
    if centre.code:
        assert sent["error"] == "nothing_to_send"
        return None
    centre.library(centre.url, "ingest", stick)
    assert centre.code == 0, centre.said
    answer = centre.desk("bundle", "import", sent["bundle"])
    assert centre.code == 0, centre.said
    return answer


@pytest.mark.long
def test_a_backup_and_the_librarys_records_make_the_desk_whole(centre, tmp_path):
    taken = centre.desk("roster", "import", ROSTER, "--batch", centre.batch, "--consent", "association")
    assert taken["accepted"] > 40, centre.said
    assert sync(centre, tmp_path / "1")["lacking"] == 0
    before = centre.library(centre.url, "status")
    shutil.rmtree(tmp_path / "desk")

    answer = centre.desk("--language", "en", "restore", centre.backup)
    assert (centre.code, answer["checked"]) == (0, True), centre.said
    assert centre.desk("doctor")["epochs"] == []
    assert centre.desk("--language", "en", "journal", "verify")["intact"]
    assert "put back from a copy" in centre.said
    (began,) = centre.desk("doctor")["epochs"]
    assert began["reason"] == "restored"

    answer = sync(centre, tmp_path / "2")
    assert answer["lacking"] > 80
    assert f"{answer['lacking']} " in centre.said
    given = centre.library(centre.url, "restore", began["desk"][:12], "--out", tmp_path / "back")
    assert centre.code == 0, centre.said
    answer = centre.desk("restore", "--from", given["path"])
    assert centre.code == 0, centre.said
    assert (answer["entries"], answer["aside"]) == (2 * taken["accepted"] + taken["accepted"], 0)
    again = centre.desk("bundle", "import", given["path"])
    assert (centre.code, again["new"]) == (0, False)

    assert centre.desk("journal", "verify")["intact"]
    assert centre.desk("journal", "rebuild", "--check")["equal"]
    assert sync(centre, tmp_path / "3") is None
    after = centre.library(centre.url, "status")
    assert (after["people"], before["people"]) == (taken["accepted"], taken["accepted"])
    assert centre.library(centre.url, "journal", "verify")["intact"]


def test_a_damaged_backup_is_refused_and_leaves_nothing(centre, tmp_path):
    file = centre.backup / "centre.db"
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    shutil.rmtree(tmp_path / "desk")
    assert centre.desk("restore", centre.backup)["error"] == "backup_damaged"
    assert centre.code == 3
    assert [one.name for one in (tmp_path / "desk").iterdir()] == []
    assert centre.desk("restore")["error"] == "restore_one_source"
    assert centre.code == 1


def test_a_backup_is_never_put_over_a_centre(centre):
    assert centre.desk("restore", centre.backup)["error"] == "centre_exists"
    assert centre.code == 3
    assert centre.desk("backup", "check", centre.backup)["intact"]
    assert not (centre.backup / "centre.restored").exists()
