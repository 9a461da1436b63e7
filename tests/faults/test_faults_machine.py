"""Two to eight desks and a library in any order of events, against a model: every acknowledged record exactly
once, what the screen calls accepted is what the library accepted, and both engines end the same."""

from collections import Counter
from collections.abc import Iterator

import pytest
from faults_machine import MOST_COPIES, Machine
from faults_real_desks import Databases, World
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import create_engine

from db.engine import open_url

EXAMPLES, ON_POSTGRESQL, STEPS, MANY, MANY_ON_POSTGRESQL, MANY_STEPS = 5, 2, 10, 2000, 200, 30


def run(world: World, examples: int, steps: int) -> Counter[str]:
    seen: Counter[str] = Counter()
    how = settings(max_examples=examples, stateful_step_count=steps, deadline=None, print_blob=True,
                   suppress_health_check=list(HealthCheck), report_multiple_bugs=False,
                   phases=(Phase.reuse, Phase.generate, Phase.shrink))
    run_state_machine_as_test(lambda: Machine(world, seen), settings=how)
    return seen


@pytest.fixture
def databases(postgresql: str) -> Iterator[Databases]:
    admin = create_engine(postgresql.format(name="postgres"), isolation_level="AUTOCOMMIT")
    found = Databases(admin, lambda name: open_url(postgresql.format(name=name)))
    yield found
    found.end()
    admin.dispose()


def test_in_any_order_of_events(tmp_path):
    seen = run(World(tmp_path, 3), EXAMPLES, STEPS)
    assert seen["example"] >= EXAMPLES


def test_in_any_order_of_events_on_both_engines(tmp_path, databases):
    run(World(tmp_path, 2, databases), ON_POSTGRESQL, STEPS)


@pytest.mark.long
@pytest.mark.timeout(4 * 3600)
def test_two_thousand_examples(tmp_path, counts):
    said(counts, run(World(tmp_path, MOST_COPIES), MANY, MANY_STEPS))


@pytest.mark.long
@pytest.mark.timeout(2 * 3600)
def test_two_hundred_examples_on_both_engines(tmp_path, databases, counts):
    said(counts, run(World(tmp_path, MOST_COPIES, databases), MANY_ON_POSTGRESQL, MANY_STEPS))


def said(counts, seen: Counter[str]) -> None:
    counts(f"{seen['example']} examples: " + ", ".join(
        f"{count} {name}" for name, count in seen.most_common() if name != "example"))
