"""Numbers in, certificates out: by clicks and keys, and as the database, the files and the printer have them."""

import io
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
import xlsxwriter
from certificate_kit import certified_batch, document, give_numbers, national
from issue_kit import certificates_page
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QInputDialog

sys.path.append(str(Path(__file__).parents[1] / "documents"))

import signing_kit
from pyhanko.pdf_utils.reader import PdfFileReader

from appraisal.credential.integrity import check_proofs
from appraisal.credential.reading import read_payloads
from appraisal.credential.verdict import Code, verify

NAMES = ("张伟", "欧阳娜娜", "陈𬱖", "王芳")


@pytest.fixture
def shown(press, tasks, settings, qtbot):
    def show(centre, login="certificate_officer"):
        page = certificates_page(centre, press, tasks, settings, login)
        qtbot.addWidget(page)
        page.resize(1150, 680)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(lambda: page._view_model.content is not None)
        return page

    return show


@pytest.fixture
def talent(centre):
    """A batch of the association's own scheme, three of whom have passed."""
    return certified_batch(centre, NAMES, failing=("王芳",), scheme="innovation-talent", code="Z1")


def issue_all(page, qtbot):
    qtbot.waitUntil(page.issue.isEnabled)
    qtbot.mouseClick(page.issue, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(page._view_model.content.issued), timeout=20000)


def test_issued_looked_at_saved_and_true(shown, centre, talent, qtbot, tmp_path, monkeypatch):
    page = shown(centre)
    assert page.issue.text() == "&Issue 3 certificates"
    assert not page.output.print.isEnabled()
    assert not page.import_numbers.isVisible()
    issue_all(page, qtbot)
    assert len(centre.reads.certificate_rows(talent)) == 3
    assert "3 certificates issued" in page.notice.text.text()
    assert page.tabs.currentWidget() is page.issued
    qtbot.waitUntil(lambda: page.preview.document.pageCount() == 1)
    assert not page.issue.isEnabled()
    file = tmp_path / "all.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    page.setFocus()
    qtbot.keyClick(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(file.exists)
    verdicts = [verify(text, centre.reads.trust(), centre.reads.statuses(), centre.clock() // 1000)
                for text in read_payloads(file.read_bytes())]
    assert {one.claims.name for one in verdicts} == {"张伟", "欧阳娜娜", "陈𬱖"}
    assert {one.code for one in verdicts} <= {Code.VALID, Code.VALID_STATUS_STALE}


def test_a_file_for_each_is_named_by_its_number(shown, centre, talent, qtbot, tmp_path, monkeypatch):
    page = shown(centre)
    issue_all(page, qtbot)
    folder = tmp_path / "each"
    folder.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    qtbot.waitUntil(page.output.save.isEnabled)
    assert page.output.save_each_of_all.text() == "All 3, a PDF for &each …"
    page.output.save_each_of_all.trigger()
    qtbot.waitUntil(lambda: "3 files saved" in page.notice.text.text())
    assert sorted(one.name for one in folder.iterdir()) == sorted(
        f"{one.number}.pdf" for one in centre.reads.certificate_rows(talent))


def test_where_nothing_can_be_written_the_fault_is_said(shown, centre, talent, qtbot, tmp_path, monkeypatch):
    page = shown(centre)
    issue_all(page, qtbot)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "gone" / "all.pdf"), ""))
    qtbot.waitUntil(page.output.save.isEnabled)
    page.output.save_chosen.trigger()
    qtbot.waitUntil(lambda: "could not be written" in page.notice.text.text())
    assert not (tmp_path / "gone").exists()


def signatures(file):
    return PdfFileReader(io.BytesIO(file.read_bytes())).embedded_signatures


@pytest.fixture
def issued(shown, centre, talent, qtbot):
    page = shown(centre)
    issue_all(page, qtbot)
    qtbot.waitUntil(page.output.save.isEnabled)
    return page


