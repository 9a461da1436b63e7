"""The queue at the desk, by keys alone: each of these people is registered, consented and enrolled without the mouse.

Every press counts, as a stop-watch would: what an input method commits is one, whatever it is.
"""

import pytest
from candidates_kit import CONDITION, IDS, NAMES, Day, portrait
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from appraisal.domain.consent import Purpose
from appraisal.domain.identity import check_digit
from appraisal.domain.mrz import mrz_check_digit
from desktop.pages.photo_dialog import PhotoDialog

Key, Modifier = Qt.Key, Qt.KeyboardModifier
MOST_STROKES = 30
"""Beside the 18 digits of the number, which a card reader sends, and the 11 of the telephone."""


class Typist:
    """Types into whatever has the focus, and counts."""

    def __init__(self, qtbot):
        self._qtbot, self.strokes = qtbot, 0

    def type(self, text):
        widget = QApplication.focusWidget()
        if text.isascii():
            self._qtbot.keyClicks(widget, text)
            self.strokes += len(text)
        else:  # from an input method
            event = QInputMethodEvent()
            event.setCommitString(text)
            QApplication.sendEvent(widget, event)
            self.strokes += 1

    def press(self, key, times=1, modifier=Modifier.NoModifier):
        for _ in range(times):
            self._qtbot.keyClick(QApplication.focusWidget(), key, modifier)
            self.strokes += 1

    def enter(self, times=1):
        self.press(Key.Key_Return, times)

    def save(self):
        self.press(Key.Key_Return, modifier=Modifier.ControlModifier)

    def at(self, page):
        """Name of the field that has the focus; `consent` for a box."""
        now = QApplication.focusWidget()
        return next((name for name, one in page.form.fields.items() if one is now),
                    "consent" if now in page.form.consents.boxes.values() else type(now).__name__)


@pytest.fixture
def day(tmp_path, tasks, qtbot, settings):
    made = Day(tmp_path / "desk", tasks, qtbot, settings)
    yield made
    made.close()


@pytest.fixture
def typist(qtbot):
    return Typist(qtbot)


def numbered(first_17):
    return first_17 + check_digit(first_17)


def enrol_and_consent(typist, page, level="3"):
    """From the education on: level and condition stay for those who come next."""
    assert typist.at(page) == "education"
    typist.type("b")  # 本科, as a list box finds it; any will do
    typist.press(Key.Key_Down)
    while typist.at(page) != "level":
        typist.enter()
    while page.form.form.value("level") != level:
        typist.press(Key.Key_Down)
    typist.enter()
    typist.press(Key.Key_Down)
    while typist.at(page) != "consent":
        typist.enter()
    typist.press(Key.Key_Space)


def test_a_citizen_with_card_photo_and_consent(day, qtbot, typist, tmp_path, monkeypatch):
    picture = tmp_path / "face.jpg"
    picture.write_bytes(portrait())
    page = day.page()
    typist.type(IDS[0])
    typist.enter()
    typist.type(NAMES[0])
    qtbot.waitUntil(lambda: page.form.form.value("latin_name") == "SHEN Gangfeng")
    typist.enter(2)
    typist.type("15488258303")
    typist.enter(2)
    enrol_and_consent(typist, page)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(picture), ""))
    typist.press(Key.Key_H, modifier=Modifier.AltModifier)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), PhotoDialog))
    dialog = QApplication.activeWindow()
    typist.press(Key.Key_F, modifier=Modifier.AltModifier)
    qtbot.waitUntil(dialog.use.isEnabled)
    typist.press(Key.Key_Return)
    qtbot.waitUntil(lambda: page.form.photo.jpeg is not None)
    page.activateWindow()  # what a window manager does when a dialog closes
    qtbot.waitUntil(lambda: QApplication.activeWindow() is page and QApplication.focusWidget() is not None)
    typist.save()
    qtbot.waitUntil(lambda: NAMES[0] in day.people())
    detail = day.detail(NAMES[0])
    assert (detail.photo is not None, detail.consents) == (True, {Purpose.ASSOCIATION})
    assert [(one.level, one.condition) for one in detail.enrolments] == [(3, CONDITION)]
    assert typist.strokes - len(IDS[0]) - len("15488258303") <= MOST_STROKES


