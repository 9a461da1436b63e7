"""The certificate keys of the trust list: those in force, those before a rotation, those of withdrawn desks."""

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, select

from appraisal.credential.cose import ED25519, read1, verifying_key
from appraisal.credential.trust import CentreKey, allowance
from appraisal.domain.certificate import Bilingual
from appraisal.exchange.rotation import KeyOf
from db.schema import certificate
from library.schema import desk, past_key, withdrawal

OLD_KEY_DAYS = 180
"""A certificate key goes on being good so long after a rotation: the oldest trust list that a desk may issue by."""
DAY = 86_400
_LONGEST_CERTIFICATE = 1 << 12


def centre_keys(connection: Connection) -> tuple[CentreKey, ...]:
    """For the trust list. Desks of one centre may share a key; then the most that any of them may do counts."""
    found: dict[bytes, CentreKey] = {}
    gone = {row.desk: row for row in connection.execute(select(withdrawal))}
    for row in connection.execute(select(desk).order_by(desk.c.ordinal)):
        name, ends = Bilingual(row.name_zh, row.name_en), gone.get(row.desk)
        until = None if ends is None else ends.at // 1000
        begins = row.sign_from
        for past in connection.execute(select(past_key).where(
                past_key.c.desk == row.desk, past_key.c.what == int(KeyOf.CERTIFICATES)).order_by(past_key.c.at)):
            old_until = past.at // 1000 + OLD_KEY_DAYS * DAY
            _add(found, connection, CentreKey(verifying_key(ED25519, past.key), name, begins,
                                              old_until if until is None else min(until, old_until)), ends)
            begins = past.at // 1000 // DAY * DAY
        _add(found, connection, CentreKey(verifying_key(ED25519, row.certificate_key), name, begins, until), ends)
    return tuple(found.values())


def _add(found: dict[bytes, CentreKey], connection: Connection, key: CentreKey, ends: Any) -> None:
    kid = key.key.kid
    if kid in found and (found[kid].sign_to is None or key.sign_to is not None):
        return
    if ends is not None and ends.compromised:
        key = replace(key, allowed=_signed_by(connection, kid))
    found[kid] = key


def _signed_by(connection: Connection, kid: bytes) -> frozenset[bytes]:
    """Of the certificates that the library has: only these are honest paper."""
    rows = connection.scalars(select(certificate.c.cose))
    return frozenset(allowance(data) for data in rows if read1(data, max_bytes=_LONGEST_CERTIFICATE).kid == kid)
