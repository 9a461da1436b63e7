"""A whole batch by keys and clicks: a centre on a server, two desks, operators in turn, from the plan to the outcome.

Sixty people; two late, three absent, one sent out; fifteen scored by judges; two marks typed wrongly in the first entry
and found by the second; one objection upheld.
"""

from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest
from candidates_kit import HEADER
from exam_day_kit import put
from PySide6.QtCore import QDate, QDateTime, Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from appraisal.catalogue import load_schemes
from appraisal.documents.archive_package import check_archive
from appraisal.domain.batch import BatchState
from appraisal.domain.exam_day import Attendance, Tier
from appraisal.domain.identity import check_digit
from appraisal.domain.marks import Mark, MarkState, Outcome
from db.centre import Surroundings, join_centre
from db.desk import CHINA
from db.folder import DEMONSTRATION_PASSPHRASE, Server, place_of
from db.keyslots import Cost
from desktop.commands.setup import init_demonstration
from desktop.gui import DeskWindow
from desktop.pages.exam_day import INCIDENTS, PAPERS, SITTINGS
from desktop.pages.registers_dialog import RegistersDialog
from desktop.pages.seating_dialog import SeatingDialog
from desktop.viewmodels.exam_day import Seen
from desktop.viewmodels.marks import DIFFERENCES, JUDGING

ENTER, CTRL = Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
EXAM_DAY = date(2027, 1, 9)
PEOPLE, JUDGED = 60, 15
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈", "伟芳娜敏静磊"
NAMES = [f"{SURNAMES[n % 10]}{GIVEN[n // 10]}" for n in range(PEOPLE)]
LEVELS = ("二级/技师", "三级/高级工")
CONDITIONS = ("取得三级/高级工证书后，累计从事本职业或相关职业工作满5年", "累计从事本职业或相关职业工作满10年")
LONG = 20_000
"""Milliseconds: a server's turn, and keys that are derived in full."""


def document(n):
    first = f"110101199003{7 + n // 30:02d}{n % 30:03d}"
    return first + check_digit(first)


def roster():
    rows = [HEADER]
    for n, name in enumerate(NAMES):
        at = 0 if n < JUDGED else 1
        rows.append(f"{name},居民身份证,{document(n)},汉族,高中,人工智能训练师,{LEVELS[at]},{CONDITIONS[at]},正考,"
                    f"154{n:08d},否,示范单位{n % 9}")
    return "\n".join(rows).encode()


