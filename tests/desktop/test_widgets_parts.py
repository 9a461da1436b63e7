"""The house's widgets, used as people use them: keys, clicks, clipboard."""

import threading
from decimal import Decimal

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QHelpEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QStyledItemDelegate, QToolTip, QVBoxLayout, QWidget

from desktop.models.chips import Chip, Shape, Tone, mark_chip, outcome_chip, sync_chip
from desktop.models.paged_table import PAGE_ROWS, PAGES_KEPT, Column, PagedTableModel
from desktop.theme import TOKENS, Scheme
from desktop.widgets.big_verdict import BigVerdict
from desktop.widgets.chip import StateChip
from desktop.widgets.data_table import DataTable
from desktop.widgets.empty_state import EmptyState, ListOrEmpty
from desktop.widgets.field_row import Form
from desktop.widgets.notice import Notice
from desktop.widgets.passphrase_edit import PassphraseEdit
from desktop.widgets.progress_panel import ProgressPanel
from desktop.widgets.radar_chart import RadarChart
from desktop.widgets.search_box import SearchBox

NAMES = ("陈𬱖", "李㛃", "王\t丽")


class Rows:
    """A source of rows that counts what it was asked, and can be made to fail or to wait."""

    def __init__(self):
        self.asked, self.fail, self.gate, self.suffix = [], False, threading.Event(), ""
        self.gate.set()

    def load(self, ids):
        self.gate.wait(5)
        self.asked.append(tuple(ids))
        if self.fail:
            raise OSError("gone")
        return [(one, NAMES[int(one) % 3] + self.suffix) for one in reversed(ids)]


@pytest.fixture
def rows():
    return Rows()


@pytest.fixture
def model(tasks, rows):
    columns = (Column("Id", lambda row: row[0], align=Qt.AlignmentFlag.AlignRight, width=90, key="id"),
               Column("Name", lambda row: row[1], width=60),
               Column("State", lambda row: "", chip=lambda row: sync_chip("accepted")))
    return PagedTableModel(columns, rows.load, lambda row: row[0], tasks)


@pytest.fixture
def table(model, settings, qtbot):
    made = DataTable("people", settings)
    qtbot.addWidget(made)
    made.show_model(model)
    made.resize(500, 300)
    made.show()
    return made


def shown(model, row, column=1):
    return model.index(row, column).data()


def test_rows_come_by_pages_in_the_order_of_the_ids(model, table, rows, qtbot):
    model.set_ids([str(i) for i in range(100_000)])
    qtbot.waitUntil(lambda: shown(model, 1) == "李㛃")
    assert {len(ids) for ids in rows.asked} == {PAGE_ROWS}
    assert len(rows.asked) <= 2  # of a thousand pages, those in sight
    table.go_to(99_999)
    qtbot.waitUntil(lambda: shown(model, 99_999, 0) == "99999")
    assert table.selected_ids() == ["99999"]
    assert model.row_of("500") == 500
    assert model.row_of("nobody") == -1


@pytest.mark.parametrize("scheme", list(Scheme))
def test_words_drawn_straight_stand_where_the_style_puts_them(model, table, rows, qtbot, dressed, scheme):
    dressed(scheme.value)
    rows.suffix = "·a rather long name"
    table.setColumnWidth(1, 110)
    table.setColumnWidth(2, 120)
    ids = [str(i) for i in range(6)]
    model.set_ids(ids, rows.load(ids))
    table.selectRow(2)
    ours = table.grab().toImage()
    styles = QStyledItemDelegate(table)
    for column in (0, 1):
        table.setItemDelegateForColumn(column, styles)
    assert table.grab().toImage() == ours


class Paintings(QObject):
    def __init__(self, watched):
        super().__init__()
        self.count = 0
        watched.installEventFilter(self)

    def eventFilter(self, _watched, event):  # noqa: N802 - Qt's name
        self.count += event.type() == QEvent.Type.Paint
        return False


