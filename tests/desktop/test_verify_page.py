"""Verifying by scanner, drop, paste and file: the state, the fields, the person, and the way to the next one."""

import pytest
from certificate_kit import DOCUMENT, REVOKED, certificate_text, pages, picture
from PIL import Image, ImageDraw
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage

from appraisal.credential.cose import Ed25519Signer
from appraisal.credential.symbol import symbol, to_grey
from appraisal.credential.verdict import Code
from desktop.models.chips import Tone
from desktop.pages.verify import VerifyPage
from desktop.viewmodels.verify import Verifier, VerifyViewModel
from desktop.viewmodels.verify_words import verdict_chip
from desktop.widgets.chip import StateChip

STRANGER = Ed25519Signer.from_seed(bytes([9]) * 32)


@pytest.fixture
def page(centre, tasks, qtbot):
    verifier = Verifier(centre.reads, lambda: centre.clock() // 1000)
    made = VerifyPage(VerifyViewModel(tasks, verifier.of_bytes, verifier.of_text, centre.desk.schemes), tasks)
    qtbot.addWidget(made)
    made.resize(1100, 680)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.scan.hasFocus)
    return made


def shown(page):
    return page._view_model.chosen.verdict.code if page._view_model.chosen else None


def scan(page, qtbot, text):
    QGuiApplication.clipboard().setText(text)
    page.scan.paste()  # as fast as a scanner
    qtbot.keyClick(page.scan, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.states.currentIndex() == 1 and page.verdict.isVisible())


def drop(page, *paths):
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    page.dropEvent(QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, held, Qt.MouseButton.LeftButton,
                              Qt.KeyboardModifier.NoModifier))


def test_the_scanner_types_and_the_state_stands_there(page, centre, qtbot):
    scan(page, qtbot, certificate_text(centre))
    assert page.verdict.word.text() == "Valid"
    assert "Compare every line" in page.verdict.sentence.text()
    values = {title: value.text() for title, value in page.fields.values.items()}
    assert [part.split("\N{NO-BREAK SPACE}")[1] for part in values["Marks"].split(" · ")] == [
        "86", "92.5", "78", "75", "88", "70.5", "95"]
    assert values["Name"] == "欧阳娜娜"
    assert values["Latin name"] == "OUYANG Nana"
    assert values["Certificate number"] == "ZGC-2026-0001-000001X"
    assert values["Signed on"] == "2026-12-11"
    assert values["Scheme"] == centre.desk.schemes["innovation-talent"].name.en
    assert values["Signed by"] == "Example City Skills Appraisal Centre"
    assert values["Status list"] == "2 days old"
    assert page.radar.isVisible()
    assert "92.5" in page.radar.accessibleDescription()
    assert page.scan.text() == ""
    assert not page.table.isVisible()


def test_escape_makes_ready_for_the_next(page, centre, qtbot):
    scan(page, qtbot, certificate_text(centre))
    page.person.number.setFocus()
    qtbot.keyClicks(page.person.number, "1101")
    qtbot.keyClick(page.person.number, Qt.Key.Key_Escape)
    assert page.states.currentIndex() == 0
    assert page.scan.hasFocus()
    assert not page.again.isVisible()


@pytest.mark.parametrize(("changed", "code"), [
    ({"place": REVOKED}, Code.REVOKED),
    ({"signer": STRANGER}, Code.KEY_UNKNOWN),
    ({"status": (2, 5)}, Code.VALID_STATUS_UNKNOWN),
    ({"issued": 1_600_000_000}, Code.KEY_OUT_OF_WINDOW),
])
def test_each_state_has_its_word_and_its_advice(page, centre, qtbot, changed, code):
    scan(page, qtbot, certificate_text(centre, **changed))
    assert shown(page) is code
    assert page.verdict.word.text() == verdict_chip(code).word
    assert page.fields.isVisible()
    unsigned = code is Code.KEY_UNKNOWN
    assert page.fields.heading.text() == (
        "What somebody wrote into it" if unsigned else "Compare with what is printed")
    assert page.person.number.isEnabled() is not unsigned


def test_one_digit_changed(page, centre, qtbot):
    text = certificate_text(centre)
    scan(page, qtbot, text[:-40] + str((int(text[-40]) + 1) % 10) + text[-39:])
    assert shown(page) in {Code.BAD_SIGNATURE, Code.MALFORMED}
    assert verdict_chip(shown(page)).tone is Tone.REFUSE


def test_an_edited_number_and_name_beside_a_true_code(page, centre, qtbot, tmp_path):
    """What the code certifies stands on the page, whatever is printed beside it, and that both are to be compared."""
    code = Image.fromarray(to_grey(symbol(certificate_text(centre)), 6)).convert("RGB")
    paper = Image.new("RGB", (code.width + 700, code.height + 100), "white")
    paper.paste(code, (650, 50))
    pen = ImageDraw.Draw(paper)
    pen.text((40, 80), "ZGC-2026-0001-0000099", "black", font_size=40)
    pen.text((40, 160), "ZHANG Wei", "black", font_size=40)
    paper.save(tmp_path / "edited.png")
    drop(page, tmp_path / "edited.png")
    qtbot.waitUntil(lambda: shown(page) is Code.VALID, timeout=10_000)
    values = {title: value.text() for title, value in page.fields.values.items()}
    assert (values["Certificate number"], values["Latin name"]) == ("ZGC-2026-0001-000001X", "OUYANG Nana")
    assert "Compare every line" in page.verdict.sentence.text()