class Journey:
    """Two windows of one centre; whoever is named acts in one of them."""

    def __init__(self, qapp, qtbot, office, door):
        self.qtbot, self.office, self.door = qtbot, office, door
        self.batch = ""

    def page(self, window, key, login):
        window.act_as(next(one.id for one in window.centre.reads.operators() if one.login == login))
        window.window.resize(1366, 768)
        window.window.show_page(key)
        window.window.activateWindow()
        return window.window.page(key)

    def wait(self, until):
        self.qtbot.waitUntil(until, timeout=LONG)

    def click(self, button):
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def dialog(self, kind):
        def found():
            return next((one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()),
                        None)

        self.wait(lambda: found() is not None)
        return found()

    @property
    def reads(self):
        return self.office.centre.reads

    def book(self):
        return self.reads.book(self.batch)

    def clock(self, day, hour, minute):
        wanted = int(datetime.combine(day, time(hour, minute), CHINA).timestamp() * 1000)
        for window in (self.office, self.door):
            window.centre.move_clock(wanted - window.centre.clock())

    def step(self, to):
        """The next step of the batch, from its page."""
        page = self.page(self.office, "batches", "supervisor")
        self.wait(lambda: self.batch in page.view_model.rows and page.detail.batch != "")
        page.go_to(self.batch)
        self.wait(lambda: page.detail.batch == self.batch and page.detail.step.isEnabled())
        self.click(page.detail.step)
        self.wait(lambda: page.view_model.rows[self.batch].state == to.value or page.detail.notice.isVisible())
        assert page.view_model.rows[self.batch].state == to.value, page.detail.notice.text.text()
        return page

    # the day

    def plan(self):
        page = self.page(self.office, "batches", "supervisor")
        self.qtbot.keyClick(page, Qt.Key.Key_N, CTRL)
        form = page.form
        self.qtbot.keyClicks(form.code, "2027-AI-01")
        put(form.title, "第一批")
        form.scheme.setCurrentIndex(form.scheme.findData("ai-trainer"))
        form.exam_day.setDate(QDate(EXAM_DAY.year, EXAM_DAY.month, EXAM_DAY.day))
        form.places.setText(str(PEOPLE))
        form.places.setFocus()
        with self.qtbot.waitSignal(page.view_model.opened, timeout=LONG):
            self.qtbot.keyClick(form.places, ENTER)
        self.batch = next(one.id for one in self.reads.batches() if one.code == "2027-AI-01")
        for state in (BatchState.FILED, BatchState.PUBLISHED):
            self.step(state)

    def enrol(self, folder):
        file = folder / "名单.csv"
        file.write_bytes(roster())
        page = self.page(self.office, "candidates", "registrar")
        page.import_roster()
        self.wait(lambda: page.roster.batch.findData(self.batch) >= 0)
        page.roster.batch.setCurrentIndex(page.roster.batch.findData(self.batch))
        page.roster.open_file(str(file))
        self.wait(lambda: page.roster.shown.isVisible() and page.roster.take_in.isEnabled())
        self.click(page.roster.take_in)
        self.wait(lambda: len(self.reads.enrolments(self.batch)) == PEOPLE)
        review = self.page(self.office, "candidates", "reviewer")
        review.show_review()
        self.wait(lambda: review.review.model.rowCount() == PEOPLE)
        review.review.table.setFocus()
        self.qtbot.keyClick(review.review.table, Qt.Key.Key_A, CTRL)
        self.click(review.review.approve)
        self.wait(lambda: {one.state for one in self.reads.enrolments(self.batch)} == {"approved"})

    def seat(self):
        page = self.page(self.office, "candidates", "registrar")
        page.tabs.setCurrentWidget(page.admissions)
        self.wait(lambda: page.admissions.batch.findData(self.batch) >= 0)
        page.admissions.batch.setCurrentIndex(page.admissions.batch.findData(self.batch))
        self.click(page.admissions.here)
        dialog = self.dialog(SeatingDialog)
        dialog.rooms.setPlainText("1-2 30")
        for name, text in (("city", "1"), ("body", "12"), ("batch", "1"), ("subject", "1")):
            self.qtbot.keyClicks(dialog.fields[name], text)
        self.click(dialog.go_on)
        self.wait(lambda: all(one.admission_number for one in self.reads.enrolments(self.batch)))
        dialog.close()
        for state in (BatchState.CLOSED, BatchState.SEATED):
            self.step(state)

    def sittings(self):
        page = self.page(self.office, "exam-day", "supervisor")
        self.open(page)
        page.tabs.setCurrentIndex(SITTINGS)
        tab = page.sittings
        for title, codes, hour in (("理论", ("theory",), 9), ("操作", ("practice", "comprehensive"), 13)):
            put(tab.title, title)
            for code in codes:
                tab.subjects[code].setChecked(True)
            tab.starts.setDateTime(QDateTime(EXAM_DAY.year, EXAM_DAY.month, EXAM_DAY.day, hour, 0, 0))
            with self.qtbot.waitSignal(page.view_model.recorded, timeout=LONG):
                self.click(tab.put)
        self.wait(lambda: len(page.view_model.book.sessions) == 2)
        self.theory, self.practice = (one.session for one in page.view_model.book.sessions)

    def open(self, page):
        page.go_to(self.batch)
        self.wait(lambda: page.view_model.book is not None and page.view_model.book.batch.id == self.batch)

    def sign_in(self, session, hour, *, late=(), absent=()):
        page = self.page(self.door, "exam-day", "exam")
        self.open(page)
        self.wait(lambda: any(one.session == session for one in page.view_model.book.sessions))
        page.view_model.choose(session)
        people = page.view_model.sitters()
        heard = []
        page.view_model.scanned.connect(heard.append)
        self.clock(EXAM_DAY, hour - 1, 40)
        for n, one in enumerate(people):
            if n not in late and n not in absent:
                self.qtbot.keyClicks(page.door.scanner, one.number)
                self.qtbot.keyClick(page.door.scanner, ENTER)
        self.wait(lambda: len(heard) == len(people) - len(late) - len(absent))
        assert {one.seen for one in heard} == {Seen.PRESENT}
        self.clock(EXAM_DAY, hour, 12)
        for n in late:
            self.qtbot.keyClicks(page.door.scanner, people[n].person.identity.document_number)
            self.qtbot.keyClick(page.door.scanner, ENTER)
        self.wait(lambda: len(heard) == len(people) - len(absent))
        self.clock(EXAM_DAY, hour, 40)
        if absent:
            with self.qtbot.waitSignal(page.view_model.closed, timeout=LONG) as shut:
                self.click(page.door.close_door)
            assert shut.args == [len(absent)]
        return page, people

    def incident(self, page, who):
        page.tabs.setCurrentIndex(INCIDENTS)
        tab = page.incidents
        put(tab.person.lineEdit(), f"{who.name}  {who.number}")
        tab.tier.setCurrentIndex(tab.tier.findData(Tier.SESSION))
        put(tab.text, "携带手机入场")
        put(tab.names[0], "郑监考")
        put(tab.names[1], "吴监考")
        with self.qtbot.waitSignal(page.view_model.recorded, timeout=LONG):
            self.click(tab.put)

    def papers(self, page):
        page.tabs.setCurrentIndex(PAPERS)
        tab = page.papers
        self.wait(lambda: tab.table.model().rowCount() == 2)
        for row in range(2):
            tab.table.go_to(row)
            tab.table.selectRow(row)
            tab.other.setCurrentIndex(0)
            with self.qtbot.waitSignal(page.view_model.recorded, timeout=LONG):
                self.click(tab.put)

    def judge(self):
        page = self.page(self.door, "marks", "exam")
        page.go_to(self.batch)
        self.wait(lambda: page.view_model.batch is not None and page.view_model.batch.id == self.batch)
        assert page.tabs.currentIndex() == JUDGING
        tab = page.judging
        self.wait(lambda: len(tab.view_model.rows) == JUDGED)
        for row in list(tab.view_model.rows):
            if row.closed:
                continue
            tab.table.go_to(tab.table.rows_model.row_of(row.id))
            self.wait(lambda row=row: tab._shown == row.id and tab.put.isEnabled())
            for judge in range(3):
                tab.judge.setCurrentIndex(judge)
                with self.qtbot.waitSignal(tab.view_model.judged, timeout=LONG):
                    for field, score in zip(tab.scores.values(), (f"{70 + judge}", f"{80 + judge}"), strict=True):
                        field.setFocus()
                        self.qtbot.keyClicks(field, score)
                        self.qtbot.keyClick(field, ENTER)

    def marks(self, entry, login, wrong):
        """Typed down each column; `wrong`: (row, subject) -> what is typed instead."""
        window = self.office if entry == 1 else self.door
        page = self.page(window, "marks", login)
        page.go_to(self.batch)
        tab = page.entries[entry]
        self.wait(lambda: len(tab.view_model.rows) == PEOPLE)
        typed = 0
        for column, subject in enumerate(tab.view_model.subjects):
            for row in range(PEOPLE):
                cell = tab.view_model.cell(row, column)
                if cell.state.value != "empty":
                    continue
                tab.grid.setCurrentIndex(tab.grid.model().index(row, 3 + column))
                tab.grid.setFocus()
                for key in (*wrong.get((row, subject.code), value_of(row, subject.code)), ENTER):
                    focus = tab.grid.focusWidget()
                    self.qtbot.keyClick(focus if isinstance(focus, QLineEdit) else tab.grid, key)
                typed += 1
        self.wait(lambda: not tab.view_model.waiting())
        return typed

    def settle(self):
        page = self.page(self.office, "marks", "marks-reviewer")
        page.go_to(self.batch)
        page.tabs.setCurrentIndex(DIFFERENCES)
        tab = page.differences
        self.wait(lambda: len(tab.view_model.rows) == 2)
        for left in (1, 0):
            tab.table.go_to(0)
            tab.decision.first.setFocus()
            self.qtbot.keyClick(tab.decision.first, Qt.Key.Key_2)
            put(tab.decision.why, "与答卷核对")
            with self.qtbot.waitSignal(tab.view_model.settled, timeout=LONG):
                self.qtbot.keyClick(tab.decision.why, ENTER)
            self.wait(lambda left=left: len(tab.view_model.rows) == left)

    def publicity(self, objected):
        page = self.step(BatchState.PUBLICISED)
        objections = page.detail.objections
        self.wait(lambda: objections.person.count() == PEOPLE)
        put(objections.person.lineEdit(), f"{objected.name}  {objected.number}")
        put(objections.text, "工作年限不实")
        with self.qtbot.waitSignal(page.view_model.recorded, timeout=LONG):
            self.click(objections.put)
        self.wait(lambda: len(objections.listed) == 1)
        ends = page.view_model.rows[self.batch].publicity_ends or self.reads.batches()[-1].publicity_ends
        self.clock(date.fromordinal((ends or EXAM_DAY).toordinal() + 20), 9, 0)
        self.click(page.detail.step)
        self.wait(page.detail.notice.isVisible)  # an objection is open
        one = objections.listed[0]
        put(one.why, "证明材料系伪造")
        with self.qtbot.waitSignal(page.view_model.recorded, timeout=LONG):
            self.click(one.uphold)
        self.step(BatchState.CERTIFYING)


