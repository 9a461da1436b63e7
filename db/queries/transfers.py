"""The exchange with the association as the journal tells it, the newest first."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import Engine, select, union_all

from appraisal.domain.exchange import Fate
from appraisal.journal import Entry, read
from appraisal.usecases.transfers import Transfer, Way
from db.schema import bundle, epoch, journal, operator, receipt, restoration

EXPORTED, RECEIVED, SHORT, RESTORED, BEGAN = (
    "bundle.exported", "receipt.accepted", "receipt.short_accepted", "restoration.taken", "epoch.began")
MOST = 100
_PLACES = union_all(*(select(table.c.position) for table in (bundle, receipt, restoration, epoch))).subquery()
"""Of the entries that this list is made of, by the short tables they are projected to: the journal is long."""


def transfers(engine: Engine, most: int = MOST) -> Sequence[Transfer]:
    places = select(_PLACES.c.position).distinct().order_by(_PLACES.c.position.desc()).limit(most).subquery()
    query = select(journal.c.entry).where(journal.c.position.in_(select(places.c.position))).order_by(
        journal.c.position.desc())
    with engine.begin() as connection:
        logins = {row.id: row.login for row in connection.execute(select(operator.c.id, operator.c.login))}
        entries = [read(data) for data in connection.scalars(query)]
    return [_transfer(one, logins.get(one.operator, "")) for one in entries]


def _transfer(one: Entry, login: str) -> Transfer:
    body = one.body
    if one.kind == EXPORTED:
        return Transfer(Way.LEFT, one.at[0], login, body["records"], body["attachments"], body["withheld"])
    if one.kind == RESTORED:
        return Transfer(Way.RESTORED, one.at[0], login)
    if one.kind == BEGAN:
        return Transfer(Way.BEGAN, one.at[0], login, reason=body["reason"])
    return _came(one, login)


def _came(one: Entry, login: str) -> Transfer:
    counts: Counter[str] = Counter()
    for fate in one.body["fates"]:
        counts[fate["fate"]] += fate["span"]["last"] - fate["span"]["first"] + 1
    return Transfer(
        Way.CAME, one.at[0], login, number=one.body["number"],
        accepted=counts[Fate.APPLIED] + counts[Fate.DUPLICATE], waiting=counts[Fate.PARKED],
        refused=counts[Fate.HELD] + counts[Fate.REJECTED], short=one.kind == SHORT)
