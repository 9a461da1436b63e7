"""One number on two certificates, two certificates for one enrolment, one number of the province for two enrolments:
all are kept, and none of them counts before an officer has decided."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, Table, select

from appraisal.domain.certificate import CertificateIssued
from appraisal.domain.events import Id
from appraisal.domain.exchange import Fate
from appraisal.domain.numbers import CertificateNumberGiven
from appraisal.domain.question import QuestionKind
from db.schema import certificate, certificate_number, enrolment
from library.applying import CONFLICT
from library.evidence import evidence_of, rulings_on
from library.merging import Known, Ref, Ruling
from library.opening import Library
from library.telling import Place
from library.weighing import NOT_CHOSEN, Doubt, Weighed


@dataclass(slots=True)
class DoubleClaims:
    """`groups`: matter -> ids of the certificates, or enrolments, that claim the same."""

    groups: dict[str, frozenset[Id]]
    persons: frozenset[Id]
    _entries: dict[Ref, Known] = field(default_factory=dict)

    def weigh(self, connection: Connection, library: Library, weighed: Weighed) -> None:
        if not self.groups:
            return
        rulings = rulings_on(connection, self.groups)
        known = [one for name in sorted(self.persons) for one in evidence_of(connection, library.id, name).told]
        for matter, claimed in sorted(self.groups.items()):
            claims = [one for one in known if _claims(one, matter, claimed)]
            self._entries |= {one.ref: one for one in claims}
            self._weigh(matter, claims, rulings.get(matter, []), weighed)

    def _weigh(self, matter: str, claims: list[Known], rulings: list[Ruling], weighed: Weighed) -> None:
        lost = {ref for ruling in rulings for ref in ruling.over if ref != ruling.choice}
        weighed.reject((one.ref for one in claims if one.ref in lost), NOT_CHOSEN)
        left = [one for one in claims if one.ref not in lost]
        if len(left) < 2:
            return
        weighed.contest((one.ref for one in left), CONFLICT)
        kind = QuestionKind.NUMBER if matter.startswith("number/") else QuestionKind.CERTIFICATE
        persons = sorted({one.event.person for one in left})
        weighed.doubts.append(Doubt(kind, matter, tuple(sorted(one.ref for one in left)), persons[0], persons[-1]))

    def fates(self, weighed: Weighed) -> Mapping[Place, tuple[Fate, str]]:
        """Of other people's entries too."""
        return {(one.desk, one.epoch, one.seq): weighed.fates[ref] for ref, one in self._entries.items()
                if ref in weighed.fates}


def double_claims(connection: Connection, name: Id) -> DoubleClaims:
    """Those that this person has a part in."""
    groups: dict[str, frozenset[Id]] = {}
    persons: set[Id] = {name}
    for column, what in ((certificate.c.number, "certificate"), (certificate.c.enrolment, "certificate")):
        mine = select(column).where(certificate.c.person == name)
        rows = connection.execute(select(column.label("claimed"), certificate.c.id, certificate.c.person)
                                  .where(column.in_(mine))).all()
        _group(what, [(row.claimed, row.id, row.person) for row in rows], groups, persons)
    given = _numbers(certificate_number, connection, name)
    _group("number", given, groups, persons)
    return DoubleClaims(groups, frozenset(persons) if groups else frozenset())


def _numbers(table: Table, connection: Connection, name: Id) -> list[tuple[str, Id, Id]]:
    mine = select(table.c.number).join_from(table, enrolment, enrolment.c.id == table.c.enrolment).where(
        enrolment.c.person == name)
    rows = connection.execute(
        select(table.c.number, enrolment.c.id, enrolment.c.person)
        .join_from(table, enrolment, enrolment.c.id == table.c.enrolment).where(table.c.number.in_(mine)))
    return [(row.number, row.id, row.person) for row in rows]


def _group(what: str, rows: list[tuple[str, Id, Id]], groups: dict[str, frozenset[Id]], persons: set[Id]) -> None:
    for claimed in {row[0] for row in rows}:
        ids = frozenset(one for value, one, _ in rows if value == claimed)
        if len(ids) > 1:
            groups[f"{what}/{claimed}"] = ids
            persons |= {who for value, _, who in rows if value == claimed}


def _claims(one: Known, matter: str, claimed: frozenset[Id]) -> bool:
    if isinstance(one.event, CertificateIssued):
        return one.event.certificate in claimed and matter.startswith("certificate/")
    return isinstance(one.event, CertificateNumberGiven) and one.event.enrolment in claimed and \
        matter == f"number/{one.event.number}"
