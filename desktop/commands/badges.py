"""`certificates badge NUMBER…`: certificates as Open Badges (docs/formats/open-badge.md). Nothing of it is kept."""

import json
from collections.abc import Sequence
from pathlib import Path

from appraisal.credential.badge import badge, require_signing_key
from appraisal.credential.bitstring import folder_url
from appraisal.credential.cose import Ed25519Signer
from appraisal.credential.integrity import prove
from appraisal.credential.jose import to_jwt
from appraisal.credential.linked_data import Json
from appraisal.credential.verdict import verify
from appraisal.domain.certificate import CertificateState
from appraisal.domain.errors import RuleViolation
from appraisal.domain.events import Id
from appraisal.domain.operator import Role
from db.centre import Centre
from db.files import write_durably, writing
from desktop.commands.answer import Answer
from desktop.errors import sentence
from desktop.session import Session, require


def badges(session: Session, numbers: Sequence[str], out: Path, status_url: str | None, *, jwt: bool) -> Answer:
    """Raises as `write_badges` does."""
    numbers = tuple(dict.fromkeys(numbers))
    url = None if status_url is None else folder_url(status_url)
    files = write_badges(session.centre, session.operator(Role.CERTIFICATE_OFFICER), numbers, out, url, jwt=jwt)
    warned = [] if url else [sentence("badge_without_status")]
    return Answer({"badges": len(numbers), "files": [str(one) for one in files], "status_url": url},
                  [sentence("badges_written", {"count": len(numbers), "folder": str(out)})], warned=warned)


def write_badges(
        centre: Centre, who: Id, numbers: Sequence[str], out: Path, url: str | None, *, jwt: bool) -> Sequence[Path]:
    """`NUMBER.json` each, with `jwt` `NUMBER.jwt` too; nothing is written where one number is refused. `url`: of the
    association's status lists for such readers, as `folder_url` gives it.

    Raises RuleViolation: right_missing, badge_key_unlisted, certificate_number_unknown, badge_refused.
    """
    require(centre, who, Role.CERTIFICATE_OFFICER)
    now = centre.clock() // 1000
    signer = centre.desk.signer
    assert isinstance(signer, Ed25519Signer)
    require_signing_key(centre.reads.trust(), signer.kid, now)
    made = {number: _badge(centre, number, signer, url, now) for number in numbers}
    files: dict[str, bytes] = {}
    for number, document in made.items():
        secured = prove(document, signer, now)
        files[f"{number}.json"] = json.dumps(secured, ensure_ascii=False, indent=2).encode() + b"\n"
        if jwt:
            files[f"{number}.jwt"] = to_jwt(document, signer).encode("ascii") + b"\n"
    with writing(out):
        out.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        write_durably(out / name, data)
    return [out / name for name in files]


def _badge(centre: Centre, number: str, signer: Ed25519Signer, url: str | None, now: int) -> Json:
    reads = centre.reads
    issued = reads.certificate_numbered(number)
    if issued.state != CertificateState.ISSUED:  # the desk revokes before any list says so
        raise RuleViolation("badge_refused", number=number, verdict=issued.state.upper())
    verdict = verify(issued.cose, reads.trust(), reads.statuses(), now)
    return badge(verdict, signer.public, reads.centre().host, url)
