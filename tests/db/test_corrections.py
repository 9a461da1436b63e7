"""A corrected person's row is the row of somebody registered so from the beginning; nothing but a person's fields, of
their own types, gets in by a correction."""

from dataclasses import fields, replace
from datetime import date

import msgspec
import pytest
from kit.desks import SimulatedDesk
from sqlalchemy import select

from appraisal.domain.errors import RuleViolation
from appraisal.domain.operator import Role
from appraisal.domain.person import Background, CandidateCorrected, Change, Contact, Identity, Person, differences
from appraisal.usecases.register_candidate import CorrectCandidate, RegisterCandidate, correct_candidate, register
from db.engine import open_sqlite
from db.queries.search import search
from db.schema import person as table

BEFORE = Person("", Identity("张伟", "ZHANG Wei", "resident_id", "110101199003077715", "M", date(1990, 3, 7)),
                Contact("15400000001", "a@example.org", "静安里7号"),
                Background("汉族", "大学本科", "示例科技公司", 4, "Y1", {"备注": "无"}))
AFTER = Person("", Identity("单雄信", "SHAN Xiongxin", "passport", "E12345678", None, None, "KAZ"),
               Contact("15500000002", "", "朝阳区1号"),
               Background("回族", "专科", "静安职业学校", None, "", {"备注": "补录", "甲": "乙"}))
FIELDS = [(part, one.name) for part in ("identity", "contact", "background") for one in fields(getattr(BEFORE, part))]


@pytest.fixture
def desk(engine):
    return SimulatedDesk(engine)


def mixed(names):
    """BEFORE, but with AFTER's values in these fields."""
    found = BEFORE
    for part, name in names:
        value = getattr(getattr(AFTER, part), name)
        found = replace(found, **{part: replace(getattr(found, part), **{name: value})})
    return found


def row(desk, person):
    with desk.engine.begin() as connection:
        found = connection.execute(select(table).where(table.c.id == person)).one()._asdict()
    return {name: value for name, value in found.items() if name not in ("id", "registered", "position")}


def register_as(desk, one):
    registrar = desk.operators[Role.REGISTRAR]
    with desk.desk.work(registrar) as work:
        return register(work, RegisterCandidate(one.identity, one.contact, one.background, registrar))


@pytest.mark.parametrize("names", [*([one] for one in FIELDS), FIELDS], ids=lambda names: names[0][1] + str(len(names)))
def test_corrected_is_as_registered_so(names):
    engine, other = open_sqlite(None), open_sqlite(None)
    desk, fresh = SimulatedDesk(engine), SimulatedDesk(other)
    person = register_as(desk, BEFORE)
    after = replace(mixed(names), id=person)
    assert after != replace(BEFORE, id=person)
    correct_candidate(CorrectCandidate(after, "更正", desk.operators[Role.REGISTRAR]), desk.desk)
    assert row(desk, person) == row(fresh, register_as(fresh, after))
    with engine.begin() as connection:
        place = connection.scalar(select(table.c.registered).where(table.c.id == person))
        assert search(connection, after.identity.name) == [place]
        assert search(connection, after.background.employer) == [place]
        if after.identity.name != BEFORE.identity.name:
            assert search(connection, BEFORE.identity.name) == []
    engine.dispose()
    other.dispose()


def test_all_of_it_on_each_engine(desk):
    person = register_as(desk, BEFORE)
    after = replace(AFTER, id=person)
    correct_candidate(CorrectCandidate(after, "更正", desk.operators[Role.REGISTRAR]), desk.desk)
    with desk.desk.work(desk.operators[Role.REGISTRAR]) as work:
        assert work.candidates.get(person) == after
        assert differences(work.candidates.get(person), after) == ()


@pytest.mark.parametrize(("change", "refusal"), [
    (Change("contact.fax", "", "1"), RuleViolation), (Change("id", "", "1"), RuleViolation),
    (Change("position", "", "1"), RuleViolation), (Change("identity.phone", "", "1"), RuleViolation),
    (Change("contact.phone", "", 15400000001), msgspec.ValidationError),
    (Change("identity.birth", None, "1990-02-30"), msgspec.ValidationError),
    (Change("background.extra", None, "x"), msgspec.ValidationError)])
def test_what_is_no_field_or_no_value_of_it_changes_nothing(desk, change, refusal):
    person = register_as(desk, BEFORE)
    before = row(desk, person)
    with pytest.raises(refusal), desk.desk.work(desk.operators[Role.REGISTRAR]) as work:
        work.record(CandidateCorrected(person, (change,)), why="x")
    assert row(desk, person) == before
