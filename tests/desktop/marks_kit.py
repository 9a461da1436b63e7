"""A real centre with a batch in marking, and the marks page of any of its operators."""

import os
import sys
from functools import partial
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "usecases"))

from import_marks_kit import go, open_marks_centre, operators, seat_batch
from PySide6.QtCore import QSettings
from sqlalchemy import select

from appraisal.domain.errors import RuleViolation
from appraisal.usecases.enter_mark import correct_mark, enter_mark, enter_marks, judge_mark, settle_mark
from appraisal.usecases.import_marks import import_marks
from db.schema import operator
from desktop.pages.marks import MarksPage
from desktop.viewmodels.layout_presets import LayoutPresets
from desktop.viewmodels.marks import MarksCommands, MarksViewModel
from desktop.viewmodels.marks_results import MAY_CORRECT, Correcting, others_who_correct

__all__ = ["NAMES", "PEOPLE", "commands", "go", "marks_page", "number", "open_marks_centre", "operators", "seat_batch"]

INI = QSettings.Format.IniFormat
NAMES = ("欧阳思源", "毛超", "常瑶桐", "文娟梅", "易敏莹", "任帆辉", "李㛃", "王䶮", "马𫘝宇", "沈刚峰",
         "汤琳蓉", "江琪艳", "买买提·吐尔逊", "赵鑫", "钱小雨", "孙立军", "周慧敏", "吴桐", "郑爽", "冯雪峰",
         "陈思远", "褚时健", "卫青", "蒋勋")


def number(place):
    return f"2601001004101001{place:03d}"


PEOPLE = [(name, f"1101011990030799{place:02d}", number(place), 3 if place <= 16 else 4)
          for place, name in enumerate(NAMES, 1)]


def commands(desk, settings=None):
    """`settings`: where column presets are kept; None: nowhere."""
    return MarksCommands(*(partial(_on, verb, desk) for verb in (enter_mark, enter_marks, settle_mark)),
                         lambda command, step: import_marks(command, desk, step), partial(_on, judge_mark, desk),
                         correcting(desk), LayoutPresets(settings or QSettings(os.devnull, INI), "marks"))


def correcting(desk):
    """Whoever agrees is named by their login; their passphrase is `agreed`."""
    def sign_in(login, passphrase):
        with desk.work(_first(desk)) as work:
            found = work.operators.by_login(login)
        if passphrase != "agreed":
            raise RuleViolation("passphrase_wrong", "passphrase")
        return found.id

    def others(own):
        with desk.work(_first(desk)) as work:
            return others_who_correct([one for role in MAY_CORRECT for one in work.operators.holding(role)], own)

    return Correcting(partial(_on, correct_mark, desk), sign_in, others)


def _first(desk):
    """Any operator: a unit of work has one."""
    with desk.engine.begin() as connection:
        return connection.scalar(select(operator.c.id).limit(1))


def _on(verb, desk, command):
    return verb(command, desk)


def marks_page(centre, tasks, qtbot, login, settings=None):
    """The page as this operator sees it, shown and with its batch open."""
    operator = next(one for one in centre.reads.operators() if one.login == login)
    view_model = MarksViewModel(centre.reads, commands(centre.desk, settings), centre.desk.schemes, tasks, operator)
    page = MarksPage(view_model, settings)
    qtbot.addWidget(page)
    page.resize(1200, 700)
    with qtbot.waitSignal(view_model.batch_opened, timeout=5000):
        page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page


def day_page(make, centre, tasks, qtbot, login, ready):
    """A page that `make(operator id)` builds, shown; waits for the signal `ready(page)` of its first reading."""
    page = make(operators(centre)[login])
    qtbot.addWidget(page)
    page.resize(1200, 700)
    with qtbot.waitSignal(ready(page), timeout=5000):
        page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page
