"""From the digits of a QR to a verdict, each second, beside a floor that does the least with the same parts.

Floor: digits to bytes, two calls of cbor2, one Ed25519 verification; nothing is checked but the signature.
Ours: `verify` with a trust list and a status list: strict reading, key window, status, names.
Both take turns in parts of --part certificates in one process; the ratio is the median over the turns.
"""

import argparse
import json
import statistics
import time
from collections.abc import Callable
from decimal import Decimal

import cbor2
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from appraisal.credential.claims import Claims, to_bytes
from appraisal.credential.cose import ED25519, Ed25519Signer, sign1, verifying_key
from appraisal.credential.digits import to_digits
from appraisal.credential.status import StatusList
from appraisal.credential.trust import CentreKey, SchemeNames, TrustList
from appraisal.credential.verdict import Code, verify
from appraisal.domain.certificate import Bilingual

ISSUED, NOW = 1_790_000_000, 1_790_900_000


def certificates(signer: Ed25519Signer, count: int) -> list[str]:
    """The digits of `count` certificates of 200 bytes or so."""
    return [to_digits(sign1(to_bytes(Claims(
        issued=ISSUED, expires=2_100_000_000, number=f"ZGC-2026-0001-{i:06}-7", name="欧阳娜娜",
        latin_name="OUYANG Nana", scheme="innovation-t", level=3,
        marks=tuple(Decimal(n) / 2 for n in range(140, 147)), id_tag=b"abc",
        status=(3, 70_000 + i % 60_000), template_version=1)), signer)) for i in range(count)]


def floor(public: bytes) -> Callable[[str], object]:
    check = Ed25519PublicKey.from_public_bytes(public).verify

    def read(text: str) -> object:
        data = bytearray()
        for at in range(0, len(text), 17):
            group = text[at:at + 17]
            data += int(group).to_bytes(len(group) * 7 // 17, "little")
        head, _, body, signature = cbor2.loads(bytes(data)).value
        check(signature, cbor2.dumps(["Signature1", head, b"", body]))
        return cbor2.loads(body)

    return read


def ours(public: bytes) -> Callable[[str], object]:
    centre = CentreKey(verifying_key(ED25519, public), Bilingual("示范中心", "Demonstration Centre"), ISSUED - 1)
    names = SchemeNames(Bilingual("创新人才", "Innovation Talent"), {3: Bilingual("三级", "Level 3")})
    trust = TrustList(1, ISSUED, ISSUED + 10**7, None, (centre,), {"innovation-t": names})
    statuses = {3: StatusList(3, ISSUED, ISSUED + 10**7)}

    def read(text: str) -> object:
        verdict = verify(text, trust, statuses, NOW)
        if verdict.code is not Code.VALID:
            raise AssertionError(verdict)
        return verdict

    return read


def measure(texts: list[str], turns: int, public: bytes) -> dict[str, object]:
    kinds = {"floor": floor(public), "ours": ours(public)}
    part = len(texts) // turns
    rates: dict[str, list[float]] = {name: [] for name in kinds}
    for read in kinds.values():
        read(texts[0])
    for turn in range(turns):
        chosen = texts[turn * part:(turn + 1) * part]
        for name, read in kinds.items():
            started = time.perf_counter()
            for text in chosen:
                read(text)
            rates[name].append(part / (time.perf_counter() - started))
    ratios = [mine / least for mine, least in zip(rates["ours"], rates["floor"], strict=True)]
    return {
        "benchmark": "verify", "n": part * turns, "turns": turns, "digits": len(texts[0]),
        "per_second": {name: round(statistics.median(values)) for name, values in rates.items()},
        "ratio": round(statistics.median(ratios), 3), "goal": 0.75}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--n", type=int, default=5_000)
    arguments.add_argument("--turns", type=int, default=25)
    arguments.add_argument("--json", action="store_true")
    chosen = arguments.parse_args()
    signer = Ed25519Signer.from_seed(bytes(range(32)))
    result = measure(certificates(signer, chosen.n), chosen.turns, signer.public)
    print(json.dumps(result) if chosen.json else "\n".join(f"{name}: {value}" for name, value in result.items()))


if __name__ == "__main__":
    main()
