"""The web page that verifies certificates, with the association's lists inside: one file that asks for nothing."""

import json
from base64 import b64encode
from collections.abc import Iterable
from importlib.resources import files

from appraisal.credential.trust import vouched_trust_list

FILE = "verify.html"
_NO_LISTS = '{"list_keys":[],"root":null,"trust":null,"statuses":[],"lookup":null}'
_SENDS_NOTHING = "form-action 'none'"
"""Both as the page is built; `resources/verifier/build.mjs` has the same."""


def page(list_key: bytes, trust: bytes, statuses: Iterable[bytes], *, lookup: str | None = None) -> bytes:
    """`list_key`: the 32 bytes of the one whose lists the page believes, until root documents name another; `trust` and
    `statuses`: signed lists. The page pins the newest root document in `trust`. `lookup`: where
    its server finds certificates by number and name; None: it has no server."""
    roots = vouched_trust_list(trust).root_documents
    lists = {"list_keys": [_text(list_key)], "root": _text(roots[-1]) if roots else None, "trust": _text(trust),
             "statuses": [_text(one) for one in statuses], "lookup": lookup}
    empty = (files("resources") / "verifier" / FILE).read_text("utf-8")
    before, found, after = empty.partition(_NO_LISTS)
    assert found
    if lookup is not None:
        assert _SENDS_NOTHING in before
        before = before.replace(_SENDS_NOTHING, "form-action 'self'")
    return (before + json.dumps(lists) + after).encode()


def _text(data: bytes) -> str:
    return b64encode(data).decode()
