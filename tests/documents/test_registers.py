"""Registers, tickets and stickers say what the book says, on as many pages as they need; nothing is cut."""

import io
import re
from dataclasses import replace

import pypdfium2
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from kit.exam_days import ExamDay
from python_calamine import CalamineWorkbook

from appraisal.documents import cards
from appraisal.documents.fonts import FontBook, shipped_fonts
from appraisal.documents.paper import Paper
from appraisal.documents.register import Column, Register, Section, draw_register
from appraisal.documents.register_page import register_page
from appraisal.documents.register_sheet import register_workbook
from appraisal.documents.register_words import Words
from appraisal.documents.registers import REGISTERS, Setting
from appraisal.domain.book import Came
from appraisal.domain.exam_day import Attendance
from appraisal.domain.glyph import Glyph
from appraisal.domain.marks import Outcome
from appraisal.domain.names import mask_name, mask_number
from db.engine import open_sqlite

FONTS = FontBook(shipped_fonts())
MADE = "2026-11-23 09:30"
LANGUAGES = ("zh_CN", "en")


@pytest.fixture(scope="module")
def exam():
    made = ExamDay(open_sqlite(None)).enrol().seat().examine().mark()
    yield made
    made.engine.dispose()


@pytest.fixture(scope="module")
def book(exam):
    return exam.reads.book(exam.batch)


def pages(data):
    document = pypdfium2.PdfDocument(data)
    try:
        return [_text(page) for page in document]
    finally:
        document.close()


def _text(page):
    text = page.get_textpage()
    try:
        return text.get_text_range()
    finally:
        text.close()
        page.close()


def flat(text):
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", REGISTERS)
def test_every_cell_is_on_paper_and_every_page_says_which_it_is(name, language, book):
    register = REGISTERS[name](Setting(book, Words(language)))
    found = pages(draw_register(register, MADE, Words(language), FONTS))
    whole = flat("".join(found))
    for section in register.sections:
        for text in (*(one for row in section.rows for one in row), *section.notes, *(v for _, v in section.about)):
            assert flat(text) in whole
    for number, page in enumerate(found, 1):
        assert flat(Words(language)("page", number=number, count=len(found))) in flat(page)
        heads = [column.title for column in register.columns]
        for words in (register.form, register.title, register.digest()[:16], MADE, *heads):
            assert flat(words) in flat(page)
    for place in register.signatures:
        assert flat(place) in flat(found[-1])


def test_nobody_is_missing_and_nobody_is_twice(book):
    at = Setting(book, Words("zh_CN"))
    seated = sorted(one.number for one in book.seated())
    assert [row[1] for row in REGISTERS["marks_register"](at).sections[0].rows] == seated
    for session in book.sessions:
        of_it = [row[1] for section in REGISTERS["sign_in"](at).sections for row in section.rows
                 if at.session(session) in dict(section.about).values()]
        assert sorted(of_it) == sorted(one.number for one in book.sitting(session))


def test_the_marks_register_says_absent_void_and_what_is_not_examined(exam, book):
    at = Setting(book, Words("zh_CN"))
    rows = {row[1]: row[4:] for row in REGISTERS["marks_register"](at).sections[0].rows}
    by_id = {one.id: one for one in book.entrants}
    assert rows[by_id[exam.ids[1]].number] == ("缺考", "缺考", "/", "不合格")
    assert rows[by_id[exam.ids[3]].number][0::3] == ("作废", "作废")
    level_2 = rows[by_id[exam.ids[4]].number]
    assert level_2[2] == "74"
    assert level_2[3] == {"PASS": "合格", "FAIL": "不合格"}[by_id[exam.ids[4]].outcome()]


def test_the_summary_adds_up(book):
    rows = REGISTERS["outcome_summary"](Setting(book, Words("zh_CN"))).sections[0].rows
    assert [sum(int(row[n]) for row in rows[:-1]) for n in range(1, 7)] == [int(rows[-1][n]) for n in range(1, 7)]
    assert int(rows[-1][2]) == sum(int(rows[-1][n]) for n in range(3, 7)) == 60


