"""The desk's epochs, and what came back from the library."""

from appraisal.domain.epochs import EpochBegan, EpochRestored, RestorationTaken
from db.projections.apply import Apply, Projection
from db.schema import aside, epoch, gap, restoration, restored_span


def began(do: Apply, e: EpochBegan) -> None:
    do.add(epoch, id=e.epoch, desk=e.desk, reason=e.reason.value, after_epoch=e.after.epoch, after_seq=e.after.seq,
           after_hash=e.after.hash)


def taken(do: Apply, e: RestorationTaken) -> None:
    do.add(restoration, id=e.restoration, library=e.library, desk=e.desk, signed=e.signed)


def restored(do: Apply, e: EpochRestored) -> None:
    for one in e.gaps:
        do.put(gap, {"desk": e.desk, "epoch": e.epoch, "seq": one.seq}, hash=one.hash, restoration=e.restoration)
    for other in e.aside:
        do.put(aside, {"desk": e.desk, "epoch": e.epoch, "seq": other.seq}, code=other.code)
    for fate in e.fates:
        do.add(restored_span, restoration=e.restoration, epoch=e.epoch, first=fate.span.first, last=fate.span.last,
               fate=fate.fate.value, code=fate.code, number=e.number)


PROJECTIONS: dict[type, Projection] = {EpochBegan: began, RestorationTaken: taken, EpochRestored: restored}
