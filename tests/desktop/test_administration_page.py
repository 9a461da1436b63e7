"""Operators enrolled, changed and withdrawn with keys and clicks; the database and the key file say the same."""

import os

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from staff_page_kit import PASSPHRASES, around, entries, found_small, ids, make_page, open_small

from appraisal.domain.errors import RuleViolation
from appraisal.domain.operator import Role
from appraisal.usecases.enrol_operator import WithdrawOperator, withdraw_operator
from db.centre import KEYS, open_centre
from desktop.pages.administration import AdministrationPage
from desktop.pages.administration_forms import EnrolForm, OwnPassphraseForm, RolesForm, WithdrawForm
from desktop.shell.entries import HasCommands, HoldsDraft, Refreshes
from desktop.staff import StaffRow
from desktop.viewmodels.administration_gaps import gaps_of

WORDS = "five new quiet words"
Key = Qt.Key


@pytest.fixture
def centre(tmp_path):
    found_small(tmp_path / "desk")
    opened = open_small(tmp_path / "desk")
    yield opened
    opened.close()


@pytest.fixture
def open_page(centre, tasks, settings, qtbot):
    def make(login="qian") -> AdministrationPage:
        page = make_page(centre, login, tasks, settings)
        qtbot.addWidget(page)
        page.resize(1150, 700)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        qtbot.waitUntil(lambda: page.model.rowCount() == 3 and page.model.row_at(0) is not None)
        return page

    return make


@pytest.fixture
def page(open_page):
    return open_page()


def choose(page, login):
    page.table.setFocus()
    page.table.go_to(next(place for place, one in enumerate(page.model.ids())
                          if page._view_model.row(one).login == login))


def operator(centre, login):
    return next(one for one in centre.reads.operators() if one.login == login)


def type_passphrases(page, qtbot, one=WORDS, again=WORDS):
    form = page.form
    qtbot.keyClicks(form.passphrase, one)
    qtbot.keyClick(form.passphrase, Key.Key_Return)
    assert form.again.hasFocus()
    qtbot.keyClicks(form.again, again)
    qtbot.keyClick(form.again, Key.Key_Return)


