"""Several publications, enrolments and revocations at the same moment: they take turns, and none is refused."""

from concurrent.futures import ThreadPoolExecutor

import msgspec
from kit.desks import new_desk
from sqlalchemy import select
from updates_kit import Publisher

from appraisal.domain.operator import Role
from appraisal.usecases.adopt_grant import AskToJoin, ask_to_join
from library.enrol import enrol
from library.offering import offer
from library.publish import publish
from library.repository import write_state
from library.schema import given_lease, published


def test_publications_and_enrolments_take_turns(association, tmp_path):
    Publisher(association, tmp_path / "repository")
    library = association.library
    officers = association.officers()

    def state(number):
        return write_state(library, tmp_path / str(number), offer(library)).version

    requests = []
    for number in (1, 2):
        desk = new_desk(tmp_path, number)
        requests.append(ask_to_join(AskToJoin(desk.operators[Role.SUPERVISOR]), desk.desk, desk.exchange))
        desk.engine.dispose()
    with ThreadPoolExecutor(6) as pool:
        versions = [pool.submit(state, number) for number in range(3)]
        plain = [pool.submit(publish, library) for _ in range(2)]
        grants = [pool.submit(enrol, library, request, officers) for request in requests]
        assert sorted(one.result() for one in versions) == [1, 2, 3]
        assert all("trust-list.cose" in one.result() for one in plain)
        assert all(one.result().grant for one in grants)
    with library.engine.begin() as connection:
        trust = connection.scalars(select(published.c.version).where(published.c.what == "trust")).all()
        rows = connection.execute(select(given_lease.c.status_list, given_lease.c.status_indices)).all()
    assert sorted(trust) == list(range(1, 8))
    slots = [(row.status_list, slot) for row in rows for slot in msgspec.json.decode(row.status_indices)]
    assert (len(rows), len(set(slots))) == (4, len(slots))
