"""The attacks of The Update Framework's own list, through our fetcher: nothing is adopted, and a sentence says why.

https://theupdateframework.github.io/specification/latest/ (1.5.2) and python-tuf's tests name them.
"""

import json
import shutil

import pytest
from kit.libraries import SimulatedLibrary
from sqlalchemy import select
from updates_kit import DAY_MS, Publisher, Reader, edit, from_now, new_centre, root_keys

from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.sentences import LANGUAGES, say
from db.engine import open_sqlite
from db.updates import BASE, FolderFetcher, Memory, read_repository
from desktop.commands.updates import take_updates
from library.repository import ONLINE, _online
from library.schema import published

STRANGER = root_keys(3, first=100)


@pytest.fixture
def scene(tmp_path):
    """Two states of one repository, `old` and `new`; the desk has taken neither."""
    association = SimulatedLibrary(open_sqlite(None))
    publisher = Publisher(association, tmp_path / "old")
    centre = new_centre(tmp_path, association.clock)
    reader = Reader(centre)
    reader.join(association)
    publisher.publish()
    association.clock.now += DAY_MS
    shutil.copytree(tmp_path / "old", tmp_path / "new")
    publisher.folder = tmp_path / "new"
    publisher.publish()
    yield Scene(association, publisher, reader, tmp_path)
    centre.close()
    association.library.engine.dispose()


class Scene:
    def __init__(self, association, publisher, reader, folder):
        self.association, self.publisher, self.reader = association, publisher, reader
        self.old, self.new = folder / "old", folder / "new"

    def refused(self, folder, code, fetcher=None):
        before = self.reader.adopted()
        with pytest.raises((RuleViolation, EnvironmentFault)) as caught:
            take_updates(self.reader.centre, self.reader.operator, fetcher or FolderFetcher(folder))
        assert caught.value.code == code
        assert all(say(code, language, **caught.value.detail) for language in LANGUAGES)
        assert self.reader.adopted() == before

    def signer(self, role):
        library = self.association.library
        with library.engine.begin() as connection:
            return _online(library, connection, role)

    def edit(self, name, change, role=None, **more):
        edit(self.new, name, change, signer=self.signer(role) if role else None, **more)

    def resign(self, *, targets=None, snapshot=None, timestamp=None):
        """Whoever holds some of the library's keys: changes, signed by them and named by what stands above."""
        number = max(int(file.name.partition(".")[0]) for file in (self.new / "metadata").glob("*.snapshot.json"))
        if targets:
            self.edit(f"{number}.targets.json", targets, "targets")
        self.edit(f"{number}.snapshot.json", snapshot or (lambda _: None), "snapshot")
        self.edit("timestamp.json", timestamp or (lambda _: None), "timestamp")


def test_the_honest_repository_is_taken(scene):
    assert scene.reader.take(scene.new)["trust_version"] == 3


# wrong keys


@pytest.mark.parametrize(("name", "change"), [
    ("timestamp.json", lambda signed: signed.update(version=9)),
    ("timestamp.json", lambda signed: signed.update({"x-appraisal-issued": 1})),
])
def test_a_timestamp_changed_by_somebody_is_refused(scene, name, change):
    scene.edit(name, change)
    scene.refused(scene.new, "updates_not_signed")


@pytest.mark.parametrize("name", ["timestamp.json", "2.snapshot.json", "2.targets.json"])
def test_metadata_by_a_strangers_key_is_refused(scene, name):
    edit(scene.new, name, lambda signed: None, signer=STRANGER[0])
    scene.refused(scene.new, "updates_not_signed" if name == "timestamp.json" else "updates_differ")


def test_a_strangers_whole_repository_is_refused(scene, tmp_path):
    stranger = SimulatedLibrary(open_sqlite(None), seed=99)
    stranger.clock.now = scene.association.clock.now
    foreign = Publisher(stranger, tmp_path / "foreign")
    foreign.publish()
    scene.refused(tmp_path / "foreign", "updates_not_signed")
    stranger.library.engine.dispose()


# rollback


def test_an_older_repository_is_refused(scene):
    scene.reader.take(scene.new)
    scene.refused(scene.old, "updates_older")