def test_enrolling_by_keyboard_from_start_to_end(page, centre, qtbot, tmp_path):
    qtbot.keyClick(page.table, Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    form = page.form
    assert isinstance(form, EnrolForm)
    assert form.login.hasFocus()
    assert not page.enrol.isVisible()  # one primary button
    qtbot.keyClicks(form.login, " li ")
    qtbot.keyClick(form.login, Key.Key_Return)
    form.name.insert("李晓东")
    qtbot.keyClick(form.name, Key.Key_Return)
    box = form.roles.boxes[Role.REGISTRAR]
    assert box.hasFocus()
    qtbot.keyClick(box, Key.Key_Tab)
    qtbot.keyClick(form.roles.boxes[Role.REVIEWER], Key.Key_Space)
    qtbot.keyClick(form.roles.boxes[Role.REVIEWER], Key.Key_Return)
    assert form.passphrase.hasFocus()
    type_passphrases(page, qtbot)
    qtbot.waitUntil(lambda: page.form is None and page.model.rowCount() == 4)
    li = operator(centre, "li")
    assert (li.name, li.roles, li.active) == ("李晓东", {Role.REVIEWER}, True)
    assert entries(centre)[-1].operator == ids(centre)["qian"]
    assert "li is enrolled" in page.notice.text.text()
    assert page._chosen().login == "li"
    assert centre.sign_in("li", WORDS).id == li.id
    assert page.table.hasFocus()


@pytest.mark.parametrize(("change", "field", "said"), [
    ({"login": "zhao"}, "login", "in use already"),
    ({"login": " "}, "login", ""),
    ({"name": ""}, "name", ""),
    ({"roles": ()}, "roles", "one role at least"),
    ({"passphrase": "short", "again": "short"}, "passphrase", "at least"),
    ({"passphrase": ""}, "passphrase", "passphrase"),
    ({"again": "another quiet word"}, "again", "not the same"),
])
def test_a_refusal_stands_beside_its_field(page, centre, qtbot, change, field, said):
    typed = {"login": "li", "name": "李", "roles": (Role.MARKS_A,), "passphrase": WORDS, "again": WORDS} | change
    before = len(entries(centre)), centre.slots.logins()
    page.start_enrolling()
    form = page.form
    for name in ("login", "name", "passphrase", "again"):
        getattr(form, name).setText(typed[name])
    for role in typed["roles"]:
        form.roles.boxes[role].setChecked(True)
    qtbot.mouseClick(form.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(form.form.rows[field].refusal()))
    assert said in form.form.rows[field].refusal()
    assert form.form.rows[field].editor.hasFocus() or form.form.rows[field].editor.focusProxy().hasFocus()
    assert (len(entries(centre)), centre.slots.logins()) == before
    assert page.form is form


def test_an_administrator_has_no_other_role(page):
    page.start_enrolling()
    boxes = page.form.roles.boxes
    boxes[Role.ADMINISTRATOR].setChecked(True)
    assert [role for role, box in boxes.items() if box.isEnabled()] == [Role.ADMINISTRATOR]
    boxes[Role.ADMINISTRATOR].setChecked(False)
    boxes[Role.MARKS_B].setChecked(True)
    assert [role for role, box in boxes.items() if not box.isEnabled()] == [Role.INVIGILATOR, Role.ADMINISTRATOR]


def test_enter_on_a_row_changes_its_roles(page, centre, qtbot):
    choose(page, "zhao")
    qtbot.keyClick(page.table, Key.Key_Return)
    assert isinstance(page.form, RolesForm)
    assert page.form.roles.roles() == {Role.REGISTRAR}
    page.form.roles.boxes[Role.SUPERVISOR].setChecked(True)
    qtbot.keyClick(page.form.roles.boxes[Role.SUPERVISOR], Key.Key_Return)
    qtbot.waitUntil(lambda: page.form is None)
    assert operator(centre, "zhao").roles == {Role.REGISTRAR, Role.SUPERVISOR}
    qtbot.waitUntil(lambda: page._chosen() is not None and page._chosen().roles == operator(centre, "zhao").roles)


def test_the_last_administrator_keeps_the_role(page, centre, qtbot):
    choose(page, "qian")
    assert not page.withdraw.isEnabled()  # nobody withdraws themselves
    qtbot.mouseClick(page.change, Qt.MouseButton.LeftButton)
    page.form.roles.boxes[Role.ADMINISTRATOR].setChecked(False)
    page.form.roles.boxes[Role.REGISTRAR].setChecked(True)
    qtbot.mouseClick(page.form.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "only administrator" in page.form.form.rows["roles"].refusal())
    assert operator(centre, "qian").roles == {Role.ADMINISTRATOR}


def test_withdrawing_wants_a_reason_and_takes_the_key(page, centre, qtbot, tmp_path):
    choose(page, "zhao")
    qtbot.mouseClick(page.withdraw, Qt.MouseButton.LeftButton)
    assert isinstance(page.form, WithdrawForm)
    assert page.form.why.hasFocus()
    qtbot.keyClick(page.form.why, Key.Key_Return)
    qtbot.waitUntil(lambda: bool(page.form.form.rows["why"].refusal()))
    page.form.why.insert("调离本中心")
    qtbot.keyClick(page.form.why, Key.Key_Return)
    qtbot.waitUntil(lambda: page.form is None)
    assert entries(centre)[-1].why == "调离本中心"
    assert not operator(centre, "zhao").active
    assert centre.slots.logins() == ("qian", "sun")
    qtbot.waitUntil(lambda: page.model.index(2, 2).data() == "Withdrawn")
    assert page._chosen().login == "zhao"
    assert not page.change.isEnabled()
    assert not page.withdraw.isEnabled()


def test_esc_leaves_and_nothing_happens(page, centre, qtbot):
    before = len(entries(centre))
    page.start_enrolling()
    qtbot.keyClicks(page.form.login, "li")
    assert not page.may_close()
    assert "not saved" in page.notice.text.text()
    qtbot.keyClick(page.form.login, Key.Key_Escape)
    assert page.form is None
    assert page.may_close()
    assert page.enrol.isVisible()
    assert len(entries(centre)) == before


def test_ones_own_passphrase(page, centre, qtbot, tmp_path):
    qtbot.mouseClick(page.own.start, Qt.MouseButton.LeftButton)
    form = page.form
    assert isinstance(form, OwnPassphraseForm)
    assert form.old.hasFocus()
    qtbot.keyClicks(form.old, "wrong")
    qtbot.keyClick(form.old, Key.Key_Return)
    type_passphrases(page, qtbot)
    qtbot.waitUntil(lambda: "old passphrase is wrong" in form.form.rows["old"].refusal())
    form.old.setText(PASSPHRASES["qian"])
    qtbot.mouseClick(form.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.form is None)
    centre.close()
    open_small(tmp_path / "desk", "qian", WORDS).close()
    with pytest.raises(RuleViolation):
        open_small(tmp_path / "desk", "qian")


def test_an_enrolment_whose_key_was_not_written_is_mended_here(page, centre, qtbot, tmp_path):
    in_the_way = tmp_path / "desk" / f".{KEYS}.{os.getpid()}.tmp"
    in_the_way.mkdir()
    page._view_model.enrol("li", "李", frozenset({Role.MARKS_A}), WORDS, WORDS)
    qtbot.waitUntil(lambda: "was not saved" in page.notice.text.text())
    in_the_way.rmdir()
    qtbot.waitUntil(lambda: page.model.rowCount() == 4)
    choose(page, "li")
    qtbot.waitUntil(lambda: page.model.index(page.table.currentIndex().row(), 2).data() == "No passphrase")
    assert page.give.isVisible()
    qtbot.mouseClick(page.give, Qt.MouseButton.LeftButton)
    type_passphrases(page, qtbot)
    qtbot.waitUntil(lambda: page.form is None)
    assert centre.sign_in("li", WORDS).name == "李"
    qtbot.waitUntil(lambda: not page.give.isVisible())


def test_a_key_left_by_a_withdrawal_cut_short_is_taken_away(centre, open_page, qtbot):
    withdraw_operator(WithdrawOperator("zhao", "离职", ids(centre)["qian"]), centre.desk)
    assert "zhao" in centre.slots.logins()
    open_page()
    assert centre.slots.logins() == ("qian", "sun")


def test_what_the_centre_lacks_is_said_until_it_is_there(page, centre, qtbot):
    said = page.gaps.text.text()
    assert [word in said for word in ("first entry", "second entry", "Registration")] == [True, True, False], said
    assert page.gaps.isVisible()
    rest = frozenset(Role) - {Role.ADMINISTRATOR, Role.REGISTRAR, Role.REVIEWER, Role.INVIGILATOR}
    page._view_model.enrol("li", "李", rest, WORDS, WORDS)
    qtbot.waitUntil(lambda: "different people" in page.gaps.text.text())
    assert "Nobody can" not in page.gaps.text.text()
    page._view_model.enrol("he", "何", frozenset({Role.MARKS_B, Role.MARKS_REVIEWER}), WORDS, WORDS)
    qtbot.waitUntil(lambda: "marks reviewer take 3 different people" in page.gaps.text.text())
    page._view_model.enrol("wu", "吴", frozenset({Role.MARKS_B}), WORDS, WORDS)
    qtbot.waitUntil(lambda: not page.gaps.isVisible())


def staff(*people):
    """Each a set of roles; a letter after it: `k` has no key, `w` is withdrawn."""
    return [StaffRow(str(place), str(place), "", frozenset(roles), "w" not in marks, "k" not in marks)
            for place, (roles, marks) in enumerate(people)]


def test_roles_that_too_few_people_share():
    a, b, r = Role.MARKS_A, Role.MARKS_B, Role.MARKS_REVIEWER
    assert gaps_of(staff(({a, b, r}, ""))).short == ((a, b), (a, r), (b, r))
    assert gaps_of(staff(({a, r}, ""), ({b}, ""), ({b}, ""))).short == ((a, r),)
    assert gaps_of(staff(({a, b, r}, ""), ({a, b, r}, ""))).short == ((a, b, r),)
    assert gaps_of(staff(({a, b, r}, ""), ({a, b, r}, ""), ({r}, ""))).short == ()
    assert gaps_of(staff(({a, b, r}, ""), ({a, b, r}, ""), ({r}, "k"))).short == ((a, b, r),)
    assert a in gaps_of(staff(({a}, "w"), ({b}, ""))).unheld
    assert not gaps_of(staff(*(({one}, "") for one in Role)))


def test_who_is_no_administrator_reads_and_changes_the_own_passphrase(centre, open_page, qtbot):
    page = open_page("zhao")
    assert not page.enrol.isVisible()
    assert not any(one.isVisible() for one in (page.change, page.withdraw, page.give))
    assert not page.backup.start.isEnabled()
    assert [one.title for one in page.commands()] == ["Change my passphrase"]
    choose(page, "sun")
    qtbot.keyClick(page.table, Key.Key_Return)
    qtbot.keyClick(page.table, Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert page.form is None
    qtbot.mouseClick(page.own.start, Qt.MouseButton.LeftButton)
    page.form.old.setText(PASSPHRASES["zhao"])
    type_passphrases(page, qtbot)
    qtbot.waitUntil(lambda: page.form is None)
    assert centre.sign_in("zhao", WORDS).login == "zhao"


def test_the_use_case_asks_again_whatever_the_page_shows(centre, open_page, qtbot):
    page = open_page("zhao")
    page._view_model.enrol("li", "李", frozenset({Role.MARKS_A}), WORDS, WORDS)
    qtbot.waitUntil(lambda: "no right" in page.notice.text.text())
    assert "li" not in ids(centre)


def test_a_backup_opens_elsewhere(page, centre, qtbot, tmp_path, monkeypatch):
    assert "no backup yet" in page.backup.last.text()
    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(stick))
    qtbot.mouseClick(page.backup.start, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Last backup: 12" in page.backup.last.text())
    (copy,) = (tmp_path / "stick").iterdir()
    assert f"Copied to {copy} and checked" in page.backup.said.text.text()
    (stick / "file").touch()
    page._view_model.back_up(stick / "file")
    qtbot.waitUntil(lambda: "could not be written" in page.backup.said.text.text())
    other = open_centre(copy, "sun", PASSPHRASES["sun"], around())
    assert [one.login for one in other.reads.operators()] == ["qian", "sun", "zhao"]
    other.close()


def test_the_page_fits_the_shell(page):
    assert isinstance(page, HasCommands)
    assert isinstance(page, Refreshes)
    assert isinstance(page, HoldsDraft)
    assert page.commands()[0].title == "Enrol an operator"
