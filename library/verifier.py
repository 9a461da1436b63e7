"""The web page that verifies certificates, with the association's lists inside: one file that asks for nothing."""

import json
from base64 import b64encode
from collections.abc import Iterable
from importlib.resources import files

from appraisal.credential.trust import vouched_trust_list

FILE = "verify.html"
_NO_LISTS = '{"list_keys":[],"root":null,"trust":null,"statuses":[]}'
"""As the page is built; `resources/verifier/build.mjs` has the same."""


def page(list_key: bytes, trust: bytes, statuses: Iterable[bytes]) -> bytes:
    """`list_key`: the 32 bytes of the one whose lists the page believes, until root documents name another; `trust` and
    `statuses`: signed lists. The page pins the newest root document in `trust`."""
    roots = vouched_trust_list(trust).root_documents
    lists = {"list_keys": [_text(list_key)], "root": _text(roots[-1]) if roots else None, "trust": _text(trust),
             "statuses": [_text(one) for one in statuses]}
    empty = (files("resources") / "verifier" / FILE).read_text("utf-8")
    before, found, after = empty.partition(_NO_LISTS)
    assert found
    return (before + json.dumps(lists) + after).encode()


def _text(data: bytes) -> str:
    return b64encode(data).decode()
