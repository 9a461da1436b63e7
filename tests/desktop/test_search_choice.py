"""A long table is chosen from by typing; what is not in it is never taken."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from appraisal.domain.tables import code_tables
from desktop.pages.candidates_fields import SearchChoice
from desktop.viewmodels import table_choices

ENTER, DOWN, TAB = Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Tab


@pytest.fixture
def box(qtbot):
    """Over a line that takes the focus next."""
    window = QWidget()
    column = QVBoxLayout(window)
    made = SearchChoice()
    column.addWidget(made)
    column.addWidget(QLineEdit())
    qtbot.addWidget(window)
    window.show()
    with qtbot.waitActive(window):
        window.activateWindow()
    made.setFocus()
    yield made
    window.close()


def type_in(qtbot, box, text):
    box.lineEdit().selectAll()  # as coming to the field does
    qtbot.keyClicks(box.lineEdit(), text)


@pytest.mark.parametrize(("typed", "kept"), [
    ("110102", "110102"), ("xcq", "110102"), ("xichengqu", "110102"), ("shenzhenshi", "440300"),
    ("tianshanqu", "650102"), ("nowhere", ""), ("", "")])
def test_a_region_by_code_pinyin_or_initials(qtbot, box, typed, kept):
    box.offer_later(lambda: [("", "", ""), *table_choices.regions()])
    box._fetch()
    type_in(qtbot, box, typed)
    with qtbot.waitSignal(box.returnPressed):
        qtbot.keyClick(box, ENTER)
    assert box.value() == kept
    assert box.lineEdit().text() == code_tables().regions.full_names.get(kept, "")


def test_another_of_those_found_is_chosen_with_the_arrows(qtbot, box):
    box.offer(table_choices.words(code_tables().ethnicities.choices))
    type_in(qtbot, box, "mz")
    popup = box.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    shown = [popup.model().index(at, 0).data() for at in range(popup.model().rowCount())]
    assert shown == ["苗族", "满族", "普米族"]
    qtbot.keyClick(popup, DOWN)
    qtbot.keyClick(popup, DOWN)
    qtbot.keyClick(popup, ENTER)
    assert box.value() == "满族"
    assert not popup.isVisible()


def test_coming_to_the_field_the_first_letter_begins_anew(qtbot, box):
    box.offer(table_choices.words(code_tables().ethnicities.choices))
    qtbot.keyClick(box, TAB)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab)
    qtbot.waitUntil(box.hasFocus)
    qtbot.keyClicks(box, "huiz")
    qtbot.keyClick(box, ENTER)
    assert box.value() == "回族"


def test_the_name_itself_comes_before_longer_ones(qtbot, box):
    box.offer([("", "", ""), *table_choices.words(code_tables().education.choices)])
    box.lineEdit().setText("研究生")
    qtbot.keyClick(box, ENTER)
    assert box.value() == "研究生"


@pytest.mark.parametrize("typed", ["阿斯加德", "zzz"])
def test_what_is_in_no_table_is_not_taken(qtbot, box, typed):
    box.offer(table_choices.words(code_tables().ethnicities.choices))
    box.choose("回族")
    box.lineEdit().setText(typed)
    qtbot.keyClick(box, TAB)
    qtbot.waitUntil(lambda: not box.hasFocus())
    assert (box.value(), box.lineEdit().text()) == ("回族", "回族")


def test_a_country_by_any_of_its_names(qtbot, box):
    box.offer([("", "", ""), *table_choices.countries()])
    for typed in ("越南", "vnm", "viet nam", "yuenan"):
        box.choose("")
        box.lineEdit().selectAll()
        box.lineEdit().setText(typed)
        qtbot.keyClick(box, ENTER)
        assert box.value() == "VNM", typed


def test_emptied_means_none_where_none_may_be(qtbot, box):
    box.offer([("", "", ""), *table_choices.words(code_tables().education.choices)])
    box.choose("高中")
    box.lineEdit().clear()
    qtbot.keyClick(box, TAB)
    qtbot.waitUntil(lambda: box.value() == "")