def value_of(row, subject):
    return str(60 + (7 * row + len(subject)) % 40)


@pytest.fixture
def journey(qapp, qtbot, postgresql_url, tmp_path):
    around = Surroundings(load_schemes(), cost=Cost(1, 8, 1))
    first = Server(postgresql_url, tmp_path / "first")
    init_demonstration(first, around)
    second = place_of(postgresql_url)
    assert join_centre(second, "administrator", DEMONSTRATION_PASSPHRASE, around).number == 2
    windows = []
    for place in (first, second):
        window = DeskWindow(qapp, place)
        windows.append(window)
        window.begin()
        page = window.window
        page.login.setText("supervisor")
        page.passphrase.setText(DEMONSTRATION_PASSPHRASE)
        page.enter.click()
        qtbot.waitUntil(lambda window=window: window.centre is not None, timeout=LONG)
    yield Journey(qapp, qtbot, *windows)
    for window in reversed(windows):
        window.window.close()
        window.end()
    qapp.setProperty("scheme", None)


def test_from_the_plan_to_the_outcome(journey, tmp_path, qtbot):
    journey.plan()
    journey.enrol(tmp_path)
    journey.seat()
    journey.sittings()
    journey.clock(EXAM_DAY, 8, 0)
    journey.step(BatchState.EXAMINING)
    page, people = journey.sign_in(journey.theory, 9, late=(10, 20), absent=(30, 40, 50))
    journey.incident(page, people[5])
    journey.papers(page)
    away = {people[n].id for n in (30, 40, 50)}
    _, second = journey.sign_in(journey.practice, 13, absent=tuple(
        n for n, one in enumerate(page.view_model.sitters()) if one.id in away))
    assert {one.id for one in second} == {one.id for one in people}
    journey.judge()
    journey.step(BatchState.MARKING)
    typed = journey.marks(1, "marks-a", {(3, "theory"): "99", (7, "practice"): "61"})
    assert typed == 2 * (PEOPLE - 3) - 1  # nobody types for who was away, or sent out of theory
    assert journey.marks(2, "marks-b", {}) == typed
    journey.settle()

    book = journey.book()
    came = [one.came[journey.theory].state for one in book.seated()]
    assert (came.count(Attendance.PRESENT), came.count(Attendance.LATE), came.count(Attendance.ABSENT)) == (55, 2, 3)
    expected = {}
    for row, one in enumerate(journey.reads.mark_rows(journey.batch, 1)):
        who, sent_out = book.of(one.enrolment), one.enrolment == people[5].id
        for code in ("theory", "practice"):
            wanted = Mark(MarkState.PRESENT, Decimal(value_of(row, code)))
            if one.enrolment in away:
                wanted = Mark(MarkState.ABSENT)
            elif sent_out and code == "theory":
                wanted = Mark(MarkState.VOID)
            assert who.mark(code) == wanted
        expected[who.id] = Outcome.VOID if sent_out else Outcome.FAIL if who.id in away else Outcome.PASS
    assert {one.id: one.outcome() for one in book.seated()} == expected
    assert all(one.mark("comprehensive").value == 77 for one in book.seated()
               if one.enrolment.level == 2 and one.id not in away)

    objected = next(one for one in book.seated() if expected[one.id] is Outcome.PASS)
    journey.publicity(objected)
    with journey.office.centre.desk.work(journey.office.operator) as work:
        assert work.batches.upheld_objections(journey.batch) == {objected.person.id}
    assert sum(one.outcome is Outcome.PASS for one in journey.reads.outcomes(journey.batch)) == 56

    batches = journey.page(journey.office, "batches", "supervisor")
    batches.go_to(journey.batch)
    journey.wait(lambda: batches.detail.batch == journey.batch)
    journey.click(batches.detail.registers)
    dialog = journey.dialog(RegistersDialog)
    dialog.all.setChecked(True)
    with qtbot.waitSignal(dialog.view_model.written, timeout=LONG):
        dialog.write_to(tmp_path / "papers")
    assert len(list(Path(tmp_path / "papers").glob("*.pdf"))) == 16
    with qtbot.waitSignal(dialog.view_model.archived, timeout=LONG):
        dialog.archive_to(tmp_path / "archive.zip")
    dialog.close()
    assert check_archive(tmp_path / "archive.zip") > 16
