"""Bits that flip, blocks that vanish, bundles put together from others: no wrong byte is accepted, every part that is
untouched comes in, and the receipt names the others."""

import random
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from faults_bundles import DAMAGES, Files, Truth, entries_in, judge, nothing_wrong, small_parts, truth_of, zipped
from kit.desks import new_desk
from kit.libraries import SimulatedLibrary
from sqlalchemy import event

from appraisal.domain.errors import EnvironmentFault, RuleViolation
from appraisal.exchange.manifest import FILE, part_name, unverified
from db.engine import open_sqlite
from library.intake import TakenIn

STRIDE, MUTATIONS, ZIPPED, MANY = 499, 40, 4, 20_000
"""Every 499th bit; one mutation in four is of the zip."""


@dataclass
class Ground:
    """A library that two desks have joined, their bundles, and what they wrote."""

    association: SimulatedLibrary
    template: Path
    work: Path
    files: Files
    other: Files
    truth: Truth

    def fresh(self) -> SimulatedLibrary:
        """The library with nothing taken in yet."""
        for end in ("-wal", "-shm"):
            (self.work.with_name(self.work.name + end)).unlink(missing_ok=True)
        shutil.copyfile(self.template, self.work)
        return self.association


def ground(folder: Path, people: int, rows: int, photo: int) -> Ground:
    template, work = folder / "template.db", folder / "library.db"
    engine = open_sqlite(work)
    # What a cut of power leaves is the business of other tests; here twenty thousand libraries live for a moment.
    event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=OFF"))
    association = SimulatedLibrary(engine)
    desks = [new_desk(folder, seed) for seed in (1, 2)]
    for desk in desks:
        desk.join(association.enrol)
        for person in desk.people(people, desk.open_batch(f"B{desk.seed}")):
            desk.photo(person, photo)
    engine.dispose()
    shutil.copyfile(work, template)
    files = [small_parts(desk, rows, pictures=3) for desk in desks]
    truth = truth_of(*desks)
    for desk in desks:
        desk.engine.dispose()
    return Ground(association, template, work, files[0], files[1], truth)


@pytest.fixture
def small(tmp_path: Path) -> Ground:
    return ground(tmp_path, people=1, rows=8, photo=20)


@pytest.fixture
def large(tmp_path: Path) -> Ground:
    return ground(tmp_path, people=12, rows=20, photo=20_000)


def test_undamaged_everything_comes_in(large, tmp_path):
    manifest = unverified(large.files[FILE])
    assert len(manifest.parts) > 7
    assert judge(large.fresh(), tmp_path / "b.skb", large.files, large.files, large.truth) == 0


def flipped(files: Files, stride: int) -> Iterator[tuple[str, Files]]:
    for name, data in files.items():
        for bit in range(0, len(data) * 8, stride):
            changed = bytearray(data)
            changed[bit // 8] ^= 1 << bit % 8
            yield name, files | {name: bytes(changed)}


def flip_all(ground: Ground, folder: Path, stride: int) -> Counter[str]:
    seen: Counter[str] = Counter()
    for name, files in flipped(ground.files, stride):
        sound = None if name == FILE else ground.files
        found = judge(ground.fresh(), folder / "b.skb", files, sound, ground.truth)
        assert found == (-1 if name == FILE else 1)
        seen["manifest" if name == FILE else "parts"] += 1
    return seen


def test_no_bit_may_flip(small, tmp_path):
    seen = flip_all(small, tmp_path, STRIDE)
    assert min(seen["manifest"], seen["parts"]) > 10


@pytest.mark.long
@pytest.mark.timeout(7200)
def test_no_bit_may_flip_of_all(small, tmp_path, counts):
    seen = flip_all(small, tmp_path, 1)
    counts(f"single bits flipped: {seen['parts']} of parts, {seen['manifest']} of the manifest; 0 wrong bytes accepted")


def owner(ground: Ground, files: Files) -> Files | None:
    """Whose manifest it is."""
    return next((sound for sound in (ground.files, ground.other) if sound[FILE] == files[FILE]), None)


def damage(ground: Ground, chance: random.Random) -> tuple[str, Files]:
    files, other = (ground.files, ground.other) if chance.random() < 0.8 else (ground.other, ground.files)
    files, names = dict(files), []
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        one = chance.choice(DAMAGES)
        one(chance, files, other)
        names.append(one.__name__)
    return names[0], files


def judge_zip(ground: Ground, chance: random.Random, path: Path) -> str:
    """A zip whose own bytes are damaged: what is inside is found or not, but never anything else."""
    kind = chance.choice([one for one in DAMAGES if one.__name__ != "splice"])
    packed = {"zip": zipped(ground.files, path).read_bytes()}
    kind(chance, packed, {})
    path.write_bytes(packed.get("zip", b""))
    association = ground.fresh()
    try:
        taken: TakenIn | None = association.take_in(path)
    except (RuleViolation, EnvironmentFault):
        taken = None
    known = nothing_wrong(association, ground.truth)
    if taken is None:
        assert known == set()
        return "refused"
    manifest = unverified(ground.files[FILE])
    aside = {number for number, _ in taken.receipt.quarantined}
    sound = [part for number, part in enumerate(manifest.parts, 1) if number not in aside]
    assert known == set().union(*(entries_in(manifest, part) for part in sound))
    assert aside or all(packed["zip"].count(ground.files[part_name(n)]) for n in range(1, len(manifest.parts) + 1))
    return "some parts aside" if aside else "all in"


def mutate(ground: Ground, folder: Path, count: int, seed: int) -> Counter[str]:
    chance, seen = random.Random(seed), Counter[str]()
    for turn in range(count):
        if turn % ZIPPED == 0:
            seen[f"zip: {judge_zip(ground, chance, folder / 'z.skb')}"] += 1
            continue
        kind, files = damage(ground, chance)
        if FILE not in files:
            continue
        found = judge(ground.fresh(), folder / "b.skb", files, owner(ground, files), ground.truth)
        seen["refused" if found < 0 else "some parts aside" if found else "all in"] += 1
        seen[kind] += 1
    return seen


def test_damaged_at_random(large, tmp_path):
    seen = mutate(large, tmp_path, MUTATIONS, seed=1)
    assert min(seen["refused"], seen["some parts aside"], seen["zip: some parts aside"]) > 2


@pytest.mark.long
@pytest.mark.timeout(14400)
def test_damaged_at_random_twenty_thousand_times(large, tmp_path, counts):
    seen = mutate(large, tmp_path, MANY, seed=2)
    counts(f"{MANY} mutations: " + ", ".join(f"{count} {what}" for what, count in sorted(seen.items()))
           + "; 0 wrong bytes accepted")
