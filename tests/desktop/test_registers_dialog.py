"""Papers of a batch from the window and by command: files where they were asked for, noted, and none half-made."""

import json
import stat
from pathlib import Path

import pypdfium2
import pytest
from kit.exam_days import ExamDay
from PySide6.QtCore import Qt
from sqlalchemy import select

from appraisal.documents.archive_package import check_archive
from appraisal.documents.fonts import FontBook, shipped_fonts
from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.domain.handout import Means
from appraisal.domain.operator import Role
from appraisal.journal import read
from appraisal.usecases.ports import no_step
from appraisal.usecases.record_handout import RecordHandout, record_handout
from db.engine import open_sqlite
from db.schema import journal
from desktop.binder import DOCUMENTS, Binder, Wanted
from desktop.pages.registers_dialog import RegistersDialog
from desktop.tasks import Cancelled
from desktop.viewmodels.registers import RegisterCommands, RegistersViewModel


@pytest.fixture(scope="module")
def fonts_of_paper():
    return FontBook(shipped_fonts())


@pytest.fixture
def exam(tmp_path):
    made = ExamDay(open_sqlite(tmp_path / "desk.db"), people=8).enrol().seat().examine().mark()
    yield made
    made.engine.dispose()


@pytest.fixture
def binder(exam, fonts_of_paper):
    def note(title, rows, name):
        record_handout(RecordHandout(title, rows, Means.PAPER, False, name, exam.who[Role.SUPERVISOR]), exam.desk)

    return Binder(exam.reads, fonts_of_paper, exam.day.clock, note)


@pytest.fixture
def dialog(exam, binder, tasks, qtbot):
    batch = next(one for one in exam.reads.batches() if one.id == exam.batch)
    commands = RegisterCommands(
        [(name, name) for name in DOCUMENTS],
        lambda names, folder, language, sheets, progress: binder.write(
            Wanted(batch.id, names, folder, language, sheets), progress.step),
        lambda file, language, progress: binder.archive(batch.id, file, language, progress.step))
    made = RegistersDialog(RegistersViewModel(batch, commands, tasks))
    made.show()
    yield made
    made.close()


def notes(exam):
    with exam.engine.begin() as connection:
        found = [read(one) for one in connection.scalars(
            select(journal.c.entry).where(journal.c.kind == "handout.made").order_by(journal.c.position))]
    return [(one.why, one.body["rows"]) for one in found]


def test_what_is_ticked_is_written_and_noted(dialog, exam, tmp_path, qtbot):
    assert not dialog.save.isEnabled()
    dialog.list.item(DOCUMENTS.index("sign_in")).setCheckState(Qt.CheckState.Checked)
    dialog.list.item(DOCUMENTS.index("marks_register")).setCheckState(Qt.CheckState.Checked)
    dialog.language.setCurrentIndex(dialog.language.findData("zh_CN"))
    dialog.sheets.setChecked(True)
    folder = tmp_path / "papers" / "of the batch"
    with qtbot.waitSignal(dialog.view_model.written, timeout=10_000) as done:
        dialog.write_to(folder)
    assert done.args == [4, str(folder)]
    assert sorted(one.name for one in folder.iterdir()) == [
        "B1-成绩登记表.pdf", "B1-成绩登记表.xlsx", "B1-签到表.pdf", "B1-签到表.xlsx"]
    assert all(stat.S_IMODE(one.stat().st_mode) == 0o600 for one in folder.iterdir())
    assert notes(exam) == [("sign_in", 8), ("marks_register", 8)]
    assert dialog.notice.isVisible()


def test_the_archive_from_the_window_is_whole(dialog, exam, tmp_path, qtbot):
    with qtbot.waitSignal(dialog.view_model.archived, timeout=10_000) as done:
        dialog.archive_to(tmp_path / "B1.zip")
    assert check_archive(tmp_path / "B1.zip") == done.args[0] - 1
    assert notes(exam) == [("archive", 8)]


def test_all_of_them_at_once(dialog, tmp_path, qtbot):
    dialog.all.setChecked(True)
    with qtbot.waitSignal(dialog.view_model.written, timeout=20_000) as done:
        qtbot.waitUntil(dialog.save.isEnabled)
        dialog.write_to(tmp_path / "all")
    assert done.args[0] == len(DOCUMENTS) + 1
    assert len(list((tmp_path / "all").glob("*.html"))) == 1
    for file in (tmp_path / "all").glob("*.pdf"):
        document = pypdfium2.PdfDocument(file)
        assert len(document) > 0
        document.close()


def test_a_cancel_leaves_no_archive_behind(binder, exam, tmp_path):
    def cancel(done, _total):
        if done > 5:
            raise Cancelled

    with pytest.raises(Cancelled):
        binder.archive(exam.batch, tmp_path / "B1.zip", "zh_CN", cancel)
    assert [one.name for one in tmp_path.iterdir() if "zip" in one.name] == []
    assert notes(exam) == []


def test_a_folder_that_cannot_be_written(binder, exam, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(EnvironmentFault, match="file_not_written"):
        binder.write(Wanted(exam.batch, ["sign_in"], tmp_path / "file" / "x", "zh_CN"), no_step)
    with pytest.raises(EnvironmentFault, match="file_not_written"):
        binder.archive(exam.batch, tmp_path / "nowhere" / "B1.zip", "zh_CN", no_step)


def test_a_name_that_is_no_register(binder, exam, tmp_path):
    with pytest.raises(RuleViolation, match="register_unknown"):
        binder.write(Wanted(exam.batch, ["sign_in", "nothing"], tmp_path / "x", "zh_CN"), no_step)
    assert not (tmp_path / "x").exists()


def test_a_batch_of_nobody_has_no_papers(binder, exam, tmp_path):
    empty = exam.day.open_batch("B2")
    with pytest.raises(RuleViolation, match="nobody_enrolled"):
        binder.write(Wanted(empty, ["sign_in"], tmp_path / "x", "zh_CN"), no_step)


def test_by_command(tmp_path, capsys):
    from desktop.cli import main  # noqa: PLC0415

    def run(*words):
        code = main([*map(str, words), "--json"])
        said = capsys.readouterr()
        return code, json.loads(said.out), said.err

    data = tmp_path / "desk"
    assert run("--data", data, "demo", "--out", tmp_path / "demo")[0] == 0
    batch = "2026-AI-04"
    code, answer, _ = run("--data", data, "registers", "render", "--batch", batch, "--out", tmp_path / "papers",
                          "--only", "sign_in", "--only", "ticket", "--sheets")
    assert (code, [Path(one).suffix for one in answer["files"]]) == (0, [".pdf", ".xlsx", ".pdf"])
    code, answer, _ = run("--data", data, "archive", "make", "--batch", batch, "--out", tmp_path / "a.zip")
    assert code == 0
    code, checked, _ = run("archive", "check", tmp_path / "a.zip")
    assert (code, checked["files"], checked["intact"]) == (0, answer["files"] - 1, True)
    (tmp_path / "a.zip").write_bytes((tmp_path / "a.zip").read_bytes()[:-50])
    code, refused, said = run("archive", "check", tmp_path / "a.zip")
    assert (code, refused["error"]) == (1, "archive_unreadable")
    assert "a.zip" in said
