"""Desks and a library at work in any order, each step held against a model in memory (faults_model).

What is lost, reordered or doubled needs no rule of its own: a bundle or a receipt may come in at any step, never, or
more than once.
"""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import pytest
from faults_model import LEAVES_WITHOUT_CONSENT, Bundle, Copy, Given, Receipt, Record
from faults_real_desks import PEOPLE, RealDesk, World, name_of
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from kit.branches import correct
from kit.copies import give_back
from kit.desks import Clock
from kit.libraries import SimulatedLibrary
from sqlalchemy import Connection, select

from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import kinds
from appraisal.domain.exchange import Fate
from appraisal.exchange.manifest import FILE, part_name, unverified
from appraisal.exchange.parts import PartKind, unseal
from appraisal.exchange.records import Attachment, PersonKey, Stub, read_records
from db import journal as journal_table
from db.association import states_by_lists
from db.epochs import RESTORED
from db.gaps import signed_gaps
from db.queries.states import EntryStates
from db.schema import batch, certificate, consent, journal, person
from library.revoke import revoke as revoke_at
from library.schema import inbox, kept, question
from library.verify import verify

LATER = (("photo.attached", 1), ("candidate.corrected", 1), ("mark.entered", 1))
"""Kinds that a library of an older release does not know."""
MOST_COPIES, ROUNDS = 8, 8
T = TypeVar("T")
NUMBERS, SERIALS = st.integers(0, 7), st.integers(0, 11)


def attempt(command: Callable[[], T], *codes: str) -> T | None:
    """None where it is refused with one of `codes`."""
    try:
        return command()
    except RuleViolation as refusal:
        if refusal.code not in codes:
            raise
    return None


def consents(connection: Connection) -> dict[str, bool]:
    """Whether each person has agreed to the association."""
    agreed = set(connection.scalars(select(consent.c.person).where(
        consent.c.given, consent.c.purpose == "association")))
    return {one: one in agreed for one in connection.scalars(select(person.c.id))}


