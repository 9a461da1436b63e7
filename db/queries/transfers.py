"""The exchange with the association as the journal tells it, the newest first."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import Engine, select

from appraisal.domain.exchange import Fate
from appraisal.journal import Entry, read
from appraisal.usecases.transfers import Transfer, Way
from db.schema import journal, operator

EXPORTED, RECEIVED = "bundle.exported", "receipt.accepted"
MOST = 100


def transfers(engine: Engine, most: int = MOST) -> Sequence[Transfer]:
    query = (select(journal.c.entry).where(journal.c.kind.in_((EXPORTED, RECEIVED)))
             .order_by(journal.c.position.desc()).limit(most))
    with engine.begin() as connection:
        logins = {row.id: row.login for row in connection.execute(select(operator.c.id, operator.c.login))}
        entries = [read(data) for data in connection.scalars(query)]
    return [_left(one, logins.get(one.operator, "")) if one.kind == EXPORTED
            else _came(one, logins.get(one.operator, "")) for one in entries]


def _left(one: Entry, login: str) -> Transfer:
    body = one.body
    return Transfer(Way.LEFT, one.at[0], login, body["records"], body["attachments"], body["withheld"])


def _came(one: Entry, login: str) -> Transfer:
    counts: Counter[str] = Counter()
    for fate in one.body["fates"]:
        counts[fate["fate"]] += fate["span"]["last"] - fate["span"]["first"] + 1
    return Transfer(
        Way.CAME, one.at[0], login, number=one.body["number"],
        accepted=counts[Fate.APPLIED] + counts[Fate.DUPLICATE], waiting=counts[Fate.PARKED],
        refused=counts[Fate.HELD] + counts[Fate.REJECTED])
