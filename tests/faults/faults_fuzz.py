"""What fuzzing puts into each reader, and what must be so of whatever comes out: a verdict or a refusal, one spelling,
and nothing good that nobody signed."""

import io
import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from PIL import Image

from appraisal.canonical import Malformed, decode, encode
from appraisal.credential.claims import from_bytes, to_bytes
from appraisal.credential.cose import ED25519, read1, verifying_key
from appraisal.credential.delta import read_either
from appraisal.credential.digits import from_digits, to_digits
from appraisal.credential.reading import read_payloads
from appraisal.credential.root import Anchor, list_keys_of, read_root
from appraisal.credential.status import StatusList, read_status_list
from appraisal.credential.symbol import symbol, to_grey
from appraisal.credential.trust import read_trust_list
from appraisal.credential.verdict import GOOD, verify
from appraisal.domain.errors import RuleViolation

VECTORS = Path(__file__).parents[1] / "vectors"
CONTEXT, CASES, LISTS = (json.loads((VECTORS / name).read_text("utf-8")) for name in (
    "certificate-qr/context.json", "certificate-qr/cases.json", "lists/cases.json"))
KEYS = [verifying_key(ED25519, bytes.fromhex(CONTEXT["list_key"]))]
TRUST_BYTES = bytes.fromhex(CONTEXT["trust_list"])
STATUS_BYTES = [bytes.fromhex(one) for one in CONTEXT["status_lists"].values()]
TRUST = read_trust_list(TRUST_BYTES, KEYS)
STATUSES = {one.number: one for one in (read_status_list(data, KEYS, TRUST) for data in STATUS_BYTES)}
OF_LISTS = [bytes.fromhex(step["data"]) for case in LISTS for step in case["lists"]]
ROOTS = [bytes.fromhex(case["root"]) for case in LISTS if case["root"]]
ANCHOR = Anchor((), read_root(ROOTS[0]).root_keys, read_root(ROOTS[0]).threshold)


def _envelope(case: dict[str, str]) -> bytes | None:
    with suppress(Malformed):
        return bytes.fromhex(case["hex"]) if "hex" in case else from_digits(case["text"].rpartition("#")[2])
    return None


SIGNED = {data for case in CASES if (data := _envelope(case)) is not None}
"""Envelopes of the vectors. A good one among them is known; every other one would be a forgery."""


def _readable() -> list[bytes]:
    found = []
    for data in sorted(SIGNED):
        with suppress(Malformed):
            found.append(read1(data, max_bytes=4096).payload)
    return found


def _pictures() -> list[bytes]:
    """One code, in three formats."""
    picture, made = Image.fromarray(to_grey(symbol(next(case["text"] for case in CASES if "text" in case)), 3)), []
    for form in ("PNG", "JPEG", "GIF"):
        file = io.BytesIO()
        picture.save(file, form)
        made.append(file.getvalue())
    return made


def _verdict(what: bytes | str) -> None:
    verdict = verify(what, TRUST, STATUSES, 1_790_900_000)
    assert verdict.code not in GOOD or verdict.envelope in SIGNED, verdict


def certificate(data: bytes) -> None:
    _verdict(data)


def text(data: bytes) -> None:
    _verdict(data.decode("utf-8", "replace"))


def digits(data: bytes) -> None:
    assert from_digits(to_digits(data)) == data
    _verdict("https://v.example/#" + to_digits(data))


def claims(data: bytes) -> None:
    with suppress(Malformed):
        assert to_bytes(from_bytes(data)) == data  # one spelling


def cbor(data: bytes) -> None:
    with suppress(Malformed):
        assert encode(decode(data, max_bytes=4096)) == data


def trust_list(data: bytes) -> None:
    with suppress(RuleViolation):
        read_trust_list(data, KEYS)
        assert data == TRUST_BYTES


def status_list(data: bytes) -> None:
    known: Callable[[bytes], StatusList | None] = {one.digest: one for one in STATUSES.values()}.get
    with suppress(RuleViolation):
        read_either(data, KEYS, known)
        assert data in STATUS_BYTES


def root(data: bytes) -> None:
    with suppress(Malformed):
        assert list_keys_of([data], ANCHOR) is None or data in ROOTS


def picture(data: bytes) -> None:
    with suppress(RuleViolation):
        for one in read_payloads(data):
            _verdict(one)


READERS: Sequence[Callable[[bytes], None]] = (
    certificate, text, digits, claims, cbor, trust_list, status_list, root, picture)
SEEDS: dict[str, list[bytes]] = {
    "certificate": sorted(SIGNED), "text": [case["text"].encode() for case in CASES if "text" in case],
    "digits": sorted(SIGNED)[:50], "claims": _readable(), "cbor": [bytes.fromhex("a301190102"), *sorted(SIGNED)[:20]],
    "trust_list": [TRUST_BYTES, *OF_LISTS], "status_list": [*STATUS_BYTES, *OF_LISTS], "root": ROOTS,
    "picture": _pictures()}


def put_in(data: bytes) -> None:
    """The first byte chooses the reader."""
    if data:
        READERS[data[0] % len(READERS)](data[1:])


def corpus() -> list[bytes]:
    return [bytes([place]) + seed for place, reader in enumerate(READERS) for seed in SEEDS[reader.__name__]]