def saved(page, file, qtbot, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    page.output.save_all.trigger()
    qtbot.waitUntil(lambda: "Saved as" in page.notice.text.text(), timeout=20000)
    return file


def test_saved_signed_by_the_centre_until_nobody_signs(issued, centre, qtbot, tmp_path, monkeypatch):
    page = issued
    page.output.sign_by_centre.trigger()
    qtbot.waitUntil(lambda: "are signed by" in page.notice.text.text())
    assert page.output.sign_by_centre.isChecked()
    (signature,) = signatures(saved(page, tmp_path / "signed.pdf", qtbot, monkeypatch))
    assert signature.signer_cert.subject.native["common_name"] == page._view_model.signer.name
    assert signature.self_reported_timestamp.timestamp() == pytest.approx(centre.clock() / 1000, abs=60)
    qtbot.waitUntil(page.output.save.isEnabled)
    page.output.sign_by_nobody.trigger()
    assert "not signed" in page.notice.text.text()
    assert signatures(saved(page, tmp_path / "plain.pdf", qtbot, monkeypatch)) == []


def test_a_key_file_signs_once_its_passphrase_is_right(issued, centre, qtbot, tmp_path, monkeypatch):
    page, file, key = issued, tmp_path / "press.p12", signing_kit.rsa_key()
    now = datetime.fromtimestamp(centre.clock() / 1000, UTC)
    file.write_bytes(signing_kit.pkcs12_file(key, signing_kit.certificate(key, now.replace(year=now.year - 1),
                                                                          now.replace(year=now.year + 1))))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("not it", True))
    page.output.sign_by_file.trigger()
    qtbot.waitUntil(lambda: "passphrase" in page.notice.text.text())
    assert page.output.sign_by_nobody.isChecked()
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: (signing_kit.PASSPHRASE, True))
    page.output.sign_by_file.trigger()
    qtbot.waitUntil(lambda: "Example Press" in page.notice.text.text())
    assert page.output.sign_by_file.isChecked()
    assert len(signatures(saved(page, tmp_path / "signed.pdf", qtbot, monkeypatch))) == 1
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    page.output.sign_by_centre.setChecked(True)  # as the click does before the dialog
    page.output.sign_by_file.trigger()
    assert page.output.sign_by_file.isChecked()


def test_chosen_ones_are_saved_as_badges(issued, centre, talent, qtbot, tmp_path, monkeypatch):
    page, address = issued, "https://lists.example.org/status"
    page.issued.go_to(0)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "badges"))
    for typed, says in (("http//no", "https://"), (address, "Saved as")):
        monkeypatch.setattr(QInputDialog, "getText", lambda *_, typed=typed: (typed, True))
        qtbot.waitUntil(page.output.save.isEnabled)
        page.output.save_badges.trigger()
        qtbot.waitUntil(lambda says=says: says in page.notice.text.text(), timeout=20000)
    (file,) = (tmp_path / "badges").iterdir()
    badge = json.loads(file.read_text("utf-8"))
    assert file.stem in {one.number for one in centre.reads.certificate_rows(talent)}
    assert check_proofs(badge).public == centre.desk.signer.public
    assert badge["credentialStatus"][0]["statusListCredential"].startswith(address)


def test_printed_pages_carry_codes_that_read(shown, centre, talent, qtbot, tmp_path, monkeypatch):
    page, paper = shown(centre), tmp_path / "paper.pdf"
    issue_all(page, qtbot)

    def accept(dialog):
        dialog.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        dialog.printer().setOutputFileName(str(paper))
        dialog.printer().setResolution(300)
        return QPrintDialog.DialogCode.Accepted

    monkeypatch.setattr(QPrintDialog, "exec", accept)
    qtbot.waitUntil(page.output.print.isEnabled)
    page.output.print_all.trigger()
    qtbot.waitUntil(lambda: "3 pages were given" in page.notice.text.text(), timeout=20000)
    assert len(read_payloads(paper.read_bytes())) == 3


