"""What the form keeps beside the plain fields: a child's guardian, the programme, a draft over a crash, the history."""

import pytest
from candidates_kit import CONDITION, IDS, NAMES, Day, fill, line
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from appraisal.domain.consent import Purpose
from appraisal.domain.errors import RuleViolation
from appraisal.domain.identity import check_digit
from appraisal.domain.person import REGION
from appraisal.usecases.submit_enrolment import SubmitEnrolment, submit_enrolment
from desktop.pages.candidates_history import HistoryDialog
from desktop.pages.enrolment_papers import PapersDialog

ALT = Qt.KeyboardModifier.AltModifier
CHILD = "11010120130903721"
CHILD += check_digit(CHILD)
GUARDIAN = {"guardian_name": "王秀英", "guardian_relation": "母亲", "guardian_phone": "15488258301"}


@pytest.fixture
def day(tmp_path, tasks, qtbot, settings):
    made = Day(tmp_path / "desk", tasks, qtbot, settings)
    yield made
    made.close()


def save(qtbot, page):
    qtbot.mouseClick(page.form.save, Qt.MouseButton.LeftButton)


def a_child(page):
    fill(page, {"batch": "", "id_no": CHILD, "name": "王小明", "phone": "15488258301", "education": "初中"})


def test_for_a_child_a_guardian_consents(day, qtbot):
    page = day.page()
    assert not page.form.form.rows["guardian_name"].isVisible()
    a_child(page)
    assert page.form.form.rows["guardian_name"].isVisible()
    page.form.consents.boxes[Purpose.ASSOCIATION].setChecked(True)
    save(qtbot, page)
    qtbot.waitUntil(lambda: page.form.form.rows["guardian_name"].refusal() != "")
    assert day.people() == {}  # nobody is registered half
    fill(page, GUARDIAN)
    save(qtbot, page)
    qtbot.waitUntil(lambda: "王小明" in day.people())
    detail = day.detail("王小明")
    assert detail.consents == {Purpose.ASSOCIATION}
    assert detail.person.background.extra == GUARDIAN
    qtbot.waitUntil(lambda: not page.form.form.rows["guardian_name"].isVisible())  # the next one is no child yet


def test_a_child_is_registered_without_a_guardian_where_nothing_is_consented_to(day, qtbot):
    page = day.page()
    a_child(page)
    save(qtbot, page)
    qtbot.waitUntil(lambda: "王小明" in day.people())
    assert day.detail("王小明").consents == frozenset()


def test_cohort_and_referral_are_asked_for_by_key_and_the_cohort_stays_for_the_next(day, qtbot):
    page = day.page()
    fill(page, {"batch": "", "id_no": IDS[0], "name": NAMES[0], "phone": "15488258300", "education": "高中"})
    assert not page.form.form.rows["cohort"].isVisible()
    qtbot.keyClick(page.form.fields["phone"], Qt.Key.Key_O, ALT)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is page.form.fields["cohort"])
    fill(page, {"cohort": "2026订单1班", "referral": "李大使"})
    save(qtbot, page)
    qtbot.waitUntil(lambda: NAMES[0] in day.people())
    assert day.detail(NAMES[0]).person.background.extra == {"cohort": "2026订单1班", "referral": "李大使"}
    qtbot.waitUntil(lambda: page.form.form.value("referral") == "")
    assert page.form.form.value("cohort") == "2026订单1班"


def test_a_correction_leaves_guardian_and_programme_as_they_were(day, qtbot):
    page = day.page()
    a_child(page)
    fill(page, GUARDIAN | {"cohort": "一班"})
    save(qtbot, page)
    qtbot.waitUntil(lambda: page.form.form.notice.text.text().startswith("Registered"))
    kept = day.detail("王小明").person
    assert kept.background.extra == GUARDIAN | {"cohort": "一班"}
    page.form.open(kept.id)
    qtbot.waitUntil(lambda: page.form.heading.text() == "王小明")
    assert {name: page.form.form.value(name) for name in GUARDIAN} == GUARDIAN
    fill(page, {"phone": "15400001111", "why": "换号"})
    save(qtbot, page)
    qtbot.waitUntil(lambda: day.detail("王小明").person.contact.phone == "15400001111")
    assert day.detail("王小明").person.background == kept.background


def test_what_was_being_typed_comes_back_after_a_crash(day, qtbot):
    page = day.page()
    a_child(page)
    page.form.consents.boxes[Purpose.PUBLICITY].setChecked(True)
    qtbot.waitUntil(lambda: day.centre.draft(day.ids["reg"]) is not None)
    again = day.page()  # another run of the program: nobody has saved or discarded anything
    qtbot.waitUntil(again.form.is_dirty)
    assert again.form.form.values() == page.form.form.values()
    assert again.form.consents.given() == {Purpose.PUBLICITY}
    fill(again, GUARDIAN)
    save(qtbot, again)
    qtbot.waitUntil(lambda: "王小明" in day.people())
    qtbot.waitUntil(lambda: day.centre.draft(day.ids["reg"]) is None)


