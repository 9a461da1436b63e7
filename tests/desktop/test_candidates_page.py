"""Registering, correcting and finding candidates by keys; the database says what was kept."""

import re
import unicodedata
from dataclasses import replace

import pypdfium2
import pytest
from candidates_kit import CONDITION, IDS, NAMES, SCHEMES, Day, line, portrait
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from appraisal.domain.consent import Purpose
from appraisal.domain.consent_terms import consent_terms
from appraisal.domain.identity import check_digit
from appraisal.domain.mrz import mrz_check_digit
from appraisal.domain.person import Change
from appraisal.domain.photo_rule import photo_rule
from db.schema import consent
from desktop.pages.candidates_consents import ConsentTexts
from desktop.pages.photo_dialog import PhotoDialog

ENTER = Qt.Key.Key_Return


def passport_lines():
    """Two lines of a Polish passport, its check digits right."""
    number, birth, expiry = "EH1234567", "900314", "310515"
    parts = [one + mrz_check_digit(one) for one in (number, birth, expiry, "<" * 14)]
    second = f"{parts[0]}POL{parts[1]}F{parts[2]}{parts[3]}"
    composite = mrz_check_digit(parts[0] + parts[1] + parts[2] + parts[3])
    return "P<POLWISNIEWSKA<<ALEKSANDRA".ljust(44, "<"), second + composite


@pytest.fixture
def day(tmp_path, tasks, qtbot, settings):
    made = Day(tmp_path / "desk", tasks, qtbot, settings)
    yield made
    made.close()


def keys(qtbot, text, into=None):
    """Type into `into`, or whatever has the focus; Chinese comes from the input method, as it really does."""
    widget = into or QApplication.focusWidget()
    if text.isascii():
        qtbot.keyClicks(widget, text)
        return
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def enter(qtbot, times=1):
    for _ in range(times):
        qtbot.keyClick(QApplication.focusWidget(), ENTER)


def save(qtbot):
    qtbot.keyClick(QApplication.focusWidget(), ENTER, Qt.KeyboardModifier.ControlModifier)


def field(page, name):
    return page.form.fields[name]


def test_a_person_is_registered_and_enrolled_without_the_mouse(day, qtbot):
    page = day.page()
    assert QApplication.focusWidget() is field(page, "id_no")
    keys(qtbot, IDS[0])
    enter(qtbot)
    keys(qtbot, "沈刚峰")
    qtbot.waitUntil(lambda: field(page, "latin_name").text() == "SHEN Gangfeng")
    enter(qtbot, 2)
    assert QApplication.focusWidget() is field(page, "phone")
    keys(qtbot, "15488258303")
    enter(qtbot)
    keys(qtbot, "示范公司")
    enter(qtbot)
    assert QApplication.focusWidget() is field(page, "education")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    enter(qtbot, 4)
    assert QApplication.focusWidget() is field(page, "level")
    for _ in range(3):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    enter(qtbot)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    enter(qtbot, 2)
    assert QApplication.focusWidget() is page.form.consents.boxes[Purpose.ASSOCIATION]
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    save(qtbot)
    qtbot.waitUntil(lambda: "沈刚峰" in day.people())
    detail = day.detail("沈刚峰")
    identity = detail.person.identity
    assert (identity.latin_name, identity.sex, str(identity.birth), identity.nationality) == (
        "SHEN Gangfeng", "M", "1989-04-02", "CHN")
    assert detail.person.background.education == "博士研究生"
    assert detail.consents == {Purpose.ASSOCIATION}
    assert [(one.level, one.condition, one.state) for one in detail.enrolments] == [(3, CONDITION, "submitted")]
    qtbot.waitUntil(page.form.form.notice.isVisible)
    assert field(page, "id_no").text() == ""
    assert QApplication.focusWidget() is field(page, "id_no")
    assert (field(page, "level").value(), field(page, "condition").value()) == ("3", CONDITION)
    qtbot.waitUntil(lambda: page.people.model.rowCount() == 1)


