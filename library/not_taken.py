"""The other history of a desk that was released: what has been decided against does not hold the desk again."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from appraisal.domain.events import Id
from library.reading import Arrival
from library.schema import kept

NOT_TAKEN = "not_taken"
"""State in `kept`."""
FORK_NOT_TAKEN = "fork_not_taken"


def without_not_taken(connection: Connection, name: Id, epoch: str, page: Sequence[Arrival],
                      not_taken: dict[tuple[str, int], bytes]) -> Sequence[Arrival]:
    """`page` up to where the other history begins, if nothing in it is new: where something is, the copy is still in
    use, and that is a fork again. Fills `not_taken`: (epoch, seq) -> hash."""
    known = {(row.seq, row.hash) for row in connection.execute(select(kept.c.seq, kept.c.hash).where(
        kept.c.desk == name, kept.c.epoch == epoch, kept.c.seq.between(page[0].seq, page[-1].seq),
        kept.c.state == NOT_TAKEN))}
    start = next((place for place, one in enumerate(page) if (one.seq, one.hash) in known), len(page))
    if any((one.seq, one.hash) not in known for one in page[start:]):
        return page
    not_taken |= {(epoch, one.seq): one.hash for one in page[start:]}
    return page[:start]
