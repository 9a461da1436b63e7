"""Three computers, one centre on one PostgreSQL: one registers, another marks, the third issues; each sends."""

import csv
import os
from contextlib import ExitStack
from pathlib import Path

import pytest
from kit.libraries import SimulatedLibrary, fates
from python_calamine import CalamineWorkbook

from appraisal.catalogue import load_schemes
from appraisal.domain.batch import BatchState
from appraisal.domain.errors import RuleViolation
from appraisal.domain.marks import Mark, MarkState
from appraisal.domain.operator import Role
from appraisal.usecases.adopt_grant import AdoptGrant, AskToJoin, adopt_grant, ask_to_join
from appraisal.usecases.enter_mark import ENTRY_ROLE, EnterMark, enter_mark
from appraisal.usecases.import_receipt import ImportReceipt, import_receipt
from appraisal.usecases.reads import SyncState
from db.centre import Surroundings
from db.engine import open_sqlite
from db.folder import DEMONSTRATION_PASSPHRASE, place_of
from desktop.commands import certificates, exchange, upkeep
from desktop.demonstration.day import Day, Given
from desktop.demonstration.script import Demonstration, load_script
from desktop.press import DeskPress
from desktop.session import session
from library.opening import open_library

ROSTER = Path(__file__).parents[2] / "resources" / "demo" / "roster-ai-trainer.xlsx"
PEOPLE = 2
COMPUTERS = (1, 2, 3)


class Centre:
    """`on(2)("journal", "verify")`: a command at the second computer; `at(2)`: its desk, in this process."""

    def __init__(self, shell, url, folder, monkeypatch):
        self.shell, self.url, self.folder, self._monkeypatch = shell, url, folder, monkeypatch

    def on(self, number):
        def run(*arguments, code=0):
            self.shell.environment = {
                "XDG_CONFIG_HOME": str(self.folder / f"computer-{number}"),
                "APPRAISAL_DESK_PASSPHRASE": DEMONSTRATION_PASSPHRASE,
                **({"APPRAISAL_DESK_OPERATOR": "administrator"} if "--join" in arguments else {})}
            answer = self.shell.run("desktop.cli", "--data", self.url, "--json", *arguments)
            assert self.shell.code == code, self.shell.said
            return answer

        return run

    def at(self, number):
        config = self.folder / f"computer-{number}"
        self._monkeypatch.setenv("XDG_CONFIG_HOME", str(config))
        return session(place_of(self.url), Surroundings(load_schemes(), settings=config / "appraisal-desk"))


@pytest.fixture
def centre(shell, postgresql_url, tmp_path, monkeypatch):
    return Centre(shell, postgresql_url, tmp_path, monkeypatch)


@pytest.fixture
def roster(tmp_path):
    """A few people of the shipped one."""
    rows = CalamineWorkbook.from_path(ROSTER).get_sheet_by_index(0).to_python()
    file = tmp_path / "roster.csv"
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows(rows[:1 + PEOPLE])
    return file


def association_of(centre):
    """The library that the demonstration has made at the first computer."""
    file = next((centre.folder / "computer-1").rglob("library.db"))
    made = object.__new__(SimulatedLibrary)
    made.library = open_library(open_sqlite(file), load_schemes(), Surroundings({}).clock, os.urandom)
    return made


def join_association(association, *desks):
    """All ask, then all adopt, the last to be granted first: its trust list is the newest."""
    granted = [(one, association.enrol(ask_to_join(
        AskToJoin(one.operator(Role.SUPERVISOR)), one.centre.desk, one.centre.exchange))) for one in desks]
    for one, grant in reversed(granted):
        adopt_grant(AdoptGrant(grant, one.operator(Role.SUPERVISOR)), one.centre.desk, one.centre.exchange)


def enter_marks(one, batch):
    """The first entry by one operator, the second by another; everybody passes."""
    reads = one.centre.reads
    for row in reads.enrolments(batch):
        for subject in one.centre.desk.schemes["ai-trainer"].at(row.level).subjects:
            for entry, role in ENTRY_ROLE.items():
                enter_mark(EnterMark(row.id, subject.code, entry, Mark(MarkState.PRESENT, subject.pass_mark),
                                     one.operator(role)), one.centre.desk)


def test_three_desks_from_a_roster_to_receipts(centre, roster, tmp_path):
    first, second, third = map(centre.on, COMPUTERS)
    made = first("init", "--demo")
    assert made["data"] == centre.url
    assert [second("init", "--join")["number"], third("init", "--join")["number"]] == [2, 3]
    assert first("roster", "import", roster, "--batch", made["batch"], "--consent", "association")["accepted"] == PEOPLE

    with ExitStack() as held:
        one, two, three = (held.enter_context(centre.at(number)) for number in COMPUTERS)
        association = association_of(centre)
        join_association(association, two, three)
        batch = made["batch"]
        Day(one, DeskPress(), 1).register(batch, load_script().batches[0], Given(roster=roster))
        Demonstration(one.centre).bring(batch, BatchState.MARKING)
        enter_marks(two, batch)
        issued = certificates.issue(three, three.batch(batch), DeskPress())
        assert issued.result["issued"] == PEOPLE
        with pytest.raises(RuleViolation, match="backup_by_server"):
            upkeep.backup_create(one.centre, tmp_path / "copy")
        verdict = upkeep.journal_rebuild_check(one.centre)
        assert verdict.result["equal"], verdict.said

        sent = [exchange.export(each.centre, each.operator(Role.SUPERVISOR), tmp_path / f"stick-{number}")
                for number, each in zip(COMPUTERS, (one, two, three), strict=True)]
        waiting = [association.take_in(told.bundle) for told in reversed(sent)]
        assert [fates(taken).get("parked", 0) > 0 for taken in waiting] == [True, True, False]  # for the first desk's
        for each, told in zip((one, two, three), sent, strict=True):
            receipt = association.take_in(told.bundle).data  # and says of each what became of it
            import_receipt(ImportReceipt(receipt, each.operator(Role.SUPERVISOR)), each.centre.desk,
                           each.centre.exchange)
        for each, told in zip((one, two, three), sent, strict=True):
            states = dict(each.centre.reads.sync_summary().counts)
            assert (states[SyncState.ACCEPTED], states[SyncState.RECEIVED], states[SyncState.NEEDS_YOU]) == (
                told.records, 0, 0)
            assert states[SyncState.ON_STICK] == states[SyncState.SAVED] == 0
        assert len({row.number for row in three.centre.reads.certificate_rows(batch)}) == PEOPLE
    assert third("journal", "verify")["intact"]

