"""A re-check asked while the publicity runs, answered, its slip on paper, and the publicity closed only then."""

from datetime import date
from functools import partial

import pypdfium2
import pytest
from exam_day_kit import put
from kit.exam_days import ExamDay
from PySide6.QtCore import Qt

from appraisal.documents.fonts import FontBook, shipped_fonts
from appraisal.domain.batch import BatchState
from appraisal.domain.operator import Role
from appraisal.domain.publicity import Finding
from appraisal.usecases.open_batch import move_batch, open_batch
from appraisal.usecases.publicise import (
    Publicise,
    answer_recheck,
    ask_recheck,
    close_publicity,
    publicise,
    raise_objection,
    settle_objection,
)
from db.engine import open_sqlite
from desktop.binder import Binder
from desktop.pages.batches import BatchesPage
from desktop.viewmodels.batches import BatchCommands, BatchesViewModel
from desktop.viewmodels.rechecks import RecheckCommands, RechecksViewModel

DAY_MS = 86_400_000


def on(verb, desk, command):
    return verb(command, desk)


@pytest.fixture
def exam(tmp_path):
    made = ExamDay(open_sqlite(tmp_path / "desk.db"), people=8, photos=False).enrol().seat().examine().mark()
    made.day.move(made.batch, BatchState.MARKING)
    publicise(Publicise(made.batch, made.who[Role.SUPERVISOR]), made.desk)
    yield made
    made.engine.dispose()


@pytest.fixture
def page(exam, tasks, qtbot):
    commands = BatchCommands(*(partial(on, verb, exam.desk) for verb in (
        open_batch, move_batch, publicise, close_publicity, raise_objection, settle_objection)))
    binder = Binder(exam.reads, FontBook(shipped_fonts()), exam.day.clock, lambda *_: None)
    operator = exam.who[Role.SUPERVISOR]
    rechecks = RechecksViewModel(exam.reads, RecheckCommands(
        partial(on, ask_recheck, exam.desk), partial(on, answer_recheck, exam.desk),
        lambda batch, one, file: binder.reply(batch, one, file, "zh_CN")), tasks, operator)
    made = BatchesPage(BatchesViewModel(exam.reads, commands, exam.desk.schemes, tasks, operator,
                                        lambda: date(2026, 11, 20)), rechecks=rechecks)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    with qtbot.waitSignal(rechecks.shown, timeout=5000):
        made.show()
    return made


def test_from_the_question_to_the_slip(page, exam, tmp_path, qtbot):
    widget = page.detail.rechecks
    one = next(found for found in exam.reads.outcomes(exam.batch) if found.enrolment == exam.ids[5])
    put(widget.person.lineEdit(), f"{one.name}  {one.admission_number}")
    assert widget.subject.count() == 2
    put(widget.text, "请核对合分")
    with qtbot.waitSignal(widget.view_model.recorded, timeout=3000):
        qtbot.mouseClick(widget.put, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(widget.listed) == 1)
    exam.day.clock.now += 20 * DAY_MS
    with qtbot.waitSignal(page.view_model.refused, timeout=3000) as said:
        qtbot.mouseClick(page.detail.step, Qt.MouseButton.LeftButton)
    assert said.args[1].code == "recheck_open"
    asked = widget.listed[0]
    with qtbot.waitSignal(widget.view_model.refusal, timeout=3000):
        qtbot.mouseClick(asked.answer, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: widget.listed[0] is not asked)
    asked = widget.listed[0]
    asked.findings[Finding.SUM].setChecked(True)
    put(asked.reply, "合分更正")
    with qtbot.waitSignal(widget.view_model.answered, timeout=3000):
        qtbot.mouseClick(asked.answer, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: exam.reads.rechecks(exam.batch)[0].findings == (Finding.SUM,))
    answered, = exam.reads.rechecks(exam.batch)
    with qtbot.waitSignal(widget.view_model.slip_written, timeout=5000):
        qtbot.waitUntil(lambda: not widget.view_model._busy)
        widget.view_model.write_slip(answered, tmp_path / "slip.pdf")
    document = pypdfium2.PdfDocument(tmp_path / "slip.pdf")
    sheet = document[0]
    words = sheet.get_textpage()
    text = words.get_text_range()
    words.close()
    sheet.close()
    document.close()
    assert all(piece in text for piece in (one.name, "请核对合分", "合分有误", "合分更正"))
    with qtbot.waitSignal(page.view_model.moved, timeout=3000):
        qtbot.mouseClick(page.detail.step, Qt.MouseButton.LeftButton)


def test_who_asks_is_chosen(page, qtbot):
    widget = page.detail.rechecks
    qtbot.mouseClick(widget.put, Qt.MouseButton.LeftButton)
    assert widget.form.rows["person"].refusal()
