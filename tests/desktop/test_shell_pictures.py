"""Pictures of the frame in both schemes, languages and sizes, to be looked at; and that nothing is cut off."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from appraisal.domain.errors import EnvironmentFault
from desktop.models.chips import Chip, Shape, Tone, mark_chip, outcome_chip, sync_chip
from desktop.models.paged_table import Column, PagedTableModel
from desktop.pages.first_start import FirstStartPage
from desktop.pages.sign_in import SignInPage
from desktop.shell.defects import DefectDialog, report_of
from desktop.shell.entries import DeskStatus, PageEntry
from desktop.shell.window import MainWindow
from desktop.tasks import Progress
from desktop.viewmodels.first_start import FirstStartViewModel
from desktop.viewmodels.sign_in import SignInViewModel
from desktop.widgets.basics import label, page_column, plain_button, primary_button, row
from desktop.widgets.big_verdict import BigVerdict
from desktop.widgets.chip import StateChip
from desktop.widgets.data_table import DataTable
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.field_row import Form
from desktop.widgets.notice import Notice
from desktop.widgets.progress_panel import ProgressPanel
from desktop.widgets.radar_chart import RadarChart
from desktop.widgets.search_box import SearchBox

TITLES = {
    "today": ("工作台", "Today"), "candidates": ("考生", "Candidates"), "batches": ("批次", "Batches"),
    "exam-day": ("考务", "Exam day"), "marks": ("成绩", "Marks"), "publicity": ("公示", "Publicity"),
    "certificates": ("证书", "Certificates"), "verify": ("查验", "Verify"), "library": ("人才库", "Talent library"),
    "sync": ("同步", "Sync"), "figures": ("统计", "Figures"), "administration": ("管理", "Administration"),
}
QUALITIES = (("创新意识", "Awareness"), ("创新精神", "Spirit"), ("创新理念", "Ideas"), ("创新思维", "Thinking"),
             ("创新知识", "Knowledge"), ("创新能力", "Ability"), ("创新人格", "Character"))
OUTCOMES = ("pass", "fail", "incomplete", "void")
STATES = ("saved", "on_stick", "received", "accepted", "needs_you")


def table_of(tasks, settings, rows=400):
    names = ("陈𬱖", "李㛃", "Aleksandra Wiśniewska-Kowalczyk", "欧阳·娜仁托娅")
    columns = (
        Column("姓名 Name", lambda i: names[int(i) % 4], width=160, key="name"),
        Column("证件 Document", lambda i: f"1101011990{int(i):08}", width=180),
        Column("状态 State", lambda i: "", chip=lambda i: sync_chip(STATES[int(i) % 5]), width=130),
        Column("结果 Outcome", lambda i: "", chip=lambda i: outcome_chip(OUTCOMES[int(i) % 4]), width=130),
        Column("成绩 Mark", lambda i: "86.5", width=90),
    )
    model = PagedTableModel(columns, lambda ids: ids, lambda one: one, tasks)
    model.set_ids([str(i) for i in range(rows)])
    table = DataTable("pictures", settings)
    table.show_model(model)
    return table


def list_page(tasks, settings):
    page = QWidget()
    column = page_column(page)
    search, batch = SearchBox("姓名、拼音首字母、证件尾号 · Name, initials, ID tail"), QComboBox()
    batch.addItems(["2026-11 人工智能训练师 三级", "2026-12"])
    column.addLayout(row(label("考生 Candidates", "title"), None, plain_button("导入 Import", "import"),
                         primary_button("登记 Register", "add", None)))
    column.addLayout(row(search, batch))
    page.table = table_of(tasks, settings)
    column.addWidget(page.table, 1)
    panel = ProgressPanel()
    panel.follow("正在签发 Issuing", Progress(lambda done, total: None))
    panel.step(120, 500)
    column.addWidget(panel)
    return page


def parts_page():
    page = QWidget()
    column = page_column(page)
    for tone in (Tone.INFO, Tone.GOOD, Tone.WARN, Tone.REFUSE):
        notice = Notice()
        notice.say(tone, "备份写不下：磁盘已满，什么也没有丢。 The disk is full; nothing was lost.", "重试 Again")
        column.addWidget(notice)
    chips = [*map(sync_chip, STATES), *map(outcome_chip, OUTCOMES),
             *map(mark_chip, ("missing", "entered", "agreed", "differs"))]
    column.addLayout(row(*map(StateChip, chips[:7]), None))
    column.addLayout(row(*map(StateChip, chips[7:]), None))
    form = Form()
    form.add("name", "姓名 &Name", QLineEdit("陈𬱖 李㛃"))
    form.add("document", "证件号码 &Document", QLineEdit("110101199001011234"))
    form.refuse("document", "身份证号最后一位不对，应为 X。 The check digit is wrong.")
    verdict = BigVerdict()
    verdict.show_verdict(Chip(Tone.GOOD, Shape.TICK, "有效 Valid"), "请与纸面逐项核对。 Compare with the paper.")
    radar = RadarChart()
    radar.show_marks([zh for zh, _ in QUALITIES], [Decimal(m) for m in ("86", "92.5", "60", "75", "88", "70", "95")])
    left = QVBoxLayout()
    left.addWidget(form)
    left.addWidget(verdict)
    left.addStretch(1)
    halves = row()
    halves.addLayout(left, 1)
    halves.addWidget(radar, 1)
    column.addLayout(halves, 1)
    return page


@pytest.fixture
def window(tasks, settings, look, qtbot):
    place = 0 if look[1] == "zh_CN" else 1
    builders = {"candidates": lambda: list_page(tasks, settings), "marks": parts_page}
    entries = [PageEntry(key, titles[place], key, builders.get(key, lambda: EmptyState(
        "today", "今天没有到期的事 Nothing is due", "先登记考生，或者导入名册。 Register somebody first.",
        "登记 Register")))
        for key, titles in TITLES.items()]
    made = MainWindow(entries, settings)
    qtbot.addWidget(made)
    made.show_status(DeskStatus("王丽", "海淀一号台", False, 128, datetime(2026, 11, 20, 17, 30, tzinfo=UTC), 31, True))
    return made


def cut_off(widget):
    """Visible labels and buttons that have less room than their text wants."""
    short = []
    for part in widget.findChildren(QWidget):
        if isinstance(part, QLabel) and not part.wordWrap() and part.text() and part.isVisible() \
                and part.width() + 1 < part.sizeHint().width():
            short.append(part.text())
        if isinstance(part, QLabel) and part.wordWrap() and part.isVisible() \
                and part.height() + 1 < part.heightForWidth(part.width()):
            short.append(part.text())
        if isinstance(part, QAbstractButton) and part.isVisible() and part.text() \
                and part.width() + 1 < part.minimumSizeHint().width():
            short.append(part.text())
    return short


@pytest.mark.parametrize("key", ["today", "candidates", "marks"])
def test_the_window(window, key, shoot, qtbot):
    window.show_page(key)
    if key == "candidates":
        table = window.page(key).table
        qtbot.waitUntil(lambda: table.model().row_at(0) is not None)
        table.go_to(2)
    if key == "today":
        window.show_fault(EnvironmentFault("form_backup_file_missing", file="X.bak"))
    shoot(window, f"shell-{key}")
    assert cut_off(window) == []


def test_the_palette(window, look, shoot, qtbot):
    window.show_page("today")
    window.show()
    palette = window.open_palette()
    qtbot.keyClicks(palette.typed, "c")
    shoot(palette, "palette", size=(520, 420))
    assert cut_off(palette) == []


def test_sign_in(tasks, shoot, qtbot, look):
    page = SignInPage(SignInViewModel(lambda login, passphrase: None, tasks), "海淀区职业技能评价中心")
    qtbot.addWidget(page)
    page._show_refused("form_passphrase_missing", "passphrase", {})
    shoot(page, "sign-in")
    assert cut_off(page) == []


@pytest.mark.parametrize("step", ["welcome", "centre", "restore", "join"])
def test_first_start(tasks, shoot, qtbot, look, step):
    view_model = FirstStartViewModel(lambda draft: None, lambda: None, lambda file, passphrase: None, tasks,
                                     lambda draft: None)
    page = FirstStartPage(view_model)
    qtbot.addWidget(page)
    page._go(getattr(page, step))
    if step == "centre":
        page.centre.editors["name_zh"].setText("海淀区职业技能评价中心")
        view_model.refused.emit("form_code_missing", "code", {})
    shoot(page, f"first-start-{step}")
    assert cut_off(page) == []


def test_the_defect_dialog(qtbot, look, dressed):
    try:
        {}["陈某某"]
    except KeyError as error:
        dialog = DefectDialog(report_of(error))
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.wait(20)
    assert cut_off(dialog) == []
    assert "KeyError" in dialog.report.toPlainText()
    assert "陈某某" not in dialog.report.toPlainText()
    QCoreApplication.sendPostedEvents()