def test_somebody_from_taiwan_with_a_permit(day, qtbot, typist):
    number = numbered("83000019920130002")
    page = day.page()
    typist.type(number)
    assert "residence permit" in page.form.form.rows["id_no"].below.text()
    typist.enter()
    typist.type("陳志豪")
    qtbot.waitUntil(lambda: page.form.form.value("latin_name") != "")
    typist.enter(2)
    typist.type("15488258301")
    typist.enter(2)
    enrol_and_consent(typist, page)
    typist.save()
    qtbot.waitUntil(lambda: "陳志豪" in day.people())
    identity = day.detail("陳志豪").person.identity
    assert (identity.document_kind, identity.document_number, str(identity.birth), identity.nationality) == (
        "hmt_residence_permit", number, "1992-01-30", "CHN")


def passport_lines(country, number, surname, given, birth, sex, expiry):
    parts = [one + mrz_check_digit(one) for one in (number.ljust(9, "<"), birth, expiry, "<" * 14)]
    composite = mrz_check_digit(parts[0] + parts[1] + parts[2] + parts[3])
    return (f"P<{country}{surname}<<{given}".ljust(44, "<"),
            f"{parts[0]}{country}{parts[1]}{sex}{parts[2]}{parts[3]}{composite}")


def test_somebody_from_vietnam_with_a_passport_in_the_scanner(day, qtbot, typist):
    page = day.page()
    for one in passport_lines("VNM", "C1234567", "NGUYEN", "THI<MAI", "950812", "F", "310515"):
        typist.type(one)
        typist.enter()
    while typist.at(page) != "phone":
        typist.enter()
    typist.type("15488258302")
    typist.enter(2)
    enrol_and_consent(typist, page)
    typist.save()
    qtbot.waitUntil(lambda: len(day.people()) == 1)
    identity = day.detail("NGUYEN THI MAI").person.identity
    assert (identity.document_kind, identity.document_number, identity.sex, str(identity.birth),
            identity.nationality) == ("passport", "C1234567", "F", "1995-08-12", "VNM")


def test_a_child_of_thirteen_with_a_guardian(day, qtbot, typist):
    page = day.page()
    typist.type(numbered("11010120130903721"))
    typist.enter()
    typist.type("王小明")
    qtbot.waitUntil(lambda: page.form.form.value("latin_name") == "WANG Xiaoming")
    typist.enter(2)
    typist.type("15488258301")
    typist.enter()
    while typist.at(page) != "guardian_name":
        if typist.at(page) in {"education", "level", "condition"} and not page.form.form.value(typist.at(page)):
            typist.press(Key.Key_Down)
        typist.enter()
    for text in ("王秀英", "母亲", "15488258309"):
        typist.type(text)
        typist.enter()
    assert typist.at(page) == "consent"
    typist.press(Key.Key_Space)
    typist.save()
    qtbot.waitUntil(lambda: "王小明" in day.people())
    detail = day.detail("王小明")
    assert detail.consents == {Purpose.ASSOCIATION}
    assert detail.person.background.extra["guardian_relation"] == "母亲"


def test_a_rare_name_stays_as_it_is(day, qtbot, typist):
    page = day.page()
    typist.type(IDS[3])
    typist.enter()
    typist.type("陈𬱖")
    qtbot.waitUntil(lambda: page.form.form.value("latin_name").startswith("CHEN"))
    typist.enter(2)
    typist.type("15488258300")
    typist.enter(2)
    enrol_and_consent(typist, page)
    typist.save()
    qtbot.waitUntil(lambda: "陈𬱖" in day.people())
    assert day.detail("陈𬱖").person.identity.name == "陈𬱖"


def test_who_comes_again_is_opened_by_the_card_and_enrolled_in_few_strokes(day, qtbot, typist):
    page = day.page()
    typist.type(IDS[0])
    typist.enter()
    typist.type(NAMES[0])
    qtbot.waitUntil(lambda: page.form.form.value("latin_name") != "")
    page.form.form.choice("batch").choose("")
    typist.enter(2)
    typist.type("15488258303")
    typist.enter(2)
    typist.press(Key.Key_Down)
    typist.save()
    qtbot.waitUntil(lambda: NAMES[0] in day.people())
    qtbot.waitUntil(lambda: page.form.form.value("id_no") == "")
    before = typist.strokes
    typist.type(IDS[0])
    typist.enter()  # as the card reader sends it
    qtbot.waitUntil(lambda: page.form.heading.text() == NAMES[0])
    typist.press(Key.Key_B, modifier=Modifier.AltModifier)
    typist.press(Key.Key_Down)
    typist.enter()
    while page.form.form.value("level") != "3":
        typist.press(Key.Key_Down)
    typist.enter()
    typist.press(Key.Key_Down)
    typist.save()
    qtbot.waitUntil(lambda: [one.level for one in day.detail(NAMES[0]).enrolments] == [3])
    assert len(day.people()) == 1
    assert typist.strokes - before - len(IDS[0]) <= 10
