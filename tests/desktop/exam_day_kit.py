"""The exam day page over an examined batch of a simulated desk."""

from functools import partial

import marks_kit
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from appraisal.usecases import exam_day, examine
from desktop.pages.exam_day import ExamDayPage
from desktop.pages.marks import MarksPage
from desktop.viewmodels.exam_day import ExamDayCommands, ExamDayViewModel
from desktop.viewmodels.marks import MarksViewModel


def exam_page(exam, role, tasks, qtbot, settings=None):
    """As the operator of this role sees it, its book read."""
    operator = next(one for one in exam.reads.operators() if one.id == exam.who[role])
    commands = ExamDayCommands(*(partial(_on, verb, exam.desk) for verb in (
        exam_day.record_attendance, exam_day.close_door, exam_day.record_incident, exam_day.void_incident,
        exam_day.count_papers, exam_day.plan_session, exam_day.place_session, examine.enlist_examiner,
        examine.draw_staff)), lambda count: bytes(range(count)))
    view_model = ExamDayViewModel(exam.reads, commands, tasks, operator)
    page = ExamDayPage(view_model, settings)
    qtbot.addWidget(page)
    page.resize(1200, 720)
    with qtbot.waitSignal(view_model.shown, timeout=5000):
        page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page


def marks_page_of(exam, role, tasks, qtbot):
    """The marks page of the same batch."""
    operator = next(one for one in exam.reads.operators() if one.id == exam.who[role])
    view_model = MarksViewModel(exam.reads, marks_kit.commands(exam.desk), exam.desk.schemes, tasks, operator)
    page = MarksPage(view_model)
    qtbot.addWidget(page)
    page.resize(1200, 700)
    with qtbot.waitSignal(view_model.batch_opened, timeout=5000):
        page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page


def put(editor, text):
    """As an input method commits it: a key stands for no Chinese character."""
    editor.setFocus()
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(editor, event)


def _on(verb, desk, command):
    return verb(command, desk)
