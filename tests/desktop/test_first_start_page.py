"""The first start by keyboard: found a centre, try the demonstration, bring back a backup; in both languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from appraisal.domain.errors import EnvironmentFault, RuleViolation
from desktop.i18n import choose_language
from desktop.pages.first_start import FirstStartPage
from desktop.viewmodels.first_start import SHORTEST_PASSPHRASE, CentreDraft, FirstStartViewModel, JoinDraft, strength

TYPED = {"name_zh": "海淀区职业技能评价中心", "name_en": "Haidian Centre", "code": "1101080001",
         "qr_host": "verify.example.org", "operator": "王丽", "login": "wang"}
PASSPHRASE = "four quiet words here"


class Beginnings:
    def __init__(self):
        self.done, self.refusal = [], None

    def _do(self, *what):
        if self.refusal is not None:
            raise self.refusal
        self.done.append(what)

    def found(self, draft):
        self._do("founded", draft)

    def demonstrate(self):
        self._do("demonstration")

    def restore(self, file, passphrase):
        self._do("restored", file, passphrase)

    def join(self, draft):
        self._do("joined", draft)


@pytest.fixture
def beginnings():
    return Beginnings()


@pytest.fixture
def page(beginnings, tasks, qapp, qtbot):
    made = FirstStartPage(FirstStartViewModel(
        beginnings.found, beginnings.demonstrate, beginnings.restore, tasks, beginnings.join))
    made.language_chosen.connect(lambda language: choose_language(qapp, language))
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def type_centre(page, qtbot, **changed):
    qtbot.mouseClick(page.welcome.new, Qt.MouseButton.LeftButton)
    for field, text in {**TYPED, **changed}.items():
        if field in page.centre.editors:
            page.centre.editors[field].setText(text)
    page.centre.passphrase.setText(changed.get("passphrase", PASSPHRASE))
    page.centre.again.setText(changed.get("again", PASSPHRASE))


def test_a_centre_is_founded_by_keyboard_alone(page, beginnings, qtbot):
    page.welcome.new.setFocus()
    qtbot.keyClick(page.welcome.new, Qt.Key.Key_Space)
    fields = [*page.centre.editors.values(), page.centre.passphrase, page.centre.again]
    fields[0].setText(TYPED["name_zh"])  # through an input method
    typed = ["", *list(TYPED.values())[1:4], "Wang", TYPED["login"], PASSPHRASE, PASSPHRASE]
    fields[0].setFocus()
    for field, text in zip(fields, typed, strict=True):
        assert field.hasFocus()
        qtbot.keyClicks(field, text)
        if field is not fields[-1]:
            qtbot.keyClick(field, Qt.Key.Key_Return)
    with qtbot.waitSignal(page._view_model.done, timeout=2000) as done:
        qtbot.keyClick(fields[-1], Qt.Key.Key_Return)
    assert done.args == ["founded"]
    assert beginnings.done == [("founded", CentreDraft(**{**TYPED, "operator": "Wang"}, passphrase=PASSPHRASE))]


@pytest.mark.parametrize(("changed", "field"), [
    ({"name_zh": " "}, "name_zh"), ({"code": ""}, "code"), ({"operator": ""}, "operator"), ({"login": ""}, "login"),
    ({"passphrase": ""}, "passphrase"), ({"passphrase": "short"}, "passphrase"), ({"again": "another one"}, "again"),
])
def test_what_is_missing_is_said_beside_it(page, beginnings, qtbot, changed, field):
    type_centre(page, qtbot, **changed)
    qtbot.mouseClick(page.centre.found, Qt.MouseButton.LeftButton)
    row = page.centre.form.rows[field]
    assert row.refusal()
    assert "code form_" not in row.refusal()  # it has a sentence of its own
    assert row.editor.hasFocus()
    assert beginnings.done == []


def test_what_the_rules_refuse_is_said_beside_it(page, beginnings, qtbot):
    beginnings.refusal = RuleViolation("form_code_missing", "code")
    type_centre(page, qtbot)
    qtbot.mouseClick(page.centre.found, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(page.centre.form.rows["code"].refusal()))
    assert page.steps.isEnabled()
    assert page.centre.editors["name_zh"].text() == TYPED["name_zh"]  # nothing typed is lost


def test_the_demonstration_needs_one_key(page, beginnings, qtbot):
    page.welcome.demonstration.setFocus()
    with qtbot.waitSignal(page._view_model.done, timeout=2000) as done:
        qtbot.keyClick(page.welcome.demonstration, Qt.Key.Key_Space)
    assert done.args == ["demonstration"]
    assert beginnings.done == [("demonstration",)]


def test_a_fault_while_making_the_demonstration_is_a_notice(page, beginnings, qtbot):
    beginnings.refusal = EnvironmentFault("form_backup_file_missing", file="demo.db")
    qtbot.mouseClick(page.welcome.demonstration, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.welcome.notice.isVisible)
    assert "demo.db" in page.welcome.notice.text.text()


def test_a_backup_comes_back(page, beginnings, qtbot, tmp_path):
    backup = tmp_path / "centre.backup"
    qtbot.mouseClick(page.welcome.restore, Qt.MouseButton.LeftButton)
    page.restore.file.setText(str(backup))
    page.restore.passphrase.setText(PASSPHRASE)
    qtbot.mouseClick(page.restore.restore, Qt.MouseButton.LeftButton)
    assert "centre.backup" in page.restore.form.rows["file"].refusal()
    backup.write_bytes(b"x")
    page.restore.file.setFocus()
    qtbot.keyClick(page.restore.file, Qt.Key.Key_Return)
    with qtbot.waitSignal(page._view_model.done, timeout=2000) as done:
        qtbot.keyClick(page.restore.passphrase, Qt.Key.Key_Return)
    assert done.args == ["restored"]
    assert beginnings.done == [("restored", backup, PASSPHRASE)]


def test_a_centre_on_a_server_is_joined_by_keyboard_alone(page, beginnings, qtbot):
    page.welcome.join.setFocus()
    qtbot.keyClick(page.welcome.join, Qt.Key.Key_Space)
    fields = (page.join.address, page.join.login, page.join.passphrase, page.join.desk)
    for field, text in zip(fields, ("db.example.org/centre", "admin", PASSPHRASE, "2"), strict=True):
        assert field.hasFocus()
        qtbot.keyClicks(field, text)
        if field is not fields[-1]:
            qtbot.keyClick(field, Qt.Key.Key_Return)
    with qtbot.waitSignal(page._view_model.done, timeout=2000) as done:
        qtbot.keyClick(fields[-1], Qt.Key.Key_Return)
    assert done.args == ["joined"]
    assert beginnings.done == [("joined", JoinDraft("db.example.org/centre", 2, "admin", PASSPHRASE))]


@pytest.mark.parametrize("field", ["address", "login", "passphrase"])
def test_what_joining_lacks_is_said_beside_it(page, beginnings, qtbot, field):
    qtbot.mouseClick(page.welcome.join, Qt.MouseButton.LeftButton)
    editors = {"address": page.join.address, "login": page.join.login, "passphrase": page.join.passphrase}
    for name, editor in editors.items():
        editor.setText("" if name == field else "x")
    qtbot.mouseClick(page.join.join, Qt.MouseButton.LeftButton)
    assert page.join.form.rows[field].refusal()
    assert editors[field].hasFocus()
    assert beginnings.done == []


def test_escape_and_back_lead_back(page, qtbot):
    for way, key in ((page.welcome.new, Qt.Key.Key_Escape), (page.welcome.restore, Qt.Key.Key_Escape),
                     (page.welcome.join, Qt.Key.Key_Escape)):
        qtbot.mouseClick(way, Qt.MouseButton.LeftButton)
        assert page.steps.currentWidget() is not page.welcome
        qtbot.keyClick(page.steps.currentWidget(), key)
        assert page.steps.currentWidget() is page.welcome
    qtbot.mouseClick(page.welcome.new, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.centre.back, Qt.MouseButton.LeftButton)
    assert page.steps.currentWidget() is page.welcome


def test_the_language_changes_at_once(page, qtbot):
    chinese = next(b for b in page.welcome.languages.buttons() if b.property("language") == "zh_CN")
    qtbot.mouseClick(chinese, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "新建机构" in page.welcome.new.text())
    assert page.centre.form.rows["code"].title.text() == "机构代码(&O)"
    qtbot.mouseClick(page.welcome.new, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.centre.found, Qt.MouseButton.LeftButton)
    assert page.centre.form.rows["name_zh"].refusal().startswith("请输入机构的中文名称")


def test_the_strength_of_a_passphrase_is_hinted(page, qtbot):
    qtbot.mouseClick(page.welcome.new, Qt.MouseButton.LeftButton)
    hint = page.centre.form.rows["passphrase"].below
    assert hint.text().startswith("At least 10")
    for text, said in (("aaaaaaaaaaaaaaa", "Weak: easy to guess"), ("tr0ub4dor&3x", "Fair"), (PASSPHRASE, "Strong")):
        page.centre.passphrase.setText(text)
        assert hint.text() == said


@given(st.text(max_size=40))
def test_a_short_passphrase_is_never_called_good(passphrase):
    assert (strength(passphrase) == 0) == (len(passphrase) < SHORTEST_PASSPHRASE)
    assert strength(passphrase) <= strength(passphrase + "kQ7#")