def test_something_else_is_no_certificate(page, qtbot):
    scan(page, qtbot, "https://example.com/menu")
    assert shown(page) is Code.MALFORMED
    assert not page.fields.isVisible()
    assert not page.person.isVisible()


def test_a_pdf_of_several_gives_a_list_and_arrows_go_through_it(page, centre, qtbot, tmp_path):
    path = tmp_path / "证书.pdf"
    path.write_bytes(pages(certificate_text(centre), certificate_text(centre, REVOKED, "陈𬱖"),
                           certificate_text(centre, 3, "古丽", STRANGER)))
    drop(page, path)
    qtbot.waitUntil(page.table.isVisible, timeout=10000)
    assert page.table.model().rowCount() == 3
    assert shown(page) is Code.VALID
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    assert shown(page) is Code.REVOKED
    assert page.fields.values["Name"].text() == "陈𬱖"
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    assert shown(page) is Code.KEY_UNKNOWN


def test_several_files_of_which_one_is_nothing(page, centre, qtbot, tmp_path):
    good, bad, gone = tmp_path / "a.png", tmp_path / "b.png", tmp_path / "c.png"
    good.write_bytes(picture(certificate_text(centre)))
    bad.write_bytes(b"\x89PNG\r\n\x1a\n cut short")
    drop(page, good, bad, gone)
    qtbot.waitUntil(page.table.isVisible)
    sentences = []
    for row in range(3):
        page.table.go_to(row)
        sentences.append(page.verdict.sentence.text())
    assert "has nothing against it" in sentences[0]
    assert sentences[1].startswith("b.png")
    assert "cut short" in sentences[1]
    assert "c.png could not be read" in sentences[2]


def test_a_picture_is_pasted_into_the_line(page, centre, qtbot):
    QGuiApplication.clipboard().setImage(QImage.fromData(picture(certificate_text(centre))))
    qtbot.keyClick(page.scan, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: shown(page) is Code.VALID)


def test_text_is_pasted_by_the_button(page, centre, qtbot):
    QGuiApplication.clipboard().setText(certificate_text(centre))
    qtbot.mouseClick(page.paste, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shown(page) is Code.VALID)


def test_an_empty_clipboard_is_said(page, qtbot):
    QGuiApplication.clipboard().clear()
    qtbot.mouseClick(page.paste, Qt.MouseButton.LeftButton)
    assert "neither text nor a picture" in page.reading.text.text()


@pytest.mark.parametrize(("typed", "word"), [
    (DOCUMENT, "Belongs to this person"), (DOCUMENT[:-1] + "2", "Not this person's")])
def test_whose_it_is(page, centre, qtbot, typed, word):
    scan(page, qtbot, certificate_text(centre))
    qtbot.keyClicks(page.person.number, typed)
    qtbot.keyClick(page.person.number, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.person.chip is not None and page.person.chip.chip().word == word, timeout=5000)
    qtbot.keyClick(page.person.number, Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: page.person.chip is None)


def test_an_answer_about_a_number_that_has_changed_since_is_dropped(page, centre, qtbot):
    scan(page, qtbot, certificate_text(centre))
    qtbot.keyClicks(page.person.number, DOCUMENT)
    qtbot.keyClick(page.person.number, Qt.Key.Key_Return)
    assert page.person.chip.chip().word == "Comparing …"
    qtbot.keyClick(page.person.number, Qt.Key.Key_Backspace)
    qtbot.wait(1200)  # longer than the comparison takes
    assert page.person.chip is None


def test_what_is_still_being_read_when_escape_is_pressed_does_not_come_back(page, centre, qtbot):
    page._view_model.check_picture(picture(certificate_text(centre)))
    qtbot.keyClick(page.scan, Qt.Key.Key_Escape)
    qtbot.wait(400)
    assert page.states.currentIndex() == 0
    assert not page.reading.isVisible()


def test_a_certificate_without_a_tag_says_so(page, centre, qtbot):
    scan(page, qtbot, certificate_text(centre, tagged=False, qualities=False))
    assert not page.radar.isVisible()
    qtbot.keyClicks(page.person.number, DOCUMENT)
    qtbot.mouseClick(page.person.check, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.person.chip is not None and "does not say" in page.person.chip.chip().word)


def test_every_verdict_has_a_chip_of_its_own(qtbot):
    chips = [verdict_chip(code) for code in Code]
    assert len({chip.word for chip in chips}) == len(chips)
    assert [code for code in Code if verdict_chip(code).tone is Tone.GOOD] == [Code.VALID]
    for chip in chips:
        made = StateChip(chip)
        qtbot.addWidget(made)
        assert made.accessibleName() == chip.word
