"""Bundles of many small parts, ways to damage them, and the oracle: nothing wrong is in, all that is untouched is."""

import random
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from kit.desks import SimulatedDesk
from kit.libraries import SimulatedLibrary
from sqlalchemy import select

from appraisal.domain.errors import RuleViolation
from appraisal.domain.operator import Role
from appraisal.exchange.manifest import FILE, Manifest, make_manifest, part_name, unverified
from appraisal.exchange.packing import Sent, record_parts
from appraisal.exchange.parts import Part, PartKind, Range, seal
from appraisal.exchange.records import attachment, frame
from db.bundle_files import SUFFIX
from db.schema import attachment as attachments
from db.schema import journal, person_key
from library import schema

Files = dict[str, bytes]
BLOCK = 4096


def small_parts(desk: SimulatedDesk, rows: int, pictures: int) -> Files:
    """What the desk would send, in parts of so many entries and so many pictures: as valid as one great part."""
    with desk.desk.work(desk.operators[Role.SUPERVISOR]) as work:
        outbox = desk.exchange.outbox(work)
        library = outbox.libraries()[0]
        chains, sent, found = outbox.chains(), Sent(), []
        for number, chain in enumerate(chains):
            entries = iter(outbox.rows(chain))
            while group := list(islice(entries, rows)):
                for plain, first, last in record_parts(group, outbox.keys, sent):
                    found.append(seal(plain, PartKind.RECORDS, library.recipients, Range(number, first, last)))
        names = iter(sent.attachments)
        while some := list(islice(names, pictures)):
            plain = b"".join(frame(attachment(*outbox.attachment(name))) for name in some)
            found.append(seal(plain, PartKind.ATTACHMENTS, library.recipients))
        manifest = Manifest(
            library.library, outbox.desk, work.new_id(), work.now, tuple(chains), tuple(part for part, _ in found),
            library.recipients, outbox.last_receipt(library.library), 0, sent.records, len(sent.attachments), 0)
        files = {part_name(number): data for number, (_, data) in enumerate(found, 1)}
        return files | {FILE: make_manifest(manifest, desk.exchange.signer)}


def lay_down(files: Mapping[str, bytes], folder: Path) -> Path:
    """As a folder; a name that is not among `files` is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


def files_of(bundle: Path) -> Files:
    return {one.name: one.read_bytes() for one in bundle.iterdir() if one.name == FILE or one.name.startswith("part-")}


@dataclass(frozen=True, slots=True)
class Truth:
    """What desks have really written."""

    entries: Mapping[tuple[str, str, int], tuple[bytes, bytes]]
    """(desk, epoch, seq) -> hash and bytes."""
    keys: Mapping[str, bytes]
    pictures: Mapping[str, bytes]


def truth_of(*desks: SimulatedDesk) -> Truth:
    entries, keys, pictures = {}, {}, {}
    for desk in desks:
        with desk.engine.begin() as connection:
            entries |= {(row.desk, row.epoch, row.seq): (row.hash, row.entry)
                        for row in connection.execute(select(journal))}
            keys |= dict(connection.execute(select(person_key)).all())
            pictures |= {row.id: row.sealed for row in connection.execute(select(attachments))}
    return Truth(entries, keys, pictures)


def nothing_wrong(association: SimulatedLibrary, truth: Truth) -> set[tuple[str, str, int]]:
    """Whatever is in the library was written by a desk, byte for byte. Returns what entries it has or knows of."""
    with association.library.engine.begin() as connection:
        for row in connection.execute(select(journal)):
            assert (row.hash, row.entry) == truth.entries[row.desk, row.epoch, row.seq]
        for row in connection.execute(select(schema.kept)):
            assert (row.hash, row.entry) == truth.entries[row.desk, row.epoch, row.seq]
        for person, key in connection.execute(select(person_key)):
            assert truth.keys[person] == key
        for row in connection.execute(select(attachments)):
            assert truth.pictures[row.id] == row.sealed
        assert connection.execute(select(schema.key_conflict)).all() == []
        inbox = connection.execute(select(schema.inbox)).all()
    for row in inbox:
        assert row.hash == truth.entries[row.desk, row.epoch, row.seq][0]
        assert row.state in ("applied", "parked", "withheld")
    return {(row.desk, row.epoch, row.seq) for row in inbox}


def entries_in(manifest: Manifest, part: Part) -> set[tuple[str, str, int]]:
    if part.range is None:
        return set()
    epoch = manifest.chains[part.range.chain].epoch
    return {(manifest.desk, epoch, seq) for seq in range(part.range.first, part.range.last + 1)}


def judge(association: SimulatedLibrary, bundle: Path, files: Mapping[str, bytes],
          sound: Mapping[str, bytes] | None, truth: Truth) -> int:
    """Takes `files` in. `sound`: the files of the honest bundle that the manifest in them belongs to; None where
    nobody signed it. Returns how many parts were put aside, and -1 for a bundle refused as a whole."""
    lay_down(files, bundle)
    if sound is None:
        try:
            association.take_in(bundle)
        except RuleViolation:
            assert nothing_wrong(association, truth) == set()
            return -1
        raise AssertionError("a manifest that nobody signed was taken")
    manifest = unverified(sound[FILE])
    touched = {number for number in range(1, len(manifest.parts) + 1)
               if files.get(part_name(number)) != sound[part_name(number)]}
    taken = association.take_in(bundle)
    assert {number for number, _ in taken.receipt.quarantined} == touched
    for number, code in taken.receipt.quarantined:
        assert code == ("part_changed" if part_name(number) in files else "part_missing")
    expected, lost = set(), set()
    for number, part in enumerate(manifest.parts, 1):
        (lost if number in touched else expected).update(entries_in(manifest, part))
    assert nothing_wrong(association, truth) == expected
    assert {(manifest.desk, one.epoch, seq) for one in taken.receipt.missing
            for seq in range(one.first, one.last + 1)} == lost
    return len(touched)


Damage = Callable[[random.Random, Files, Files], None]
"""Changes the first files in place; the second are another desk's bundle."""