def test_the_public_list_hides_whom_it_names(book):
    register = REGISTERS["publicity_list"](Setting(book, Words("zh_CN")))
    text = flat("".join(pages(draw_register(register, MADE, Words("zh_CN"), FONTS))))
    passed = [one for one in book.seated() if one.outcome() is Outcome.PASS]
    assert len(register.sections[0].rows) == len(passed) > 40
    for one in passed:
        assert one.person.identity.document_number not in text
        assert mask_number(one.person.identity.document_number) in text
        assert mask_name(one.name) in text
    for one in book.seated():
        assert one.name not in text


def test_the_room_record_counts_what_happened(exam, book):
    text = flat("".join(pages(draw_register(REGISTERS["room_record"](Setting(book, Words("zh_CN"))), MADE,
                                            Words("zh_CN"), FONTS))))
    assert "携带手机入场，监考员当场收存" in text
    came = [one.came[exam.theory].state for one in book.seated()]
    assert (came.count(Attendance.ABSENT), came.count(Attendance.LATE)) == (2, 1)
    assert len(re.findall("未登记0人", text)) == 4


def test_the_list_says_who_was_late_and_who_was_not_let_in(exam, book):
    late, other = book.seated()[:2]
    came = {exam.theory: Came(Attendance.LATE, 12)}, {exam.theory: Came(Attendance.REFUSED, 41)}
    at = Setting(replace(book, entrants=[replace(late, came=came[0]), replace(other, came=came[1])]), Words("zh_CN"))
    assert [row[5] for row in REGISTERS["sign_in"](at).sections[0].rows] == ["迟到12分", "不得入场（迟到41分）"]


def test_the_same_data_give_the_same_digest_and_one_other_mark_another(book):
    at = Setting(book, Words("zh_CN"))
    first = REGISTERS["marks_register"](at)
    assert first.digest() == REGISTERS["marks_register"](Setting(book, Words("zh_CN"))).digest()
    rows = first.sections[0].rows
    changed = replace(first.sections[0], rows=((*rows[0][:4], "99", *rows[0][5:]), *rows[1:]))
    assert replace(first, sections=(changed,)).digest() != first.digest()


def test_a_workbook_has_every_cell_as_text(book):
    register = REGISTERS["enrolment_summary"](Setting(book, Words("zh_CN")))
    book_of_one = CalamineWorkbook.from_filelike(io.BytesIO(register_workbook(register, MADE)))
    rows = book_of_one.get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert [tuple(row) for row in rows[4:64]] == list(register.sections[0].rows)
    assert register.digest() in rows[1][0]


def test_the_public_page_says_what_the_paper_says_and_runs_nothing(book):
    register = REGISTERS["publicity_list"](Setting(book, Words("zh_CN")))
    nasty = replace(register, sections=(replace(register.sections[0], rows=(
        ("1", "<script>alert(1)</script>", "&amp;", "\"'", "x"), *register.sections[0].rows)),))
    page = register_page(nasty, MADE, "zh_CN").decode()
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "default-src 'none'" in page
    for row in register.sections[0].rows:
        assert "".join(f"<td>{cell}</td>" for cell in row) in page


# cells of any length

texts = st.text(st.characters(codec="gb18030", exclude_categories=("C", "Z")), max_size=300)


@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=12))
def test_a_long_cell_grows_and_is_never_cut(rows):
    plain = [tuple("".join(one for one in text if FONTS.can_draw(one, "sans")) for text in row) for row in rows]
    paper = Paper("x", FONTS)
    for row in plain:
        for text in row:
            lines = paper.wrapped(text, 40, 8.5)
            assert "".join(lines) == text
            assert all(FONTS.width(line, "sans") * 8.5 <= 40 * 72 / 25.4 or len(line) == 1 for line in lines)
    columns = (Column("甲", 1), Column("乙", 3))
    register = Register("AD-00", "长", "中心", columns, (Section((), tuple(plain)),), ("签",))
    assert pages(draw_register(register, MADE, Words("zh_CN"), FONTS))


def test_a_register_of_nobody_is_one_page():
    register = Register("AD-00", "空", "中心", (Column("甲", 1),), (Section((), ()),), ("签",), "章")
    assert len(pages(draw_register(register, MADE, Words("zh_CN"), FONTS))) == 1