class Machine(RuleBasedStateMachine):
    def __init__(self, world: World, seen: Counter[str]) -> None:
        super().__init__()
        self.world, self.seen = world, seen
        world.fresh()
        self.libraries = [world.library("library")]
        if world.postgresql is not None:
            self.libraries.append(world.on_postgresql())
        self.desks: list[RealDesk] = []
        self.copies: list[Copy] = []
        self.backups: list[tuple[int, Path, Copy]] = []
        self.sent: list[Bundle] = []
        self.delivered: dict[int, None] = {}
        self.receipts: list[Receipt] = []
        self.grants: list[tuple[str, bytes]] = []
        self.revoked: set[str] = set()
        self.given, self.older, self.steps, self.broken = Given(), False, 0, True

    @property
    def library(self) -> SimulatedLibrary:
        return self.libraries[0]

    @initialize(desks=st.integers(2, MOST_COPIES), older=st.booleans())
    def begin(self, desks: int, older: bool) -> None:
        with self._step("example"):
            self.older = older
            for number in range(min(desks, self.world.desks)):
                self.desks.append(self.world.open_desk(number, Clock(self.world.clock)))
                self.copies.append(Copy())
                self._acknowledge(number)

    # What people do at a desk

    @rule(n=NUMBERS, serial=SERIALS, agrees=st.booleans())
    def register(self, n: int, serial: int, agrees: bool) -> None:
        with self._step("register"):
            n, desk, copy = self._copy(n)
            document = f"9{serial:017d}"
            with desk.engine.begin() as connection:
                row = connection.execute(select(person).where(person.c.document_number == document)).first()
            known = row.id if row is not None else None
            if row is not None and row.name != name_of(serial):
                with pytest.raises(RuleViolation, match="document_has_other_name"):
                    desk.register_one(serial, agrees=agrees)
                self._acknowledge(n, 0)
                return
            who = desk.register_one(serial, agrees=agrees)
            assert known in (None, who)
            asked = agrees and not copy.consent.get(who, False)
            copy.consent[who] = copy.consent.get(who, False) or agrees
            self._acknowledge(n, (known is None) + asked)

    @rule(n=NUMBERS, who=NUMBERS, what=st.sampled_from(("photo", "name", "phone")), value=st.integers(0, 2))
    def edit(self, n: int, who: int, what: str, value: int) -> None:
        with self._step("edit"):
            n, desk, copy = self._copy(n)
            one = self._person(copy, who)
            if what == "photo":
                desk.photo(one, 100)
            else:
                part, name = ("identity", "name") if what == "name" else ("contact", "phone")
                to = "甲乙丙"[value] if what == "name" else f"1540000000{value}"
                with desk.engine.begin() as connection:
                    now = connection.execute(select(person).where(person.c.id == one)).one()
                if getattr(now, name) == to:
                    self._acknowledge(n, 0)
                    return
                correct(desk, one, part, **{name: to})
            self._acknowledge(n, 1)

    @rule(n=NUMBERS, who=NUMBERS)
    def contradict(self, n: int, who: int) -> None:
        """Two copies of one desk, where there are two, give one person two names."""
        n, desk, copy = self._copy(n)
        one = self._person(copy, who)
        others = [m for m, other in enumerate(self.desks) if m != n and other.id == desk.id and
                  one in self.copies[m].consent]
        for m, value in ((n, 0), *((m, 1) for m in others[:1])):
            self.edit(m, sorted(self.copies[m].consent).index(one), "name", value)

    @rule(n=NUMBERS, who=NUMBERS, given=st.booleans())
    def agree(self, n: int, who: int, given: bool) -> None:
        with self._step("consent"):
            n, desk, copy = self._copy(n)
            one = self._person(copy, who)
            changes = copy.consent.get(one, False) != given
            desk.consent(one, given=given)
            copy.consent[one] = given
            self._acknowledge(n, int(changes))

    @rule(n=NUMBERS, who=st.integers(0, PEOPLE - 1), entry=st.integers(1, 2), value=st.sampled_from((60, 61)))
    def mark(self, n: int, who: int, entry: int, value: int) -> None:
        with self._step("mark"):
            n, desk, _ = self._copy(n)
            attempt(lambda: desk.mark(desk.seated()[who].id, entry, value), "mark_already_entered")
            self._acknowledge(n)

    @rule(n=NUMBERS, who=st.integers(0, PEOPLE - 1))
    def issue(self, n: int, who: int) -> None:
        with self._step("issue"):
            n, desk, _ = self._copy(n)
            number = desk.issue(desk.seated()[who])
            self._acknowledge(n, int(number is not None))

    @rule(n=NUMBERS, which=NUMBERS, there=st.booleans())
    def revoke(self, n: int, which: int, there: bool) -> None:
        """By the desk, or by the association."""
        if there:
            self._revoke_there(which)
            return
        with self._step("revoke"):
            n, desk, _ = self._copy(n)
            rows = [row for row in desk.issued() if row.state == "issued"]
            if rows:
                desk.revoke(rows[which % len(rows)])
            self._acknowledge(n, int(bool(rows)))

    def _revoke_there(self, which: int) -> None:
        with self._step("revoke by the association"):
            with self.library.library.engine.begin() as connection:
                rows = connection.execute(select(certificate.c.number).where(
                    certificate.c.state == "issued").order_by(certificate.c.number)).scalars().all()
            if rows:
                number = rows[which % len(rows)]
                found = {revoke_at(one.library, number, "misprint").new for one in self.libraries}
                assert found == {number not in self.revoked}
                self.revoked.add(number)

    @rule(n=NUMBERS, old=st.integers(0, 3), which=NUMBERS)
    def adopt(self, n: int, old: int, which: int) -> None:
        """New numbers for a new epoch, and the lists of now. Now and then it is an old grant."""
        if self.grants and not old:
            self._adopt_old(n, which)
            return
        with self._step("adopt"):
            n, desk, copy = self._copy(n)
            grant = self._grant(desk)
            self.grants.append((desk.id, grant))
            desk.adopt(grant)
            self._acknowledge(n)
            assert desk.desk.origin.desk.hex() == desk.id
            self._lists_only_grow(desk, copy)
            assert self._told_by_lists(desk) >= {row.number for row in desk.issued() if row.number in self.revoked}

    def _adopt_old(self, n: int, which: int) -> None:
        with self._step("adopt an old one"):
            n, desk, copy = self._copy(n)
            name, grant = self.grants[which % len(self.grants)]
            attempt(lambda: desk.adopt(grant), "trust_list_older" if name == desk.id else "grant_of_other_desk")
            self._acknowledge(n)
            self._lists_only_grow(desk, copy)

    @precondition(lambda self: self.older)
    @rule()
    def upgrade(self) -> None:
        with self._step("upgrade"):
            self.older = False

    # What travels

    @rule(n=NUMBERS)
    def export(self, n: int) -> None:
        with self._step("export"):
            self._export(self._copy(n)[0])

    @rule(n=NUMBERS, arrives=st.booleans(), answered=st.booleans())
    def stick(self, n: int, arrives: bool, answered: bool) -> None:
        """On its way there, and perhaps back."""
        with self._step("stick"):
            n, _, _ = self._copy(n)
            if self._export(n) and arrives:
                receipt = self._take_in(len(self.sent) - 1)
                if answered:
                    self._receive(n, receipt)

    @rule(n=NUMBERS)
    def sync(self, n: int) -> None:
        with self._step("sync"):
            self._sync(self._copy(n)[0])

    @rule(which=st.integers(0, 99))
    def take_in(self, which: int) -> None:
        """Any bundle that ever was, and perhaps not the first time."""
        with self._step("import"):
            if self.sent:
                self._take_in(len(self.sent) - 1 - which % len(self.sent))

    @rule(n=NUMBERS, which=st.integers(0, 99))
    def receipt(self, n: int, which: int) -> None:
        with self._step("receipt"):
            n, desk, _ = self._copy(n)
            ours = [one for one in self.receipts if one.desk == desk.id]
            if ours:
                self._receive(n, ours[len(ours) - 1 - which % len(ours)])

    # What happens to a copy

    @rule(n=NUMBERS, killed=st.booleans())
    def restart(self, n: int, killed: bool) -> None:
        with self._step("killed" if killed else "restart"):
            n, desk, _ = self._copy(n)
            epoch = desk.desk.origin.epoch
            desk.die() if killed else desk.close()
            desk.open()
            assert desk.desk.origin.epoch == epoch
            self._acknowledge(n, 0)

    @rule(n=NUMBERS)
    def back_up(self, n: int) -> None:
        with self._step("backup"):
            n, desk, copy = self._copy(n)
            desk.close()
            file = self.world.work / f"backup-{len(self.backups)}"
            shutil.copytree(desk.folder, file)
            desk.open()
            self.backups.append((n, file, copy.snapshot()))

    @precondition(lambda self: self.backups)
    @rule(which=NUMBERS, said=st.booleans())
    def restore(self, which: int, said: bool) -> None:
        """`said`: by our own command, that leaves a note; else by a hand that copies the folder."""
        with self._step("restore"):
            n, file, before = self.backups[which % len(self.backups)]
            desk, copy = self.desks[n], self.copies[n]
            epoch = desk.desk.origin.epoch
            behind = bool(copy.records.keys() - before.records.keys())
            desk.close()
            shutil.rmtree(desk.folder)
            shutil.copytree(file, desk.folder)
            if said:
                (desk.folder / RESTORED).touch()
            desk.open()
            self.copies[n] = before.snapshot()
            assert (desk.desk.origin.epoch != epoch) is (said or behind)
            self._acknowledge(n, int(said or behind))

    @precondition(lambda self: len(self.desks) < MOST_COPIES)
    @rule(n=NUMBERS, elsewhere=st.booleans())
    def clone(self, n: int, elsewhere: bool) -> None:
        with self._step("clone"):
            n, desk, copy = self._copy(n)
            desk.close()
            number = len(self.desks)
            shutil.copytree(desk.folder, self.world.desk(100 + number))
            settings = self.world.settings(100 + number) if elsewhere else desk.settings
            desk.open()
            self.desks.append(self.world.clone(100 + number, desk, settings))
            self.copies.append(copy.snapshot())
            assert self.desks[number].desk.origin.epoch != desk.desk.origin.epoch
            self._acknowledge(number, 1)

    @rule(n=NUMBERS, hours=st.sampled_from((-24 * 400, -25, -1, 1, 24 * 400)))
    def clock(self, n: int, hours: int) -> None:
        with self._step("clock"):
            self._copy(n)[1].clock.now += hours * 3_600_000

    @rule(n=NUMBERS)
    def give_back(self, n: int) -> None:
        with self._step("give back"):
            n, desk, copy = self._copy(n)
            desk.adopt(self._grant(desk))
            self._acknowledge(n)
            given = attempt(lambda: give_back(self.library, desk, self.world.work / f"given-{self.steps}"),
                            "restoration_of_nothing")
            if given is None:
                return
            desk.take_back(given)
            self._acknowledge(n, known=True)
            self._after_restoration(desk, copy)

    # What must hold

    @invariant()
    def screens_are_true(self) -> None:
        """Every step; each copy's own entries and those that came back."""
        for desk, copy in zip(self.desks, self.copies, strict=True):
            with desk.engine.begin() as connection:
                states = EntryStates(connection)
            for one in copy.records.values():
                if not one.local:
                    shown = states.of(one.epoch, one.seq)[0].value
                    assert shown == copy.screen(one), (one.kind, one.seq, shown, copy.screen(one))
            if copy.read:
                newest = copy.read[max(copy.read)]
                for place, (_, fate) in copy.heard.items():
                    if fate in (Fate.APPLIED, Fate.DUPLICATE):
                        assert newest.states.get(place, "applied") == "applied", place

    def teardown(self) -> None:
        try:
            if not self.broken:
                self._converge()
                self._judge()
        finally:
            for desk in self.desks:
                desk.die()
            for one in self.libraries:
                one.library.engine.dispose()

    # How

    @contextmanager
    def _step(self, name: str) -> Iterator[None]:
        self.broken = True
        self.steps += 1
        self.seen[name] += 1
        yield
        self.broken = False

    def _copy(self, n: int) -> tuple[int, RealDesk, Copy]:
        n %= len(self.desks)
        return n, self.desks[n], self.copies[n]

    def _person(self, copy: Copy, who: int) -> str:
        persons = sorted(copy.consent)
        return persons[who % len(persons)]

    def _acknowledge(self, n: int, expected: int | None = None, *, known: bool = False) -> None:
        """What the desk has written since: so many entries, each one place after the last. `known`: they came back."""
        desk, copy = self.desks[n], self.copies[n]
        local = {kind.name for kind in kinds().values() if kind.local}
        with desk.engine.begin() as connection:
            rows = connection.execute(select(journal).order_by(journal.c.position)).all()
            if not copy.records:
                copy.consent = consents(connection)
        found = [Record(row.epoch, row.seq, row.hash, row.kind, row.person, row.kind in local) for row in rows]
        fresh = [one for one in found if one.place not in copy.records]
        assert len({one.place for one in found}) == len(found)
        assert {one.place: one for one in found if one.place in copy.records} == copy.records  # none lost, none changed
        assert expected is None or len(fresh) == expected, [one.kind for one in fresh]
        if copy.records and not known:
            last = Counter[str]()
            for one in copy.records.values():
                last[one.epoch] = max(last[one.epoch], one.seq)
            for one in fresh:
                assert one.seq == last[one.epoch] + 1
                last[one.epoch] = one.seq
        copy.records |= {one.place: one for one in fresh}

    def _export(self, n: int) -> bool:
        desk, copy = self.desks[n], self.copies[n]
        owed = {one.place: one.hash for one in copy.owed()}
        stick = self.world.work / "stick" / f"{self.steps}-{len(self.sent)}"
        sent = attempt(lambda: desk.export(stick), "nothing_to_send")
        if sent is None:
            assert not owed
            return False
        manifest = unverified((sent.bundle / FILE).read_bytes())
        raw = self._look_into(sent.bundle, manifest, copy)
        assert len(raw) == sent.records
        assert {place: hash_ for place, hash_ in raw.items() if place in owed} == owed  # everything since the receipt
        copy.on_stick |= raw.keys()
        ranges = tuple((chain.epoch, chain.first, chain.last) for chain in manifest.chains)
        self.sent.append(Bundle(desk.id, sent.bundle, ranges, raw))
        self._acknowledge(n, 1)
        return True

    def _look_into(self, path: Path, manifest: Any, copy: Copy) -> dict[tuple[str, int], bytes]:
        """What the library will find. Nobody's entry, key or picture without their consent."""
        raw, agreed = {}, {one for one, given in copy.consent.items() if given}
        for number, part in enumerate(manifest.parts, 1):
            plain = unseal(part, (path / part_name(number)).read_bytes(), self.library.library.identity)
            seq = part.range.first if part.range else 0
            for record in read_records(plain):
                if isinstance(record, Stub):
                    seq += 1
                elif isinstance(record, bytes):
                    assert part.kind is PartKind.RECORDS
                    one = copy.records[manifest.chains[part.range.chain].epoch, seq]
                    assert one.person is None or one.person in agreed or one.kind == LEAVES_WITHOUT_CONSENT
                    assert not one.local
                    raw[one.place] = one.hash
                    seq += 1
                else:
                    assert isinstance(record, Attachment | PersonKey)
                    assert record.person in agreed
        return raw

    def _grant(self, desk: RealDesk) -> bytes:
        request = desk.request()
        return [one.enrol(request) for one in self.libraries][0]  # noqa: RUF015 - each of them enrols

    def _take_in(self, which: int) -> Receipt:
        bundle = self.sent[which]
        with self._release():
            taken = [one.take_in(bundle.path) for one in self.libraries]
        self.given.take(bundle)
        self.delivered[which] = None
        said = taken[0].receipt
        for other in taken[1:]:
            assert other.receipt.fates == said.fates
            assert other.receipt.missing == said.missing
        assert not said.quarantined
        fates = {(one.span.epoch, seq): one.fate for one in said.fates
                 for seq in range(one.span.first, one.span.last + 1)}
        assert len(fates) == sum(one.span.last - one.span.first + 1 for one in said.fates)  # each once
        assert fates.keys() >= (within := self.given.within(bundle))
        assert {place for place in fates if any(place[0] == epoch and first <= place[1] <= last
                                                for epoch, first, last in bundle.ranges)} == within
        states = self._states(bundle.desk)
        assert {place for place, state in states.items() if state != "withheld"} == self.given.of(bundle.desk).keys()
        for place, fate in fates.items():
            assert states[place] == ("applied" if fate is Fate.DUPLICATE else fate.value), place
        receipt = Receipt(bundle.desk, said.number, taken[0].data, fates, states)
        self.receipts.append(receipt)
        return receipt

    def _states(self, desk: str) -> dict[tuple[str, int], str]:
        with self.library.library.engine.begin() as connection:
            return {(row.epoch, row.seq): row.state for row in connection.execute(
                select(inbox.c.epoch, inbox.c.seq, inbox.c.state).where(inbox.c.desk == desk))}

    @contextmanager
    def _release(self) -> Iterator[None]:
        """The library's release: an older one does not know the later kinds."""
        gone = {key: kinds()[key] for key in LATER} if self.older else {}
        for key in gone:
            del kinds()[key]  # type: ignore[attr-defined]
        try:
            yield
        finally:
            kinds().update(gone)  # type: ignore[attr-defined]

    def _receive(self, n: int, receipt: Receipt) -> None:
        desk, copy = self.desks[n], self.copies[n]
        fresh = receipt.number not in copy.read
        counts = desk.receive(receipt.data)
        assert counts.new is fresh
        if fresh:
            copy.hear(receipt)
        self._acknowledge(n, int(fresh))

    def _lists_only_grow(self, desk: RealDesk, copy: Copy) -> None:
        now = self._told_by_lists(desk)
        assert copy.revoked <= now
        copy.revoked |= now

    def _told_by_lists(self, desk: RealDesk) -> set[str]:
        with desk.engine.begin() as connection:
            told = {one for name in connection.scalars(select(batch.c.id)).all()
                    for one in states_by_lists(connection, name)}
            numbers = connection.execute(select(certificate.c.id, certificate.c.number, certificate.c.state)).all()
        return {row.number for row in numbers if row.id in told or row.state == "revoked"}

    def _after_restoration(self, desk: RealDesk, copy: Copy) -> None:
        """What the library knows stands on the screen too, as of its last receipt; consent came back with the rest."""
        states = self._states(desk.id)
        number = max((one.number for one in self.receipts if one.desk == desk.id), default=0)
        for place, state in states.items():
            if state != "withheld" and number >= copy.heard.get(place, (0, None))[0]:
                copy.heard[place] = (number, Fate(state))
        with desk.engine.begin() as connection:
            copy.consent = consents(connection)

    def _converge(self) -> None:
        """Everything arrives, until nobody has anything to send; then each once more, to hear the news."""
        self.older = False
        for _ in range(ROUNDS):
            if not sum([self._sync(n) for n in range(len(self.desks))]):
                break
        else:
            raise AssertionError("it does not come to an end")
        for n, desk in enumerate(self.desks):
            desk.register_one(1000 + n, agrees=True)
            with desk.engine.begin() as connection:
                who = connection.scalar(select(person.c.id).where(person.c.document_number == f"9{1000 + n:017d}"))
            self.copies[n].consent[who] = True
            self._acknowledge(n, 2)
            assert self._sync(n)

    def _sync(self, n: int) -> bool:
        if not self._export(n):
            return False
        self._receive(n, self._take_in(len(self.sent) - 1))
        return True

    def _judge(self) -> None:
        for desk, copy in zip(self.desks, self.copies, strict=True):
            self._judge_desk(desk, copy)
        ends = [self._end(one) for one in self.libraries]
        assert all(end == ends[0] for end in ends)
        again = self.world.library("in-order")
        for which in sorted(self.delivered):
            again.take_in(self.sent[which].path)
        assert self._end(again) == ends[0]
        again.library.engine.dispose()

    def _judge_desk(self, desk: RealDesk, copy: Copy) -> None:
        states = self._states(desk.id)
        with desk.engine.begin() as connection:
            found = journal_table.verify(connection, gaps=signed_gaps(connection))
            assert found.intact, found.damage
            assert found.entries == len(copy.records)
            assert self.world.differing(connection) == ()
            screen = EntryStates(connection)
        with self.library.library.engine.begin() as connection:
            here = Counter(connection.scalars(select(journal.c.hash).where(journal.c.desk == desk.id)))
            waiting = Counter(connection.scalars(select(kept.c.hash).where(kept.c.desk == desk.id)))
        for one in copy.records.values():
            assert here[one.hash] + waiting[one.hash] <= 1
            if copy.leaves(one):
                assert here[one.hash] + waiting[one.hash] == 1, one  # every record, exactly once
            if states.get(one.place, "withheld") != "withheld" and (copy.leaves(one) or one.place in copy.heard):
                now = {"applied": "accepted", "parked": "received"}.get(states[one.place], "needs_you")
                shown = screen.of(one.epoch, one.seq)[0].value
                assert shown == now, (self.desks.index(desk), one.kind, one.seq, shown, copy.leaves(one))

    def _end(self, library: SimulatedLibrary) -> Any:
        with library.library.engine.begin() as connection:
            assert verify(connection).damage == ()
            assert self.world.differing(connection) == ()
            questions = connection.execute(select(question.c.id, question.c.kind, question.c.matter, question.c.over,
                                                  question.c.state).order_by(question.c.id)).all()
            key = (inbox.c.desk, inbox.c.epoch, inbox.c.seq)
            fates = connection.execute(select(*key, inbox.c.hash, inbox.c.state, inbox.c.code).order_by(*key)).all()
            left = connection.execute(select(kept.c.desk, kept.c.epoch, kept.c.seq, kept.c.hash, kept.c.state).order_by(
                kept.c.desk, kept.c.epoch, kept.c.seq, kept.c.hash)).all()
        return library.digests(), questions, [tuple(row) for row in fates], [tuple(row) for row in left]
