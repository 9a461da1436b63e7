"""Search as you type, on a real encrypted desk: what finds whom, and that nothing typed is ever SQL."""

from dataclasses import replace
from datetime import date

import pytest
from db_kit import KEY
from hypothesis import given, settings
from hypothesis import strategies as st
from kit.desks import SimulatedDesk
from sqlalchemy import select

from appraisal.domain.operator import Role
from appraisal.domain.person import Background, Contact, Identity
from appraisal.usecases.filters import Filters
from appraisal.usecases.one_person import RecordDocument, record_document
from appraisal.usecases.register_candidate import CorrectCandidate, RegisterCandidate, correct_candidate, register
from appraisal.usecases.submit_enrolment import SubmitEnrolment, submit_enrolment
from db.engine import create_sqlcipher, open_sqlite
from db.queries.search import search
from db.schema import person as person_table

PEOPLE = {
    "zhang": ("张伟", "ZHANG Wei", "resident_id", "110101199003077715", "15400000001", "示例科技公司"),
    "zhangli": ("张丽娜", "ZHANG Lina", "resident_id", "11010119900307723X", "15400000002", "静安职业学校"),
    "ouyang": ("欧阳娜娜", "OUYANG Nana", "resident_id", "310101198502287726", "15512345678", "示例技术学院"),
    "shan": ("单雄信", "SHAN Xiongxin", "resident_id", "370101197001017733", "15600000004", "第100%合格站"),
    "rare": ("𠮷田龍", "", "resident_id", "440101199912317741", "15700000005", "示例科技公司"),
    "turk": ("买买提·吐尔逊", "Maimaiti Tuerxun", "resident_id", "650101199107077758", "15800000006", ""),
    "anna": ("ANNA MARIA LINDQVIST", "ANNA MARIA LINDQVIST", "passport", "XE1234567", "15900000007", "O'Brien \"Co\""),
    "ivan": ("IVANOV PETR", "IVANOV PETR", "passport", "EA7654321", "15911111111", "a_b"),
}


