"""One person once, by keys and buttons: both sides are shown, and what is decided stands in the database."""

from datetime import date

import pytest
from candidates_kit import IDS, NAMES, Day, fill, line
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from appraisal.domain.person import Background, Contact, FurtherDocument, Identity
from appraisal.usecases.register_candidate import RegisterCandidate, register_candidate
from desktop.pages.candidates_compare import ComparePeople
from desktop.pages.candidates_document import DocumentDialog
from desktop.widgets.chip import StateChip

NAME, NUMBER, PASSPORT = NAMES[0], IDS[0], "C12345678"
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def day(tmp_path, tasks, qtbot, settings):
    made = Day(tmp_path / "desk", tasks, qtbot, settings)
    made.import_lines(line(0))
    yield made
    made.close()


def type_passport(page, name=NAME, number=PASSPORT, birth="1989-04-02"):
    """Somebody new as far as the form knows."""
    page.next_person()
    page.form.form.put({"batch": "", "id_type": "passport"})
    fill(page, {"id_no": number, "name": name, "sex": "M", "birth": birth, "nationality": "VNM",
                "phone": "15488258309", "education": "高中"})


def save(qtbot, page):
    qtbot.mouseClick(page.form.save, Qt.MouseButton.LeftButton)


def dialog(qtbot, kind=ComparePeople):
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), kind))
    return QApplication.activeWindow()


def press(qtbot, shown, key):
    qtbot.keyClick(shown, key, ALT)


def record_of(day, number):
    return day.reads.candidate(day.reads.holders({number})[number].records[0])


def test_somebody_else_of_the_same_name_is_registered_after_a_look(day, qtbot):
    page = day.page()
    type_passport(page)
    save(qtbot, page)
    shown = dialog(qtbot)
    assert {NUMBER, PASSPORT} == {text.split()[-1] for text in texts(shown) if text.endswith((NUMBER, PASSPORT))}
    assert len(day.reads.search(NAME)) == 1
    press(qtbot, shown, Qt.Key.Key_B)
    qtbot.waitUntil(lambda: len(day.reads.search(NAME)) == 2)
    assert record_of(day, PASSPORT).alike == ()  # and it is not asked again
    qtbot.waitUntil(lambda: not page.form.is_dirty())


def test_back_to_the_form_leaves_everything_as_typed(day, qtbot):
    page = day.page()
    type_passport(page)
    qtbot.waitUntil(lambda: page.form.form.value("latin_name") != "")
    before = page.form.form.values()
    save(qtbot, page)
    qtbot.keyClick(dialog(qtbot), Qt.Key.Key_Escape)
    assert (page.form.form.values(), page.form.is_dirty()) == (before, True)
    assert page.form.form.rows["name"].refusal()
    assert len(day.reads.search(NAME)) == 1


def test_the_same_person_with_a_new_passport_keeps_both_and_what_was_typed(day, qtbot):
    page = day.page()
    type_passport(page)
    save(qtbot, page)
    press(qtbot, dialog(qtbot), Qt.Key.Key_S)
    qtbot.waitUntil(lambda: page.form.heading.text() == NAME)
    assert record_of(day, PASSPORT).documents == (FurtherDocument("passport", PASSPORT, "VNM"),)
    assert (page.form.form.value("id_no"), page.form.form.value("phone")) == (NUMBER, "15488258309")
    page.form.fields["why"].setText("电话已换")
    save(qtbot, page)
    qtbot.waitUntil(lambda: day.detail(NAME).person.contact.phone == "15488258309")
    assert len(day.reads.search(NAME)) == 1


def test_one_document_with_two_names_is_a_question(day, qtbot):
    page = day.page()
    type_passport(page, name="沈刚风", number=NUMBER)
    page.form.form.put({"id_type": ""})
    save(qtbot, page)
    shown = dialog(qtbot)
    assert not shown.are_apart.isVisible()
    press(qtbot, shown, Qt.Key.Key_M)
    qtbot.waitUntil(lambda: page.form.heading.text() == NAME)
    assert page.form.form.value("name") == "沈刚风"
    page.form.fields["why"].setText("更名")
    save(qtbot, page)
    qtbot.waitUntil(lambda: record_of(day, NUMBER).person.identity.name == "沈刚风")


def test_two_records_are_linked_with_a_reason_and_taken_apart_again(day, qtbot):
    """As a roster leaves them: it registers whom it cannot ask about."""
    first, later = record_of(day, NUMBER).person.id, register_candidate(RegisterCandidate(
        Identity(NAME, "", "passport", PASSPORT, "M", date(1989, 4, 2), "VNM"), Contact("15488258309"),
        Background("汉族", "高中"), day.ids["reg"]), day.desk)
    page = day.page()
    page.form.open(record_of(day, NUMBER).person.id)
    compare(qtbot, page, "Registered twice?")
    shown = dialog(qtbot)
    press(qtbot, shown, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: shown.why.refusal() != "")
    qtbot.keyClicks(shown.why.editor, "same face")
    press(qtbot, shown, Qt.Key.Key_S)
    compare(qtbot, page, "Same person")
    linked = record_of(day, NUMBER)
    assert {linked.person.id, *(one.id for one in linked.same)} == {first, later}
    shown = dialog(qtbot)
    qtbot.keyClicks(shown.why.editor, "a cousin")
    press(qtbot, shown, Qt.Key.Key_T)
    qtbot.waitUntil(lambda: record_of(day, NUMBER).same == ())
    qtbot.waitUntil(lambda: not compare_buttons(page))
    said = [day.reads.candidate(one).history[-1].why for one in (first, later)]
    assert "a cousin" in said


def compare(qtbot, page, chip):
    """Press "Compare …" once the panel says this of the other record."""
    qtbot.waitUntil(lambda: any(one.accessibleName() == chip for one in page.form.person.findChildren(StateChip)))
    qtbot.mouseClick(compare_buttons(page)[0], Qt.MouseButton.LeftButton)


def compare_buttons(page):
    return [one for one in page.form.person.findChildren(QPushButton) if one.text() == "Compare …"]


def test_a_further_document_is_added_in_a_dialog_and_a_refusal_stays_in_it(day, qtbot):
    page = day.page()
    page.form.open(record_of(day, NUMBER).person.id)
    qtbot.waitUntil(lambda: page.form.heading.text() == NAME)
    page.form.person.document_asked.emit()
    shown = dialog(qtbot, DocumentDialog)
    qtbot.keyClicks(shown.number, PASSPORT)
    press(qtbot, shown, Qt.Key.Key_V)
    qtbot.waitUntil(lambda: bool(shown.form.rows["nationality"].refusal()))
    qtbot.keyClicks(shown.nationality, "yuenan")
    qtbot.keyClick(shown.nationality, Qt.Key.Key_Return)
    press(qtbot, shown, Qt.Key.Key_V)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is not shown)
    assert record_of(day, PASSPORT).person.id == record_of(day, NUMBER).person.id
    qtbot.waitUntil(lambda: any(PASSPORT in text for text in texts(page.form.person)))


def texts(widget):
    return [one.text() for one in widget.findChildren(QLabel)]
