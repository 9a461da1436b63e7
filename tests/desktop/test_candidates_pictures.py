"""Pictures of the candidates page with realistic people, to be looked at."""

import pytest
from candidates_kit import EXAM_DAY, IDS, NAMES, Day, csv, line, portrait
from PySide6.QtWidgets import QPushButton

from appraisal.domain.enrolment import EnrolmentState
from appraisal.domain.identity import check_digit
from appraisal.domain.person import Background, Contact, Identity
from appraisal.usecases.register_candidate import AttachPhotos, RegisterCandidate, attach_photos, register_candidate
from appraisal.usecases.submit_enrolment import ReviewEnrolments, review_enrolments

RARE = ("李㛃", "欧阳·娜仁托娅", "王䶮", "阿卜杜热合曼·买买提", "张伟", "单雄信", "仇英",
        "㼆晓明", "赵𫖯", "曾巩", "吕布", "段誉")


def number(at):
    first = f"11010119{80 + at % 19}0{1 + at % 9}1{at % 9}99{6 + at % 3}"
    return first + check_digit(first)


@pytest.fixture(scope="module")
def enrolled(tmp_path_factory):
    """One for all pictures: they only look."""
    made = Day(tmp_path_factory.mktemp("candidates") / "desk")
    lines = [line(at) for at in range(4)]
    lines += [line(0, name=name, number=number(at), phone=f"154000000{at:02d}", level="四级/中级工",
                   condition="工作多年" if at % 4 == 0 else "累计从事本职业或相关职业工作满5年")
              for at, name in enumerate(RARE)]
    enrolments = made.import_lines(*lines)
    review_enrolments(ReviewEnrolments(enrolments[:1], EnrolmentState.APPROVED, made.ids["rev"]), made.desk)
    review_enrolments(ReviewEnrolments(enrolments[1:2], EnrolmentState.RETURNED, made.ids["rev"], "缺学历证书"),
                      made.desk)
    register_candidate(RegisterCandidate(
        Identity("WIŚNIEWSKA ALEKSANDRA", "WISNIEWSKA ALEKSANDRA", "passport", "EH1234567", "F", EXAM_DAY.replace(1990),
                 "POL"), Contact("15488258399"), Background("其他", "大学本科", "Uniwersytet Warszawski"),
        made.ids["reg"]), made.desk)
    attach_photos(AttachPhotos(((made.people()[NAMES[1]].id, portrait()),), made.ids["reg"]), made.desk)
    before = made.entries()
    yield made
    assert made.entries() == before
    made.centre.close()


@pytest.fixture
def day(enrolled, tasks, qtbot, settings):
    enrolled.show_on(tasks, qtbot, settings)
    yield enrolled
    enrolled.leave()


def is_whole(page):
    """No button's text is cut off."""
    buttons = [one for one in page.findChildren(QPushButton) if one.isVisible()]
    return [one.text() for one in buttons if one.width() < one.sizeHint().width() - 1]


def test_the_list_beside_a_new_form_and_an_old_one(day, qtbot, look, shoot):
    page = day.page()
    shoot(page, "candidates-new")
    assert is_whole(page) == []
    page.form.open(day.people()[NAMES[1]].id)
    qtbot.waitUntil(lambda: page.form.heading.text() == NAMES[1])
    qtbot.waitUntil(lambda: page.people.model.row_at(0) is not None)
    page.form.save.click()
    qtbot.wait(50)
    shoot(page, "candidates-person")
    assert is_whole(page) == []


def test_a_form_with_refusals(day, qtbot, look, shoot):
    page = day.page()
    page.form.fields["id_no"].setFocus()
    qtbot.keyClicks(page.form.fields["id_no"], IDS[0][:17] + "0")
    qtbot.keyClicks(page.form.fields["phone"], "1548825")
    page.form.save.click()
    shoot(page, "candidates-refused")
    assert page.form.form.rows["id_no"].refusal()
    page.form.start_new()  # nothing of it is kept for the next picture


def test_a_roster_preview(day, qtbot, look, shoot, tmp_path):
    page = day.page()
    path = tmp_path / "示范公司报名表.csv"
    lines = [line(at) for at in range(4)] + [
        line(0, name="沈钢峰"), line(1, number=IDS[1][:-1] + "0"), line(2, level="高高级"),
        line(3, name="陈?", phone="154"), line(2, name="赵六", number="1.10101E+17")]
    lines += [line(0, name="周" + name[:1], number=number(20 + at), phone=f"154100000{at:02d}")
              for at, name in enumerate("甲乙丙丁戊己庚辛壬癸")]
    path.write_bytes(csv(*lines))
    page.tabs.setCurrentWidget(page.roster)
    shoot(page, "roster-empty")
    page.roster.open_file(str(path))
    qtbot.waitUntil(page.roster.shown.isVisible)
    qtbot.waitUntil(page.roster.shown.isEnabled)
    shoot(page, "roster-preview")
    assert is_whole(page) == []


def test_the_review(day, qtbot, look, shoot):
    page = day.page("rev")
    page.show_review()
    qtbot.waitUntil(lambda: page.review.model.row_at(0) is not None)
    page.review.table.selectRow(2)
    shoot(page, "review")
    assert is_whole(page) == []
