"""Old lists and few numbers where they are met: a supervisor agrees at the desk, updates come in."""

import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from association_kit import association_panel
from certificate_kit import DAY, certified_batch, consenting_batch
from import_marks_kit import open_marks_centre, operators
from issue_kit import certificates_page
from kit.libraries import SimulatedLibrary
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from sync_kit import sync_page

from appraisal.domain.staleness import Agreed, Times
from appraisal.exchange.restoration import FILE
from appraisal.usecases.adopt_grant import AdoptGrant, AskToJoin, adopt_grant, ask_to_join
from appraisal.usecases.association_state import AssociationState, ChainKnown, NumbersLeft, next_step
from db.bundle_files import BundleFolders
from db.engine import open_sqlite
from db.queries.association import association_state
from db.settings import LibraryAddress, keep_library_address
from desktop.commands.exchange import export

sys.path.append(str(Path(__file__).parents[1] / "library"))  # where a repository of updates is made

from service_kit import Service
from updates_kit import Publisher

from library.restoring import give_back
from library.web.app import Wishes

DAY_MS = DAY * 1000
NAMES = ("张伟", "欧阳娜娜")


def ready_page(centre, press, tasks, settings, qtbot, login="certificate_officer"):
    page = certificates_page(centre, press, tasks, settings, login)
    qtbot.addWidget(page)
    page.resize(1100, 680)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(lambda: page.association._state is not None)
    return page


def events(centre, kind):
    with centre.reader.connect() as connection:
        return connection.exec_driver_sql("SELECT count(*) FROM journal WHERE kind = ?", (kind,)).scalar()


def test_lists_of_sixty_days_are_agreed_to_where_issuing_is_refused(centre, press, tasks, settings, qtbot):
    certified_batch(centre, NAMES, scheme="innovation-talent")
    centre.add_slot("supervisor", "their own words")
    centre.move_clock(35 * DAY_MS)
    page = ready_page(centre, press, tasks, settings, qtbot)
    qtbot.waitUntil(page.issue.isEnabled)
    panel = page.association
    assert panel.isVisible()
    assert "may agree" in panel.said.text()
    assert panel.agree.isVisible()
    qtbot.mouseClick(page.issue, Qt.MouseButton.LeftButton)
    form = panel.form
    qtbot.waitUntil(lambda: form.isVisible() and form.who.count() == 1)
    qtbot.waitUntil(page.issue.isEnabled)
    assert "issuing agree" not in panel.said.text()  # a window names no command
    assert form.passphrase.isVisible()
    qtbot.keyClick(form.reason, Qt.Key.Key_Return)
    assert "passphrase" in form.form.rows["passphrase"].refusal()
    qtbot.keyClicks(form.passphrase, "not theirs")
    form.reason.setText("雪灾断路")
    qtbot.keyClick(form.reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: form.form.rows["passphrase"].refusal() != "" and form.isEnabled())
    assert events(centre, "issuing.agreed") == 0
    form.passphrase.setText("their own words")
    form.reason.clear()
    qtbot.mouseClick(form.record, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: form.form.rows["reason"].refusal() != "" and form.isEnabled())
    form.reason.setText("雪灾断路")
    qtbot.mouseClick(form.record, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.notice.isVisible() and not form.isVisible())
    assert form.passphrase.text() == ""
    assert events(centre, "issuing.agreed") == 1
    qtbot.waitUntil(lambda: "has agreed" in panel.said.text() and page.issue.isEnabled())
    qtbot.mouseClick(page.issue, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "2 certificates issued" in page.notice.text.text(), timeout=20000)


def test_lists_too_old_lead_to_the_updates(centre, press, tasks, settings, qtbot, monkeypatch):
    certified_batch(centre, NAMES, scheme="innovation-talent")
    centre.move_clock(200 * DAY_MS)
    page = ready_page(centre, press, tasks, settings, qtbot)
    qtbot.waitUntil(page.issue.isEnabled)
    qtbot.mouseClick(page.issue, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.notice.isVisible)
    qtbot.waitUntil(page.association.updates.isEnabled)
    assert not page.association.agree.isVisible()
    asked = []
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, **_more: asked.append(1) or "")
    qtbot.mouseClick(page.notice.action, Qt.MouseButton.LeftButton)
    assert asked == [1]


def test_a_supervisor_who_has_signed_in_is_not_asked_for_a_passphrase(centre, tasks, settings, qtbot):
    centre.move_clock(61 * DAY_MS)
    panel = association_panel(centre, tasks, settings)
    qtbot.addWidget(panel)
    panel.refresh()
    qtbot.waitUntil(lambda: not panel.isHidden())
    qtbot.mouseClick(panel.agree, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.form.who.count() == 1)
    assert panel.form.form.rows["passphrase"].isHidden()
    panel.form.reason.setText("雪灾断路")
    qtbot.keyClick(panel.form.reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: events(centre, "issuing.agreed") == 1)
    with centre.reader.connect() as connection:
        who = connection.exec_driver_sql("SELECT what FROM agreement").scalar()
    assert who == Agreed.STALE_LISTS.value


def test_nothing_is_shown_on_the_certificates_page_while_all_is_well(centre, press, tasks, settings, qtbot):
    page = ready_page(centre, press, tasks, settings, qtbot)
    assert not page.association.isVisible()


