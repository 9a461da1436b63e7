"""A disk that is full, fails, writes half, does not sync or does not rename, at every write of a fixed day: the command
says so in a sentence of ours, nothing acknowledged is lost, and it goes on once the disk is mended."""

import errno
from dataclasses import dataclass
from pathlib import Path

import pytest
from faults_checks import Place, all_accepted, bundles_on, library_entries, opened, placed, receipts, serials, spread
from faults_disk import ANY, CUT, CUT_SOME, FAIL, FOR_GOOD, LENGTH, MAKE, NAME, SHORT, SYNC, WRITE, Ended, Nursery
from faults_steps import FIRST_SERIAL, prepare, receive, register, send, take_in

from appraisal.sentences import say

PEOPLE, SHARE, CUTS = 2, 3, 5
DAY = ["open", "register", "photo", "export", "intake", "receipt", "backup", "note", "close"]


@dataclass(frozen=True, slots=True)
class Failing:
    """Which calls fail, how, and how many of them from the k-th on."""

    classes: int
    action: int = FAIL
    error: int = errno.EIO
    times: int = 1


FAULTS = {
    "full_once": Failing(WRITE | MAKE | LENGTH, error=errno.ENOSPC),
    "full_for_good": Failing(WRITE | MAKE | LENGTH, error=errno.ENOSPC, times=FOR_GOOD),
    "input_output_error": Failing(ANY),
    "all_fails_from_then": Failing(ANY, times=FOR_GOOD),
    "short_write": Failing(WRITE, action=SHORT),
    "sync_fails": Failing(SYNC),
    "rename_fails": Failing(NAME),
}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return placed(tmp_path_factory.mktemp("day"), lambda folder: prepare(folder, PEOPLE))


def run(nursery: Nursery, folder: Path, failing: Failing, k: int, *, dies: bool = False) -> Ended:
    return nursery.run("day", folder, classes=failing.classes, action=failing.action, error=failing.error, at=k,
                       times=failing.times, dies=dies)


def went_on(ended: Ended, folder: Path) -> str | None:
    """Checks a day that ended; returns the code that was said on the way."""
    assert ended.code == 0, ended.said
    assert [name for (name,) in ended.words("done")] == DAY
    faults = ended.words("fault")
    for _, code, detail in faults:
        assert detail.get("said") or say(code, "en", **detail)
    with opened(folder) as centre:
        assert serials(centre) == [*range(PEOPLE), FIRST_SERIAL]
        assert all_accepted(centre)
        assert receipts(centre) >= 1
    bundles_on(folder / "disk" / "stick")
    assert not [one for one in (folder / "disk" / "stick").glob(".*") if one.name.endswith(".part")]
    library_entries(folder)
    return str(faults[0][1]) if faults else None


def came_back(ended: Ended, folder: Path) -> None:
    """Checks a day that ended at its first fault, as if the machine had died with it, and finishes it."""
    done = [name for (name,) in ended.words("done")]
    with opened(folder) as centre:
        kept = serials(centre)
        assert kept in ([*range(PEOPLE)], [*range(PEOPLE), FIRST_SERIAL])
        if "register" in done:
            assert FIRST_SERIAL in kept
        else:
            register(centre, FIRST_SERIAL + 1)
        if "receipt" in done:
            assert all_accepted(centre)
        elif not all_accepted(centre):  # it may have been kept and not said
            send(centre, folder)
            assert take_in(folder)["quarantined"] == 0
            receive(centre, folder)
            assert all_accepted(centre)
    bundles_on(folder / "disk" / "stick")
    library_entries(folder)


def moments(nursery: Nursery, place: Place, failing: Failing) -> int:
    return nursery.run("day", place.fresh(), classes=failing.classes).seen


def go_through(nursery: Nursery, place: Place, name: str, most: int) -> tuple[int, int]:
    """Every k, or so many of them. Returns how many days were lived, and how many met a fault that was said."""
    failing, said = FAULTS[name], 0
    chosen = spread(moments(nursery, place, failing), most)
    for k in chosen:
        said += went_on(run(nursery, place.fresh(), failing, k), place.work) is not None
    return len(chosen), said


@pytest.mark.parametrize("name", FAULTS)
def test_a_day_goes_on_after_a_fault(nursery, place, name):
    days, said = go_through(nursery, place, name, SHARE)
    assert days >= 3
    assert said == 0 if name == "short_write" else said > 0


@pytest.mark.parametrize("name", ["full_once", "input_output_error", "sync_fails"])
def test_a_day_that_ends_with_the_fault_has_lost_nothing(nursery, place, name):
    for k in spread(moments(nursery, place, FAULTS[name]), SHARE):
        ended = run(nursery, place.fresh(), FAULTS[name], k, dies=True)
        assert ended.code in (0, 7), ended.said
        came_back(ended, place.work)


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("name", FAULTS)
def test_a_day_goes_on_after_a_fault_at_every_write(nursery, place, counts, name):
    days, said = go_through(nursery, place, name, FOR_GOOD)
    counts(f"{name}: {days} days, one for each write of the day; {said} met the fault and said so, 0 records lost")


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("name", ["full_once", "input_output_error", "sync_fails"])
def test_a_day_that_ends_with_the_fault_has_lost_nothing_at_every_write(nursery, place, counts, name):
    days = 0
    for k in spread(moments(nursery, place, FAULTS[name]), FOR_GOOD):
        ended = run(nursery, place.fresh(), FAULTS[name], k, dies=True)
        assert ended.code in (0, 7), ended.said
        came_back(ended, place.work)
        days += 1
    counts(f"{name}, and the machine dies with it: {days} days, 0 records lost")


def cut_power(nursery: Nursery, place: Place, action: int, most: int) -> int:
    """At every call, or at so many of them: what was not synced is gone, and the day is finished on what is left."""
    cut = 0
    for k in spread(nursery.run("day", place.fresh()).seen, most):
        ended = nursery.run("day", place.fresh(), action=action, at=k)
        assert ended.code in (-9, 0), ended.said
        cut += ended.code == -9
        done = [name for (name,) in ended.words("done")]
        if "export" in done:
            assert bundles_on(place.work / "disk" / "stick")
        came_back(ended, place.work)
    return cut


@pytest.mark.parametrize("action", [CUT, CUT_SOME], ids=["all", "some"])
def test_the_power_is_cut_and_what_was_not_synced_is_gone(nursery, place, action):
    assert cut_power(nursery, place, action, CUTS) >= CUTS - 1


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("action", [CUT, CUT_SOME], ids=["all", "some"])
def test_the_power_is_cut_at_every_call(nursery, place, counts, action):
    cut = cut_power(nursery, place, action, FOR_GOOD)
    counts(f"power cut: {cut} days, one for each call that changes a file; "
           f"{'all' if action == CUT else 'some'} of what was not synced is gone, 0 records lost")
