"""Writes cases.json and repository.json of tests/vectors/updates: what every reader of docs/formats/updates.md, and of
the asks, approvals and rotations of bundle.md, has to agree on.

    PYTHONPATH=. python tests/vectors/make_updates.py

Keys and ids are those of make_exchange.py; the root keys have seeds of 32 bytes 11, 12, 13. Running it again gives the
same bytes. `refused` was written by hand from the formats.
"""

import json
import random
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).parents[1]))

import pyrage
from vectors.make_exchange import (
    BUNDLE_ID,
    CERTIFICATES,
    DESK,
    DESK_ID,
    EPOCH,
    FOLDER,
    KEYS,
    LIBRARY,
    LIBRARY_ID,
    MADE_AT,
    NEXT,
    RECIPIENT,
    Case,
    bad,
    changed,
    good,
    lines,
    spoilt,
)

from appraisal.canonical import encode
from appraisal.credential.cose import Signer, sign1
from appraisal.domain.centre import Lease
from appraisal.exchange import letters
from appraisal.exchange.asking import CONTENT_TYPE, Ask, make_ask
from appraisal.exchange.rotation import KeyOf, Place, Rotation, make_rotation
from appraisal.exchange.updates import Refill, Sealing, make_refill, make_sealing
from db.engine import open_sqlite
from library.opening import create_library, open_library
from library.repository import begin, new_root_key, write_state

LEASE = Lease(BUNDLE_ID, "ai-trainer", "RG26D001", 501, 502, 1, (5, 70_000), EPOCH)
TARGETS = {"trust-list.cose": b"a trust list", "status-1.cose": b"a status list", "library.cose": b"to whom to seal",
           f"leases/{DESK_ID}.age": b"sealed numbers", "templates/innovation-talent@2027-01-01.toml": b'name = "x"\n'}


def sealing() -> list[Case]:
    said = Sealing(LIBRARY_ID, (RECIPIENT, "age1recoveryrecipient"), MADE_AT)
    data = make_sealing(said, LIBRARY)

    def variant(name: str, refused: str, recipients: list[Any]) -> Case:
        return bad(name, "sealing", changed(data, letters.LIBRARY, LIBRARY, lambda found: found.update(
            {5: recipients})), refused)

    return [good("two recipients", "sealing", data, said), *spoilt("sealing", data, letters.LIBRARY, LIBRARY),
            variant("nobody to seal to", "bad_recipients", []),
            variant("a recipient that is none of age", "bad_recipients", ["ssh-ed25519 AAAA"])]


def refill() -> list[Case]:
    said = Refill(LIBRARY_ID, DESK_ID, (LEASE,), MADE_AT, EPOCH)
    first = Refill(LIBRARY_ID, DESK_ID, (), MADE_AT, None)
    data = make_refill(said, LIBRARY)

    def one_slot(found: dict[int, Any]) -> None:
        found[7][0][6] = [5]

    return [good("one block of one epoch", "refill", data, said),
            good("of a desk's first epoch, before epochs had names", "refill", make_refill(first, LIBRARY), first),
            *spoilt("refill", data, letters.LEASES, LIBRARY),
            bad("fewer slots than numbers", "refill", changed(data, letters.LEASES, LIBRARY, one_slot), "bad_slots")]


def ask() -> list[Case]:
    """`text`: the value of the Authorization header."""
    said = Ask(DESK_ID, "GET", f"/v1/desks/{DESK_ID}/receipts?after=7", MADE_AT)
    text = make_ask(said, DESK)
    stranger = make_ask(said, NEXT)
    return [_typed("for the receipts after the seventh", text, says=said),
            _typed("signed by a stranger", stranger, refused="bad_signature"),
            _typed("another scheme", "Bearer " + text.partition(" ")[2], refused="bad_ask"),
            _typed("a character that is none of base64url", text[:-1] + "+", refused="bad_ask"),
            _typed("longer than an ask may be", text + "A" * 2048, refused="bad_ask")]


def _typed(name: str, text: str, **how: Any) -> Case:
    made = {"name": name, "form": "ask", "text": text}
    return made | ({"says": good("", "", b"", how["says"])["says"]} if "says" in how else how)


def approval() -> list[Case]:
    """Fields by their numbers: docs/formats/bundle.md, "Enrolment"."""
    fields = {1: 1, 2: bytes.fromhex(LIBRARY_ID), 3: "enrol", 4: b"\x88" * 32, 5: "wang", 6: MADE_AT}
    data = _approved(fields, DESK)
    return [good("of an enrolment", "approval", data, fields),
            good("of a withdrawal", "approval", _approved(fields | {3: "withdraw"}, DESK), fields | {3: "withdraw"}),
            bad("by another officer than named", "approval", _approved(fields, NEXT), "bad_signature"),
            bad("one bit of the signature", "approval", data[:-1] + bytes([data[-1] ^ 1]), "bad_signature"),
            bad("of another kind of letter", "approval",
                sign1(encode(fields), DESK, content_type=CONTENT_TYPE), "bad_signature")]


def _approved(fields: dict[int, Any], signer: Signer) -> bytes:
    return sign1(encode(fields), signer, content_type=letters.APPROVAL)


def rotation() -> list[Case]:
    """Of the certificates' key: sent by the desk, with the consent of the old one and the proof of the new one."""
    said = Rotation(DESK_ID, KeyOf.CERTIFICATES, KEYS["certificates"], KEYS["next"], Place(EPOCH, 3, b"\x22" * 32),
                    MADE_AT)
    data = make_rotation(said, DESK, NEXT, CERTIFICATES)

    def variant(name: str, refused: str, numbers: dict[int, Any]) -> Case:
        other = changed(data, letters.ROTATION, DESK, lambda found: found.update(numbers))
        return bad(name, "rotation", other, refused)

    return [good("the certificates' key", "rotation", data, said),
            bad("sent under another transport key", "rotation", make_rotation(said, NEXT, NEXT, CERTIFICATES),
                "bad_signature"),
            bad("without the old key's consent", "rotation", make_rotation(said, DESK, NEXT), "bad_consent"),
            variant("the old key has not signed", "bad_signature", {9: bytes(64)}),
            variant("the new key has not signed", "bad_signature", {8: bytes(64)}),
            variant("of neither key", "bad_what", {3: 9})]


def cases() -> list[Case]:
    return [*sealing(), *refill(), *ask(), *approval(), *rotation()]


def repository() -> dict[str, Any]:
    """A whole state by the names of its files, as a folder or a server has it. `root`: what a grant pins."""
    chance = random.Random(1)
    recovery = pyrage.x25519.Identity.generate().to_public()
    engine = open_sqlite(None)
    create_library(engine, str(recovery), lambda: MADE_AT, chance.randbytes)
    library = open_library(engine, {}, lambda: MADE_AT, random.Random(2).randbytes)
    root = begin(library, [new_root_key(bytes([n]) * 32) for n in (11, 12, 13)])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        done = write_state(library, folder, TARGETS)
        files = {file.relative_to(folder).as_posix(): file.read_bytes().hex()
                 for file in sorted(folder.rglob("*")) if file.is_file()}
    engine.dispose()
    return {"root": root.hex(), "at": MADE_AT, "files": files, "says": {
        "issued": done.issued, "root": done.root, "version": done.version,
        "targets": {path: data.hex() for path, data in sorted(TARGETS.items())}}}


if __name__ == "__main__":
    (FOLDER / "updates" / "cases.json").write_text(lines(cases()), "utf-8")
    (FOLDER / "updates" / "repository.json").write_text(
        json.dumps(repository(), ensure_ascii=False, indent=1) + "\n", "utf-8")
