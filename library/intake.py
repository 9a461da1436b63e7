"""A bundle comes in: signature first, then part by part; what is damaged is put aside, the rest is taken."""

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Connection, select

from appraisal.canonical import Malformed
from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.exchange.manifest import FILE, ChainRange, Manifest, digest, part_name, unverified
from appraisal.exchange.parts import Part, PartKind, Range, unseal
from appraisal.exchange.ports import BundleSource
from appraisal.exchange.receipt import Receipt
from appraisal.exchange.records import Attachment, PersonKey, Stub, read_opened
from db.bulk import bulk, insert_new
from db.schema import attachment, person_key
from library.desk_keys import check_signed, keep_rotations
from library.opening import Library
from library.paging import PAGE, Run, lock, take_pages
from library.reading import Arrival
from library.receipts import give_receipt, nothing_new
from library.retry import retry_parked
from library.schema import desk, key_conflict, quarantine
from library.settling import begin, settle
from library.withdrawing import WITHDRAWN, last_counting, refuse_later, withdrawn

_LATER, _SELDOM = 10, 100


@dataclass(frozen=True, slots=True)
class TakenIn:
    receipt: Receipt
    data: bytes
    """The signed receipt."""


@contextmanager
def at_work() -> Iterator[None]:
    """For a process whose work is to take in: the collector would walk all that is loaded again and again for the many
    objects of an intake. It does so more seldom; `gc.freeze` would spare it for good, but what is frozen and thawed
    again it does not count, and never lets go of."""
    young, middle, old = gc.get_threshold()
    gc.set_threshold(young * _LATER, middle, old * _SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(young, middle, old)


def take_in(library: Library, source: BundleSource) -> TakenIn:
    """Raises RuleViolation bundle_malformed, bundle_newer, bundle_not_signed, bundle_of_other_library,
    bundle_recipients, desk_unknown, desk_withdrawn: then nothing of the bundle is taken, and its manifest is in
    quarantine."""
    signed = source.manifest()
    with library.engine.connect() as connection:  # to the end: SQLite clears up when its last connection closes
        return _take_in(library, connection, source, signed)


def _take_in(library: Library, connection: Connection, source: BundleSource, signed: bytes) -> TakenIn:
    manifest = _admit(library, signed)
    keep_rotations(library, manifest)
    run = Run(library.new_id(), manifest.desk)
    begin(library, run)
    counts_to = _counts_to(connection, library, source, manifest)
    known = counts_to is None and _taken_before(connection, library, source, manifest, digest(signed))
    aside = [] if known else _take_parts(connection, library, source, manifest, run, counts_to)
    late = retry_parked(library, run.id)
    settle(library, run, None if late else run.kinds)
    receipt, data = give_receipt(library, manifest, digest(signed), run, tuple(sorted(aside)))
    return TakenIn(receipt, data)


def _taken_before(connection: Connection, library: Library, source: BundleSource, manifest: Manifest,
                  signed: bytes) -> bool:
    """Then its parts need not be opened, if they are what the manifest names. `signed`: the manifest's digest."""
    with connection.begin():
        if not nothing_new(connection, library, manifest.desk, signed):
            return False
    found = (source.part(part_name(number), part.length) for number, part in enumerate(manifest.parts, 1))
    return all(data is not None and part.fits(data) for part, data in zip(manifest.parts, found, strict=True))


def _take_parts(connection: Connection, library: Library, source: BundleSource, manifest: Manifest, run: Run,
                counts_to: Mapping[str, int] | None) -> list[tuple[int, str]]:
    """Numbers of the parts that are put aside, and why. Attachments stand last and are taken first: an entry waits for
    the picture it names."""
    aside: list[tuple[int, str]] = []
    for number, part in sorted(enumerate(manifest.parts, 1), key=lambda one: one[1].kind is PartKind.RECORDS):
        try:
            _take_part(connection, _open_part(library, source, manifest, number, part), manifest, run, part,
                       counts_to)
        except Malformed as fault:
            aside.append((number, fault.reason))
            data = source.part(part_name(number), part.length)
            _put_aside(library, manifest.desk, manifest.bundle, part_name(number), fault.reason, data or b"")
    return aside


def admit(library: Library, signed: bytes) -> Manifest:
    """Whose bundle this is and what is in it. Keeps nothing; raises RuleViolation as `take_in` does."""
    try:
        return _checked(library, signed, unverified(signed))
    except Malformed as fault:
        code = "bundle_newer" if fault.reason == "newer_format" else "bundle_malformed"
        raise RuleViolation(code, reason=fault.reason) from fault


def _admit(library: Library, signed: bytes) -> Manifest:
    try:
        return admit(library, signed)
    except RuleViolation as refusal:
        _put_aside(library, _claimed(signed), "", FILE, refusal.code, signed)
        raise


def _claimed(signed: bytes) -> Id:
    """The desk that a manifest names, whoever wrote it."""
    try:
        return unverified(signed).desk
    except Malformed:
        return ""


def _checked(library: Library, signed: bytes, said: Manifest) -> Manifest:
    """`said` once it is known who said it."""
    if said.library != library.id:
        raise RuleViolation("bundle_of_other_library")
    with library.engine.begin() as connection:
        row = connection.execute(select(desk).where(desk.c.desk == said.desk)).first()
        if row is None:
            raise RuleViolation("desk_unknown", desk=said.desk[:8])
        if row.state == WITHDRAWN and withdrawn(connection, row.desk) is None:
            raise RuleViolation("desk_withdrawn", desk=said.desk[:8])
        manifest = check_signed(connection, row, signed, said)
    if not set(library.recipients) <= set(manifest.recipients):
        raise RuleViolation("bundle_recipients", desk=said.desk[:8])
    return manifest


def _put_aside(library: Library, name: Id, bundle: Id, file: str, code: str, data: bytes) -> None:
    """Bad bytes are kept with the reason; the same bytes once."""
    with library.engine.begin() as connection:
        connection.execute(insert_new(connection, quarantine), {
            "desk": name, "bundle": bundle, "name": file, "digest": sha256(data).hexdigest(), "at": library.clock(),
            "code": code, "data": data})


def _open_part(library: Library, source: BundleSource, manifest: Manifest, number: int, part: Part) -> "_Found":
    """Raises Malformed: nothing of the part is taken then."""
    data = source.part(part_name(number), part.length)
    if data is None:
        raise Malformed("part_missing")
    plain = unseal(part, data, library.identity)
    try:
        return _Found(plain, manifest.chains, part.range)
    except Malformed as fault:
        raise Malformed("part_malformed") from fault


def _take_part(connection: Connection, found: "_Found", manifest: Manifest, run: Run, part: Part,
               counts_to: Mapping[str, int] | None) -> None:
    """Each page is a transaction of its own: what is in stays in. `counts_to`: of a desk that is withdrawn, by epoch
    the last entry that counts."""
    epoch = manifest.chains[part.range.chain].epoch if part.range else ""
    if counts_to is not None and part.range:
        later = [one for one in found.arrivals if one.seq > counts_to[epoch]]
        with connection.begin():
            lock(connection, run.desk)
            refuse_later(connection, run.desk, epoch, run.id, later)
        found.arrivals = found.arrivals[:len(found.arrivals) - len(later)]
        if not found.arrivals:
            return  # nor the keys that came with them
    with connection.begin():
        _take_attachments(connection, found.attachments)
        keys = _take_keys(connection, run, found.keys)
    if part.range:
        take_pages(connection, run, epoch, found.arrivals, keys)


def _counts_to(connection: Connection, library: Library, source: BundleSource,
               manifest: Manifest) -> Mapping[str, int] | None:
    with connection.begin():
        return last_counting(
            connection, manifest,
            lambda number, part: _open_part(library, source, manifest, number, part).arrivals)


class _Found:
    """What a part holds, in its kinds. Raises Malformed where its chain records are not its range."""

    def __init__(self, plain: bytes, chains: Sequence[ChainRange], range_: Range | None) -> None:
        self.keys: list[PersonKey] = []
        self.attachments: list[Attachment] = []
        self.arrivals = list(self._arrivals(plain, range_.first if range_ else 0))
        if len(self.arrivals) != (range_.last - range_.first + 1 if range_ else 0):
            raise Malformed("bad_range")
        if range_ and range_.last == chains[range_.chain].last and \
                self.arrivals[-1].hash != chains[range_.chain].after:
            raise Malformed("bad_head")

    def _arrivals(self, plain: bytes, seq: int) -> Iterator[Arrival]:
        for record, hash_, opened in read_opened(plain):
            if isinstance(record, bytes):
                yield Arrival(seq, hash_, record, opened)
                seq += 1
            elif isinstance(record, Stub):
                if record.seq != seq:
                    raise Malformed("bad_seq")
                yield Arrival(seq, record.hash, None)
                seq += 1
            elif type(record) is PersonKey:
                self.keys.append(record)
            elif isinstance(record, Attachment):
                self.attachments.append(record)


def _take_attachments(connection: Connection, found: Sequence[Attachment]) -> None:
    for at in range(0, len(found), PAGE):  # a part may hold hundreds of thousands that are a few bytes long
        connection.execute(insert_new(connection, attachment), [
            {"id": sha256(one.sealed).hexdigest(), "person": one.person, "sealed": one.sealed}
            for one in found[at:at + PAGE]])


def _take_keys(connection: Connection, run: Run, found: Sequence[PersonKey]) -> Mapping[Id, bytes]:
    """A person has one key. Another one is kept beside, and what it seals is held for an officer. Returns what is
    known to be the library's."""
    fresh: dict[Id, bytes] = {}
    for at in range(0, len(found), PAGE):
        page = {one.person: one.key for one in found[at:at + PAGE]}
        if bulk(connection, insert_new(connection, person_key), ("person", "key"),
                list(page.items())) == len(page):
            fresh |= page
            continue
        known = connection.execute(
            select(person_key.c.person, person_key.c.key).where(person_key.c.person.in_(page)))
        other = [{"desk": run.desk, "person": person, "key": page[person]}
                 for person, key in known if key != page[person]]
        if other:
            connection.execute(insert_new(connection, key_conflict), other)
    return fresh
