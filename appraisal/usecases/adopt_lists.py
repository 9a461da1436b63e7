"""What the association publishes comes to the desk: a newer trust list, newer status lists."""

from dataclasses import dataclass
from hashlib import sha256

from appraisal.credential.cose import read1
from appraisal.credential.status import read_status_list
from appraisal.credential.trust import CONTENT_TYPE, MAX_BYTES, read_trust_list
from appraisal.domain.centre import StatusAdopted, TrustAdopted
from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.usecases.ports import Desk


@dataclass(frozen=True, slots=True)
class AdoptList:
    data: bytes
    """A signed trust list or status list."""
    operator: Id


def adopt_list(command: AdoptList, desk: Desk) -> bool:
    """False where the desk has this very list. Any operator may: the list's own signature is what counts."""
    digest = sha256(command.data).hexdigest()
    with desk.work(command.operator) as work:
        if not work.list_keys:
            raise RuleViolation("library_not_recognised")
        if work.knows_list(digest):
            return False
        if read1(command.data, max_bytes=MAX_BYTES).content_type == CONTENT_TYPE:
            trust = read_trust_list(command.data, work.list_keys, work.trust)
            work.record(TrustAdopted(digest, trust.version, command.data))
        else:
            status = read_status_list(command.data, work.list_keys, work.trust)
            work.record(StatusAdopted(digest, status.number, status.issued, command.data))
    return True
