"""A mutation check: each planted bug is seen by the test that is to see it, and by nothing else is that test red."""

import pytest
from faults_planted import PLANTED, ROOT, Planted, copied, passes


@pytest.mark.parametrize("bug", PLANTED, ids=lambda one: one.name)
def test_can_still_be_planted(bug: Planted):
    assert bug.applies(ROOT), f"{bug.file} has changed: plant the bug anew"
    assert (ROOT / bug.sees.partition("::")[0]).is_file()


def test_they_are_as_many_as_were_promised():
    assert len(PLANTED) == len({one.name for one in PLANTED}) >= 20


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_each_planted_bug_is_seen(tmp_path, counts):
    tests = sorted({one.sees for one in PLANTED})
    assert passes(copied(tmp_path / "sound"), "-m", "not long", *tests)
    unseen = []
    for number, bug in enumerate(PLANTED):
        tree = copied(tmp_path / f"{number}")
        bug.plant(tree)
        if passes(tree, "-m", "not long", bug.sees):
            unseen.append(bug.name)
    assert unseen == []
    counts(f"{len(PLANTED)} planted bugs, each seen by its test; without them {len(tests)} tests and files pass")
