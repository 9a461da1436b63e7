"""Lists as they come, one after the other: what a reader in Python takes of them is what the vectors say."""

import json
import runpy
from pathlib import Path

import pytest

from appraisal.credential.cose import SM2, SUITES, read1, verifying_key
from appraisal.credential.delta import is_delta, read_either
from appraisal.credential.root import Anchor, read_root
from appraisal.credential.status import CONTENT_TYPE as STATUS
from appraisal.credential.status import newest
from appraisal.credential.trust import list_keys_behind, read_trust_list
from appraisal.domain.errors import RuleViolation

VECTORS = Path(__file__).parents[1] / "vectors"
CASES = json.loads((VECTORS / "lists" / "cases.json").read_text("utf-8"))
ED25519, _ = SUITES


class Reader:
    """As a desk keeps its lists, without the desk."""

    def __init__(self, case):
        root = read_root(bytes.fromhex(case["root"])) if case["root"] else None
        keys = [bytes.fromhex(key) for key in case["list_keys"]]
        self.keys = tuple(verifying_key(SM2 if len(key) == 64 else ED25519, key) for key in keys)
        self.root, self.trust, self.statuses = root, None, {}

    def add(self, data):
        if is_delta(data) or read1(data, max_bytes=8 << 20).content_type == STATUS:
            self._add_status(data)
        else:
            self._add_trust(data)

    def _add_trust(self, data):
        roots = (self.root.root_keys, self.root.threshold) if self.root else ((), 1)
        keys = tuple(list_keys_behind(data, Anchor(self.keys, *roots)))
        self.trust = read_trust_list(data, keys, self.trust)
        floors = self.trust.statuses
        self.statuses = {number: one for number, one in self.statuses.items() if keys == self.keys
                         and (number not in floors or one.issued >= floors[number].issued)}
        self.keys = keys

    def _add_status(self, data):
        if self.trust is None:
            raise RuleViolation("status_without_trust")
        known = {one.digest: one for one in self.statuses.values()}
        self.statuses = newest([*self.statuses.values(), read_either(data, self.keys, known.get, self.trust)])


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case):
    reader = Reader(case)
    for step in case["lists"]:
        if step["refused"] is None:
            reader.add(bytes.fromhex(step["data"]))
        else:
            with pytest.raises(RuleViolation) as refusal:
                reader.add(bytes.fromhex(step["data"]))
            assert refusal.value.code == step["refused"]
    for number, index, state in case["says"]:
        known = reader.statuses.get(number)
        assert (known.state(index).name if known else "unknown") == state


def test_the_script_writes_these_files():
    assert json.loads(json.dumps(runpy.run_path(str(VECTORS / "make_lists.py"))["cases"]())) == CASES
