"""This desk's journal on its way to the association: what leaves, what stays, what has arrived."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, and_, exists, func, or_, select

from appraisal.credential.cose import ED25519, Ed25519Signer, Signer, verifying_key
from appraisal.credential.status import StatusList
from appraisal.domain.consent import Purpose
from appraisal.domain.events import Id
from appraisal.domain.exchange import Fate, Span
from appraisal.exchange.manifest import ChainRange, LastReceipt
from appraisal.exchange.ports import Recognised, Row
from appraisal.exchange.receipt import is_settled
from appraisal.exchange.restoration import UNKNOWN
from appraisal.exchange.rotation import MOST as MOST_ROTATIONS
from appraisal.exchange.rotation import KeyOf
from appraisal.exchange.spans import gaps, laid_over
from appraisal.exchange.updates import LISTS, TRUST
from appraisal.journal import START, read
from appraisal.usecases.export_bundle import NewSigner
from appraisal.usecases.ports import Work
from db.desk import SqlDesk, SqlWork
from db.desk_keys import new_key
from db.journal import Origin
from db.queries.states import SAID, local_kinds
from db.repositories import of_desk, of_this_library, status_from
from db.schema import (
    adopted,
    attachment,
    bundle,
    bundle_span,
    consent,
    gap,
    journal,
    key_rotation,
    library,
    person_key,
    receipt,
    status_list,
    trust_list,
    update_taken,
)
from db.secrets import person_keys_found

PAGE = 2000
LOST = "epoch.restored"
"""A local kind: what is lost was not withheld."""


class SqlExchange:
    """A desk that sends and receives; `signer` holds its transport key."""

    def __init__(self, desk: SqlDesk, signer: Ed25519Signer, recipient: str | None = None) -> None:
        self._desk, self._signer, self.recipient = desk, signer, recipient

    @property
    def signer(self) -> Signer:
        return self._signer

    @property
    def public(self) -> bytes:
        return self._signer.public

    @property
    def certificate_key(self) -> bytes:
        signer = self._desk.signer
        assert isinstance(signer, Ed25519Signer)
        return signer.public

    def renew(self, work: Work, what: KeyOf) -> Ed25519Signer:
        assert isinstance(work, SqlWork)
        return new_key(work.connection, what, self._desk.random)

    def sign_with(self, signer: NewSigner) -> None:
        assert isinstance(signer, Ed25519Signer)
        self._signer = signer

    def outbox(self, work: Work) -> "SqlOutbox":
        assert isinstance(work, SqlWork)
        return SqlOutbox(work.connection, self._desk.origin)


class SqlOutbox:
    def __init__(self, connection: Connection, origin: Origin) -> None:
        self._connection, self.desk, self.epoch = connection, origin.desk.hex(), origin.epoch.hex()

    def libraries(self) -> Sequence[Recognised]:
        query = select(library).order_by(library.c.position.desc())
        return [Recognised(row.id, verifying_key(ED25519, row.receipt_key), verifying_key(ED25519, row.list_key),
                           tuple(msgspec.json.decode(row.recipients)), row.root)
                for row in self._connection.execute(query)]

    def chains(self) -> Sequence[ChainRange]:
        heads = self._connection.execute(
            select(journal.c.epoch, func.max(journal.c.seq), func.min(journal.c.position))
            .where(journal.c.desk == self.desk).group_by(journal.c.epoch).order_by(func.min(journal.c.position)))
        found = []
        for epoch, head, _ in heads.all():
            first = self._first_to_send(epoch, head)
            if first is not None:
                before, last = START if first == 1 else self._hash(epoch, first - 1), self._unbroken(epoch, first, head)
                found.append(ChainRange(epoch, first, last, before, self._hash(epoch, last)))
        return found

    def _unbroken(self, epoch: str, first: int, head: int) -> int:
        """How far a range from `first` may go: up to a gap of unknown hash."""
        lost = self._connection.scalar(select(func.min(gap.c.seq)).where(
            gap.c.desk == self.desk, gap.c.epoch == epoch, gap.c.seq.between(first, head), gap.c.hash == UNKNOWN))
        return head if lost is None else int(lost) - 1

    def rows(self, chain: ChainRange) -> Iterator[Row]:
        settled = iter(self._settled[chain.epoch])
        known = next(settled, None)
        at = chain.first
        while at <= chain.last:
            for seq, hash_, entry, kind, person, leaves in self._page(
                    chain.epoch, at, min(chain.last, at + PAGE - 1)):
                while known is not None and known[1] < seq:
                    known = next(settled, None)
                yield Row(seq, hash_, entry, kind, person, bool(leaves) or seq in self._told[chain.epoch],
                          known is not None and known[0] <= seq)
            at += PAGE

    def _page(self, epoch: Id, first: int, last: int) -> Sequence[Any]:
        """Entries, and the places of those that are lost: they go as stubs."""
        found = self._connection.execute(
            select(journal.c.seq, journal.c.hash, journal.c.entry, journal.c.kind, journal.c.person,
                   self._leaves.label("leaves"))
            .where(*self._within(epoch, first, last)).order_by(journal.c.seq)).all()
        if len(found) == last - first + 1:
            return found
        here = {row.seq for row in found}
        lost = self._connection.execute(
            select(gap.c.seq, gap.c.hash).where(gap.c.desk == self.desk, gap.c.epoch == epoch,
                                                gap.c.seq.between(first, last))).all()
        return sorted([*found, *((seq, hash_, b"", LOST, None, False) for seq, hash_ in lost if seq not in here)])

    def bytes_of(self, chain: ChainRange) -> int:
        """Entries and the attachments of all the people named: never less than what is written."""
        within = self._within(chain.epoch, chain.first, chain.last)
        entries = self._connection.scalar(select(func.sum(func.length(journal.c.entry))).where(*within)) or 0
        named = select(journal.c.person).where(*within, journal.c.kind.in_(("photo.attached", "certificate.issued")))
        pictures = self._connection.scalar(
            select(func.sum(func.length(attachment.c.sealed))).where(attachment.c.person.in_(named))) or 0
        return int(entries) + int(pictures)

    def keys(self, persons: Iterable[Id]) -> Mapping[Id, bytes]:
        found: dict[Id, bytes] = {}
        wanted = sorted(persons)
        for at in range(0, len(wanted), PAGE):
            query = select(person_key.c.person, person_key.c.key)
            rows = self._connection.execute(query.where(person_key.c.person.in_(wanted[at:at + PAGE]))).all()
            found |= person_keys_found(self._connection, rows)
        return found

    def attachment(self, name: str) -> tuple[Id, bytes] | None:
        row = self._connection.execute(
            select(attachment.c.person, attachment.c.sealed).where(attachment.c.id == name)).first()
        return (row.person, row.sealed) if row else None

    def last_receipt(self, library: Id) -> LastReceipt | None:
        row = self._connection.execute(
            select(receipt.c.number, receipt.c.digest)
            .where(receipt.c.desk == self.desk, receipt.c.library == library, receipt.c.short.is_(False))
            .order_by(receipt.c.number.desc()).limit(1)).first()
        return LastReceipt(row.number, bytes.fromhex(row.digest)) if row else None

    def receipt_digest(self, library: Id, number: int) -> bytes | None:
        found = self._connection.scalar(
            select(receipt.c.digest).where(
                receipt.c.desk == self.desk, receipt.c.library == library, receipt.c.number == number,
                receipt.c.short.is_(False)))
        return bytes.fromhex(found) if found else None

    def has_short_receipt(self, digest: str) -> bool:
        return bool(self._connection.scalar(select(exists().where(receipt.c.digest == digest, receipt.c.short))))

    def epochs(self) -> Sequence[str]:
        return self._connection.scalars(
            select(journal.c.epoch).where(journal.c.desk == self.desk).distinct().order_by(journal.c.epoch)).all()

    def sent(self, library: Id, span: Span) -> Sequence[Span]:
        rows = self._connection.execute(
            select(bundle_span.c.first, bundle_span.c.last).join_from(bundle_span, bundle)
            .where(bundle.c.library == library, bundle_span.c.epoch == span.epoch, bundle_span.c.last >= span.first,
                   bundle_span.c.first <= span.last)).all()
        flat = laid_over([(max(first, span.first), min(last, span.last), True) for first, last in rows])
        return [Span(span.epoch, first, last) for first, last, _ in flat]

    def rotations(self) -> Sequence[bytes]:
        return self._connection.scalars(
            select(key_rotation.c.letter).where(of_desk(key_rotation, self.desk))
            .order_by(key_rotation.c.position.desc()).limit(MOST_ROTATIONS)).all()[::-1]

    def hashes(self, span: Span) -> Iterator[bytes]:
        at = span.first
        while at <= span.last:
            page = self._connection.execute(
                select(journal.c.seq, journal.c.hash).where(*self._within(span.epoch, at, span.last))
                .order_by(journal.c.seq).limit(PAGE)).all()
            if not page:
                return
            yield from (row.hash for row in page)
            at = page[-1].seq + 1

    def hash_at(self, epoch: Id, seq: int) -> bytes | None:
        for table in (journal, gap):
            found: bytes | None = self._connection.scalar(select(table.c.hash).where(
                table.c.desk == self.desk, table.c.epoch == epoch, table.c.seq == seq))
            if found is not None:
                return found
        return None

    def reach(self, epoch: Id) -> int:
        return max(self._connection.scalar(select(func.max(table.c.seq)).where(
            table.c.desk == self.desk, table.c.epoch == epoch)) or 0 for table in (journal, gap))

    def has_status_list(self, digest: str) -> bool:
        return bool(self._connection.scalar(select(exists().where(
            status_list.c.digest == digest, of_this_library(status_list)))))

    def status_list(self, digest: bytes) -> StatusList | None:
        data = self._connection.scalar(select(status_list.c.data).where(
            status_list.c.digest == digest.hex(), of_this_library(status_list)))
        return None if data is None else status_from(self._connection, data)

    def has_update(self, path: str, digest: str) -> bool:
        if path.startswith(LISTS):
            return self.has_status_list(digest)
        if path == TRUST:
            query = select(exists().where(trust_list.c.digest == digest, of_this_library(trust_list)))
        else:
            query = select(exists().where(adopted.c.name == path, adopted.c.digest == digest, of_this_library(adopted)))
        return bool(self._connection.scalar(query))

    def updates_issued(self, library: Id) -> int:
        return self._connection.scalar(
            select(func.max(update_taken.c.issued)).where(update_taken.c.library == library)) or 0

    @cached_property
    def _settled(self) -> Mapping[str, Sequence[tuple[int, int]]]:
        """By epoch, ascending: what the library has. What it said last of an entry counts."""
        spans: dict[str, list[tuple[int, int, bool]]] = defaultdict(list)
        for row in self._connection.execute(SAID):
            spans[row.epoch].append((row.first, row.last, is_settled(Fate(row.fate), row.code)))
        found = {epoch: [(first, last) for first, last, settled in laid_over(some) if settled]
                 for epoch, some in spans.items()}
        return defaultdict(list, found)

    @cached_property
    def _leaves(self) -> ColumnElement[bool]:
        """Not the desk's own running, and nobody's without their consent: asked of each entry's person, for a list of
        all who agreed would be made again for each page."""
        agreed = exists().where(consent.c.person == journal.c.person, consent.c.given,
                                consent.c.purpose == Purpose.ASSOCIATION.value)
        return and_(journal.c.kind.not_in(local_kinds()), or_(journal.c.person.is_(None), agreed))

    @cached_property
    def _told(self) -> Mapping[str, set[int]]:
        """Withdrawals of consent by people whom the library knows: it must learn of them."""
        found: dict[str, set[int]] = defaultdict(set)
        withdrawn = select(consent.c.person).where(
            consent.c.given.is_(False), consent.c.purpose == Purpose.ASSOCIATION.value)
        query = select(journal).where(journal.c.desk == self.desk, journal.c.kind == "consent.withdrawn",
                                      journal.c.person.in_(withdrawn))
        for row in self._connection.execute(query):
            if read(row.entry).body["purpose"] == Purpose.ASSOCIATION.value and self._has_arrived(row.person):
                found[row.epoch].add(row.seq)
        return found

    def _has_arrived(self, person: Id) -> bool:
        first = self._connection.execute(
            select(journal.c.epoch, journal.c.seq)
            .where(journal.c.person == person, journal.c.kind == "candidate.registered")).first()
        return first is not None and any(a <= first.seq <= b for a, b in self._settled[first.epoch])

    def _first_to_send(self, epoch: str, head: int) -> int | None:
        told = [seq for seq in self._told[epoch] if not any(a <= seq <= b for a, b in self._settled[epoch])]
        for run in gaps(self._settled[epoch], 1, head):
            first: int | None = self._connection.scalar(
                select(journal.c.seq).where(*self._within(epoch, run.first, run.last), self._leaves)
                .order_by(journal.c.seq).limit(1))
            here = [seq for seq in told if run.first <= seq <= run.last]
            if first is not None or here:
                return min([*here, *([first] if first is not None else [])])
        return None

    def _hash(self, epoch: str, seq: int) -> bytes:
        found = self.hash_at(epoch, seq)
        assert found is not None
        return found

    def _within(self, epoch: str, first: int, last: int) -> tuple[ColumnElement[bool], ...]:
        return journal.c.desk == self.desk, journal.c.epoch == epoch, journal.c.seq.between(first, last)
