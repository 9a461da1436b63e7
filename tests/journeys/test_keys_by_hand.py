"""The ceremony of the keys as the manual has it, and somebody with no desk who checks by the root document alone."""

import csv

import pytest

PASSPHRASES = ["the first officer", "the second officer", "the third officer"]


@pytest.fixture
def ministry(shell_at, tmp_path):
    """A machine without a centre."""
    return shell_at(tmp_path / "ministry")


@pytest.fixture
def association(day, tmp_path):
    """The library of the played day, with root keys; gives one command of it."""
    _answer, played = day

    def run(*arguments, lines=(), code=0):
        answer = played.library(f"sqlite:///{played.folder / 'library' / 'library.db'}", *arguments, lines=lines)
        assert played.code == code, played.said
        return answer

    made = run("repository", "init", "--keys", tmp_path / "three", "--passphrase-stdin", lines=PASSPHRASES)
    run.root_keys = [key["id"] for key in made["keys"]]
    run("publish", "--out", tmp_path / "first")
    return run


def two_sign(association, tmp_path, *more, code=0, lines=None):
    keys = [word for n in (1, 3) for word in ("--key", tmp_path / "three" / f"root-{n}.pem")]
    return association("repository", "root", *keys, *more, "--passphrase-stdin",
                       lines=lines or [PASSPHRASES[0], PASSPHRASES[2]], code=code)


def lists(folder):
    return "--trust", folder / "trust-list.cose", "--status", folder


def test_who_has_the_root_document_follows_to_every_later_list(day, association, ministry, tmp_path):
    _answer, played = day
    pdf, root = played.folder / "certificates.pdf", tmp_path / "first" / "root.cose"
    found = ministry.desk("verify", pdf, "--root", root, *lists(tmp_path / "first"))
    assert {one["verdict"] for one in found["results"]} == {"VALID"}
    assert two_sign(association, tmp_path, "--new-list-key")["root"] == 2
    association("revoke", found["results"][0]["number"], "--reason", "wrongly issued")
    association("publish", "--out", tmp_path / "second")
    again = ministry.desk("verify", pdf, "--root", root, *lists(tmp_path / "second"), "--csv", tmp_path / "found.csv")
    assert [one["verdict"] for one in again["results"]] == ["REVOKED"] + ["VALID"] * (len(found["results"]) - 1)
    assert ministry.code == 1
    with (tmp_path / "found.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["number"], row["name"], row["verdict"]) for row in rows] == [
        (one["number"], one["name"], one["verdict"]) for one in again["results"]]
    mixed = ministry.desk("verify", pdf, "--root", root, "--trust", tmp_path / "second" / "trust-list.cose",
                          "--status", tmp_path / "first")
    assert mixed["error"] == "status_list_not_ours"  # signed by the key that was replaced


def test_another_association_is_not_this_one(day, association, ministry, shell, tmp_path):
    _answer, played = day
    url = f"sqlite:///{tmp_path / 'other.db'}"
    shell.library(url, "init", "--out", tmp_path)
    bare = tmp_path / "bare"
    shell.library(url, "publish", "--out", bare)
    assert not (bare / "root.cose").exists()
    shell.library(url, "repository", "init", "--keys", tmp_path / "theirs", "--passphrase-stdin", lines=PASSPHRASES)
    shell.library(url, "publish", "--out", tmp_path / "other")
    root = tmp_path / "first" / "root.cose"
    for folder in ("other", "bare"):
        refused = ministry.desk("verify", played.folder / "certificates.pdf", "--root", root, *lists(tmp_path / folder))
        assert (refused["error"], ministry.code) == ("root_not_ours", 1)
    for wrong, code in ((tmp_path / "first" / "trust-list.cose", "root_malformed"), (root, "root_without_trust")):
        more = lists(tmp_path / "first") if code == "root_malformed" else ()
        assert ministry.desk("verify", "x", "--root", wrong, *more)["error"] == code


def test_the_root_document_of_the_first_day_outlives_a_lost_root_key(day, association, ministry, tmp_path):
    _answer, played = day
    assert two_sign(association, tmp_path, code=1, lines=["another", "words"])["error"] == "root_key_wrong"
    two_sign(association, tmp_path, "--replace", association.root_keys[1], tmp_path / "three" / "root-4.pem",
             lines=[PASSPHRASES[0], PASSPHRASES[2], "the fourth officer"])
    keys = [word for n in (3, 4) for word in ("--key", tmp_path / "three" / f"root-{n}.pem")]
    association("repository", "root", *keys, "--new-list-key", "--passphrase-stdin",
                lines=[PASSPHRASES[2], "the fourth officer"])
    association("publish", "--out", tmp_path / "third")
    found = ministry.desk("verify", played.folder / "certificates.pdf", "--root", tmp_path / "first" / "root.cose",
                          *lists(tmp_path / "third"))
    assert {one["verdict"] for one in found["results"]} == {"VALID"}


def test_a_picture_of_what_changed_is_enough(day, association, tmp_path):
    """A desk that has the lists of one day sees the next day's revocation by a QR on somebody's telephone."""
    _answer, played = day
    played.desk("bundle", "import", tmp_path / "first")
    assert played.code == 0, played.said
    number = played.desk("verify", played.folder / "certificates.pdf")["results"][3]["number"]
    association("revoke", number, "--reason", "wrongly issued")
    association("publish", "--out", tmp_path / "second", "--pictures")
    answers = [played.desk("bundle", "import", picture)
               for picture in sorted((tmp_path / "second" / "deltas").glob("*.png"))]
    assert sum(one["adopted"]["lists"]["status_lists"] for one in answers if "adopted" in one) == 1
    assert {one["error"] for one in answers if "adopted" not in one} == {"delta_of_other_list"}
    found = played.desk("verify", played.folder / "certificates.pdf")["results"]
    assert [one["number"] for one in found if one["verdict"] == "REVOKED"] == [number]
    association("publish", "--out", tmp_path / "second")
    assert list((tmp_path / "second" / "deltas").glob("*.png")) == []
