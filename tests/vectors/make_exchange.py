"""Writes cases.json of tests/vectors/{journal,bundle,receipt,restoration,enrolment,short-receipt}: cases that every
reader and writer of docs/formats/journal.md and bundle.md has to agree on.

    PYTHONPATH=. python tests/vectors/make_exchange.py

The private keys are made from fixed seeds (32 bytes of 1, 2, 3, 4), are public on purpose and sign nothing but these
files. Running it again gives the same bytes; age is random, so the one sealed part is kept as it is. `says` is what
went in, `refused` was written by hand from the formats, not by the code under test.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Any

import pyrage
from msgspec import Struct, structs

from appraisal.canonical import decode, encode
from appraisal.credential.cose import ED25519, Ed25519Signer, VerifyingKey, read1, sign1, verifying_key
from appraisal.domain.centre import Lease
from appraisal.domain.certificate import Bilingual
from appraisal.domain.exchange import Fate, FateOf, Span
from appraisal.domain.person import CandidateCorrected, PhotoAttached
from appraisal.exchange import letters
from appraisal.exchange.cut_entries import cut
from appraisal.exchange.enrolment import Grant, fingerprint, make_grant, make_request, read_request
from appraisal.exchange.manifest import ChainRange, LastReceipt, Manifest, make_manifest
from appraisal.exchange.parts import Part, PartKind, Range, seal, unseal
from appraisal.exchange.receipt import Head, Receipt, Withdrawn, make_receipt
from appraisal.exchange.records import attachment, frame, join, person_key, stub
from appraisal.exchange.restoration import Restoration, make_restoration
from appraisal.exchange.rotation import KeyOf, Place, Rotation, make_rotation
from appraisal.exchange.short_receipt import Counts, Reach, make_short_receipt, read_short_receipt
from appraisal.exchange.typed import to_typed
from appraisal.exchange.words import words_of
from appraisal.journal import START, Entry, digest, write
from appraisal.journal import make as make_entry

FOLDER = Path(__file__).parent
DESK, LIBRARY, CERTIFICATES, NEXT = (Ed25519Signer.from_seed(bytes([n]) * 32) for n in range(1, 5))
KEYS = {name: verifying_key(ED25519, one.public)
        for name, one in (("desk", DESK), ("library", LIBRARY), ("certificates", CERTIFICATES), ("next", NEXT))}
LIBRARY_ID, DESK_ID, BUNDLE_ID, EPOCH = ("0190000000007000800000000000000" + str(n) for n in range(1, 5))
MADE_AT = 1_790_000_000_000
RECIPIENT = "age1vectorsrecipient"

Case = dict[str, Any]


def plain(value: Any) -> Any:
    """As JSON says it: bytes and keys in hexadecimal, states as their words, fields by name."""
    if isinstance(value, VerifyingKey):
        return value.public.hex()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, Struct):
        return {name: plain(one) for name, one in structs.asdict(value).items()}
    if is_dataclass(value):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    return [plain(one) for one in value] if isinstance(value, list | tuple) else value


def good(name: str, form: str, data: bytes, says: Any) -> Case:
    return {"name": name, "form": form, "hex": data.hex(), "says": plain(says)}


def bad(name: str, form: str, data: bytes, refused: str) -> Case:
    return {"name": name, "form": form, "hex": data.hex(), "refused": refused}


def changed(data: bytes, content_type: str, signer: Ed25519Signer, change: Callable[[dict[int, Any]], None]) -> bytes:
    """The letter with other fields, signed again."""
    inner = letters.unchecked(data, content_type, 12 << 20)
    change(inner)
    return sign1(encode(inner), signer, content_type=content_type)


def spoilt(form: str, data: bytes, content_type: str, signer: Ed25519Signer) -> list[Case]:
    """What is refused in every letter alike."""
    inner = read1(data, max_bytes=1 << 20).payload
    return [
        bad("one bit of the signature", form, data[:-1] + bytes([data[-1] ^ 1]), "bad_signature"),
        bad("signed by a stranger", form, sign1(inner, NEXT, content_type=content_type), "bad_signature"),
        bad("cut", form, data[:-1], "cut_short"),
        bad("a byte behind it", form, data + b"\0", "trailing_bytes"),
        bad("another content type", form, sign1(inner, signer, content_type="application/x"), "bad_signature"),
        bad("format 0", form, changed(data, content_type, signer, lambda found: found.update({1: 0})), "bad_format"),
        good("a key of a later format is passed over", form,
             changed(data, content_type, signer, lambda found: found.update({99: "later"})), "as the first"),
    ]


ENTRY = Entry(bytes.fromhex(DESK_ID), bytes.fromhex(EPOCH), 1, START, (MADE_AT, 0), "", "epoch.began", 1, EPOCH,
              {"epoch": EPOCH, "reason": "cloned"}, None, None)


def journal() -> list[Case]:
    data = write(ENTRY)
    second = structs.replace(ENTRY, seq=2, prev=digest(data), operator=DESK_ID, why="typing error", at=(MADE_AT, 7))
    row = decode(data, max_bytes=1 << 20, max_depth=12)
    return [
        good("the first of a chain", "entry", data, ENTRY),
        good("joined, with a reason", "entry", write(second), second),
        good("a kind of a later release", "entry", write(structs.replace(ENTRY, kind="later.kind", version=9)),
             structs.replace(ENTRY, kind="later.kind", version=9)),
        bad("seq 0", "entry", write(structs.replace(ENTRY, seq=0)), "not_an_entry"),
        bad("a short desk", "entry", write(structs.replace(ENTRY, desk=b"x")), "not_an_entry"),
        bad("eleven fields", "entry", encode(row[:-1]), "not_an_entry"),
        bad("seq as text", "entry", encode([*row[:2], "1", *row[3:]]), "not_an_entry"),
        bad("a longer head than needed", "entry", b"\x98\x0c" + data[1:], "not_deterministic"),
        bad("cut", "entry", data[:-1], "not_well_formed"),
    ]


CHAIN = ChainRange(EPOCH, 1, 3, START, b"\x22" * 32)
PART = Part(PartKind.RECORDS, 700, b"\x33" * 32, 600, Range(0, 1, 3))
MANIFEST = Manifest(LIBRARY_ID, DESK_ID, BUNDLE_ID, MADE_AT, (CHAIN,), (PART,), (RECIPIENT,), None, 0, 2, 0, 1)


def bundle() -> list[Case]:
    data = make_manifest(MANIFEST, DESK)
    full = replace(MANIFEST, parts=(PART, Part(PartKind.ATTACHMENTS, 70_000, b"\x44" * 32, 60_000, None)),
                   last_receipt=LastReceipt(7, b"\x55" * 32), trust_version=3, attachments=1, capabilities=("later",))

    def variant(name: str, refused: str, **values: Any) -> Case:
        numbers = {int(key[1:]): value for key, value in values.items()}
        return bad(name, "manifest", changed(data, letters.BUNDLE, DESK, lambda found: found.update(numbers)), refused)

    first = letters.unchecked(data, letters.BUNDLE)[8][0]
    records = [write(ENTRY), stub(2, b"\x22" * 32), person_key(DESK_ID, b"\x66" * 32), attachment(DESK_ID, b"sealed")]
    return [
        good("smallest", "manifest", data, MANIFEST), good("every field", "manifest", make_manifest(full, DESK), full),
        *spoilt("manifest", data, letters.BUNDLE, DESK),
        variant("for a newer reader", "newer_format", k2=2),
        variant("a gap between part and chain", "bad_parts", k8=[{**first, 5: [0, 1, 2]}]),
        variant("last before first", "bad_chains", k7=[[bytes.fromhex(EPOCH), 3, 1, START, START]]),
        variant("a hash before the first entry of all", "bad_chains",
                k7=[[bytes.fromhex(EPOCH), 1, 3, b"\1" * 32, START]]),
        good("records of a part", "records", b"".join(map(frame, records)), records),
        bad("a length beyond the end", "records", frame(records[0])[:-1], "bad_record_length"),
        bad("an empty record", "records", bytes(4), "bad_record_length"),
        _sealed(b"".join(map(frame, records[:2]))),
        *_cut(),
    ]


def _cut() -> list[Case]:
    """A part's entries as they travel; `says` has them as they stand in the journal."""
    key = b"\x66" * 32
    second, third = (structs.replace(ENTRY, seq=seq) for seq in (2, 3))
    first = write(ENTRY)
    sealed = write(make_entry(structs.replace(second, prev=digest(first)),
                              CandidateCorrected(DESK_ID, {"address": "解放路1号"}), key, lambda: b"\x77" * 12))
    third = structs.replace(third, prev=digest(sealed))
    opened = write(make_entry(third, PhotoAttached(DESK_ID, "ab" * 32), None, bytes))
    short = [cut(sealed, digest(first), DESK_ID, key), cut(opened, digest(sealed), None, None)]
    assert None not in short
    records = [person_key(DESK_ID, key), first, *(one for one in short if one)]
    return [
        good("entries cut for the journey", "chain", join(records), [first, sealed, opened]),
        bad("a cut entry with nothing before it", "chain", join([records[0], *records[2:]]), "bad_cut_entry"),
        bad("a cut entry without its key", "chain", join(records[1:]), "bad_cut_entry"),
        bad("two keys of one person", "chain", join([person_key(DESK_ID, b"\x65" * 32), *records]), "bad_key"),
    ]


