"""A whole table to Excel and onto paper: every record, read back from what was made."""

import tempfile
import threading
import unicodedata
import zipfile
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QPageLayout
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QMenu
from python_calamine import CalamineWorkbook

from appraisal.domain.errors import EnvironmentFault, RuleViolation
from desktop.models.chips import sync_chip
from desktop.models.paged_table import PAGE_ROWS, Column, PagedTableModel
from desktop.tasks import Cancelled
from desktop.widgets.data_table import DataTable
from desktop.widgets.table_export import TableText, write_excel
from desktop.widgets.table_print import print_table, suit
from desktop.widgets.table_tools import JobDialog

DANGEROUS = ("=1+1", "+8613", "-5", "@sum", "110101199003070011", "阿卜杜热合曼·买买提", "陈𬱖")


def no_step(_done, _total):
    pass


def text_of(rows, heads=("姓名", "证件号码"), widths=(120, 180)):
    return TableText("考生", "2026/12/12 12:00", heads, widths, len(rows), iter(rows))


def sheet(file):
    return CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python(skip_empty_area=False)


def test_every_cell_is_text_and_the_head_says_when(tmp_path):
    file = tmp_path / "考生.xlsx"
    assert write_excel(text_of([[one, str(number)] for number, one in enumerate(DANGEROUS)]), file, no_step) == 7
    title, heads, *rows = sheet(file)
    assert title[0] == "考生  2026/12/12 12:00"
    assert heads == ["姓名", "证件号码"]
    assert [row[0] for row in rows] == list(DANGEROUS)
    assert rows[4] == ["110101199003070011", "4"]
    assert [one.name for one in tmp_path.iterdir()] == ["考生.xlsx"]


def test_no_formula_is_in_the_file(tmp_path):
    write_excel(text_of([["=HYPERLINK(\"http://x\")", "=1+1"]]), tmp_path / "a.xlsx", no_step)
    with zipfile.ZipFile(tmp_path / "a.xlsx") as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")
        assert not [name for name in package.namelist() if "rels" in name and b"http://x" in package.read(name)]


def test_an_export_that_fails_or_is_cancelled_leaves_the_old_file(tmp_path):
    file = tmp_path / "a.xlsx"
    file.write_bytes(b"old")

    def cancel(done, _total):
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        write_excel(text_of([["a", "b"]] * 5), file, cancel)
    (tmp_path / "folder.xlsx").mkdir()
    with pytest.raises(EnvironmentFault) as caught:
        write_excel(text_of([["a", "b"]]), tmp_path / "folder.xlsx", no_step)
    assert caught.value.code == "file_not_written"
    with pytest.raises(EnvironmentFault):
        write_excel(text_of([["a", "b"]]), tmp_path / "nowhere" / "a.xlsx", no_step)
    assert file.read_bytes() == b"old"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.xlsx", "folder.xlsx"]


def test_more_rows_than_a_sheet_takes_are_refused(tmp_path):
    long = replace(text_of([["a", "b"]]), count=2 ** 20 - 1)
    with pytest.raises(RuleViolation) as caught:
        write_excel(long, tmp_path / "a.xlsx", no_step)
    assert (caught.value.code, caught.value.detail) == ("table_too_long", {"rows": 2 ** 20 - 1, "most": 2 ** 20 - 2})
    assert not list(tmp_path.iterdir())


class Rows:
    def __init__(self):
        self.gate, self.threads, self.asked = threading.Event(), set(), []
        self.gate.set()

    def load(self, ids):
        self.gate.wait(5)
        self.threads.add(threading.current_thread().name)
        self.asked.append(len(ids))
        return [(one, f"=姓名{one}") for one in reversed(ids) if one != "13"]


@pytest.fixture
def rows():
    return Rows()


@pytest.fixture
def table(rows, tasks, settings, qtbot):
    model = PagedTableModel([
        Column("编号", lambda row: row[0], width=90), Column("姓名", lambda row: row[1], width=160),
        Column("内部", lambda _row: "hidden", width=90),
        Column("State", lambda _row: "", chip=lambda _row: sync_chip("accepted")),
    ], rows.load, lambda row: row[0], tasks)
    made = DataTable("export", settings)
    made.set_title("考生")
    qtbot.addWidget(made)
    made.show_model(model)
    made.setColumnHidden(2, True)
    made.resize(700, 300)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    model.set_ids([str(number) for number in range(250)])
    made.setFocus()
    return made


def dialog_of(table, qtbot):
    qtbot.waitUntil(lambda: bool(table.window().findChildren(JobDialog)))
    return table.window().findChildren(JobDialog)[0]


