"""Places of entries that are lost: `journal verify` lets a chain join over them as far as the library has signed."""

from collections.abc import Callable

from sqlalchemy import Connection, select

from appraisal.canonical import Malformed
from appraisal.credential.cose import ED25519, BadSignature, verifying_key
from appraisal.exchange.restoration import Restoration, read_restoration
from db.schema import gap, library, restoration


def signed_gaps(connection: Connection) -> Callable[[str, str, int], bytes | None]:
    """`(desk, epoch, seq)` -> the hash that the library has given for it; None where no kept statement of a library
    that this desk recognises covers the place."""
    keys = [verifying_key(ED25519, key) for key in connection.scalars(select(library.c.receipt_key))]
    believed: dict[str, Restoration] = {}
    for row in connection.execute(select(restoration)):
        try:
            believed[row.id] = read_restoration(row.signed, keys)
        except (Malformed, BadSignature):
            continue

    def known(desk: str, epoch: str, seq: int) -> bytes | None:
        row = connection.execute(select(gap).where(
            gap.c.desk == desk, gap.c.epoch == epoch, gap.c.seq == seq)).first()
        one = believed.get(row.restoration) if row else None
        if row is None or one is None or one.desk != desk:
            return None
        covered = any(chain.epoch == epoch and chain.first <= seq <= chain.last for chain in one.chains)
        return bytes(row.hash) if covered else None

    return known
