"""Questions and desks at the console: seen with both sides, decided once, by whom it was."""

import re
import threading
from html import escape, unescape

import pytest
from console_kit import ONE, TWO, Console, hidden
from kit.branches import branch, correct
from sqlalchemy import insert, select

from appraisal.domain.question import QuestionKind
from appraisal.sentences import say
from db.schema import person
from library import schema
from library.questions import open_questions, question
from library.releasing import list_desks
from library.verify import verify

QUESTIONS = "/console/questions"
XSS = '<img src=x onerror=alert(1)>"\'&{{7*7}}'


@pytest.fixture
def console(association, tmp_path):
    with Console(association, tmp_path / "spool").running() as running:
        yield running


@pytest.fixture
def contested(association, joined, tmp_path):
    """`contested(first, second)`: the names that two desks gave one person. The question's page, and the person."""
    opened = []

    def make(first="王甲", second="王乙", why="typing error"):
        one = joined()
        (who,) = one.people(1)
        association.take_in(one.export(tmp_path / "0").bundle)
        two = branch(one, tmp_path, 31)
        opened.extend((one, two))
        correct(one, who, "identity", why, name=first)
        correct(two, who, "identity", why, name=second)
        one.receive(association.take_in(one.export(tmp_path / "1").bundle).data)
        association.take_in(two.export(tmp_path / "2").bundle)
        (row,) = open_questions(association.library)
        return f"{QUESTIONS}/{row.id}", who

    yield make
    for desk in opened:
        desk.engine.dispose()


def name_of(association, who):
    with association.library.engine.begin() as connection:
        assert verify(connection).damage == ()
        return connection.scalar(select(person.c.name).where(person.c.id == who))


def side_number(association, path, value):
    sides = question(association.library, path.rpartition("/")[2]).sides
    return str(next(number for number, side in enumerate(sides, 1) if side.value == value))


def test_a_question_is_listed_shown_and_decided(association, console, contested):
    path, who = contested()
    officer = console.officer()
    assert f'href="{path}"' in officer.get(QUESTIONS).text
    page = officer.get(path)
    text = page.text
    found = question(association.library, path.rpartition("/")[2])
    for side in found.sides:
        assert side.operator in text
        assert side.centre in text
        assert side.desk in text
    assert "王<mark>甲</mark>" in text
    assert "王<mark>乙</mark>" in text
    assert text.count("≠ " + say("console.differs", "en")) >= 2  # said in words, on both sides
    assert text.count("typing error") == 2
    moments = set(re.findall(r"2026-11-01 01:00:\d\d\.\d{3} UTC", text))
    assert len(moments) == len({side.at for side in found.sides}) == 2  # a second apart
    number = side_number(association, path, "王乙")
    answer = officer.submit(path, choice=number, reason=" passport\r\nseen\x00\x1b ")
    assert (answer.status_code, answer.headers["location"]) == (303, path)
    decided = question(association.library, path.rpartition("/")[2]).row.decided
    assert (decided.officer, decided.reason) == (ONE, "passport\nseen")
    assert name_of(association, who) == "王乙"
    after = officer.get(path).text
    assert say("console.decided", "en") in after
    assert 'name="choice"' not in after
    assert say("console.nothing_open", "en") in officer.get(QUESTIONS).text


@pytest.mark.parametrize(("form", "status", "code"), [
    ({"choice": "1", "reason": "  "}, 422, "question_reason_missing"), ({"reason": "x"}, 422, "question_choice"),
    ({"choice": "9", "reason": XSS}, 422, "question_choice"),
    ({"choice": "1", "reason": "长" * 2001}, 422, "console_reason_long"),
    ({"choice": "1", "reason": "x", "csrf": ""}, 403, "console_form_foreign"),
    ({"choice": "1", "reason": "x", "csrf": "ü"}, 403, "console_form_foreign")])
def test_what_is_no_decision_changes_nothing(association, console, contested, form, status, code):
    path, who = contested()
    before = name_of(association, who)
    answer = console.officer().submit(path, **form)
    assert answer.status_code == status
    told = say(code, "en", choices="1, 2, before", longest=2000)
    assert escape(told, quote=False) in unescape(answer.text)
    if status == 422:
        assert escape(form["reason"].strip(), quote=False) in answer.text.replace("&#39;", "'").replace("&#34;", '"')
    assert XSS not in answer.text
    assert name_of(association, who) == before
    assert len(open_questions(association.library)) == 1


def test_anothers_token_is_no_token(console, contested):
    path, _ = contested()
    foreign = hidden(console.officer(TWO).get(path).text)["csrf"]
    assert console.officer().post(path, csrf=foreign, choice="1", reason="x").status_code == 403


def test_names_are_text_and_never_markup(console, contested):
    path, _ = contested(first="王<b>甲</b>", second=XSS[:28], why="<script>alert(1)</script>")
    text = console.officer().get(path).text
    for raw in ("<img", "<b>", "<script"):
        assert raw not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_a_language_link_and_a_path_are_text_too(console):
    officer = console.officer()
    text = officer.get('/console/sign-in?next="><img src=x>&x="><img>').text
    assert "<img" not in text
    assert officer.get("/console/questions/<img src=x>").status_code == 404
    assert "<img" not in officer.get("/console/desks/<img src=x>").text