def test_a_wrong_check_digit_is_said_while_typing_and_nothing_can_be_saved(day, qtbot):
    page = day.page()
    keys(qtbot, IDS[0][:17])
    row = page.form.form.rows["id_no"]
    assert row.refusal() == ""
    keys(qtbot, "0")
    assert "check digit" in row.refusal().lower()
    before = day.entries()
    save(qtbot)
    assert QApplication.focusWidget() is field(page, "id_no")
    assert all(page.form.form.rows[name].refusal() for name in ("id_no", "name", "phone", "education"))
    assert day.entries() == before
    qtbot.keyClick(field(page, "id_no"), Qt.Key.Key_Backspace)
    keys(qtbot, IDS[0][17])
    assert row.refusal() == ""
    assert "1989-04-02" in row.below.text()
    assert not page.form.form.rows["sex"].isVisible()


def test_an_unknown_area_only_warns(day, qtbot):
    page = day.page()
    first = "110201" + "19900307" + "997"
    keys(qtbot, first + check_digit(first))
    row = page.form.form.rows["id_no"]
    assert "110201" in row.below.text()
    assert row.refusal() == ""


def test_two_scanned_lines_of_a_passport_fill_the_form(day, qtbot):
    page = day.page()
    for one in passport_lines():
        keys(qtbot, one)
        enter(qtbot)
    assert {name: page.form.form.value(name) for name in ("id_no", "name", "sex", "birth", "nationality")} == {
        "id_no": "EH1234567", "name": "WISNIEWSKA ALEKSANDRA", "sex": "F", "birth": "1990-03-14",
        "nationality": "POL"}
    assert page.form.form.rows["sex"].isVisible()
    field(page, "phone").setText("15488258304")
    field(page, "education").setCurrentIndex(3)
    field(page, "batch").choose("")
    page.form.form.show_levels(None)
    qtbot.mouseClick(page.form.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "WISNIEWSKA ALEKSANDRA" in day.people())
    identity = day.detail("WISNIEWSKA ALEKSANDRA").person.identity
    assert (identity.document_kind, identity.sex, str(identity.birth), identity.nationality) == (
        "passport", "F", "1990-03-14", "POL")


def test_a_latin_name_that_was_typed_stays(day, qtbot):
    page = day.page()
    qtbot.keyClicks(field(page, "latin_name"), "SHAN Xiong")
    keys(qtbot, "单雄", field(page, "name"))
    qtbot.wait(200)
    assert field(page, "latin_name").text() == "SHAN Xiong"


def test_a_known_document_is_noticed_and_opened_instead(day, qtbot):
    day.import_lines(line(0))
    page = day.page()
    keys(qtbot, IDS[0])
    notice = page.form.form.notice
    qtbot.waitUntil(notice.isVisible)
    assert NAMES[0] in notice.text.text()
    qtbot.mouseClick(notice.action, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.form.heading.text() == NAMES[0])
    assert field(page, "phone").text() == "15488258300"


def test_a_correction_wants_a_reason_and_keeps_it(day, qtbot):
    day.import_lines(line(0))
    page = day.page()
    page.form.open(day.people()[NAMES[0]].id)
    qtbot.waitUntil(lambda: page.form.heading.text() == NAMES[0])
    field(page, "phone").selectAll()
    qtbot.keyClicks(field(page, "phone"), "15400001111")
    save(qtbot)
    qtbot.waitUntil(lambda: page.form.form.rows["why"].refusal() != "")
    assert day.detail(NAMES[0]).person.contact.phone == "15488258300"
    keys(qtbot, "号码录错")
    save(qtbot)
    qtbot.waitUntil(lambda: day.detail(NAMES[0]).person.contact.phone == "15400001111")
    last = day.detail(NAMES[0]).history[-1]
    assert (last.kind, last.why) == ("candidate.corrected", "号码录错")
    assert last.happened.changes == (Change("contact.phone", "15488258300", "15400001111"),)