def test_a_search_paints_its_list_once_however_many_rows_it_has(model, table, rows, qtbot):
    ids = [str(i) for i in range(200)]
    model.set_ids(ids, rows.load(ids[:PAGE_ROWS]))
    qtbot.wait(50)
    width, painted = table.viewport().width(), Paintings(table.viewport())
    for turn, count in enumerate((150, 3, 1, 90)):
        model.set_ids(ids[:count], rows.load(ids[:min(count, PAGE_ROWS)]))
        qtbot.wait(50)
        assert painted.count == turn + 1
        assert table.viewport().width() == width
        assert table.verticalScrollBar().isEnabled() == (count > 3)


def test_rows_that_come_with_the_ids_are_shown_at_once_and_not_asked_for(model, table, rows, qtbot):
    ids = [str(i) for i in range(PAGE_ROWS * 3)]
    model.set_ids(ids, rows.load(ids[:PAGE_ROWS]))
    rows.asked.clear()
    assert (shown(model, 1), shown(model, PAGE_ROWS - 1, 0)) == ("李㛃", str(PAGE_ROWS - 1))
    table.viewport().repaint()
    assert rows.asked == []
    table.go_to(PAGE_ROWS)
    qtbot.waitUntil(lambda: shown(model, PAGE_ROWS, 0) == str(PAGE_ROWS))
    model.refresh([(one, "anew") for one in ids[:PAGE_ROWS]])
    assert shown(model, 0) == "anew"


def test_a_row_not_loaded_yet_is_empty_and_nothing_waits(model, table, rows, qtbot):
    rows.gate.clear()
    model.set_ids([str(i) for i in range(10)])
    assert shown(model, 3) is None
    qtbot.wait(30)
    assert shown(model, 3) is None
    rows.gate.set()
    qtbot.waitUntil(lambda: shown(model, 3) == "陈𬱖")


def test_an_answer_for_an_older_list_is_not_shown(model, rows, qtbot):
    seen = []
    model.dataChanged.connect(lambda *_: seen.append(shown(model, 0, 0)))
    rows.gate.clear()
    model.set_ids(["1", "2"])
    assert shown(model, 0) is None
    model.set_ids(["0"])
    assert shown(model, 0) is None
    rows.gate.set()
    qtbot.waitUntil(lambda: len(rows.asked) == 2)
    qtbot.waitUntil(lambda: shown(model, 0, 0) == "0")
    qtbot.wait(30)
    assert set(seen) == {"0"}