def _sealed(inside: bytes) -> Case:
    """Kept as it is while it opens: age draws a key each time."""
    file = FOLDER / "bundle" / "cases.json"
    kept = [one for one in json.loads(file.read_text("utf-8")) if one["form"] == "part"] if file.exists() else []
    if kept and unseal(part_said(kept[0]), bytes.fromhex(kept[0]["hex"]), kept[0]["identity"]) == inside:
        return dict(kept[0])
    identity = pyrage.x25519.Identity.generate()
    part, data = seal(inside, PartKind.RECORDS, [str(identity.to_public())], Range(0, 1, 2))
    return good("sealed", "part", data, inside) | {"identity": str(identity), "manifest_says": plain(part)}


def part_said(case: Case) -> Part:
    said = case["manifest_says"]
    return Part(PartKind(said["kind"]), said["length"], bytes.fromhex(said["digest"]), said["plain"],
                Range(**said["range"]))


RECEIPT = Receipt(LIBRARY_ID, DESK_ID, 1, b"", MADE_AT, BUNDLE_ID, b"\x77" * 32,
                  (FateOf(Span(EPOCH, 1, 3), Fate.APPLIED, ""),), (), (), (Head(EPOCH, 3, b"\x22" * 32),), b"\x11" * 32)


def receipt() -> list[Case]:
    data = make_receipt(RECEIPT, LIBRARY)
    full = replace(
        RECEIPT, number=2, previous=digest(data), missing=(Span(EPOCH, 4, 5),), quarantined=((1, "part_changed"),),
        fates=tuple(FateOf(Span(EPOCH, n, n), fate, code) for n, (fate, code) in enumerate(
            [(Fate.APPLIED, ""), (Fate.DUPLICATE, ""), (Fate.PARKED, "kind_unknown"), (Fate.HELD, "fork"),
             (Fate.REJECTED, "fields_refused")], 1)), withdrawn=Withdrawn(MADE_AT, ((EPOCH, 3),)))

    def variant(name: str, refused: str, numbers: dict[int, Any]) -> Case:
        again = changed(data, letters.RECEIPT, LIBRARY, lambda found: found.update(numbers))
        return bad(name, "receipt", again, refused)

    return [
        good("the first", "receipt", data, RECEIPT), good("every fate", "receipt", make_receipt(full, LIBRARY), full),
        *spoilt("receipt", data, letters.RECEIPT, LIBRARY),
        variant("number 0", "bad_number", {4: 0}), variant("number 2 without the one before", "bad_previous", {4: 2}),
        variant("a fate that is none", "bad_fates", {8: [[bytes.fromhex(EPOCH), 1, 1, "lost", ""]]}),
        variant("last before first", "bad_span", {8: [[bytes.fromhex(EPOCH), 2, 1, "applied", ""]]}),
    ]


