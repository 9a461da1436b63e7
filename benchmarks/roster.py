"""A roster of --n rows in the 33 columns, through the Candidates page as it is clicked: preview, a mended cell, import,
and a cancelled import; with the longest pause of the window's loop and the peak memory."""

import argparse
import json
import os
import random
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import xlsxwriter
from PySide6.QtCore import QEventLoop, QSettings, QTimer, SignalInstance
from PySide6.QtWidgets import QApplication
from python_calamine import CalamineWorkbook

from appraisal.catalogue import load_schemes
from appraisal.domain.batch import BatchState
from appraisal.domain.operator import Role
from appraisal.sheets.template import roster_template
from appraisal.usecases.open_batch import MoveBatch, OpenBatch, move_batch, open_batch
from benchmarks import crowd
from db.centre import Centre
from desktop.interpreter import Interpreter
from desktop.page_builders import PAGES
from desktop.page_parts import PageParts
from desktop.tasks import Tasks
from desktop.theme import Scheme, apply_theme, register_fonts

SCHEME = "ai-trainer"
BEAT = 5
"""Milliseconds between two looks at whether the loop runs."""
LOOK, PATIENCE = 300, 120_000


def workbook(people: int) -> bytes:
    """The template as an organisation fills it in."""
    template = CalamineWorkbook.from_filelike(BytesIO(roster_template(load_schemes()[SCHEME])))
    titles = [str(one) for one in template.get_sheet_by_index(0).to_python()[0]]
    out, chance = BytesIO(), random.Random(3)
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, titles)
        for serial in range(people):
            said = line(chance, serial)
            for column, title in enumerate(titles):
                if (value := said.get(title.rstrip("*"))) is not None:
                    sheet.write(serial + 1, column, value)
    return out.getvalue()


def line(chance: random.Random, serial: int) -> dict[str, str | int]:
    """What the organisation says of one person, by the template's titles."""
    who = crowd.candidate(chance, serial, "")
    return {
        "序号": serial + 1, "职业工种名称": "人工智能训练师", "认定等级": "三级/高级工",
        "申报条件": "累计从事本职业或相关职业工作满10年", "证件类型": "居民身份证",
        "证件号码": who.identity.document_number, "姓名": who.identity.name, "手机号码": who.contact.phone,
        "是否有职业资格证书": "否", "文化程度": "大学本科", "所在省（市）区": "北京市", "考生来源": "企业职工",
        "所在单位": who.background.employer, "报名单位": who.background.employer, "认定分类": "社会评价",
        "专业": "计算机", "考试类型": "正考", "民族": "汉族", "电子邮箱": who.contact.email, "政治面貌": "群众",
        "通讯地址": who.contact.address, "邮政编码": "100000"}


class Heart:
    """Beats in the window's loop; `longest` is how far two beats were apart, in seconds."""

    def __init__(self) -> None:
        self.longest, self._last = 0.0, time.perf_counter()
        self._timer = QTimer(interval=BEAT)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        self.longest, self._last = 0.0, time.perf_counter()
        self._timer.start()

    def stop(self) -> float:
        self._timer.stop()
        self._beat()
        return self.longest

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest, self._last = max(self.longest, now - self._last), now


def until(signal: SignalInstance, begin: Callable[[], None]) -> float:
    """Seconds until the signal comes; then somebody looks at the page for LOOK milliseconds."""
    loop, patience = QEventLoop(), QTimer(singleShot=True, interval=PATIENCE)
    came: list[float] = []

    def come(*_given: object) -> None:
        came.append(time.perf_counter())
        QTimer.singleShot(LOOK, loop.quit)

    signal.connect(come)
    patience.timeout.connect(loop.quit)
    started = time.perf_counter()
    QTimer.singleShot(0, begin)
    patience.start()
    loop.exec()
    signal.disconnect(come)
    return came[0] - started


def opened_batch(centre: Centre, places: int) -> None:
    supervisor, exam_day = crowd.operator(centre, Role.SUPERVISOR), datetime.now(UTC).date() + timedelta(days=60)
    batch = open_batch(OpenBatch("2026-R", "测量批次", SCHEME, exam_day, places, supervisor), centre.desk)
    for state in (BatchState.FILED, BatchState.PUBLISHED):
        move_batch(MoveBatch(batch, state, supervisor), centre.desk)


def measured(centre: Centre, file: Path, settings: QSettings) -> dict[str, float]:
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    register_fonts()
    apply_theme(app, Scheme.LIGHT)
    tasks, interpreter = Tasks(), Interpreter(app)
    registrar = next(one for one in centre.reads.operators() if Role.REGISTRAR in one.roles)
    build = next(build for name, _, build in PAGES if name == "candidates")
    page = build(PageParts(centre, registrar, tasks, settings))
    page.resize(1366, 768)
    page.show()
    roster = page.roster  # type: ignore[attr-defined]  # the page is known by what the window asks of it
    model, heart, found = roster._view_model, Heart(), {}  # noqa: SLF001 - nothing of it is changed
    page.import_roster()  # type: ignore[attr-defined]
    while not roster.batch.count():
        app.processEvents()
    until(model.previewed, lambda: model.open(str(file)))  # fonts, tables and the workbook's reader are loaded
    heart.start()
    found["preview_s"] = until(model.previewed, lambda: model.open(str(file)))
    rows = model.shown.reading.rows
    found["mended_ms"] = 1e3 * until(model.mended, lambda: model.mend(rows[-1].row, "name", "欧阳娜娜"))

    def cancelled() -> float:
        begun: list[float] = []

        def cancel(progress: object, _importing: bool) -> None:
            def now() -> None:
                begun.append(time.perf_counter())
                progress.cancel()  # type: ignore[attr-defined]

            QTimer.singleShot(300, now)

        model.began.connect(cancel)
        started = time.perf_counter()
        ended = started + until(model.ended, lambda: model.take_in(()))
        model.began.disconnect(cancel)
        return ended - begun[0]

    found["cancel_ms"] = 1e3 * cancelled()
    found["import_s"] = until(model.imported, lambda: model.take_in(()))
    found["pause_ms"] = 1e3 * heart.stop()
    page.close()
    tasks.close()
    interpreter.end()
    return found


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--n", type=int, default=5000)
    arguments.add_argument("--json", action="store_true")
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "roster.xlsx"
        file.write_bytes(workbook(chosen.n))
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        crowd.found(Path(folder) / "desk")
        centre = crowd.open_desk(Path(folder) / "desk")
        opened_batch(centre, chosen.n)
        found = measured(centre, file, QSettings(str(Path(folder) / "window.ini"), QSettings.Format.IniFormat))
        enrolled = sum(one.enrolled for one in centre.reads.batches())
        centre.close()
    assert enrolled == chosen.n, enrolled
    result = {"benchmark": "roster", "n": chosen.n, **{name: round(value, 3) for name, value in found.items()},
              "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
              "before_mb": round(before / 1024, 1)}
    print(json.dumps(result) if chosen.json else "\n".join(f"{name}: {value}" for name, value in result.items()))


if __name__ == "__main__":
    main()