def test_of_two_officers_at_once_the_second_is_told(association, console, contested):
    path, who = contested()
    pages = {name: console.officer(name) for name in (ONE, TWO)}
    forms = {name: hidden(visitor.get(path).text) for name, visitor in pages.items()}
    numbers = {ONE: side_number(association, path, "王甲"), TWO: side_number(association, path, "王乙")}
    answers = {}
    ready = threading.Barrier(2, timeout=60)

    def post(name):
        ready.wait()
        answers[name] = pages[name].post(path, **forms[name], choice=numbers[name], reason=f"said {name}")

    threads = [threading.Thread(target=post, args=(name,)) for name in pages]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    first, second = sorted(answers, key=lambda name: answers[name].status_code)
    assert [answers[name].status_code for name in (first, second)] == [303, 409]
    assert say("console_decided_meanwhile", "en", officer=first) in answers[second].text
    assert f"said {first}" in answers[second].text
    assert name_of(association, who) == ("王甲" if first == ONE else "王乙")


def test_whether_two_are_one_is_decided_anew_only_by_who_saw_the_decision(association, console, joined, tmp_path):
    row = same_person(association, joined, tmp_path)
    path = f"{QUESTIONS}/{row.id}"
    one, two = console.officer(ONE), console.officer(TWO)
    stale = hidden(two.get(path).text)
    assert one.submit(path, choice="different", reason="two passports").status_code == 303
    told = two.post(path, **stale, choice="same", reason="looks alike")
    assert told.status_code == 409
    assert say("console_decided_meanwhile", "en", officer=ONE) in told.text
    assert two.submit(path, choice="same", reason="asked the centre").status_code == 303
    assert question(association.library, row.id).row.decided.officer == TWO


def same_person(association, joined, tmp_path):
    """Two centres' desks registered who may be one; the question of it, as an intake opens it."""
    for desk in (joined(1), joined(2)):
        desk.people(1)  # the kit gives both one name and one birth date
        association.take_in(desk.export(tmp_path / str(desk.seed)).bundle)
    (row,) = open_questions(association.library)
    return row


def test_long_values_and_many_questions_are_all_there(association, console, contested):
    long = "长" * 40 + "W" * 60
    path, _ = contested(first=long[:80], second="王乙", why="w" * 400)
    officer = console.officer()
    assert "w" * 400 in officer.get(path).text
    with association.library.engine.begin() as connection:
        connection.execute(insert(schema.question), [
            {"id": f"{n:032x}", "kind": "entry", "matter": f"matter/{n}", "person": None, "other": None, "desk": None,
             "over": "[]", "opened_at": 5 + n // 7, "state": "open"} for n in range(120)])
    seen, to = [], QUESTIONS
    while to:
        text = officer.get(to).text
        rows = [one.partition('"')[0] for one in text.split('href="/console/questions/')[1:]]
        assert len(rows) <= 50
        seen += rows
        to = text.partition('rel="next" href="')[2].partition('"')[0]
    assert seen == [row.id for row in open_questions(association.library, limit=1000)]
    assert len(seen) == 121
    assert officer.get(f"{QUESTIONS}?after=9-x").status_code == 404


def test_a_held_desk_is_released(association, console, joined, tmp_path):
    desk = forked(association, joined, tmp_path)
    officer = console.officer()
    (fork,) = [row for row in open_questions(association.library) if row.kind is QuestionKind.FORK]
    path = f"/console/desks/{desk.id}"
    assert f'href="{path}"' in officer.get(f"{QUESTIONS}/{fork.id}").text
    assert say("console.state_held", "en") in officer.get("/console/desks").text
    assert officer.submit(path, reason="x").status_code == 422
    assert officer.submit(path, truth="library", reason=" ").status_code == 422
    other = list_desks(association.library)[0].sides[1].rpartition("/")[2]
    refused = officer.submit(path, truth=other, reason="the copy is right")
    assert refused.status_code == 409
    assert "the copy is right" in refused.text
    stale = hidden(officer.get(path).text)
    assert officer.submit(path, truth="library", reason="the copy is off").status_code == 303
    assert list_desks(association.library)[0].state == "active"
    assert officer.post(path, **stale, truth="library", reason="again").status_code == 422
    assert say("console.not_held", "en") in officer.get(path).text
    assert officer.get(f"/console/desks/{'0' * 32}").status_code == 404


def forked(association, joined, tmp_path):
    desk = joined()
    desk.people(2)
    desk.engine.dispose()
    copy = tmp_path / "copy.db"
    copy.write_bytes((tmp_path / "desk-1.db").read_bytes())
    twin = desk.twin(copy)
    desk.people(1)
    twin.people(2)
    for n, one in enumerate((desk, twin)):
        association.take_in(one.export(tmp_path / f"{n}").bundle)
    twin.engine.dispose()
    return desk


def test_the_state_of_the_library_is_shown_in_both_languages(association, console, joined, tmp_path):
    desk = joined()
    desk.people(3)
    association.take_in(desk.export(tmp_path / "0").bundle)
    officer = console.officer()
    for language in ("en", "zh_CN"):
        officer.get(f"/console/status?language={language}")
        text = officer.get("/console/status").text
        assert f"<dt>{say('console.count_people', language)}</dt><dd class=\"number\">3</dd>" in text
        assert say("console.entry_applied", language) in text
        assert desk.id in text