# tickets, stickers, faces

@pytest.fixture(scope="module")
def pictures(exam):
    return exam.reads.picture


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_ticket_says_who_where_and_when(language, exam, book, pictures):
    at = Setting(book, Words(language))
    found = pages(cards.tickets(at, pictures, FONTS))
    assert len(found) == 30
    for number, one in enumerate(book.seated()):
        page = flat(found[number // 2])
        for said in (one.name, one.number, one.person.identity.document_number, at.level(one)):
            assert flat(said) in page
        for session in book.sessions:
            assert flat(at.session(session)) in page
            assert flat(one.at(session.session)[0]) in page


def test_a_bar_code_is_read_back(book, pictures):
    for made, scale in ((cards.tickets(Setting(book, Words("zh_CN")), pictures, FONTS), 3),
                        (cards.desk_stickers(Setting(book, Words("zh_CN")), FONTS), 4)):
        document = pypdfium2.PdfDocument(made)
        page = document[0]
        read = {one.text for one in zxingcpp.read_barcodes(page.render(scale=scale).to_pil())}
        page.close()
        document.close()
        assert len(read) in {2, 24}
        assert read <= {one.number for one in book.seated()}


@pytest.mark.parametrize("make", [cards.door_stickers, cards.desk_stickers, cards.seat_map])
def test_each_room_of_each_sitting_is_there(make, book):
    text = flat("".join(pages(make(Setting(book, Words("zh_CN")), FONTS))))
    for session in book.sessions:
        for room, people in book.by_room(session).items():
            assert room in text
            if make is not cards.door_stickers:
                for one in people:
                    assert one.name in text
                    assert one.number in text


def test_the_roster_shows_everybody_with_face_and_state(exam, book, pictures):
    found = pages(cards.room_roster(Setting(book, Words("zh_CN")), pictures, FONTS))
    assert len(found) == sum(-(-len(people) // 12) for session in book.sessions
                             for people in book.by_room(session).values())
    text = flat("".join(found))
    assert all(text.count(one.number) == 2 for one in book.seated())
    assert text.count("×") == 120


def test_a_character_that_no_font_has_is_drawn(book, pictures):
    from kit.glyphs import a_glyph  # noqa: PLC0415

    from appraisal.documents.glyph import glyph_picture  # noqa: PLC0415

    rare = "\U0003ffff"
    one = book.seated()[0]
    identity = replace(one.person.identity, name=f"王{rare}")
    drawn = replace(one, person=replace(one.person, identity=identity), glyphs=(Glyph(rare, glyph_picture(a_glyph())),))
    at = Setting(replace(book, entrants=[drawn]), Words("zh_CN"))
    with_picture = cards.tickets(at, pictures, FONTS)
    bare = Setting(replace(book, entrants=[replace(drawn, glyphs=())]), Words("zh_CN"))
    without = cards.tickets(bare, pictures, FONTS)
    assert ink(with_picture) != ink(without)


def ink(data):
    document = pypdfium2.PdfDocument(data)
    page = document[0]
    found = page.render(scale=2).to_pil().tobytes()
    page.close()
    document.close()
    return found


def test_the_reply_slip_says_what_was_found(book):
    one = book.seated()[5]
    slip = cards.Slip("请核对合分", "理论知识", "81", "合分有误", "合分更正为58分", book.batch.exam_day)
    text = flat(pages(cards.reply_slip(Setting(book, Words("zh_CN")), one, slip, FONTS))[0])
    for said in (one.name, one.number, "请核对合分", "合分有误", "合分更正为58分"):
        assert said in text


def test_no_english_word_is_parted_where_another_break_will_do():
    paper = Paper("x", FONTS)
    for text in ("Level 2 / Technician", "Comprehensive review of everything", "one two three four five six"):
        for width in (14, 18, 22, 30):
            lines = paper.wrapped(text, width, 8.5)
            whole = [word for word in text.split() if paper.width(word, 8.5) <= width]
            assert all(any(word in line.split() for line in lines) for word in whole), (text, width, lines)