def test_of_pages_passed_by_the_last_wanted_comes_first(model, rows, qtbot):
    model.set_ids([str(i) for i in range(PAGE_ROWS * 20)])
    rows.gate.clear()
    for page in range(20):
        model.row_at(page * PAGE_ROWS)
    rows.gate.set()
    qtbot.waitUntil(lambda: len(rows.asked) == 20)
    first = [int(ids[0]) // PAGE_ROWS for ids in rows.asked]
    assert first.index(19) <= 3  # two were on their way, and their threads may overtake each other
    assert first.index(2) >= 16


def test_only_so_many_pages_are_kept(model, rows, qtbot):
    model.set_ids([str(i) for i in range(PAGE_ROWS * (PAGES_KEPT + 5))])
    for page in range(PAGES_KEPT + 5):
        model.row_at(page * PAGE_ROWS)
        qtbot.waitUntil(lambda p=page: model.row_at(p * PAGE_ROWS) is not None)
    assert len(model._pages) == PAGES_KEPT


def test_refresh_reads_the_same_rows_anew(model, table, rows, qtbot):
    model.set_ids(["0"])
    qtbot.waitUntil(lambda: shown(model, 0) == "陈𬱖")
    rows.suffix = "!"
    model.refresh()
    qtbot.waitUntil(lambda: shown(model, 0) == "陈𬱖!")


def test_a_failed_load_is_told_once(model, table, rows, qtbot):
    rows.fail, problems = True, []
    model.load_failed.connect(problems.append)
    model.set_ids(["0", "1"])
    qtbot.waitUntil(lambda: bool(problems))
    table.viewport().repaint()
    qtbot.wait(30)
    assert [type(one) for one in problems] == [OSError]
    assert len(rows.asked) == 1


def test_a_click_on_a_head_asks_for_that_order(model, table, qtbot):
    asked = []
    model.sort_asked.connect(lambda key, descending: asked.append((key, descending)))
    head = table.horizontalHeader()
    for column in (0, 0, 1):
        at = QPoint(head.sectionViewportPosition(column) + 10, head.height() // 2)
        qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert asked == [("id", False), ("id", True)]  # the second column has no order


def test_enter_opens_a_row_and_the_cursor_tells_where_it_is(model, table, rows, qtbot):
    opened, came = [], []
    table.activated_id.connect(opened.append)
    table.current_id.connect(came.append)
    model.set_ids(["7", "8"])
    table.take_focus()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert came == ["7", "8"]
    assert opened == ["8"]


def test_copy_is_for_excel(model, table, qtbot):
    model.set_ids(["0", "1", "2"])
    qtbot.waitUntil(lambda: shown(model, 2) is not None)
    table.selectAll()
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().split("\n") == [
        "Id\tName\tState", "0\t陈𬱖\tAccepted", "1\t李㛃\tAccepted", "2\t王 丽\tAccepted"]


def test_widths_are_remembered(model, table, settings, qtbot):
    assert table.columnWidth(0) == 90
    table.setColumnWidth(0, 133)
    again = DataTable("people", settings)
    qtbot.addWidget(again)
    again.show_model(model)
    assert (again.columnWidth(0), again.columnWidth(1)) == (133, 60)


def test_a_text_cut_off_is_told_whole(model, table, rows, qtbot):
    rows.suffix = "·a rather long name"
    model.set_ids(["0", "1"])
    qtbot.waitUntil(lambda: shown(model, 1) is not None)
    at = table.visualRect(model.index(1, 1)).center()
    event = QHelpEvent(QHelpEvent.Type.ToolTip, at, table.viewport().mapToGlobal(at))
    QGuiApplication.sendEvent(table.viewport(), event)
    assert QToolTip.text() == "李㛃·a rather long name"


def test_chips_say_their_state_in_colour_shape_and_word(qtbot):
    chips = [sync_chip(s) for s in ("saved", "on_stick", "received", "accepted", "needs_you")]
    assert [c.word for c in chips] == ["Saved", "On stick", "Received", "Accepted", "Needs you"]
    assert len({c.shape for c in chips}) == 5
    for family in (chips, [outcome_chip(o) for o in ("PASS", "FAIL", "INCOMPLETE", "VOID")],
                   [mark_chip(m) for m in ("missing", "entered", "agreed", "differs")]):
        assert len({c.shape for c in family}) == len(family)
        assert Tone.REFUSE not in {c.tone for c in family}
    one = StateChip(chips[0])
    qtbot.addWidget(one)
    before = one.grab().toImage()
    one.set_chip(chips[3])
    assert one.accessibleName() == "Accepted"
    assert one.grab().toImage() != before
    with pytest.raises(KeyError):
        sync_chip("synced")


@pytest.mark.parametrize("shape", list(Shape))
def test_each_shape_looks_like_no_other(shape, qtbot):
    def picture(of):
        chip = StateChip(Chip(Tone.NEUTRAL, of, "x"))
        qtbot.addWidget(chip)
        return bytes(chip.grab().toImage().constBits())

    assert all(picture(shape) != picture(other) for other in Shape if other is not shape)


@pytest.fixture
def form(qtbot):
    made = Form()
    made.add("name", "&Name", QLineEdit(), "As on the card")
    made.add("sex", "&Sex", QComboBox())
    made.add("document", "&Document", QLineEdit("11010119900101123"))
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_a_refusal_stands_under_its_field_with_the_focus_there(form, qtbot):
    form.refuse("document", "The check digit is wrong")
    row = form.rows["document"]
    assert row.refusal() == row.below.text() == "The check digit is wrong"
    assert row.below.isVisible()
    assert row.editor.hasFocus()
    assert row.editor.selectedText() == "11010119900101123"
    assert row.editor.accessibleDescription() == "The check digit is wrong"
    assert row.below.palette().windowText().color().name() == TOKENS[Scheme.LIGHT].refuse
    form.refuse("name", "A name is needed")
    assert row.refusal() == ""
    assert form.rows["name"].refusal() == "A name is needed"


def test_typing_takes_a_refusal_away_and_the_hint_comes_back(form, qtbot):
    form.refuse("name", "A name is needed")
    qtbot.keyClicks(form.rows["name"].editor, "L")
    assert form.rows["name"].refusal() == ""
    assert form.rows["name"].below.text() == "As on the card"


def test_a_refusal_of_no_field_stands_above(form):
    form.refuse("batch", "The batch is closed")
    assert form.notice.isVisible()
    assert form.notice.text.text() == "The batch is closed"
    form.clear_refusals()
    assert not form.notice.isVisible()


def test_enter_goes_on_and_ends_after_the_last_field(form, qtbot):
    form.rows["name"].editor.setFocus()
    qtbot.keyClick(form.rows["name"].editor, Qt.Key.Key_Return)
    assert form.rows["sex"].editor.hasFocus()
    with qtbot.waitSignal(form.finished, timeout=500):
        qtbot.keyClick(form.rows["document"].editor, Qt.Key.Key_Return)


def test_labels_lead_to_their_fields(form, qtbot):
    assert form.rows["document"].title.buddy() is form.rows["document"].editor
    assert form.rows["document"].editor.accessibleName() == "Document"


def test_search_asks_at_every_key_and_can_be_left(qtbot):
    page = QWidget()
    box, other, button = SearchBox("Name"), QLineEdit(), QPushButton("x")
    column = QVBoxLayout(page)
    column.addWidget(other)
    column.addWidget(box)
    column.addWidget(button)
    box.serve(page)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    other.setFocus()
    asked = []
    box.asked.connect(asked.append)
    qtbot.keyClick(other, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert box.hasFocus()
    qtbot.keyClicks(box, "li ")
    assert asked == ["l", "li"]
    with qtbot.waitSignal(box.left, timeout=500):
        qtbot.keyClick(box, Qt.Key.Key_Down)
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert asked == ["l", "li", ""]
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Slash)
    assert box.hasFocus()
    assert box.text() == ""
    other.setFocus()
    qtbot.keyClick(other, Qt.Key.Key_Slash)  # in another field it is only a character
    assert (other.hasFocus(), other.text()) == (True, "/")


def test_a_notice_says_offers_and_goes(qtbot):
    done = []
    notice = Notice()
    qtbot.addWidget(notice)
    assert not notice.isVisible()
    notice.say(Tone.WARN, "The disk is full", "Again", lambda: done.append(1))
    assert notice.isVisible()
    assert notice.accessibleName() == "The disk is full"
    qtbot.mouseClick(notice.action, Qt.MouseButton.LeftButton)
    assert done == [1]
    notice.info("Saved")
    assert not notice.action.isVisible()
    qtbot.mouseClick(notice.dismiss, Qt.MouseButton.LeftButton)
    assert not notice.isVisible()


def test_an_empty_list_says_what_to_do_first(qtbot):
    done = []
    empty = EmptyState("candidates", "Nobody yet", "Register somebody.", "Register", lambda: done.append(1))
    qtbot.addWidget(empty)
    empty.show()
    qtbot.mouseClick(empty.button, Qt.MouseButton.LeftButton)
    assert done == [1]
    assert not EmptyState("candidates", "Nobody", "").button.isVisibleTo(empty)


def test_a_list_gives_place_while_it_is_empty(qtbot):
    either = ListOrEmpty(QLineEdit(), EmptyState("candidates", "Nobody yet", ""))
    qtbot.addWidget(either)
    either.show()
    either.show_for(0)
    assert (either.full.isVisible(), either.empty.isVisible()) == (False, True)
    either.show_for(3)
    assert (either.full.isVisible(), either.empty.isVisible()) == (True, False)


def test_progress_tells_how_far_and_cancels(tasks, qtbot):
    panel, seen, go = ProgressPanel(), [], threading.Event()
    qtbot.addWidget(panel)

    def work(progress):
        progress.step(10, 2000)
        go.wait(5)
        progress.step(20, 2000)

    panel.follow("Issuing", tasks.write_long(work, lambda done: seen.append(done.exception()), panel.step))
    qtbot.waitUntil(lambda: panel.how_far.text().startswith("10 of 2,000"))
    assert panel.bar.maximum() == 2000
    qtbot.mouseClick(panel.cancel, Qt.MouseButton.LeftButton)
    assert not panel.cancel.isEnabled()
    go.set()
    qtbot.waitUntil(lambda: bool(seen))
    assert type(seen[0]).__name__ == "Cancelled"
    panel.finish()
    assert not panel.isVisible()


def test_progress_says_how_long_it_will_take(qtbot):
    panel = ProgressPanel()
    qtbot.addWidget(panel)
    panel._began -= 0
    panel.follow("Issuing", None)
    panel._began -= 10
    panel.step(100, 300)
    assert "about 20 seconds left" in panel.how_far.text()
    panel._began -= 90
    panel.step(100, 300)
    assert "about 3 minutes left" in panel.how_far.text()


def test_the_radar_draws_its_marks_and_tells_them(qtbot):
    chart = RadarChart()
    qtbot.addWidget(chart)
    chart.resize(320, 280)
    names = ["a", "b", "c"]
    chart.show_marks(names, [Decimal(10), Decimal(10), None])
    small = chart.grab().toImage()
    chart.show_marks(names, [Decimal(90), Decimal("90.5"), None])
    assert chart.grab().toImage() != small
    assert chart.accessibleDescription() == "a 90, b 90.5, c none"
    with pytest.raises(ValueError, match="zip"):
        chart.show_marks(names, [Decimal(1)])


def test_the_big_verdict_is_told_in_colour_and_word(qtbot):
    verdict = BigVerdict()
    qtbot.addWidget(verdict)
    verdict.show_verdict(Chip(Tone.GOOD, Shape.TICK, "Valid"), "Compare with the paper.")
    good = verdict.grab().toImage()
    verdict.show_verdict(Chip(Tone.REFUSE, Shape.CROSS, "Revoked"), "Do not accept it.")
    bad = verdict.grab().toImage()
    assert good.pixelColor(10, 50).name() == TOKENS[Scheme.LIGHT].good_soft
    assert bad.pixelColor(10, 50).name() == TOKENS[Scheme.LIGHT].refuse_soft
    assert (verdict.accessibleName(), verdict.word.text()) == ("Revoked", "Revoked")


def test_a_passphrase_field_notices_caps_lock_and_shows_itself(qtbot):
    field, told = PassphraseEdit(), []
    qtbot.addWidget(field)
    field.caps_lock_changed.connect(told.append)
    qtbot.keyClick(field, "A")  # a capital without Shift
    assert told == [True]
    qtbot.keyClick(field, Qt.Key.Key_B)
    assert told == [True, False]
    qtbot.keyClick(field, "C", Qt.KeyboardModifier.ShiftModifier)
    assert told == [True, False]
    assert field.echoMode() == QLineEdit.EchoMode.Password
    field.reveal.trigger()
    assert field.echoMode() == QLineEdit.EchoMode.Normal