def test_what_was_typed_a_moment_before_the_end_is_kept_too(day, qtbot):
    page = day.page()
    a_child(page)
    day.leave()
    assert "王小明".encode() in (day.centre.draft(day.ids["reg"]) or b"")


def test_a_correction_half_typed_comes_back_at_its_person(day, qtbot):
    day.import_lines(line(0))
    page = day.page()
    page.form.open(day.people()[NAMES[0]].id)
    qtbot.waitUntil(lambda: page.form.heading.text() == NAMES[0])
    fill(page, {"phone": "15400001111", "why": "换号"})
    qtbot.waitUntil(lambda: day.centre.draft(day.ids["reg"]) is not None)
    again = day.page()
    qtbot.waitUntil(again.form.is_dirty)
    assert again.form.heading.text() == NAMES[0]
    assert (again.form.form.value("phone"), again.form.form.value("why")) == ("15400001111", "换号")
    qtbot.mouseClick(again.form.form.notice.action, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: day.centre.draft(day.ids["reg"]) is None)
    assert day.detail(NAMES[0]).person.contact.phone == "15488258300"


def test_a_draft_is_its_operators_own(day, qtbot):
    page = day.page("both")
    a_child(page)
    qtbot.waitUntil(lambda: day.centre.draft(day.ids["both"]) is not None)
    other = day.page("reg")
    qtbot.wait(200)
    assert not other.form.is_dirty()


def test_the_history_says_before_and_after(day, qtbot):
    day.import_lines(line(0))
    page = day.page()
    page.form.open(day.people()[NAMES[0]].id)
    qtbot.waitUntil(lambda: page.form.heading.text() == NAMES[0])
    fill(page, {"phone": "15400001111", "cohort": "一班", "why": "换号"})
    save(qtbot, page)
    qtbot.waitUntil(lambda: page.form.form.notice.text.text().startswith("Saved"))
    page.form.person.history_asked.emit()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), HistoryDialog))
    model = QApplication.activeWindow().table.model()
    said = [[model.index(at, column).data() for column in range(1, 6)] for at in range(model.rowCount())]
    assert said[:2] == [["reg", "cohort", "", "一班", "换号"],
                        ["reg", "telephone", "15488258300", "15400001111", "换号"]]


def test_papers_are_ticked_in_a_dialog_at_the_person(day, qtbot):
    day.import_lines(line(0))
    page = day.page()
    page.form.open(day.people()[NAMES[0]].id)
    qtbot.waitUntil(lambda: page.form.heading.text() == NAMES[0])
    qtbot.mouseClick(next(one for one in page.form.person.findChildren(QPushButton) if one.text() == "Papers …"),
                     Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), PapersDialog))
    dialog = QApplication.activeWindow()
    assert list(dialog.boxes) == ["identity", "work-years"]
    assert not dialog.form.isVisible()  # this scheme asks no fee
    qtbot.keyClick(dialog.boxes["identity"], Qt.Key.Key_Space)
    qtbot.keyClick(dialog, Qt.Key.Key_V, ALT)
    qtbot.waitUntil(lambda: day.detail(NAMES[0]).enrolments[0].seen == ("identity",))
    assert day.detail(NAMES[0]).history[-1].kind == "enrolment.checked"


def test_job_and_home_region_are_kept_and_said(day, qtbot):
    page = day.page()
    fill(page, {"id_no": IDS[0], "name": NAMES[0], "phone": "15488258300", "education": "高中", "level": "3",
                "condition": CONDITION})
    qtbot.keyClick(page.form.fields["phone"], Qt.Key.Key_O, ALT)
    qtbot.waitUntil(page.form.form.rows["job"].isVisible)
    fill(page, {"job": "数据标注员", REGION: "650104"})
    assert "乌鲁木齐市" in page.form.form.rows["id_no"].below.text()  # where the number was given
    save(qtbot, page)
    qtbot.waitUntil(lambda: NAMES[0] in day.people())
    found = day.detail(NAMES[0])
    assert found.person.background.extra == {REGION: "650104"}
    with day.desk.work(day.ids["reg"]) as work:
        assert [one.job for one in work.enrolments.of_person(found.person.id)] == ["数据标注员"]


def test_a_roster_may_name_the_job_in_the_place_of_the_occupation(day):
    enrolled = day.import_lines(line(0).replace("人工智能训练师", "人工智能算法测试员"), line(1))
    with day.desk.work(day.ids["reg"]) as work:
        assert [work.enrolments.get(one).job for one in enrolled] == ["人工智能算法测试员", ""]


def test_a_job_that_the_scheme_does_not_have_is_refused(day):
    person = day.import_lines(line(0)) and day.people()[NAMES[0]].id
    with pytest.raises(RuleViolation, match="job_not_in_scheme"):
        submit_enrolment(SubmitEnrolment(person, day.batch, 4, "", day.ids["reg"], "焊工"), day.desk)