def flip(chance: random.Random, files: Files, other: Files) -> None:
    name = some(chance, files)
    data = bytearray(files[name])
    for _ in range(chance.randint(1, 16)):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    files[name] = bytes(data)


def cut(chance: random.Random, files: Files, other: Files) -> None:
    name = some(chance, files)
    if name != FILE and chance.random() < 0.2:
        del files[name]
    else:
        files[name] = files[name][:chance.randrange(len(files[name]))]


def swap(chance: random.Random, files: Files, other: Files) -> None:
    """Two files, or two blocks of one."""
    one, two = some(chance, files), some(chance, files)
    if one != two:
        files[one], files[two] = files[two], files[one]
        return
    data, size = bytearray(files[one]), chance.randint(1, BLOCK)
    a, b = (chance.randrange(max(1, len(data) - size)) for _ in range(2))
    data[a:a + size], data[b:b + size] = data[b:b + size], data[a:a + size]
    files[one] = bytes(data)


def repeat(chance: random.Random, files: Files, other: Files) -> None:
    """A file in another's place, or a block of it twice."""
    one, two = some(chance, files), some(chance, files)
    if one != two:
        files[one] = files[two]
        return
    at = chance.randrange(len(files[one]))
    end = at + chance.randint(1, BLOCK)
    files[one] = files[one][:end] + files[one][at:]


def splice(chance: random.Random, files: Files, other: Files) -> None:
    """Files of one desk in the other's bundle."""
    for name in chance.sample(sorted(files), chance.randint(1, max(1, len(files) // 2))):
        if name in other:
            files[name] = other[name]


def zero(chance: random.Random, files: Files, other: Files) -> None:
    """A block of the medium, as a worn stick gives it back."""
    name = some(chance, files)
    at = chance.randrange(0, max(1, len(files[name])), BLOCK)
    files[name] = files[name][:at] + bytes(len(files[name][at:at + BLOCK])) + files[name][at + BLOCK:]


DAMAGES: tuple[Damage, ...] = (flip, cut, swap, repeat, splice, zero)


def some(chance: random.Random, files: Files) -> str:
    return chance.choice(sorted(name for name, data in files.items() if data))


def zipped(files: Mapping[str, bytes], to: Path) -> Path:
    with zipfile.ZipFile(to, "w", zipfile.ZIP_STORED) as packed:
        for name, data in sorted(files.items()):
            packed.writestr(zipfile.ZipInfo(name), data)
    assert to.suffix == SUFFIX
    return to