def test_an_older_snapshot_under_a_newer_timestamp_is_refused(scene):
    scene.reader.take(scene.new)
    scene.resign(timestamp=lambda signed: (signed.update(version=3), signed["meta"].update(
        {"snapshot.json": {"version": 1}})))
    shutil.copy(scene.old / "metadata" / "1.snapshot.json", scene.new / "metadata")
    scene.refused(scene.new, "updates_older")


def test_older_targets_under_a_newer_snapshot_are_refused(scene):
    scene.reader.take(scene.new)
    shutil.copy(scene.old / "metadata" / "1.targets.json", scene.new / "metadata")
    scene.edit("2.snapshot.json", lambda signed: (signed.update(version=3), signed["meta"].update(
        {"targets.json": {"version": 1}})), "snapshot", renumber="3.snapshot.json")
    scene.edit("timestamp.json", lambda signed: (signed.update(version=3), signed["meta"].update(
        {"snapshot.json": {"version": 3}})), "timestamp")
    scene.refused(scene.new, "updates_older")


def test_an_older_root_is_refused(scene):
    scene.publisher.rotate()
    scene.publisher.publish()
    scene.reader.take(scene.new)
    first = (scene.new / "metadata" / "1.root.json").read_bytes()
    (scene.new / "metadata" / "3.root.json").write_bytes(first)
    scene.refused(scene.new, "updates_older")


# freeze


@pytest.mark.parametrize(("days", "code"), [(59, None), (61, "updates_expired")])
def test_a_repository_nobody_signs_any_more_is_refused(scene, days, code):
    scene.association.clock.now += days * DAY_MS
    if code:
        scene.refused(scene.new, code)
    else:
        assert scene.reader.take(scene.new)["new"]


def test_a_clock_put_back_does_not_thaw_it(scene):
    """Expiry goes by the latest signed time, not by what the clock says."""
    scene.reader.take(scene.old)
    scene.association.clock.now += 70 * DAY_MS
    scene.publisher.publish(folder=scene.new)
    scene.reader.take(scene.new)
    scene.association.clock.now -= 70 * DAY_MS
    scene.edit("timestamp.json", lambda signed: signed.update(
        version=4, expires=from_now(scene.association.clock, 60)), "timestamp")
    scene.refused(scene.new, "updates_expired")


def test_the_same_state_once_more_is_no_attack_until_it_expires(scene):
    scene.reader.take(scene.new)
    assert not scene.reader.take(scene.new)["new"]
    scene.association.clock.now += 61 * DAY_MS
    scene.refused(scene.new, "updates_expired")


def test_an_expired_root_is_refused(scene):
    scene.association.clock.now += 731 * DAY_MS
    scene.publisher.publish()
    scene.refused(scene.new, "updates_expired")
    scene.publisher.rotate()
    scene.publisher.publish()
    assert scene.reader.take(scene.new)["root"] == 2


# mix and match


def test_targets_of_another_state_are_refused(scene):
    shutil.copy(scene.old / "metadata" / "1.targets.json", scene.new / "metadata" / "2.targets.json")
    scene.refused(scene.new, "updates_differ")


def test_a_snapshot_of_another_state_is_refused(scene):
    shutil.copy(scene.old / "metadata" / "1.snapshot.json", scene.new / "metadata" / "2.snapshot.json")
    scene.refused(scene.new, "updates_differ")


def test_a_timestamp_of_another_state_is_refused(scene):
    shutil.copy(scene.old / "metadata" / "timestamp.json", scene.new / "metadata")
    (scene.new / "metadata" / "1.snapshot.json").unlink()
    scene.refused(scene.new, "updates_incomplete")


# endless data, wrong length, wrong hash, missing files


class Endless(FolderFetcher):
    """Never stops sending `name`."""

    def __init__(self, folder, name):
        super().__init__(folder)
        self.name, self.sent = name, 0

    def _fetch(self, url):
        if not url.endswith(self.name):
            yield from super()._fetch(url)
            return
        while True:
            self.sent += 1 << 16
            yield bytes(1 << 16)