def restoration() -> list[Case]:
    one = Restoration(LIBRARY_ID, DESK_ID, BUNDLE_ID, MADE_AT, (CHAIN,), (PART,), RECIPIENT, DESK_ID, 7, RECEIPT.fates,
                      2, 0, 1)
    data = make_restoration(one, LIBRARY)
    return [good("smallest", "restoration", data, one), *spoilt("restoration", data, letters.RESTORATION, LIBRARY),
            bad("for a newer reader", "restoration",
                changed(data, letters.RESTORATION, LIBRARY, lambda found: found.update({2: 2})), "newer_format")]


def enrolment() -> list[Case]:
    named = Bilingual("示例中心", "Example Centre")
    request = make_request(DESK_ID, DESK.public, DESK, "ZGC-01", named, CERTIFICATES.public, CERTIFICATES, MADE_AT,
                           RECIPIENT, EPOCH)
    grant = Grant(LIBRARY_ID, KEYS["library"], KEYS["next"], (RECIPIENT,), DESK_ID, (
        Lease(BUNDLE_ID, "ai-trainer", "RG26D001", 1, 2, 1, (5, 70_000), EPOCH),), b"trust list", (b"status",), MADE_AT,
        EPOCH)
    turned = Rotation(DESK_ID, KeyOf.TRANSPORT, KEYS["desk"], KEYS["next"], Place(EPOCH, 3, b"\x22" * 32), MADE_AT)
    rotation = make_rotation(turned, DESK, NEXT)
    words = {language: list(words_of(fingerprint(request), language)) for language in ("zh_CN", "en")}
    given = make_grant(grant, LIBRARY)
    return [
        good("request", "request", request, read_request(request))
        | {"fingerprint": fingerprint(request).hex(), "words": words},
        bad("the certificate key has not signed", "request",
            changed(request, letters.REQUEST, DESK, lambda found: found.update({8: bytes(64)})), "bad_signature"),
        good("grant", "grant", given, grant),
        bad("as many slots as numbers", "grant", changed(given, letters.GRANT, LIBRARY, _one_slot), "bad_slots"),
        good("transport key rotated", "rotation", rotation, turned),
        bad("the new key has not signed", "rotation",
            changed(rotation, letters.ROTATION, DESK, lambda found: found.update({8: bytes(64)})), "bad_signature"),
    ]


