"""Who may decide at that moment; which of two certificates with one number is meant; what the commands then say."""

import io

import pytest
from kit.branches import branch, correct, issue
from kit.desks import new_desk

from appraisal.domain.errors import RuleViolation
from appraisal.domain.operator import Role
from appraisal.usecases.adopt_grant import AskToJoin, ask_to_join
from library.cli import main
from library.officers import add_officer, withdraw_officer
from library.questions import decide, open_questions
from library.releasing import release
from library.revoke import revoke


def test_an_officer_who_was_withdrawn_since_decides_nothing(association, joined, tmp_path):
    one, officer = joined(), association.officers()[0]
    (who,) = one.people(1)
    association.take_in(one.export(tmp_path / "0").bundle)
    two = branch(one, tmp_path, 31)
    correct(one, who, "identity", name="王甲")
    correct(two, who, "identity", name="王乙")
    association.take_in(one.export(tmp_path / "1").bundle)
    association.take_in(two.export(tmp_path / "2").bundle)
    (row,) = open_questions(association.library)
    add_officer(association.library, "third", "third passphrase", recovery=association.recovery)
    withdraw_officer(association.library, officer.name, recovery=association.recovery)
    with pytest.raises(RuleViolation, match="officer_withdrawn"):
        decide(association.library, row.id, "1", "seen", officer)
    with pytest.raises(RuleViolation, match="officer_withdrawn"):
        release(association.library, one.id, "library", "seen", officer)
    assert [one.state for one in open_questions(association.library)] == ["open"]
    two.engine.dispose()


def test_a_number_on_two_certificates_is_revoked_by_naming_which(association, joined, tmp_path):
    made = {}
    for seed in (1, 2):
        desk = joined(seed)
        batch = desk.open_batch(f"B{seed}")
        (who,) = desk.people(1, batch)
        made[seed] = issue(desk, who, batch, "ZG000001", seed)
        association.take_in(desk.export(tmp_path / str(seed)).bundle)
    with pytest.raises(RuleViolation, match="certificate_contested") as asked:
        revoke(association.library, "ZG000001", "found on a copy")
    assert all(one in asked.value.detail["which"] for one in made.values())
    assert "张三" in asked.value.detail["which"]
    first = revoke(association.library, "ZG000001", "found on a copy", made[1])
    second = revoke(association.library, "ZG000001", "and this one", made[2])
    assert first.new
    assert second.new
    assert first.status_index != second.status_index
    assert not revoke(association.library, "ZG000001", "again", made[1]).new


@pytest.fixture
def said(engine_url, capsys):
    """Runs a command for people; gives its status and what it says, in English."""

    def run(*words):
        status = main(["--url", engine_url, "--language", "en", *map(str, words)])
        out, said = capsys.readouterr()
        assert out == ""
        return status, said

    return run


def test_what_commands_say_to_people(said, tmp_path, monkeypatch):
    status, text = said("init", "--demo", "--out", tmp_path)
    assert (status, "The library is made" in text, "recovery-key.txt" in text) == (0, True, True)
    status, text = said("officer", "list")
    assert "demo-a  since 20" in text
    assert "None" not in text
    assert "[" not in text
    desk = new_desk(tmp_path)
    request = tmp_path / "request.cose"
    request.write_bytes(ask_to_join(AskToJoin(desk.operators[Role.SUPERVISOR]), desk.desk, desk.exchange))
    both = ("--by", "demo-a", "--by", "demo-b")
    status, text = said("enrol", request, *both, "--out", tmp_path)
    assert "repository init --keys" in text  # a grant without a root of updates
    assert said("receipt", "short", desk.id[:8]) == (
        1, f"The library has given desk {desk.id[:8]} no receipt yet. Take its bundle in first.\n")
    assert said("desk", "withdraw", desk.id[:8], "--reason", "gone", "--at-head")[0] == 2
    assert "active" in said("desk", "list")[1]
    assert said("questions", "list") == (0, "No question is open.\n")
    monkeypatch.setattr("sys.stdin", io.StringIO("four quiet words\nnot theirs\n"))
    assert "third  since" in said("officer", "add", "third", *both, "--passphrase-stdin")[1]
    status, text = said("desk", "withdraw", desk.id[:8], "--reason", "gone", "--at-head", "--by", "third",
                        "--passphrase-stdin")
    assert (status, "officer third is wrong" in text) == (1, True)
    status, text = said("status")
    assert f"{desk.id}  C001" in text
    assert "{" not in text
    assert "'" not in text
    desk.engine.dispose()
