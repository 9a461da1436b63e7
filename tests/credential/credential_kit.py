"""A small association for the tests: a list key, two centres, a trust list and a status list. All keys are public."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from appraisal.credential.claims import Claims, to_bytes
from appraisal.credential.cose import ED25519, Ed25519Signer, sign1, verifying_key
from appraisal.credential.digits import payload_text
from appraisal.credential.status import StatusList
from appraisal.credential.trust import CentreKey, SchemeNames, TrustList
from appraisal.domain.certificate import Bilingual

ISSUED, DAY = 1_790_000_000, 86_400
NOW = ISSUED + 10 * DAY
SHARED = Path(__file__).parents[2] / "../shared/vectors"

LIST, CENTRE, OTHER = (Ed25519Signer.from_seed(bytes([n]) * 32) for n in (1, 2, 3))
LIST_KEYS = [verifying_key(ED25519, LIST.public)]

CLAIMS = Claims(
    issued=ISSUED, number="ZGC-2026-0001-000001-7", name="欧阳娜娜", scheme="innovation-talent", template_version=1,
    expires=ISSUED + 1000 * DAY, latin_name="OUYANG Nana", level=3,
    marks=tuple(Decimal(n) / 2 for n in range(140, 147)), id_tag=b"abc", status=(3, 70_000))
COSE = sign1(to_bytes(CLAIMS), CENTRE)
TEXT = payload_text(COSE, "verify.example.cn/")


def centre_key(signer: Ed25519Signer, **window: Any) -> CentreKey:
    return CentreKey(verifying_key(ED25519, signer.public), Bilingual("示范中心", "Demonstration Centre"),
                     **{"sign_from": ISSUED - DAY} | window)


def trust_list(
        keys: Iterable[CentreKey] = (), version: int = 1, previous: bytes | None = None, **rest: Any) -> TrustList:
    names = SchemeNames(Bilingual("创新人才", "Innovation Talent"), {3: Bilingual("三级", "Level 3")})
    return TrustList(
        version, ISSUED + DAY, ISSUED + 91 * DAY, previous, tuple(keys) or (centre_key(CENTRE),),
        {"innovation-talent": names}, **rest)


@dataclass(frozen=True)
class Lists:
    trust: TrustList = field(default_factory=trust_list)
    statuses: dict[int, StatusList] = field(
        default_factory=lambda: {3: StatusList(3, ISSUED + DAY, ISSUED + 31 * DAY)})


def shared(name: str) -> Any:
    """A public vector file; the test that asks is skipped where the folder is absent."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{name}: the public vectors are not beside this repository")
    return json.loads(path.read_text("utf-8"))