def _one_slot(found: dict[int, Any]) -> None:
    found[7][0][6] = [5]


def short_receipt() -> list[Case]:
    reach = Reach(EPOCH, 1, 3, b"\x22" * 32, Counts(2, 0, 0, 0), b"\x11" * 32)
    data = make_short_receipt(LIBRARY_ID, DESK_ID, 7, [reach], LIBRARY)
    text = to_typed(data)
    wrong = text[:9] + ("0" if text[9] != "0" else "2") + text[10:]
    return [
        good("one chain", "short", data, read_short_receipt(data))
        | {"text": text, "signed_for": {"library": LIBRARY_ID, "desk": DESK_ID, "reaches": [plain(reach)]}},
        bad("no signature", "short", data[:-64], "bad_length"),
        bad("its first byte missing", "short", data[1:], "not_deterministic"),
        {"name": "one wrong character", "form": "typed", "text": wrong, "refused": "mistyped", "group": 2},
        {"name": "small letters and spaces", "form": "typed", "text": text.lower().replace("-", " "),
         "hex": data.hex()},
    ]


FORMS = {"journal": journal, "bundle": bundle, "receipt": receipt, "restoration": restoration, "enrolment": enrolment,
         "short-receipt": short_receipt}


def lines(cases: list[Case]) -> str:
    return json.dumps(cases, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    for folder, make in FORMS.items():
        (FOLDER / folder / "cases.json").write_text(lines(make()), "utf-8")