def test_withdrawing_a_consent_is_one_box_and_says_first_what_follows(day, qtbot):
    day.import_lines(line(0))
    page = day.page()
    page.form.open(day.people()[NAMES[0]].id)
    qtbot.waitUntil(lambda: page.form.heading.text() == NAMES[0])
    box = page.form.consents.boxes[Purpose.PUBLICITY]
    for wanted in ({Purpose.PUBLICITY}, set()):
        box.setFocus()
        qtbot.keyClick(box, Qt.Key.Key_Space)
        follows = page.form.consents.follows
        assert follows.isVisible() is (wanted == set())
        assert not follows.isVisible() or follows.text() == consent_terms().of[Purpose.PUBLICITY].withdrawn.en
        save(qtbot)
        qtbot.waitUntil(lambda wanted=wanted: day.detail(NAMES[0]).consents == wanted)
        qtbot.waitUntil(lambda: page.form.form.notice.isVisible() and not page.form.is_dirty())


def letters(text):
    return re.sub("[^a-z]", "", unicodedata.normalize("NFKC", text).lower())


def test_consents_on_a_sheet_that_is_signed(day, qtbot, tmp_path, monkeypatch):
    """Printed with the words of the screen; what is then ticked counts as given on paper."""
    day.import_lines(line(0))
    page, paper, who = day.page(), tmp_path / "sheet.pdf", day.people()[NAMES[0]].id
    page.form.open(who)
    qtbot.waitUntil(lambda: page.form.heading.text() == NAMES[0])

    def accept(dialog):
        dialog.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        dialog.printer().setOutputFileName(str(paper))
        return QPrintDialog.DialogCode.Accepted

    monkeypatch.setattr(QPrintDialog, "exec", accept)
    qtbot.mouseClick(page.form.consents.read, Qt.MouseButton.LeftButton)
    texts = page.form.consents.findChild(ConsentTexts)
    qtbot.mouseClick(texts.print, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(paper.exists)
    (printed,) = pypdfium2.PdfDocument(paper)  # one page: what is signed stands above the signature
    text = printed.get_textpage().get_text_bounded()
    assert NAMES[0] in text
    assert IDS[0] in text
    for said in ("Centre", "I do not agree", "Guardian", *(consent_terms().text(one, "en") for one in Purpose)):
        assert letters(said) in letters(text)
    texts.accept()
    page.window().activateWindow()
    for box in (page.form.consents.boxes[Purpose.RECOMMENDATION], page.form.consents.on_paper):
        box.setFocus()
        qtbot.waitUntil(box.hasFocus)
        qtbot.keyClick(box, Qt.Key.Key_Space)
    save(qtbot)
    qtbot.waitUntil(lambda: Purpose.RECOMMENDATION in day.detail(NAMES[0]).consents)
    with day.centre.reader.begin() as connection:
        assert connection.scalars(select(consent.c.means).where(
            consent.c.person == who, consent.c.purpose == Purpose.RECOMMENDATION)).all() == ["paper"]
    qtbot.waitUntil(lambda: not page.form.consents.on_paper.isChecked())  # the next one is asked anew


def drop(page, qtbot, path):
    """A file falls on the photo: its dialog, once the photo is checked."""
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(path))])
    page.form.photo.face.wanted.emit(held)
    dialog = page.form.findChildren(PhotoDialog)[-1]
    qtbot.waitUntil(lambda: dialog._view_model.reading is not None)
    return dialog


def test_a_photo_is_checked_shown_and_saved_with_the_person(day, qtbot, tmp_path):
    day.import_lines(line(0))
    page, file = day.page(), tmp_path / "face.jpg"
    page.form.open(day.people()[NAMES[0]].id)
    qtbot.waitUntil(lambda: page.form.heading.text() == NAMES[0])
    file.write_bytes(portrait("#438edb"))
    qtbot.keyClick(drop(page, qtbot, file), Qt.Key.Key_Return)
    assert "background is not white" in page.form.photo.below.text()
    assert (page.form.photo.refusal(), page.form.is_dirty()) == ("", True)
    file.write_bytes(portrait())
    qtbot.keyClick(drop(page, qtbot, file), Qt.Key.Key_Return)
    assert not page.form.photo.below.isVisible()
    assert not page.form.photo.face.picture.pixmap().isNull()
    assert day.detail(NAMES[0]).photo is None
    page.activateWindow()  # what a window manager does when a dialog closes
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    save(qtbot)
    qtbot.waitUntil(lambda: day.detail(NAMES[0]).photo is not None)
    assert day.reads.picture(day.detail(NAMES[0]).photo) == portrait()
    qtbot.waitUntil(lambda: page.people.model.row_at(0) is not None and page.people.model.row_at(0).has_photo)