def test_updates_come_in_from_a_stick_and_are_said(joined, tmp_path, tasks, settings, qtbot, monkeypatch):
    centre, association, publisher = joined
    publisher.folder = tmp_path / "stick" / "updates"
    association.clock.now += 10 * DAY_MS
    centre.move_clock(10 * DAY_MS)
    publisher.publish()
    page = sync_page(centre, tasks, settings)
    qtbot.addWidget(page)
    page.resize(1100, 680)
    page.show()
    panel = page.association
    qtbot.waitUntil(lambda: "10 days old" in panel.said.text())
    assert panel.lists.isVisible()
    assert "Trainer 500" in panel.lists.text()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, **_more: str(tmp_path / "stick"))
    panel.from_folder.trigger()
    qtbot.waitUntil(panel.notice.isVisible, timeout=10000)
    assert "trust list" in panel.notice.text.text()
    qtbot.waitUntil(lambda: "of today" in panel.said.text())
    qtbot.waitUntil(page.take_folder.isEnabled)
    qtbot.mouseClick(page.take_folder, Qt.MouseButton.LeftButton)  # the same stick as a folder of everything
    qtbot.waitUntil(page.notice.isVisible, timeout=10000)
    assert "updates are taken in" in page.notice.text.text()


def state(days=0, left=300, **changed):
    now = 100 * 365 * DAY_MS
    lists = now - days * DAY_MS
    made = AssociationState("1f" * 16, True, False, Times(now, lists, 0, lists), 1, now, now,
                            (NumbersLeft("ai-trainer", left, 300),), ChainKnown(0, 9), 0, 0)
    return replace(made, **changed)


def test_the_next_step_is_what_stops_first():
    assert next_step(state()) == ""
    assert next_step(state(left=60)) == ""
    assert next_step(state(left=59)) == "numbers_few"
    assert next_step(state(30, left=59)) == "lists_old"
    assert next_step(state(60)) == "lists_need_agreement"
    assert next_step(state(180)) == "lists_too_old"
    assert next_step(state(180, demonstration=True)) == ""
    assert next_step(state(180, library=None)) == ""
    agreed = replace(state(61).times, agreed_until=100 * 365 * DAY_MS + 1)
    assert next_step(state(times=agreed)) == "lists_agreed"
    ahead = replace(state().times, own=100 * 365 * DAY_MS + DAY_MS)
    assert next_step(state(times=ahead)) == "clock_behind_journal"


def test_numbers_are_counted_as_issuing_takes_them(centre, press, tasks, settings, qtbot):
    before = {one.scheme: one.left for one in association_state(centre.reader, centre.clock()).numbers}
    assert before == {"ai-trainer": 300, "innovation-talent": 300}
    certified_batch(centre, NAMES, scheme="innovation-talent")
    page = ready_page(centre, press, tasks, settings, qtbot)
    qtbot.waitUntil(page.issue.isEnabled)
    page._view_model.issue()
    qtbot.waitUntil(lambda: "2 certificates issued" in page.notice.text.text(), timeout=20000)
    after = {one.scheme: one.left for one in association_state(centre.reader, centre.clock()).numbers}
    assert after == {"ai-trainer": 300, "innovation-talent": 298}


@pytest.fixture
def joined(tmp_path):
    """A centre, its association, and a repository of updates."""
    (tmp_path / "association").mkdir()
    association = SimulatedLibrary(open_sqlite(tmp_path / "association" / "library.db"))
    centre = open_marks_centre(tmp_path / "desk")
    association.clock.now = centre.clock()
    publisher = Publisher(association, tmp_path / "updates")
    publisher.publish()
    supervisor = operators(centre)["supervisor"]
    grant = association.enrol(ask_to_join(AskToJoin(supervisor), centre.desk, centre.exchange))
    adopt_grant(AdoptGrant(grant, supervisor), centre.desk, centre.exchange)
    yield centre, association, publisher
    centre.close()
    association.library.engine.dispose()


def test_updates_come_in_over_the_network_and_a_library_that_is_gone_is_said(joined, tmp_path, tasks, settings, qtbot):
    centre, association, publisher = joined
    association.clock.now += DAY_MS
    centre.move_clock(DAY_MS)
    publisher.publish()
    panel = association_panel(centre, tasks, settings, always=True)
    qtbot.addWidget(panel)
    panel.resize(1000, 300)
    panel.refresh()
    service = Service(association, tmp_path / "spool", Wishes(updates=publisher.folder))
    with service.running():
        keep_library_address(centre.writer, LibraryAddress(service.url))
        panel.refresh()
        qtbot.waitUntil(lambda: service.url in panel.from_network.text())
        panel.from_network.trigger()
        qtbot.waitUntil(lambda: not panel.notice.isHidden(), timeout=10000)
        assert "updates are taken in" in panel.notice.text.text()
        qtbot.waitUntil(lambda: "of today" in panel.said.text())
    panel.from_network.trigger()
    qtbot.waitUntil(lambda: "cannot be read" in panel.notice.text.text(), timeout=10000)
    assert panel.updates.isEnabled()


def test_what_the_library_gives_back_comes_in_from_the_stick(joined, tmp_path, tasks, settings, qtbot, monkeypatch):
    centre, association, _publisher = joined
    consenting_batch(centre, NAMES)
    export(centre, operators(centre)["certificate_officer"], tmp_path / "stick")
    (bundle,) = (tmp_path / "stick").iterdir()
    association.take_in(bundle)
    shutil.rmtree(bundle)
    given = give_back(association.library, centre.origin.desk.hex(), None, tmp_path / "stick", BundleFolders(FILE))
    page = sync_page(centre, tasks, settings)
    qtbot.addWidget(page)
    page.show()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, **_more: str(tmp_path / "stick"))
    for said in ("0 records came back", "taken in before"):
        page.asking.restoration()
        qtbot.waitUntil(page.notice.isVisible, timeout=10000)
        assert said in page.notice.text.text()
        qtbot.waitUntil(page.take_folder.isEnabled)
    assert given.records > 0
    (tmp_path / "empty").mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, **_more: str(tmp_path / "empty"))
    page.asking.restoration()
    qtbot.waitUntil(lambda: "nothing to take in" in page.notice.text.text(), timeout=10000)
