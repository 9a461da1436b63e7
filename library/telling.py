"""An entry's fate has changed since its desk was told: the inbox says so, and the next receipt does."""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, bindparam, select, tuple_, update

from appraisal.domain.events import Id
from appraisal.domain.exchange import Fate
from db.bulk import conflict_insert
from library.schema import inbox, news

Place = tuple[Id, Id, int]
_ROWS = 300


def tell(connection: Connection, wanted: Mapping[Place, tuple[Fate, str]]) -> int:
    """How many fates are others than before. The desks' cursors are locked."""
    now = _fates(connection, wanted)
    changed = [(place, fate) for place, fate in wanted.items() if now.get(place, fate) != fate]
    if changed:
        connection.execute(
            update(inbox).where(inbox.c.desk == bindparam("at_desk"), inbox.c.epoch == bindparam("at_epoch"),
                                inbox.c.seq == bindparam("at_seq"))
            .values(state=bindparam("state"), code=bindparam("code")),
            [{"at_desk": desk, "at_epoch": epoch, "at_seq": seq, "state": fate.value, "code": code}
             for (desk, epoch, seq), (fate, code) in changed])
        make_news(connection, [place for place, _ in changed])
    return len(changed)


def make_news(connection: Connection, places: Iterable[Place]) -> None:
    rows = [{"desk": desk, "epoch": epoch, "seq": seq, "told": None} for desk, epoch, seq in places]
    if rows:
        statement = conflict_insert(connection, news)
        connection.execute(statement.on_conflict_do_update(index_elements=["desk", "epoch", "seq"],
                                                           set_={"told": None}), rows)


def _fates(connection: Connection, places: Iterable[Place]) -> Mapping[Place, tuple[Fate, str]]:
    asked, found = list(places), {}
    for at in range(0, len(asked), _ROWS):
        for row in connection.execute(select(inbox).where(
                tuple_(inbox.c.desk, inbox.c.epoch, inbox.c.seq).in_(asked[at:at + _ROWS]))):
            found[row.desk, row.epoch, row.seq] = (Fate(row.state), row.code)
    return found
