"""Writes cases.json of tests/vectors/lists: lists that come to a reader one after the other, and what it takes of them
(docs/formats/trust-list.md: root documents, going back, deltas).

    PYTHONPATH=. python tests/vectors/make_lists.py

Keys have seeds of 32 bytes n; running it again gives the same bytes. What is refused was written by hand.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from appraisal.canonical import encode
from appraisal.credential.cose import Ed25519Signer, Signer, Sm2Signer, VerifyingKey, sign1, verifying_key
from appraisal.credential.delta import CONTENT_TYPE as DELTA
from appraisal.credential.delta import make_delta
from appraisal.credential.root import RootDocument, make_root, read_root
from appraisal.credential.status import Status, StatusList, make_status_list, vouched_status
from appraisal.credential.trust import StatusFloor, TrustList, make_trust_list, vouched_trust_list

FOLDER = Path(__file__).parent / "lists"
ISSUED, DAY = 1_790_000_000, 86_400
A, B, C, D, E, LIST, NEW, STRANGER = (Ed25519Signer.from_seed(bytes([n]) * 32) for n in range(1, 9))
SM2_ROOT, SM2_LIST = (
    replace(Sm2Signer.from_private(bytes([n]) * 32), random=lambda size, n=n: bytes([n]) * size) for n in (21, 22))
Case = dict[str, Any]


def public(*signers: Any) -> tuple[VerifyingKey, ...]:
    return tuple(sorted((verifying_key(one.alg, one.public) for one in signers), key=lambda one: one.kid))


def chain(*steps: tuple[Sequence[Signer], Sequence[Any], Sequence[Any]]) -> tuple[bytes, ...]:
    """Each: who signs, root keys, list keys; two must sign."""
    made: list[bytes] = []
    for number, (signers, roots, lists) in enumerate(steps, start=1):
        before = read_root(made[-1]).digest if made else None
        document = RootDocument(number, ISSUED + number, before, public(*roots), 2, public(*lists))
        made.append(make_root(document, signers))
    return tuple(made)


ABC = (A, B, C)
FIRST = chain(((A, B), ABC, (LIST,)))
SECOND = chain(((A, B), ABC, (LIST,)), ((B, C), ABC, (NEW,)))
OTHER_SECOND = chain(((A, B), ABC, (LIST,)), ((A, C), ABC, (STRANGER,)))
THIRD = chain(((A, B), ABC, (LIST,)), ((A, B, D), (A, B, D), (LIST,)), ((A, D, E), (A, D, E), (NEW,)))


def trust(documents: Sequence[bytes], signer: Signer = LIST, version: int = 1, issued: int = ISSUED,
          floors: dict[int, StatusFloor] | None = None, previous: bytes | None = None) -> bytes:
    before = previous or (bytes(32) if version > 1 else None)
    return make_trust_list(TrustList(version, issued, issued + 90 * DAY, before, (), {}, floors or {},
                                     tuple(documents)), signer)


def status(states: dict[int, Status], issued: int, old: StatusList | None = None, signer: Signer = LIST) -> bytes:
    base = old or StatusList(7, 0, 1)
    return make_status_list(base.changed(states, issued, issued + 30 * DAY), signer)


def taken(data: bytes) -> Case:
    return {"data": data.hex(), "refused": None}


def refused(data: bytes, code: str) -> Case:
    return {"data": data.hex(), "refused": code}


def case(name: str, *lists: Case, keys: Sequence[Any] = (), root: bytes | None = FIRST[0],
         says: Sequence[tuple[int, int, str]] = ()) -> Case:
    """`says`: list, index, state after all of them."""
    return {"name": name, "list_keys": [one.public.hex() for one in keys], "root": root.hex() if root else None,
            "lists": list(lists), "says": [list(one) for one in says]}


def roots() -> list[Case]:
    swapped = encode([*FIRST])
    sm2 = chain(((A, SM2_ROOT), (A, SM2_ROOT), (SM2_LIST,)))
    return [
        case("the list key that the pinned root names", taken(trust(FIRST))),
        case("a list key that a later document names", taken(trust(SECOND, NEW))),
        case("two root keys exchanged since", taken(trust(THIRD, NEW))),
        case("pinned in the middle of the chain", taken(trust(THIRD, NEW)), root=THIRD[1]),
        case("pinned at the end of the chain", taken(trust(THIRD, NEW)), root=THIRD[2]),
        case("keys of SM2", taken(trust(sm2, SM2_LIST)), root=sm2[0]),
        case("root documents of others", refused(trust(chain(((D, E), (D, E), (LIST,)))), "root_not_ours")),
        case("signed by one of three", refused(trust(chain(((A,), ABC, (LIST,)))), "root_not_ours")),
        case("the second signed by one of the first's",
             refused(trust(chain(((A, B), ABC, (LIST,)), ((C, D, E), (C, D, E), (NEW,))), NEW), "root_not_ours")),
        case("the second signed by one of its own",
             refused(trust(chain(((A, B), ABC, (LIST,)), ((A, B), (A, D, E), (NEW,))), NEW), "root_not_ours")),
        case("another key than the one named", refused(trust(FIRST, NEW), "trust_list_not_ours")),
        case("no documents, no list key pinned", refused(trust(()), "trust_list_not_ours"), keys=(NEW,)),
        case("no documents, the pinned list key", taken(trust(())), keys=(LIST,)),
        case("a page that pins no root", taken(trust(FIRST)), keys=(LIST,), root=None),
        case("documents that are no chain", refused(sign1(encode({
            1: 1, 2: 1, 3: ISSUED, 4: ISSUED + DAY, 5: b"", 6: [], 7: {}, 8: {}, 10: [SECOND[1]]}), LIST,
            content_type="application/vnd.skc1.trust+cbor"), "trust_list_malformed")),
        case("documents that are none", refused(sign1(encode({
            1: 1, 2: 1, 3: ISSUED, 4: ISSUED + DAY, 5: b"", 6: [], 7: {}, 8: {}, 10: [swapped]}), LIST,
            content_type="application/vnd.skc1.trust+cbor"), "trust_list_malformed")),
    ]


def going_back() -> list[Case]:
    far = trust(FIRST, version=1 << 30)
    new = trust(SECOND, NEW, version=2, issued=ISSUED + DAY)
    return [
        case("a thief who counted far ahead is passed", taken(far), taken(new)),
        case("the stolen key after its end", taken(new), refused(far, "trust_list_older"),
             refused(trust((), version=9), "trust_list_not_ours"), keys=(LIST,)),
        case("documents of another history", taken(new), refused(
            trust(OTHER_SECOND, STRANGER, version=3, issued=ISSUED + DAY), "trust_list_other_history")),
        case("an older version", taken(trust(FIRST, version=5)), refused(trust(FIRST, version=4), "trust_list_older")),
        case("the old key's status lists count no more", taken(trust(FIRST)),
             taken(status({4: Status.REVOKED}, ISSUED)), taken(new),
             refused(status({}, ISSUED + DAY), "status_list_not_ours"), says=[(7, 4, "unknown")]),
    ]


def deltas() -> list[Case]:
    first = status({4: Status.REVOKED, 5: Status.SUSPENDED}, ISSUED)
    old = vouched_status(first)
    second = status({5: Status.VALID, 131_071: Status.REVOKED}, ISSUED + 1, old)
    new = vouched_status(second)
    third = vouched_status(status({9: Status.REPLACED}, ISSUED + 2, new))
    third = vouched_status(make_status_list(replace(third, replaced_by={9: "B-2"}), LIST))
    step, next_step, both = make_delta(old, new, LIST), make_delta(new, third, LIST), make_delta(old, third, LIST)
    assert step and next_step and both  # noqa: PT018
    back = make_delta(new, replace(old, issued=ISSUED + 3), LIST)
    by_stranger = make_delta(old, new, STRANGER)
    assert back and by_stranger  # noqa: PT018
    head = {1: 1, 2: 7, 3: ISSUED + 1, 4: ISSUED + DAY, 5: old.digest, 6: new.digest}
    wrong = sign1(encode(head | {7: bytes([0, 0, 9, 0, 0, 5])}), LIST, content_type=DELTA)
    floor = {7: StatusFloor(ISSUED + 2, third.digest)}
    here = taken(trust(FIRST))
    after = [(7, 4, "REVOKED"), (7, 5, "VALID"), (7, 131_071, "REVOKED"), (7, 6, "VALID")]
    return [
        case("a delta", here, taken(first), taken(step), says=after),
        case("a delta, and one from where it led", here, taken(first), taken(step), taken(next_step),
             says=[*after, (7, 9, "REPLACED")]),
        case("one delta past two lists", here, taken(first), taken(both), says=[*after, (7, 9, "REPLACED")]),
        case("a delta to a list that is not there", here, refused(step, "delta_of_other_list")),
        case("a delta from a later list", here, taken(first), refused(next_step, "delta_of_other_list"),
             says=[(7, 5, "SUSPENDED")]),
        case("a delta by a stranger", here, taken(first), refused(by_stranger, "status_list_not_ours")),
        case("a delta that takes a revocation back", here, taken(second), refused(back, "revoked_for_ever"),
             says=[(7, 4, "REVOKED")]),
        case("a delta out of order", here, taken(first), refused(wrong, "status_list_malformed")),
        case("a delta older than the trust list knows", here, taken(first),
             taken(trust(FIRST, version=2, floors=floor, previous=vouched_trust_list(trust(FIRST)).digest)),
             refused(step, "delta_of_other_list")),
        case("a delta before any trust list", refused(step, "status_without_trust")),
    ]


def cases() -> list[Case]:
    return [*roots(), *going_back(), *deltas()]


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / "cases.json").write_text(
        "[\n" + ",\n".join(json.dumps(one, ensure_ascii=False) for one in cases()) + "\n]\n", "utf-8")