@pytest.mark.parametrize(("name", "most"), [
    ("timestamp.json", 1 << 17), ("2.snapshot.json", 1 << 17), ("2.targets.json", 1 << 17), ("2.root.json", 1 << 20),
    (".trust-list.cose", 1 << 17)])
def test_endless_data_is_cut_off(scene, name, most):
    fetcher = Endless(scene.new, name)
    scene.refused(scene.new, "updates_too_long", fetcher)
    assert 0 < fetcher.sent <= most


@pytest.mark.parametrize("change", [lambda data: data + b"x", lambda data: data[:-1],
                                    lambda data: data[:-1] + bytes([data[-1] ^ 1])])
def test_a_file_of_other_bytes_is_refused(scene, change):
    for file in (scene.new / "targets").glob("*.trust-list.cose"):
        file.write_bytes(change(file.read_bytes()))
    with pytest.raises(RuleViolation) as caught:
        scene.reader.take(scene.new)
    assert caught.value.code in {"updates_differ", "updates_too_long"}
    assert scene.reader.adopted()["version"] == 1


@pytest.mark.parametrize("pattern", ["targets/*.trust-list.cose", "metadata/2.targets.json", "metadata/timestamp.json"])
def test_a_missing_file_is_named_incomplete(scene, pattern):
    for file in scene.new.glob(pattern):
        file.unlink()
    scene.refused(scene.new, "updates_incomplete")


@pytest.mark.parametrize("name", ["timestamp.json", "2.snapshot.json", "2.targets.json"])
@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"signed": {}, "signatures": []}', bytes(100), b"[" * 9000])
def test_bytes_that_are_no_metadata_are_refused(scene, name, data):
    (scene.new / "metadata" / name).write_bytes(data)
    with pytest.raises(RuleViolation) as caught:
        scene.reader.take(scene.new)
    assert caught.value.code in {"updates_malformed", "updates_differ", "updates_too_long"}
    assert scene.reader.adopted()["version"] == 1


# extraneous dependencies: what else is named is not fetched


def test_other_targets_and_delegations_are_passed_over(scene):
    extra = {"length": 1 << 40, "hashes": {"sha256": "0" * 64}}

    ours = len(json.loads((scene.new / "metadata" / "2.targets.json").read_bytes())["signed"]["targets"])

    def add(signed):
        signed["targets"].update({"setup.exe": extra, "../../escape": extra, "leases/" + "f" * 32 + ".age": extra})
        signed["delegations"] = {"keys": {}, "roles": [{
            "name": "stranger", "keyids": [], "threshold": 1, "terminating": False, "paths": ["*"]}]}

    scene.resign(targets=add, snapshot=lambda signed: signed["meta"].update({"targets.json": {"version": 2}}),
                 timestamp=lambda signed: signed["meta"].update({"snapshot.json": {"version": 2}}))
    done = scene.reader.take(scene.new)
    assert (done["listed"], done["trust_version"]) == (ours + 3, 3)


def test_a_target_longer_than_any_of_ours_is_refused_before_it_is_fetched(scene):
    scene.resign(targets=lambda signed: signed["targets"]["trust-list.cose"].update(length=1 << 40),
                 snapshot=lambda signed: signed["meta"].update({"targets.json": {"version": 2}}),
                 timestamp=lambda signed: signed["meta"].update({"snapshot.json": {"version": 2}}))
    fetcher = Endless(scene.new, ".trust-list.cose")
    scene.refused(scene.new, "updates_too_long", fetcher)
    assert fetcher.sent == 0


def test_a_path_out_of_the_folder_is_not_there(scene, tmp_path):
    (tmp_path / "secret").write_text("x")
    with pytest.raises(Exception, match="not there"):
        list(FolderFetcher(scene.new)._fetch(f"{BASE}../secret"))


# fast-forward, and keys that change


def test_after_a_fast_forward_new_keys_bring_the_desk_back(scene):
    """Who stole the online keys has signed version 2^31: root keys that name new ones undo it."""
    scene.edit("timestamp.json", lambda signed: signed.update(version=1 << 31), "timestamp")
    scene.reader.take(scene.new)
    scene.publisher.publish()
    scene.refused(scene.new, "updates_older")
    scene.publisher.rotate(new_keys=True)
    scene.publisher.publish()
    assert scene.reader.take(scene.new)["root"] == 2