def test_by_keys_all_records_go_into_the_file(table, rows, qtbot, tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *given: (
        asked.append(given[2]), (str(tmp_path / "名单"), ""))[1])
    qtbot.keyClick(table, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    dialog = dialog_of(table, qtbot)
    qtbot.waitUntil(dialog.notice.isVisible)
    file = tmp_path / "名单.xlsx"
    assert asked[0].rsplit("/", 1)[-1].startswith("考生 2")
    assert f"249 rows exported to {file}" in dialog.notice.text.text()
    title, heads, *lines = sheet(file)
    assert title[0].startswith("考生")
    assert heads == ["编号", "姓名", "State"]
    assert lines[12:14] == [["12", "=姓名12", "Accepted"], ["14", "=姓名14", "Accepted"]]
    assert lines[-1][0] == "249"
    assert len(lines) == 249  # one was gone meanwhile
    assert {name.split("_")[0] for name in rows.threads} == {"reader"}
    assert max(rows.asked) == PAGE_ROWS
    qtbot.keyClick(dialog.done_button, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not table.window().findChildren(JobDialog))


def test_cancelling_leaves_no_file(table, rows, qtbot, tmp_path):
    rows.gate.clear()
    table.tools.export_to(tmp_path / "a.xlsx")
    dialog = dialog_of(table, qtbot)
    assert dialog.panel.isVisible()
    qtbot.mouseClick(dialog.panel.cancel, Qt.MouseButton.LeftButton)
    rows.gate.set()
    qtbot.waitUntil(lambda: not table.window().findChildren(JobDialog))
    assert list(tmp_path.glob("*.xlsx")) == []


def test_a_file_that_cannot_be_written_is_said(table, qtbot, tmp_path):
    table.tools.export_to(tmp_path / "nowhere" / "a.xlsx")
    dialog = dialog_of(table, qtbot)
    qtbot.waitUntil(dialog.notice.isVisible)
    assert "could not be written" in dialog.notice.text.text()
    assert not dialog.open_file.isVisible()


def test_an_empty_table_asks_for_no_file(table, qtbot, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: pytest.fail("asked for a file"))
    table.model().set_ids([])
    table.tools.export.trigger()
    table.tools.print.trigger()
    assert table.window().findChildren(JobDialog) == []


def test_the_context_menu_offers_the_three(table, qtbot):
    assert [one.text().replace("&", "") for one in table.actions()] == ["Copy the rows", "Export to Excel …", "Print …"]
    assert table.contextMenuPolicy() == Qt.ContextMenuPolicy.ActionsContextMenu
    menu = QMenu()
    qtbot.addWidget(menu)
    menu.addActions(table.actions())
    menu.popup(table.mapToGlobal(QPoint(5, 5)))
    qtbot.waitUntil(lambda: table.model().index(1, 1).data() is not None)
    table.selectRow(1)
    menu.actions()[0].trigger()
    assert QGuiApplication.clipboard().text().splitlines()[1] == "1\t=姓名1\tAccepted"


def pages_of(file):
    """Qt's PDF writes some characters as their radicals; NFKC has them as typed."""
    with pypdfium2.PdfDocument(file) as document:
        return [unicodedata.normalize("NFKC", page.get_textpage().get_text_bounded()) for page in document]


def pdf_printer(file):
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(file))
    return printer


def test_on_paper_every_page_has_its_head_and_its_number(table, qtbot, tmp_path):
    table.tools.print_on(pdf_printer(tmp_path / "a.pdf"))
    dialog = dialog_of(table, qtbot)
    qtbot.waitUntil(dialog.notice.isVisible, timeout=10_000)
    pages = pages_of(tmp_path / "a.pdf")
    assert len(pages) > 3
    for page in pages:
        assert "考生" in page
        assert "编号" in page
        assert "Page" in page
    whole = "\n".join(pages).split()
    assert [one for one in range(250) if f"=姓名{one}" not in whole] == [13]
    assert "hidden" not in whole
    assert f"249 rows printed on {len(pages)} pages" in dialog.notice.text.text()


def test_a_long_cell_is_wrapped_not_cut(tmp_path):
    long = "中关村创新人才鉴定中心" * 8
    made = text_of([[long, "1"], ["短", "2"]], widths=(100, 100))
    print_table(made, pdf_printer(tmp_path / "a.pdf"), lambda page, of: f"{page}/{of}", no_step)
    page = pages_of(tmp_path / "a.pdf")[0]
    assert long in "".join(page.split())


def test_each_page_says_which_it_is(tmp_path):
    made = text_of([["姓名", str(number)] for number in range(100)])
    assert print_table(made, pdf_printer(tmp_path / "a.pdf"), lambda page, of: f"{page}/{of}", no_step) == (100, 3)
    pages = pages_of(tmp_path / "a.pdf")
    assert [page.split()[-1] for page in pages] == ["1/3", "2/3", "3/3"]


def test_many_columns_lay_the_paper_on_its_side(tmp_path):
    printer = pdf_printer(tmp_path / "a.pdf")
    suit(printer, text_of([], widths=(500, 500)))
    assert printer.pageLayout().orientation() == QPageLayout.Orientation.Landscape
    suit(printer, text_of([], widths=(200, 200)))
    assert printer.pageLayout().orientation() == QPageLayout.Orientation.Portrait


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_that_does_not_take_it_is_a_fault(tmp_path):
    with pytest.raises(EnvironmentFault) as caught:
        print_table(text_of([["a", "b"]]), pdf_printer(tmp_path / "nowhere" / "a.pdf"), lambda *_: "", no_step)
    assert caught.value.code == "print_failed"


def test_printing_asks_for_the_printer_first(table, qtbot):
    table.tools.print.trigger()
    qtbot.waitUntil(lambda: bool(table.findChildren(QPrintDialog)))
    dialog = table.findChildren(QPrintDialog)[0]
    assert dialog.isVisible()
    assert table.window().findChildren(JobDialog) == []
    dialog.reject()


@given(st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40), min_size=1, max_size=8))
@examples(max_examples=40, deadline=None)
def test_what_was_shown_is_what_the_file_says(cells):
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "a.xlsx"
        write_excel(text_of([[cell, "end"] for cell in cells]), file, no_step)
        assert [row[0] for row in sheet(file)[2:]] == cells


def test_the_result_looks_well(table, qtbot, look, shoot, tmp_path):
    table.tools.export_to(tmp_path / "考生 2026-12-12.xlsx")
    dialog = dialog_of(table, qtbot)
    qtbot.waitUntil(dialog.notice.isVisible)
    shoot(dialog, "table-exported", (480, 170))
    assert dialog.open_file.isVisible()
