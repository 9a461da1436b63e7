"""The same search on PostgreSQL, where characters inside a name are looked for by LIKE."""

import pytest
from kit.desks import SimulatedDesk
from sqlalchemy import create_engine
from test_search import PEOPLE, enter, found


@pytest.fixture
def desk(postgresql_url):
    engine = create_engine(postgresql_url)
    desk = SimulatedDesk(engine)
    desk.ids = enter(desk)
    yield desk
    engine.dispose()


def test_the_same_people_are_found(desk):
    for typed, expected in (("张", ["zhangli", "zhang"]), ("娜", ["ouyang", "zhangli"]), ("科技", ["rare", "zhang"]),
                            ("oynn", ["ouyang"]), ("723x", ["zhangli"]), ("155", ["ouyang"]), ("xe12", ["anna"]),
                            ("张 7715", ["zhang"]), ("娜 示例", ["ouyang"]), ("站%", []), ("%", []), ("合格_", []),
                            ("", list(reversed(PEOPLE)))):
        assert found(desk, typed) == expected, typed