def test_only_those_chosen_are_issued(shown, centre, talent, qtbot):
    page = shown(centre)
    page.waiting.setFocus()
    page.waiting.go_to(0)
    qtbot.keyClick(page.waiting, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert page.issue.text() == "&Issue 2 certificates"
    qtbot.keyClick(page.waiting, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(page._view_model.content.issued) == 2, timeout=20000)
    assert [one.name for one in centre.reads.to_issue(talent)] == ["陈𬱖"]


def test_cancelled_nobody_has_one(shown, centre, talent, qtbot):
    page = shown(centre)
    qtbot.waitUntil(page.issue.isEnabled)
    qtbot.mouseClick(page.issue, Qt.MouseButton.LeftButton)
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: "Cancelled" in page.notice.text.text(), timeout=20000)
    assert centre.reads.certificate_rows(talent) == []
    assert len(centre.reads.to_issue(talent)) == 3


def test_without_the_right_it_is_refused_in_words(shown, centre, talent, qtbot):
    page = shown(centre, "registrar")
    qtbot.waitUntil(page.issue.isEnabled)
    qtbot.mouseClick(page.issue, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.notice.isVisible)
    assert page.notice.property("tone") == "refuse"
    assert centre.reads.certificate_rows(talent) == []


def sheet(path, rows):
    with xlsxwriter.Workbook(str(path), {"strings_to_numbers": False}) as book:
        made = book.add_worksheet()
        for at, cells in enumerate((("姓名", "证件号码", "证书编号", "证书版面发证日期"), *rows)):
            made.write_row(at, 0, cells)


def test_the_provinces_numbers_then_issue(shown, centre, qtbot, tmp_path, monkeypatch):
    batch = certified_batch(centre, NAMES)
    page = shown(centre)
    assert page.import_numbers.isVisible()
    assert not page.issue.isEnabled()
    qtbot.waitUntil(lambda: page.waiting.rows_model.row_at(0) is not None)
    assert "Import the list of numbers" in page.waiting.rows_model.index(0, 3).data()
    path = tmp_path / "编号.xlsx"
    sheet(path, [(name, document(at), national(at), "2027-01-08") for at, name in enumerate(NAMES[:3])]
          + [("王方", document(3), national(3), "2027-01-08")])
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    qtbot.mouseClick(page.import_numbers, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.numbers.isVisible)
    assert page.numbers.take_in.text() == "&Take in 3 numbers"
    model = page.numbers.table.rows_model
    qtbot.waitUntil(lambda: model.row_at(3) is not None)
    assert [model.index(at, 1).data() for at in range(4)] == ["New", "New", "New", "Refused"]
    assert model.index(3, 6).data().startswith("A5: ")
    qtbot.keyClick(page.numbers.take_in, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "Numbers taken in: 3" in page.numbers.notice.text.text())
    qtbot.keyClick(page.numbers, Qt.Key.Key_Escape)
    issue_all(page, qtbot)
    rows = centre.reads.certificate_rows(batch)
    assert {(one.number, one.issued.isoformat()) for one in rows} == {(national(at), "2027-01-08") for at in range(3)}
    assert [one.name for one in centre.reads.to_issue(batch)] == ["王芳"]


def test_a_file_that_is_no_list_is_said_on_the_page(shown, centre, qtbot, tmp_path, monkeypatch):
    certified_batch(centre, NAMES)
    page, path = shown(centre), tmp_path / "x.xlsx"
    path.write_bytes(b"PK nothing")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    qtbot.mouseClick(page.import_numbers, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.notice.isVisible)
    assert "x.xlsx" in page.notice.text.text()
    assert page.states.currentWidget() is page.list


def test_batches_are_chosen_by_key(shown, centre, talent, qtbot):
    other = certified_batch(centre, NAMES[:2], photos=False, code="2027-01")
    give_numbers(centre, other, NAMES[:2])
    page = shown(centre)
    places = [page.batch.itemData(at) for at in range(page.batch.count())]
    page.batch.setFocus()
    page.batch.setCurrentIndex(places.index(talent))
    qtbot.keyClick(page.batch, Qt.Key.Key_Down if places.index(other) > places.index(talent) else Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: page._view_model.batch.id == other)
    assert len(page._view_model.content.waiting) == 2