def test_the_photo_button_opens_the_dialog_by_the_rule_of_the_scheme(day, qtbot):
    page = day.page()
    qtbot.keyClick(page.form.photo.face.choose, Qt.Key.Key_Space)
    dialog = page.form.findChild(PhotoDialog)
    assert dialog.isVisible()
    scheme = SCHEMES["ai-trainer"]
    assert dialog._view_model.rule == photo_rule(scheme.photo_rule)
    dialog.reject()
    page._view_model.form.checks._schemes = {"ai-trainer": replace(scheme, photo_rule="resident-id")}
    page.form.photo.open(None)
    assert page.form.findChildren(PhotoDialog)[-1]._view_model.rule.width == 358
    page._view_model.form.checks._schemes = {"ai-trainer": replace(scheme, photo_rule="of a later release")}
    page.form.photo.open(None)
    assert "of a later release" in page.form.photo.refusal()


def test_search_finds_by_initials_tail_and_phone_and_says_when_nobody_is_there(day, qtbot):
    day.import_lines(*(line(at) for at in range(3)))
    page = day.page()
    qtbot.waitUntil(lambda: page.people.model.rowCount() == 3)
    for text, name in (("sgf", NAMES[0]), (IDS[1][-4:], NAMES[1]), ("15488258302", NAMES[2]), ("琳", NAMES[1])):
        page.people.search.clear()
        keys(qtbot, text, page.people.search)
        wanted = day.people()[name].place
        qtbot.waitUntil(lambda wanted=wanted: list(page.people.model.ids()) == [wanted])
    page.people.search.clear()
    keys(qtbot, "zzzz", page.people.search)
    qtbot.waitUntil(page.people.nobody.isVisible)
    qtbot.keyClick(page.people.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.people.model.rowCount() == 3)
    qtbot.keyClick(page.people.search, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is page.people.table
    qtbot.waitUntil(lambda: page.form.heading.text() == NAMES[2])


def test_a_row_opened_before_it_has_come_opens_when_it_comes(day, qtbot):
    day.import_lines(line(0), line(1))
    people = day.page().people
    qtbot.waitUntil(lambda: people.model.row_at(0) is not None)
    people.table.take_focus()
    with qtbot.waitSignal(people.opened) as came:
        people.model.refresh()
        assert people.model.row_at(1) is None
        qtbot.keyClick(people.table, Qt.Key.Key_Down)
        qtbot.keyClick(people.table, ENTER)
    assert came.args == [day.people()[NAMES[0]].id]


def test_what_is_being_typed_is_not_lost_to_another_row_nor_to_closing(day, qtbot):
    day.import_lines(line(0), line(1))
    page = day.page()
    qtbot.waitUntil(lambda: page.people.model.rowCount() == 2)
    assert page.may_close()
    field(page, "name").setFocus()
    keys(qtbot, "江琪艳", field(page, "name"))
    page.people.table.take_focus()
    qtbot.wait(100)
    assert field(page, "name").text() == "江琪艳"
    assert not page.may_close()
    qtbot.mouseClick(page.form.form.notice.action, Qt.MouseButton.LeftButton)
    assert field(page, "name").text() == ""
    assert page.may_close()


def test_who_is_no_registrar_is_told_so(day, qtbot):
    page = day.page("rev")
    keys(qtbot, IDS[0])
    keys(qtbot, "沈刚峰", field(page, "name"))
    qtbot.keyClicks(field(page, "phone"), "15488258303")
    field(page, "education").setCurrentIndex(1)
    field(page, "batch").choose("")
    save(qtbot)
    qtbot.waitUntil(page.form.form.notice.isVisible)
    assert day.people() == {}


def test_an_empty_desk_says_what_to_do_first(day, qtbot):
    page = day.page()
    assert page.people.empty.isVisible()
    qtbot.mouseClick(page.people.empty.button, Qt.MouseButton.LeftButton)
    assert page.tabs.currentWidget() is page.roster