@pytest.fixture(scope="module", params=["sqlcipher", "memory"])
def desk(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("search")
    engine = create_sqlcipher(folder / "desk.db", KEY) if request.param == "sqlcipher" else open_sqlite(None)
    desk = SimulatedDesk(engine)
    desk.ids = enter(desk)
    yield desk
    engine.dispose()


def enter(desk):
    registrar, ids = desk.operators[Role.REGISTRAR], {}
    with desk.desk.work(registrar) as work:
        for key, (name, latin, kind, number, phone, employer) in PEOPLE.items():
            ids[key] = register(work, RegisterCandidate(
                Identity(name, latin, kind, number, "F", date(1990, 3, 7)), Contact(phone),
                Background(employer=employer), registrar))
    desk.batch = desk.open_batch()
    for key in ("zhang", "ouyang"):
        submit_enrolment(SubmitEnrolment(ids[key], desk.batch, 3, "", registrar), desk.desk)
    desk.examine(desk.batch)
    return ids


def found(desk, typed, **filters):
    keys = {one: key for key, one in desk.ids.items()}
    with desk.engine.begin() as connection:
        at = {place: keys[one] for place, one in connection.execute(select(
            person_table.c.registered, person_table.c.id).where(person_table.c.id.in_(keys)))}
        return [at[place] for place in search(connection, typed, Filters(**filters))]


@pytest.mark.parametrize(("typed", "expected"), [
    ("张", ["zhangli", "zhang"]), ("张伟", ["zhang"]), ("丽娜", ["zhangli"]), ("娜", ["ouyang", "zhangli"]),
    ("娜娜", ["ouyang"]), ("欧阳", ["ouyang"]), ("阳娜", ["ouyang"]), ("雄", ["shan"]), ("𠮷", ["rare"]),
    ("田龍", ["rare"]), ("买买提", ["turk"]), ("吐尔逊", ["turk"]), ("伟张", []), ("无此人", []),
    ("科技", ["rare", "zhang"]), ("示例", ["rare", "ouyang", "zhang"]), ("职业学校", ["zhangli"]),
    ("合格站", ["shan"]), ("zw", ["zhang"]), ("zln", ["zhangli"]), ("z", ["zhangli", "zhang"]), ("oynn", ["ouyang"]),
    ("sxx", ["shan"]), ("zhang", ["zhangli", "zhang"]), ("zhangl", ["zhangli"]), ("ZHANGWEI", ["zhang"]),
    ("shan", ["shan"]), ("dan", []), ("OUYANG", ["ouyang"]), ("mmt", ["turk"]), ("anna", ["anna"]), ("aml", ["anna"]),
    ("lind", []), ("723X", ["zhangli"]), ("723x", ["zhangli"]), ("7715", ["zhang"]), ("110101", ["zhangli", "zhang"]),
    ("110101199003077715", ["zhang"]), ("03077715", ["zhang"]), ("15512345678", ["ouyang"]), ("155", ["ouyang"]),
    ("1590", ["anna"]), ("12345678", []), ("XE1234567", ["anna"]), ("xe12", ["anna"]), ("ea7", ["ivan"]),
    ("4321", ["ivan"]), ("4567", ["anna"]), ("张 7715", ["zhang"]), ("张 723X", ["zhangli"]), ("娜 示例", ["ouyang"]),
    ("娜 校", ["zhangli"]), ("买买提·吐尔逊", ["turk"]), ("买买提吐尔逊", ["turk"]), ("zhang 静安", ["zhangli"]),
    ("张 155", []), ("  张   伟  ", ["zhang"]), ("张\u3000伟", ["zhang"]), ("%", []), ("_", []), ("a_b", []),
    ("100%", []), ("站%", ["shan"]), ("'", []), ('"', []), ('""', []), ("'; DROP TABLE person; --", []),
    ("张\"", ["zhangli", "zhang"]), ("张*", ["zhangli", "zhang"]), ("name:张", []), ("张 OR 欧", []), ("张 AND", []),
    ("\x00张", ["zhangli", "zhang"]), ("，", []), ("， 张", []), ("(张", ["zhangli", "zhang"]), ("\\", []), ("·", []),
    ("zhang " * 400, ["zhangli", "zhang"]),
])
def test_what_finds_whom(desk, typed, expected):
    assert found(desk, typed) == expected


def test_nothing_typed_lists_all_the_last_registered_first(desk):
    assert found(desk, "") == found(desk, "   ") == list(reversed(PEOPLE))


def test_admission_numbers_are_found_from_their_start(desk):
    assert sorted(found(desk, "26001")) == ["ouyang", "zhang"]
    with desk.engine.begin() as connection:
        one = connection.exec_driver_sql(
            "SELECT admission_number FROM enrolment WHERE person = ?", (desk.ids["ouyang"],)).scalar()
    assert found(desk, one) == ["ouyang"]


def test_within_a_batch(desk):
    assert found(desk, "", batch=desk.batch) == ["ouyang", "zhang"]
    assert found(desk, "张", batch=desk.batch) == ["zhang"]
    assert found(desk, "张", batch="0" * 32) == []


def test_filters_are_of_one_enrolment(desk):
    assert found(desk, "", state="seated") == ["ouyang", "zhang"]
    assert found(desk, "", batch=desk.batch, state="approved") == []
    assert found(desk, "", level=3) == ["ouyang", "zhang"]
    assert found(desk, "张", level=3, state="seated", no_photo=True) == ["zhang"]
    assert found(desk, "", level=4) == []


def test_a_further_document_finds_the_person(desk):
    record_document(RecordDocument(desk.ids["zhang"], "passport", "E98765432", "CHN",
                                   desk.operators[Role.REGISTRAR]), desk.desk)
    assert found(desk, "e9876") == ["zhang"]


def test_a_corrected_name_is_found_by_the_new_one_only(desk):
    registrar, who = desk.operators[Role.REGISTRAR], desk.ids["turk"]

    def rename(name, latin):
        with desk.desk.work(registrar) as work:
            old = work.candidates.get(who)
        after = replace(old, identity=replace(old.identity, name=name, latin_name=latin))
        correct_candidate(CorrectCandidate(after, "更名", registrar), desk.desk)

    rename("秦琼", "QIN Qiong")
    assert found(desk, "琼") == found(desk, "qinq") == ["turk"]
    assert found(desk, "吐尔逊") == found(desk, "mmt") == []
    rename("买买提·吐尔逊", "Maimaiti Tuerxun")
    assert (found(desk, "琼"), found(desk, "吐尔逊")) == ([], ["turk"])


@pytest.fixture(scope="module")
def memory():
    desk = SimulatedDesk(open_sqlite(None))
    enter(desk)
    yield desk.engine
    desk.engine.dispose()


@settings(max_examples=150, deadline=None)
@given(typed=st.text(max_size=12))
def test_whatever_is_typed_never_fails(memory, typed):
    with memory.begin() as connection:
        assert set(search(connection, typed)) <= set(connection.scalars(select(person_table.c.registered)))