def test_old_online_keys_count_no_more_after_the_rotation(scene):
    stolen = {role: scene.signer(role) for role in ONLINE}
    scene.publisher.rotate(new_keys=True)
    scene.publisher.publish()
    scene.reader.take(scene.new)
    edit(scene.new, "timestamp.json", lambda signed: signed.update(version=99), signer=stolen["timestamp"])
    scene.refused(scene.new, "updates_not_signed")


def test_what_was_learnt_of_the_root_survives_a_refusal(scene):
    """The new root is known although the state beneath it was refused: the old keys are gone for good."""
    stolen = scene.signer("timestamp")
    scene.publisher.rotate(new_keys=True)
    (scene.new / "metadata" / "2.root.json").write_bytes(_root(scene, 2))
    scene.refused(scene.new, "updates_not_signed")
    (scene.new / "metadata" / "2.root.json").unlink()
    edit(scene.new, "timestamp.json", lambda signed: None, signer=stolen)
    scene.refused(scene.new, "updates_not_signed")


def test_root_keys_change_by_two_of_three(scene):
    lost, new = scene.publisher.keys[2], root_keys(1, first=50)[0]
    with pytest.raises(RuleViolation, match="root_keys_missing"):
        scene.publisher.rotate(scene.publisher.keys[:1])
    with pytest.raises(RuleViolation, match="root_keys_missing"):
        scene.publisher.rotate(STRANGER)
    with pytest.raises(RuleViolation, match="root_key_unknown"):
        scene.publisher.rotate(in_place={"0" * 64: new})
    scene.publisher.rotate(in_place={lost.public_key.keyid: new})
    with pytest.raises(RuleViolation, match="root_keys_missing"):
        scene.publisher.rotate([scene.publisher.keys[0], lost])
    scene.publisher.rotate([scene.publisher.keys[0], new])
    scene.publisher.publish()
    assert scene.reader.take(scene.new)["root"] == 3


@pytest.mark.parametrize("signers", [[0], [], ["stranger", "stranger"]])
def test_a_root_without_two_keys_of_the_one_before_is_refused(scene, signers):
    parsed = json.loads((scene.new / "metadata" / "1.root.json").read_text())
    parsed["signed"]["version"] = 2
    (scene.new / "metadata" / "2.root.json").write_text(json.dumps(parsed | {"signatures": []}))
    for number, one in enumerate(signers):
        signer = STRANGER[number] if one == "stranger" else scene.publisher.keys[one]
        edit(scene.new, "2.root.json", lambda signed: None, signer=signer)
    scene.refused(scene.new, "updates_not_signed")


def test_a_stick_that_breaks_is_a_fault_of_the_stick(scene):
    class Broken(FolderFetcher):
        def _fetch(self, url):
            yield b"{"
            raise OSError(5, "Input/output error")

    scene.refused(scene.new, "updates_unreachable", Broken(scene.new))


def test_every_byte_of_the_timestamp_counts(scene):
    """Each byte changed: never another result than the honest one or a refusal."""
    root, memory = scene.publisher, Memory()
    pinned = (scene.new / "metadata" / "1.root.json").read_bytes()
    file = scene.new / "metadata" / "timestamp.json"
    honest, now = file.read_bytes(), root.association.clock.now
    issued = read_repository(FolderFetcher(scene.new), pinned, memory, now, lambda *_: False).issued
    for at in range(0, len(honest), 7):
        file.write_bytes(honest[:at] + bytes([honest[at] ^ 1]) + honest[at + 1:])
        try:
            found = read_repository(FolderFetcher(scene.new), pinned, Memory(), now, lambda *_: False)
        except RuleViolation:
            continue
        assert found.issued == issued


def _root(scene, version):
    with scene.association.library.engine.begin() as connection:
        return connection.scalar(select(published.c.data).where(
            published.c.what == "tuf-root", published.c.version == version))
